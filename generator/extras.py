"""What is made besides the report: the working paper, the annotated report, the PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.catalogue import Severity
from generator.deliver import write
from generator.findings import Finding
from generator.form import Form
from generator.model import Report
from generator.rules.explain_scores import explain_scores
from generator.rules.notes import Notes

WORKPAPER, ANNOTATED = "-底稿", "-审核"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is to be made, and what is to be made besides it.

    A ``draft`` is written in spite of errors. With ``force`` edits made by hand in an old report are not
    merged in. ``workpaper`` recalculates the report, ``annotate`` explains its figures in Word comments,
    ``pdf`` is the report as it prints.
    """

    form_name: str | None = None
    draft: bool = False
    force: bool = False
    workpaper: bool = False
    annotate: bool = False
    pdf: bool = False


def write_extras(
    report: Report, form: Form, target: Path, written: Path, wanted: Wanted
) -> tuple[list[Path], list[Finding]]:
    """Write what was asked for besides the report; what fails is a warning, the report stands."""
    made: list[tuple[Path, bytes]] = []
    findings: list[Finding] = []
    if wanted.workpaper:
        from generator.workbook.workpaper import workpaper

        paper = workpaper(report, form, explain_scores(report, form))
        made.append((target.with_name(f"{target.stem}{WORKPAPER}.xlsx"), paper))
    if wanted.annotate:
        from generator.document.annotate import render_annotated

        annotated, faults = render_annotated(report, form, Notes(report, form), wanted.draft)
        findings += faults
        if not faults:
            made.append((target.with_name(f"{target.stem}{ANNOTATED}.docx"), annotated))
    if wanted.pdf:
        from generator.pdf import to_pdf

        pdf, faults = to_pdf(written)
        findings += faults
        if pdf is not None:
            made.append((target.with_suffix(".pdf"), pdf))
    extras = []
    for path, content in made:
        faults = write(content, path)
        findings += [replace(fault, severity=Severity.WARNING) for fault in faults]
        if not faults:
            extras.append(path)
    return extras, findings
