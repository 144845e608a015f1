"""The first sheet: every number and choice that was typed, with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook

from generator.amounts import Interval
from generator.expression import names, row_names
from generator.form.kinds import kind_of_field
from generator.form.records import NUMERIC, Field, Table
from generator.form.schema import Form
from generator.model import Figure, FigureRow, Report, Score
from generator.quantities import AMOUNT, YES_NO, of_unit
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.sheet import Column, Sheet

NAME = "原始数据"
_NOTE = "填报工作簿里的数和选项，逐格列出；金额折合成元，百分比写成小数。后面各表的公式都引用本表。"
_COLUMNS = (
    Column("名称", 26),
    Column("所属行", 18),
    Column("单元格", 18),
    Column("填写内容", 20),
    Column("数值", 20, number=True),
    Column("单位", 8),
)
_VALUE = 5
_TEXTS = frozenset({"choice", "yes-no"})


def write_raw(book: Workbook, report: Report, form: Form, ledger: Ledger) -> None:
    """Write the sheet and enter every value in the ledger."""
    sheet, figures = Sheet(book, NAME, _COLUMNS), report.figures
    named = _named(report, form)
    for name, field in form.fields().items():
        if field.type in NUMERIC or field.type in _TEXTS or name in named:
            _row(sheet, figures.values[name], field, "", ledger)
    # The words that conditions over rows ask after.
    asked = frozenset(name for total in form.row_totals.values() for name in row_names(total.node))
    for name, table in form.tables().items():
        if name not in (form.scores.table, form.facts.table):
            _table(sheet, table, figures.rows.get(name, ()), asked, ledger)
    _own_rows(sheet, report.scorecard.rows, form, ledger)
    for fact in figures.facts.values():
        if fact.formula is None and (isinstance(fact.value, Interval) or fact.name in named):
            _row(sheet, fact, None, "", ledger)
    sheet.finish(NAME, _NOTE)


def _named(report: Report, form: Form) -> frozenset[str]:
    """Every name in a formula of the form or of the unit's own: texts and dates among them are needed too."""
    formulas = [formula for _, formula in form.formulas()]
    formulas += [fact.formula for fact in report.figures.facts.values() if fact.formula is not None]
    return frozenset(name for formula in formulas for name in names(formula))


def _table(
    sheet: Sheet, table: Table, rows: Sequence[FigureRow], asked: frozenset[str], ledger: Ledger
) -> None:
    keys = row_keys(table, rows)
    for column in table.columns:
        if column.type in NUMERIC or column.name in asked:
            for key, row in zip(keys, rows, strict=True):
                if column.name in row:
                    _row(sheet, row[column.name], column, key, ledger)


def _own_rows(sheet: Sheet, rows: Sequence[Score], form: Form, ledger: Ledger) -> None:
    """What the rules of the unit's own rows in the scoring table read."""
    columns = [each for each in form.tables()[form.scores.table].columns if each.name in form.own_columns]
    for key, row in zip(score_keys(rows), rows, strict=True):
        for column in columns if row.own else ():
            if column.name in row.cells:
                _row(sheet, row.cells[column.name], column, key, ledger)


def score_keys(rows: Sequence[Score]) -> list[str]:
    """What each row of the scoring table is called."""
    names = [row.level3 for row in rows]
    return [
        f"{name}（第{number}行）" if names.count(name) > 1 else name for number, name in enumerate(names, 1)
    ]


def _row(sheet: Sheet, figure: Figure, field: Field | None, row: str, ledger: Ledger) -> None:
    kind = kind_of_field(field) if field is not None else of_unit(figure.unit)
    amount = kind == AMOUNT
    unit = kind.unit if kind.kind != "percent" else ""
    value: str | Decimal | None = None
    if isinstance(figure.value, Interval):
        value = figure.value.value
    elif isinstance(figure.value, str | bool):
        # A date stands as 2021-03-15, which can be compared.
        value = str(figure.value) if kind.kind == "date" else figure.text
    at = str(figure.at or "")
    written = sheet.write([figure.name, row, at, figure.typed, value, unit])
    cell = sheet.address(written, _VALUE)
    if amount:
        sheet.page[cell].number_format = "#,##0.00"
    ledger.put(figure.name, row, sheet.name, cell)
    if field.type not in NUMERIC if field is not None else not isinstance(figure.value, Interval):
        ledger.texts.add((figure.name, row))
        if kind == YES_NO:
            ledger.answers.add((figure.name, row))
    elif value is not None:
        ledger.never_blank.add((figure.name, row))


def row_keys(table: Table, rows: Sequence[FigureRow]) -> list[str]:
    """What each row is called; a single row stands for the whole and has no name of its own."""
    if len(rows) < 2:
        return [""] * len(rows)
    texts = [column.name for column in table.columns if column.type == "text"]
    names = [
        next((row[c].text for c in (*table.key, *texts) if c in row and row[c].text), "") for row in rows
    ]
    return [f"{name}（第{number}行）" if names.count(name) > 1 or not name else name
            for number, name in enumerate(names, 1)]  # fmt: skip
