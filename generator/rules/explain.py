"""Where a value comes from: its formula in words, with the values and cells it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from generator.amounts import Interval
from generator.explanation import Explained
from generator.expression import Name, Node
from generator.form.records import RowTotal, Source
from generator.form.schema import Form
from generator.formula import Underived, Value, taken
from generator.model import Figure, FigureRow, Figures, Group
from generator.notation import words
from generator.rules.sums import taken_rows, value_in_row


class Explainer:
    """Explains the values of one report."""

    def __init__(self, figures: Figures, form: Form) -> None:
        self._figures = figures
        self._form = form

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that can be explained."""
        return (*self._figures.values, *self._figures.facts)

    @cached_property
    def derived(self) -> tuple[str, ...]:
        """The names of what the tool derived, in the order of the form's data, then the unit's own facts."""
        specs = [spec.name for spec in self._form.figures]
        shares = [part.name for share in self._form.shares for part in share.parts]
        facts = [name for name, fact in self._figures.facts.items() if fact.formula is not None]
        return (*self._totals, *specs, *shares, *facts)

    @cached_property
    def _totals(self) -> list[str]:
        """Columns of tables with several rows: their totals are derived as well."""
        own = (self._form.scores.table, self._form.facts.table)
        return [
            name
            for name, (table, _) in self._form.columns().items()
            if len(self._figures.rows.get(table.name, ())) > 1 and table.name not in own
        ]

    def explain(self, name: str) -> Explained:
        """The explanation of a name. Raises KeyError for one that the report does not have."""
        figure = self._figures.facts.get(name) or self._figures.values[name]
        if figure.formula is not None:
            return self._derived(figure, figure.formula)
        if name in self._form.row_totals:
            return self._over_rows(figure, self._form.row_totals[name])
        if name in self._form.specs():
            return self._sum(figure, self.rows_of(name))
        if name in self._totals and figure.at is None:
            return self._total(figure)
        return self._typed(figure)

    def rows_of(self, name: str) -> tuple[Explained, ...]:
        """The same figure for every row of its table, when there are several rows."""
        table = next((spec.table for spec in self._form.figures if spec.name == name), None)
        rows = self._figures.rows.get(table, ()) if table else ()
        if table is None or len(rows) < 2:
            return ()
        found = []
        for row in rows:
            figure = row.get(name)
            if figure is not None and figure.formula is not None:
                inside = Explainer(Figures({**self._figures.values, **row}, {}, {}), self._form)
                found.append(inside._derived(figure, figure.formula, row_name(self._form, table, row)))
        return tuple(found)

    def _derived(self, figure: Figure, formula: Node, row: str = "") -> Explained:
        branch, used = taken(formula, lambda name: self._named(name).value)
        operands = tuple(self.explain(name) for name in used)
        mixed = len({each.unit for each in operands if each.unit.endswith("元")}) > 1
        shown = {each.name: _operand(each, each.unit if mixed else "") for each in operands}
        # A choice between two figures is told by the name of the one taken.
        filled = branch.name if isinstance(branch, Name) else words(branch, lambda name: shown[name])
        return Explained(
            name=figure.name,
            value=exact(figure.value),
            text=printed(figure),
            unit=_unit(figure),
            row=row,
            at=figure.at,
            typed=figure.typed,
            formula=words(formula),
            filled=filled,
            operands=operands,
            sources=self._sources(figure.name),
            note=figure.note,
        )

    def _named(self, name: str) -> Figure:
        return self._figures.facts.get(name) or self._figures.values[name]

    def _total(self, figure: Figure) -> Explained:
        table, _ = self._form.columns()[figure.name]
        rows = [row for row in self._figures.rows[table.name] if figure.name in row]
        operands = tuple(self._typed(row[figure.name], row_name(self._form, table.name, row)) for row in rows)
        return self._sum(figure, operands)

    def _sum(self, figure: Figure, operands: tuple[Explained, ...]) -> Explained:
        """What was added up over rows."""
        return Explained(
            name=figure.name,
            value=exact(figure.value),
            text=printed(figure),
            unit=_unit(figure),
            formula="各行合计" if operands else "没有符合条件的行",
            filled=" ＋ ".join(_operand(each) for each in operands),
            operands=operands,
            sources=self._sources(figure.name),
            note=figure.note,
        )

    def _over_rows(self, figure: Figure, spec: RowTotal) -> Explained:
        """What a formula takes over the rows of a table: the sum of those rows, or how many there are."""
        rows = taken_rows(spec, self._figures.rows.get(spec.table, ()), self._figures.values)
        if isinstance(rows, Underived):
            return self._typed(figure)
        if spec.node.function == "个数":
            return replace(self._sum(figure, ()), formula="符合条件的行数" if spec.node.where else "行数")
        return self._sum(figure, tuple(self._in_row(spec, row) for row in rows))

    def _in_row(self, spec: RowTotal, row: FigureRow) -> Explained:
        """What a row adds to a sum."""
        called = row_name(self._form, spec.table, row)
        node = spec.node.value
        if isinstance(node, Name):
            return self._typed(row[node.name], called) if node.name in row else self.explain(node.name)
        assert node is not None
        value = value_in_row(spec, row, self._figures.values)
        return self._typed(Figure.formatted(words(node), value, spec.format), called)

    def of_group(self, table: str, group: Group) -> dict[str, Explained]:
        """The totals of a group of rows, by name."""
        figures = self._figures
        values, rows = {**figures.values, **group.totals}, {**figures.rows, table: group.rows}
        inside = Explainer(Figures(values, rows, {}), self._form)
        return {name: replace(inside.explain(name), row=group.name) for name in group.totals}

    def _typed(self, figure: Figure, row: str = "") -> Explained:
        return Explained(
            name=figure.name,
            value=exact(figure.value),
            text=printed(figure),
            unit=_unit(figure),
            row=row,
            at=figure.at,
            typed=figure.typed,
        )

    def _sources(self, name: str) -> tuple[Source, ...]:
        ids = next((spec.source for spec in self._form.figures if spec.name == name), ())
        for share in self._form.shares:
            if any(part.name == name for part in share.parts):
                ids = share.source
        return tuple(self._form.sources[each] for each in ids)


def row_name(form: Form, table: str, row: Mapping[str, Figure]) -> str:
    """What a row of a table is called: its key column, else its first text."""
    spec = form.tables()[table]
    for column in spec.key or tuple(column.name for column in spec.columns if column.type == "text"):
        figure = row.get(column)
        if figure is not None and figure.text:
            return figure.text
    return ""


def exact(value: Value) -> str:
    """A value at full precision; blank for what was left blank or could not be derived."""
    match value:
        case Interval(value=number):
            return f"{number:f}"
        case bool() as answer:
            return "是" if answer else "否"
        case str() as text:
            return text
        case _:
            return ""


def printed(figure: Figure) -> str:
    """What the document prints, or why it prints nothing."""
    match figure.value:
        case None:
            return "空"
        case Underived(kind="zero"):
            return "算不出（分母为 0）"
        case Underived():
            return "没有数据"
        case _:
            return figure.text


def _unit(figure: Figure) -> str:
    """What the printed text is in, unless the text says it."""
    return "" if figure.says_unit else figure.unit


def _operand(each: Explained, unit: str = "") -> str:
    text = each.text + (unit if each.value else "")
    return f"{text}（{each.at}）" if each.at and not each.operands else text
