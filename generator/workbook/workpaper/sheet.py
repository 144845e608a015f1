"""A sheet of the working paper: a title, a header row, rows under it, and a page to print and sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from generator.workbook import style
from generator.workbook.page import Page, set_up

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

# What may begin a formula; a text of the unit's must not.
_FORMULA_SIGNS = ("=", "+", "-", "@")
SIGNATURES = (
    "编制人：　　　　　　　　复核人：　　　　　　　　负责人：　　　　　　　　日期：　　　　年　　月　　日"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its header, width in characters, and whether it holds numbers."""

    title: str
    width: float
    number: bool = False


class Sheet:
    """Writes rows one under the other; a formula stands only where one is asked for."""

    HEADER = 3

    def __init__(self, book: Workbook, name: str, columns: Sequence[Column]) -> None:
        self.name = name
        self.page = book.create_sheet(name)
        self._columns = columns
        self.row = self.HEADER + 1
        for number, column in enumerate(columns, 1):
            style.label(self.page.cell(self.HEADER, number, column.title), centred=True)
        self.page.row_dimensions[self.HEADER].height = 32

    def write(self, values: Sequence[str | Decimal | int | None], bold: bool = False) -> int:
        """Write a row of texts and numbers; returns its number. Formulas are put in with ``formula``."""
        needed = 20.0
        for number, (value, column) in enumerate(zip(values, self._columns, strict=True), 1):
            cell = self.page.cell(self.row, number)
            self._put(cell, value, column)
            if bold:
                style.label(cell, centred=column.number)
            if isinstance(value, str):
                needed = max(needed, style.height(value, column.width))
        self.page.row_dimensions[self.row].height = needed
        self.row += 1
        return self.row - 1

    def _put(self, cell: Cell, value: str | Decimal | int | None, column: Column) -> None:
        style.aside(cell)
        if isinstance(value, str):
            cell.value = value
            # Texts of the unit stay texts, whatever they begin with.
            cell.data_type = "s"
        elif value is not None:
            cell.value = value
        if column.number:
            style.figure(cell)

    def formula(self, row: int, column: int, formula: str, number_format: str = "General") -> str:
        """Put a live formula (without ``=``) into a cell; returns the cell's address."""
        cell = self.page.cell(row, column, f"={formula}")
        style.figure(cell)
        cell.number_format = number_format
        return str(cell.coordinate)

    def agree(self, row: int, one: int, other: int) -> str:
        """A formula that says whether two cells of a row show the same, be it nothing."""
        first, second = self.address(row, one), self.address(row, other)
        return f'IF(OR({first}={second},AND({first}="",{second}="")),"相符","不符")'

    def address(self, row: int, column: int) -> str:
        """The address of a cell."""
        return f"{get_column_letter(column)}{row}"

    def finish(self, title: str, note: str, printed: int = 0) -> None:
        """Title, note, widths, printing (up to column ``printed``, else all), and the lines to sign."""
        self.row += 1
        style.note(self.page.cell(self.row, 1, SIGNATURES))
        self.page.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=6)
        self.page.row_dimensions[self.row].height = 30
        widths = {number: column.width for number, column in enumerate(self._columns, 1)}
        last = printed or len(self._columns)
        set_up(self.page, Page(title, note, widths, 1, last, self.HEADER, True, self.row))
        self.page.protection.disable()
