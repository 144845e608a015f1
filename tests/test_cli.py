"""The command line as a real process: what it writes, prints and answers."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import text
from handedits import edited
from workbooks import ROOT, SAMPLE, Workbook

# What the sample is warned of (tests/workbooks.py).
WARNED = ["警告 评分数据!C28〔结余口径", "警告 评分表!G27〔自评得分", "警告 评分表!G29〔自评得分"]


def run(*args, cwd=None, **env):
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        capture_output=True,
        encoding="gbk" if env.get("PYTHONIOENCODING") == "gbk" else "utf-8",
    )


@pytest.fixture
def project(tmp_path):
    """A folder with inputs/2020.xlsx, as an accountant has it."""
    (tmp_path / "inputs").mkdir()
    shutil.copy(SAMPLE, tmp_path / "inputs" / "2020.xlsx")
    return tmp_path


def test_main_job_writes_the_report_and_says_so(project):
    done = run("inputs/2020.xlsx", cwd=project)
    assert done.returncode == 0
    assert "评分 25 项指标：99 分（满分 100 分），优秀。" in done.stdout
    assert done.stdout.splitlines()[-1] == f"已生成 {Path('outputs/2020.docx')}"
    assert [line.split("〕")[0] for line in done.stderr.splitlines()] == WARNED
    assert "本年总支出为3557.6万元" in text(project / "outputs" / "2020.docx")
    assert [p.name for p in (project / "outputs").glob("[!.]*")] == ["2020.docx"]


def test_runs_from_another_folder_with_spaces_and_chinese_in_the_path(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("绩效 自评") / "单位 甲" / "inputs"
    shutil.copytree(project / "inputs", folder)
    done = run(folder / "2020.xlsx", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert done.returncode == 0, done.stderr
    assert (folder.parent / "outputs" / "2020.docx").is_file()


def test_a_workbook_elsewhere_gets_its_report_in_outputs_beside_it(tmp_path):
    shutil.copy(SAMPLE, tmp_path / "填报.xlsx")
    assert run("填报.xlsx", cwd=tmp_path).returncode == 0
    assert (tmp_path / "outputs" / "填报.docx").is_file()


def test_output_option_names_the_file(project):
    assert run("inputs/2020.xlsx", "-o", "交 稿/报告.docx", cwd=project).returncode == 0
    assert (project / "交 稿" / "报告.docx").is_file()
    assert not (project / "outputs").exists()


def test_the_same_workbook_gives_the_same_bytes(project):
    run("inputs/2020.xlsx", "-o", "a.docx", cwd=project, PYTHONHASHSEED="1")
    run("inputs/2020.xlsx", "-o", "b.docx", cwd=project, PYTHONHASHSEED="2")
    assert (project / "a.docx").read_bytes() == (project / "b.docx").read_bytes()


def test_a_folder_gives_a_report_for_every_workbook_in_it(project):
    Workbook().set(部门名称="乙单位").save(project / "inputs" / "乙.xlsx")
    (project / "inputs" / "~$2020.xlsx").write_bytes(b"lock")
    done = run("inputs", cwd=project)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (project / "outputs").glob("[!.]*")) == ["2020.docx", "乙.docx"]


def test_one_bad_workbook_does_not_stop_the_others(project):
    Workbook().set(公共财政拨款="三千").save(project / "inputs" / "乙.xlsx")
    done = run("inputs", cwd=project)
    assert done.returncode == 1
    assert [p.name for p in (project / "outputs").glob("[!.]*")] == ["2020.docx"]


@pytest.mark.parametrize(
    "content, message",
    [
        (None, "错误 找不到文件 x.xlsx；请核对文件名和所在的文件夹"),
        (b"", "错误 x.xlsx 不是 .xlsx 工作簿，而是空文件；请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再试"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
            "错误 x.xlsx 是旧版 .xls 或 WPS 的 .et 文件；"
            "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再试",
        ),
        (
            "机构,金额\n".encode("gbk"),
            "错误 x.xlsx 不是 .xlsx 工作簿，而是其他格式的文件（例如改了扩展名的 CSV）；"
            "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再试",
        ),
        (b"PK\x03\x04 cut off", "错误 x.xlsx 不完整或已损坏，读不出来；请用 WPS 或 Excel 打开并重新保存，或换用备份"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_in_one_sentence(tmp_path, content, message):
    if content is not None:
        (tmp_path / "x.xlsx").write_bytes(content)
    done = run("x.xlsx", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        message,
        "没有生成报告：有 1 处错误，请改正后再运行。原来的报告没有改动。",
    ]
    assert not (tmp_path / "outputs").exists()


def test_a_fault_leaves_the_old_report_untouched(project):
    run("inputs/2020.xlsx", cwd=project)
    old = (project / "outputs" / "2020.docx").read_bytes()
    book = Workbook().set(公共财政拨款="三千")
    book.save(project / "inputs" / "2020.xlsx")
    done = run("inputs/2020.xlsx", cwd=project)
    cell = book.cell("收入支出", 0, "公共财政拨款")
    assert done.returncode == 1
    assert f'错误 {cell}〔公共财政拨款〕"三千" 不是数字；请填写金额，如 5000000' in done.stderr.splitlines()
    assert "Traceback" not in done.stderr
    assert (project / "outputs" / "2020.docx").read_bytes() == old
    assert [p.name for p in (project / "outputs").glob("[!.]*")] == ["2020.docx"]


def test_an_output_that_cannot_be_written_is_told(project):
    (project / "outputs").write_text("a file where the folder should be")
    done = run("inputs/2020.xlsx", cwd=project)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2].startswith(f"错误 写不进 {Path('outputs/2020.docx')}：")
    assert "请先关闭正在打开它的 Word 或 WPS，再运行一次" in done.stderr


@pytest.mark.parametrize(
    "args, message",
    [
        (("--nix",), "命令写错：没有选项 --nix；用 gen-report --help 查看用法"),
        (("check",), "命令写错：缺少 工作簿；用 gen-report --help 查看用法"),
        (("check", "a", "b"), "命令写错：多写了内容 (b)；用 gen-report --help 查看用法"),
        (("a.xlsx", "-o"), "命令写错：选项 -o 后面缺少内容；用 gen-report --help 查看用法"),
        (
            ("a.xlsx", "b.xlsx", "-o", "c.docx"),
            "命令写错：有多个工作簿时不能用 -o，请去掉 -o；用 gen-report --help 查看用法",
        ),
    ],
)
def test_wrong_usage_exits_with_2(tmp_path, args, message):
    done = run(*args, cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()) == (2, [message])


@pytest.mark.parametrize(
    "args", [("--help",), ("report", "--help"), ("check", "--help"), ("forms", "--help")]
)
def test_help_is_chinese(args):
    done = run(*args)
    assert done.returncode == 0
    assert done.stdout.startswith("用法：")
    for english in ("Usage", "Options", "Commands", "Show this", "Error"):
        assert english not in done.stdout


def test_without_arguments_the_help_is_shown(tmp_path):
    done = run(cwd=tmp_path)
    assert done.returncode == 2
    assert "gen-report inputs/2020.xlsx" in done.stderr


def test_check_prints_findings_and_ties_and_writes_nothing(project):
    done = run("check", "inputs/2020.xlsx", cwd=project)
    assert done.returncode == 0
    assert [line.split("〕")[0] for line in done.stderr.splitlines()] == WARNED
    assert done.stdout.startswith("核对 20 项勾稽：通过 20，未通过 0，未核对 0。")
    assert not (project / "outputs").exists()


def test_check_json_names_both_sides_of_a_broken_tie(project):
    book = Workbook().set(决算收入合计=52388500)
    book.save(project / "inputs" / "2020.xlsx")
    done = run("check", "inputs/2020.xlsx", "--json", cwd=project)
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert answer["form"] == "yueyang-2020"
    assert answer["ties"] == {"passed": 19, "failed": 1, "not_checked": 0}
    [broken] = [each for each in answer["findings"] if each["severity"] == "error"]
    assert broken["code"] == "tie.broken"
    assert broken["message"] == (
        "决算收入合计核对：收入合计 ＝ 5237.85万元，决算收入合计 ＝ 5238.85万元，两者不等，相差 1万元"
    )
    assert f"{broken['sheet']}!{broken['cell']}" == book.a1("决算收入合计")
    operands = {each["name"]: (each["value"], each["cell"]) for each in broken["related"]}
    assert operands["收入合计"] == ("5237.85", None)
    assert operands["上年结转"][0] == "1131.56"
    assert operands["上年结转"][1] is not None


def test_forms_lists_the_forms():
    assert "yueyang-2020  岳阳市部门整体支出绩效评价自评报告" in run("forms").stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_no_console_stops_a_run(project, encoding):
    done = run("inputs/2020.xlsx", cwd=project, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr


def test_a_polished_report_keeps_its_words_and_force_does_not(project):
    run("inputs/2020.xlsx", cwd=project)
    path = project / "outputs" / "2020.docx"
    sentence = {"do": "append", "at": "各项专项资金明确责任人", "text": "（手工）"}
    path.write_bytes(edited(path.read_bytes(), [sentence]))
    Workbook().set(人员编制=41).save(project / "inputs" / "2020.xlsx")
    done = run("inputs/2020.xlsx", cwd=project)
    assert done.returncode == 0
    assert "提示 报告有人改过，1 处手工改动都保留了" in done.stderr
    assert "（手工）" in text(path)
    done = run("inputs/2020.xlsx", "--force", cwd=project)
    assert done.returncode == 0
    assert "提示 按 --force 换成新生成的报告，原来的已另存为" in done.stderr
    assert "（手工）" not in text(path)


def test_watch_and_force_are_not_for_the_same_run(project):
    done = run("inputs/2020.xlsx", "--watch", "--force", cwd=project)
    assert done.returncode == 2
    assert done.stderr.strip() == "命令写错：--watch 不能和 --force 一起用；用 gen-report --help 查看用法"


def test_a_form_is_copied_under_a_new_id(tmp_path):
    target = tmp_path / "我的表样" / "yueyang-2021"
    done = run("forms", "copy", "yueyang-2020", target)
    assert (done.returncode, done.stdout) == (0, f"已复制到 {target}，编号 yueyang-2021。\n")
    assert {path.name for path in target.iterdir()} == {
        path.name for path in (ROOT / "templates" / "yueyang-2020").iterdir()
    }
    assert run("forms", "check", target).stdout == "表样 yueyang-2021：没有错误。\n"
    done = run("new", "2021", "--form", target, "-o", tmp_path / "x.xlsx")
    assert done.returncode == 0
    done = run("forms", "copy", "yueyang-2020", target)
    assert (done.returncode, done.stderr) == (1, f"{target} 已经存在，请换一个文件夹名\n")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("copy",), "命令写错：forms copy 后面要写表样和新文件夹，如 forms copy 表样编号 新文件夹；"),
        (
            ("copy", "yueyang-2020"),
            "命令写错：forms copy 后面要写表样和新文件夹，如 forms copy 表样编号 新文件夹；",
        ),
        (("check",), "命令写错：forms check 后面要写一个表样文件夹；"),
        (("copy", "yueyang-1900", "x"), "命令写错：没有编号为 yueyang-1900 的表样，可用的有 "),
    ],
)
def test_wrong_usage_of_forms(arguments, message):
    done = run("forms", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(message)
