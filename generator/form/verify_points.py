"""Cross-checks of what the unit's own rows and bounds do to the points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.findings import did_you_mean
from generator.form.indicators import Cap, Factor, Indicator
from generator.form.kinds import kind_of_field
from generator.form.records import BY_INDICATOR, FormError, score_name
from generator.form.schema import Form
from generator.form.verify_formulas import require_number, verify_condition
from generator.form.verify_rules import RuleCheck


def verify_points(form: Form) -> None:
    """All points together are the full points."""
    # Of a level whose rows are the unit's own the form says what they must add up to.
    stated = {level.name: level.points for level in form.levels}
    fixed = [each for each in form.indicators if each.level1 not in stated]
    total = _full(fixed, form) + sum(stated.values(), Decimal(0))
    if total != form.full_points:
        raise FormError(f"indicators.toml：各指标分值合计 {total}，不等于 total {form.full_points}")


def verify_own(form: Form, types: dict[str, str]) -> None:
    """The rule of the unit's own rows may name columns of its row."""
    if form.own is None:
        return
    place = "indicators.toml: own"
    if not form.open_levels:
        raise FormError(f"{place}：没有单位可以增减的一级指标，请写 open")
    table = form.tables().get(form.scores.table)
    columns = {column.name: column for column in table.columns} if table else {}
    known = {**types, **{name: column.type for name, column in columns.items()}}
    # What the unit types into a row, a number or a text, is of a kind that the row says itself.
    kinds = {**form.kinds, **{name: kind_of_field(column) for name, column in columns.items()}}
    RuleCheck(place, known, {**form.fields(), **columns}, form.scales, kinds).own(form.own.rule)


def verify_policies(form: Form, types: dict[str, str]) -> None:
    """``[policies]``: every choice of a field has its meaning, and some indicator asks for it."""
    for name, policies in form.policies.items():
        place = f"indicators.toml: policies: {name}"
        if types.get(name) != "choice" or name not in form.fields():
            raise FormError(f"{place}：不是选项栏目{did_you_mean(name, form.fields())}")
        choices = form.fields()[name].choices
        for choice in choices:
            if choice not in policies:
                raise FormError(f"{place}：没有写明选项“{choice}”的意思")
        for choice in policies:
            if choice not in choices:
                raise FormError(f"{place}：栏目没有选项“{choice}”{did_you_mean(choice, choices)}")
        known = (each.not_applicable for each in form.indicators)
        if not any(each is not None and each.policy_by == name for each in known):
            raise FormError(f"{place}：没有指标用到，请在 not_applicable 里写 policy_by")


def verify_levels(form: Form) -> None:
    """The open first levels, and what the form says of the rows under them."""
    known = {each.level1 for each in form.indicators} | {level.name for level in form.levels}
    for name in form.open_levels if known else ():
        if name not in known:
            hint = did_you_mean(name, known)
            raise FormError(f"indicators.toml: open：没有叫 {name} 的一级指标{hint}")
    for level in form.levels:
        place = f"indicators.toml: level {level.name}"
        if level.name not in form.open_levels:
            raise FormError(f"{place}：不在 open 里")
        for each in form.indicators:
            if each.level1 == level.name and level.groups and each.level2 not in level.groups:
                raise FormError(f"{place}：指标 {each.name} 的二级指标 {each.level2} 不在 groups 里")


def verify_cap(form: Form, cap: Cap) -> None:
    """A bound that can be told and that holds for one kind of indicators."""
    place = f"indicators.toml: cap {cap.name}"
    if cap.grade_at_most:
        _verify_grade(form, cap, place)
    elif cap.at_most is None and cap.at_least is None:
        raise FormError(f"{place}：须写 at_most 或 at_least")
    if cap.at_most is not None and cap.at_least is not None and cap.at_least > cap.at_most:
        raise FormError(f"{place}：at_least 大于 at_most")
    if cap.when is not None:
        verify_condition(place, "when", cap.when, form.kinds_with_scores)
    known = {each.name: each for each in form.indicators}
    for name in cap.indicators:
        if name not in known:
            raise FormError(f"{place}：没有名为 {name} 的指标{did_you_mean(name, known)}")
    most = _most(form, cap, known)
    if cap.at_most is not None and cap.at_most > most:
        raise FormError(f"{place}：at_most {cap.at_most} 高于可能的最高分 {most}，不起作用")
    if cap.at_most is not None and cap.at_most < 0:
        raise FormError(f"{place}：at_most 不能小于 0")
    if len({known[name].effect for name in cap.indicators}) > 1:
        raise FormError(f"{place}：加分项、扣分项和一般指标不能合在一起")


def _verify_grade(form: Form, cap: Cap, place: str) -> None:
    """A limit of the grade alone, under a condition."""
    names = [each.name for each in form.grades]
    if cap.grade_at_most not in names:
        hint = did_you_mean(cap.grade_at_most, names)
        raise FormError(f"{place}：grade_at_most 没有“{cap.grade_at_most}”这一等{hint}")
    if cap.when is None:
        raise FormError(f"{place}：限制等次的须写 when")
    if cap.at_most is not None or cap.at_least is not None or cap.indicators:
        raise FormError(f"{place}：grade_at_most 不和 at_most、at_least、indicators 一起写")


def verify_factor(form: Form, factor: Factor) -> None:
    """A factor that is a number and that holds for one kind of indicators."""
    place = f"indicators.toml: factor {factor.name}"
    if isinstance(factor.times, str):
        require_number(place, factor.times, form.kinds_with_scores)
    elif factor.times < 0:
        raise FormError(f"{place}：times 不能小于 0")
    if factor.when is not None:
        verify_condition(place, "when", factor.when, form.kinds_with_scores)
    known = {each.name: each for each in form.indicators}
    for name in factor.indicators:
        if name not in known:
            raise FormError(f"{place}：没有名为 {name} 的指标{did_you_mean(name, known)}")
    if len({known[name].effect for name in factor.indicators}) > 1:
        raise FormError(f"{place}：加分项、扣分项和一般指标不能合在一起")


def verify_scores(form: Form) -> None:
    """An indicator that rests on scores rests on such only as rest on none themselves."""
    resting = {
        each.name: {name for name in each.names() if name.startswith(f"{BY_INDICATOR}.")}
        for each in form.indicators
    }
    for name, used in resting.items():
        for other in (each for each in resting if score_name(each) in used):
            if resting[other]:
                raise FormError(
                    f"indicators.toml: {name}：{score_name(other)} 本身也取自别的指标的得分，不能再用"
                )


def _most(form: Form, cap: Cap, known: Mapping[str, Indicator]) -> Decimal:
    """The most that a group, or the total, can come to."""
    group = [known[name] for name in cap.indicators] if cap.indicators else list(known.values())
    extra = sum((each.points for each in group if each.effect in ("bonus", "both")), Decimal(0))
    if not cap.indicators:
        return form.full_points + extra
    return extra + sum((each.points for each in group if not each.effect), Decimal(0))


def _full(indicators: Iterable[Indicator], form: Form) -> Decimal:
    """The points of ordinary indicators; a group with a bound counts no more than that."""
    points = {each.name: each.points for each in indicators if not each.effect}
    total = sum(points.values(), Decimal(0))
    for cap in form.caps:
        group = sum((points.get(name, Decimal(0)) for name in cap.indicators), Decimal(0))
        if cap.when is None and cap.at_most is not None and group > cap.at_most:
            total -= group - cap.at_most
    return total
