"""Amounts: intervals of rounded numbers, and how numbers are printed.

Everything is ``Decimal``; a number is rounded once, half up, when it is printed (docs/design.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

ZERO = Decimal(0)
HALF = Decimal("0.5")
# The width of "unknown": what dividing by an interval around zero may give.
_UNBOUNDED = Decimal("1E+24")
# Excel itself keeps 15 significant digits; what a binary float adds beyond them is noise.
_EXCEL_DIGITS = ".15g"

# Numbers that fields accept have 15 digits before the point; products and fractions have some more.
_WIDE = Context(prec=80)


@dataclass(frozen=True, slots=True)
class Interval:
    """A number together with the closed interval it stands for.

    ``value`` is what was typed or computed; ``low`` and ``high`` bound what it may have been before
    somebody rounded it. An exact number has ``low == value == high``.
    """

    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def exact(cls, value: Decimal | int | str) -> Interval:
        """A number known exactly."""
        number = Decimal(value)
        return cls(number, number, number)

    @classmethod
    def rounded(cls, value: Decimal, half_width: Decimal) -> Interval:
        """``value`` known to ± ``half_width``."""
        return cls(value, value - half_width, value + half_width)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.value + other.value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.value - other.value, self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.value, -self.high, -self.low)

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(abs(self.value), ZERO, max(-self.low, self.high))

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(self.value * other.value, min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError when the divisor's own value is zero."""
        if other.value == 0:
            raise ZeroDivisionError
        value = self.value / other.value
        if other.low <= 0 <= other.high:
            return Interval(value, -_UNBOUNDED, _UNBOUNDED)
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(value, min(*ends, value), max(*ends, value))

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both: a tie between the two may hold."""
        return self.low <= other.high and other.low <= self.high


def smallest(intervals: Iterable[Interval]) -> Interval:
    """The least of some numbers, with its bounds."""
    items = list(intervals)
    return Interval(min(i.value for i in items), min(i.low for i in items), min(i.high for i in items))


def largest(intervals: Iterable[Interval]) -> Interval:
    """The greatest of some numbers, with its bounds."""
    items = list(intervals)
    return Interval(max(i.value for i in items), max(i.low for i in items), max(i.high for i in items))


def from_excel_float(number: float | int) -> Decimal:
    """The decimal number that Excel shows for a cached float (15 significant digits)."""
    if isinstance(number, int):
        return Decimal(number)
    return Decimal(format(number, _EXCEL_DIGITS))


def decimal_places(number: Decimal) -> int:
    """Decimals written after the point, trailing zeros not counted."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is printed: divided by ``divide``, ``places`` decimals half up, then ``suffix``.

    ``unit`` is what the printed number is in; the suffix may print it.
    """

    divide: Decimal
    places: int
    trim: bool
    suffix: str = ""
    unit: str = ""

    def round(self, value: Decimal) -> Decimal:
        """The printed number, still a Decimal."""
        return round_half_up(value / self.divide, self.places)

    def text(self, value: Decimal) -> str:
        """The number as the document prints it."""
        return self.text_of_rounded(self.round(value))

    def text_of_rounded(self, rounded: Decimal) -> str:
        """Print a number that was already divided and rounded (shares after largest remainder)."""
        return plain(rounded, self.places, self.trim) + self.suffix


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round half away from zero, as Excel's ROUND and every Chinese account book do."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def plain(number: Decimal, places: int | None = None, trim: bool = True) -> str:
    """A number without exponent; ``trim`` drops trailing zeros; never ``-0``."""
    text = f"{number:f}" if places is None else f"{round_half_up(number, places):f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.lstrip("-") if not text.strip("-0.") else text


def largest_remainder(exact: list[Decimal], total: Decimal, unit: Decimal) -> list[Decimal]:
    """Round ``exact`` parts to multiples of ``unit`` so that they add up to ``total``.

    Each part first loses what lies beyond a whole unit; the units then missing from ``total`` go one
    each to the parts that lost most, the earlier of equals first.
    """
    floors = [part // unit * unit if part >= 0 else -(-part // unit) * unit for part in exact]
    missing = int(((total - sum(floors, ZERO)) / unit).to_integral_value())
    order = sorted(range(len(exact)), key=lambda i: (-(exact[i] - floors[i]), i))
    for index in order[: max(0, missing)]:
        floors[index] += unit
    return floors


def is_measured(number: Decimal) -> bool:
    """Whether a form can mean a number: beyond these bounds printing it takes as long as it has digits."""
    return number.is_finite() and (number == 0 or _SMALLEST <= number.copy_abs() <= _LARGEST)


_SMALLEST, _LARGEST = Decimal("1E-15"), Decimal("1E+15")
