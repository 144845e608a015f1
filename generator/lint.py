"""A form folder put to the test: its data, its template, and a report printed from made data."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from generator import form as forms
from generator.document.lint import lint_template
from generator.document.render import render
from generator.findings import Finding, finding, has_errors
from generator.form import Form, FormError
from generator.package import parts_of
from generator.pipeline import examine_grids
from generator.workbook.blank import blank
from generator.workbook.grid import Cell, Grid
from generator.workbook.labels import locate
from generator.workbook.open import read_with_openpyxl


def lint_form(folder: Path) -> tuple[Form | None, list[Finding]]:
    """Everything that is wrong with a form folder; without a readable vocabulary its template is not read."""
    form, faults = forms.faults(folder)
    findings = [finding("form.wrong", why=why) for why in faults]
    if form is None or not form.template.is_file():
        return form, findings
    # A figure whose formula is wrong is no column of its table either: one cause, one finding.
    derived = {spec.name for spec in form.figures} if faults else set()
    findings += [each for each in lint_template(form) if each.value.split(".")[-1] not in derived]
    if not has_errors(findings):
        findings += _trial(form)
    return form, findings


def _trial(form: Form) -> list[Finding]:
    """Print a report of made data: every field's sample in the blank workbook."""
    grids = read_with_openpyxl(parts_of(BytesIO(blank(form, form.year))))
    filled = {name: _filled(form, grid) for name, grid in grids.items()}
    report = examine_grids(form.folder, filled, [], str(form.folder)).report
    if report is None:
        return [finding("template.trial", why="样例数据读不出来")]
    try:
        _, faults = render(report, form)
    except FormError as error:
        return [finding("template.trial", why=str(error))]
    return [finding("template.trial", why=fault.message) for fault in faults]


def _filled(form: Form, grid: Grid) -> Grid:
    sheet = next((each for each in form.sheets if each.name == grid.name), None)
    if sheet is None:
        return grid
    layout, _ = locate(sheet, grid)
    cells = dict(grid.cells)
    fields = {**form.fields(), **{c.name: c for table in sheet.tables for c in table.columns}}
    for name, address in layout.fields.items():
        cells.setdefault(address, Cell(fields[name].sample or _made(fields[name].type)))
    for table, columns in layout.columns.items():
        first = layout.rows[table].start
        if not any((first, column) in cells for column in columns.values()):
            made = {(first, at): Cell(fields[name].sample or "1") for name, at in columns.items()}
            cells.update(made)
    return replace(grid, cells=cells)


def _made(kind: str) -> str:
    return "是" if kind == "yes-no" else "1"
