"""The page of a sheet: heading, widths, freezing, printing and protection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from generator.workbook import style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Characters that a portrait A4 page holds readably; wider sheets are turned.
_PORTRAIT = 110
# What protection leaves allowed, because it does no harm to the labels.
_ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort")

MARK, LABEL, VALUE, UNIT, NOTE = 1, 2, 3, 4, 5  # columns of a sheet of single fields


@dataclass(frozen=True, slots=True)
class Page:
    """What a finished layout says of itself: its widths by column, where its header stands, its last row.

    ``printed`` is the last column that is printed; columns beyond it are for the screen.
    """

    title: str
    note: str
    widths: Mapping[int, float]
    first: int
    printed: int
    header: int
    freeze: bool
    last_row: int


def set_up(sheet: Worksheet, page: Page) -> None:
    """Put the heading over the columns and prepare the sheet for screen, printer and people."""
    width = sum(each for column, each in page.widths.items() if page.first <= column <= page.printed)
    for row, text, paint in ((1, page.title, style.title), (2, page.note, style.note)):
        paint(sheet.cell(row, page.first, text))
        sheet.merge_cells(start_row=row, end_row=row, start_column=page.first, end_column=page.printed)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = style.height(page.note, width)
    for column, each in page.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = each
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{page.header + 1}" if page.freeze else None
    _print_set_up(sheet, page, width)
    _protect(sheet)


def _print_set_up(sheet: Worksheet, page: Page, width: float) -> None:
    """A4, as wide as the page, the header on every page, page numbers below."""
    if page.printed < max(page.widths):
        sheet.print_area = f"A1:{get_column_letter(page.printed)}{page.last_row}"
    sheet.print_title_rows = f"{page.header}:{page.header}"
    sheet.page_setup.orientation = "landscape" if width > _PORTRAIT else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps labels from slips, not from people."""
    sheet.protection.enable()
    for allowed in _ALLOWED:
        setattr(sheet.protection, allowed, False)
