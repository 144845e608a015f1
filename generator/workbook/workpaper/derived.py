"""The second sheet: every derived figure as a live formula, and what the document prints of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from generator.amounts import Interval, NumberFormat
from generator.explanation import numbers
from generator.expression import Arithmetic, Name, Node
from generator.form.over_rows import PLAIN
from generator.form.records import NUMERIC, Field, FigureSpec, ShareSpec, Table
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import Figure, Figures, Group
from generator.notation import words
from generator.workbook.workpaper.ledger import Ledger, number_format, rounded, scaled
from generator.workbook.workpaper.over_rows import OverRowsFormula
from generator.workbook.workpaper.raw import row_keys
from generator.workbook.workpaper.sheet import Column, Sheet

NAME = "计算"
_NOTE = (
    "“计算值”是按公式重新计算的结果（元、小数），“印出数”按报告的单位和小数位四舍五入，应与“报告所印”相符；"
    "占比按最大余数法取整，右边三列是它的计算过程。"
)
_COLUMNS = (
    Column("名称", 22),
    Column("所属行", 10),
    Column("公式", 38),
    Column("计算值", 18, number=True),
    Column("印出数", 11, number=True),
    Column("报告所印", 11, number=True),
    Column("核对", 7),
    Column("依据", 20),
    Column("说明", 24),
    Column("换算后", 16, number=True),
    Column("取整", 12, number=True),
    Column("余数", 14, number=True),
)
_VALUE, _PRINTED, _SAID, _AGREES, _SCALED, _FLOOR, _REST = 4, 5, 6, 7, 10, 11, 12
# Decimals of a remainder that are no binary noise.
_EXACT = 6


def write_derived(book: Workbook, figures: Figures, form: Form, ledger: Ledger) -> None:
    """Write the sheet and enter every derived figure in the ledger."""
    paper = _Derived(Sheet(book, NAME, _COLUMNS), figures, form, ledger)
    paper.totals()
    for spec in form.figures:
        paper.over_rows(form.names_in(spec))
        paper.figure(spec)
    paper.over_rows(form.row_totals)
    paper.groups()
    for share in form.shares:
        paper.shares(share)
    paper.facts()
    paper.sheet.finish("由工具计算的数", _NOTE, printed=_SCALED - 1)


class _Derived:
    def __init__(self, sheet: Sheet, figures: Figures, form: Form, ledger: Ledger) -> None:
        self.sheet = sheet
        self._figures = figures
        self._form = form
        self._ledger = ledger

    def totals(self) -> None:
        """Columns of tables with several rows, added up."""
        for name, table in self._form.tables().items():
            rows = self._figures.rows.get(name, ())
            if len(rows) == 1 or name in (self._form.scores.table, self._form.facts.table):
                continue
            for column in table.columns:
                if column.type in NUMERIC:
                    self._total(column.name, row_keys(table, rows))

    def _total(self, name: str, keys: Sequence[str]) -> None:
        figure = self._figures.values[name]
        cells = [self._ledger.cells[name, key] for key in keys if (name, key) in self._ledger.cells]
        area = _together(cells)
        chosen = figure.format or PLAIN
        self._row(figure, "", "各行合计", f'IF(COUNT({area})=0,"",SUM({area}))', chosen, "", "")

    def figure(self, spec: FigureSpec) -> None:
        """A figure of the form, for every row of its table and for the whole."""
        sources = numbers(tuple(self._form.sources[each] for each in spec.source))
        table = self._form.tables()[spec.table] if spec.table else None
        rows = self._figures.rows.get(spec.table, ()) if spec.table else ()
        if table is not None and len(rows) > 1:
            for key, row in zip(row_keys(table, rows), rows, strict=True):
                formula = self._ledger.value(spec.formula, key)
                self._row(row[spec.name], key, words(spec.formula), formula, spec.format, sources, spec.note)
        figure = self._figures.values[spec.name]
        if table is not None and len(rows) > 1 and spec.total == "sum":
            formula = self._sum_of_rows(spec.name, row_keys(table, rows))
            self._row(figure, "", "各行合计", formula, spec.format, sources, spec.note)
        else:
            self._whole(figure, spec.formula, spec.format, sources, spec.note)

    def _sum_of_rows(self, name: str, keys: Sequence[str]) -> str:
        area = _together([self._ledger.cells[name, key] for key in keys if (name, key) in self._ledger.cells])
        return f'IF(COUNT({area})=0,"",SUM({area}))'

    def over_rows(self, names: Iterable[str]) -> None:
        """What formulas take over the rows of tables, each once."""
        for name in names:
            spec = self._form.row_totals.get(name)
            if spec is not None and (name, "") not in self._ledger.cells:
                table = self._form.tables()[spec.table]
                keys = row_keys(table, self._figures.rows.get(spec.table, ()))
                formula = OverRowsFormula(self.sheet, table, keys, self._ledger).formula(spec)
                self._row(self._figures.values[name], "", name, formula, spec.format, "", "")

    def groups(self) -> None:
        """The totals of every group of rows, where there are several rows."""
        for name, groups in self._figures.grouped.items():
            rows, own = self._figures.rows.get(name, ()), (self._form.scores.table, self._form.facts.table)
            if len(rows) > 1 and name not in own:
                table = self._form.tables()[name]
                keys = dict(zip(map(id, rows), row_keys(table, rows), strict=True))
                self._groups(table, groups, keys, "小计：")

    def _groups(self, table: Table, groups: Sequence[Group], keys: Mapping[int, str], said: str) -> None:
        for group in groups:
            own, rows = f"{said}{group.name}", [keys[id(row)] for row in group.rows]
            if rows:
                self._group(table, group, own, rows)
            self._groups(table, group.groups, keys, f"{own}／")

    def _group(self, table: Table, group: Group, own: str, rows: Sequence[str]) -> None:
        """The totals of a group, which is called ``own``, over its rows."""
        for column in table.columns:
            if column.type in NUMERIC:
                formula = self._sum_of_rows(column.name, rows)
                self._row(group.totals[column.name], own, "小计", formula, self._printed(column), "", "")
        for spec in self._form.figures:
            if spec.table == table.name:
                summed = spec.total == "sum" or len(rows) == 1
                again = self._ledger.value(spec.formula, own)
                formula = self._sum_of_rows(spec.name, rows) if summed else again
                text = "小计" if summed else words(spec.formula)
                self._row(group.totals[spec.name], own, text, formula, spec.format, "", spec.note)

    def _printed(self, column: Field) -> NumberFormat:
        name = self._form.prints.get(column.type)
        return self._form.formats[name] if name else PLAIN

    def _whole(self, figure: Figure, formula: Node, chosen: NumberFormat, sources: str, note: str) -> int:
        return self._row(figure, "", words(formula), self._ledger.value(formula), chosen, sources, note)

    def facts(self) -> None:
        """The unit's own facts that it gave a formula for."""
        for fact in self._figures.facts.values():
            if fact.formula is not None:
                chosen = fact.format or self._form.fact_format(fact.unit)
                self._whole(fact, fact.formula, chosen, "", f"本单位填写的公式（{fact.at}）")

    def shares(self, spec: ShareSpec) -> None:
        """The shares of one whole: rounded down, and what is missing given to the largest remainders."""
        sources = numbers(tuple(self._form.sources[each] for each in spec.source))
        rows = []
        for part in spec.parts:
            figure = self._figures.values[part.name]
            formula = Arithmetic("/", Name(part.part), Name(spec.whole))
            rows.append(self._whole(figure, formula, spec.format, sources, figure.note))
        unit, places = 10**spec.format.places, spec.format.places
        areas = {c: f"{_cell(rows[0], c)}:{_cell(rows[-1], c)}" for c in (_SCALED, _FLOOR, _REST)}
        for row in rows:
            value, exact, floor, rest = (self.sheet.address(row, c) for c in (_VALUE, _SCALED, _FLOOR, _REST))
            self._put(row, _SCALED, f'IF(ISNUMBER({value}),{scaled(value, spec.format)},"")')
            self._put(row, _FLOOR, f'IF(ISNUMBER({exact}),INT(ROUND({exact}*{unit},{_EXACT}))/{unit},"")')
            self._put(row, _REST, f"IF(ISNUMBER({exact}),ROUND({exact}*{unit}-{floor}*{unit},{_EXACT}),-1)")
            earlier = f"{_cell(rows[0], _REST)}:{rest}"
            rank = f"SUMPRODUCT(--({areas[_REST]}>{rest}))+SUMPRODUCT(--({earlier}={rest}))"
            missing = f"ROUND((ROUND(SUM({areas[_SCALED]}),{places})-SUM({areas[_FLOOR]}))*{unit},0)"
            tail = f"ROUND({floor}+IF({rank}<={missing},1,0)/{unit},{places})"
            alone = f"ROUND({exact},{places})"
            self._put(
                row,
                _PRINTED,
                f'IF(ISNUMBER({exact}),IF(MIN({areas[_SCALED]})<0,{alone},{tail}),"")',
                number_format(spec.format),
            )

    def _put(self, row: int, column: int, formula: str, shown: str = "General") -> None:
        self.sheet.formula(row, column, formula, shown)

    def _row(
        self,
        figure: Figure,
        key: str,
        text: str,
        formula: str,
        chosen: NumberFormat,
        sources: str,
        note: str,
    ) -> int:
        row = self.sheet.write(
            [figure.name, key, text, None, None, figure.printed, "", sources, note, None, None, None]
        )
        cell = self.sheet.address(row, _VALUE)
        if isinstance(figure.value, Underived) and figure.value.kind == "missing":
            self.sheet.page[cell].value = "算不出"
        else:
            self._put(row, _VALUE, formula, "#,##0.00" if chosen.divide > 1 else "0.00######")
            self._put(row, _PRINTED, rounded(cell, chosen), number_format(chosen))
            self._put(row, _AGREES, self.sheet.agree(row, _PRINTED, _SAID))
        self.sheet.page.cell(row, _SAID).number_format = number_format(chosen)
        self._ledger.put(figure.name, key, self.sheet.name, cell)
        if isinstance(figure.value, Interval):
            self._ledger.never_blank.add((figure.name, key))
        elif isinstance(figure.value, str):
            self._ledger.texts.add((figure.name, key))
        return row


def _together(cells: Sequence[str]) -> str:
    """Cells as one area where they follow each other, which any number of rows fits into."""
    starts = {cell.rpartition("$")[0] for cell in cells}
    numbers = [int(cell.rpartition("$")[2]) for cell in cells]
    if len(cells) > 1 and len(starts) == 1 and numbers == list(range(numbers[0], numbers[0] + len(cells))):
        return f"{cells[0]}:{cells[-1].rpartition('!')[2]}"
    return ",".join(cells)


def _cell(row: int, column: int) -> str:
    return f"${'ABCDEFGHIJKL'[column - 1]}${row}"
