"""The order in which figures are derived, and for which table's rows each also holds."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from generator.expression import names
from generator.form.schema import NUMERIC, FigureSpec, FormError, Sheet


def in_order(figures: tuple[FigureSpec, ...], sheets: tuple[Sheet, ...]) -> tuple[FigureSpec, ...]:
    """Operands first, each with its row scope; a cycle or a doubled name is refused."""
    by_name = {figure.name: figure for figure in figures}
    if len(by_name) < len(figures):
        doubled = next(f.name for f in figures if by_name[f.name] is not f)
        raise FormError(f"figures.toml: figure {doubled}：这个名称用了两次")
    graph = {f.name: [n for n in names(f.formula) if n in by_name] for f in figures}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        chain = " → ".join(reversed(error.args[1]))
        raise FormError(f"figures.toml：公式互相引用，成了循环：{chain}") from error
    scopes = column_tables(sheets)
    made = []
    for name in order:
        scopes[name] = table_of(by_name[name], scopes)
        made.append(replace(by_name[name], table=scopes[name]))
    return tuple(made)


def column_tables(sheets: tuple[Sheet, ...]) -> dict[str, str | None]:
    """The table of every numeric column."""
    return {
        column.name: table.name
        for sheet in sheets
        for table in sheet.tables
        for column in table.columns
        if column.type in NUMERIC
    }


def table_of(figure: FigureSpec, scopes: dict[str, str | None]) -> str | None:
    """The one table whose columns are all that the formula rests on, else None."""
    tables = {scopes.get(name) for name in names(figure.formula)}
    return tables.pop() if len(tables) == 1 else None
