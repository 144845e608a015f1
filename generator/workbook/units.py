"""Units that stand on a sheet beside amounts: a cell that names another unit than the workbook's is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.findings import Finding, finding
from generator.form.records import Field, Sheet
from generator.form.schema import Form
from generator.model import CellRef
from generator.patterns import lazy
from generator.typed import counts_as, half_width
from generator.workbook.grid import Address, Grid, a1, squeeze
from generator.workbook.labels import Layout
from generator.workbook.numeric import money_unit

# “单位：万元” anywhere in a short text; other words of the unit (元/人) make it another one.
_HEADING = lazy(r"单位[:：为]?(?:人民币)?(?P<unit>[十百千万亿]*元|万|亿)(?![\w/／])")
_IN_BRACKETS = lazy(
    r"[(（【\[](?:人民币)?(?P<unit>[十百千万亿]*元)[)）】\]]$"
)  # ends a title: 某某情况（万元）
_LONGEST_HEADING = 30  # signs; a longer text only speaks of units
_AROUND = lazy(r"^[(（【\[]?(?:人民币)?|[)）】\]]$|[(（【].*[)）】]$")
_FOREIGN = ("美元", "港元", "港币", "欧元", "日元", "英镑", "%", "‰")
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
            above = dict(_above_columns(sheet, grid, layout))
            for address, unit in sorted((dict(_headings(grid, layout)) | above).items()):
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
                if found and field.type == "amount" and (unit := _money(found[1])):
                    yield field, CellRef(sheet.name, a1(found[0])), unit


def _money(text: str) -> str:
    """The unit of money that a cell names for amounts, be it in brackets or one that no amount may have."""
    plain = _AROUND.sub("", text)
    typed = half_width(plain).lower()
    if typed in _FOREIGN or typed in ("w", "w元"):
        return plain
    several = typed.strip(_MULTIPLES) == "元" and typed not in ("元", "万元")
    return money_unit(plain) or (plain if several else "")


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
        # 万人次 for 人, too: whatever is counted, it is counted by the ten thousand
        multiple = typed[:1] in _MULTIPLES and own[:1] not in _MULTIPLES
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
                if cell is not None and isinstance(cell.value, str) and (unit := _money(squeeze(cell.value))):
                    yield address, unit


def _headings(grid: Grid, layout: Layout) -> Iterator[tuple[Address, str]]:
    """Cells that say “单位：万元” for a whole sheet, and titles that end with “（万元）”."""
    values = set(layout.fields.values())
    first = min((rows.start - 1 for rows in layout.rows.values()), default=0)
    found = [(a, c.value) for a, c in grid.cells.items() if isinstance(c.value, str) and _says_unit(c.value)]
    for address, value in sorted(found):
        text = squeeze(value)
        if address in values or len(text) > _LONGEST_HEADING or _is_data(address, layout):
            continue
        match = _HEADING.search(text) or (_IN_BRACKETS.search(text) if address[0] < first else None)
        if match is not None and (unit := _money(match["unit"])):
            yield address, unit


def _says_unit(text: str) -> bool:
    """Whether a text can be a heading with a unit at all; most cells are none."""
    return "单位" in text or "元" in text or ("单" in text and "位" in text)


def _is_data(address: Address, layout: Layout) -> bool:
    """Whether a cell is one of a table's rows, where a unit is that of its row."""
    row, column = address
    return any(row in rows and column in layout.columns[name].values() for name, rows in layout.rows.items())
