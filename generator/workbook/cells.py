"""One cell, read by the type of its field: the value, or the finding that says what is wrong with it.

Only numbers are NFKC-normalised, never texts (it would turn ① into 1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from generator.amounts import (
    HALF,
    Interval,
    TypedNumber,
    decimal_places,
    from_excel_float,
    is_blank,
    parse_number,
    plain,
)
from generator.findings import Finding, did_you_mean, finding
from generator.form.records import NUMERIC, Field, Unit
from generator.formula import Underived
from generator.model import CellRef, Entry
from generator.workbook.grid import Cell

_YES = frozenset({"是", "√", "✓", "有", "对", "yes", "y", "true"})
# To a question these are an answer, elsewhere nothing at all.
_NONE = frozenset({"无", "没有"})
_NO = frozenset({*_NONE, "否", "×", "✗", "x", "不是", "no", "n", "false"})
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CARRIAGE = re.compile(r"_x000[dD]_|\r\n?")
_LARGEST = Decimal("1E+15")
_PEOPLE_UNITS = {"元": "元", "圆": "元", "万元": "万元", "万": "万元", "亿元": "亿元", "亿": "亿元"}
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells of one workbook, whose amounts are in ``unit`` unless a cell says otherwise."""

    unit: Unit
    units: Mapping[str, Unit]

    def read(self, field: Field, cell: Cell | None, at: CellRef) -> tuple[Entry, list[Finding]]:
        """The entry of a cell; a fault gives ``Underived`` and exactly one finding."""
        typed = "" if cell is None else as_typed(cell)
        fault = _fault(field, cell, at, typed)
        if fault is not None:
            return _unreadable(field, at, typed), [fault]
        if cell is None or self._blank(field, cell):
            return self._missing(field, at)
        if field.type in NUMERIC:
            return self._number(field, cell, at, typed)
        return _other(field, cell, at, typed)

    def _blank(self, field: Field, cell: Cell) -> bool:
        if not isinstance(cell.value, str):
            return False
        if field.type in ("text", "long-text", "number-or-text"):
            return not clean(cell.value).strip()
        if field.type == "yes-no" and clean(cell.value).strip() in _NONE:
            return False
        return is_blank(clean(cell.value))

    def _missing(self, field: Field, at: CellRef) -> tuple[Entry, list[Finding]]:
        if not field.required:
            return Entry(field.name, None, at), []
        fix = "请填写；没有发生额填 0" if field.type == "amount" else "请填写"
        return _unreadable(field, at, ""), [finding("cell.required", at, field.label, fix=fix)]

    def _number(self, field: Field, cell: Cell, at: CellRef, typed: str) -> tuple[Entry, list[Finding]]:
        number = _typed_number(cell)
        if number is None:
            what, example = _EXAMPLES[field.type]
            fault = finding("cell.not-a-number", at, field.label, typed, what=what, example=example)
            return _unreadable(field, at, typed), [fault]
        if field.type == "percent" and number.number == 1 and not number.unit and not cell.percent:
            fault = finding("cell.percent-ambiguous", at, field.label, typed)
            return _unreadable(field, at, typed), [fault]
        value = self._value(field, cell, number)
        if value is None:
            units = "元或万元" if field.type == "amount" else field.unit or "不带单位的数"
            fault = finding("cell.wrong-unit", at, field.label, typed, units=units)
            return _unreadable(field, at, typed), [fault]
        out = _out_of_range(field, value.value, at, typed)
        if out is not None:
            return _unreadable(field, at, typed), [out]
        return Entry(field.name, value, at, typed, places=number.places), []

    def _value(self, field: Field, cell: Cell, number: TypedNumber) -> Interval | None:
        """The number in 元, as a fraction or as it is; None when its unit does not fit the field."""
        unit = number.unit.strip()
        if field.type == "percent":
            return _fraction(cell, number, unit)
        if field.type == "amount":
            return self._amount(number, unit)
        return Interval.exact(number.number) if unit in ("", field.unit) else None

    def _amount(self, number: TypedNumber, unit: str) -> Interval | None:
        own = self.unit
        if unit:
            name = _PEOPLE_UNITS.get(unit)
            if name is None:
                return None
            own = self.units.get(name) or Unit(_YUAN[name], exact=name == "元", places=2)
        value = number.number * own.yuan
        if own.exact:
            return Interval.exact(value)
        places = max(own.places, number.places)
        return Interval.rounded(value, HALF.scaleb(-places) * own.yuan)


def _fraction(cell: Cell, number: TypedNumber, unit: str) -> Interval | None:
    """``96.5%`` and a percent-formatted 0.965 are plain; a bare number above 1 is meant in percent."""
    if unit == "%":
        return Interval.exact(number.number / 100)
    if unit:
        return None
    bare = not cell.percent and number.number > 1
    return Interval.exact(number.number / 100 if bare else number.number)


def _plain_or_percent(cell: Cell, number: TypedNumber) -> Interval | None:
    """``98%`` is 0.98; with any other unit it is a text."""
    unit = number.unit.strip()
    if unit == "%":
        return Interval.exact(number.number / 100)
    return None if unit else Interval.exact(number.number)


_EXAMPLES = {
    "amount": ("金额", "39637500"),
    "integer": ("整数", "30"),
    "number": ("数字", "5"),
    "percent": ("百分比", "96.5%"),
}


def _unreadable(field: Field, at: CellRef, typed: str) -> Entry:
    return Entry(field.name, Underived("missing", (field.name,)), at, typed)


def _fault(field: Field, cell: Cell | None, at: CellRef, typed: str) -> Finding | None:
    """Faults that no type can read: uncalculated formulas, error values, dates among numbers."""
    if cell is None:
        return None
    if cell.uncalculated:
        return finding("cell.not-calculated", at, field.label)
    if cell.fault:
        return finding("cell.error-value", at, field.label, typed)
    if field.type in NUMERIC and isinstance(cell.value, date | time):
        return finding("cell.date-for-number", at, field.label, typed)
    return None


def _typed_number(cell: Cell) -> TypedNumber | None:
    if isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, int | float):
        number = from_excel_float(cell.value)
        return TypedNumber(number, decimal_places(number)) if number.is_finite() else None
    return parse_number(clean(cell.value)) if isinstance(cell.value, str) else None


def _out_of_range(field: Field, value: Decimal, at: CellRef, typed: str) -> Finding | None:
    if field.type == "integer" and value != value.to_integral_value():
        return finding("cell.not-an-integer", at, field.label, typed, example=field.sample or "30")
    if field.min == 0 and value < 0:
        return finding("cell.negative", at, field.label, typed)
    low = -_LARGEST if field.min is None else field.min
    high = _LARGEST if field.max is None else field.max
    if low <= value <= high:
        return None
    shown = (_bound(field, low), _bound(field, high))
    return finding("cell.out-of-range", at, field.label, typed, low=shown[0], high=shown[1])


def _bound(field: Field, value: Decimal) -> str:
    return f"{plain(value * 100)}%" if field.type == "percent" else plain(value)


def _other(field: Field, cell: Cell, at: CellRef, typed: str) -> tuple[Entry, list[Finding]]:
    text = clean(typed).strip()
    match field.type:
        case "yes-no":
            return _yes_no(field, text, at, typed)
        case "choice":
            return _choice(field, text, at, typed)
        case "date":
            return _day(field, cell, text, at, typed)
        case "long-text":
            lines = (line.strip() for line in clean(typed).split("\n"))
            return Entry(field.name, "\n".join(line for line in lines if line), at, typed), []
        case "number-or-text":
            number = _typed_number(cell)
            known = None if number is None else _plain_or_percent(cell, number)
            return Entry(field.name, text, at, typed, number=known), []
        case _:
            return Entry(field.name, " ".join(text.split("\n")), at, typed), []


def _yes_no(field: Field, text: str, at: CellRef, typed: str) -> tuple[Entry, list[Finding]]:
    answer = unicodedata.normalize("NFKC", text).lower()
    if answer in _YES or answer in _NO:
        return Entry(field.name, answer in _YES, at, typed), []
    fault = finding("cell.not-a-choice", at, field.label, typed, choices="是、否")
    return _unreadable(field, at, typed), [fault]


def _choice(field: Field, text: str, at: CellRef, typed: str) -> tuple[Entry, list[Finding]]:
    squeezed = "".join(text.split())
    if squeezed in field.choices:
        return Entry(field.name, squeezed, at, typed), []
    choices, hint = "、".join(field.choices), did_you_mean(squeezed, field.choices)
    fault = finding("cell.not-a-choice", at, field.label, typed, choices=choices, hint=hint)
    return _unreadable(field, at, typed), [fault]


def _day(field: Field, cell: Cell, text: str, at: CellRef, typed: str) -> tuple[Entry, list[Finding]]:
    day = cell.value if isinstance(cell.value, date) else parse_date(text)
    if day is None:
        return _unreadable(field, at, typed), [finding("cell.not-a-date", at, field.label, typed)]
    return Entry(field.name, day.isoformat(), at, typed, day=day), []


def parse_date(text: str) -> date | None:
    """``2021-03-15``, ``2021年3月15日``, ``2021/3/15``, ``２０２１．３．１５``."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def as_typed(cell: Cell) -> str:
    """The cell's value as the person sees it, near enough to recognise it."""
    if isinstance(cell.value, bool):
        return "是" if cell.value else "否"
    if isinstance(cell.value, int | float):
        number = from_excel_float(cell.value)
        if not number.is_finite():
            return str(cell.value)
        return f"{plain(number * 100)}%" if cell.percent else plain(number)
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    return str(cell.value)


def clean(text: str) -> str:
    """Text without control characters; ``_x000D_`` and every kind of line end become one ``\\n``."""
    return _CONTROL.sub("", _CARRIAGE.sub("\n", text))
