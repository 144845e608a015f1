"""The kinds of scoring rules, as read from indicators.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.expression import names
from generator.form.rule_groups import BestOf, ByFormula, Sum
from generator.form.rule_lists import ByChoice, Cases
from generator.form.rule_parts import (
    EVERY_STARTED,
    FAULT,
    PRORATED,
    READINGS,
    WHOLE_ONLY,
    Band,
    Operand,
    Undefined,
)
from generator.form.rule_steps import GainLoss, Linear, Ranged

__all__ = [
    "BY_HAND",
    "DEDUCTING",
    "EVERY_STARTED",
    "PRORATED",
    "READINGS",
    "WHOLE_ONLY",
    "Against",
    "Band",
    "Bands",
    "BestOf",
    "ByChoice",
    "ByFormula",
    "Cases",
    "CheckItem",
    "CheckList",
    "DeductList",
    "GainLoss",
    "Judged",
    "Linear",
    "OneOf",
    "Operand",
    "Option",
    "PerCase",
    "PerPoint",
    "Proportional",
    "Ranged",
    "Rule",
    "Sum",
    "Tier",
    "Tiered",
    "Undefined",
    "Within",
    "counts_as_over",
    "inner_rules",
    "measures",
    "part_of_point",
    "placeholders",
    "reading_of",
    "undefined_of",
]


@dataclass(frozen=True, slots=True)
class PerPoint:
    """Deducts ``deduct`` for each ``step`` that ``measure`` is above or below ``base`` (``both``: either);
    of a ratio measure, base and step are fractions.

    ``part_of_point`` is the field that says what a part of a step counts, or the reading itself. No more than
    ``at_most`` is lost.
    """

    measure: str
    direction: Literal["above", "below", "both"]
    base: Decimal
    deduct: Decimal
    part_of_point: str
    undefined: Undefined = FAULT
    step: Decimal | None = None  # None: one percentage point
    at_most: Decimal | None = None

    @property
    def size(self) -> Decimal:
        """One step."""
        return Decimal("0.01") if self.step is None else self.step


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
    """Full points, less the points of every item that is not met, down to nothing; ``at_most`` is lost."""

    items: tuple[CheckItem, ...]
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PerCase:
    """Deducts ``deduct`` for each case of the field ``count``, ``at_most`` so much; from ``cutoff`` cases on
    there is nothing."""

    count: str
    unit: str
    what: str
    deduct: Decimal
    cutoff: Decimal | None = None
    at_most: Decimal | None = None


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
    """A grade of achievement, and the part of the points (fractions, or the points themselves) that a score
    in it may take."""

    name: str
    range: Band
    in_points: bool = False


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
    | GainLoss
    | Linear
    | Ranged
    | ByChoice
    | Cases
    | Sum
    | BestOf
    | ByFormula
)
# Rules whose score the unit types itself.
BY_HAND = (Judged, Tiered, Ranged)
# Rules that say what is lost of the points, not what there is of them.
DEDUCTING = (PerPoint, PerCase, DeductList, Within, GainLoss, Cases)


def measures(rule: Rule) -> tuple[str, ...]:
    """The names whose values decide the points."""
    match rule:
        case PerPoint(measure=measure) | Bands(measure=measure) | Ranged(measure=measure):
            return (measure,)
        case Proportional(measure=measure, target=target):
            return _named(measure, target)
        case Within(measure=measure, low=low, high=high) | Linear(measure=measure, none=low, full=high):
            return _named(measure, low, high)
        case GainLoss(measure=measure, base=base):
            return _named(measure, base)
        case Against(measure=measure, against=against):
            return (measure, against)
        case CheckList(items=items) | DeductList(items=items):
            return tuple(item.field for item in items)
        case PerCase(count=count):
            return (count,)
        case Cases(cases=cases):
            return tuple(dict.fromkeys(case.count for case in cases))
        case Tiered(by=by) | ByChoice(by=by):
            return (by,)
        case ByFormula(formula=formula, because=because):
            return tuple(dict.fromkeys((*names(formula), *placeholders(because))))
        case OneOf(by=by, options=options):
            inner = (name for option in options for name in measures(option.rule))
            return tuple(dict.fromkeys((by, *inner)))
        case Sum(portions=portions) | BestOf(portions=portions):
            return tuple(dict.fromkeys(name for each in portions for name in measures(each.rule)))
        case Judged():
            return ()


def placeholders(sentence: str) -> tuple[str, ...]:
    """The names in braces of a sentence, in order."""
    return tuple(_PLACEHOLDER.findall(sentence))


_PLACEHOLDER = re.compile(r"\{\s*([^{}\s]+)\s*\}")


def _named(*operands: Operand) -> tuple[str, ...]:
    return tuple(each for each in operands if isinstance(each, str))


def inner_rules(rule: Rule) -> Iterator[Rule]:
    """The rule itself, or all that it chooses from or adds up."""
    if isinstance(rule, OneOf):
        for option in rule.options:
            yield from inner_rules(option.rule)
    elif isinstance(rule, Sum | BestOf):
        for portion in rule.portions:
            yield from inner_rules(portion.rule)
    else:
        yield rule


def undefined_of(rule: Rule) -> Undefined:
    """What holds where the measure of a rule has no value."""
    return rule.undefined if isinstance(rule, PerPoint | Bands | Proportional) else FAULT


def counts_as_over(rule: Rule) -> bool:
    """Whether a measure without value counts as being over any bound."""
    return undefined_of(rule).what == "over"


def reading_of(rule: Rule) -> str:
    """What says what a part of a step counts: a field, or the reading itself; blank for rules without one."""
    stepped = (each for each in inner_rules(rule) if isinstance(each, PerPoint | GainLoss))
    return next((each.part_of_point for each in stepped), "")


def part_of_point(rule: Rule) -> str:
    """The field that says what a part of a step counts; blank where the form has fixed it."""
    known = reading_of(rule)
    return "" if known in READINGS else known
