"""Many units at once, in as many processes as asked for, or wherever a given executor takes them.

Workers get paths and give back a line for the summary, so memory stays flat however many units there are.
"""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from generator.unit_result import Status, UnitResult
from generator.units import Job, run

# Jobs in flight for each worker: enough to keep it busy, few enough to be forgotten quickly.
_AHEAD = 4
# A unit whose process ended may have been another's victim, so it gets one more try.
_TRIES = 2
_ENDED = "处理它的进程意外结束，没有生成；请再运行一次，已完成的不会重做"
_STOPPED = "被中断，没有生成；请再运行一次，已完成的不会重做"


@dataclass(slots=True)
class Batch:
    """The results in the order of the jobs, each filled in as it comes."""

    results: list[UnitResult]
    interrupted: bool = False
    _open: dict[int, Job] = field(default_factory=dict)

    @property
    def failed(self) -> list[UnitResult]:
        """The units without a report that fits their workbook."""
        return [each for each in self.results if not each.ok]


def run_batch(
    jobs: list[Job],
    workers: int = 1,
    executor: Executor | None = None,
    told: Callable[[UnitResult], None] = lambda _: None,
) -> Batch:
    """Run all jobs; ``told`` hears of each result as it comes. An interruption keeps what is finished."""
    missing = [UnitResult(str(each.path), Status.MISSING, problems=(_STOPPED,)) for each in jobs]
    batch = Batch(missing, _open=dict(enumerate(jobs)))
    try:
        for number, result in _results(batch, workers, executor):
            batch.results[number] = result
            batch._open.pop(number, None)
            told(result)
    except KeyboardInterrupt:
        batch.interrupted = True
    return batch


def _results(batch: Batch, workers: int, executor: Executor | None) -> Iterator[tuple[int, UnitResult]]:
    if executor is not None:
        yield from _through(executor, batch._open.items(), _AHEAD * max(workers, 16))
    elif workers < 2:
        for number, each in list(batch._open.items()):
            yield number, run(each)
    else:
        yield from _pooled(batch, workers)


def _pooled(batch: Batch, workers: int) -> Iterator[tuple[int, UnitResult]]:
    """Processes of this machine; when one of them is killed, what is left goes to new ones."""
    for _ in range(_TRIES):
        pool = ProcessPoolExecutor(workers, initializer=_prepare)
        try:
            yield from _through(pool, list(batch._open.items()), _AHEAD * workers, retry=True)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        if not batch._open:
            return
    for number, each in list(batch._open.items()):
        yield number, UnitResult(str(each.path), Status.MISSING, problems=(_ENDED,))


def _prepare() -> None:
    """Ctrl-C is for the main process: a worker finishes the report that it is writing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _through(
    executor: Executor, jobs: Iterable[tuple[int, Job]], ahead: int, retry: bool = False
) -> Iterator[tuple[int, UnitResult]]:
    """Results as they come, never more than ``ahead`` jobs on their way.

    With ``retry`` the jobs of lost workers are left out, to be tried again; else they are told as missing.
    """
    waiting = iter(jobs)
    running: dict[Future[UnitResult], tuple[int, Job]] = {}
    while True:
        for following in itertools.islice(waiting, ahead - len(running)):
            try:
                running[executor.submit(run, following[1])] = following
            except BrokenProcessPool:
                waiting = iter(())
        if not running:
            return
        try:
            done = wait(running, return_when=FIRST_COMPLETED).done
        except KeyboardInterrupt:
            # What a worker has begun it finishes, and that counts.
            done = {future for future in running if not future.cancel()}
            yield from _collected(done, running, retry=True)
            raise
        yield from _collected(done, running, retry)


def _collected(
    done: Iterable[Future[UnitResult]], running: dict[Future[UnitResult], tuple[int, Job]], retry: bool
) -> Iterator[tuple[int, UnitResult]]:
    for future in done:
        number, each = running.pop(future)
        try:
            yield number, future.result()
        # A lost worker; which error says so depends on the kind of executor.
        except Exception as error:
            if not retry:
                why = f"{_ENDED}（{type(error).__name__}）"
                yield number, UnitResult(str(each.path), Status.MISSING, problems=(why,))
