"""indicators.toml → indicators with their rules, the unit's own rows, and bounds on what they give."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, cast

from generator.form.indicators import Cap, Indicator, Level, OwnRule
from generator.form.names import read_name
from generator.form.policies import Policies, read_not_applicable
from generator.form.rule_types import (
    UNDEFINED,
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
    Undefined,
    Within,
)
from generator.form.section import Section

_RANGE = re.compile(r"([\[(])\s*([^,]*?)\s*,\s*([^,]*?)\s*([\])])")


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
        rule=_read_rule(section.section("rule")),
        source=section.texts("source"),
        definition=section.text("definition", ""),
        shared=section.text("shared", ""),
        goal=section.text("goal", ""),
        not_applicable=read_not_applicable(section.section(known), policies) if section.has(known) else None,
        effect=cast(Literal["", "bonus", "malus"], section.choice("effect", ("", "bonus", "malus"), "")),
    )
    section.done()
    return made


def read_own(section: Section) -> OwnRule:
    """``[own]``: the rule of rows that a unit adds itself."""
    rule, source = _read_rule(section.section("rule")), section.texts("source")
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
    )
    section.done()
    return made


def _read_rule(section: Section) -> Rule:
    kind = section.choice("kind", tuple(_KINDS))
    rule = _KINDS[kind](section)
    section.done()
    return rule


def _undefined(section: Section) -> Undefined:
    """What holds where the measure has no value."""
    what = cast(Literal["error", "zero", "over"], section.choice("undefined", UNDEFINED, "error"))
    if what != "over" and section.has("undefined_because"):
        raise section.error('undefined_because 只和 undefined = "over" 一起写')
    return Undefined(what, section.text("undefined_because", "")) if what == "over" else Undefined(what)


_DIRECTIONS = ("above", "below", "both")


def _per_point(section: Section) -> PerPoint:
    return PerPoint(
        measure=section.text("measure"),
        direction=cast(Literal["above", "below", "both"], section.choice("direction", _DIRECTIONS)),
        base=section.number("base"),
        deduct=section.number("deduct"),
        part_of_point=section.text("part_of_point"),
        undefined=_undefined(section),
        step=section.number("step", Decimal("0.01")),
    )


def _proportional(section: Section) -> Proportional:
    return Proportional(
        measure=section.text("measure"),
        target=section.operand("target", Decimal(1)),
        direction=cast(Literal["more", "less"], section.choice("direction", ("more", "less"), "more")),
        undefined=_undefined(section),
        explain_beyond=section.number("explain_beyond", None),
    )


def _within(section: Section) -> Within:
    return Within(section.text("measure"), section.operand("low"), section.operand("high"))


def _tiered(section: Section) -> Tiered:
    tiers = []
    for each in section.sections("tiers", ...):
        tiers.append(Tier(each.text("is"), _range(each, Decimal(0))))
        each.done()
    return Tiered(section.text("by"), tuple(tiers))


def _one_of(section: Section) -> OneOf:
    options = []
    for each in section.sections("rules", ...):
        rule, needs = _read_rule(each.section("rule")), each.texts("needs", ())
        options.append(Option(each.text("is"), rule, needs))
        each.done()
    return OneOf(section.text("by"), tuple(options))


def _bands(section: Section) -> Bands:
    measure, undefined = section.text("measure"), _undefined(section)
    return Bands(measure, tuple(_band(each) for each in section.sections("bands", ...)), undefined)


def _band(section: Section) -> Band:
    made = _range(section, section.number("points"))
    section.done()
    return made


def _range(section: Section, points: Decimal) -> Band:
    """``[80%, 90%)``, ``(30%, )`` (no upper bound), ``=0%``."""
    text = section.text("range")
    if text.startswith("="):
        value = _bound(text[1:], section)
        return Band(value, True, value, True, points, text)
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        raise section.error(f"range {text!r} 写法不对，应如 [80%, 90%)、(30%, ) 或 =0%")
    low, high = _bound(match[2], section), _bound(match[3], section)
    return Band(low, match[1] == "[", high, match[4] == "]", points, text)


def _bound(text: str, section: Section) -> Decimal | None:
    text = text.strip()
    if not text:
        return None
    match = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)(%?)", text)
    if match is None:
        raise section.error(f"端点 {text!r} 不是数，应如 80% 或 0.8")
    return Decimal(match[1]) / (100 if match[2] else 1)


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
    "deduct-list": lambda section: DeductList(_items(section)),
    "per-case": _per_case,
    "comparison": _against,
    "judged": lambda section: Judged(),
    "tier": _tiered,
    "one-of": _one_of,
}
