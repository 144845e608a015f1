"""The kinds of scoring rules, as read from indicators.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# A number of the form's own, or the name of a figure or of a column of the scored row.
Operand = Decimal | str


# The three readings of 每超过一个百分点: what a part of a point counts.
WHOLE_ONLY, PRORATED, EVERY_STARTED = READINGS = ("不扣", "按比例", "按一个点")


UNDEFINED = ("error", "zero", "over")


@dataclass(frozen=True, slots=True)
class Undefined:
    """What holds where a measure has no value because its denominator is 0: ``error``; no points and the
    unit's reason (``zero``); or no points, being ``over`` any bound, which ``because`` says in words."""

    what: Literal["error", "zero", "over"] = "error"
    because: str = ""


FAULT = Undefined()


@dataclass(frozen=True, slots=True)
class PerPoint:
    """Deducts ``deduct`` for each ``step`` that ``measure`` is above or below ``base`` (``both``: either);
    measure, base and step are fractions.

    ``part_of_point`` is the field that says what a part of a step counts.
    """

    measure: str
    direction: Literal["above", "below", "both"]
    base: Decimal
    deduct: Decimal
    part_of_point: str
    undefined: Undefined = FAULT
    step: Decimal = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Proportional:
    """Points in proportion to ``measure`` ÷ ``target`` (``direction`` more), or the other way round (less).

    Never more than the full points, never less than none. From ``explain_beyond`` (a fraction) over the
    target on, the unit must say why.
    """

    measure: str
    target: Operand
    direction: Literal["more", "less"]
    undefined: Undefined = FAULT
    explain_beyond: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """Full points from ``low`` to ``high``, outside in proportion to the nearer end."""

    measure: str
    low: Operand
    high: Operand


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
    undefined: Undefined = FAULT


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


@dataclass(frozen=True, slots=True)
class Tier:
    """A grade of achievement, and the part of the points (fractions) that a score in it may take."""

    name: str
    range: Band


@dataclass(frozen=True, slots=True)
class Tiered:
    """The unit gives the score, within the tier that the choice ``by`` names."""

    by: str
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """The rule that applies when the choice says ``name``; what it ``needs`` must not be blank."""

    name: str
    rule: Rule
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several rules, as the choice ``by`` says."""

    by: str
    options: tuple[Option, ...]


Rule = (
    PerPoint
    | Proportional
    | Within
    | Bands
    | CheckList
    | DeductList
    | PerCase
    | Against
    | Judged
    | Tiered
    | OneOf
)
# Rules whose score the unit types itself.
BY_HAND = (Judged, Tiered)


def measures(rule: Rule) -> tuple[str, ...]:
    """The names whose values decide the points."""
    match rule:
        case PerPoint(measure=measure) | Bands(measure=measure):
            return (measure,)
        case Proportional(measure=measure, target=target):
            return _named(measure, target)
        case Within(measure=measure, low=low, high=high):
            return _named(measure, low, high)
        case Against(measure=measure, against=against):
            return (measure, against)
        case CheckList(items=items) | DeductList(items=items):
            return tuple(item.field for item in items)
        case PerCase(count=count):
            return (count,)
        case Tiered(by=by):
            return (by,)
        case OneOf(by=by, options=options):
            inner = (name for option in options for name in measures(option.rule))
            return tuple(dict.fromkeys((by, *inner)))
        case Judged():
            return ()


def _named(*operands: Operand) -> tuple[str, ...]:
    return tuple(each for each in operands if isinstance(each, str))


def inner_rules(rule: Rule) -> Iterator[Rule]:
    """The rule itself, or all that it chooses from."""
    if isinstance(rule, OneOf):
        for option in rule.options:
            yield from inner_rules(option.rule)
    else:
        yield rule


def undefined_of(rule: Rule) -> Undefined:
    """What holds where the measure of a rule has no value."""
    return rule.undefined if isinstance(rule, PerPoint | Bands | Proportional) else FAULT


def counts_as_over(rule: Rule) -> bool:
    """Whether a measure without value counts as being over any bound."""
    return undefined_of(rule).what == "over"


def part_of_point(rule: Rule) -> str:
    """The field that says what a part of a percentage point counts; blank for rules without one."""
    return next((each.part_of_point for each in inner_rules(rule) if isinstance(each, PerPoint)), "")
