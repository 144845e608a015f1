"""The kinds of scoring rules and the indicators that carry them, as read from indicators.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.expression import Node, names

# A number of the form's own, or the name of a figure or of a column of the scored row.
Operand = Decimal | str


# The three readings of 每超过一个百分点: what a part of a point counts.
WHOLE_ONLY, PRORATED, EVERY_STARTED = READINGS = ("不扣", "按比例", "按一个点")


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
    undefined: Literal["error", "zero"] = "error"
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
    undefined: Literal["error", "zero"] = "error"
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


def part_of_point(rule: Rule) -> str:
    """The field that says what a part of a percentage point counts; blank for rules without one."""
    return next((each.part_of_point for each in inner_rules(rule) if isinstance(each, PerPoint)), "")


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """What holds where the condition ``unless`` does not: full points, none, no count at all (the total is
    rescaled), or the unit's own score with its reason. ``because`` says so in words."""

    unless: Node
    policy: Literal["full", "zero", "rescale", "ask"]
    because: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An official indicator: its place, points, standard to the letter, and rule.

    One with an ``effect`` stands outside the full points: a bonus adds to the total, a malus takes away.
    """

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
    not_applicable: NotApplicable | None = None
    effect: Literal["", "bonus", "malus"] = ""

    def names(self) -> tuple[str, ...]:
        """Every name that the score may rest on."""
        condition = names(self.not_applicable.unless) if self.not_applicable else ()
        return (*measures(self.rule), *condition)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """The rule of rows that a unit adds itself; with ``explain_loss`` every lost point wants its words."""

    rule: Rule
    source: tuple[str, ...]
    explain_loss: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator under which the unit's own rows stand: their points, and the second levels."""

    name: str
    points: Decimal
    severity: Literal["error", "warning"]
    groups: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """A bound on the total, or on what a group of ``indicators`` gives together; only ``when`` it holds."""

    name: str
    source: tuple[str, ...]
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    when: Node | None = None
    indicators: tuple[str, ...] = ()
