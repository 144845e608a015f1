"""The chain of stages from a workbook to a finished document. Returns results, never prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator import form as forms
from generator.catalogue import Severity
from generator.changes import Changes
from generator.deliver import deliver, write
from generator.findings import Finding, did_you_mean, finding, has_errors, sort_key
from generator.form import Form
from generator.model import CellRef, Report
from generator.rules.causes import one_cause
from generator.rules.checks import check
from generator.rules.claims import check_claims
from generator.rules.derive import derive
from generator.rules.judgement import judge
from generator.rules.magnitude import check_single
from generator.rules.numbers import check_numbers
from generator.rules.prose import check_texts
from generator.rules.reached import check_reached
from generator.rules.readings import check_readings
from generator.rules.rollover import carry_over
from generator.rules.scoring import score
from generator.rules.stale import check_hand, check_stale
from generator.rules.tidy import check_tidy
from generator.wanted import Wanted
from generator.workbook.open import Grids, open_workbook
from generator.workbook.read import FORM_LABEL, form_of, read

# Of last year's faults these do not matter: nothing is carried from what was never there.
_NOT_CARRIED = frozenset({"cell.required", "table.empty"})
# A draft never takes the report's name.
DRAFT = "-草稿"


@dataclass(frozen=True, slots=True)
class Examination:
    """A workbook read, derived, tied and scored; ``report`` is None when it could not be read at all."""

    path: Path
    form: Form | None
    report: Report | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has done; ``output`` is the file written, None when there was an error.

    ``changes`` is what differs from the last run, None when there is no record of one; ``extras`` are the
    other files that were asked for.
    """

    examination: Examination
    output: Path | None
    findings: tuple[Finding, ...]
    changes: Changes | None = None
    extras: tuple[Path, ...] = ()


def examine(path: Path, form_name: str | None = None) -> Examination:
    """Everything short of the document. ``form_name`` overrides the form that the workbook names."""
    grids, findings = open_workbook(path)
    if grids is None:
        return Examination(path, None, None, tuple(findings))
    return examine_grids(path, grids, findings, form_name)


def examine_grids(
    path: Path, grids: Grids, findings: list[Finding], form_name: str | None = None
) -> Examination:
    """The examination of a workbook that is open already."""
    form, faults = _form(grids, form_name)
    findings = findings + faults
    if form is None:
        return Examination(path, None, None, tuple(findings))
    intake, faults = read(grids, form)
    findings += faults
    figures, faults = derive(intake, form)
    findings += faults
    ties, faults = check(figures, form, intake.doubtful)
    findings += faults
    scorecard, faults = score(figures, form)
    findings += faults + judge(figures, scorecard, ties, form) + check_texts(figures, form)
    findings += check_numbers(figures, form) + check_tidy(figures, form)
    if form.facts.table not in intake.doubtful:
        findings += check_claims(figures, scorecard, form) + check_reached(figures, form)
    findings += check_readings(intake, figures, scorecard, form)
    findings += check_single(figures, form, findings)
    report = Report(form.id, figures, scorecard, ties)
    return Examination(path, form, report, _sorted(one_cause(findings), form))


def _sorted(findings: list[Finding], form: Form) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: sort_key(each, form.sheet_names)))


def new(year: int, target: Path, form_name: str | None = None, source: Path | None = None) -> list[Finding]:
    """Write a workbook to fill in; without a name the newest form that holds for ``year``.

    With ``source``, last year's workbook, what the form's data says is carried over; what could not be
    placed or read there is reported, nothing is dropped silently.
    """
    # Making a workbook is rare and needs all of openpyxl's styles.
    from generator.workbook.blank import blank

    if source is None:
        form, findings = _named(form_name or _form_of_year(year))
        return findings if form is None else write(blank(form, year), target)
    grids, findings = open_workbook(source)
    if grids is None:
        return findings
    form, faults = _form(grids, form_name)
    if form is None:
        return faults
    intake, faults = read(grids, form)
    findings += [each for each in faults if each.code not in _NOT_CARRIED]
    figures, _ = derive(intake, form)
    carry, faults = carry_over(intake, figures, form)
    return [
        *(replace(each, severity=Severity.WARNING) for each in findings + faults),
        *write(blank(form, year, carry), target),
    ]


def _form_of_year(year: int) -> str:
    """Of the forms that are taken when nobody names one, the newest that is not of a later year."""
    known = {name: forms.load(folder) for name, folder in forms.available().items()}
    years = {form.year: name for name, form in known.items() if form.default}
    before = [each for each in years if each <= year]
    return years[max(before) if before else min(years)]


def _form(grids: Grids, form_name: str | None) -> tuple[Form | None, list[Finding]]:
    if form_name is not None:
        return _named(form_name)
    found = form_of(grids)
    if found is None:
        sheet = next(iter(grids), "")
        return None, [finding("form.no-id", CellRef(sheet), label=FORM_LABEL, sheet=sheet)]
    return _loaded(found[0], forms.available().get(found[0]), found[1])


def _named(form_name: str) -> tuple[Form | None, list[Finding]]:
    """The form that the user names, by id or by path; a workbook may name an id only."""
    return _loaded(form_name, forms.find(form_name), None)


def _loaded(form_name: str, folder: Path | None, at: CellRef | None) -> tuple[Form | None, list[Finding]]:
    if folder is None:
        known = forms.available()
        hint = did_you_mean(form_name, known)
        return None, [finding("form.unknown", at, FORM_LABEL, form_name, known="、".join(known), hint=hint)]
    return forms.load(folder), []


def produce(path: Path, output: Path | None = None, wanted: Wanted | None = None) -> Outcome:
    """Write the report of a workbook. With any error nothing is written and an old report stays.

    A draft is written all the same, under a name of its own, with what is missing marked.
    """
    wanted = wanted or Wanted()
    examination = examine(path, wanted.form_name)
    form, report = examination.form, examination.report
    if form is None or report is None or (has_errors(examination.findings) and not wanted.draft):
        return Outcome(examination, None, examination.findings)
    # The document wing is slow to import, and a workbook with errors never needs it.
    from generator.document.render import render

    document, faults = render(report, form, wanted.draft)
    target = output or default_output(path, wanted.draft)
    if faults:
        return Outcome(examination, None, (*examination.findings, *faults))
    delivery = deliver(report, document, target, wanted.force)
    changes, faults = delivery.changes, delivery.findings
    if changes is not None:
        changed = [(each.name, each.old, each.new) for each in changes.figures]
        faults += check_stale(report.figures, form, changed) + check_hand(delivery.by_hand, changed)
    extras: list[Path] = []
    if delivery.written is not None and (wanted.workpaper or wanted.annotate or wanted.pdf):
        from generator.extras import write_extras

        extras, more = write_extras(report, form, target, delivery.written, wanted)
        faults += more
    findings = _sorted([*examination.findings, *faults], form)
    return Outcome(examination, delivery.written, findings, changes, tuple(extras))


def default_output(path: Path, draft: bool = False) -> Path:
    """``inputs/2020.xlsx`` → ``outputs/2020.docx``; elsewhere ``outputs`` inside the workbook's folder."""
    folder = path.absolute().parent
    base = folder.parent if folder.name == "inputs" else folder
    target = base / "outputs" / f"{path.stem}{DRAFT if draft else ''}.docx"
    try:
        return target.relative_to(Path.cwd())
    except ValueError:
        return target
