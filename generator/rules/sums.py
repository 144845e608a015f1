"""What several rows of a table give together: totals of columns, of figures that hold for each row, of what a
formula takes over rows, and of the groups that a table is put into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from generator.amounts import Interval
from generator.expression import Node
from generator.form.records import NUMERIC, Field, FigureSpec, RowTotal, Table
from generator.form.schema import Form
from generator.formula import Underived, Value, evaluate, is_true
from generator.model import NO_RATIO, Figure, FigureRow, Group

Rows = Sequence[FigureRow]


def total_of_column(column: Field, rows: Rows, form: Form, optional: bool = False) -> Figure:
    """The total of a column; of one row it is that cell, blank when all rows are blank, and without rows
    blank for a table that may be empty (``optional``), else missing, which has been reported."""
    figures = [row[column.name] for row in rows if column.name in row]
    if len(figures) == 1:
        return figures[0]
    value = None if optional and not rows else sum_of([figure.value for figure in figures], column.name)
    return Figure.formatted(column.name, value, form.format_of(column), column.unit)


def figure_of(spec: FigureSpec, values: Mapping[str, Figure]) -> Figure:
    """A figure by its formula."""
    value = evaluate(spec.formula, lambda name: _value(name, values))
    return Figure.formatted(spec.name, value, spec.format, formula=spec.formula, note=spec.note)


def has_no_ratio(figure: Figure) -> bool:
    """Whether a figure has no value because a denominator is 0."""
    return isinstance(figure.value, Underived) and figure.value.kind == "zero"


def with_dash(figure: Figure) -> Figure:
    """That a row or a group of rows has no denominator is no fault of the report: it prints as a dash."""
    return replace(figure, text=NO_RATIO) if has_no_ratio(figure) else figure


def total_of_figure(spec: FigureSpec, rows: Rows, values: Mapping[str, Figure]) -> Figure:
    """What a figure that holds for every row gives for the whole: the sum, or its formula with the totals.

    ``values`` are the totals of the columns. A sum of rows has no formula of its own.
    """
    if spec.total != "sum" or len(rows) == 1:
        return figure_of(spec, values)
    # Without rows the totals of the columns say whether that is a gap.
    if not rows:
        return figure_of(spec, values)
    value = sum_of([row[spec.name].value for row in rows], spec.name)
    return Figure.formatted(spec.name, value, spec.format, note=spec.note)


def total_over_rows(spec: RowTotal, rows: Rows, values: Mapping[str, Figure], form: Form) -> Figure:
    """What a formula takes over the rows of a table. Without such a row it is 0; a table that must have rows
    and has none is missing, which has been reported."""
    least = form.tables()[spec.table].min_rows
    value: Value
    value = Underived("missing", (spec.table,)) if least and not rows else _over(spec, rows, values)
    return Figure.formatted(spec.name, value, spec.format)


def taken_rows(spec: RowTotal, rows: Rows, values: Mapping[str, Figure]) -> list[FigureRow] | Underived:
    """The rows for which the condition holds."""
    found: list[FigureRow] = []
    for row in rows:
        holds = _in_row(spec.node.where, row, values) if spec.node.where is not None else True
        if isinstance(holds, Underived):
            return holds
        if is_true(holds):
            found.append(row)
    return found


def value_in_row(spec: RowTotal, row: FigureRow, values: Mapping[str, Figure]) -> Value:
    """What a row adds to the total."""
    if spec.node.function == "个数" or spec.node.value is None:
        return Interval.exact(1)
    return _in_row(spec.node.value, row, values)


def _over(spec: RowTotal, rows: Rows, values: Mapping[str, Figure]) -> Value:
    found = taken_rows(spec, rows, values)
    if isinstance(found, Underived):
        return found
    return (
        sum_of([value_in_row(spec, row, values) for row in found], spec.name) if found else Interval.exact(0)
    )


def _in_row(node: Node, row: FigureRow, values: Mapping[str, Figure]) -> Value:
    return evaluate(node, lambda name: _value(name, row if name in row else values))


def _value(name: str, values: Mapping[str, Figure]) -> Value:
    figure = values.get(name)
    return figure.value if figure else Underived("missing", (name,))


def sum_of(values: Sequence[Value], name: str) -> Value:
    """Values added up: blank when all are, and what cannot be derived when one cannot."""
    if not values:
        return Underived("missing", (name,))
    for value in values:
        if isinstance(value, Underived):
            return value
    numbers = [value for value in values if isinstance(value, Interval)]
    return reduce(Interval.__add__, numbers) if numbers else None


def groups_of(table: Table, rows: Rows, form: Form, level: int = 0) -> tuple[Group, ...]:
    """The rows by what their first ``group_by`` column says, the form's own groups first, each with its
    totals; within it by the second such column, and so on."""
    column = table.group_by[level]
    members: dict[str, list[FigureRow]] = {group[level]: [] for group in table.groups}
    for row in rows:
        members.setdefault(row[column].text if column in row else "", []).append(row)
    deeper = level + 1 < len(table.group_by)
    inner = {name: groups_of(_within(table, level, name), its, form, level + 1) if deeper else ()
             for name, its in members.items()}  # fmt: skip
    return tuple(
        Group(name, tuple(its), _totals(table, its, form), inner[name]) for name, its in members.items()
    )


def _within(table: Table, level: int, name: str) -> Table:
    """The table with only those official groups that lie within one of a level."""
    return replace(table, groups=tuple(group for group in table.groups if group[level] == name))


def _totals(table: Table, rows: Rows, form: Form) -> FigureRow:
    """The totals of the numeric columns and of the figures of a table over some of its rows."""
    numeric = [column for column in table.columns if column.type in NUMERIC]
    if not rows:
        derived = [spec.name for spec in form.figures if spec.table == table.name]
        return {name: Figure(name, None, "") for name in (*(c.name for c in numeric), *derived)}
    made: dict[str, Figure] = {column.name: total_of_column(column, rows, form) for column in numeric}
    for spec in form.figures:
        if spec.table == table.name:
            made[spec.name] = with_dash(total_of_figure(spec, rows, made))
    return made
