"""What a person sees in a cell: the stored value through its number format, in a column that is wide
enough."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from generator.amounts import decimal_places, plain
from generator.typed import without_invisible
from generator.workbook.grid import Cell

# General shows so many signs of a number at most.
_GENERAL_WIDTH = 11
# Formats that show a number as it is, up to their decimals: ``0.00``, ``#,##0.0#``, ``0%``, ``0.00_ ``.
_LITERAL = re.compile(r'"[^"]*"|[\\!_*].|\[[^]]*\]')
_BLANK_PERCENT = re.compile(r"\s+%$")
_SIMPLE = re.compile(r"[#,]*0(?:\.([0#]+))?(%?)(?:_.)?")


def shown(cell: Cell) -> str:
    """The text in the cell, on its first line, without the blanks that only align it."""
    if isinstance(cell.value, bool):
        return "是" if cell.value else "否"
    code = cell.format
    if isinstance(cell.value, str):
        return formatted(cell) if ("@" in code and code != "@") or code.count(";") > 2 else cell.value
    number = cell.number
    if number is None or not number.is_finite():
        return str(cell.value)
    if is_general(code):
        text = plain(number)
        return text if len(text) <= _GENERAL_WIDTH else formatted(cell)
    # A line break in a format hides what stands behind it. With a percent sign there and commas before it,
    # this is the trick to show 万元; some programs turn the break into a blank.
    text = formatted(cell).partition("\n")[0].strip()
    return _BLANK_PERCENT.sub("", text) if "%" in code and _is_scaled(code) else text


def formatted(cell: Cell) -> str:
    """The text that the cell's number format makes of its value, whatever it is."""
    from generator.workbook.number_format import shown as through  # slow to import, and rarely needed

    value = cell.value if isinstance(cell.value, bool | str) else cell.number
    return through(value if value is not None else str(cell.value), cell.format or "General", cell.epoch_1904)


def _is_scaled(code: str) -> bool:
    from generator.workbook.number_format import traits

    return traits(code).scaled > 0


def is_general(code: str) -> bool:
    """Whether a number is shown as it is: General, or a text format on a stored number."""
    return not code or code == "@"


def hides_nothing(cell: Cell) -> bool:
    """Whether a stored number is certainly shown with all its digits and as nothing else, so that it may be
    taken as it is. General cuts digits off by the width of the column only, and never changes a
    magnitude."""
    if is_general(cell.format):
        return True
    simple = simple_format(cell.format)
    number = cell.number
    return simple is not None and number is not None and decimal_places(number) <= simple[0]


def shows_nothing(cell: Cell) -> bool:
    """Whether a format such as ``;;;`` hides what the cell holds."""
    if isinstance(cell.value, bool) or is_general(cell.format):
        return False
    if isinstance(cell.value, str):
        return bool(without_invisible(cell.value).strip()) and not shown(cell).strip()
    return not hides_nothing(cell) and not shown(cell)


@lru_cache(maxsize=64)
def date_parts(code: str) -> frozenset[str]:
    """Which of year, month and day a date format shows: ``y``, ``m``, ``d``."""
    letters = _LITERAL.sub("", code).lower().replace("e", "y")
    return frozenset("ymd") & frozenset(letters)


def is_percentage(cell: Cell) -> bool:
    """Whether the cell shows its number times a hundred, with a percent sign."""
    if "%" not in cell.format:
        return False
    simple = simple_format(cell.format)
    if simple is not None:
        return simple[1]
    from generator.workbook.number_format import traits

    return traits(cell.format).percent


@lru_cache(maxsize=256)
def simple_format(code: str) -> tuple[int, bool] | None:
    """The decimals that a simple format shows of the stored number, and whether it is a percentage; else
    None."""
    match = _SIMPLE.fullmatch(code)
    if match is None:
        return None
    return len(match[1] or "") + (2 if match[2] else 0), bool(match[2])


def as_shown(cell: Cell) -> str:
    """The cell's value for a message: as it is shown, but a simple number with its plain digits."""
    number = cell.number
    if number is None or not number.is_finite() or not hides_nothing(cell):
        return shown(cell)
    return f"{plain(number * 100)}%" if is_percentage(cell) else plain(number)


def rounds_to(seen: Decimal, stored: Decimal, half_width: Decimal) -> bool:
    """Whether a number that is shown can be the stored one, rounded as far as the format shows it."""
    return abs(seen - stored) <= half_width
