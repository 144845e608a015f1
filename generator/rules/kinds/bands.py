"""Bands of a measure, tiers of achievement, and ranges for the unit's own score."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from generator.amounts import ZERO, plain, round_half_up
from generator.form.rule_parts import Band
from generator.form.rule_steps import Range
from generator.form.rule_types import Bands, Tier
from generator.form.scales import PERCENT, POINTS, Scale
from generator.rules.kinds.awards import Award

_MOST_PLACES = 10


def bands(rule: Bands, points: Decimal, measure: Decimal, scale: Scale = PERCENT) -> Award:
    """The points of the band that holds the measure, in proportion when the unit changed the points.

    Bands that leave a gap are refused when the form is read, so one always holds.
    """
    band = next(band for band in rule.bands if band.holds(measure))
    full = max(each.points for each in rule.bands)
    given = band.points * points / full if full else ZERO
    return Award(given, f"{telling(measure, band, scale)}，属于{band_words(band, scale)}一档")


def telling(measure: Decimal, band: Band, scale: Scale = PERCENT) -> str:
    """The measure with as many decimals as it takes to see that it lies in the band."""
    places, unit = 2, Decimal("0.01") if scale.percent else scale.divide
    while places < _MOST_PLACES and not band.holds(round_half_up(measure / unit, places) * unit):
        places += 1
    return scale.measured(measure, places)


def band_words(band: Band, scale: Scale = PERCENT) -> str:
    """``80%（含）至90%``; ``90%（含）以上``; ``等于0%``."""
    low, high = _end(band.low, band.low_closed, scale), _end(band.high, band.high_closed, scale)
    if band.low is not None and band.low == band.high:
        return f"等于{scale.number(band.low)}"
    if band.high is None:
        return f"{low}以上"
    return f"{high}以下" if band.low is None else f"{low}至{high}"


def _end(bound: Decimal | None, closed: bool, scale: Scale) -> str:
    return "" if bound is None else f"{scale.number(bound)}{'（含）' if closed else ''}"


def tiered(tier: Tier, points: Decimal, given: Decimal) -> Award | None:
    """The unit's own score, if it lies in its tier; the points lost want the unit's reason."""
    held = given if tier.in_points else given / points if points else Decimal(1)
    if not tier.range.holds(held):
        return None
    return Award(given, tier.name, demands_reason=given < points)


def tier_words(tier: Tier, points: Decimal) -> str:
    """The scores that a tier allows: ``8（含）至10（含）``."""
    times = Decimal(1) if tier.in_points else points
    low, high = tier.range.low or ZERO, Decimal(1) if tier.range.high is None else tier.range.high
    closed = [("（含）" if each else "") for each in (tier.range.low_closed, tier.range.high_closed)]
    return f"{plain(low * times)}{closed[0]}至{plain(high * times)}{closed[1]}"


def ranged(each: Range, points: Decimal, given: Decimal, told: str) -> Award | None:
    """The unit's own score, if the range allows it; ``told`` is what chose the range."""
    if not each.score.holds(given):
        return None
    return Award(given, told, demands_reason=given < points)


def score_words(score: Band) -> str:
    """The scores of a range: ``8（含）至10（含）``."""
    return band_words(replace(score, low=score.low or ZERO), replace(POINTS, unit=""))
