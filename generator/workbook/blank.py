"""A blank workbook made from a form's data alone: labels, cells to fill, drop-downs, live totals."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from generator.form.schema import NUMERIC, Field, FigureSpec, Form, Judged, Matrix, Sheet, Table
from generator.notation import to_excel
from generator.package import parts_of, to_bytes
from generator.workbook import style
from generator.workbook.labels import TOTAL

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MARK, LABEL, VALUE, UNIT, NOTE = 1, 2, 3, 4, 5  # columns of a sheet of single fields
FIRST = 4  # the first row below title, note and column titles
SPARE_ROWS = {"long-text": 12, "amount": 6}
_STAMP = datetime(2021, 1, 1)


def blank(form: Form, year: int) -> bytes:
    """The workbook for ``year``: the same form and year always give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in form.sheets:
        _Builder(form, sheet, book.create_sheet(sheet.name), year).build()
    book.properties.creator = form.issuer
    book.properties.title = f"{form.title}（{year}年度）填报工作簿"
    book.properties.created = _STAMP
    return _stable(book)


def _stable(book: Workbook) -> bytes:
    """Save without the clock: openpyxl stamps the time of saving into the properties and the zip."""
    buffer = BytesIO()
    book.save(buffer)
    parts = parts_of(buffer)
    stamp = f"{_STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts[core])
    return to_bytes(parts)


class _Builder:
    """Lays out one sheet from top to bottom."""

    def __init__(self, form: Form, sheet: Sheet, page: Worksheet, year: int) -> None:
        self.form, self.sheet, self.page, self.year = form, sheet, page, year
        self.row = FIRST
        self.widths: dict[int, float] = {MARK: 3.0}
        self.validations: dict[tuple[str, ...], DataValidation] = {}

    def build(self) -> None:
        """All blocks of the sheet, then what depends on their widths."""
        if self.sheet.fields:
            self._field_titles()
        for field in self.sheet.fields:
            self._field(field)
        for matrix in self.sheet.matrices:
            self.row += 1
            self._matrix(matrix)
        for table in self.sheet.tables:
            self.row += 1 if self.row > FIRST else 0
            self._table(table)
        self._head()
        self._set_up()

    def _cell(self, row: int, column: int, value: str | float | None = None) -> Cell:
        return self.page.cell(row, column, value)

    def _head(self) -> None:
        last = max(self.widths)
        for row, text, paint in ((1, self.sheet.name, style.title), (2, self._sheet_note(), style.note)):
            cell = self._cell(row, LABEL, text)
            paint(cell)
            self.page.merge_cells(start_row=row, end_row=row, start_column=LABEL, end_column=last)
        width = sum(width for column, width in self.widths.items() if column >= LABEL)
        self.page.row_dimensions[1].height = 30
        self.page.row_dimensions[2].height = style.height(self._sheet_note(), width)

    def _sheet_note(self) -> str:
        marked = "＊为必填。" if self.sheet.fields else ""
        return f"{self.sheet.note}{marked}"

    def _set_up(self) -> None:
        page = self.page
        for column, width in self.widths.items():
            page.column_dimensions[get_column_letter(column)].width = width
        page.sheet_view.showGridLines = False
        page.freeze_panes = f"A{FIRST}" if self.sheet.fields else None
        page.page_setup.orientation = "landscape" if sum(self.widths.values()) > 110 else "portrait"
        page.page_setup.paperSize = 9  # A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.print_options.horizontalCentered = True
        if page.oddFooter is not None and page.oddFooter.center is not None:
            page.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
        guard = page.protection
        guard.enable()
        # Whatever does no harm to the labels stays allowed.
        for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort"):
            setattr(guard, allowed, False)

    def _field_titles(self) -> None:
        titles = {LABEL: "栏目", VALUE: "填写内容", UNIT: "单位", NOTE: "说明"}
        for column, text in titles.items():
            style.label(self._cell(FIRST - 1, column, text), centred=True)
        long = any(field.type == "long-text" for field in self.sheet.fields)
        self.widths |= {LABEL: 30.0, VALUE: 78.0 if long else 26.0, UNIT: 7.0, NOTE: 30.0 if long else 56.0}

    def _field(self, field: Field) -> None:
        row = self.row
        style.label(self._cell(row, LABEL, field.label))
        if field.required:
            style.mark(self._cell(row, MARK, "＊"))
        style.aside(self._cell(row, UNIT, self._unit(field)))
        style.aside(self._cell(row, NOTE, field.note or None))
        value = self._entry(row, VALUE, field)
        if field.name == self.form.year_field:
            value.value = self.year
        elif field.name == self.form.unit_field:
            value.value = field.choices[0]
        elif field.sample == self.form.id:
            value.value = self.form.id
        height = 90.0 if field.type == "long-text" else style.height(field.note, self.widths[NOTE])
        self.page.row_dimensions[row].height = height
        self.row += 1

    def _unit(self, field: Field) -> str | None:
        units = {"amount": next(iter(self.form.units)), "percent": "%"}
        return field.unit or units.get(field.type)

    def _entry(self, row: int, column: int, field: Field) -> Cell:
        cell = self._cell(row, column)
        style.entry(cell, field.type)
        options = field.choices or (("是", "否") if field.type == "yes-no" else ())
        if options or field.note:
            self._validation(field, options).add(cell)
        return cell

    def _validation(self, field: Field, options: tuple[str, ...]) -> DataValidation:
        """A drop-down as a short literal list, which WPS accepts; the note appears beside the cell."""
        key = (field.name, *options)
        if key not in self.validations:
            listed = f'"{",".join(options)}"' if options else None
            made = DataValidation(type="list" if options else None, formula1=listed, allow_blank=True)
            made.errorStyle = "warning"
            made.error, made.errorTitle = f"请从下列选项中选：{'、'.join(options)}", field.label[:32]
            made.showErrorMessage = bool(options)
            if field.note:
                made.promptTitle, made.prompt = field.label[:32], field.note[:255]
                made.showInputMessage = True
            self.page.add_data_validation(made)
            self.validations[key] = made
        return self.validations[key]

    def _matrix(self, matrix: Matrix) -> None:
        header = self.row
        style.label(self._cell(header, LABEL, matrix.name), centred=True)
        self.widths.setdefault(LABEL, 30.0)
        columns = {label: VALUE + number for number, (label, _) in enumerate(matrix.columns)}
        total = VALUE + len(columns)
        for label, column in columns.items():
            style.label(self._cell(header, column, label), centred=True)
            self.widths[column] = max(self.widths.get(column, 0), 17.0)
        style.label(self._cell(header, total, TOTAL), centred=True)
        self.widths[total] = max(self.widths.get(total, 0), 17.0)
        for number, row_label in enumerate(matrix.rows, 1):
            row = header + number
            style.label(self._cell(row, LABEL, row_label))
            for label, column in columns.items():
                field = matrix.cells[row_label, label]
                self._entry(row, column, field)
                if field.required:
                    style.mark(self._cell(row, MARK, "＊"))
            first, last = get_column_letter(VALUE), get_column_letter(total - 1)
            style.derived(self._cell(row, total, f"=SUM({first}{row}:{last}{row})"))
        self.row = header + len(matrix.rows) + 1
        self._column_sums(header + 1, self.row - 1, range(VALUE, total + 1))

    def _column_sums(self, first: int, last: int, columns: range) -> None:
        """A greyed row of totals under a block of amounts."""
        style.label(self._cell(self.row, LABEL, TOTAL))
        for column in columns:
            letter = get_column_letter(column)
            style.derived(self._cell(self.row, column, f"=SUM({letter}{first}:{letter}{last})"))
        self.row += 1

    def _table(self, table: Table) -> None:
        if table.title:
            cell = self._cell(self.row, LABEL, table.title)
            style.label(cell)
            self.row += 1
        self.row += 1  # the marks of required columns stand above the header
        header = self.row
        letters = {}
        for number, column in enumerate(table.columns):
            place = LABEL + number
            letters[column.name] = get_column_letter(place)
            self._header(header, place, column)
        extra = self._derived_columns(table, header, LABEL + len(table.columns))
        self.row = header + 1
        if table.name == self.form.scores.table:
            self._official_rows(table)
        else:
            for _ in range(self._spare_rows(table)):
                self._table_row(table, letters, extra)
        self.page.row_dimensions[header].height = 34

    def _header(self, row: int, place: int, column: Field) -> None:
        text = column.label
        cell = self._cell(row, place, text)
        style.label(cell, centred=True)
        if column.required and not column.fill_down:
            style.mark(self._cell(row - 1, place, "＊"))
        if column.note:
            cell.comment = Comment(column.note, self.form.issuer, height=60, width=260)
        width = style.WIDTHS.get(column.type, max(16.0, len(text) * 2.2 + 2))
        self.widths[place] = max(self.widths.get(place, 0), width)

    def _derived_columns(self, table: Table, header: int, place: int) -> list[tuple[int, FigureSpec]]:
        """Right of the table, greyed: the figures that hold for every row."""
        extra: list[tuple[int, FigureSpec]] = []
        for spec in self.form.figures:
            if spec.table == table.name:
                style.derived(self._cell(header, place + len(extra), spec.name), "@")
                self.widths[place + len(extra)] = 17.0
                extra.append((place + len(extra), spec))
        return extra

    def _spare_rows(self, table: Table) -> int:
        if table.groups:
            return 24
        kinds = [column.type for column in table.columns]
        return next((SPARE_ROWS[kind] for kind in SPARE_ROWS if kind in kinds), 20)

    def _table_row(self, table: Table, letters: dict[str, str], extra: list[tuple[int, FigureSpec]]) -> None:
        row = self.row
        places = {name: f"{letter}{row}" for name, letter in letters.items()}
        for number, column in enumerate(table.columns):
            self._entry(row, LABEL + number, column)
        numeric = [places[column.name] for column in table.columns if column.type in NUMERIC]
        for place, spec in extra:
            places[spec.name] = f"{get_column_letter(place)}{row}"
            formula = to_excel(spec.formula, lambda name: places[name])
            empty = f"COUNT({numeric[0]}:{numeric[-1]})=0"
            style.derived(self._cell(row, place, f'=IF({empty},"",{formula})'))
        long = any(column.type == "long-text" for column in table.columns)
        self.page.row_dimensions[row].height = 36 if long else 20
        self.row += 1

    def _official_rows(self, table: Table) -> None:
        """The scoring table with the official indicators; only judged rows take a score."""
        columns = self.form.scores
        places = {column.name: LABEL + number for number, column in enumerate(table.columns)}
        first = self.row
        for indicator in self.form.indicators:
            own = indicator.level1 in self.form.open_levels
            judged = isinstance(indicator.rule, Judged)
            texts: dict[str, str | float] = {
                columns.level1: indicator.level1,
                columns.level2: indicator.level2,
                columns.level3: indicator.level3,
                columns.standard: indicator.standard,
                columns.points: float(indicator.points),
            }
            for column in table.columns:
                cell = self._cell(self.row, places[column.name], texts.get(column.name))
                free = own or column.name == columns.remark
                if column.name == columns.score:
                    free = judged
                if free:
                    style.entry(cell, column.type)
                elif column.name == columns.score:
                    style.derived(cell, "0.##")
                else:
                    style.aside(cell)
            standard = style.height(indicator.standard, style.WIDTHS["long-text"], 30)
            self.page.row_dimensions[self.row].height = standard
            self.row += 1
        for name in (columns.level1, columns.level2):
            self._merge_equal(first, places[name])
        self._merge_shared(first, places)
        for _ in range(6):
            for column in table.columns:
                style.entry(self._cell(self.row, places[column.name]), column.type)
            self.row += 1

    def _merge_equal(self, first: int, place: int) -> None:
        """Merge the cells of equal texts in one column of the official rows."""
        start = first
        for row in range(first, first + len(self.form.indicators) + 1):
            if self._cell(row, place).value != self._cell(start, place).value:
                self._merge(start, row - 1, place)
                start = row

    def _merge_shared(self, first: int, places: dict[str, int]) -> None:
        """One points cell, with the sum, for the indicators that share it."""
        groups: dict[str, list[int]] = {}
        for number, indicator in enumerate(self.form.indicators):
            if indicator.shared:
                groups.setdefault(indicator.shared, []).append(number)
        for numbers in groups.values():
            place = places[self.form.scores.points]
            top = self._cell(first + numbers[0], place)
            top.value = float(sum(self.form.indicators[number].points for number in numbers))
            self._merge(first + numbers[0], first + numbers[-1], place)
        start = first
        standard = places[self.form.scores.standard]
        texts = [indicator.standard for indicator in self.form.indicators] + [""]
        for number, text in enumerate(texts):
            if text != texts[start - first]:
                self._merge(start, first + number - 1, standard)
                if first + number - 1 > start:
                    self._share_height(start, first + number - 1, texts[start - first])
                start = first + number

    def _share_height(self, first: int, last: int, text: str) -> None:
        whole = style.height(text, style.WIDTHS["long-text"])
        for row in range(first, last + 1):
            self.page.row_dimensions[row].height = max(30.0, whole / (last - first + 1))

    def _merge(self, first: int, last: int, place: int) -> None:
        if last > first:
            for row in range(first + 1, last + 1):
                self._cell(row, place).value = None
            self.page.merge_cells(start_row=first, end_row=last, start_column=place, end_column=place)
