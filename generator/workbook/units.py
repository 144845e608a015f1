"""Units that stand on a sheet beside amounts: a cell that names another unit than the workbook's is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from generator.findings import Finding, finding
from generator.form.records import Field, Sheet
from generator.form.schema import Form
from generator.model import CellRef
from generator.typed import counts_as, half_width
from generator.workbook.grid import Address, Grid, a1, squeeze
from generator.workbook.labels import Layout
from generator.workbook.numeric import money_unit

_HEADING = re.compile(r"[(（【]?(?:金额|计量|货币)?单位[:：为]?(?:人民币)?(?P<unit>[百千万亿]*元)[)）】]?")
_MULTIPLES = "十百千万亿"


def check_units(
    grids: Mapping[str, Grid], form: Form, layouts: Mapping[str, Layout], chosen: str
) -> list[Finding]:
    """An error for every place that names another unit than the amounts are read in, ``chosen``.

    The unit cells of a workbook that was made for 元 all say 元, whatever is chosen later: only one that
    differs from the others, too, was changed by hand."""
    beside = list(_beside_amounts(grids, form, layouts))
    usual = Counter(unit for _, _, unit in beside).most_common(1)
    layout_unit = usual[0][0] if usual and usual[0][1] > 1 else chosen
    findings = [
        _other_unit(at, field.label, unit, chosen, "旁边的单位栏")
        for field, at, unit in beside
        if unit not in (chosen, layout_unit)
    ]
    for sheet in form.sheets:
        if sheet.name in layouts:
            grid, layout = grids[sheet.name], layouts[sheet.name]
            findings += _of_counts(sheet, grid, layout)
            for address, unit in (*_above_columns(sheet, grid, layout), *_headings(grid)):
                if unit != chosen:
                    findings.append(_other_unit(CellRef(grid.name, a1(address)), "", unit, chosen, "这里"))
    return findings


def _other_unit(at: CellRef, label: str, unit: str, chosen: str, where: str) -> Finding:
    return finding("cell.other-unit", at, label, unit, where=where, unit=unit, chosen=chosen)


def _beside_amounts(
    grids: Mapping[str, Grid], form: Form, layouts: Mapping[str, Layout]
) -> Iterator[tuple[Field, CellRef, str]]:
    """Every amount of its own with the cell right of it and the unit of money that this names."""
    for sheet in form.sheets:
        if sheet.name in layouts:
            for field in sheet.fields:
                found = _unit_cell(field, grids[sheet.name], layouts[sheet.name])
                if found and field.type == "amount" and (unit := money_unit(found[1])):
                    yield field, CellRef(sheet.name, a1(found[0])), unit


def _unit_cell(field: Field, grid: Grid, layout: Layout) -> tuple[Address, str] | None:
    place = layout.fields.get(field.name)
    if place is None:
        return None
    address = grid.right_of(place)
    cell = grid.at(address)
    return (address, squeeze(cell.value)) if cell is not None and isinstance(cell.value, str) else None


def _of_counts(sheet: Sheet, grid: Grid, layout: Layout) -> Iterator[Finding]:
    """Units of other numbers: another word for the same (名 for 人) does no harm, another magnitude does."""
    for field in sheet.fields:
        found = _unit_cell(field, grid, layout)
        own = "%" if field.type == "percent" else field.unit
        if found is None or field.type == "amount" or not own:
            continue
        typed = half_width(found[1])
        if counts_as(typed, own):
            continue
        multiple = typed[:1] in _MULTIPLES and counts_as(typed.lstrip(_MULTIPLES), own)
        if multiple or money_unit(typed) or typed in ("%", "‰"):
            at = CellRef(grid.name, a1(found[0]))
            yield finding("cell.other-count-unit", at, field.label, found[1], unit=found[1], own=own)


def _above_columns(sheet: Sheet, grid: Grid, layout: Layout) -> Iterator[tuple[Address, str]]:
    """Units of money right above the headers of amounts."""
    for table in sheet.tables:
        rows = layout.rows.get(table.name)
        for column in table.columns if rows else ():
            place = layout.columns[table.name].get(column.name)
            if place is not None and rows is not None and column.type == "amount":
                address = (rows.start - 2, place)
                cell = grid.at(address)
                if (
                    cell is not None
                    and isinstance(cell.value, str)
                    and (unit := money_unit(squeeze(cell.value)))
                ):
                    yield address, unit


def _headings(grid: Grid) -> Iterator[tuple[Address, str]]:
    """Cells that say “单位：万元” for a whole sheet."""
    for address, text in grid.texts():
        match = _HEADING.fullmatch(text)
        if match is not None and (unit := money_unit(match["unit"])):
            yield address, unit
