"""What the form does not know: foreign sheets, unknown labels, values that no column holds."""

from __future__ import annotations

from collections.abc import Mapping

from generator.findings import Finding, closest, did_you_mean, finding
from generator.form.records import Sheet, Table
from generator.form.schema import Form
from generator.model import CellRef
from generator.workbook.grid import Address, Grid, a1, squeeze
from generator.workbook.labels import Layout
from generator.workbook.shown import as_shown

# What marks a row as required, in our own workbooks.
_MARKS = ("＊", "*")


def strays(grids: Mapping[str, Grid], form: Form, layouts: Mapping[str, Layout]) -> list[Finding]:
    """Warnings about everything filled in that nobody reads.

    What looks like a missing label, column or sheet under another name is left out: the finding about
    the missing one names it already, and one cause is one finding.
    """
    missing = [sheet.name for sheet in form.sheets if sheet.name not in grids]
    findings = []
    for name in grids:
        if name not in form.sheet_names and not closest(name, missing):
            findings.append(finding("sheet.unknown", CellRef(name), sheet=name))
    for sheet in form.sheets:
        if sheet.name in layouts:
            layout, grid = layouts[sheet.name], grids[sheet.name]
            findings += _unknown_labels(sheet, grid, layout)
            findings += _misplaced(sheet, grid, layout)
            for table in sheet.tables:
                findings += _beside(table, grid, layout, form)
    return findings


def _unknown_labels(sheet: Sheet, grid: Grid, layout: Layout) -> list[Finding]:
    """Texts in the column of the labels, between the labels, with something filled in at their right."""
    single = {field.name: field.label for field in sheet.fields}
    labels = {name: layout.labels[name] for name in single if name in layout.labels}
    if len(labels) < 2:
        return []
    columns = [column for _, column in labels.values()]
    column = max(set(columns), key=columns.count)
    rows = [row for row, _ in labels.values()]
    taken = set(layout.labels.values()) | set(layout.fields.values())
    known = {squeeze(label) for label in layout.known}
    absent = [label for name, label in single.items() if name not in layout.labels]
    findings = []
    for row in range(min(rows), max(rows) + 1):
        here = (row, column)
        cell, value = grid.cells.get(here), grid.at(grid.right_of(here))
        if cell is None or value is None or here in taken or squeeze(str(cell.value)) in known:
            continue
        label, at = str(cell.value).strip(), CellRef(grid.name, a1(here))
        if not closest(label, absent):
            hint = did_you_mean(label, single.values())
            findings.append(finding("label.unknown", at, "", as_shown(value), label=label, hint=hint))
    return findings


def _misplaced(sheet: Sheet, grid: Grid, layout: Layout) -> list[Finding]:
    """Numbers in the row of a field that may be blank and is, beside the cell that is read."""
    findings = []
    for field in sheet.fields:
        place, label = layout.fields.get(field.name), layout.labels.get(field.name)
        if field.required or place is None or label is None or grid.at(place) is not None:
            continue
        for address in sorted(each for each in grid.cells if each[0] == label[0]):
            cell = grid.cells[address]
            if cell.number is not None and address not in layout.fields.values():
                at, to = CellRef(grid.name, a1(address)), a1(place)
                value = as_shown(cell)
                findings.append(finding("cell.misplaced", at, field.label, value, label=field.label, cell=to))
                break
    return findings


def _beside(table: Table, grid: Grid, layout: Layout, form: Form) -> list[Finding]:
    """Filled cells in the rows of a table, outside its columns and the derived ones we put there."""
    columns, rows = layout.columns.get(table.name), layout.rows.get(table.name)
    if not columns or not rows or len(columns) < len(table.columns):
        return []
    header = rows.start - 1
    ours = {spec.name for spec in form.figures}
    read = set(columns.values())
    filled = {row for row, column in grid.cells if row in rows and column in read}
    strange: dict[int, Address] = {}  # the first such cell of each row speaks for all of them
    for row, column in sorted(grid.cells):
        if row in strange or row not in filled or column in read:
            continue
        cell = grid.cells[row, column]
        if _is_ours(grid, (header, column), ours) or cell.value in _MARKS or cell.uncalculated:
            continue  # a formula that shows nothing yet is one of ours in a workbook that nobody opened
        if _merged_into(grid, (row, column), read):
            continue
        strange[row] = (row, column)
    findings = []
    for place in strange.values():
        at, value = CellRef(grid.name, a1(place)), as_shown(grid.cells[place])
        findings.append(finding("cell.unread", at, "", value, table=table.name))
    return findings


def _is_ours(grid: Grid, header: Address, names: set[str]) -> bool:
    """Whether a column shows a derived figure, greyed and with a live formula."""
    cell = grid.cells.get(header)
    return cell is not None and squeeze(str(cell.value)) in names


def _merged_into(grid: Grid, address: Address, columns: set[int]) -> bool:
    corners = grid.merged.get(address)
    return corners is not None and any(corners[0][1] <= column <= corners[1][1] for column in columns)
