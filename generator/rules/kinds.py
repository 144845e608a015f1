"""The kinds of scoring rules: each one small pure function from a measure to points and the reason.

Ratios are fractions (1.05 is 105%); points are exact until the scorecard rounds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from generator.amounts import ZERO, plain
from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckList,
    DeductList,
    PerCase,
    PerPoint,
    Proportional,
)

# The three readings of 每超过一个百分点: what a part of a point counts.
_POINT = Decimal("0.01")
WHOLE_ONLY, PRORATED, EVERY_STARTED = "不扣", "按比例", "按一个点"


@dataclass(frozen=True, slots=True)
class Award:
    """Points given, and why: the fact and the rule as one clause, without name and points.

    ``demands_reason``: the clause alone does not explain the loss, the unit must say more.
    """

    points: Decimal
    because: str
    demands_reason: bool = False


def percent(fraction: Decimal, places: int = 2) -> str:
    """A fraction as printed in reasons: ``0.8`` → ``80.00%``."""
    return plain(fraction * 100, places, trim=False) + "%"


def per_point(rule: PerPoint, points: Decimal, ratio: Decimal, reading: str) -> Award:
    """Deducts for each step (as a rule a percentage point) beyond the base, down to nothing.

    ``reading`` says what a part of a step counts: nothing, its share, or a whole step.
    """
    beyond = ratio - rule.base if rule.direction == "above" else rule.base - ratio
    word = "超过" if rule.direction == "above" else "低于"
    base = plain(rule.base * 100) + "%"
    if beyond <= 0:
        return Award(points, f"{percent(ratio)}，未{word}{base}")
    steps = beyond / rule.step
    counted = _counted(steps, reading)
    lost = min(points, counted * rule.deduct)
    because = f"{percent(ratio)}，{word}{base}{plain(beyond * 100, 2)}个百分点"
    one = rule.step == _POINT
    size = plain(rule.step * 100)
    if counted != steps:
        part = "一" if one else size
        total = f"{plain(counted)}个百分点" if one else f"{plain(counted)}个{size}个百分点"
        because += f"，不足{part}个百分点的部分{reading}，按{total}计"
    each = "每个百分点" if one else f"每{size}个百分点"
    return Award(points - lost, f"{because}，{each}扣{plain(rule.deduct)}分，扣{plain(lost, 2)}分")


def _counted(beyond: Decimal, reading: str) -> Decimal:
    if reading == PRORATED:
        return beyond
    rounding = ROUND_CEILING if reading == EVERY_STARTED else ROUND_FLOOR
    return beyond.to_integral_value(rounding)


def proportional(rule: Proportional, points: Decimal, measure: Decimal) -> Award:
    """Points in proportion to the target reached, between none and all of them."""
    if rule.direction == "more":
        share, formula = measure / rule.target, "实际 ÷ 目标"
    else:
        # Nothing at all is less than any target.
        share, formula = (rule.target / measure if measure > 0 else Decimal(1)), "目标 ÷ 实际"
    share = min(Decimal(1), max(ZERO, share))
    because = f"{percent(measure)}，目标{percent(rule.target)}，按{formula} ＝ {percent(share)}计分"
    return Award(points * share, because)


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
    return Award(band.points * points / full, f"{percent(ratio)}，属于{band_words(band)}一档")


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
