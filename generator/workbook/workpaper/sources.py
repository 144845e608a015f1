"""The last sheet: the documents that the other sheets name by their 文号."""

from __future__ import annotations

from openpyxl import Workbook

from generator.form.schema import Form
from generator.workbook.workpaper.sheet import Column, Sheet

NAME = "依据"
_COLUMNS = (
    Column("文号", 24),
    Column("文件", 50),
    Column("日期", 12),
    Column("网址", 40),
    Column("说明", 40),
)


def write_sources(book: Workbook, form: Form) -> None:
    """Write the sheet."""
    sheet = Sheet(book, NAME, _COLUMNS)
    for source in form.sources.values():
        sheet.write([source.number, source.title, source.date, source.url, source.note])
    sheet.finish("文件依据", "其他各表“依据”一栏写的是文号，对应的文件列在这里。")
