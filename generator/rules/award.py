"""An indicator's points from the figures: looks up what the rule asks for and calls the rule's kind."""

from __future__ import annotations

from decimal import Decimal

from generator.amounts import ZERO, Interval
from generator.expression import Name
from generator.form.rule_types import (
    Against,
    Bands,
    CheckList,
    DeductList,
    Indicator,
    Judged,
    PerCase,
    PerPoint,
    Proportional,
)
from generator.form.schema import Form
from generator.formula import Underived, Value, taken
from generator.model import Figure, Figures
from generator.rules import kinds
from generator.rules.kinds import Award


def award(indicator: Indicator, points: Decimal, figures: Figures, form: Form) -> Award | None:
    """Points and reason, or None when what the rule rests on could not be read (already reported)."""
    match indicator.rule:
        case PerPoint() as rule:
            return _per_point(rule, points, figures)
        case Bands() as rule:
            measure = figures.values[rule.measure].value
            if isinstance(measure, Interval):
                return kinds.bands(rule, points, measure.value)
            return _undefined(rule, measure)
        case Proportional() as rule:
            measure = figures.values[rule.measure].value
            if isinstance(measure, Interval):
                return kinds.proportional(rule, points, measure.value)
            return _undefined(rule, measure)
        case CheckList() as rule:
            answers = _answers(rule, figures)
            return None if answers is None else kinds.check_list(rule, answers)
        case DeductList() as rule:
            answers = _answers(rule, figures)
            return None if answers is None else kinds.deduct_list(rule, points, answers)
        case PerCase() as rule:
            count = figures.values[rule.count].value
            return kinds.per_case(rule, points, count.value) if isinstance(count, Interval) else None
        case Against() as rule:
            return _comparison(rule, figures, form)
        case Judged():
            return None


def _answers(rule: CheckList | DeductList, figures: Figures) -> list[bool] | None:
    """The yes or no of every item, None when one is missing."""
    answers = [figures.values[item.field].value for item in rule.items]
    known = [answer for answer in answers if isinstance(answer, bool)]
    return known if len(known) == len(answers) else None


def _per_point(rule: PerPoint, points: Decimal, figures: Figures) -> Award | None:
    measure = figures.values[rule.measure].value
    reading = figures.values[rule.part_of_point].value
    if isinstance(measure, Interval) and isinstance(reading, str):
        return kinds.per_point(rule, points, measure.value, reading)
    return _undefined(rule, measure)


def _undefined(rule: PerPoint | Bands | Proportional, measure: Value) -> Award | None:
    if rule.undefined == "zero" and isinstance(measure, Underived) and measure.kind == "zero":
        because = f"{'、'.join(measure.names)}为0，无法计算比率"
        return Award(ZERO, because, demands_reason=True)
    return None


def _comparison(rule: Against, figures: Figures, form: Form) -> Award | None:
    measure, against = (_read_as(name, figures) for name in (rule.measure, rule.against))
    if not isinstance(measure.value, Interval) or not isinstance(against.value, Interval):
        return None
    unit = form.prints["amount"]
    shown = (measure.text + unit, against.text + unit)
    titles = (measure.name, against.name)
    return kinds.comparison(rule, measure.value.value, against.value.value, shown, titles)


def _read_as(name: str, figures: Figures) -> Figure:
    """The figure under the name that applies: a choice between two figures is called by the one taken."""
    figure = figures.values[name]
    if figure.formula is not None:
        branch, _ = taken(figure.formula, lambda each: figures.values[each].value)
        if isinstance(branch, Name):
            return figures.values[branch.name]
    return figure
