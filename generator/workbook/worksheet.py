"""The cells of a worksheet, straight from its XML: every cell that holds anything, none is dropped.

Positions follow the file: a cell or row without an address stands after the one before it, as in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from xml.etree.ElementTree import Element

from generator.typed import without_invisible
from generator.workbook.formats import PLAIN, CellFormat
from generator.workbook.grid import Address, Areas, Cell, CellValue, Corners, Grid
from generator.workbook.parts import DamagedError, SheetPart, is_on, local
from generator.workbook.strings import Runs, namespace_of, rich_text, runs_of, unescaped

ELEMENTS = frozenset({"row", "col", "mergeCell"})  # those that a reader wants
MAX_CELLS = 200_000  # filled ones, in a whole workbook; a filled-in one has a thousand or two
MAX_AREAS = 100_000  # merged ones, in a sheet; a filled-in one has some dozens
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
# A spreadsheet keeps 15 significant digits; what a binary float adds beyond them is noise.
_EXCEL = Context(prec=15)
_LARGEST_EXPONENT = 308
_PICTURE = "DISPIMG("
_DAY_ZERO, _DAY = datetime(1899, 12, 30), Decimal(86_400)


class TooManyCellsError(Exception):
    """More filled cells than any form has; the message is the name of the sheet."""


class TooManyAreasError(Exception):
    """More merged areas than any form has; the message is the name of the sheet."""


class SheetReader:
    """Reads one worksheet element by element: rows, columns and merged areas in whatever order they come."""

    def __init__(
        self, strings: Sequence[Runs | str], formats: Sequence[CellFormat], epoch_1904: bool
    ) -> None:
        self.cells: dict[Address, Cell] = {}
        self._strings, self._formats, self._epoch_1904 = strings, formats, epoch_1904
        self.filled = 0  # cells with any content, be it only blanks
        self._row = 0
        self.areas: list[Corners] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._namespace = self._v = self._f = self._is = self._row_tag = ""
        self._by_style: dict[str | None, CellFormat] = {}

    def read(self, element: Element) -> None:
        """A row, a run of columns or a merged area. Raises DamagedError for an address that is none."""
        if not self._v:
            self._namespace = namespace = namespace_of(element)
            names = ("v", "f", "is", "row")
            self._v, self._f, self._is, self._row_tag = (f"{namespace}{each}" for each in names)
        if element.tag == self._row_tag:
            self._read_row(element)
        elif local(element) == "col":
            self._read_columns(element)
        else:
            self._read_area(element)

    def _read_row(self, row: Element) -> None:
        self._row = whole(row.get("r")) or self._row + 1
        if is_on(row.get("hidden")) or row.get("ht") in ("0", "0.0"):
            self._hidden_rows.add(self._row)
        column = 0
        for element in row:
            reference = element.get("r")
            address = (self._row, column + 1) if reference is None else address_of(reference)
            column = address[1]
            if len(element) == 0:
                continue
            self.filled += 1
            cell = self._cell(element)
            if cell is not None:
                if address in self.cells:
                    raise DamagedError(reference)
                self.cells[address] = cell

    def _read_columns(self, element: Element) -> None:
        if is_on(element.get("hidden")) or element.get("width") in ("0", "0.0"):
            self._hidden_columns.append((whole(element.get("min")), whole(element.get("max"))))

    def _read_area(self, element: Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        self.areas.append((address_of(first), address_of(last or first)))

    def grid(self, sheet: SheetPart) -> Grid:
        """The sheet, once all its elements have been read."""
        areas = Areas(self.areas)
        covered = {a: cell for a, cell in self.cells.items() if areas.covers(a)} if self.areas else {}
        cells = {a: cell for a, cell in self.cells.items() if a not in covered} if covered else self.cells
        hidden = frozenset(self._hidden_rows), tuple(self._hidden_columns)
        return Grid(sheet.name, cells, areas, sheet.hidden, *hidden, covered)

    def _cell(self, element: Element) -> Cell | None:
        kind = element.get("t", "n")
        content, formula = element.find(self._v), element.find(self._f)
        text = content.text if content is not None else None
        cell_format = self._format(element.get("s"))
        inline = element.find(self._is) if kind == "inlineStr" or content is None else None
        if inline is not None:
            return _text_cell(runs_of(inline, self._namespace), cell_format)
        if formula is not None and (
            _PICTURE in (formula.text or "").upper() or (text or "").upper().startswith(f"={_PICTURE}")
        ):
            return Cell("", picture=True)
        if not text:
            # A formula whose result is a text may have an empty one; any other has not been calculated.
            return Cell("", uncalculated=True) if formula is not None and kind != "str" else None
        match kind:
            case "s":
                return _text_cell(self._string(text), cell_format)
            case "e":
                # With a formula it is an error of that formula, such as #SPILL!, unless that shows a picture.
                rich = element.get("vm") is not None
                picture = rich and (formula is None or "IMAGE(" in (formula.text or ""))
                return Cell(text, cell_format.code, fault=True, picture=picture)
            case "b":
                return Cell(is_on(text), cell_format.code, struck=cell_format.struck)
            case "d":
                return self._day(text, cell_format)
            case "n":
                return self._number(text, cell_format)
            case _:
                return _text_cell(unescaped(text), cell_format)

    def _string(self, index: str) -> Runs | str:
        """A shared string by its number, which no spreadsheet program makes negative."""
        if not index.strip().isdecimal():
            raise DamagedError(index)
        return self._strings[int(index)]

    def _format(self, index: str | None) -> CellFormat:
        if index not in self._by_style:
            number = whole(index)
            self._by_style[index] = self._formats[number] if number < len(self._formats) else PLAIN
        return self._by_style[index]

    def _number(self, text: str, cell_format: CellFormat) -> Cell | None:
        value = _decimal(text)
        if value is None:
            return _text_cell(text, cell_format)
        return Cell(value, cell_format.code, struck=cell_format.struck, epoch_1904=self._epoch_1904)

    def _day(self, text: str, cell_format: CellFormat) -> Cell | None:
        """A date in ISO 8601, which Strict files may hold; kept as the number of its day like any other."""
        try:
            moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
        except ValueError:
            return _text_cell(text, cell_format)
        passed = moment.replace(tzinfo=None) - _DAY_ZERO
        serial = passed.days + Decimal(passed.seconds) / _DAY
        return Cell(_EXCEL.plus(serial), cell_format.code or "yyyy-mm-dd", struck=cell_format.struck)


def _text_cell(text: Runs | str, cell_format: CellFormat) -> Cell | None:
    """A text; one of blanks and invisible signs only is no content."""
    struck, left_out = cell_format.struck, ""
    if not isinstance(text, str):
        read = rich_text(text, struck, cell_format.place)
        struck, left_out, text = read.struck, read.left_out, read.text
    # Letters, digits and characters are seen; only what begins with none may be all blanks and invisible.
    if not text[:1].isalnum() and not without_invisible(text).strip():
        return None
    return Cell(text, cell_format.code, struck=struck, left_out=left_out.strip())


def _decimal(text: str) -> CellValue | None:
    try:
        value = _EXCEL.create_decimal(text.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return None
    return value


@lru_cache(maxsize=16384)
def address_of(reference: str) -> Address:
    """``C5`` → (5, 3). Raises DamagedError."""
    match = _ADDRESS.fullmatch(reference)
    if match is None:
        raise DamagedError(reference)
    number = 0
    for letter in match[1].upper():
        number = number * 26 + ord(letter) - 64
    return int(match[2]), number


def whole(text: str | None) -> int:
    """A whole number of an attribute; 0 when it is missing or none."""
    return int(text) if text is not None and text.isdecimal() else 0


_EMPTY_CELL = re.compile(rb"<((?:[\w.-]+:)?c) (?:[^>]*/>|[^>]*></\1>)")
_EMPTY_ROW = re.compile(rb"<((?:[\w.-]+:)?row) (?:[^>]*/>|[^>]*></\1>)")
# What makes it unsafe to cut empty elements out by their text: cells that count on the one before them.
_COUNTED = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)(?![^<>]* r=\")[ />]|<!\[CDATA\[|<!--")


def slimmed(data: bytes) -> bytes | None:
    """The XML of a sheet, or a part of it up to a row, without empty cells and rows, which may be formatted
    by the million; None where a cell without an address would then stand elsewhere."""
    if _is_usual(data):
        return _USUAL_ROW.sub(b"", _USUAL_CELL.sub(b"", data))
    return None if _COUNTED.search(data) else _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", data))


# As nearly every program writes them: no prefix, the address first. Such sheets are slimmed in half the time.
_USUAL_CELL = re.compile(rb"<c r=[^>]*(?:/>|></c>)")
_USUAL_ROW = re.compile(rb"<row r=[^>]*(?:/>|></row>)")
_UNUSUAL = (b"<c>", b"<c/", b":c ", b":c>", b":c/", b"<!")  # no address, a prefix, a comment


def _is_usual(data: bytes) -> bool:
    if data.count(b"<c ") != data.count(b'<c r="') or data.count(b"<row") != data.count(b'<row r="'):
        return False
    return not any(sign in data for sign in _UNUSUAL)
