"""The rows of the scoring table in a workbook to fill in: the official ones, or last year's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from generator.form.indicators import Indicator
from generator.form.records import Table
from generator.form.rule_types import BY_HAND, inner_rules
from generator.workbook import style
from generator.workbook.builder import Builder, CarriedRow
from generator.workbook.page import MARK

Row = dict[str, str | Decimal]
_SPARE = 6
_ROW = 30  # points


def write_scores(builder: Builder, table: Table, carried: Sequence[CarriedRow]) -> None:
    """Write last year's rows, or the official ones when there are none."""
    ScoreRows(builder, table).write(carried)


class ScoreRows:
    """Writes the rows; only what a unit may change is open to it."""

    def __init__(self, builder: Builder, table: Table) -> None:
        self.builder, self.form, self.table = builder, builder.form, table
        self.columns = builder.form.scores
        self.places = {column.name: 2 + number for number, column in enumerate(table.columns)}
        self.by_hand: list[int] = []  # numbers of the rows whose score the unit has to type
        self.official = {(each.level2, each.level3): each for each in self.form.indicators}

    def write(self, carried: Sequence[CarriedRow]) -> None:
        """The official rows, those that the unit carries on where it may, and some to spare."""
        rows = self._with_carried(carried) if carried else self._prepared()
        first = self.builder.row
        for row in rows:
            self._write_row(row)
        self._merge(first, rows)
        self._count_by_hand()
        for _ in range(_SPARE):
            for column in self.table.columns:
                if column.choices:
                    self.builder.entry(self.builder.row, self.places[column.name], column)
                else:
                    style.entry(self.builder.cell(self.builder.row, self.places[column.name]), column.type)
            self.builder.page.row_dimensions[self.builder.row].height = _ROW
            self.builder.row += 1

    def _with_carried(self, carried: Sequence[CarriedRow]) -> list[Row]:
        """The form's own rows where it allows no others; elsewhere what the unit had, if it had any.

        What no longer has a place comes last, where the check will tell it.
        """
        names = self.columns
        by_level: dict[str, list[Row]] = {}
        for row in carried:
            by_level.setdefault(str(row.get(names.level1, "")), []).append(dict(row))
        official = {(row[names.level2], row[names.level3]) for row in self._prepared() if names.level3 in row}
        rows: list[Row] = []
        for row in self._prepared():
            level = str(row[names.level1])
            if level not in self.form.open_levels:
                by_level.pop(level, None)
                rows.append(self._with_words(row, carried))
            elif level in by_level:
                rows += by_level.pop(level)
            elif not any(each[names.level1] == level for each in rows):
                rows += [each for each in self._prepared() if each[names.level1] == level]
        left = [row for level in by_level.values() for row in level]
        return rows + [row for row in left if (row.get(names.level2), row.get(names.level3)) not in official]

    def _with_words(self, row: Row, carried: Sequence[CarriedRow]) -> Row:
        """What the unit had in the other columns of an official row."""
        names = self.columns
        key = (row.get(names.level2), row.get(names.level3))
        old = next((each for each in carried if (each.get(names.level2), each.get(names.level3)) == key), {})
        return {**old, **row}

    def _prepared(self) -> list[Row]:
        """The official rows, and after them for each level of the unit's own the second levels to fill in."""
        rows = [self._row(each) for each in self.form.indicators]
        self._share(rows)
        names = self.columns
        for level in self.form.levels:
            taken = {each.level2 for each in self.form.indicators if each.level1 == level.name}
            made: list[Row] = [
                {names.level1: level.name, names.level2: group}
                for group in level.groups
                if group not in taken
            ]
            last = max((n for n, row in enumerate(rows, 1) if row[names.level1] == level.name), default=None)
            at = len(rows) if last is None else last
            rows[at:at] = made
        return rows

    def _row(self, indicator: Indicator) -> Row:
        names = self.columns
        return {
            names.level1: indicator.level1,
            names.level2: indicator.level2,
            names.level3: indicator.level3,
            **({names.standard: indicator.standard} if names.standard else {}),
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
        judged = indicator is None or typed_by_unit(indicator)
        for column in self.table.columns:
            cell = self.builder.cell(number, self.places[column.name], row.get(column.name))
            if column.name == names.score and not judged:
                style.derived(cell, "0.##")
            elif column.choices and own:
                self.builder.entry(number, self.places[column.name], column)
            elif own or column.name in (names.score, names.remark):
                style.entry(cell, column.type)
            else:
                style.aside(cell)
            if column.name == names.level3 and indicator is not None:
                self._explain(cell, indicator)
        if indicator is not None and isinstance(indicator.rule, BY_HAND):
            self.by_hand.append(number)
            style.mark(self.builder.cell(number, MARK, "＊"))
        text = str(row.get(names.standard, ""))
        self.builder.page.row_dimensions[number].height = style.height(text, style.WIDTHS["long-text"], _ROW)
        self.builder.row += 1

    def _count_by_hand(self) -> None:
        """Let the first sheet count the scores that are still to be typed; a row that was dropped does not
        count."""
        level3, score = (get_column_letter(self.places[n]) for n in (self.columns.level3, self.columns.score))
        starts = [n for n in self.by_hand if n - 1 not in self.by_hand]
        ends = [n for n in self.by_hand if n + 1 not in self.by_hand]
        for a, b in zip(starts, ends, strict=True):
            self.builder.pairs.append((f"{level3}{a}:{level3}{b}", f"{score}{a}:{score}{b}"))

    def _explain(self, cell: object, indicator: Indicator) -> None:
        sources = "、".join(self.form.sources[each].number for each in indicator.source)
        text = f"{indicator.definition}\n依据：{sources}".strip()
        cell.comment = Comment(text, self.form.issuer, height=90, width=320)  # type: ignore[attr-defined]

    def _merge(self, first: int, rows: list[Row]) -> None:
        """Merge levels and standards that repeat, and points that are shared."""
        names = self.columns
        standards = [str(row.get(names.standard, "")) for row in rows]
        for name in (
            (names.level1, names.level2, names.standard) if names.standard else (names.level1, names.level2)
        ):
            texts = [str(row.get(name, "")) for row in rows]
            for start, end in _runs(texts):
                if texts[start]:
                    self.builder.merge(first + start, first + end, self.places[name])
        for start, end in _runs(standards):
            if end > start:
                whole = style.height(standards[start], style.WIDTHS["long-text"])
                for row in range(first + start, first + end + 1):
                    height = max(30.0, whole / (end - start + 1))
                    self.builder.page.row_dimensions[row].height = height
        heads = [number for number, row in enumerate(rows) if names.points in row] + [len(rows)]
        for start, following in pairwise(heads):
            # A row that is only prepared has no points yet, and shares none.
            last = start
            while last + 1 < following and names.level3 in rows[last + 1]:
                last += 1
            self.builder.merge(first + start, first + last, self.places[names.points])


def typed_by_unit(indicator: Indicator) -> bool:
    """Whether the unit may have to type the score itself."""
    known = indicator.not_applicable
    if known is not None and "ask" in known.possible():
        return True
    return any(isinstance(rule, BY_HAND) for rule in inner_rules(indicator.rule))


def _runs(texts: list[str]) -> list[tuple[int, int]]:
    """First and last index of every run of equal texts."""
    runs = []
    start = 0
    for number in range(1, len(texts) + 1):
        if number == len(texts) or texts[number] != texts[start]:
            runs.append((start, number - 1))
            start = number
    return runs
