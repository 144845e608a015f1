"""What is made besides the report: the working paper, the annotated report, the PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.catalogue import Severity
from generator.deliver import write
from generator.findings import Finding
from generator.form import Form
from generator.model import Report
from generator.rules.explain_scores import explain_scores
from generator.rules.notes import Notes
from generator.wanted import Wanted

WORKPAPER, ANNOTATED = "-底稿", "-审核"


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
