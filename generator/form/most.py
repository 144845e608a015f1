"""The most that a rule can give a row."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from generator.form.rule_types import (
    Against,
    Bands,
    BestOf,
    ByChoice,
    Cases,
    CheckList,
    GainLoss,
    OneOf,
    Ranged,
    Rule,
    Sum,
)


def most_of(rule: Rule, points: Decimal) -> Decimal:
    """The most that a rule can give a row of ``points``."""
    match rule:
        case Bands(bands=bands):
            return max(band.points for band in bands)
        case CheckList(items=items):
            return sum((item.points for item in items), Decimal(0))
        case ByChoice(choices=choices):
            return max(choice.points for choice in choices)
        case Against(none=none, within=within, over=over):
            return max(none, within, over)
        case Ranged(ranges=ranges):
            return max((each.score.high for each in ranges if each.score.high is not None), default=points)
        case GainLoss(add=add, start=start):
            return points if add or start is None else start
        case Cases(cases=cases, start=start):
            return points if start is None or any(each.points > 0 for each in cases) else start
        case OneOf(options=options):
            return _other((most_of(option.rule, points) for option in options), points)
        case Sum(portions=portions):
            return sum((most_of(each.rule, each.points or Decimal(0)) for each in portions), Decimal(0))
        case BestOf(portions=portions):
            return max(most_of(each.rule, each.points or points) for each in portions)
        case _:
            return points


def _other(found: Iterable[Decimal], points: Decimal) -> Decimal:
    """What one of several gives otherwise than the row."""
    return next((most for most in found if most != points), points)
