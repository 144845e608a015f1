"""What a rule does not say of its step follows from its measure: a percentage point, a day, a person."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.form.rule_groups import BestOf, Sum
from generator.form.rule_parts import WHOLE_ONLY, Operand
from generator.form.rule_steps import GainLoss
from generator.form.rule_types import OneOf, PerPoint, Rule
from generator.form.schema import Form

if TYPE_CHECKING:
    from generator.form.rule_groups import Portion


def with_steps(form: Form) -> Form:
    """The form with every step and every reading of parts of a step in its rules."""
    indicators = tuple(replace(each, rule=_settled(each.rule, form)) for each in form.indicators)
    own = replace(form.own, rule=_settled(form.own.rule, form)) if form.own is not None else None
    return replace(form, indicators=indicators, own=own)


def _settled(rule: Rule, form: Form) -> Rule:
    match rule:
        case PerPoint() | GainLoss():
            scale = form.scales.of(rule.measure)
            whole = form.is_whole(rule.measure) and _is_whole(rule.base) and _is_whole(rule.step)
            return replace(
                rule,
                step=scale.one if rule.step is None else rule.step,
                part_of_point=rule.part_of_point or (WHOLE_ONLY if whole else ""),
            )
        case OneOf(options=options):
            return replace(
                rule, options=tuple(replace(each, rule=_settled(each.rule, form)) for each in options)
            )
        case Sum() | BestOf():
            return replace(rule, portions=tuple(_portion(each, form) for each in rule.portions))
        case _:
            return rule


def _portion(portion: Portion, form: Form) -> Portion:
    return replace(portion, rule=_settled(portion.rule, form))


def _is_whole(number: Operand | None) -> bool:
    return number is None or (isinstance(number, Decimal) and number == int(number))
