"""What a cell shows: a spreadsheet's number format applied to the stored value.

``codes`` takes a format code apart (``scan``: its tokens), ``numbers``, ``ratios``, ``dates`` and ``chinese``
apply it, ``builtin_codes`` knows the codes that a workbook only names by number. Shown is what Excel, WPS and
LibreOffice show in Chinese in a column that is wide enough; ``test_number_format_office.py`` compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from generator.workbook.number_format.builtin_codes import builtin
from generator.workbook.number_format.codes import Section, parse

__all__ = ["HIDDEN", "Traits", "builtin", "shown", "to_date", "traits"]

# What a cell shows, however wide it is, when no section of its format can show the number.
HIDDEN = "########"


@dataclass(frozen=True, slots=True)
class Traits:
    """What is to be known of a format without a value; of the section for positive numbers."""

    general: bool  # shown as General shows it (``@`` does, too)
    percent: bool  # shown times 100
    date: bool  # a calendar date, with or without time
    time: bool  # a clock time or a duration, without a date
    elapsed: bool  # a duration: ``[h]:mm``
    scaled: int  # powers of ten taken away by commas after the digits
    literal: str  # all literal text, joined


@lru_cache(maxsize=512)
def traits(code: str) -> Traits:
    """The traits of a format code."""
    section = parse(code).positive()
    if section is None:
        return Traits(True, False, False, False, False, 0, "")
    when = section.date or section.time
    literal = "".join(text for kind, text in section.tokens if kind in ("literal", "number"))
    return Traits(
        general=section.has("general") and not when,
        percent=section.has("percent"),
        date=section.date,
        time=section.time,
        elapsed=section.has("elapsed"),
        scaled=0 if when else _scaled(section),
        literal=literal,
    )


def shown(value: Decimal | str | bool, code: str, date1904: bool = False) -> str:
    """The text that a cell shows; blanks around it stay."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    format_code = parse(code)
    if isinstance(value, str):
        return value if format_code.text is None else _show_text(format_code.text, value)
    from generator.workbook.number_format.numbers import fits, general, stored

    if not fits(value):
        return str(value)
    value = stored(value)
    section, signs = format_code.section(value)
    if section is None:
        return general(value) if len(format_code.numbers) < 2 else HIDDEN
    if section.date or section.time:
        return _show_date(section, value, date1904)
    return _show_number(section, value, signs)


def to_date(serial: Decimal, date1904: bool) -> date | None:
    """The day of a date serial; None for what is no day: 0, 60 in the 1900 system, after 9999."""
    from generator.workbook.number_format import dates

    return dates.to_date(serial, date1904)


def _show_text(section: Section, value: str) -> str:
    return "".join(value if kind in ("text", "general") else text for kind, text in section.tokens)


def _show_date(section: Section, value: Decimal, date1904: bool) -> str:
    from generator.workbook.number_format.dates import show_date

    if value < 0 and not date1904:
        return HIDDEN
    texts = show_date(section, abs(value), date1904)
    return HIDDEN if texts is None else "-" * (value < 0) + "".join(texts)


def _show_number(section: Section, value: Decimal, signs: bool) -> str:
    from generator.workbook.number_format.numbers import layout

    texts, zero = layout(section).show(abs(value))
    return "-" * (value < 0 and not signs and not zero) + "".join(texts)


def _scaled(section: Section) -> int:
    from generator.workbook.number_format.numbers import layout

    return layout(section).scaled * 3
