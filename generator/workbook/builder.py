"""Lays out one sheet of a workbook: fields, matrices and tables from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from generator.form.records import NUMERIC, Field, FigureSpec, Sheet, Table
from generator.form.schema import Form
from generator.model import Carry
from generator.notation import to_excel
from generator.workbook import style
from generator.workbook.matrix import write_matrix
from generator.workbook.page import LABEL, MARK, NOTE, UNIT, VALUE, Page, set_up

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FIRST = 4  # the first row below title, note and column titles
_SPARE_ROWS = {"long-text": 12, "amount": 6}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
CarriedRow = Mapping[str, str | Decimal]
# Writes the rows of the scoring table, which differ from those of any other table.
WriteScores = Callable[["Builder", Table, Sequence[CarriedRow]], None]


class Builder:
    """One sheet; ``cells``, ``columns`` and ``required`` say afterwards where everything stands."""

    def __init__(
        self,
        form: Form,
        sheet: Sheet,
        page: Worksheet,
        year: int,
        carry: Carry | None,
        write_scores: WriteScores,
    ) -> None:
        self.form, self.sheet, self.page, self.year, self.carry = form, sheet, page, year, carry
        self.write_scores = write_scores
        self.row = FIRST
        self.widths: dict[int, float] = {MARK: 3.0}
        self.cells: dict[str, str] = {}  # field → A1
        self.columns: dict[str, str] = {}  # column of a table → A1:A9
        self.required: list[str] = []  # A1 of every single cell that must be filled in
        self.tables: dict[str, str] = {}  # table that must have a row → A1:A9 of a required column
        # names of rows and what must stand beside each: two columns of one height, A1:A9
        self.pairs: list[tuple[str, str]] = []
        self._validations: dict[tuple[str, ...], DataValidation] = {}
        self._header = 0
        self.printed = 0  # the last column that is printed, when not all are

    def build(self) -> None:
        """All blocks of the sheet; the heading waits for their widths."""
        if self.sheet.fields:
            self._field_titles()
        for field in self.sheet.fields:
            self._field(field)
        for matrix in self.sheet.matrices:
            self.row += 1
            write_matrix(self, matrix)
        for table in self.sheet.tables:
            self.row += 1 if self.row > FIRST else 0
            self._table(table)

    def cell(self, row: int, column: int, value: str | float | Decimal | None = None) -> Cell:
        """The cell, filled in if there is a value."""
        return self.page.cell(row, column, value)

    def merge(self, first: int, last: int, column: int) -> None:
        """Merge the cells of a column from one row to another; the first one keeps its value."""
        if last > first:
            for row in range(first + 1, last + 1):
                self.cell(row, column).value = None
            self.page.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)

    def set_up(self) -> None:
        """Heading, widths, printing and protection, once everything stands."""
        single = bool(self.sheet.fields)
        note = self.sheet.note + ("＊为必填。" if self.required or self.tables else "")
        set_up(
            self.page,
            Page(
                title=self.sheet.name,
                note=note,
                widths=self.widths,
                first=LABEL,
                printed=self.printed or max(self.widths),
                header=FIRST - 1 if single else self._header,
                freeze=single or len(self.sheet.tables) == 1,
                last_row=self.row,
            ),
        )

    def _field_titles(self) -> None:
        titles = {LABEL: "栏目", VALUE: "填写内容", UNIT: "单位", NOTE: "说明"}
        for column, text in titles.items():
            style.label(self.cell(FIRST - 1, column, text), centred=True)
        long = any(field.type == "long-text" for field in self.sheet.fields)
        self.widths |= {LABEL: 30.0, VALUE: 78.0 if long else 26.0, UNIT: 7.0, NOTE: 30.0 if long else 56.0}

    def _field(self, field: Field) -> None:
        row = self.row
        label = self.cell(row, LABEL, field.label)
        style.label(label)
        self._explain(label, field.name)
        self.mark(field, row, VALUE)
        style.aside(self.cell(row, UNIT, self._unit(field)))
        style.aside(self.cell(row, NOTE, field.note or None))
        value = self.entry(row, VALUE, field)
        given = self.given(field)
        value.value = given
        self._flag(value, given)
        self.cells[field.name] = f"{get_column_letter(VALUE)}{row}"
        needed = style.height(field.note, self.widths[NOTE])
        if field.type == "long-text":
            needed = max(90.0, style.points(str(given or ""), self.widths[VALUE]))
        self._stretch(needed)

    def _stretch(self, needed: float) -> None:
        """Give the current row its height; what Excel does not allow one row goes over several, merged."""
        count = int(needed // style.MAX_ROW_HEIGHT) + 1
        for row in range(self.row, self.row + count):
            self.page.row_dimensions[row].height = needed / count
        if count > 1:
            for column in (MARK, LABEL, VALUE, UNIT, NOTE):
                self.merge(self.row, self.row + count - 1, column)
        self.row += count

    def given(self, field: Field) -> str | float | Decimal | None:
        """What is filled in beforehand: the year, the form, and what is carried over."""
        if field.name == self.form.year_field:
            return self.year
        if self.carry is not None and field.name in self.carry.fields:
            return self.carry.fields[field.name]
        if field.name == self.form.unit_field:
            return field.choices[0]
        if field.default:
            return field.default
        return self.form.id if field.sample == self.form.id else None

    def _flag(self, cell: Cell, given: object) -> None:
        """A carried text that names an old year wants another look."""
        if self.carry is None or not isinstance(given, str):
            return
        years = dict.fromkeys(match[1] for match in _YEAR.finditer(given) if int(match[1]) <= self.carry.year)
        if years:
            text = f"这段文字转自{self.carry.year}年度工作簿，提到{'、'.join(years)}年，请核对。"
            cell.comment = Comment(text, self.form.issuer, height=60, width=260)

    def _explain(self, label: Cell, name: str) -> None:
        """Definition and source of the indicators that rest on a field, as a comment."""
        lines = []
        for indicator in self.form.indicators:
            if name in self.form.rests_on(indicator):
                sources = "、".join(self.form.sources[each].number for each in indicator.source)
                definition = f"：{indicator.definition}" if indicator.definition else ""
                lines.append(f"用于“{indicator.level3}”{definition}（依据：{sources}）")
        if lines:
            label.comment = Comment("\n".join(lines), self.form.issuer, height=110, width=340)

    def mark(self, field: Field, row: int, column: int) -> None:
        """Mark a row whose cell must be filled in, and remember the cell."""
        if field.required:
            style.mark(self.cell(row, MARK, "＊"))
            self.required.append(f"{get_column_letter(column)}{row}")

    def _unit(self, field: Field) -> str | None:
        return field.unit or ("%" if field.type == "percent" else None)

    def entry(self, row: int, column: int, field: Field) -> Cell:
        """A cell to fill in, with its drop-down and its note."""
        cell = self.cell(row, column)
        style.entry(cell, field.type)
        options = field.choices or (("是", "否") if field.type == "yes-no" else ())
        if options or field.note:
            self._validation(field, options).add(cell)
        return cell

    def _validation(self, field: Field, options: tuple[str, ...]) -> DataValidation:
        """A drop-down as a short literal list, which WPS accepts; the note appears beside the cell."""
        key = (field.name, *options)
        if key not in self._validations:
            listed = f'"{",".join(options)}"' if options else None
            made = DataValidation(type="list" if options else None, formula1=listed, allow_blank=True)
            made.errorStyle = "warning"
            made.error, made.errorTitle = f"请从下列选项中选：{'、'.join(options)}"[:255], field.label[:32]
            made.showErrorMessage = bool(options)
            if field.note:
                made.promptTitle, made.prompt = field.label[:32], field.note[:255]
                made.showInputMessage = True
            self.page.add_data_validation(made)
            self._validations[key] = made
        return self._validations[key]

    def _table(self, table: Table) -> None:
        if table.title:
            style.label(self.cell(self.row, LABEL, table.title))
            self.row += 1
        self.row += 1  # the marks of required columns stand above the header
        header = self._header = self.row
        letters = {c.name: get_column_letter(LABEL + n) for n, c in enumerate(table.columns)}
        for number, column in enumerate(table.columns):
            self._column_header(header, LABEL + number, column)
        extra = self._derived_columns(table, header, LABEL + len(table.columns))
        self.page.row_dimensions[header].height = 34
        self.row = header + 1
        carried = self.carry.tables.get(table.name, ()) if self.carry is not None else ()
        if table.name == self.form.scores.table:
            self.write_scores(self, table, carried)
        else:
            count = max(self._spare_rows(table), len(carried) + 4)
            for number in range(count):
                row = carried[number] if number < len(carried) else {}
                self._table_row(table, letters, extra, row)
        for name, letter in letters.items():
            self.columns[name] = f"{letter}{header + 1}:{letter}{self.row - 1}"
        for place, spec in extra:
            letter = get_column_letter(place)
            self.columns[spec.name] = f"{letter}{header + 1}:{letter}{self.row - 1}"
        if table.min_rows:
            self.tables[table.name] = self.columns[table.columns[0].name]

    def _column_header(self, row: int, place: int, column: Field) -> None:
        cell = self.cell(row, place, column.label)
        style.label(cell, centred=True)
        if column.required and not column.fill_down:
            style.mark(self.cell(row - 1, place, "＊"))
        if column.note:
            cell.comment = Comment(column.note, self.form.issuer, height=60, width=260)
        width = style.WIDTHS.get(column.type, max(16.0, len(column.label) * 2.2 + 2))
        self.widths[place] = max(self.widths.get(place, 0), width)

    def _derived_columns(self, table: Table, header: int, place: int) -> list[tuple[int, FigureSpec]]:
        """Right of the table, greyed: the figures that hold for every row."""
        specs = [spec for spec in self.form.figures if spec.table == table.name]
        for number, spec in enumerate(specs):
            head = self.cell(header, place + number, spec.name)
            style.label(head, centred=True)
            style.grey(head)
            self.widths[place + number] = style.WIDTHS["amount"]
        if specs:
            self.printed = place - 1
        return [(place + number, spec) for number, spec in enumerate(specs)]

    def _spare_rows(self, table: Table) -> int:
        if table.groups:
            return 24
        kinds = [column.type for column in table.columns]
        return next((_SPARE_ROWS[kind] for kind in _SPARE_ROWS if kind in kinds), 40)

    def _table_row(
        self, table: Table, letters: dict[str, str], extra: list[tuple[int, FigureSpec]], given: CarriedRow
    ) -> None:
        row = self.row
        places = {name: f"{letter}{row}" for name, letter in letters.items()}
        for number, column in enumerate(table.columns):
            cell = self.entry(row, LABEL + number, column)
            cell.value = given.get(column.name)
            self._flag(cell, cell.value)
        numeric = [places[column.name] for column in table.columns if column.type in NUMERIC]
        for place, spec in extra:
            places[spec.name] = f"{get_column_letter(place)}{row}"
            formula = to_excel(spec.formula, lambda name: places[name])
            empty = f"COUNT({numeric[0]}:{numeric[-1]})=0"
            style.derived(self.cell(row, place, f'=IF({empty},"",{formula})'))
        long = any(column.type == "long-text" for column in table.columns)
        texts = (str(given.get(column.name, "")) for column in table.columns if column.type == "long-text")
        wide = max((style.height(text, style.WIDTHS["long-text"]) for text in texts), default=20.0)
        self.page.row_dimensions[row].height = max(36.0 if long else 20.0, wide)
        self.row += 1
