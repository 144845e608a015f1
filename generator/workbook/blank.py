"""A workbook to fill in, made from a form's data alone, with last year's standing data when there is any."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from generator.form.schema import Form
from generator.model import Carry
from generator.package import parts_of, to_bytes
from generator.workbook.builder import Builder
from generator.workbook.score_rows import write_scores
from generator.workbook.totals import add_progress, add_totals

_STAMP = datetime(2021, 1, 1)


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
    add_progress(builders)
    for builder in builders:
        builder.set_up()
    book.properties.creator = form.issuer
    book.properties.title = f"{form.title}（{year}年度）填报工作簿"
    book.properties.created = _STAMP
    book.calculation.fullCalcOnLoad = True
    return _stable(book)


def _stable(book: Workbook) -> bytes:
    """Save without the clock: openpyxl stamps the time of saving into the properties and the zip."""
    buffer = BytesIO()
    book.save(buffer)
    parts = parts_of(buffer)
    stamp = f"{_STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts[core])
    return to_bytes(parts)
