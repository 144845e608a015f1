"""The typed amounts of a workbook, and what figures and ties would be if some of them were others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.amounts import Interval
from generator.expression import Node, names, row_names
from generator.form.records import Check, RowTotal
from generator.form.schema import Form
from generator.formula import Underived, Value, evaluate
from generator.model import CellRef, Figure, Figures
from generator.rules.derive import raw_cells
from generator.rules.sums import sum_of, total_over_rows

# What was typed in 万元 carries two decimals at most, what was typed in 元 none beyond 分.
_WAN_SLACK, _FEN_SLACK = Decimal(50), Decimal("0.005")


@dataclass(frozen=True, slots=True)
class AmountCell:
    """A typed amount other than nothing. ``row`` is the index of its row in ``table``, if it is in one."""

    name: str
    table: str
    row: int
    at: CellRef
    amount: Interval  # 元
    typed: str
    required: bool

    def times(self, exponent: int) -> Interval:
        """The amount that was meant if the typed one is off by a power of ten."""
        factor = Decimal(10) ** exponent
        slack = (self.amount.high - self.amount.low) / 2 * factor
        least = _WAN_SLACK if exponent >= 4 else _FEN_SLACK
        return Interval.rounded(self.amount.value * factor, max(slack, least))


Changes = Mapping[AmountCell, Interval]


def amount_cells(figures: Figures, form: Form) -> list[AmountCell]:
    """Every typed amount that is not zero."""
    found: list[AmountCell] = []
    for name, field in form.fields().items():
        if field.type == "amount":
            found += _cell(figures.values[name], "", 0, field.required)
    for table in form.tables().values():
        columns = [column for column in table.columns if column.type == "amount"]
        for index, row in enumerate(figures.rows.get(table.name, ())):
            for column in columns:
                if column.name in row:
                    found += _cell(row[column.name], table.name, index, column.required)
    return found


def _cell(figure: Figure, table: str, row: int, required: bool) -> Iterable[AmountCell]:
    if figure.at is not None and isinstance(figure.value, Interval) and figure.value.value:
        yield AmountCell(figure.name, table, row, figure.at, figure.value, figure.typed, required)


def holds(tie: Check, left: Interval, right: Interval) -> bool:
    """Whether a tie can be true of some numbers within both intervals."""
    return left.meets(right) if tie.relation == "=" else left.low <= right.high


class Trial:
    """The figures of a report with some typed amounts changed; what does not rest on them is not repeated."""

    def __init__(self, figures: Figures, form: Form, changes: Changes) -> None:
        self._figures, self._form, self._changes = figures, form, changes
        self._names = {cell.name for cell in changes}
        self._known: dict[tuple[str, str, int], Value] = {}

    def value(self, node: Node, table: str = "", row: int = 0) -> Value:
        """A formula over the whole report, or over one row of a table."""
        scope: Mapping[str, Figure] = self._figures.values
        if table:
            scope = self._figures.rows[table][row]
        return evaluate(node, lambda name: self._of(name, scope, table, row))

    def holds(self, tie: Check) -> bool | None:
        """Whether a tie holds; None when a side has no value."""
        left, right = self.value(tie.left), self.value(tie.right)
        if not isinstance(left, Interval) or not isinstance(right, Interval):
            return None
        return holds(tie, left, right)

    def _of(self, name: str, scope: Mapping[str, Figure], table: str, row: int) -> Value:
        key = (name, table, row)
        if key not in self._known:
            self._known[key] = self._evaluated(name, scope, table, row)
        return self._known[key]

    def _evaluated(self, name: str, scope: Mapping[str, Figure], table: str, row: int) -> Value:
        figure = scope.get(name)
        if figure is None:
            return Underived("missing", (name,))
        if figure.formula is not None:
            return evaluate(figure.formula, lambda each: self._of(each, scope, table, row))
        if table:
            return self._changed(name, table, row, figure)
        if name in self._form.row_totals:
            return self._over_rows(self._form.row_totals[name])
        spec, column = self._form.specs().get(name), self._form.columns().get(name)
        if spec is not None and spec.table is not None:
            return self._sum(name, spec.table)
        if column is not None and name in self._names:
            return self._sum(name, column[0].name)
        return self._changed(name, "", 0, figure)

    def _sum(self, name: str, table: str) -> Value:
        """The total of a column, or of a figure that holds for every row."""
        rows = enumerate(self._figures.rows[table])
        return sum_of([self._of(name, each, table, index) for index, each in rows if name in each], name)

    def _over_rows(self, total: RowTotal) -> Value:
        """What a formula takes over rows."""
        used = row_names(total.node)
        rows = [
            {
                **each,
                **{n: replace(each[n], value=self._of(n, each, total.table, i)) for n in used if n in each},
            }
            for i, each in enumerate(self._figures.rows[total.table])
        ]
        return total_over_rows(total, rows, self._figures.values, self._form).value

    def _changed(self, name: str, table: str, row: int, figure: Figure) -> Value:
        for cell, amount in self._changes.items():
            if (cell.name, cell.table, cell.row) == (name, table, row):
                return amount
        return figure.value


def raw_names(node: Node, figures: Figures, form: Form) -> frozenset[str]:
    """The names of the typed figures that a formula rests on."""
    return frozenset(each.name for name in names(node) for each in raw_cells(name, form, figures.values))
