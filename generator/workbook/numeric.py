"""Cells of numbers: the number, when what is shown can be read as one in the field's own unit; else what is
wrong.

A number is computed from the stored value. Where the stored and the shown tell different things, it is a
finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from generator.amounts import HALF, Interval, NumberFormat, decimal_places, plain
from generator.findings import Finding, finding
from generator.form.records import Field, Unit
from generator.model import CellRef
from generator.patterns import lazy
from generator.typed import TypedNumber, counts_as, half_width, parse_number, why_no_number
from generator.workbook.grid import Cell
from generator.workbook.seen import number_seen, without_noise
from generator.workbook.shown import as_shown, hides_nothing, is_percentage, rounds_to, shown
from generator.workbook.texts import clean

_LARGEST = Decimal("1E+15")
_HUNDRED = Decimal(100)
_DOUBTFUL = Decimal(2)  # a bare number from 1 to below this may be a fraction or a percentage
_PEOPLE_UNITS = {
    **{"元": "元", "圆": "元", "元整": "元", "万元": "万元", "万": "万元", "万圆": "万元"},
    **{"亿元": "亿元", "亿": "亿元", "千元": "千元", "百万元": "百万元", "千万元": "千万元"},
}
YUAN = {
    name: Decimal(worth)
    for name, worth in {
        "元": 1,
        "千元": 1_000,
        "万元": 10_000,
        "百万元": 10**6,
        "千万元": 10**7,
        "亿元": 10**8,
    }.items()
}
# What stands behind digits and may be meant as a unit; anything else is a note, or another number.
_UNIT_LIKE = lazy("[%‰°℃A-Za-z/\u4e00-\u9fff]{1,5}")
_EXAMPLES = {
    "amount": ("金额", "39637500"),
    "integer": ("整数", "30"),
    "number": ("数字", "5"),
    "percent": ("百分比", "96.5%"),
}


def money_unit(text: str) -> str:
    """The unit of money that a text names, by its standard name; "" when it names none."""
    return _PEOPLE_UNITS.get(half_width(text).replace(" ", ""), "")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read, in the field's unit (amounts in 元, percents as fractions), with its typed
    decimals."""

    value: Interval
    places: int


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads numbers of one workbook, whose amounts are in ``unit`` unless a cell says otherwise.

    ``prints`` is how the document prints each type of field, which tells whether hidden digits matter.
    """

    unit: Unit
    units: Mapping[str, Unit]
    prints: Mapping[str, NumberFormat] = field(default_factory=dict)

    def read(self, field: Field, cell: Cell, at: CellRef) -> tuple[Number | None, list[Finding]]:
        """The number of a cell, or None with the finding that says why not."""
        if isinstance(cell.value, str):
            return self._text(field, shown(cell), at)
        number = cell.number
        if number is None or not number.is_finite():
            return None, [_no_number(field, at, as_shown(cell))]
        if field.type == "amount":
            number = without_noise(number, self.unit.yuan)
        stored = TypedNumber(number, decimal_places(number))
        if hides_nothing(cell):
            return self._accepted(field, stored, is_percentage(cell), at, as_shown(cell))
        return self._formatted(field, cell, stored, at)

    def _text(self, field: Field, text: str, at: CellRef) -> tuple[Number | None, list[Finding]]:
        typed = clean(text).strip()
        number = parse_number(typed)
        if number is None or (number.unit and not _UNIT_LIKE.fullmatch(number.unit)):
            return None, [_no_number(field, at, typed)]
        return self._accepted(field, number, False, at, typed)

    def _accepted(
        self, field: Field, number: TypedNumber, percent: bool, at: CellRef, typed: str
    ) -> tuple[Number | None, list[Finding]]:
        """The number, unless its unit or its size does not fit the field."""
        if field.type == "percent" and 1 <= number.number < _DOUBTFUL and not number.unit and not percent:
            larger, smaller = plain(number.number * _HUNDRED), plain(number.number)
            code = "cell.percent-ambiguous"
            return None, [finding(code, at, field.label, typed, larger=larger, smaller=smaller)]
        value = self.value(field, number, percent)
        if value is None:
            unit = number if number.unit or not percent else replace(number, unit="%")
            return None, [_wrong_unit(field, unit, at, typed)]
        out = _out_of_range(field, value.value, at, typed)
        return (None, [out]) if out is not None else (Number(value, number.places), [])

    def _formatted(
        self, field: Field, cell: Cell, stored: TypedNumber, at: CellRef
    ) -> tuple[Number | None, list[Finding]]:
        """A number whose format may show something else than is stored."""
        from generator.workbook.number_format import HIDDEN, traits

        text, kind = shown(cell), traits(cell.format)
        if text != HIDDEN and (kind.date or kind.time or kind.elapsed):
            return None, [
                finding("cell.date-for-number", at, field.label, text, kind="日期" if kind.date else "时间")
            ]
        seen = number_seen(cell, text, stored.number)
        if seen is None:
            return None, [_otherwise(field, at, text, stored)]
        if seen.unit and not _UNIT_LIKE.fullmatch(seen.unit):
            return None, [_no_number(field, at, text)]
        percent = kind.percent or (seen.unit == "%" and self._means_points(field, stored))
        number = (
            stored if kind.percent or not percent else TypedNumber(stored.number / 100, stored.places + 2)
        )
        value, shown_value = self.value(field, number, percent), self.value(field, seen, False)
        if shown_value is None or value is None:
            return None, [_wrong_unit(field, seen, at, text)]
        width = HALF.scaleb(-seen.written) * self._worth(field, seen)
        if not rounds_to(shown_value.value, value.value, width):
            return None, [_otherwise(field, at, text, stored)]
        accepted, faults = self._accepted(field, number, percent, at, text)
        if accepted is None and self._accepted(field, seen, False, at, text)[0] is not None:
            # What is shown would do; the fault is in what is not shown: 28.6 as 29.
            faults = [_otherwise(field, at, text, stored)]
        if accepted is not None and self._prints(field, value.value) != self._prints(
            field, shown_value.value
        ):
            faults = [finding("cell.hidden-digits", at, field.label, text, stored=plain(stored.number))]
        return accepted, faults

    def _means_points(self, field: Field, stored: TypedNumber) -> bool:
        """Whether a stored number before a percent sign that is only text is meant in percent: 95 is, 0.95
        may not be."""
        return field.type == "percent" and stored.number >= 1

    def _prints(self, field: Field, value: Decimal) -> str:
        printed = self.prints.get(field.type)
        return printed.text(value) if printed is not None else plain(value)

    def _worth(self, field: Field, number: TypedNumber) -> Decimal:
        """What 1 as typed is worth: in 元, as a fraction, or as it is."""
        if field.type == "amount":
            return YUAN.get(money_unit(number.unit), self.unit.yuan) if number.unit else self.unit.yuan
        return 1 / _HUNDRED if number.unit == "%" else Decimal(1)

    def value(self, field: Field, number: TypedNumber, percent: bool) -> Interval | None:
        """The number in 元, as a fraction or as it is; None when its unit does not fit the field.
        ``percent``: it is a fraction already."""
        unit = number.unit
        if field.type == "percent":
            return fraction(number, percent)
        if field.type == "amount":
            return None if percent else self._amount(number, unit)
        if percent:
            return None
        return Interval.exact(number.number) if not unit or counts_as(unit, field.unit) else None

    def _amount(self, number: TypedNumber, unit: str) -> Interval | None:
        own = self.unit
        if unit:
            name = money_unit(unit)
            if not name:
                return None
            own = self.units.get(name) or Unit(YUAN[name], exact=name == "元", places=2)
        value = number.number * own.yuan
        if own.exact:
            return Interval.exact(value)
        places = max(own.places, number.places)
        return Interval.rounded(value, HALF.scaleb(-places) * own.yuan)


def fraction(number: TypedNumber, percent: bool) -> Interval | None:
    """``96.5%`` and a percent-formatted 0.965 are plain; a bare number above 1 is meant in percent."""
    if number.unit == "%":
        return Interval.exact(number.number / _HUNDRED)
    if number.unit:
        return None
    bare = not percent and number.number > 1
    return Interval.exact(number.number / _HUNDRED if bare else number.number)


def _no_number(field: Field, at: CellRef, typed: str) -> Finding:
    what, example = _EXAMPLES[field.type]
    example = field.sample or example
    why = why_no_number(typed)
    if why:
        return finding("cell.not-one-number", at, field.label, typed, why=why, what=what, example=example)
    return finding("cell.not-a-number", at, field.label, typed, what=what, example=example)


def _wrong_unit(field: Field, number: TypedNumber, at: CellRef, typed: str) -> Finding:
    if field.type == "amount":
        allowed = "请只填数字，或改用元或万元"
    else:
        unit = "%" if field.type == "percent" else field.unit
        allowed = f"请只填数字，或改用{unit}" if unit else "请只填数字，不写单位"
    return finding("cell.wrong-unit", at, field.label, typed, unit=number.unit, allowed=allowed)


def _otherwise(field: Field, at: CellRef, text: str, stored: TypedNumber) -> Finding:
    what, _ = _EXAMPLES[field.type]
    return finding("cell.shown-otherwise", at, field.label, text, stored=plain(stored.number), what=what)


def _out_of_range(field: Field, value: Decimal, at: CellRef, typed: str) -> Finding | None:
    if field.type == "integer" and value != value.to_integral_value():
        # A format may show 29.5 as 30: then what is stored is what is wrong.
        told = typed if "." in half_width(typed) else plain(value)
        return finding("cell.not-an-integer", at, field.label, told, example=field.sample or "30")
    if field.min == 0 and value < 0:
        return finding("cell.negative", at, field.label, typed)
    low = -_LARGEST if field.min is None else field.min
    high = _LARGEST if field.max is None else field.max
    if low <= value <= high:
        return None
    shown_bounds = (_bound(field, low), _bound(field, high))
    return finding("cell.out-of-range", at, field.label, typed, low=shown_bounds[0], high=shown_bounds[1])


def _bound(field: Field, value: Decimal) -> str:
    return f"{plain(value * _HUNDRED)}%" if field.type == "percent" else plain(value)
