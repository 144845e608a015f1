"""The order in which figures are derived, and for which table's rows each also holds."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from generator.expression import names, over_rows, row_names
from generator.form.records import NUMERIC, FigureSpec, FormError, Sheet
from generator.form.totals import Kind, with_total


def in_order(
    figures: tuple[FigureSpec, ...], sheets: tuple[Sheet, ...]
) -> tuple[tuple[FigureSpec, ...], list[FormError]]:
    """Operands first, each with its row scope and its way to a total; every cycle, every doubled name and
    every total that may be two things is a fault.

    Of doubled names the first counts; a cycle is cut at one of its figures.
    """
    by_name: dict[str, FigureSpec] = {}
    faults: list[FormError] = []
    for figure in figures:
        if figure.name in by_name:
            faults.append(FormError(f"figures.toml: figure {figure.name}：这个名称用了两次"))
        by_name.setdefault(figure.name, figure)
    order = _sorted(by_name, faults)
    scopes = column_tables(sheets)
    kinds = _column_kinds(sheets)
    made = []
    for name in order:
        scopes[name] = table_of(by_name[name], scopes)
        figure, fault = with_total(replace(by_name[name], table=scopes[name]), kinds)
        made.append(figure)
        faults += [fault] if fault is not None else []
    return tuple(made), faults


def _column_kinds(sheets: tuple[Sheet, ...]) -> dict[str, Kind]:
    columns = (column for sheet in sheets for table in sheet.tables for column in table.columns)
    return {
        column.name: "percent" if column.type == "percent" else "sum"
        for column in columns
        if column.type in NUMERIC
    }


def _sorted(by_name: dict[str, FigureSpec], faults: list[FormError]) -> list[str]:
    graph = {f.name: {n for n in _operands(f) if n in by_name} for f in by_name.values()}
    while True:
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            chain = list(reversed(error.args[1]))
            faults.append(FormError(f"figures.toml：公式互相引用，成了循环：{' → '.join(chain)}"))
            graph[chain[0]].discard(chain[1])


def _operands(figure: FigureSpec) -> set[str]:
    """Every name in the formula, those that are looked up in rows included."""
    inside = (name for node in over_rows(figure.formula) for name in row_names(node))
    return {*names(figure.formula), *inside}


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
