"""A form folder put to the test: its data, its template, and two reports printed from made data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator import form as forms
from generator.catalogue import Severity
from generator.document.lint import Part, lint_template, read_template
from generator.document.lint.trial import try_out
from generator.findings import Finding, finding, has_errors
from generator.form import Form
from generator.form.advice import lost_bands, unused_formats
from generator.form.stated import mismatches
from generator.lint.samples import empty, filled, settled
from generator.pipeline import Examination, examine_grids


def lint_form(folder: Path) -> tuple[Form | None, list[Finding]]:
    """Everything that is wrong with a form folder, as far as it can be read."""
    if not folder.is_dir():
        return None, [finding("form.no-folder", path=folder)]
    findings: list[Finding] = []
    form = _attempt(partial(_data, folder, findings), folder, findings)
    path = folder / "report.docx"
    parts = read_template(path) if path.is_file() else None
    if parts is not None:
        _attempt(partial(_template, parts, form, findings), folder, findings)
    elif path.is_file():
        findings.append(finding("template.damaged", path=path))
    if form is not None:
        _attempt(partial(_advice, form, findings), folder, findings)
        if parts is not None and not has_errors(findings):
            _attempt(partial(_trials, form, parts, findings), folder, findings)
    return form, sorted(findings, key=lambda each: _ORDER[each.severity])


_ORDER = {severity: number for number, severity in enumerate(Severity)}
_Made = TypeVar("_Made")


def _attempt(step: Callable[[], _Made], folder: Path, findings: list[Finding]) -> _Made | None:
    try:
        return step()
    # A damaged folder may be damaged in ways that nobody has thought of: that is told, never a traceback.
    except Exception as error:
        why = f"{type(error).__name__} {error}"[:200].strip()
        findings.append(finding("form.unexpected", path=folder, why=why))
        return None


def _data(folder: Path, findings: list[Finding]) -> Form | None:
    form, faults = forms.faults(folder)
    findings += [finding("form.wrong", why=why) for why in faults]
    return form


def _template(parts: Mapping[str, Part], form: Form | None, findings: list[Finding]) -> None:
    found = lint_template(parts, form)
    if form is not None and findings:
        # A figure whose formula is wrong is no column of its table either: one cause, one finding.
        derived = {spec.name for spec in form.figures}
        found = [each for each in found if each.value.split(".")[-1] not in derived]
    findings += found


def _advice(form: Form, findings: list[Finding]) -> None:
    folder = form.folder.resolve().name
    if form.id != folder:
        findings.append(finding("form.id-folder", value=form.id, name=folder))
    for band in lost_bands(form):
        code = "form.band-below" if band.low else "form.band-above"
        place, name, low, high = band.place, band.measure, band.low, band.high
        findings.append(finding(code, value=band.band, place=place, name=name, low=low, high=high))
    for each in mismatches(form):
        sides = (("规则里的", each.rule, "文字里没有"), ("文字里的", each.standard, "规则里没有"))
        told = "；".join(f"{head} {'、'.join(found)} {tail}" for head, found, tail in sides if found)
        findings.append(finding("form.standard-differs", name=each.name, told=told))
    if not has_errors(findings):
        findings += [finding("form.unused", place=place) for place in unused_formats(form)]


def _trials(form: Form, parts: Mapping[str, Part], findings: list[Finding]) -> None:
    """Print a report with everything filled in, and one with only what is required."""
    grids = empty(form)
    for everything in (True, False):
        examined = examine_grids(form.folder, filled(form, grids, everything), [], str(form.folder))
        if everything:
            findings += _samples(examined)
            unread = _unread(examined)
            findings += unread
            if unread:
                return  # what is printed of such a workbook tells nothing more
        if examined.report is None:
            findings.append(finding("template.trial", why="样例数据读不出来"))
            continue
        which = "" if everything else "只填必填项时，"
        found = try_out(parts, settled(examined.report, everything), form, which)
        told = {(each.value, each.message.replace(which, "")) for each in findings}
        findings += [each for each in found if (each.value, each.message.replace(which, "")) not in told]


def _unread(examined: Examination) -> list[Finding]:
    """What of the form's own workbook, with everything filled in, cannot be found again."""
    found = [
        finding(
            "form.workbook", value=each.field, why=f"{each.at} {each.message}" if each.at else each.message
        )
        for each in examined.findings
        if each.code in _LAYOUT
    ]
    return list(dict.fromkeys(found))


# What a workbook that was filled in as it should be can only be told when its layout is wrong.
_LAYOUT = frozenset(
    {
        "sheet.missing",
        "label.missing",
        "label.doubled",
        "label.unknown",
        "table.header-missing",
        "table.empty",
        "cell.required",
    }
)


def _samples(examined: Examination) -> list[Finding]:
    """Samples that their own fields refuse."""
    return [
        finding("form.sample", value=each.value, name=each.field)
        for each in examined.findings
        if each.code.startswith("cell.") and each.value and each.field
    ]
