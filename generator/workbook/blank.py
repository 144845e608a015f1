"""A workbook to fill in, made from a form's data alone, with last year's standing data when there is any."""

from __future__ import annotations

from openpyxl import Workbook

from generator.form.schema import Form
from generator.model import Carry
from generator.workbook.builder import Builder
from generator.workbook.score_rows import write_scores
from generator.workbook.stable import to_stable_bytes
from generator.workbook.totals import add_progress, add_totals, name_units


def blank(form: Form, year: int, carry: Carry | None = None) -> bytes:
    """The workbook for ``year``: the same form, year and carried data always give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    builders = [
        Builder(form, sheet, book.create_sheet(sheet.name), year, carry, write_scores)
        for sheet in form.sheets
    ]
    for builder in builders:
        builder.build()
    add_totals(builders, form)
    name_units(builders, form)
    add_progress(builders)
    for builder in builders:
        builder.set_up()
    book.properties.creator = form.issuer
    book.properties.title = f"{form.title}（{year}年度）填报工作簿"
    return to_stable_bytes(book)
