"""A workbook's grids and a form → an intake, with a finding for everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.findings import Finding, did_you_mean, finding
from generator.form.records import Sheet, Unit
from generator.form.schema import Form
from generator.model import CellRef, Entry, Intake, Row
from generator.workbook.cells import Reader
from generator.workbook.grid import Grid, a1, squeeze
from generator.workbook.labels import Layout, locate
from generator.workbook.shown import as_shown
from generator.workbook.strays import strays
from generator.workbook.tables import read_table
from generator.workbook.units import check_units
from generator.workbook.unseen import covered, unseen

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
                    return squeeze(as_shown(cell)), CellRef(grid.name, a1(place))
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
                tables[table.name], faults = read_table(table, grid, layout, reader)
                findings += faults
    doubtful = _doubtful(findings, form)
    intake = Intake(form.id, fields, tables, doubtful)
    findings += [*strays(grids, form, layouts), *covered(grids, form, layouts), *unseen(grids, intake)]
    chosen = fields.get(form.unit_field)
    if chosen is not None and isinstance(chosen.value, str):
        findings += check_units(grids, form, layouts, chosen.value)
    return intake, _once(findings)


def _doubtful(findings: Iterable[Finding], form: Form) -> frozenset[str]:
    """The tables with a row of totals or with two rows of one name."""
    totals = [each.field for each in findings if each.code == "row.total"]
    doubled = {each.field for each in findings if each.code == "row.duplicate"}
    return frozenset(
        [*totals, *(name for name, table in form.tables().items() if doubled.intersection(table.key))]
    )


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """The unit of amounts is read before the rest and again with it: its finding counts once."""
    return list(dict.fromkeys(findings))


def _reader(
    grids: Mapping[str, Grid], form: Form, layouts: Mapping[str, Layout]
) -> tuple[Reader, list[Finding]]:
    """The reader with the workbook's unit of amounts; without one, exact 元 until it is mended."""
    prints = {kind: form.formats[name] for kind, name in form.prints.items()}
    plain = Reader(Unit(next(iter(form.units.values())).yuan, exact=True), form.units, prints)
    field = form.fields()[form.unit_field]
    sheet = form.place(field.name)
    address = layouts[sheet].fields.get(field.name) if sheet in layouts else None
    if address is None:
        return plain, []
    entry, faults = plain.read(field, grids[sheet].at(address), CellRef(sheet, a1(address)))
    unit = form.units.get(entry.value) if isinstance(entry.value, str) else None
    return (Reader(unit, form.units, prints) if unit else plain), faults


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
