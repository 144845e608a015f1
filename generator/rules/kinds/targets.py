"""Rules that hold a measure against a target or a range: points in proportion.

A target below zero is a decrease that is wanted or allowed (变动率 -30%): both numbers are then taken as
sizes of decreases, and what was more is less.
"""

from __future__ import annotations

from decimal import Decimal

from generator.amounts import ZERO
from generator.form.rule_types import Proportional
from generator.rules.kinds.awards import Award, Shown, percent

# As far beyond a target as one likes.
_FAR = Decimal("Infinity")
_MEASURE, _TARGET = "实际 ÷ 目标", "目标 ÷ 实际"


def proportional(
    rule: Proportional, points: Decimal, measure: Decimal, target: Decimal, shown: Shown
) -> Award:
    """Points in proportion to the target reached, between none and all of them.

    ``shown`` are measure and target as printed.
    """
    reached = _reached(rule.direction == "more", measure, target)
    share = min(Decimal(1), max(ZERO, reached))
    formula = _MEASURE if (rule.direction == "more") == (target >= 0) else _TARGET
    because = f"{shown[0]}，目标{shown[1]}，"
    if reached >= 1:
        because += "达到目标"
    elif target == 0 or (measure < 0) != (target < 0):
        because += "没有达到目标，不得分"
    else:
        because += f"按{formula} ＝ {percent(share)}计分"
    beyond = rule.explain_beyond is not None and reached >= 1 + rule.explain_beyond
    return Award(points * share, because, asks=f"{shown[0]}，目标{shown[1]}" if beyond else "")


def _reached(more: bool, measure: Decimal, target: Decimal) -> Decimal:
    """How much of the target is reached; a target of nothing is reached or it is not."""
    if target < 0:
        return _reached(not more, -measure, -target)
    if target == 0:
        if measure == 0:
            return Decimal(1)
        return _FAR if (measure > 0) == more else ZERO
    if more:
        return measure / target
    # Nothing at all is less than any target.
    return target / measure if measure > 0 else _FAR


def within(points: Decimal, measure: Decimal, low: Decimal, high: Decimal, shown: Shown) -> Award:
    """Full points from ``low`` to ``high``; outside in proportion to the nearer end.

    ``shown`` are measure, low and high as printed.
    """
    title = f"{shown[0]}，目标{shown[1]}至{shown[2]}"
    if low <= measure <= high:
        return Award(points, f"{title}，在目标范围内")
    below = measure < low
    end, name = (low, "下限") if below else (high, "上限")
    share = min(Decimal(1), max(ZERO, _reached(below, measure, end)))
    upward = below == (end >= 0)
    formula = f"实际 ÷ {name}" if upward else f"{name} ÷ 实际"
    return Award(points * share, f"{title}，按{formula} ＝ {percent(share)}计分")
