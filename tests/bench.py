"""Benchmark: ``python -m tests.bench [--json] [--rounds N] [--only NAME…]``. Ratios of both sides, from one run.

Rounds are interleaved, so that a machine that slows down slows both sides; the figures are medians.

cold_ratio    gen-report of the sample ÷ the plain script (tests/plain.py), whole processes; goal ≤ 0.6
render_ratio  docxtpl's rendering ÷ ours, same template and context; ours with layout (paragraphs, merged
              cells) and audit, which docxtpl does not do; goal ≥ 20
render_bare_ratio  the same without layout and audit: values put in, package written
batch_ratio   the plain script's loop ÷ our batch, per report, one process each; goal ≥ 5
growth        time per row at 100 times the score rows and paragraphs ÷ at 10 times; goal ≤ 1.2
rerun_ratio   a run over a report that nobody edited ÷ a first run, whole processes; goal ≤ 1.15
peak_memory   of the batch's process, MiB
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from workbooks import FORM, SAMPLE, Workbook  # noqa: E402

from generator.amounts import Interval  # noqa: E402
from generator.document import environment  # noqa: E402
from generator.document.context import context  # noqa: E402
from generator.document.render import pack, render, render_parts  # noqa: E402
from generator.document.template import load_template  # noqa: E402
from generator.document.values import Printed  # noqa: E402
from generator.package import to_bytes  # noqa: E402
from generator.pipeline import examine, examine_grids  # noqa: E402
from generator.workbook.grid import Cell  # noqa: E402
from generator.workbook.open import open_workbook  # noqa: E402

Side = Callable[[], object]
REPORTS = 40  # of a batch


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


def plain_script(folder: Path, *workbooks: Path) -> None:
    command = [sys.executable, ROOT / "tests" / "plain.py", folder / "context.json", FORM.template]
    subprocess.run([*command, folder / "plain.docx", *workbooks], check=True, capture_output=True)


def plain_context(folder: Path) -> None:
    """The sample's context as a file that the plain script reads."""
    report = examine(SAMPLE).report
    assert report is not None

    def encode(value: Any) -> Any:
        if not isinstance(value, Printed):
            raise TypeError(value)
        number = value._value.value if isinstance(value._value, Interval) else None
        return {"text": str(value), "number": float(number) if number is not None else None}

    text = json.dumps(context(report, FORM), default=encode, ensure_ascii=False)
    (folder / "context.json").write_text(text, "utf-8")


def cold(folder: Path, rounds: int) -> dict[str, float]:
    plain_context(folder)
    target = folder / "cold" / "2020.docx"

    def ours() -> None:
        shutil.rmtree(target.parent, ignore_errors=True)
        gen_report(SAMPLE, "-o", target)

    times = medians({"ours": ours, "plain": lambda: plain_script(folder, SAMPLE)}, rounds)
    return {
        "cold_ours": times["ours"],
        "cold_plain": times["plain"],
        "cold_ratio": times["ours"] / times["plain"],
    }


def rendering(folder: Path, rounds: int) -> dict[str, float]:
    from docxtpl import DocxTemplate

    report = examine(SAMPLE).report
    assert report is not None
    template, names = load_template(FORM.template), context(report, FORM)

    def ours() -> None:
        content, faults = pack(template, *render_parts(template, names, FORM))
        assert content
        assert not faults

    def docxtpl() -> None:
        document = DocxTemplate(FORM.template)
        document.render(names, environment.make(), autoescape=True)
        document.save(io.BytesIO())

    def bare() -> None:
        """Only what docxtpl does too: values put in, package written."""
        xml = {name: compiled.render(names).encode() for name, compiled in template.compiled.items()}
        assert to_bytes({**template.packed, **xml})

    times = medians({"ours": ours, "bare": bare, "docxtpl": docxtpl}, rounds * 4)
    return {
        "render_ours": times["ours"],
        "render_bare": times["bare"],
        "render_docxtpl": times["docxtpl"],
        "render_ratio": times["docxtpl"] / times["ours"],
        "render_bare_ratio": times["docxtpl"] / times["bare"],
    }


def batch(folder: Path, rounds: int) -> dict[str, float]:
    plain_context(folder)
    inputs = folder / "batch" / "inputs"
    inputs.mkdir(parents=True)
    books = [Workbook().set(退休人数=number).save(inputs / f"{number:03}.xlsx") for number in range(REPORTS)]

    def ours() -> None:
        shutil.rmtree(folder / "batch" / "outputs", ignore_errors=True)
        gen_report(inputs)

    times = medians({"ours": ours, "plain": lambda: plain_script(folder, *books)}, max(3, rounds // 4))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "batch_ours": times["ours"] / REPORTS,
        "batch_plain": times["plain"] / REPORTS,
        "batch_ratio": times["plain"] / times["ours"],
        "peak_memory": memory,
    }


def growth(folder: Path, rounds: int) -> dict[str, float]:
    """Score rows and lines of long texts 1, 10 and 100 times as many, from the open grids to the document."""
    grids, _ = open_workbook(SAMPLE)
    assert grids is not None

    def whole(times: int) -> None:
        examination = examine_grids(SAMPLE, grown[times], [])
        assert examination.report is not None
        assert len(examination.report.scorecard.rows) == 25 * times
        render(examination.report, FORM)

    grown = {times: _grown(grids, times) for times in (1, 10, 100)}
    sides = {str(times): (lambda times=times: whole(times)) for times in grown}
    taken = medians(sides, max(3, rounds // 4))
    per_row = {f"row_at_{times}": taken[str(times)] / (25 * times) for times in grown}
    return {**per_row, "growth": per_row["row_at_100"] / per_row["row_at_10"]}


def _grown(grids: Any, times: int) -> Any:
    """More rows without points in the open part of the scoring table, more lines in every long text."""
    sheet, scores = FORM.place(FORM.scores.level3), FORM.scores
    layout = Workbook().layouts[sheet].columns[scores.table]
    made = {}
    for name, grid in grids.items():
        cells = dict(grid.cells)
        if name == sheet:
            last = grid.last_row
            for number in range(25 * (times - 1)):
                row = last + 1 + number
                texts = {scores.level1: "效果", scores.level2: "履职效益", scores.level3: f"新增指标{number}"}
                texts |= {scores.standard: "按完成情况计分。", scores.points: 0, scores.score: 0}
                cells |= {(row, layout[column]): Cell(text) for column, text in texts.items()}
        elif times > 1:
            for address, cell in grid.cells.items():
                if isinstance(cell.value, str) and "\n" in cell.value:
                    cells[address] = replace(cell, value="\n".join([cell.value] * times))
        made[name] = replace(grid, cells=cells)
    return made


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


PARTS = {"cold": cold, "render": rendering, "batch": batch, "growth": growth, "rerun": rerun}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    figures: dict[str, float] = {}
    for name in options.only:
        with tempfile.TemporaryDirectory() as folder:
            figures |= PARTS[name](Path(folder), options.rounds)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        if name.endswith("ratio") or name == "growth":
            print(f"{name:20} {value:.3f}")
        else:
            print(
                f"{name:20} {value:.0f} MiB" if name == "peak_memory" else f"{name:20} {value * 1000:.2f} ms"
            )


if __name__ == "__main__":
    main()
