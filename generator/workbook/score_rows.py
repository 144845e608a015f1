"""The rows of the scoring table in a workbook to fill in: the official ones, or last year's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from openpyxl.comments import Comment

from generator.form.rule_types import Indicator, Judged
from generator.form.schema import Table
from generator.workbook import style
from generator.workbook.builder import Builder, CarriedRow

Row = dict[str, str | Decimal]
_SPARE = 6


def write_scores(builder: Builder, table: Table, carried: Sequence[CarriedRow]) -> None:
    """Write last year's rows, or the official ones when there are none."""
    ScoreRows(builder, table).write(carried)


class ScoreRows:
    """Writes the rows; only what a unit may change is open to it."""

    def __init__(self, builder: Builder, table: Table) -> None:
        self.builder, self.form, self.table = builder, builder.form, table
        self.columns = builder.form.scores
        self.places = {column.name: 2 + number for number, column in enumerate(table.columns)}
        self.official = {(each.level2, each.level3): each for each in self.form.indicators}

    def write(self, carried: Sequence[CarriedRow]) -> None:
        """The carried rows, or the official ones, and some to spare."""
        rows = [dict(row) for row in carried] or [self._row(each) for each in self.form.indicators]
        if not carried:
            self._share(rows)
        first = self.builder.row
        for row in rows:
            self._write_row(row)
        self._merge(first, rows)
        for _ in range(_SPARE):
            for column in self.table.columns:
                style.entry(self.builder.cell(self.builder.row, self.places[column.name]), column.type)
            self.builder.row += 1

    def _row(self, indicator: Indicator) -> Row:
        names = self.columns
        return {
            names.level1: indicator.level1,
            names.level2: indicator.level2,
            names.level3: indicator.level3,
            names.standard: indicator.standard,
            names.points: indicator.points,
        }

    def _share(self, rows: list[Row]) -> None:
        """Indicators that share a points cell: the sum in the first, nothing in the others."""
        first: dict[str, Row] = {}
        for indicator, row in zip(self.form.indicators, rows, strict=True):
            if not indicator.shared:
                continue
            head = first.setdefault(indicator.shared, row)
            if head is not row:
                head[self.columns.points] = Decimal(head[self.columns.points]) + indicator.points
                del row[self.columns.points]

    def _write_row(self, row: Row) -> None:
        names, number = self.columns, self.builder.row
        indicator = self.official.get((str(row.get(names.level2)), str(row.get(names.level3))))
        own = row.get(names.level1) in self.form.open_levels
        judged = indicator is None or isinstance(indicator.rule, Judged)
        for column in self.table.columns:
            cell = self.builder.cell(number, self.places[column.name], row.get(column.name))
            if column.name == names.score and not judged:
                style.derived(cell, "0.##")
            elif own or column.name in (names.score, names.remark):
                style.entry(cell, column.type)
            else:
                style.aside(cell)
            if column.name == names.level3 and indicator is not None:
                self._explain(cell, indicator)
        text = str(row.get(names.standard, ""))
        self.builder.page.row_dimensions[number].height = style.height(text, style.WIDTHS["long-text"], 30)
        self.builder.row += 1

    def _explain(self, cell: object, indicator: Indicator) -> None:
        sources = "、".join(self.form.sources[each].number for each in indicator.source)
        text = f"{indicator.definition}\n依据：{sources}".strip()
        cell.comment = Comment(text, self.form.issuer, height=90, width=320)  # type: ignore[attr-defined]

    def _merge(self, first: int, rows: list[Row]) -> None:
        """Merge levels and standards that repeat, and points that are shared."""
        names = self.columns
        standards = [str(row.get(names.standard, "")) for row in rows]
        for name in (names.level1, names.level2, names.standard):
            texts = [str(row.get(name, "")) for row in rows]
            for start, end in _runs(texts):
                self.builder.merge(first + start, first + end, self.places[name])
        for start, end in _runs(standards):
            if end > start:
                whole = style.height(standards[start], style.WIDTHS["long-text"])
                for row in range(first + start, first + end + 1):
                    height = max(30.0, whole / (end - start + 1))
                    self.builder.page.row_dimensions[row].height = height
        heads = [number for number, row in enumerate(rows) if names.points in row] + [len(rows)]
        for start, following in pairwise(heads):
            self.builder.merge(first + start, first + following - 1, self.places[names.points])


def _runs(texts: list[str]) -> list[tuple[int, int]]:
    """First and last index of every run of equal texts."""
    runs = []
    start = 0
    for number in range(1, len(texts) + 1):
        if number == len(texts) or texts[number] != texts[start]:
            runs.append((start, number - 1))
            start = number
    return runs
