"""What was read although nobody may see it: hidden and filtered rows, hidden sheets, cells that are struck
out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.findings import Finding, finding
from generator.form.schema import Form
from generator.model import CellRef, Entry, Intake
from generator.workbook.grid import Address, Grid, a1, column_letters
from generator.workbook.labels import Layout
from generator.workbook.shown import as_shown
from generator.workbook.worksheet import address_of

_MOST = 8  # places that one line names


def unseen(grids: Mapping[str, Grid], intake: Intake) -> list[Finding]:
    """One note per sheet for each way in which a used cell may go unseen."""
    suspect = {name for name, grid in grids.items() if _may_hide(grid)}
    if not suspect:
        return []
    used: dict[str, list[Address]] = {}
    for entry in _entries(intake):
        if entry.at.sheet in suspect and entry.at.cell and entry.typed:
            used.setdefault(entry.at.sheet, []).append(address_of(entry.at.cell))
    findings: list[Finding] = []
    for name, addresses in used.items():
        findings += _of_sheet(grids[name], sorted(set(addresses)))
    return findings


def _may_hide(grid: Grid) -> bool:
    """Whether anything of a sheet goes unseen, used or not."""
    hidden = grid.hidden or grid.hidden_rows or grid.hidden_columns
    return bool(hidden) or any(cell.struck for cell in grid.cells.values())


def _entries(intake: Intake) -> Iterator[Entry]:
    yield from intake.fields.values()
    for rows in intake.tables.values():
        for row in rows:
            yield from row.values()


def _of_sheet(grid: Grid, addresses: list[Address]) -> Iterator[Finding]:
    if grid.hidden:
        yield finding("sheet.hidden", CellRef(grid.name), sheet=grid.name)
    rows = sorted({row for row, _ in addresses if row in grid.hidden_rows})
    if rows:
        places = f"第 {_listed(map(str, rows))} 行"
        yield finding(
            "cells.hidden",
            CellRef(grid.name, a1(next(a for a in addresses if a[0] == rows[0]))),
            places=places,
        )
    columns = sorted({c for r, c in addresses if r not in grid.hidden_rows and grid.is_hidden((r, c))})
    if columns:
        places = f"{_listed(map(column_letters, columns))} 列"
        at = a1(next(a for a in addresses if a[1] == columns[0]))
        yield finding("cells.hidden", CellRef(grid.name, at), places=places)
    struck = [a for a in addresses if (cell := grid.cells.get(a)) is not None and cell.struck]
    if struck:
        yield finding("cells.struck", CellRef(grid.name, a1(struck[0])), places=_listed(map(a1, struck)))


def _listed(places: Iterable[str]) -> str:
    names = list(places)
    return "、".join(names[:_MOST]) + (f" 等 {len(names)} 处" if len(names) > _MOST else "")


def covered(grids: Mapping[str, Grid], form: Form, layouts: Mapping[str, Layout]) -> list[Finding]:
    """Values that lie under a merged cell of the form's sheets: nobody sees them, and they are not read."""
    findings = []
    for sheet in form.sheets:
        grid = grids.get(sheet.name)
        if grid is not None and sheet.name in layouts:
            for address, cell in sorted(grid.covered.items(), key=lambda each: each[0]):
                corners = grid.merged.get(address)
                if corners is not None and cell != grid.cells.get(corners[0]):
                    at = CellRef(grid.name, a1(address))
                    findings.append(finding("cell.covered", at, "", as_shown(cell), first=a1(corners[0])))
    return findings
