"""The working paper (底稿): every figure and score once more, as live formulas over the raw figures.

LibreOffice, WPS or Excel recalculates it, so the report's arithmetic can be checked by another program.
Amounts stand in 元, ratios as fractions; beside them what the document prints, rounded where it rounds.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from generator.explanation import ExplainedScore
from generator.form.schema import Form
from generator.model import Report
from generator.workbook.stable import to_stable_bytes
from generator.workbook.workpaper.derived import write_derived
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.raw import write_raw
from generator.workbook.workpaper.scores import write_scores
from generator.workbook.workpaper.sources import write_sources
from generator.workbook.workpaper.ties import write_ties


def workpaper(report: Report, form: Form, scores: Sequence[ExplainedScore]) -> bytes:
    """The file; the same report always gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    ledger = Ledger()
    write_raw(book, report, form, ledger)
    write_derived(book, report.figures, form, ledger)
    write_ties(book, report.figures, form, ledger)
    write_scores(book, report, form, scores, ledger)
    write_sources(book, form)
    book.active = book.worksheets[0]
    book.properties.creator = form.issuer
    book.properties.title = f"{form.title}底稿"
    return to_stable_bytes(book)
