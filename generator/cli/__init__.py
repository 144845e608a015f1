"""The command line: arguments in, text or JSON out, exit codes. The only part that knows click.

Exit 0: done; 1: findings of severity error; 2: wrong usage.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator import form as forms
from generator.catalogue import Severity
from generator.changes import Changes
from generator.cli.chinese import DefaultGroup
from generator.cli.output import change_lines, check_json, print_findings, report_json
from generator.findings import has_errors
from generator.pipeline import Examination, Outcome, examine, new, produce
from generator.wanted import Wanted

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=DefaultGroup, default="report", context_settings=_SETTINGS, invoke_without_command=True)
@click.pass_context
@click.version_option(__version__, "--version", message="gen-report %(version)s", help="显示版本。")
def main(ctx: click.Context) -> None:
    """由一个工作簿生成绩效自评报告。

    \b
    gen-report inputs/2020.xlsx            生成 outputs/2020.docx
    gen-report check inputs/2020.xlsx      只检查，不生成
    gen-report forms                       列出可用的表样
    """
    for stream in (sys.stdout, sys.stderr):
        # A GBK console or an ASCII pipe must never stop a run; what it cannot show becomes "?".
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="工作簿…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写到哪个文件（只有一个工作簿时）。",
)
@click.option(
    "--form", "form_name", metavar="表样", help="表样编号，或表样文件夹的路径；默认按工作簿里填写的。"
)
@click.option("--draft", is_flag=True, help="有错误也写出草稿（另存为“…-草稿.docx”），缺的地方标黄。")
@click.option("--force", is_flag=True, help="不合并报告里的手工改动，换成新生成的；原来的另存在旁边。")
@click.option("--workpaper", is_flag=True, help="另写底稿“…-底稿.xlsx”：原始数据和全部计算公式，可重新计算。")
@click.option("--annotate", is_flag=True, help="另写“…-审核.docx”：每个算出的数和扣分都有批注说明来历。")
@click.option("--pdf", is_flag=True, help="另写 PDF（需要安装 LibreOffice）。")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="批量：同时用 N 个进程。")
@click.option(
    "--summary", type=click.Path(path_type=Path), metavar="文件", help="批量：各单位的汇总表（.xlsx）。"
)
@click.option("--dask", metavar="地址", help="批量：交给这个 Dask 集群（需要安装 cluster 组件）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：每个工作簿的结果和与上次的不同。")
@click.option("--watch", is_flag=True, help="每次保存工作簿就重新生成，按 Ctrl-C 结束。")
def report(
    inputs: tuple[Path, ...],
    output: Path | None,
    as_json: bool,
    watch: bool,
    jobs: int | None,
    summary: Path | None,
    dask: str | None,
    **options: Any,
) -> None:
    """生成报告。工作簿可以是文件，也可以是文件夹（其中所有 .xlsx）。"""
    wanted = Wanted(**options)
    paths = [path for given in inputs for path in _workbooks(given)]
    if jobs is not None or summary is not None or dask is not None:
        if output is not None or watch or as_json:
            raise click.UsageError("批量生成（--jobs、--summary、--dask）不能和 -o、--watch、--json 一起用。")
        # A batch needs multiprocessing, which a single report should not wait for.
        from generator.cli.many import run_many

        sys.exit(run_many(paths, wanted, jobs or 1, summary, dask))
    if output is not None and len(paths) != 1:
        raise click.UsageError("有多个工作簿时不能用 -o，请去掉 -o。")
    if watch:
        if len(paths) != 1:
            raise click.UsageError("--watch 只能用于一个工作簿。")
        if wanted.force:
            raise click.UsageError("--watch 不能和 --force 一起用。")
        _watch(paths[0], output, wanted)
        return
    outcomes = [_guarded(path, output, wanted) for path in paths]
    if as_json:
        answers = [report_json(outcome) for outcome in outcomes]
        click.echo(json.dumps(answers, ensure_ascii=False, indent=2))
    for outcome in () if as_json else outcomes:
        _print_outcome(outcome, name=len(outcomes) > 1)
    if not paths or any(has_errors(outcome.findings) for outcome in outcomes):
        sys.exit(1)


def _watch(path: Path, output: Path | None, wanted: Wanted) -> None:
    """Regenerate whenever the workbook is saved, until Ctrl-C."""
    from generator.watch import saved

    try:
        for _ in saved(path):
            _print_outcome(_guarded(path, output, wanted), name=False)
            click.echo(f"等候保存 {path}，按 Ctrl-C 结束。")
    except KeyboardInterrupt:
        click.echo("已停止。")


def _guarded(path: Path, output: Path | None, wanted: Wanted) -> Outcome:
    try:
        return produce(path, output, wanted)
    except forms.FormError as error:
        raise click.ClickException(f"表样有误：{error}") from error


def _workbooks(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = sorted(p for p in given.glob("*.xlsx") if not p.name.startswith(("~$", ".~")))
    if not found:
        click.echo(f"文件夹 {given} 里没有 .xlsx 工作簿", err=True)
    return found


@main.command()
@click.argument("workbook", type=click.Path(path_type=Path), metavar="工作簿")
@click.option("--form", "form_name", metavar="表样", help="表样编号，或表样文件夹的路径。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def check(workbook: Path, form_name: str | None, as_json: bool) -> None:
    """只检查：列出问题和勾稽结果，不生成报告。"""
    try:
        examination = examine(workbook, form_name)
    except forms.FormError as error:
        raise click.ClickException(f"表样有误：{error}") from error
    if as_json:
        click.echo(json.dumps(check_json(examination), ensure_ascii=False, indent=2))
    else:
        print_findings(examination.findings)
        click.echo(_summary(examination))
    sys.exit(1 if has_errors(examination.findings) else 0)


@main.command(name="explain")
@click.argument("workbook", type=click.Path(path_type=Path), metavar="工作簿")
@click.argument("names", nargs=-1, metavar="[名称…]")
@click.option("--form", "form_name", metavar="表样", help="表样编号，或表样文件夹的路径。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def explain_command(workbook: Path, names: tuple[str, ...], form_name: str | None, as_json: bool) -> None:
    """说明数和得分的来历：公式、用到的单元格、计分办法和依据；不写名称就列出全部。"""
    from generator.cli.explained import explain_json, explain_lines
    from generator.explain import UnknownNameError, explain

    try:
        examination = examine(workbook, form_name)
        told = explain(examination, names)
    except forms.FormError as error:
        raise click.ClickException(f"表样有误：{error}") from error
    except UnknownNameError as error:
        name, hint = error.args
        raise click.UsageError(f"没有名为“{name}”的数据或指标{hint}") from error
    if told is None:
        print_findings(examination.findings)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(explain_json(told), ensure_ascii=False, indent=2))
    else:
        for line in explain_lines(told):
            click.echo(line)
    if has_errors(examination.findings):
        click.echo("工作簿有错误，以上说明不完整；请运行 gen-report check 查看。", err=True)
        sys.exit(1)


@main.command(name="new")
@click.argument("year", type=click.IntRange(2000, 2099), metavar="年度")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="文件", help="写到哪个文件。")
@click.option("--form", "form_name", metavar="表样", help="表样编号，或表样文件夹的路径。")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="旧工作簿", help="转入上年的数据。"
)
@click.option("--force", is_flag=True, help="覆盖已有的文件。")
def new_workbook(
    year: int, output: Path | None, form_name: str | None, source: Path | None, force: bool
) -> None:
    """生成空白的填报工作簿，默认写到 inputs/年度.xlsx。"""
    target = output or Path("inputs") / f"{year}.xlsx"
    if target.exists() and not force:
        raise click.ClickException(f"{target} 已经存在；要覆盖请加 --force，要另存请用 -o")
    try:
        findings = new(year, target, form_name, source)
    except forms.FormError as error:
        raise click.ClickException(f"表样有误：{error}") from error
    print_findings(findings)
    if has_errors(findings):
        sys.exit(1)
    click.echo(f"已生成 {target}，请填写有颜色的格子，＊为必填。")


@main.command(name="forms")
@click.argument("action", required=False, type=click.Choice(["check", "copy"]), metavar="[check|copy]")
@click.argument("names", nargs=-1, metavar="[表样文件夹…]")
def forms_command(action: str | None, names: tuple[str, ...]) -> None:
    """列出可用的表样；检查或复制一个表样。

    \b
    gen-report forms                     列出可用的表样
    gen-report forms check 文件夹        检查一个表样
    gen-report forms copy 表样 新文件夹  复制一个表样，改用新的编号
    """
    from generator.cli import form_commands as commands

    try:
        match action, names:
            case None, ():
                commands.show_forms()
            case "check", (folder,):
                commands.check_form(Path(folder))
            case "copy", (source, target):
                commands.copy_form(source, Path(target))
            case "check", _:
                raise click.UsageError("forms check 后面要写一个表样文件夹")
            case _:
                raise click.UsageError("forms copy 后面要写表样和新文件夹，如 forms copy 表样编号 新文件夹")
    except forms.FormError as error:
        raise click.ClickException(f"表样有误：{error}") from error


def _print_outcome(outcome: Outcome, name: bool) -> None:
    if name:
        click.echo(f"{outcome.examination.path}")
    print_findings(outcome.findings)
    if outcome.output is not None:
        click.echo(_summary(outcome.examination))
        for line in change_lines(outcome.changes):
            click.echo(line)
        unchanged = outcome.changes == Changes()
        click.echo(f"{'报告在' if unchanged else '已生成'} {outcome.output}")
        for extra in outcome.extras:
            click.echo(f"已生成 {extra}")
    else:
        errors = sum(item.severity is Severity.ERROR for item in outcome.findings)
        click.echo(f"没有生成报告：有 {errors} 处错误，请改正后再运行。原来的报告没有改动。", err=True)


def _summary(examination: Examination) -> str:
    report = examination.report
    if report is None:
        return "没有读出工作簿的内容。"
    ties, card = report.ties, report.scorecard
    text = f"核对 {ties.passed + ties.failed + ties.not_checked} 项勾稽：通过 {ties.passed}"
    text += f"，未通过 {ties.failed}，未核对 {ties.not_checked}。"
    if has_errors(examination.findings):
        return text
    figures = report.figures.values
    total, full = _points(card.total), _points(card.full)
    return (
        text + f"评分 {len(card.rows)} 项指标：{total} 分（满分 {full} 分），{card.grade}。"
        if figures
        else text
    )


def _points(value: Any) -> str:
    return f"{value.normalize():f}"
