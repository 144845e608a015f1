"""Reading the cells of a workbook straight from its XML, for the common case.

openpyxl takes 60 ms to import and builds styles, validations and more that nobody here asks for. This reads
values, percent formats, errors, dates and merged areas only, and gives up (None) on anything it does not
know, which openpyxl then reads. ``tests/workbook/test_lean.py`` holds that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from xml.etree.ElementTree import Element, ParseError, fromstring

from generator.workbook.grid import Address, Cell, CellValue, Grid

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_INTEGER = re.compile(r"-?\d{1,15}")
_DECIMAL = re.compile(r"-?\d*\.?\d+(?:[eE][+-]?\d{1,3})?")

# Excel's built-in number formats that show a percent sign, a plain date, or some other date or time.
_PERCENTS = frozenset({9, 10})
_DATES = frozenset({14, 15})
_TIMES = frozenset({*range(16, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'".*?"|\[[^\]]*\]')
_DATE_LETTER = re.compile(r"[dmhysDMHYS]")
_PLAIN_DATE = re.compile(r"[yY].*[dD]")
_HOURS = re.compile(r"[hHsS]")
# Day 60 of Excel's calendar, 29 February 1900, has never been.
_EPOCH, _FIRST_SURE_DAY, _LAST_DAY = date(1899, 12, 30), 61, 2_958_465


class _UnknownError(Exception):
    """Something that openpyxl should read."""


def read_lean(parts: Mapping[str, bytes]) -> dict[str, Grid] | None:
    """The worksheets of a package, or None when there is anything in it that this does not know."""
    try:
        strings, styles = _strings(parts), _styles(parts)
        return {name: _sheet(name, fromstring(data), strings, styles) for name, data in _sheets(parts)}
    except (_UnknownError, ParseError, KeyError, IndexError, ValueError, OverflowError):
        return None


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    workbook = fromstring(parts[_WORKBOOK])
    if workbook.tag != f"{_M}workbook":
        raise _UnknownError
    properties = workbook.find(f"{_M}workbookPr")
    if properties is not None and properties.get("date1904", "0") not in ("0", "false"):
        raise _UnknownError
    relations = {each.get("Id"): each for each in fromstring(parts[_RELATIONS])}
    for sheet in workbook.iter(f"{_M}sheet"):
        relation = relations[sheet.get(f"{_R}id")]
        if relation.get("Type") != _WORKSHEET:
            raise _UnknownError
        target = relation.attrib["Target"]
        yield sheet.attrib["name"], parts[target[1:] if target.startswith("/") else f"xl/{target}"]


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    data = parts.get("xl/sharedStrings.xml")
    return [] if data is None else [_text(each) for each in fromstring(data).iter(f"{_M}si")]


def _text(element: Element) -> str:
    """The text of a plain or rich string, without its phonetic reading."""
    pieces = []
    for child in element:
        if child.tag == f"{_M}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_M}r":
            pieces += [t.text or "" for t in child.findall(f"{_M}t")]
    return "".join(pieces).replace("x005F_", "")


def _styles(parts: Mapping[str, bytes]) -> list[str]:
    """What each cell format shows: ``%``, a ``date``, something in between (``time``), or a number."""
    if "xl/styles.xml" not in parts:
        return [""]
    root = fromstring(parts["xl/styles.xml"])
    custom = {int(each.attrib["numFmtId"]): each.attrib["formatCode"] for each in root.iter(f"{_M}numFmt")}
    formats = root.find(f"{_M}cellXfs")
    if formats is None:
        raise _UnknownError
    return [_kind(int(each.get("numFmtId", "0")), custom) for each in formats] or [""]


def _kind(number: int, custom: Mapping[int, str]) -> str:
    if number in custom:
        return _kind_of_code(custom[number])
    if number in _PERCENTS:
        return "%"
    return "date" if number in _DATES else "time" if number in _TIMES else ""


def _kind_of_code(code: str) -> str:
    shown = _QUOTED.sub("", code)
    if _DATE_LETTER.search(shown):
        first = shown.split(";")[0]
        plain = _PLAIN_DATE.search(first) and not _HOURS.search(first) and "%" not in code
        return "date" if plain and "\\" not in code and "_" not in code else "time"
    return "%" if "%" in code else ""


def _sheet(name: str, root: Element, strings: list[str], styles: list[str]) -> Grid:
    if root.tag != f"{_M}worksheet":
        raise _UnknownError
    merged, hidden = _merged(root)
    cells: dict[Address, Cell] = {}
    rows = root.find(f"{_M}sheetData")
    row_number = 0
    for row in rows if rows is not None else ():
        row_number = int(row.get("r") or row_number + 1)
        column = 0
        for element in row:
            address = _address(element.get("r"), row_number, column + 1)
            column = address[1]
            if address in cells or address[0] != row_number:
                raise _UnknownError
            cell = _cell(element, strings, styles)
            if cell is not None and address not in hidden:
                cells[address] = cell
    return Grid(name, cells, merged)


def _address(text: str | None, row: int, column: int) -> Address:
    if text is None:
        return row, column
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise _UnknownError
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]), number


def _cell(element: Element, strings: list[str], styles: list[str]) -> Cell | None:
    kind = styles[int(element.get("s", "0"))]
    percent = kind == "%"
    content = element.find(f"{_M}v")
    text = content.text if content is not None else None
    match element.get("t", "n"):
        case "inlineStr":
            inline = element.find(f"{_M}is")
            value = _text(inline) if inline is not None else None
            return None if value is None else Cell(value, percent)
        case _ if text is None:
            return Cell("", uncalculated=True) if element.find(f"{_M}f") is not None else None
        case "s":
            return Cell(strings[int(text)], percent)
        case "str":
            return Cell(text, percent)
        case "e":
            return Cell(text, percent, fault=True)
        case "b":
            return Cell(bool(int(text)), percent)
        case "n":
            return Cell(_number(text, kind), percent)
        case _:
            raise _UnknownError


def _number(text: str, kind: str) -> CellValue:
    if _INTEGER.fullmatch(text):
        number = int(text)
        if kind == "date" and _FIRST_SURE_DAY <= number <= _LAST_DAY:
            return _EPOCH + timedelta(days=number)
        if kind in ("date", "time"):
            raise _UnknownError
        return number
    if kind in ("date", "time") or not _DECIMAL.fullmatch(text):
        raise _UnknownError
    return float(text)


def _merged(root: Element) -> tuple[dict[Address, tuple[Address, Address]], set[Address]]:
    """Every cell of a merged area with the area's corners, and the cells that are merged away."""
    merged: dict[Address, tuple[Address, Address]] = {}
    hidden: set[Address] = set()
    for area in root.iter(f"{_M}mergeCell"):
        first, _, last = area.attrib["ref"].partition(":")
        corners = (_address(first, 0, 0), _address(last or first, 0, 0))
        (top, left), (bottom, right) = corners
        if bottom - top > 10_000 or right - left > 1_000:
            raise _UnknownError
        inside = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        merged.update((address, corners) for address in inside)
        hidden.update(inside[1:])
    return merged, hidden
