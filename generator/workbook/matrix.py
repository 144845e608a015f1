"""A matrix in a workbook to fill in: fixed rows and columns of amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from generator.form.records import Matrix
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
    beside = {TOTAL: total} if "rows" in matrix.sums else {}
    for label, column in {**columns, **beside}.items():
        style.label(builder.cell(header, column, label), centred=True)
        builder.widths[column] = max(builder.widths.get(column, 0), 17.0)
    for number, row_label in enumerate(matrix.rows, 1):
        row = header + number
        style.label(builder.cell(row, LABEL, row_label))
        for label, column in columns.items():
            field = matrix.cells[row_label, label]
            builder.entry(row, column, field)
            builder.mark(field, row, column)
            builder.cells[field.name] = f"{get_column_letter(column)}{row}"
        note = next(iter(matrix.cells[row_label, label].note for label in columns), "")
        if note:
            place = total + len(beside)
            style.aside(builder.cell(row, place, note))
            builder.widths[place] = max(builder.widths.get(place, 0), min(60.0, 2.2 * len(note) + 2))
        if beside:
            first, last = get_column_letter(VALUE), get_column_letter(total - 1)
            style.derived(builder.cell(row, total, f"=SUM({first}{row}:{last}{row})"))
    builder.row = header + len(matrix.rows) + 1
    if "columns" in matrix.sums:
        added = [header + n for n, row in enumerate(matrix.rows, 1) if row not in matrix.controls]
        _column_sums(builder, added, range(VALUE, total + len(beside)))


def _column_sums(builder: Builder, rows: list[int], columns: range) -> None:
    """A greyed row of totals under a block of amounts."""
    style.label(builder.cell(builder.row, LABEL, TOTAL))
    for column in columns:
        letter = get_column_letter(column)
        # One area where the rows follow each other, which is what a person would write.
        whole = rows == list(range(rows[0], rows[-1] + 1))
        area = f"{letter}{rows[0]}:{letter}{rows[-1]}" if whole else ",".join(f"{letter}{n}" for n in rows)
        style.derived(builder.cell(builder.row, column, f"=SUM({area})"))
    builder.row += 1
