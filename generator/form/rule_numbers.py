"""The numbers of a rule that its official wording should state, and those that explain what it states."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from generator.form.rule_groups import BestOf, Sum
from generator.form.rule_lists import ByChoice, Cases
from generator.form.rule_parts import Band, Operand
from generator.form.rule_steps import GainLoss, Linear, Ranged
from generator.form.rule_types import (
    Against,
    Bands,
    CheckList,
    DeductList,
    OneOf,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Tiered,
    Within,
)
from generator.form.schema import Form
from generator.form.wording import Kind


@dataclass
class Numbers:
    """Numbers by kind: those that the wording should state, and all that explain what it states."""

    stated: dict[Kind, list[Decimal]] = field(default_factory=dict)
    known: dict[Kind, set[Decimal]] = field(default_factory=dict)

    def add(self, kind: Kind, number: Decimal | None, needed: bool = True) -> None:
        """A number; one that is not ``needed`` only explains what the wording states."""
        if number is None:
            return
        self.known.setdefault(kind, set()).add(number)
        if needed and number not in self.stated.setdefault(kind, []):
            self.stated[kind].append(number)

    def add_points(self, *numbers: Decimal | None) -> None:
        """Points that the wording should state."""
        for number in numbers:
            self.add("points", number)


def collect(found: Numbers, rule: Rule, points: Decimal, form: Form) -> None:
    """The numbers of a rule worth so many ``points``, of the rules inside it too."""
    match rule:
        case OneOf(options=options):
            for option in options:
                collect(found, option.rule, points, form)
        case Sum(portions=portions) | BestOf(portions=portions):
            for portion in portions:
                found.add("points", portion.points, needed=False)
                collect(found, portion.rule, portion.points or points, form)
        case PerPoint() | GainLoss() | Bands() | Proportional() | Within() | Linear() | Ranged():
            _of_measure(found, rule, points, form)
        case _:
            _of_cases(found, rule)


def _of_measure(found: Numbers, rule: Rule, points: Decimal, form: Form) -> None:
    """Rules on a number that is measured."""

    def measured(name: str, *numbers: Operand | None, needed: bool = True) -> None:
        scale = form.scales.of(name)
        kind: Kind = "percent" if scale.percent else "count"
        for number in numbers:
            if isinstance(number, Decimal):
                found.add(kind, number / scale.divide, needed)

    def ends(name: str, bands: tuple[Band, ...]) -> None:
        for band in bands:
            measured(name, band.low, band.high)

    match rule:
        case PerPoint(measure=measure, base=base) | GainLoss(measure=measure, base=base):
            measured(measure, base)
            measured(measure, rule.size, needed=rule.size != form.scales.of(measure).one)
            if isinstance(rule, PerPoint):
                found.add_points(rule.deduct, rule.at_most)
            else:
                found.add_points(rule.add, rule.deduct, rule.start)
        case Bands(measure=measure, bands=bands):
            ends(measure, bands)
            found.add_points(*(abs(band.points) for band in bands))
        case Proportional(measure=measure, target=target):
            measured(measure, target)
            found.add("points", points, needed=False)
        case Within(measure=measure, low=low, high=high) | Linear(measure=measure, none=low, full=high):
            measured(measure, low, high)
        case Ranged(measure=measure, ranges=ranges):
            ends(measure, tuple(each.band for each in ranges))
            found.add_points(*(end for each in ranges for end in (each.score.low, each.score.high)))


def _of_cases(found: Numbers, rule: Rule) -> None:
    """Rules on answers, cases, choices and tiers."""
    match rule:
        case CheckList(items=items) | DeductList(items=items):
            found.add_points(*(item.points for item in items))
            found.add("points", sum((item.points for item in items), Decimal(0)), needed=False)
            if isinstance(rule, DeductList):
                found.add_points(rule.at_most)
        case PerCase(deduct=deduct, cutoff=cutoff, at_most=most):
            found.add_points(deduct, most)
            found.add("count", cutoff)
        case Cases(cases=cases):
            found.add_points(*(abs(case.points) for case in cases), rule.at_most, rule.start)
        case ByChoice(choices=choices):
            found.add_points(*(abs(choice.points) for choice in choices))
        case Against(none=none, within=within, over=over):
            found.add_points(none, within, over)
        case Tiered(tiers=tiers):
            for tier in tiers:
                for end in (tier.range.low, tier.range.high):
                    found.add("points" if tier.in_points else "percent", end)
