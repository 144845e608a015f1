"""A matrix in a workbook to fill in: fixed rows and columns of amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from generator.form.records import Added, Matrix
from generator.workbook import style
from generator.workbook.labels import TOTAL
from generator.workbook.page import LABEL, VALUE

if TYPE_CHECKING:
    from generator.workbook.builder import Builder


def write_matrix(builder: Builder, matrix: Matrix) -> None:
    """Header, rows with their notes, and the greyed sums that the form asks for."""
    header = builder.row
    style.label(builder.cell(header, LABEL, matrix.name), centred=True)
    builder.widths.setdefault(LABEL, 30.0)
    columns = {label: VALUE + number for number, (label, _) in enumerate(matrix.columns)}
    total = VALUE + len(columns)
    # A form with a row or a column of totals of its own wants no other beside it.
    beside = {TOTAL: total} if "rows" in matrix.sums and TOTAL not in columns else {}
    for label, column in {**columns, **beside}.items():
        style.label(builder.cell(header, column, label), centred=True)
        builder.widths[column] = max(builder.widths.get(column, 0), 17.0)
    for number, row_label in enumerate(matrix.rows, 1):
        row = header + number
        style.label(builder.cell(row, LABEL, row_label))
        for label, column in columns.items():
            _crossing(builder, matrix, row_label, label, row, column)
        fields = [matrix.cells[row_label, label] for label in columns if (row_label, label) in matrix.cells]
        note = next((field.note for field in fields), "")
        if note:
            place = total + len(beside)
            style.aside(builder.cell(row, place, note))
            builder.widths[place] = max(builder.widths.get(place, 0), min(60.0, 2.2 * len(note) + 2))
        if beside:
            typed = [place for label, place in columns.items() if label not in matrix.added_columns]
            cells = [f"{get_column_letter(place)}{row}" for place in typed]
            style.derived(builder.cell(row, total, f"=SUM({_area(cells, typed)})"))
    for parts in matrix.added.values():
        _sum_of_parts(builder, parts)
    builder.row = header + len(matrix.rows) + 1
    if "columns" in matrix.sums and TOTAL not in matrix.rows:
        own = {*matrix.controls, *matrix.added_rows}
        added = [header + n for n, row in enumerate(matrix.rows, 1) if row not in own]
        _column_sums(builder, added, range(VALUE, total + len(beside)))


def _crossing(builder: Builder, matrix: Matrix, row_label: str, label: str, row: int, column: int) -> None:
    """A cell to fill in, with what is carried over, or the place of a sum."""
    place = f"{get_column_letter(column)}{row}"
    if (row_label, label) in matrix.added:
        builder.cells[matrix.added[row_label, label].name] = place
        return
    field = matrix.cells[row_label, label]
    builder.entry(row, column, field).value = builder.given(field)
    builder.mark(field, row, column)
    builder.cells[field.name] = place


def _sum_of_parts(builder: Builder, added: Added) -> None:
    """A greyed sum of other crossings; they stand somewhere in the same matrix."""
    places = ",".join(builder.cells[part] for part in added.parts)
    cell = builder.page[builder.cells[added.name]]
    cell.value = f'=IF(COUNT({places})=0,"",SUM({places}))'
    style.derived(cell)


def _column_sums(builder: Builder, rows: list[int], columns: range) -> None:
    """A greyed row of totals under a block of amounts."""
    style.label(builder.cell(builder.row, LABEL, TOTAL))
    for column in columns:
        letter = get_column_letter(column)
        area = _area([f"{letter}{row}" for row in rows], rows)
        style.derived(builder.cell(builder.row, column, f"=SUM({area})"))
    builder.row += 1


def _area(cells: Sequence[str], numbers: Sequence[int]) -> str:
    """One area where cells follow each other, which is what a person would write; else cell by cell."""
    whole = list(numbers) == list(range(numbers[0], numbers[-1] + 1)) if numbers else False
    return f"{cells[0]}:{cells[-1]}" if whole else ",".join(cells)
