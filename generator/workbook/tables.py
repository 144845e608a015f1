"""The rows of one table, read under its header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.findings import Finding, finding
from generator.form.records import Table
from generator.model import CellRef, Entry, Row
from generator.workbook.cells import Reader
from generator.workbook.grid import Cell, Grid, a1, squeeze
from generator.workbook.labels import Layout
from generator.workbook.rows import leftmost, not_data, only_named, sums_of_others, total_finding

MAX_ROWS = 3_000  # of one table; forms have some dozens


@dataclass(frozen=True, slots=True)
class _ReadRow:
    """A row with the findings of its cells."""

    row: Row
    findings: list[Finding]


def read_table(
    table: Table, grid: Grid, layout: Layout, reader: Reader
) -> tuple[tuple[Row, ...], list[Finding]]:
    """All rows of data; a row that is a total or a note is one finding, and no row."""
    columns = layout.columns.get(table.name)
    if columns is None:
        return (), []
    findings: list[Finding] = []
    read: list[_ReadRow] = []
    span = layout.rows[table.name]
    count = len({row for row, column in grid.cells if row in span and column in columns.values()})
    if count > MAX_ROWS:
        at = CellRef(grid.name, a1((span.start, min(columns.values()))))
        return (), [finding("table.too-many-rows", at, table.name, table=table.name, count=count)]
    for number, cells, fault in _filled_rows(table, grid, columns, span):
        if fault is not None:
            findings.append(fault)
        else:
            read.append(_read_row(table, grid, columns, number, cells, reader))
    for index in sums_of_others(table, [each.row for each in read]):
        findings.append(total_finding(table, read.pop(index).row))
    rows = tuple(each.row for each in read)
    for each in read:
        findings += each.findings
    if len(rows) < table.min_rows:
        fault = finding("table.empty", CellRef(grid.name), table.name, table=table.name, count=table.min_rows)
        findings.append(fault)
    return rows, findings + _duplicates(table, rows)


def _filled_rows(
    table: Table, grid: Grid, columns: Mapping[str, int], span: range
) -> Iterator[tuple[int, dict[str, Cell], Finding | None]]:
    """The number and cells of every row that holds anything, or the finding for one that is no data."""
    above: dict[str, Cell] = {}
    falling = {column.name for column in table.columns if column.fill_down}
    last = span.start - 1
    for number in sorted({row for row, _ in grid.cells if row in span}):
        cells = _row_cells(grid, columns, number)
        if not cells:
            continue
        gap, last = number > last + 1, number
        fault = not_data(table, cells, number, gap, grid.name, leftmost(columns, cells))
        if fault is not None:
            yield number, cells, fault
            continue
        above.update({name: cell for name, cell in cells.items() if name in falling})
        if cells.keys() - falling:
            cells.update({name: above.get(name) or Cell("") for name in columns if name in falling})
            yield number, cells, None


def _row_cells(grid: Grid, columns: Mapping[str, int], row: int) -> dict[str, Cell]:
    """The filled cells of a table row; a merged area counts in its first row only."""
    found = {name: grid.cells.get((row, column)) for name, column in columns.items()}
    return {name: cell for name, cell in found.items() if cell is not None}


def _read_row(
    table: Table,
    grid: Grid,
    columns: Mapping[str, int],
    number: int,
    cells: Mapping[str, Cell],
    reader: Reader,
) -> _ReadRow:
    row: dict[str, Entry] = {}
    findings: list[Finding] = []
    for column in table.columns:
        if column.name in columns:
            address = (number, columns[column.name])
            at = CellRef(grid.name, a1(address))
            row[column.name], faults = reader.read(column, cells.get(column.name), at)
            findings += [_merged_cause(each, grid, address) for each in faults]
    lone = only_named(table, row, grid.name)
    return _ReadRow(row, [lone] if lone is not None else findings)


def _merged_cause(fault: Finding, grid: Grid, address: tuple[int, int]) -> Finding:
    """A cell that is blank because it is merged into the one above has that as its cause."""
    corners = grid.merged.get(address)
    if fault.code != "cell.required" or corners is None or corners[0] == address:
        return fault
    return finding("cell.merged-away", fault.at, fault.field, first=a1(corners[0]))


def _duplicates(table: Table, rows: tuple[Row, ...]) -> list[Finding]:
    findings = []
    seen: dict[tuple[str, ...], Entry] = {}
    for row in rows:
        key = tuple(squeeze(row[name].typed) if name in row else "" for name in table.key)
        if not key or not all(key):
            continue
        last = row[table.key[-1]]
        if key in seen:
            other = seen[key].at.cell
            findings.append(finding("row.duplicate", last.at, last.name, last.typed, other=other))
        seen.setdefault(key, last)
    return findings
