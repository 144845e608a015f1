"""The live formula of what a formula of the form takes over the rows of a table.

Where the condition only asks for words, one SUMPRODUCT over the raw columns says it. Anything else has a line
for every row first: what that row adds, or that it does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from generator.expression import Node
from generator.form.records import RowTotal, Table
from generator.notation import words
from generator.workbook.over_rows import Areas, AreasError
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.sheet import Sheet

_VALUE = 4
_NOT_COUNTED = "不计"


class OverRowsFormula:
    """Makes the formula for one table, whose rows are called ``keys`` in the ledger."""

    def __init__(self, sheet: Sheet, table: Table, keys: Sequence[str], ledger: Ledger) -> None:
        self._sheet, self._keys, self._ledger = sheet, keys, ledger
        self._columns = [column.name for column in table.columns]
        self._answers = frozenset(column.name for column in table.columns if column.type == "yes-no")

    def formula(self, spec: RowTotal) -> str:
        """The formula, without ``=``; lines for the rows are written where it needs them."""
        if not self._keys:
            return "0"
        if spec.node.function == "个数" and spec.node.where is None:
            return self._count()
        areas = Areas(lambda name: self._ledger.area(name, self._keys), self._answers, blank_is_text=True)
        try:
            return areas.total(spec.node)
        except AreasError:
            area = self._lines(spec)
        count = f'COUNTIF({area},"{_NOT_COUNTED}")=ROWS({area})'
        return f'IF(COUNT({area})>0,SUM({area}),IF({count},0,""))'

    def _count(self) -> str:
        """How many rows there are: those of any column that stands in the paper."""
        for name in self._columns:
            with suppress(KeyError):
                return f"ROWS({self._ledger.area(name, self._keys)})"
        return str(len(self._keys))

    def _lines(self, spec: RowTotal) -> str:
        """A line for every row; returns their area."""
        node, written = spec.node, []
        text = words(node.value) if node.function == "合计" and node.value is not None else "1"
        for key in self._keys:
            row = self._sheet.write([spec.name, key, text, None, None, None, "", "", "", None, None, None])
            value = self._ledger.value(node.value, key) if node.function == "合计" and node.value else "1"
            if node.where is not None:
                value = f'IF({self._holds(node.where, key)},{value},"{_NOT_COUNTED}")'
            written.append(self._sheet.address(row, _VALUE))
            self._sheet.formula(row, _VALUE, value, "#,##0.00" if spec.format.divide > 1 else "0.00######")
        return f"{written[0]}:{written[-1]}" if len(written) > 1 else written[0]

    def _holds(self, where: Node, key: str) -> str:
        return self._ledger.number(where, key)
