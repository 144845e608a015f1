"""One cell, read by the type of its field: the value, or the finding that says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.amounts import Interval, NumberFormat, plain
from generator.findings import Finding, did_you_mean, finding
from generator.form.records import NUMERIC, Field, Unit
from generator.formula import Underived
from generator.model import CellRef, Entry
from generator.typed import TypedNumber, half_width, is_blank, parse_number
from generator.workbook.grid import Cell, squeeze
from generator.workbook.numeric import NumberReader
from generator.workbook.shown import as_shown, date_parts, is_general, shown, shows_nothing
from generator.workbook.texts import clean, one_line, paragraphs

_YES = frozenset({"是", "√", "✓", "有", "对", "yes", "y", "true"})
# To a question these are an answer, elsewhere nothing at all.
_NONE = frozenset({"无", "没有"})
_NO = frozenset({*_NONE, "否", "×", "✗", "x", "不是", "no", "n", "false"})
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
# A spreadsheet keeps so many digits of a number; of a longer code the last ones have become zeros.
_KEPT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells of one workbook, whose amounts are in ``unit`` unless a cell says otherwise.

    ``prints`` is how the document prints each type of field.
    """

    unit: Unit
    units: Mapping[str, Unit]
    prints: Mapping[str, NumberFormat]

    def read(self, field: Field, cell: Cell | None, at: CellRef) -> tuple[Entry, list[Finding]]:
        """The entry of a cell; a fault gives ``Underived`` and exactly one finding."""
        fault = None if cell is None else _fault(field, cell, at)
        if cell is not None and fault is not None:
            return _unreadable(field, at, as_shown(cell)), [fault]
        if cell is None or _is_blank(field, cell):
            return self._missing(field, cell, at)
        noted = [_left_out(field, cell, at)] if cell.left_out else []
        if field.type in NUMERIC:
            number, faults = NumberReader(self.unit, self.units, self.prints).read(field, cell, at)
            typed = as_shown(cell) or "0"  # formats such as #,### show zero as nothing
            if number is None:
                return _unreadable(field, at, typed), faults
            return Entry(field.name, number.value, at, typed, places=number.places), [*faults, *noted]
        entry, faults = _other(field, cell, at)
        return entry, [*faults, *noted]

    def _missing(self, field: Field, cell: Cell | None, at: CellRef) -> tuple[Entry, list[Finding]]:
        if not field.required:
            return Entry(field.name, field.default or None, at), []
        typed = "" if cell is None else clean(as_shown(cell)).strip()
        if typed:
            fix = "没有发生额请填 0" if field.type in ("amount", "integer") else "请填写这一项"
            return _unreadable(field, at, typed), [
                finding("cell.blank-mark", at, field.label, typed, fix=fix)
            ]
        fix = "请填写；没有发生额填 0" if field.type == "amount" else "请填写"
        return _unreadable(field, at, ""), [finding("cell.required", at, field.label, fix=fix)]


def _is_blank(field: Field, cell: Cell) -> bool:
    if not isinstance(cell.value, str):
        return False
    text = clean(shown(cell)).strip()
    if field.type in ("text", "long-text", "number-or-text"):
        return not text
    if field.type == "yes-no" and text in _NONE:
        return False
    return is_blank(text)


def _unreadable(field: Field, at: CellRef, typed: str) -> Entry:
    return Entry(field.name, Underived("missing", (field.name,)), at, typed)


def _fault(field: Field, cell: Cell, at: CellRef) -> Finding | None:
    """Faults that no type can read: uncalculated formulas, pictures, error values."""
    if cell.uncalculated:
        return finding("cell.not-calculated", at, field.label)
    if cell.picture:
        return finding("cell.picture", at, field.label)
    if cell.fault:
        return finding("cell.error-value", at, field.label, as_shown(cell))
    if shows_nothing(cell) and not (cell.number == 0 and field.type in NUMERIC):
        # A format such as ;;; hides what the cell holds.
        stored = cell.value if isinstance(cell.value, str) else as_shown(replace(cell, format=""))
        return finding("cell.shown-otherwise", at, field.label, "", stored=stored, what="内容")
    return None


def _left_out(field: Field, cell: Cell, at: CellRef) -> Finding:
    return finding("cell.struck-part", at, field.label, cell.left_out, kept=clean(as_shown(cell)).strip())


def _other(field: Field, cell: Cell, at: CellRef) -> tuple[Entry, list[Finding]]:
    match field.type:
        case "yes-no":
            return _yes_no(field, as_shown(cell), at)
        case "choice":
            return _choice(field, as_shown(cell), at)
        case "date":
            return _day(field, cell, at)
        case _:
            return _text(field, cell, at)


def _text(field: Field, cell: Cell, at: CellRef) -> tuple[Entry, list[Finding]]:
    """What is shown, letter by letter; a number-or-text cell also gives the number that is shown."""
    typed, faults = _shown_text(field, cell, at)
    if typed is None:
        return _unreadable(field, at, shown(cell)), faults
    if field.type == "long-text":
        return Entry(field.name, paragraphs(typed), at, typed), faults
    text = one_line(typed)
    number = _plain_or_percent(parse_number(text)) if field.type == "number-or-text" else None
    return Entry(field.name, text, at, typed, number=number), faults


def _shown_text(field: Field, cell: Cell, at: CellRef) -> tuple[str | None, list[Finding]]:
    """The shown text of a cell; of a long number in a General cell all digits, since its width cuts them
    off."""
    number = cell.number
    if number is None or not number.is_finite() or (not is_general(cell.format) and "E" not in cell.format):
        return _unless_lost(field, cell, shown(cell), at)
    text, whole = shown(cell), plain(number)
    if "E" not in text or number != number.to_integral_value():
        return text, []
    if _has_lost_digits(number):
        return None, [finding("cell.digits-lost", at, field.label, text, kept=_KEPT_DIGITS)]
    return whole, [finding("cell.shown-short", at, field.label, text, stored=whole)]


def _unless_lost(field: Field, cell: Cell, text: str, at: CellRef) -> tuple[str | None, list[Finding]]:
    if cell.number is not None and cell.number.is_finite() and _has_lost_digits(cell.number):
        return None, [finding("cell.digits-lost", at, field.label, text, kept=_KEPT_DIGITS)]
    return text, []


def _has_lost_digits(number: Decimal) -> bool:
    return number == number.to_integral_value() and number.adjusted() >= _KEPT_DIGITS


def _plain_or_percent(number: TypedNumber | None) -> Interval | None:
    """``98%`` is 0.98; with any other unit it is a text."""
    if number is None or number.unit not in ("", "%"):
        return None
    return Interval.exact(number.number / 100 if number.unit else number.number)


def _yes_no(field: Field, typed: str, at: CellRef) -> tuple[Entry, list[Finding]]:
    answer = unicodedata.normalize("NFKC", clean(typed)).strip().lower()
    if answer in _YES or answer in _NO:
        return Entry(field.name, answer in _YES, at, typed), []
    fault = finding("cell.not-a-choice", at, field.label, typed, choices="是、否")
    return _unreadable(field, at, typed), [fault]


def _choice(field: Field, typed: str, at: CellRef) -> tuple[Entry, list[Finding]]:
    squeezed = squeeze(clean(typed))
    if squeezed in field.choices:
        return Entry(field.name, squeezed, at, typed), []
    choices, hint = "、".join(field.choices), did_you_mean(squeezed, field.choices)
    fault = finding("cell.not-a-choice", at, field.label, typed, choices=choices, hint=hint)
    return _unreadable(field, at, typed), [fault]


def _day(field: Field, cell: Cell, at: CellRef) -> tuple[Entry, list[Finding]]:
    typed = clean(shown(cell)).strip()
    day = _stored_day(cell) if cell.number is not None else parse_date(typed)
    if day is None:
        whole_month = _MONTH.fullmatch(half_width(typed).strip()) is not None
        code = "cell.date-incomplete" if whole_month and cell.number is None else "cell.not-a-date"
        return _unreadable(field, at, typed), [finding(code, at, field.label, typed)]
    entry = Entry(field.name, day.isoformat(), at, typed, day=day)
    if cell.number is not None and not {"y", "m", "d"} <= date_parts(cell.format):
        return entry, [finding("cell.part-of-date", at, field.label, typed, stored=day.isoformat())]
    return entry, []


def _stored_day(cell: Cell) -> date | None:
    """The date of a number that is shown as one."""
    from generator.workbook.number_format import to_date, traits

    number = cell.number
    if number is None or not number.is_finite() or not traits(cell.format or "General").date:
        return None
    return to_date(number, cell.epoch_1904)


def parse_date(text: str) -> date | None:
    """``2021-03-15``, ``2021年3月15日``, ``2021/3/15``, ``２０２１．３．１５``."""
    match = _DATE.fullmatch(half_width(text).strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
