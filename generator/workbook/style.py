"""How a workbook of ours looks: one place for fonts, colours, borders and widths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_FACE = "宋体"
_LINE = Side(style="thin", color="B7C3D0")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INPUT = PatternFill("solid", fgColor="FFF8DC")
_LABEL = PatternFill("solid", fgColor="E8EFF7")
_DERIVED = PatternFill("solid", fgColor="EDEDED")
MAX_ROW_HEIGHT = 409.0  # points; Excel's own limit
_LINE_HEIGHT = 15.0

FORMATS = {
    "amount": "#,##0.00",
    "integer": "0",
    "number": "0.##",
    "percent": "0.0#%",
    "date": 'yyyy"年"m"月"d"日"',
}
WIDTHS = {"amount": 14.5, "integer": 12.0, "number": 9.0, "percent": 12.0, "long-text": 46.0, "choice": 18.0}


def title(cell: Cell) -> None:
    """The sheet's name above everything."""
    cell.font = Font(_FACE, size=16, bold=True, color="1F3A5F")
    cell.alignment = Alignment(vertical="center")


def note(cell: Cell) -> None:
    """What to know before filling in a sheet."""
    cell.font = Font(_FACE, size=10, color="595959")
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def label(cell: Cell, centred: bool = False) -> None:
    """A label or a header; never to be changed."""
    cell.font = Font(_FACE, size=11, bold=True)
    cell.fill = _LABEL
    cell.border = _BOX
    horizontal = "center" if centred else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)


def aside(cell: Cell) -> None:
    """A unit or a remark beside a cell."""
    cell.font = Font(_FACE, size=10, color="595959")
    cell.border = _BOX
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def mark(cell: Cell) -> None:
    """The mark of a required cell."""
    cell.font = Font(_FACE, size=11, bold=True, color="C00000")
    cell.alignment = Alignment(horizontal="center", vertical="center")


def entry(cell: Cell, kind: str) -> None:
    """A cell to fill in."""
    cell.font = Font(_FACE, size=11)
    cell.fill = _INPUT
    cell.border = _BOX
    wrap = kind in ("text", "long-text", "number-or-text", "choice")
    side = {"amount": "right", "integer": "right", "number": "right", "percent": "right"}.get(kind, "left")
    vertical = "top" if kind == "long-text" else "center"
    cell.alignment = Alignment(horizontal=side, vertical=vertical, wrap_text=wrap)
    cell.number_format = FORMATS.get(kind, "@" if kind == "text" else "General")
    cell.protection = Protection(locked=False)


def grey(cell: Cell) -> None:
    """The header of a derived column."""
    cell.fill = _DERIVED
    cell.font = Font(_FACE, size=11, color="7F7F7F")


def derived(cell: Cell, number_format: str = FORMATS["amount"]) -> None:
    """A cell that shows what the tool will derive; never read back."""
    cell.font = Font(_FACE, size=11, color="7F7F7F")
    cell.fill = _DERIVED
    cell.border = _BOX
    cell.alignment = Alignment(horizontal="right", vertical="center")
    cell.number_format = number_format


def figure(cell: Cell) -> None:
    """A number of the working paper."""
    cell.font = Font(_FACE, size=10, color="595959")
    cell.border = _BOX
    cell.alignment = Alignment(horizontal="right", vertical="center", wrap_text=True)


def height(text: str, width: float, least: float = 20.0) -> float:
    """The height of a row for a wrapped text: what it needs, within what Excel allows."""
    return min(MAX_ROW_HEIGHT, max(least, points(text, width)))


def points(text: str, width: float) -> float:
    """Points that a wrapped text needs in a column of ``width`` characters."""
    per_line = max(1, int(width / 2) - 1)  # a Chinese character takes two
    lines = sum(max(1, math.ceil(len(line) / per_line)) for line in text.split("\n"))
    return lines * _LINE_HEIGHT + 6
