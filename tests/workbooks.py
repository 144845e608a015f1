"""Workbooks for tests: copies of the sample, edited through labels as a person would."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from generator import form as forms
from generator.form import Form
from generator.workbook.labels import locate
from generator.workbook.open import open_workbook

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "2020.xlsx"
FORM = forms.load(ROOT / "templates" / "yueyang-2020")


# What the sample itself is warned of: another reading of the official text, and two scores without a goal.
STANDING = {"score.other-reading", "score.no-goal"}


def news(findings) -> list:
    """The findings that the sample does not have."""
    return [each for each in findings if each.code not in STANDING]


class Workbook:
    """The sample, to be changed and saved under another name."""

    def __init__(self, source: Path = SAMPLE, form: Form = FORM) -> None:
        self.form = form
        self.book = openpyxl.load_workbook(source)
        grids, findings = open_workbook(source)
        assert grids is not None, findings
        self.layouts = {s.name: locate(s, grids[s.name])[0] for s in form.sheets if s.name in grids}
        self._grids = grids

    def address(self, name: str) -> tuple[str, tuple[int, int]]:
        """Sheet and address of a field."""
        for sheet, layout in self.layouts.items():
            if name in layout.fields:
                return sheet, layout.fields[name]
        raise KeyError(name)

    def a1(self, name: str) -> str:
        sheet, (row, column) = self.address(name)
        return f"{sheet}!{self.book[sheet].cell(row, column).coordinate}"

    def set(self, **values: object) -> Workbook:
        """Fill in fields; a table's column is set in its first row."""
        for name, value in values.items():
            try:
                sheet, (row, column) = self.address(name)
            except KeyError:
                self.row(self._table_of(name), 0, **{name: value})
            else:
                self.book[sheet].cell(row, column).value = value
        return self

    def _table_of(self, column: str) -> str:
        return next(t.name for t in self.form.tables().values() if column in {c.name for c in t.columns})

    def _table(self, table: str):
        sheet = next(s.name for s in self.form.sheets if table in {t.name for t in s.tables})
        rows = self.layouts[sheet].rows[table]
        if rows.stop == self._grids[sheet].last_row + 1:
            rows = range(rows.start, rows.stop + 500)  # nothing stands below it
        return self.book[sheet], self.layouts[sheet].columns[table], rows

    def rows(self, table: str) -> list[int]:
        """The row numbers that hold data."""
        sheet, columns, rows = self._table(table)
        last = [row for row in rows if any(sheet.cell(row, c).value is not None for c in columns.values())]
        return list(range(rows.start, last[-1] + 1)) if last else []

    def row(self, table: str, index: int, **values: object) -> Workbook:
        """Change cells of the row number ``index`` (from 0) of a table."""
        sheet, columns, rows = self._table(table)
        for name, value in values.items():
            sheet.cell(rows.start + index, columns[name]).value = value
        return self

    def cell(self, table: str, index: int, column: str) -> str:
        sheet, columns, rows = self._table(table)
        return f"{sheet.title}!{sheet.cell(rows.start + index, columns[column]).coordinate}"

    def find_row(self, table: str, column: str, text: str) -> int:
        """The index of the row whose ``column`` says ``text``."""
        sheet, columns, rows = self._table(table)
        return next(r - rows.start for r in rows if sheet.cell(r, columns[column]).value == text)

    def fill(self, table: str, *rows: dict[str, object]) -> Workbook:
        """Replace all rows of a table; what follows it on its sheet moves down as far as needed."""
        sheet, columns, span = self._table(table)
        for area in list(sheet.merged_cells.ranges):
            if area.min_row >= span.start and area.max_row < span.stop:
                sheet.unmerge_cells(str(area))
        for row in span:
            for column in columns.values():
                sheet.cell(row, column).value = None
        if len(rows) > len(span):
            more = len(rows) - len(span) + 1
            areas = [str(a) for a in sheet.merged_cells.ranges if a.min_row >= span.stop]
            for area in areas:
                sheet.unmerge_cells(area)
            sheet.insert_rows(span.stop, more)
        for number, values in enumerate(rows):
            for name, value in values.items():
                sheet.cell(span.start + number, columns[name]).value = value
        return self

    def save(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path
