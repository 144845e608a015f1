"""The command line of a batch: progress, failures at the end, and the summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from generator.batch import Batch, run_batch
from generator.deliver import write
from generator.unit_result import Status, UnitResult
from generator.units import Job, job
from generator.wanted import Wanted

INTERRUPTED = 130
_SAID = {Status.DONE: "已生成", Status.UP_TO_DATE: "没有变化", Status.MISSING: "未完成"}


def run_many(paths: list[Path], wanted: Wanted, workers: int, summary: Path | None, dask: str | None) -> int:
    """Run a batch and tell of it; returns the exit code."""
    jobs = [job(path, wanted) for path in paths]
    _refuse_collisions(jobs)
    start = time.monotonic()
    with _cluster(dask) as executor, _progress(len(jobs)) as told:
        batch = run_batch(jobs, workers, executor, told)
    _tell(batch, time.monotonic() - start)
    written = _write_summary(batch, summary) if summary is not None else True
    if batch.interrupted:
        return INTERRUPTED
    return 1 if batch.failed or not jobs or not written else 0


def _refuse_collisions(jobs: list[Job]) -> None:
    seen: dict[Path, Path] = {}
    for each in jobs:
        target = each.output.absolute()
        if target in seen:
            both = f"{seen[target]} 和 {each.path}"
            raise click.UsageError(f"{both} 会写到同一个文件 {each.output}，请改名或分开运行。")
        seen[target] = each.path


@contextmanager
def _cluster(address: str | None) -> Iterator[Executor | None]:
    """An executor of the cluster at that address, or none."""
    if address is None:
        yield None
        return
    try:
        from generator.cluster import executor_of
    except ImportError as error:
        command = 'python -m pip install "gen-report[cluster]"'
        raise click.ClickException(f"没有安装 Dask，请先运行 {command}") from error
    with ExitStack() as stack:
        try:
            executor = stack.enter_context(executor_of(address))
        except (OSError, ValueError) as error:
            raise click.ClickException(f"连不上 Dask 集群 {address}，请核对地址和网络") from error
        yield executor


@contextmanager
def _progress(total: int) -> Iterator[Callable[[UnitResult], None]]:
    """A bar with rate and remaining time on a terminal; in a pipe a line for each unit."""
    stream = sys.stderr
    if not stream.isatty():
        yield _lines(total)
        return
    start, count = time.monotonic(), 0

    def rate(_: object) -> str:
        return f"{count / max(time.monotonic() - start, 0.001):.1f} 份/秒"

    with click.progressbar(
        length=total, label="生成报告", show_pos=True, item_show_func=rate, file=stream
    ) as bar:

        def told(_: UnitResult) -> None:
            nonlocal count
            count += 1
            bar.update(1, current_item=None)

        yield told


def _lines(total: int) -> Callable[[UnitResult], None]:
    count = 0

    def told(result: UnitResult) -> None:
        nonlocal count
        count += 1
        said = _SAID.get(result.status, f"有 {result.errors} 处错误，没有生成")
        click.echo(f"[{count}/{total}] {result.path}：{said}", err=True)

    return told


def _tell(batch: Batch, seconds: float) -> None:
    """The failures with their first problem, and the count."""
    failed = batch.failed
    if batch.interrupted:
        click.echo("已中断；已写完的报告是完整的，再运行一次会接着做没有完成的。", err=True)
    if failed:
        click.echo(f"没有生成的 {len(failed)} 份：", err=True)
    for each in failed:
        more = f"（共 {each.errors} 处错误）" if each.errors > 1 else ""
        click.echo(f"  {each.path}：{next(iter(each.problems), '')}{more}", err=True)
    done = [each for each in batch.results if each.ok]
    same = sum(each.status is Status.UP_TO_DATE for each in done)
    counts = f"完成 {len(done)}（其中没有变化 {same}），没有生成 {len(failed)}"
    speed = f"用时 {seconds:.1f} 秒，{len(done) / max(seconds, 0.001):.1f} 份/秒"
    click.echo(f"共 {len(batch.results)} 份：{counts}；{speed}。")


def _write_summary(batch: Batch, target: Path) -> bool:
    # openpyxl is slow to import, and only the summary needs it here.
    from generator.workbook.summary import summary

    faults = write(summary(batch.results), target)
    for fault in faults:
        click.echo(fault.line(), err=True)
    if not faults:
        click.echo(f"已生成 {target}")
    return not faults
