"""What openpyxl reads of a workbook, as grids of ours: the other reader, against which ours is held.

It reads values only; what it is known to drop or to misread (cells without addresses, durations, Strict files) the
tests say themselves.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from generator.amounts import from_excel_float
from generator.package import to_bytes
from generator.workbook.strings import unescaped


def values(parts: dict[str, bytes]) -> dict[str, dict[tuple[int, int], object]]:
    """Sheet → address → stored value: Decimal, text, truth value; a formula without a result is None."""
    package = to_bytes(parts, compress=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(package), data_only=True)
        formulas = load_workbook(BytesIO(package), data_only=False)
    found = {}
    for sheet in book.worksheets:
        cells = {}
        for cell in sheet._cells.values():
            if cell.value is not None:
                cells[cell.row, cell.column] = stored(cell.value)
        for cell in formulas[sheet.title]._cells.values():
            if cell.data_type == "f" and sheet.cell(cell.row, cell.column).value is None:
                cells[cell.row, cell.column] = None
        found[sheet.title] = cells
    return found


def stored(value: object) -> object:
    """A value as the file stores it: dates as the number of their day."""
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime | date | time | timedelta):
        return Decimal(format(to_excel(value), ".12g"))
    if isinstance(value, int | float):
        return from_excel_float(value)
    return unescaped(str(value))


def areas(parts: dict[str, bytes]) -> dict[str, set[str]]:
    """Sheet → its merged areas."""
    book = load_workbook(BytesIO(to_bytes(parts, compress=False)))
    return {sheet.title: {str(area) for area in sheet.merged_cells.ranges} for sheet in book.worksheets}
