"""Cross-checks of rules over choices, several counts, two ends, several rules, and formulas."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generator.form.most import most_of
from generator.form.rule_groups import BestOf, ByFormula, Sum
from generator.form.rule_lists import ByChoice, Cases
from generator.form.rule_steps import GainLoss, Linear, Ranged
from generator.form.rule_types import BY_HAND, inner_rules, placeholders
from generator.form.verify_formulas import verify_points_formula

if TYPE_CHECKING:
    from generator.form.verify_rules import RuleCheck

_Family = GainLoss | Linear | Ranged | ByChoice | Cases | Sum | BestOf | ByFormula


def verify_family(rule: _Family, check: RuleCheck) -> None:
    """Raise FormError for the first thing that is wrong."""
    match rule:
        case GainLoss():
            _gain_loss(rule, check)
        case Linear(measure=measure, none=none, full=full):
            check.number(measure)
            for end in (none, full):
                if isinstance(end, str):
                    check.number(end)
            check.alike(measure, none=none, full=full)
            if none == full:
                raise check.error("none 和 full 不能相同")
        case Ranged():
            _ranged(rule, check)
        case ByChoice():
            _by_choice(rule, check)
        case Cases():
            _cases(rule, check)
        case Sum() | BestOf():
            _portions(rule, check)
        case ByFormula(formula=formula, because=because):
            verify_points_formula(check.place, formula, check.kinds)
            for name in placeholders(because):
                if name not in check.types:
                    raise check.error(f"because 里的 {name} 不是栏目，也不是本表样的数")


def _start(start: Decimal | None, check: RuleCheck) -> None:
    if start is not None and (start < check.least or (check.points is not None and start > check.points)):
        raise check.error(f"start {start} 应在 {check.least} 与分值 {check.points} 之间")


def _gain_loss(rule: GainLoss, check: RuleCheck) -> None:
    check.number(rule.measure)
    if isinstance(rule.base, str):
        check.number(rule.base)
        check.alike(rule.measure, base=rule.base)
    check.steps(rule.measure, rule.base, rule.size, rule.part_of_point)
    if rule.add < 0 or rule.deduct < 0:
        raise check.error("add、deduct 不能小于 0")
    if rule.add and check.effect == "malus":
        raise check.error('扣分指标里不能写 add，有加有扣的写 effect = "both"')
    _start(rule.start, check)


def _ranged(rule: Ranged, check: RuleCheck) -> None:
    check.number(rule.measure)
    check.bands([each.band for each in rule.ranges], rule.measure)
    for each in rule.ranges:
        low, high = each.score.low, each.score.high
        most = check.points
        if low is None or high is None or low < 0 or high < low or (most is not None and high > most):
            raise check.error(f"score {each.score.text} 应是分值以内的分数段，如 [8, 10]")


def _by_choice(rule: ByChoice, check: RuleCheck) -> None:
    if check.types.get(rule.by) != "choice":
        raise check.error(f"by {rule.by} 不是选项栏目")
    known = [each.name for each in rule.choices]
    for name in check.fields[rule.by].choices:
        if known.count(name) != 1:
            raise check.error(f"{rule.by} 的选项“{name}”应有一项，现有 {known.count(name)} 项")
    for each in rule.choices:
        if each.name not in check.fields[rule.by].choices:
            raise check.error(f"{rule.by} 没有选项“{each.name}”")
        check.given(each.points)


def _cases(rule: Cases, check: RuleCheck) -> None:
    for each in rule.cases:
        check.cases(each.count)
        if each.points == 0:
            raise check.error(f"{each.what} 的 add、deduct 应大于 0")
        if each.points > 0 and check.effect == "malus":
            raise check.error('扣分指标里不能写 add，有加有扣的写 effect = "both"')
    if rule.at_most is not None and rule.at_most <= 0:
        raise check.error("at_most 应大于 0")
    _start(rule.start, check)


def _portions(rule: Sum | BestOf, check: RuleCheck) -> None:
    """Every rule gives what its portion says, and all together (or the best) what the row has."""
    whole = check.points
    for number, each in enumerate(rule.portions, 1):
        name = each.name or f"第 {number} 项"
        if isinstance(rule, Sum) and each.points is None:
            raise check.error(f"rules {name}：须写 points")
        if any(isinstance(one, BY_HAND) for one in inner_rules(each.rule)):
            raise check.error(f"rules {name}：由单位打分的规则不能和别的规则合在一行")
        points = whole if each.points is None else each.points
        check.points = points
        check.rule(each.rule)
        check.points = whole
        if points is not None and most_of(each.rule, points) != points:
            told = most_of(each.rule, points)
            raise check.error(f"rules {name}：按规则最高 {told} 分，与 points {points} 不符")
