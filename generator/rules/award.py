"""A row's points from the figures: looks up what the rule asks for and calls the rule's kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.amounts import ZERO, Interval, plain
from generator.expression import Name, Node
from generator.expression import names as names_in
from generator.form.indicators import NotApplicable, Policy
from generator.form.rule_types import (
    BY_HAND,
    Against,
    Bands,
    CheckList,
    DeductList,
    OneOf,
    Operand,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Within,
)
from generator.form.schema import Form
from generator.formula import Underived, Value, evaluate, is_true, taken
from generator.model import Figure
from generator.rules import kinds
from generator.rules.kinds import Award, percent

# What a rule may name: the columns of its row, then the figures of the report.
Names = Mapping[str, Figure]


def chosen(rule: Rule, names: Names) -> Rule | None:
    """The rule that applies; None when the choice between rules was not made or could not be read."""
    while isinstance(rule, OneOf):
        choice = _value(rule.by, names)
        found = next((each.rule for each in rule.options if each.name == choice), None)
        if found is None:
            return None
        rule = found
    return rule


def holds(condition: Node, names: Names) -> bool | None:
    """Whether a condition holds; None when what it rests on is missing."""
    value = evaluate(condition, lambda name: _value(name, names))
    return None if isinstance(value, Underived) else is_true(value)


def policy_of(known: NotApplicable, names: Names) -> Policy | None:
    """What holds where an indicator does not apply; None when the choice of it could not be read."""
    return known.policy_for(_value(known.policy_by, names) if known.policy_by else None)


def award(rule: Rule, points: Decimal, names: Names, form: Form) -> Award | None:
    """Points and reason, or None when what the rule rests on could not be read (reported elsewhere)."""
    match rule:
        case PerPoint() | Bands():
            return _by_ratio(rule, points, names)
        case Proportional():
            return _proportional(rule, points, names, form)
        case Within(measure=measure, low=low, high=high):
            number, *ends = (_operand(each, names) for each in (measure, low, high))
            if number is None or ends[0] is None or ends[1] is None:
                return None
            return kinds.within(points, number, ends[0], ends[1], _shown((measure, low, high), names, form))
        case CheckList():
            answers = _answers(rule, names)
            return None if answers is None else kinds.check_list(rule, answers)
        case DeductList():
            answers = _answers(rule, names)
            return None if answers is None else kinds.deduct_list(rule, points, answers)
        case PerCase():
            count = _operand(rule.count, names)
            return None if count is None else kinds.per_case(rule, points, count)
        case Against():
            return _comparison(rule, names)
        case _:
            return None


def by_hand(rule: Rule | None) -> bool:
    """Whether the unit types the score itself."""
    return isinstance(rule, BY_HAND)


def _value(name: str, names: Names) -> Value:
    figure = names.get(name)
    return Underived("missing", (name,)) if figure is None else figure.value


def _operand(operand: Operand, names: Names) -> Decimal | None:
    if isinstance(operand, Decimal):
        return operand
    value = _value(operand, names)
    return value.value if isinstance(value, Interval) else None


def _shown(operands: tuple[Operand, ...], names: Names, form: Form) -> list[str]:
    """Numbers as printed, each in the unit of the first, which is the measure."""
    measure = names[str(operands[0])]
    if measure.unit == "%":
        return [percent(o, trim=True) if isinstance(o, Decimal) else names[o].shown for o in operands]
    own = names.get(form.scores.unit)
    unit = measure.unit if own is None else own.text
    return [_with_unit(each, measure, unit, names) for each in operands]


def _with_unit(operand: Operand, measure: Figure, unit: str, names: Names) -> str:
    if isinstance(operand, Decimal):
        return plain(operand / measure.worth) + unit
    return names[operand].text + ("" if names[operand].says_unit else unit)


def _answers(rule: CheckList | DeductList, names: Names) -> list[bool] | None:
    """The yes or no of every item, None when one is missing."""
    answers = [_value(item.field, names) for item in rule.items]
    known = [answer for answer in answers if isinstance(answer, bool)]
    return known if len(known) == len(answers) else None


def _by_ratio(rule: PerPoint | Bands, points: Decimal, names: Names) -> Award | None:
    measure = _operand(rule.measure, names)
    if measure is None:
        return _undefined(rule, names)
    if isinstance(rule, Bands):
        return kinds.bands(rule, points, measure)
    reading = _value(rule.part_of_point, names)
    return kinds.per_point(rule, points, measure, reading) if isinstance(reading, str) else None


def _proportional(rule: Proportional, points: Decimal, names: Names, form: Form) -> Award | None:
    measure, target = _operand(rule.measure, names), _operand(rule.target, names)
    if measure is None:
        return _undefined(rule, names)
    if target is None:
        return None
    return kinds.proportional(rule, points, measure, target, _shown((rule.measure, rule.target), names, form))


def _undefined(rule: PerPoint | Bands | Proportional, names: Names) -> Award | None:
    measure = _value(rule.measure, names)
    if not isinstance(measure, Underived) or measure.kind != "zero":
        return None
    because = f"{'、'.join(map(_title, measure.names))}为0"
    match rule.undefined.what:
        case "zero":
            return Award(ZERO, f"{because}，无法计算比率", demands_reason=True)
        case "over" if all(_value(name, names) is None for name in measure.names):
            return None  # a blank is no 0, and that it is blank is reported
        case "over":
            facts = _dividends(rule.measure, measure.names, names)
            return Award(ZERO, "，".join((because, *facts, rule.undefined.because or _OVER)))
        case _:
            return None


_OVER = "按超过标准计"


def _title(name: str) -> str:
    """A name as a sentence has it: that of a row and a column of a matrix as one word."""
    return name.replace("_", "")


def _dividends(measure: str, divisors: tuple[str, ...], names: Names) -> Iterator[str]:
    """What was to be divided by nothing, each as printed with its unit."""
    figure = names[measure]
    if figure.formula is None:
        return
    branch, _ = taken(figure.formula, lambda name: _value(name, names))
    for name in names_in(branch):
        inner = names.get(name)
        if inner is None or name in divisors:
            continue
        if isinstance(inner.value, Underived):
            yield from _dividends(name, divisors, names)
        elif isinstance(inner.value, Interval):
            yield f"{_title(name)}为{inner.text}{'' if inner.text.endswith(inner.unit) else inner.unit}"


def _comparison(rule: Against, names: Names) -> Award | None:
    measure, against = (_read_as(name, names) for name in (rule.measure, rule.against))
    if not isinstance(measure.value, Interval) or not isinstance(against.value, Interval):
        return None
    shown = (measure.shown, against.shown)
    titles = (measure.name, against.name)
    return kinds.comparison(rule, measure.value.value, against.value.value, shown, titles)


def _read_as(name: str, names: Names) -> Figure:
    """The figure under the name that applies: a choice between two figures is called by the one taken."""
    figure = names[name]
    if figure.formula is not None:
        branch, _ = taken(figure.formula, lambda each: names[each].value)
        if isinstance(branch, Name):
            return names[branch.name]
    return figure
