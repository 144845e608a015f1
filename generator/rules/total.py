"""From the scores to the total: bounds on groups, rescaling, bounds on the total. Each step is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.amounts import ZERO, plain, round_half_up
from generator.form.indicators import Cap, Factor
from generator.form.schema import Form
from generator.model import FLOOR, RESCALED, Adjustment, Figure, Score
from generator.rules.award import holds, number_of

_PLACES = 2


def settle(
    rows: Sequence[Score], full: Decimal, values: Mapping[str, Figure], form: Form
) -> tuple[Decimal, tuple[Adjustment, ...]]:
    """The total and every step that makes it differ from the sum of the scores."""
    steps: list[Adjustment] = []
    ordinary = extra = ZERO
    for row in rows:
        ordinary, extra = (ordinary, extra + row.score) if row.effect else (ordinary + row.score, extra)
    for factor in form.factors:
        if factor.indicators and _applies(factor, values):
            members = [row for row in rows if row.indicator in factor.indicators and not row.excluded]
            step = _multiplied(factor, sum((row.score for row in members), ZERO), "合计", values, form)
            if step is not None and members:
                steps.append(step)
                inside = not members[0].effect
                ordinary += step.points if inside else ZERO
                extra += ZERO if inside else step.points
    for cap in form.caps:
        if cap.indicators and _applies(cap, values):
            members = [row for row in rows if row.indicator in cap.indicators]
            given = sum((row.score for row in members), ZERO)
            given += sum((step.points for step in steps if step.name in _factors_over(cap, form)), ZERO)
            step = _bounded(cap, given, "合计")
            if step is not None:
                steps.append(step)
                inside = not members[0].effect
                ordinary += step.points if inside else ZERO
                extra += ZERO if inside else step.points
    rescaled = _rescaled(rows, ordinary, full)
    if rescaled is not None:
        steps.append(rescaled)
        ordinary += rescaled.points
    total = ordinary + extra
    for factor in form.factors:
        if not factor.indicators and _applies(factor, values):
            step = _multiplied(factor, total, "综合得分", values, form)
            if step is not None:
                steps.append(step)
                total += step.points
    for cap in (*(each for each in form.caps if not each.indicators), _FLOOR):
        step = _bounded(cap, total, "综合得分") if _applies(cap, values) else None
        if step is not None:
            steps.append(step)
            total += step.points
    return total, tuple(steps)


# A malus takes no more than there is.
_FLOOR = Cap(FLOOR, (), at_least=ZERO)


def _factors_over(cap: Cap, form: Form) -> set[str]:
    """Factors whose indicators all stand under the bound: what they change counts there."""
    members = set(cap.indicators)
    return {each.name for each in form.factors if each.indicators and members.issuperset(each.indicators)}


def _multiplied(
    factor: Factor, points: Decimal, title: str, values: Mapping[str, Figure], form: Form
) -> Adjustment | None:
    times = number_of(factor.times, values)
    if times is None:
        return None
    made = round_half_up(points * times, _PLACES)
    if made == points:
        return None
    name = factor.times if isinstance(factor.times, str) else ""
    shown = values[name].text if name else plain(times)
    told = f"{name}{shown}" if name else shown
    return Adjustment(factor.name, made - points, f"{title}{plain(points)}分，乘以{told}，计{plain(made)}分")


def limited_grade(
    total: Decimal, values: Mapping[str, Figure], form: Form
) -> tuple[str, tuple[Adjustment, ...]]:
    """The grade of a total, no better than what a condition allows, and what says so."""
    names = [each.name for each in form.grades]
    reached = next((n for n, each in enumerate(form.grades) if total >= each.at_least), None)
    if reached is None:
        return "", ()
    notes: list[Adjustment] = []
    for cap in form.caps:
        if cap.grade_at_most and _applies(cap, values) and reached < names.index(cap.grade_at_most):
            told = f"综合得分{plain(total)}分，原为“{names[reached]}”，等次最高为“{cap.grade_at_most}”"
            notes.append(Adjustment(cap.name, ZERO, told))
            reached = names.index(cap.grade_at_most)
    return names[reached], tuple(notes)


def _applies(cap: Cap | Factor, values: Mapping[str, Figure]) -> bool:
    """A condition whose figures are missing does not hold; that they are missing is reported."""
    return cap.when is None or holds(cap.when, values) is True


def _bounded(cap: Cap, points: Decimal, title: str) -> Adjustment | None:
    if cap.at_most is not None and points > cap.at_most:
        bound, word = cap.at_most, "最高"
    elif cap.at_least is not None and points < cap.at_least:
        bound, word = cap.at_least, "最低"
    else:
        return None
    return Adjustment(cap.name, bound - points, f"{title}{plain(points)}分，{word}计{plain(bound)}分")


def _rescaled(rows: Sequence[Score], ordinary: Decimal, full: Decimal) -> Adjustment | None:
    """Indicators that do not apply leave the others to make up the full points."""
    gone = sum((row.part for row in rows if row.excluded), ZERO)
    left = full - gone
    if not gone or left <= 0:
        return None
    total = round_half_up(ordinary * full / left, _PLACES)
    if total == ordinary:
        return None
    reason = (
        f"不适用的指标{plain(gone, _PLACES)}分不计，其余指标{plain(left, _PLACES)}分折算为{plain(full)}分："
        f"{plain(ordinary)}×{plain(full)}÷{plain(left, _PLACES)}＝{plain(total)}分"
    )
    return Adjustment(RESCALED, total - ordinary, reason)
