"""Scores that nothing stands behind: warnings where numbers, goals and points do not fit together."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.findings import Finding, finding
from generator.form.records import GoalTable
from generator.form.schema import Form
from generator.model import FigureRow, Figures, Score, Scorecard, Ties
from generator.rules.texts import PENDING

_NUMBER = re.compile(r"(?<!指标)(?<!\d)\d+(?:\.\d+)?\s*[%％]?")
_UNMET = re.compile(r"未完成|没有完成|未达到|未达标|没有达到|部分完成|基本完成|未实现|正在推进")


def judge(figures: Figures, card: Scorecard, ties: Ties, form: Form) -> list[Finding]:
    """Warnings about goals and scores; none of them stops the report."""
    findings = [] if form.goals is None else _goals(figures, card, form.goals, form)
    # Where ties are broken, points will change and remarks with them.
    return findings if ties.failed else findings + _idle_remarks(card, form)


def _goals(figures: Figures, card: Scorecard, table: GoalTable, form: Form) -> list[Finding]:
    goals = figures.rows.get(table.table, ())
    findings = [each for row in goals for each in _without_figure(row, table)]
    findings += _unmet(goals, card, table, form)
    return findings + _without_goal(goals, card, table, form)


def _without_figure(row: FigureRow, table: GoalTable) -> list[Finding]:
    """A goal with a number wants a number in what was achieved."""
    target, done = row.get(table.target), row.get(table.done)
    if target is None or done is None or not done.text or _NUMBER.search(done.text):
        return []
    if PENDING[:3] in done.text:
        return []
    number = _NUMBER.search(target.text)
    if number is None:
        return []
    return [finding("goal.no-figure", done.at, table.done, done.text, figure=number[0].strip())]


def _unmet(goals: tuple[FigureRow, ...], card: Scorecard, table: GoalTable, form: Form) -> list[Finding]:
    """A goal that was not reached, while the unit took off no point from its own indicators."""
    own = [row for row in card.rows if row.level1 in form.open_levels]
    if sum((row.score for row in own), ZERO) < sum(_points(own), ZERO):
        return []
    done = [row[table.done] for row in goals if table.done in row]
    unmet = [text for text in done if _UNMET.search(text.text)]
    return [finding("goal.unmet", text.at, table.done, text.text) for text in unmet]


def _points(rows: list[Score]) -> list[Decimal]:
    """The points cells of some rows, each shared one once."""
    return list({row.shared: row.points for row in rows}.values())


def _without_goal(
    goals: tuple[FigureRow, ...], card: Scorecard, table: GoalTable, form: Form
) -> list[Finding]:
    """Points for a kind of effect for which no goal was stated."""
    kinds = form.tables()[table.table].group_by
    stated = {row[kind].text for row in goals for kind in kinds if kind in row}
    official = {each.name: each.goal for each in form.indicators}
    field = form.scores.score
    return [
        finding("score.no-goal", row.at, field, name=row.level3, score=plain(row.score), group=goal)
        for row in card.rows
        if (goal := official.get(row.indicator, "")) and goal not in stated and row.score > 0
    ]


def _idle_remarks(card: Scorecard, form: Form) -> list[Finding]:
    """An explanation of a loss where nothing was lost."""
    sizes: dict[str, int] = {}
    for row in card.rows:
        sizes[row.shared] = sizes.get(row.shared, 0) + 1
    # Extra points, and indicators that do not apply, want words without any loss.
    ordinary = [row for row in card.rows if not row.effect and not row.excluded]
    full = [row for row in ordinary if row.score >= row.points / sizes[row.shared] and not row.asked]
    field = form.scores.remark
    return [
        finding("score.remark-without-loss", row.remark_at, field, row.remark, name=row.level3)
        for row in full
        if row.remark
    ]
