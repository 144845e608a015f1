"""The kinds of scoring rules and the indicators that carry them, as read from indicators.toml."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class PerPoint:
    """Deducts ``deduct`` for each ``step`` that ``measure`` is beyond ``base``; both are fractions.

    ``part_of_point`` is the field that says what a part of a step counts.
    """

    measure: str
    direction: Literal["above", "below"]
    base: Decimal
    deduct: Decimal
    part_of_point: str
    undefined: Literal["error", "zero"] = "error"
    step: Decimal = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Proportional:
    """Points in proportion to ``measure`` ÷ ``target`` (``direction`` more), or the other way round (less).

    Never more than the full points, never less than none.
    """

    measure: str
    target: Decimal
    direction: Literal["more", "less"]
    undefined: Literal["error", "zero"] = "error"


@dataclass(frozen=True, slots=True)
class Band:
    """``low`` to ``high`` (None: no bound), each end closed or not, and the points it gives."""

    low: Decimal | None
    low_closed: bool
    high: Decimal | None
    high_closed: bool
    points: Decimal
    text: str

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Bands:
    """The points of the band that holds ``measure`` (a fraction)."""

    measure: str
    bands: tuple[Band, ...]
    undefined: Literal["error", "zero"] = "error"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A yes/no field and the points that a yes gives."""

    field: str
    text: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class CheckList:
    """Points item by item."""

    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class DeductList:
    """Full points, less the points of every item that is not met, down to nothing."""

    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class PerCase:
    """Deducts ``deduct`` for each case of the field ``count``; from ``cutoff`` cases on there is nothing."""

    count: str
    unit: str
    what: str
    deduct: Decimal
    cutoff: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """Compares the amount ``measure`` with ``against``: no ``what`` (结余) at all, within, or over."""

    measure: str
    against: str
    what: str
    none: Decimal
    within: Decimal
    over: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """The unit gives the score itself."""


Rule = PerPoint | Proportional | Bands | CheckList | DeductList | PerCase | Against | Judged


def measures(rule: Rule) -> tuple[str, ...]:
    """The names whose values decide the points."""
    match rule:
        case PerPoint(measure=measure) | Bands(measure=measure) | Proportional(measure=measure):
            return (measure,)
        case Against(measure=measure, against=against):
            return (measure, against)
        case CheckList(items=items) | DeductList(items=items):
            return tuple(item.field for item in items)
        case PerCase(count=count):
            return (count,)
        case Judged():
            return ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """An official indicator: its place, points, standard to the letter, and rule."""

    name: str
    level1: str
    level2: str
    level3: str
    points: Decimal
    standard: str
    rule: Rule
    source: tuple[str, ...]
    definition: str = ""
    shared: str = ""
    goal: str = ""  # the kind of goal without which a score has nothing to rest on
