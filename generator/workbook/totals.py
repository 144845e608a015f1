"""What a workbook shows while it is filled in: derived figures in grey, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from generator.amounts import NumberFormat
from generator.expression import names
from generator.form.records import FigureSpec
from generator.form.schema import Form
from generator.notation import to_excel
from generator.workbook import style
from generator.workbook.builder import Builder
from generator.workbook.labels import TOTAL
from generator.workbook.over_rows import Areas, AreasError
from generator.workbook.page import LABEL, NOTE, UNIT, VALUE


def add_totals(builders: Sequence[Builder], form: Form) -> None:
    """Below the fields of a sheet, the figures that rest on them, with live formulas. Never read back."""
    references = _references(builders, form)
    for builder in builders:
        taken = _labels(builder)
        specs = [spec for spec in form.figures if _stands_below(spec, builder) and spec.name not in taken]
        if not specs:
            continue
        builder.row += 1
        style.note(builder.cell(builder.row, LABEL, "以下由工具计算，仅供核对，不用填"))
        builder.row += 1
        for spec in specs:
            if spec.name in references:
                _total(builder, spec, references)


def _stands_below(spec: FigureSpec, builder: Builder) -> bool:
    """Whether the figure's first operand stands on this sheet: a single field, else a table that it takes the
    rows of. What has a place of its own on a sheet needs no other."""
    form = builder.form
    if spec.table is not None or spec.of_matrix:
        return False
    every = {f.name for sheet in form.sheets for f in sheet.fields} | set(form.fields())
    every |= {each.name for each in form.figures if each.of_matrix}
    singles = [name for name in names(spec.formula) if name in every]
    if singles:
        return singles[0] in builder.cells
    tables = [form.row_totals[name].table for name in names(spec.formula) if name in form.row_totals]
    return bool(tables) and any(table.name == tables[0] for table in builder.sheet.tables)


def _labels(builder: Builder) -> set[str]:
    sheet = builder.sheet
    labels = {field.label for field in sheet.fields} | {TOTAL}
    return labels | {row for matrix in sheet.matrices for row in matrix.rows}


def _total(builder: Builder, spec: FigureSpec, references: dict[str, str]) -> None:
    row = builder.row
    style.derived(builder.cell(row, LABEL, spec.name), "@")
    formula = references[spec.name]
    style.derived(builder.cell(row, VALUE, f'=IFERROR({formula},"")'), _number_format(spec.format))
    for column, text in ((UNIT, None), (NOTE, spec.note or None)):
        if column in builder.widths:
            style.aside(builder.cell(row, column, text))
    builder.page.row_dimensions[row].height = style.height(spec.note, builder.widths.get(NOTE, 40.0))
    builder.row += 1


def _number_format(chosen: NumberFormat) -> str:
    if chosen.unit == "%":
        return "0." + "0" * chosen.places + "%"
    return "0" if chosen.places == 0 else style.FORMATS["amount"]


def _references(builders: Sequence[Builder], form: Form) -> dict[str, str]:
    """A spreadsheet expression for every name: a cell, the sum of a column, or a formula over those.

    What no single formula can say has none, nor has what rests on it.
    """
    found: dict[str, str] = {}
    cells: dict[str, str] = {}
    areas: dict[str, str] = {}
    for builder in builders:
        sheet = f"'{builder.sheet.name}'!"
        answers = {field.name for field in builder.sheet.fields if field.type == "yes-no"}
        cells.update({name: sheet + cell for name, cell in builder.cells.items()})
        for name, cell in builder.cells.items():
            found[name] = f'({sheet}{cell}="是")' if name in answers else sheet + cell
        areas.update({name: sheet + area for name, area in builder.columns.items()})
    found.update({name: f"SUM({area})" for name, area in areas.items()})
    rows = Areas(areas.__getitem__, _answers(form), blank_is_text=False)
    for name, total in form.row_totals.items():
        columns = form.tables()[total.table].columns
        first = next((column for column in columns if column.required), columns[0])
        with suppress(AreasError):
            found[name] = rows.total(total.node, areas.get(first.name, ""))

    def filled(name: str) -> str:
        return f'({cells.get(name) or found[name]}<>"")'

    for spec in form.figures:
        if spec.total == "sum" or any(form.kinds[name].kind == "date" for name in names(spec.formula)):
            continue  # the sum of its column; a date is typed in too many ways to be compared
        with suppress(KeyError):
            found[spec.name] = to_excel(spec.formula, found.__getitem__, filled=filled)
    return found


def _answers(form: Form) -> frozenset[str]:
    columns = (column for table in form.tables().values() for column in table.columns)
    return frozenset(column.name for column in columns if column.type == "yes-no")


def name_units(builders: Sequence[Builder], form: Form) -> None:
    """Beside every amount the unit that is chosen, as a formula: choosing another one changes all of them."""
    home = next(each for each in builders if form.unit_field in each.cells)
    chosen = f"'{home.sheet.name}'!{home.cells[form.unit_field]}"
    for builder in builders:
        for field in builder.sheet.fields:
            if field.type == "amount":
                cell = builder.page[builder.cells[field.name]].offset(column=UNIT - VALUE)
                cell.value = f'=IF({chosen}="","{next(iter(form.units))}",{chosen})'


def add_progress(builders: Sequence[Builder]) -> None:
    """On the first sheet: how many required cells of each sheet are still blank."""
    first = builders[0]
    first.row += 1
    style.label(first.cell(first.row, LABEL, "还没有填的必填项"))
    style.label(first.cell(first.row, VALUE, "个数"), centred=True)
    first.row += 1
    start = first.row
    for builder in builders:
        sheet = f"'{builder.sheet.name}'!"
        parts = [f"COUNTBLANK({sheet}{cell})" for cell in builder.required]
        parts += [f"(COUNTA({sheet}{area})=0)" for area in builder.tables.values()]
        parts += [f'SUMPRODUCT(({sheet}{a}<>"")*({sheet}{b}=""))' for a, b in builder.pairs]
        if parts and builder is not first:
            style.aside(first.cell(first.row, LABEL, builder.sheet.name))
            style.derived(first.cell(first.row, VALUE, f"={'+'.join(parts)}"), "0")
            first.row += 1
    style.label(first.cell(first.row, LABEL, TOTAL))
    style.derived(first.cell(first.row, VALUE, f"=SUM(C{start}:C{first.row - 1})"), "0")
    first.row += 2
    style.note(first.cell(first.row, LABEL, "浅黄色的格子请填写，灰色的格子自动计算、不用填。"))
    first.row += 1
