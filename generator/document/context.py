"""What a template sees: a report's figures, tables and scores under their Chinese names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from decimal import Decimal
from typing import Any

from generator.amounts import plain
from generator.document.values import Printed
from generator.form.records import (
    ADJUSTMENTS,
    BY_GROUP,
    BY_INDICATOR,
    GROUP_COUNT,
    GROUP_GROUPS,
    GROUP_ROWS,
    Table,
)
from generator.form.schema import Form
from generator.model import Adjustment, FigureRow, Group, Part, Report, Score, Scorecard

Context = dict[str, Any]

_BLANK = Printed(None, "")


def context(report: Report, form: Form) -> Context:
    """Everything that the template of ``form`` may name."""
    figures = report.figures
    names: Context = {name: Printed.of(figure) for name, figure in figures.values.items()}
    for name, table in form.tables().items():
        blank: Context = dict.fromkeys((column.name for column in table.columns), _BLANK)
        blank |= {spec.name: _BLANK for spec in form.figures if spec.table == name}
        names[name] = _rows(table, figures.rows.get(name, ()), blank)
        if table.group_by:
            names[name + BY_GROUP] = _groups(table, figures.grouped.get(name, ()), blank)
    for name, parts in figures.groups.items():
        names[name] = [_part(part) for part in parts]
    card, extra = report.scorecard, _beside(form)
    names[form.scores.table] = [_score(row, card, form, extra) for row in card.rows]
    official = {row.indicator: _own_score(row, form.scores.score) for row in card.rows if not row.own}
    # An indicator that the unit left out or renamed, where it may, has no score.
    names[BY_INDICATOR] = {each.name: official.get(each.name, _BLANK) for each in form.indicators}
    names[ADJUSTMENTS] = [_adjustment(step) for step in (*card.adjustments, *card.limits)]
    names["满分"] = Printed.number(card.full, plain(card.full), ("points",))
    total = Printed.number(card.total, plain(card.total), card)
    names["综合得分"] = Printed.pending("综合得分") if card.pending else total
    names["评价等次"] = Printed.pending("评价等次") if card.pending else Printed(card.grade, card.grade, card)
    return names


def _part(part: Part) -> Context:
    return {
        "名称": part.title,
        "金额": Printed.of(part.amount),
        "占比": Printed.of(part.share),
    }


def _rows(table: Table, rows: Sequence[FigureRow], blank: Context) -> list[Context]:
    """The rows with their number; grouped tables in the form's order, absent groups as a blank row."""
    if not table.group_by:
        return [_row(blank, row, number) for number, row in enumerate(rows, 1)]
    groups: dict[tuple[str, ...], list[FigureRow]] = {group: [] for group in table.groups}
    for row in rows:
        key = tuple(row[name].text if name in row else "" for name in table.group_by)
        groups.setdefault(key, []).append(row)
    made = []
    for group, members in groups.items():
        made += [_row(blank, row, number) for number, row in enumerate(members, 1)]
        if not members:
            named = {name: Printed(text, text) for name, text in zip(table.group_by, group, strict=True)}
            made.append({**_row(blank, {}, 1), **named})
    return made


def _groups(
    table: Table, groups: Sequence[Group], blank: Context, level: int = 0, above: Context | None = None
) -> list[Context]:
    """Each group with its totals under the names of the columns, its rows, and its own groups."""
    made = []
    for group in groups:
        named = {**(above or {}), table.group_by[level]: Printed(group.name, group.name)}
        rows = [_row(blank, row, number) for number, row in enumerate(group.rows, 1)]
        inner = _groups(table, group.groups, blank, level + 1, named)
        made.append(
            {
                **{name: Printed.of(figure) for name, figure in group.totals.items()},
                **named,
                GROUP_ROWS: rows or [{**_row(blank, {}, 1), **named}],
                GROUP_COUNT: Printed.number(Decimal(len(group.rows)), str(len(group.rows))),
                GROUP_GROUPS: inner,
            }
        )
    return made


def _row(blank: Context, row: Mapping[str, Any], number: int) -> Context:
    return {**blank, **{name: Printed.of(figure) for name, figure in row.items()}, "序号": number}


def _own_score(row: Score, column: str) -> Printed:
    if row.pending:
        return Printed.pending(column)
    if row.excluded:
        return Printed(None, "不适用", row)
    return Printed.number(row.score, plain(row.score), row)


def _adjustment(step: Adjustment) -> Context:
    points = Printed.number(step.points, plain(step.points), step)
    return {"名称": step.name, "分数": points, "说明": Printed(step.reason, step.reason, step)}


def _sum(points: Decimal, *levels: str) -> Printed:
    """The points of all indicators under a level."""
    return Printed.number(points, plain(points), ("points", *levels))


def _beside(form: Form) -> tuple[str, ...]:
    """The columns of the scoring table that the engine has no use of its own for."""
    roles = set(astuple(replace(form.scores, unit="")))
    return tuple(each.name for each in form.tables()[form.scores.table].columns if each.name not in roles)


def _score(row: Score, card: Scorecard, form: Form, extra: tuple[str, ...]) -> Context:
    columns = form.scores
    points = -row.points if row.effect == "malus" else row.points
    return {
        **{name: Printed.of(row.cells[name]) if name in row.cells else _BLANK for name in extra},
        columns.level1: row.level1,
        "一级分值": _sum(card.level1[row.level1], row.level1),
        columns.level2: row.level2,
        "二级分值": _sum(card.level2[row.level1, row.level2], row.level1, row.level2),
        columns.level3: row.level3,
        **({columns.standard: row.standard} if columns.standard else {}),
        columns.points: Printed.number(points, plain(points), ("row", row)),
        "分值键": row.shared,
        columns.score: _own_score(row, columns.score),
        columns.remark: "\n".join(text for text in (row.reason, row.remark) if text),
        "指标定义": row.definition,
        "得分原因": row.reason,
        "补充说明": row.remark,
    }
