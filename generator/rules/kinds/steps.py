"""Rules that count steps of a measure from a base on, and the one that goes up evenly between two ends."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from generator.amounts import ZERO, plain
from generator.form.rule_parts import EVERY_STARTED, PRORATED
from generator.form.rule_steps import GainLoss
from generator.form.rule_types import PerPoint
from generator.form.scales import PERCENT, Scale
from generator.rules.kinds.awards import Award, percent


def per_point(
    rule: PerPoint, points: Decimal, measure: Decimal, reading: str, scale: Scale = PERCENT
) -> Award:
    """Deducts for each step (a percentage point, a day) beyond the base, down to nothing.

    ``reading`` says what a part of a step counts: nothing, its share, or a whole step.
    """
    beyond = measure - rule.base if rule.direction == "above" else rule.base - measure
    base = scale.number(rule.base)
    if rule.direction == "both":
        beyond = abs(beyond)
    if beyond <= 0:
        met = {"above": f"未超过{base}", "below": f"未低于{base}", "both": f"等于{base}"}
        return Award(points, f"{scale.measured(measure)}，{met[rule.direction]}")
    steps = beyond / rule.size
    counted = _counted(steps, reading)
    most = points if rule.at_most is None else min(points, rule.at_most)
    lost = min(most, counted * rule.deduct)
    because = _beyond(scale, measure, rule.base) + _parts(scale, rule.size, steps, counted, reading)
    if lost == 0:
        return Award(points, f"{because.partition('，按')[0]}，不扣分")
    return Award(points - lost, because + _taken(scale, rule, lost, measure > rule.base))


def _beyond(scale: Scale, measure: Decimal, base: Decimal) -> str:
    """``105.00%，比100%高5个百分点``, ``7天，比5天多2天``."""
    more, less = ("高", "低") if scale.percent else ("多", "少")
    word = more if measure > base else less
    apart = scale.between(abs(measure - base))
    return f"{scale.measured(measure)}，比{scale.number(base)}{word}{apart}"


def _parts(scale: Scale, size: Decimal, steps: Decimal, counted: Decimal, reading: str) -> str:
    """What was done with the part of a step."""
    if counted == steps:
        return ""
    total = f"{plain(counted)}档" if scale.percent and size != scale.one else scale.between(counted * size)
    return f"，不足{scale.words(size)}的部分{reading}，按{total}计"


def _taken(scale: Scale, rule: PerPoint, lost: Decimal, above: bool) -> str:
    most = rule.at_most is not None and lost == rule.at_most
    bound = f"，最多扣{plain(lost)}分" if most else ""
    if scale.percent:
        each = "每个百分点" if rule.size == scale.one else f"每{scale.words(rule.size)}"
        return f"，{each}扣{plain(rule.deduct)}分{bound}，扣{plain(lost, 2)}分"
    each = f"每{'多' if above else '少'}{scale.between(rule.size)}"
    return f"，扣{plain(lost, 2)}分（{each}扣{plain(rule.deduct)}分{bound}）"


def _counted(beyond: Decimal, reading: str) -> Decimal:
    if reading == PRORATED:
        return beyond
    rounding = ROUND_CEILING if reading == EVERY_STARTED else ROUND_FLOOR
    return beyond.to_integral_value(rounding)


def gain_loss(
    rule: GainLoss,
    bounds: tuple[Decimal, Decimal],
    measure: Decimal,
    base: Decimal,
    reading: str,
    scale: Scale = PERCENT,
) -> Award:
    """Adds for each step on the better side of the base, deducts for each on the other, within ``bounds``
    (the least and the most that the row can have)."""
    least, most = bounds
    start = start_of(rule, most)
    told = f"基本分{plain(start)}分，" if start else ""
    if measure == base:
        return Award(start, f"{scale.measured(measure)}，等于{scale.number(base)}")
    gains = (measure > base) == (rule.better == "above")
    each, word = (rule.add, "加") if gains else (rule.deduct, "扣")
    steps = abs(measure - base) / rule.size
    counted = _counted(steps, reading)
    because = told + _beyond(scale, measure, base)
    if each == 0:
        return Award(start, f"{because}，不{word}分")
    because += _parts(scale, rule.size, steps, counted, reading)
    exact = start + counted * each * (1 if gains else -1)
    given = min(most, max(least, exact))
    size = "每个百分点" if scale.percent and rule.size == scale.one else f"每{scale.words(rule.size)}"
    change = abs(given - start)
    if counted == 0:
        return Award(start, f"{because.partition('，按')[0]}，不{word}分")
    bound = "" if given == exact else f"，最多{word}{plain(change)}分"
    return Award(given, f"{because}，{size}{word}{plain(each)}分{bound}，{word}{plain(change, 2)}分")


def start_of(rule: GainLoss, points: Decimal) -> Decimal:
    """The points at the base."""
    if rule.start is not None:
        return rule.start
    return ZERO if rule.add else points


def linear(
    points: Decimal, measure: Decimal, none: Decimal, full: Decimal, shown: tuple[str, str, str]
) -> Award:
    """No points at ``none``, all at ``full``, evenly between. ``shown``: measure, none, full as printed."""
    told, nothing, everything = shown
    share = min(Decimal(1), max(ZERO, linear_share(measure, none, full)))
    up = full > none
    if share == 1:
        return Award(points, f"{told}，{'达到' if up else '不超过'}{everything}")
    if share == 0:
        return Award(ZERO, f"{told}，{'不超过' if up else '达到'}{nothing}，不得分")
    return Award(
        points * share,
        f"{told}，在{nothing}（不得分）与{everything}（满分）之间，按比例 ＝ {percent(share)}计分",
    )


def linear_share(measure: Decimal, none: Decimal, full: Decimal) -> Decimal:
    """How far the measure is on its way; with both ends the same it is there or not."""
    if none == full:
        return Decimal(1) if measure >= full else ZERO
    return (measure - none) / (full - none)
