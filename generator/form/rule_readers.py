"""indicators.toml → the rules over choices, several counts, two ends, several rules and formulas."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from generator.form.rule_groups import BestOf, ByFormula, Portion, Sum
from generator.form.rule_lists import ByChoice, Case, Cases, ChoicePoints
from generator.form.rule_parts import UNDEFINED, Undefined
from generator.form.rule_ranges import read_range
from generator.form.rule_steps import GainLoss, Linear, Range, Ranged
from generator.form.section import Section

if TYPE_CHECKING:
    from generator.form.rule_types import Rule

ReadRule = Callable[[Section], "Rule"]


def read_undefined(section: Section) -> Undefined:
    """What holds where the measure has no value."""
    what = cast(Literal["error", "zero", "over"], section.choice("undefined", UNDEFINED, "error"))
    if what != "over" and section.has("undefined_because"):
        raise section.error('undefined_because 只和 undefined = "over" 一起写')
    return Undefined(what, section.text("undefined_because", "")) if what == "over" else Undefined(what)


def read_part_of_point(section: Section) -> str:
    """The field that says what a part of a step counts, or the reading itself; blank: nothing is said, which
    only a measure of whole numbers allows."""
    return section.text("part_of_point", "")


def read_gain_loss(section: Section) -> GainLoss:
    """``gain-loss``."""
    made = GainLoss(
        measure=section.text("measure"),
        better=cast(Literal["above", "below"], section.choice("better", ("above", "below"))),
        base=section.operand("base"),
        add=section.number("add", Decimal(0)),
        deduct=section.number("deduct", Decimal(0)),
        part_of_point=read_part_of_point(section),
        step=section.number("step", None),
        start=section.number("start", None),
    )
    if made.add <= 0 and made.deduct <= 0:
        raise section.error("须写 add（每一档加几分）或 deduct（每一档扣几分）")
    return made


def read_linear(section: Section) -> Linear:
    """``linear``."""
    return Linear(section.text("measure"), section.operand("none"), section.operand("full"))


def read_ranged(section: Section) -> Ranged:
    """``ranged``."""
    ranges = []
    for each in section.sections("ranges", ...):
        ranges.append(Range(read_range(each, Decimal(0)), read_range(each, Decimal(0), "score")))
        each.done()
    return Ranged(section.text("measure"), tuple(ranges))


def read_by_choice(section: Section) -> ByChoice:
    """``choice``."""
    choices = []
    for each in section.sections("choices", ...):
        choices.append(ChoicePoints(each.text("is"), each.number("points")))
        each.done()
    return ByChoice(section.text("by"), tuple(choices))


def read_cases(section: Section) -> Cases:
    """``cases``."""
    cases = []
    for each in section.sections("items", ...):
        cases.append(_case(each))
        each.done()
    return Cases(tuple(cases), section.number("start", None), section.number("at_most", None))


def _case(section: Section) -> Case:
    if section.has("add") == section.has("deduct"):
        raise section.error("add 和 deduct 须写一个，也只能写一个")
    points = section.number("add") if section.has("add") else -section.number("deduct")
    return Case(section.text("count"), section.text("unit"), section.text("what"), points)


def read_sum(section: Section, read: ReadRule) -> Sum:
    """``sum``."""
    return Sum(_portions(section, read))


def read_best_of(section: Section, read: ReadRule) -> BestOf:
    """``best-of``."""
    return BestOf(_portions(section, read))


def _portions(section: Section, read: ReadRule) -> tuple[Portion, ...]:
    portions = []
    for each in section.sections("rules", ...):
        rule = read(each.section("rule"))
        portions.append(Portion(each.text("name", ""), rule, each.number("points", None)))
        each.done()
    return tuple(portions)


def read_by_formula(section: Section) -> ByFormula:
    """``formula``."""
    return ByFormula(section.formula("formula"), section.text("because"))
