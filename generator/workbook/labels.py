"""Where things stand on a worksheet: cells are found by label and header, never by address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.catalogue import Severity
from generator.findings import Finding, did_you_mean, finding
from generator.form.records import Field, Matrix, Sheet, Table
from generator.model import CellRef
from generator.workbook.grid import Address, Grid, a1, squeeze

# The label of the greyed totals that our own workbooks show under and beside amounts.
TOTAL = "合计"


@dataclass(slots=True)
class Layout:
    """What was found: label and value cell of each field, and per table its columns and rows.

    ``known`` are all texts that stand on the sheet as labels, headers or titles.
    """

    fields: dict[str, Address] = field(default_factory=dict)
    labels: dict[str, Address] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)  # table → column name → column
    rows: dict[str, range] = field(default_factory=dict)


def locate(sheet: Sheet, grid: Grid) -> tuple[Layout, list[Finding]]:
    """Find every label and header of ``sheet``; what is missing or doubled is a finding."""
    layout, findings = Layout(), []
    texts: dict[str, list[Address]] = {}
    for address, text in grid.texts():
        texts.setdefault(text, []).append(address)
    headers: dict[str, int] = {}
    for table in sheet.tables:
        findings += _locate_table(table, grid, texts, layout, headers)
    for single in sheet.fields:
        place, fault = _find(single.label, grid, texts, sheet, single.required)
        if place is None and single.default:
            # An older workbook has no such choice; a label that was renamed is told all the same.
            fault = [each for each in fault if each.severity is Severity.ERROR]
        if place:
            layout.labels[single.name] = place
            layout.fields[single.name] = grid.right_of(place)
            headers[single.name] = place[0]
        findings += fault
    for matrix in sheet.matrices:
        findings += _locate_matrix(matrix, grid, texts, layout, headers, sheet)
    layout.known = {*_labels(sheet), *(table.title for table in sheet.tables), TOTAL}
    _bound_rows(sheet, grid, texts, layout, headers)
    return layout, findings


def _find(
    label: str, grid: Grid, texts: dict[str, list[Address]], sheet: Sheet, required: bool
) -> tuple[Address | None, list[Finding]]:
    places = texts.get(squeeze(label), [])
    if len(places) == 1:
        return places[0], []
    at = CellRef(grid.name)
    if not places:
        known = {squeeze(each) for each in _labels(sheet)}
        hint = did_you_mean(label, (text for text in texts if text not in known))
        return None, [_missing(label, at, hint, required)]
    cells = "、".join(a1(place) for place in places)
    at = CellRef(grid.name, a1(places[1]))
    return None, [finding("label.doubled", at, label, label=label, count=len(places), cells=cells)]


def _labels(sheet: Sheet) -> Iterable[str]:
    yield from (single.label for single in sheet.fields)
    for table in sheet.tables:
        yield from (column.label for column in table.columns)
    for matrix in sheet.matrices:
        yield from (*matrix.rows, *(label for label, _ in matrix.columns), matrix.name)


def _locate_table(
    table: Table,
    grid: Grid,
    texts: dict[str, list[Address]],
    layout: Layout,
    headers: dict[str, int],
) -> list[Finding]:
    row = _header_row([column.label for column in table.columns], texts)
    if row is None:
        columns = "、".join(column.label for column in table.columns)
        at = CellRef(grid.name)
        return [finding("table.header-missing", at, table.name, table=table.name, columns=columns)]
    headers[table.name] = row
    found: dict[str, int] = {}
    findings = []
    for column in table.columns:
        places = [place for place in texts.get(squeeze(column.label), []) if place[0] == row]
        if places:
            found[column.name] = places[0][1]
        if len(places) != 1:
            findings.append(_column_fault(column, grid, texts, row, places, table))
    layout.columns[table.name] = found
    return findings


def _column_fault(
    column: Field,
    grid: Grid,
    texts: dict[str, list[Address]],
    row: int,
    places: list[Address],
    table: Table,
) -> Finding:
    if places:
        at = CellRef(grid.name, a1(places[1]))
        cells = "、".join(a1(place) for place in places)
        count = len(places)
        return finding("label.doubled", at, column.label, label=column.label, count=count, cells=cells)
    known = {squeeze(each.label) for each in table.columns}
    beside = (text for text, found in texts.items() if any(p[0] == row for p in found) and text not in known)
    hint = did_you_mean(column.label, beside)
    return _missing(column.label, CellRef(grid.name), hint, column.required)


def _missing(label: str, at: CellRef, hint: str, required: bool) -> Finding:
    """A workbook of an older layout may lack an optional label; a renamed one is an error all the same."""
    severity = Severity.ERROR if required or hint else Severity.WARNING
    return finding("label.missing", at, label, severity=severity, label=label, hint=hint)


def _header_row(labels: list[str], texts: dict[str, list[Address]]) -> int | None:
    """The row that holds most of the labels; at least half of them, or it is no header."""
    counts: dict[int, int] = {}
    for label in labels:
        for row in {place[0] for place in texts.get(squeeze(label), [])}:
            counts[row] = counts.get(row, 0) + 1
    best = max(counts, key=lambda row: (counts[row], -row), default=None)
    return best if best is not None and counts[best] * 2 >= len(labels) else None


def _locate_matrix(
    matrix: Matrix,
    grid: Grid,
    texts: dict[str, list[Address]],
    layout: Layout,
    headers: dict[str, int],
    sheet: Sheet,
) -> list[Finding]:
    columns, findings = {}, []
    for label, _ in matrix.columns:
        address, fault = _find(label, grid, texts, sheet, True)
        findings += fault
        if address:
            columns[label] = address[1]
            headers.setdefault(matrix.name, address[0])
    for row in matrix.rows:
        address, fault = _find(row, grid, texts, sheet, True)
        findings += fault
        if address:
            for label, column in columns.items():
                if (row, label) in matrix.cells:
                    layout.fields[matrix.cells[row, label].name] = (address[0], column)
    return findings


def _bound_rows(
    sheet: Sheet,
    grid: Grid,
    texts: dict[str, list[Address]],
    layout: Layout,
    headers: dict[str, int],
) -> None:
    """A table ends where the next block of its sheet begins, or with the sheet."""
    starts = set(headers.values())
    for table in sheet.tables:
        starts |= {place[0] for place in texts.get(squeeze(table.title), [])} if table.title else set()
    for table in sheet.tables:
        if table.name in layout.columns:
            header = headers[table.name]
            end = min((start for start in starts if start > header), default=grid.last_row + 1)
            layout.rows[table.name] = range(header + 1, end)
