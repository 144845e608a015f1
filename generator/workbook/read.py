"""A workbook's grids and a form → an intake, with a finding for everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.findings import Finding, did_you_mean, finding
from generator.form.records import Sheet, Table, Unit
from generator.form.schema import Form
from generator.model import CellRef, Entry, Intake, Row
from generator.workbook.cells import Reader, as_typed, clean
from generator.workbook.grid import Cell, Grid, a1, squeeze
from generator.workbook.labels import Layout, locate
from generator.workbook.strays import strays

# The one label that the engine itself knows: which form a workbook belongs to. All forms share it.
FORM_LABEL = "表样"


def form_of(grids: Mapping[str, Grid]) -> tuple[str, CellRef] | None:
    """The form id that the workbook names, with its cell."""
    for grid in grids.values():
        for address, text in grid.texts():
            if text == FORM_LABEL:
                place = grid.right_of(address)
                cell = grid.at(place)
                if cell is not None:
                    return clean(as_typed(cell)).strip(), CellRef(grid.name, a1(place))
    return None


def read(grids: Mapping[str, Grid], form: Form) -> tuple[Intake, list[Finding]]:
    """Read every field and table of ``form``."""
    findings: list[Finding] = []
    layouts: dict[str, Layout] = {}
    for sheet in form.sheets:
        if sheet.name in grids:
            layouts[sheet.name], faults = locate(sheet, grids[sheet.name])
            findings += faults
        elif not sheet.optional:
            hint = did_you_mean(sheet.name, (name for name in grids if name not in form.sheet_names))
            findings.append(finding("sheet.missing", CellRef(sheet.name), sheet=sheet.name, hint=hint))
    reader, fault = _reader(grids, form, layouts)
    findings += fault
    fields: dict[str, Entry] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    for sheet in form.sheets:
        layout = layouts.get(sheet.name)
        tables.update({table.name: () for table in sheet.tables})
        if layout is not None:
            grid = grids[sheet.name]
            findings += _read_fields(sheet, grid, layout, reader, fields)
            for table in sheet.tables:
                tables[table.name], faults = _read_table(table, grid, layout, reader)
                findings += faults
    findings += strays(grids, form, layouts)
    return Intake(form.id, fields, tables), _once(findings)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The unit of amounts is read before the rest and again with it: its finding counts once."""
    return list(dict.fromkeys(findings))


def _reader(
    grids: Mapping[str, Grid], form: Form, layouts: Mapping[str, Layout]
) -> tuple[Reader, list[Finding]]:
    """The reader with the workbook's unit of amounts; without one, exact 元 until it is mended."""
    plain = Reader(Unit(next(iter(form.units.values())).yuan, exact=True), form.units)
    field = form.fields()[form.unit_field]
    sheet = form.place(field.name)
    address = layouts[sheet].fields.get(field.name) if sheet in layouts else None
    if address is None:
        return plain, []
    entry, faults = plain.read(field, grids[sheet].at(address), CellRef(sheet, a1(address)))
    unit = form.units.get(entry.value) if isinstance(entry.value, str) else None
    return (Reader(unit, form.units) if unit else plain), faults


def _read_fields(
    sheet: Sheet, grid: Grid, layout: Layout, reader: Reader, fields: dict[str, Entry]
) -> list[Finding]:
    findings = []
    every = [*sheet.fields, *(f for matrix in sheet.matrices for f in matrix.cells.values())]
    for field in every:
        address = layout.fields.get(field.name)
        if address is not None:
            at = CellRef(grid.name, a1(address))
            fields[field.name], faults = reader.read(field, grid.at(address), at)
            findings += faults
    return findings


def _read_table(
    table: Table, grid: Grid, layout: Layout, reader: Reader
) -> tuple[tuple[Row, ...], list[Finding]]:
    columns = layout.columns.get(table.name)
    if columns is None:
        return (), []
    rows: list[Row] = []
    findings: list[Finding] = []
    above: dict[str, Cell] = {}
    falling = {column.name for column in table.columns if column.fill_down}
    span = layout.rows[table.name]
    for number in sorted({row for row, _ in grid.cells if row in span}):
        cells = _row_cells(table, grid, columns, number)
        above.update({name: cell for name, cell in cells.items() if name in falling})
        if not cells.keys() - falling:
            continue
        cells.update({name: above.get(name) or Cell("") for name in columns if name in falling})
        row = {}
        for column in table.columns:
            if column.name in columns:
                at = CellRef(grid.name, a1((number, columns[column.name])))
                row[column.name], faults = reader.read(column, cells.get(column.name), at)
                findings += faults
        rows.append(row)
    if len(rows) < table.min_rows:
        at = CellRef(grid.name)
        fault = finding("table.empty", at, table.name, table=table.name, count=table.min_rows)
        findings.append(fault)
    return tuple(rows), findings + _duplicates(table, rows)


def _row_cells(table: Table, grid: Grid, columns: Mapping[str, int], row: int) -> dict[str, Cell]:
    """The filled cells of a table row; a merged area counts in its first row only."""
    cells = {}
    for name, column in columns.items():
        cell = grid.cells.get((row, column))
        if cell is not None and (cell.uncalculated or str(cell.value).strip()):
            cells[name] = cell
    return cells


def _duplicates(table: Table, rows: list[Row]) -> list[Finding]:
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
