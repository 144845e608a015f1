"""Benchmark: ``python -m tests.bench [--json] [--rounds N]``. Prints ratios of both sides, from one run.

Rounds are interleaved, so that a machine that slows down slows both sides; the figures are medians.

rerun_ratio   a run over a report that nobody edited ÷ a first run (whole processes); goal ≤ 1.15
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from workbooks import SAMPLE, Workbook  # noqa: E402

Side = Callable[[], object]


def seconds(side: Side) -> float:
    start = time.perf_counter()
    side()
    return time.perf_counter() - start


def medians(sides: Mapping[str, Side], rounds: int) -> dict[str, float]:
    """The median time of every side, in seconds; the first round warms up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            each = seconds(side)
            if number:
                taken[name].append(each)
    return {name: statistics.median(times) for name, times in taken.items()}


def gen_report(*args: object) -> None:
    command = [sys.executable, "-m", "generator", *map(str, args)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def rerun(folder: Path, rounds: int) -> dict[str, float]:
    """A first run against a run that replaces our own report after a correction."""
    books = [SAMPLE, Workbook().set(人员编制=41).save(folder / "corrected.xlsx")]
    turns = iter(range(10**6))

    def first() -> None:
        shutil.rmtree(folder / "first", ignore_errors=True)
        gen_report(SAMPLE, "-o", folder / "first" / "2020.docx")

    def again() -> None:
        gen_report(books[next(turns) % 2], "-o", folder / "again" / "2020.docx")

    gen_report(SAMPLE, "-o", folder / "again" / "2020.docx")
    times = medians({"first": first, "again": again}, rounds)
    return {
        "first_run": times["first"],
        "rerun": times["again"],
        "rerun_ratio": times["again"] / times["first"],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = rerun(Path(folder), options.rounds)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:20} {value:.3f}{'' if name.endswith('ratio') else ' s'}")


if __name__ == "__main__":
    main()
