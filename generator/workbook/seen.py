"""A number as its cell shows it, read back: what a person takes the shown text for."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from generator.amounts import round_half_up
from generator.typed import BLANK_MARKS, TypedNumber, parse_number
from generator.workbook.grid import Cell
from generator.workbook.shown import shown

_NEGATIVE = re.compile(r"[(（](.+)[)）]")
_CHINESE_DIGITS = re.compile(r"\[DBNum\d\]", re.IGNORECASE)
_RED = re.compile(r"\[(?:red|红色|color ?3|颜色 ?3)\]", re.IGNORECASE)
# What is left of amounts by adding and subtracting binary fractions: less than a millionth of 元.
_NOISE_PLACES = 6


def without_noise(number: Decimal, yuan: Decimal) -> Decimal:
    """A stored amount, typed in a unit worth so many ``yuan``, without what binary fractions add to it:
    5.55E-17 is 0, and -0.0000000037 is no negative amount."""
    places = _NOISE_PLACES + yuan.adjusted()
    return round_half_up(number, places) + 0 if number.as_tuple().exponent < -places else number  # type: ignore[operator]


def number_seen(cell: Cell, text: str, stored: Decimal) -> TypedNumber | None:
    """The number that a person reads in ``text``, which the cell shows for the number ``stored``.

    A dash, or nothing at all, stands for zero; brackets and red figures for a negative number; 叁佰 for 300.
    """
    if stored == 0 and text.strip(" ¥￥") in BLANK_MARKS:
        return TypedNumber(Decimal(0), 0)
    if _CHINESE_DIGITS.search(cell.format):
        text = shown(replace(cell, format=_CHINESE_DIGITS.sub("", cell.format)))
    bracketed = _NEGATIVE.fullmatch(text)
    if bracketed and stored < 0:
        return _negative(parse_number(bracketed[1]))
    number = parse_number(text.replace("¥ ", "¥").replace("￥ ", "￥"))
    if number is not None and stored < 0 < number.number and _is_red(cell.format):
        return _negative(number)
    return number


def _negative(number: TypedNumber | None) -> TypedNumber | None:
    return number and replace(number, number=-number.number)


def _is_red(code: str) -> bool:
    """Whether a format shows negative numbers in red, which takes the place of their sign."""
    sections = code.split(";")
    return len(sections) > 1 and _RED.search(sections[1]) is not None
