"""indicators.toml → indicators with their rules, the unit's own rows, and bounds on what they give."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, cast

from generator.form.indicators import EFFECTS, Cap, Effect, Factor, Indicator, Level, OwnRule
from generator.form.names import read_name
from generator.form.policies import Policies, read_not_applicable
from generator.form.rule_ranges import read_range
from generator.form.rule_readers import (
    read_best_of,
    read_by_choice,
    read_by_formula,
    read_cases,
    read_gain_loss,
    read_linear,
    read_part_of_point,
    read_ranged,
    read_sum,
    read_undefined,
)
from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckItem,
    CheckList,
    DeductList,
    Judged,
    OneOf,
    Option,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Tier,
    Tiered,
    Within,
)
from generator.form.section import Section


def read_indicator(section: Section, policies: Policies | None = None) -> Indicator:
    """An ``[[indicator]]`` with its rule; without ``policies`` it is not asked which of them exist."""
    name, known = read_name(section), "not_applicable"
    made = Indicator(
        name=name,
        level1=section.text("level1"),
        level2=section.text("level2"),
        level3=section.text("level3", name),
        points=section.number("points"),
        standard=section.text("standard").strip(),
        rule=read_rule(section.section("rule")),
        source=section.texts("source"),
        definition=section.text("definition", ""),
        shared=section.text("shared", ""),
        goal=section.text("goal", ""),
        not_applicable=read_not_applicable(section.section(known), policies) if section.has(known) else None,
        effect=cast(Effect, section.choice("effect", EFFECTS, "")),
        takes=section.number("takes", None),
    )
    section.done()
    return made


def read_own(section: Section) -> OwnRule:
    """``[own]``: the rule of rows that a unit adds itself."""
    rule, source = read_rule(section.section("rule")), section.texts("source")
    made = OwnRule(rule, source, section.flag("explain_loss"))
    section.done()
    return made


def read_level(section: Section) -> Level:
    """A ``[[level]]``."""
    made = Level(
        name=section.text("name"),
        points=section.number("points"),
        severity=cast(Literal["error", "warning"], section.choice("severity", ("error", "warning"), "error")),
        groups=section.texts("groups", ()),
        source=section.texts("source"),
    )
    section.done()
    return made


def read_cap(section: Section) -> Cap:
    """A ``[[cap]]``."""
    made = Cap(
        name=section.text("name"),
        source=section.texts("source"),
        at_most=section.number("at_most", None),
        at_least=section.number("at_least", None),
        when=section.formula("when") if section.has("when") else None,
        indicators=section.texts("indicators", ()),
        grade_at_most=section.text("grade_at_most", ""),
    )
    section.done()
    return made


def read_factor(section: Section) -> Factor:
    """A ``[[factor]]``."""
    made = Factor(
        name=section.text("name"),
        source=section.texts("source"),
        times=section.operand("times"),
        when=section.formula("when") if section.has("when") else None,
        indicators=section.texts("indicators", ()),
    )
    section.done()
    return made


def read_rule(section: Section) -> Rule:
    """A ``rule``, of whatever kind it is."""
    kind = section.choice("kind", tuple(_KINDS))
    rule = _KINDS[kind](section)
    section.done()
    return rule


_DIRECTIONS = ("above", "below", "both")


def _per_point(section: Section) -> PerPoint:
    return PerPoint(
        measure=section.text("measure"),
        direction=cast(Literal["above", "below", "both"], section.choice("direction", _DIRECTIONS)),
        base=section.number("base"),
        deduct=section.number("deduct"),
        part_of_point=read_part_of_point(section),
        undefined=read_undefined(section),
        step=section.number("step", None),
        at_most=section.number("at_most", None),
    )


def _proportional(section: Section) -> Proportional:
    return Proportional(
        measure=section.text("measure"),
        target=section.operand("target", Decimal(1)),
        direction=cast(Literal["more", "less"], section.choice("direction", ("more", "less"), "more")),
        undefined=read_undefined(section),
        explain_beyond=section.number("explain_beyond", None),
    )


def _within(section: Section) -> Within:
    return Within(section.text("measure"), section.operand("low"), section.operand("high"))


def _tiered(section: Section) -> Tiered:
    tiers = []
    for each in section.sections("tiers", ...):
        made = read_range(each, Decimal(0))
        tiers.append(Tier(each.text("is"), made, "分" in made.text))
        each.done()
    return Tiered(section.text("by"), tuple(tiers))


def _one_of(section: Section) -> OneOf:
    options = []
    for each in section.sections("rules", ...):
        rule, needs = read_rule(each.section("rule")), each.texts("needs", ())
        options.append(Option(each.text("is"), rule, needs))
        each.done()
    return OneOf(section.text("by"), tuple(options))


def _bands(section: Section) -> Bands:
    measure, undefined = section.text("measure"), read_undefined(section)
    return Bands(measure, tuple(_band(each) for each in section.sections("bands", ...)), undefined)


def _band(section: Section) -> Band:
    made = read_range(section, section.number("points"))
    section.done()
    return made


def _items(section: Section) -> tuple[CheckItem, ...]:
    items = []
    for each in section.sections("items", ...):
        items.append(CheckItem(each.text("field"), each.text("text"), each.number("points")))
        each.done()
    return tuple(items)


def _per_case(section: Section) -> PerCase:
    return PerCase(
        count=section.text("count"),
        unit=section.text("unit"),
        what=section.text("what"),
        deduct=section.number("deduct"),
        cutoff=section.number("cutoff", None),
        at_most=section.number("at_most", None),
    )


def _against(section: Section) -> Against:
    return Against(
        measure=section.text("measure"),
        against=section.text("against"),
        what=section.text("what"),
        none=section.number("none"),
        within=section.number("within"),
        over=section.number("over"),
    )


_KINDS: dict[str, Callable[[Section], Rule]] = {
    "per-point": _per_point,
    "bands": _bands,
    "proportional": _proportional,
    "interval": _within,
    "check-list": lambda section: CheckList(_items(section)),
    "deduct-list": lambda section: DeductList(_items(section), section.number("at_most", None)),
    "per-case": _per_case,
    "comparison": _against,
    "judged": lambda section: Judged(),
    "tier": _tiered,
    "one-of": _one_of,
    "gain-loss": read_gain_loss,
    "linear": read_linear,
    "ranged": read_ranged,
    "choice": read_by_choice,
    "cases": read_cases,
    "sum": lambda section: read_sum(section, read_rule),
    "best-of": lambda section: read_best_of(section, read_rule),
    "formula": read_by_formula,
}
