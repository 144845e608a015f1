"""A row's points from the figures: looks up what the rule asks for and calls the rule's kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.amounts import ZERO, Interval
from generator.expression import Name, Node
from generator.expression import names as names_in
from generator.form.indicators import NotApplicable, Policy
from generator.form.rule_parts import READINGS, Operand
from generator.form.rule_types import (
    BY_HAND,
    Against,
    Bands,
    BestOf,
    ByChoice,
    ByFormula,
    Cases,
    CheckList,
    DeductList,
    GainLoss,
    Linear,
    OneOf,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Sum,
    Within,
)
from generator.form.scales import PERCENT, Scale
from generator.form.schema import Form
from generator.formula import Underived, Value, evaluate, is_true, taken
from generator.model import Figure
from generator.rules import kinds
from generator.rules.award_groups import best_of, by_formula, sum_of
from generator.rules.effects import as_taken
from generator.rules.kinds import Award

# What a rule may name: the columns of its row, then the figures of the report.
Names = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a rule has to give: ``points`` at most and ``least`` at least (negative where it may take). In a
    ``malus`` it says what it takes, in a ``bonus`` what it adds."""

    points: Decimal
    least: Decimal = ZERO
    effect: str = ""

    @property
    def malus(self) -> bool:
        """Whether the rule says what it takes."""
        return self.effect == "malus"


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


def number_of(operand: Operand, names: Names) -> Decimal | None:
    """A number of the form, or the value of a name; None when it has none."""
    return _operand(operand, names)


def award(rule: Rule, worth: Worth, names: Names, form: Form) -> Award | None:
    """Points and reason, or None when what the rule rests on could not be read (reported elsewhere).

    Of a malus the points are those that are taken.
    """
    applied = chosen(rule, names)
    match applied:
        case None:
            return None
        case Sum() | BestOf():
            parts = [
                award(each.rule, replace(worth, points=each.points or worth.points), names, form)
                for each in applied.portions
            ]
            made = [each for each in parts if each is not None]
            if len(made) < len(parts):
                return None
            together = sum_of if isinstance(applied, Sum) else best_of
            return together(applied.portions, made, worth.effect)
        case ByFormula():
            return by_formula(applied, worth.points, worth.least, worth.effect, names)
        case _:
            single = _single(applied, worth, names, form)
            if single is None or not worth.effect:
                return single
            answers = _answers(applied, names) if isinstance(applied, CheckList) else None
            return as_taken(applied, single, worth.points, worth.effect, answers)


def _single(rule: Rule, worth: Worth, names: Names, form: Form) -> Award | None:
    points, bounds = worth.points, (worth.least, worth.points)
    match rule:
        case PerPoint() | Bands():
            return _by_measure(rule, points, names, form)
        case GainLoss():
            return _gain_loss(rule, bounds, names, form)
        case Proportional():
            return _proportional(rule, points, names, form)
        case Within(measure=measure, low=low, high=high) | Linear(measure=measure, none=low, full=high):
            number, first, second = (_operand(each, names) for each in (measure, low, high))
            if number is None or first is None or second is None:
                return None
            shown = _shown((measure, low, high), names, form)
            if isinstance(rule, Within):
                return kinds.within(points, number, first, second, shown)
            return kinds.linear(points, number, first, second, (shown[0], shown[1], shown[2]))
        case CheckList():
            answers = _answers(rule, names)
            return None if answers is None else kinds.check_list(rule, answers)
        case DeductList():
            answers = _answers(rule, names)
            return None if answers is None else kinds.deduct_list(rule, points, answers)
        case ByChoice():
            choice = _value(rule.by, names)
            return kinds.by_choice(rule, points, choice) if isinstance(choice, str) else None
        case PerCase():
            count = _operand(rule.count, names)
            return None if count is None else kinds.per_case(rule, points, count)
        case Cases():
            counts = [_operand(each.count, names) for each in rule.cases]
            known = [count for count in counts if count is not None]
            return kinds.cases(rule, bounds, known) if len(known) == len(counts) else None
        case Against():
            return _comparison(rule, names, form)
        case _:
            return None


def by_hand(rule: Rule | None) -> bool:
    """Whether the unit types the score itself."""
    return isinstance(rule, BY_HAND)


def scale_for(name: str, names: Names, form: Form) -> Scale:
    """What the numbers of a name are told in; a row of the unit's own says it itself."""
    figure = names.get(name)
    if name not in form.own_columns or figure is None:
        return form.scales.of(name)
    if figure.unit == "%":
        return PERCENT
    unit = names.get(form.scores.unit)
    return Scale(unit=unit.text if unit is not None else form.scales.of(name).unit)


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
    scale = scale_for(str(operands[0]), names, form)
    return [scale.number(o) if isinstance(o, Decimal) else _told(names[o], scale) for o in operands]


def _told(figure: Figure, scale: Scale) -> str:
    """A figure as printed, with its unit; a row of the unit's own says its unit in another cell."""
    return figure.shown if figure.says_unit or scale.percent else figure.text + scale.unit


def _answers(rule: CheckList | DeductList, names: Names) -> list[bool] | None:
    """The yes or no of every item, None when one is missing."""
    answers = [_value(item.field, names) for item in rule.items]
    known = [answer for answer in answers if isinstance(answer, bool)]
    return known if len(known) == len(answers) else None


def _reading(rule: PerPoint | GainLoss, names: Names) -> str | None:
    """What a part of a step counts: fixed by the form, or chosen by the unit."""
    if rule.part_of_point in READINGS:
        return rule.part_of_point
    value = _value(rule.part_of_point, names)
    return value if isinstance(value, str) else None


def _by_measure(rule: PerPoint | Bands, points: Decimal, names: Names, form: Form) -> Award | None:
    measure, scale = _operand(rule.measure, names), scale_for(rule.measure, names, form)
    if measure is None:
        return _undefined(rule, names)
    if isinstance(rule, Bands):
        return kinds.bands(rule, points, measure, scale)
    reading = _reading(rule, names)
    return None if reading is None else kinds.per_point(rule, points, measure, reading, scale)


def _gain_loss(rule: GainLoss, bounds: tuple[Decimal, Decimal], names: Names, form: Form) -> Award | None:
    measure, base, reading = _operand(rule.measure, names), _operand(rule.base, names), _reading(rule, names)
    if measure is None or base is None or reading is None:
        return None
    return kinds.gain_loss(rule, bounds, measure, base, reading, scale_for(rule.measure, names, form))


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


def _comparison(rule: Against, names: Names, form: Form) -> Award | None:
    measure, against = (_read_as(name, names) for name in (rule.measure, rule.against))
    if not isinstance(measure.value, Interval) or not isinstance(against.value, Interval):
        return None
    first, second = _shown((rule.measure, rule.against), names, form)
    titles = (measure.name, against.name)
    return kinds.comparison(rule, measure.value.value, against.value.value, (first, second), titles)


def _read_as(name: str, names: Names) -> Figure:
    """The figure under the name that applies: a choice between two figures is called by the one taken."""
    figure = names[name]
    if figure.formula is not None:
        branch, _ = taken(figure.formula, lambda each: names[each].value)
        if isinstance(branch, Name):
            return names[branch.name]
    return figure
