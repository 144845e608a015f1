"""One unit of a batch: its report made in whatever process, and what a summary needs to know of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator import __version__, records
from generator import form as forms
from generator.amounts import Interval
from generator.catalogue import Severity
from generator.form import Form, FormError
from generator.model import Report, Score
from generator.pipeline import Outcome, default_output, produce
from generator.unit_result import Status, UnitResult, UnitScore
from generator.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook of a batch. Paths only: the process that works on it reads it itself."""

    path: Path
    output: Path
    wanted: Wanted


def job(path: Path, wanted: Wanted) -> Job:
    """The job for a workbook, its report in the usual place."""
    return Job(path, default_output(path, wanted.draft), wanted)


def run(each: Job) -> UnitResult:
    """Make one unit's report; whatever happens is this unit's result and stops no other."""
    try:
        key = _key(each)
        kept = _kept(each, key)
        if kept is not None:
            return kept
        result = _result(each, produce(each.path, each.output, each.wanted))
    except FormError as error:
        return _failed(each, f"表样有误：{error}")
    # A fault of the program in one unit must not cost the other hundreds.
    except Exception as error:
        return _failed(each, f"程序出错：{type(error).__name__}：{error}")
    if result.ok and key:
        _keep(each, key, result)
    return result


def _failed(each: Job, problem: str) -> UnitResult:
    return UnitResult(str(each.path), Status.FAILED, errors=1, problems=(problem,))


def _result(each: Job, outcome: Outcome) -> UnitResult:
    findings = outcome.findings
    made = UnitResult(
        path=str(each.path),
        status=Status.DONE if outcome.output is not None else Status.FAILED,
        output=str(outcome.output or ""),
        errors=sum(item.severity is Severity.ERROR for item in findings),
        warnings=sum(item.severity is Severity.WARNING for item in findings),
        problems=tuple(item.line() for item in findings if item.severity is not Severity.NOTE),
    )
    form, report = outcome.examination.form, outcome.examination.report
    return made if form is None or report is None else _with_figures(made, report, form)


def _with_figures(made: UnitResult, report: Report, form: Form) -> UnitResult:
    values, card = report.figures.values, report.scorecard
    year = values[form.year_field].value
    return replace(
        made,
        form=form.id,
        unit=values[form.summary.unit].text,
        year=f"{year.value:f}" if isinstance(year, Interval) else "",
        figures={name: values[name].text for name in form.summary.figures},
        scores=tuple(_score(row) for row in card.rows),
        total=None if card.pending else card.total,
        full=card.full,
        grade="" if card.pending else card.grade,
    )


def _score(row: Score) -> UnitScore:
    reason = row.reason or row.remark
    return UnitScore(row.level1, row.level2, row.level3, row.part, row.score, row.lost, reason, row.own)


def _key(each: Job) -> str:
    """Changes with the workbook, the form, the program and what was asked for."""
    made = hashlib.sha256(f"{__version__} {each.wanted}".encode())
    try:
        made.update(each.path.read_bytes())
    except OSError:
        return ""
    for folder in sorted(forms.available().values()):
        made.update(_digest_of(folder))
    if each.wanted.form_name and (named := forms.find(each.wanted.form_name)) is not None:
        made.update(_digest_of(named))
    return made.hexdigest()


_DIGESTS: dict[tuple[Path, int], bytes] = {}


def _digest_of(folder: Path) -> bytes:
    """The content of a form folder, read once for each state of it."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    state = (folder, hash(tuple((path.name, path.stat().st_mtime_ns) for path in files)))
    if state not in _DIGESTS:
        _DIGESTS[state] = hashlib.sha256(b"".join(path.read_bytes() for path in files)).digest()
    return _DIGESTS[state]


def _kept(each: Job, key: str) -> UnitResult | None:
    """The last result, when it still holds and its files are there."""
    if each.wanted.force or not key:
        return None
    text = records.note(each.output)
    try:
        data = json.loads(text, parse_float=Decimal)
        if data.pop("key") != key or not each.output.is_file():
            return None
        return replace(_revived(data), status=Status.UP_TO_DATE)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _keep(each: Job, key: str, result: UnitResult) -> None:
    records.put_note(each.output, json.dumps({"key": key, **asdict(result)}, ensure_ascii=False, default=str))


def _revived(data: dict[str, Any]) -> UnitResult:
    scores = tuple(
        UnitScore(**{**row, **{name: Decimal(row[name]) for name in ("part", "score", "lost")}})
        for row in data.pop("scores")
    )
    numbers = {name: None if data[name] is None else Decimal(data[name]) for name in ("total", "full")}
    return UnitResult(**{**data, **numbers, "scores": scores, "problems": tuple(data["problems"])})
