"""The kinds of scoring rules: each one small pure function from a measure to points and the reason.

Ratios are fractions (1.05 is 105%); points are exact until the scorecard rounds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from generator.amounts import ZERO, plain, round_half_up
from generator.form.indicators import Policy
from generator.form.rule_types import (
    EVERY_STARTED,
    PRORATED,
    Against,
    Band,
    Bands,
    CheckList,
    DeductList,
    PerCase,
    PerPoint,
    Proportional,
    Tier,
)

_POINT = Decimal("0.01")
_MOST_PLACES = 10
# Numbers as printed, in the order in which a rule names them.
Shown = Sequence[str]


@dataclass(frozen=True, slots=True)
class Award:
    """Points given, and why: the fact and the rule as one clause, without name and points.

    ``demands_reason``: the clause alone does not explain the loss, the unit must say more; ``asks``: what
    the unit must explain though nothing is lost. ``told``: the clause is printed in any case. ``excluded``:
    the indicator does not count at all.
    """

    points: Decimal
    because: str
    demands_reason: bool = False
    asks: str = ""
    told: bool = False
    excluded: bool = False


def percent(fraction: Decimal, places: int = 2, trim: bool = False) -> str:
    """A fraction as printed in reasons: ``0.8`` → ``80.00%``, trimmed ``80%``."""
    return plain(fraction * 100, places, trim=trim) + "%"


def per_point(rule: PerPoint, points: Decimal, ratio: Decimal, reading: str) -> Award:
    """Deducts for each step (as a rule a percentage point) beyond the base, down to nothing.

    ``reading`` says what a part of a step counts: nothing, its share, or a whole step.
    """
    beyond = ratio - rule.base if rule.direction == "above" else rule.base - ratio
    base = plain(rule.base * 100) + "%"
    if rule.direction == "both":
        beyond = abs(beyond)
    if beyond <= 0:
        met = {"above": f"未超过{base}", "below": f"未低于{base}", "both": f"等于{base}"}
        return Award(points, f"{percent(ratio)}，{met[rule.direction]}")
    word = "高" if ratio > rule.base else "低"
    steps = beyond / rule.step
    counted = _counted(steps, reading)
    lost = min(points, counted * rule.deduct)
    because = f"{percent(ratio)}，比{base}{word}{plain(beyond * 100, 2)}个百分点"
    one = rule.step == _POINT
    size = plain(rule.step * 100)
    if counted != steps:
        part = "一" if one else size
        total = f"{plain(counted)}个百分点" if one else f"{plain(counted)}档"
        because += f"，不足{part}个百分点的部分{reading}，按{total}计"
    if lost == 0:
        return Award(points, f"{because.partition('，按')[0]}，不扣分")
    each = "每个百分点" if one else f"每{size}个百分点"
    return Award(points - lost, f"{because}，{each}扣{plain(rule.deduct)}分，扣{plain(lost, 2)}分")


def _counted(beyond: Decimal, reading: str) -> Decimal:
    if reading == PRORATED:
        return beyond
    rounding = ROUND_CEILING if reading == EVERY_STARTED else ROUND_FLOOR
    return beyond.to_integral_value(rounding)


def proportional(
    rule: Proportional, points: Decimal, measure: Decimal, target: Decimal, shown: Shown
) -> Award:
    """Points in proportion to the target reached, between none and all of them.

    ``shown`` are measure and target as printed.
    """
    formula = "实际 ÷ 目标" if rule.direction == "more" else "目标 ÷ 实际"
    reached = _reached(rule, measure, target)
    share = min(Decimal(1), max(ZERO, reached))
    because = f"{shown[0]}，目标{shown[1]}，"
    because += "达到目标" if reached >= 1 else f"按{formula} ＝ {percent(share)}计分"
    beyond = rule.explain_beyond is not None and reached >= 1 + rule.explain_beyond
    return Award(points * share, because, asks=f"{shown[0]}，目标{shown[1]}" if beyond else "")


def _reached(rule: Proportional, measure: Decimal, target: Decimal) -> Decimal:
    """How much of the target is reached; a target of nothing is reached or it is not."""
    if rule.direction == "less":
        # Nothing at all is less than any target.
        return target / measure if measure > 0 else _FAR if target > 0 else Decimal(1)
    if target <= 0:
        return ZERO if measure < target else _FAR if target == 0 < measure else Decimal(1)
    return measure / target


# As far beyond a target as one likes.
_FAR = Decimal("Infinity")


def within(points: Decimal, measure: Decimal, low: Decimal, high: Decimal, shown: Shown) -> Award:
    """Full points from ``low`` to ``high``; below ÷ low, above high ÷. ``shown``: measure, low, high."""
    title = f"{shown[0]}，目标{shown[1]}至{shown[2]}"
    if low <= measure <= high:
        return Award(points, f"{title}，在目标范围内")
    if measure < low:
        share, formula = (measure / low if low > 0 else ZERO), "实际 ÷ 下限"
    else:
        share, formula = high / measure, "上限 ÷ 实际"
    share = min(Decimal(1), max(ZERO, share))
    return Award(points * share, f"{title}，按{formula} ＝ {percent(share)}计分")


def tiered(tier: Tier, points: Decimal, given: Decimal) -> Award | None:
    """The unit's own score, if it lies in its tier; the points lost want the unit's reason."""
    if not tier.range.holds(given / points if points else Decimal(1)):
        return None
    return Award(given, tier.name, demands_reason=given < points)


def tier_words(tier: Tier, points: Decimal) -> str:
    """The scores that a tier allows: ``8（含）至10（含）``."""
    low, high = tier.range.low or ZERO, Decimal(1) if tier.range.high is None else tier.range.high
    closed = [("（含）" if each else "") for each in (tier.range.low_closed, tier.range.high_closed)]
    return f"{plain(low * points)}{closed[0]}至{plain(high * points)}{closed[1]}"


def without(because: str, policy: Policy, points: Decimal) -> Award | None:
    """What an indicator gives that does not apply; None when the unit is asked for its own score."""
    match policy:
        case "full":
            return Award(points, f"{because}，按满分计", told=True)
        case "zero":
            return Award(ZERO, f"{because}，不得分")
        case "rescale":
            return Award(ZERO, f"{because}，不计分，综合得分按其余指标折算", told=True, excluded=True)
        case "ask":
            return None


def deduct_list(rule: DeductList, points: Decimal, answers: Sequence[bool]) -> Award:
    """Full points, less those of the items that are not met, down to nothing."""
    missed = [item for item, answer in zip(rule.items, answers, strict=True) if not answer]
    lost = min(points, sum((item.points for item in missed), ZERO))
    if not missed:
        return Award(points, "各项均符合")
    texts = "；".join(f"{item.text.rstrip('。；')}（不符合，扣{plain(item.points)}分）" for item in missed)
    return Award(points - lost, texts)


def bands(rule: Bands, points: Decimal, ratio: Decimal) -> Award:
    """The points of the band that holds the ratio, in proportion when the unit changed the points.

    Bands that leave a gap are refused when the form is read, so one always holds.
    """
    band = next(band for band in rule.bands if band.holds(ratio))
    full = max(each.points for each in rule.bands)
    return Award(band.points * points / full, f"{_telling(ratio, band)}，属于{band_words(band)}一档")


def _telling(ratio: Decimal, band: Band) -> str:
    """The ratio with as many decimals as it takes to see that it lies in the band."""
    places = 2
    while places < _MOST_PLACES and not band.holds(round_half_up(ratio * 100, places) / 100):
        places += 1
    return percent(ratio, places)


def band_words(band: Band) -> str:
    """``80%（含）至90%``; ``90%（含）以上``; ``等于0%``."""
    low, high = _end(band.low, band.low_closed), _end(band.high, band.high_closed)
    if band.low is not None and band.low == band.high:
        return f"等于{plain(band.low * 100)}%"
    if band.high is None:
        return f"{low}以上"
    return f"{high}以下" if band.low is None else f"{low}至{high}"


def _end(bound: Decimal | None, closed: bool) -> str:
    return "" if bound is None else f"{plain(bound * 100)}%{'（含）' if closed else ''}"


def check_list(rule: CheckList, answers: Sequence[bool]) -> Award:
    """The points of the items that are met."""
    met = [item for item, answer in zip(rule.items, answers, strict=True) if answer]
    missed = [item for item, answer in zip(rule.items, answers, strict=True) if not answer]
    given = sum((item.points for item in met), ZERO)
    if not missed:
        return Award(given, "各项均符合")
    texts = "；".join(f"{item.text.rstrip('。；')}（不符合，扣{plain(item.points)}分）" for item in missed)
    return Award(given, texts)


def per_case(rule: PerCase, points: Decimal, count: Decimal) -> Award:
    """Deducts for each case, down to nothing."""
    if count == 0:
        return Award(points, f"没有{rule.what}")
    if rule.cutoff is not None and count >= rule.cutoff:
        cases = f"{plain(count)}{rule.unit}{rule.what}"
        return Award(ZERO, f"{cases}，达到{plain(rule.cutoff)}{rule.unit}的不得分")
    lost = min(points, count * rule.deduct)
    each = f"每{rule.unit}扣{plain(rule.deduct)}分"
    return Award(points - lost, f"{plain(count)}{rule.unit}{rule.what}，{each}，扣{plain(lost)}分")


def comparison(
    rule: Against, amount: Decimal, against: Decimal, shown: tuple[str, str], titles: tuple[str, str]
) -> Award:
    """Full when there is none, less when within the other amount, least when over it.

    ``shown`` and ``titles`` are the two amounts as printed with their unit, and their names.
    """
    (amount_text, against_text), (title, other) = shown, titles
    if amount <= 0:
        return Award(rule.none, f"{title}{amount_text}，无{rule.what}")
    if amount <= against:
        return Award(rule.within, f"{title}{amount_text}，不超过{other}{against_text}")
    return Award(rule.over, f"{title}{amount_text}，超过{other}{against_text}")
