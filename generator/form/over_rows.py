"""What formulas take over the rows of a table (``合计``, ``个数``): of which table, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.amounts import NumberFormat
from generator.expression import Comparison, Name, Node, OverRows, Text, over_rows, parts, row_names
from generator.findings import did_you_mean
from generator.form.records import NUMERIC, Field, FigureSpec, FormError, RowTotal, Table

PLAIN = NumberFormat(Decimal(1), 8, True)
_COUNT = NumberFormat(Decimal(1), 0, True)


class Rows:
    """Looks up what is taken over rows: among these tables, with the figures that hold for each row."""

    def __init__(
        self,
        tables: Mapping[str, Table],
        figures: Sequence[FigureSpec],
        formats: Mapping[str, NumberFormat],
        prints: Mapping[str, str],
    ) -> None:
        self._tables, self._formats, self._prints = tables, formats, prints
        self._figures = {spec.name: spec for spec in figures if spec.table is not None}

    def totals(self, formulas: Iterable[Node]) -> dict[str, RowTotal]:
        """Everything in the formulas that is taken over rows, by name; what is wrong is left out."""
        found: dict[str, RowTotal] = {}
        for node in (each for formula in formulas for each in over_rows(formula)):
            table = self._table(node)
            if not isinstance(table, str):
                continue
            found[node.name] = RowTotal(node, table, self._format(node, table))
        return found

    def faults(self, place: str, formula: Node, types: Mapping[str, str]) -> Iterator[FormError]:
        """What is wrong with what a formula takes over rows."""
        for node in over_rows(formula):
            table = self._table(node)
            if isinstance(table, str):
                why: Iterable[str] = self._wrong(node, self._tables[table], types)
            else:
                why = table
            yield from (FormError(f"{place}：{node.name}：{each}") for each in why)

    def _table(self, node: OverRows) -> str | list[str]:
        """The table whose rows these are; else why there is none."""
        if node.function == "个数" and isinstance(node.value, Name):
            name = node.value.name
            if name in self._tables:
                return name
            return [f"没有名为 {name} 的表格{did_you_mean(name, self._tables)}"]
        of = [homes for name in row_names(node) if (homes := self._homes(name))]
        if not of:
            return ["里面没有表格的列，不知道是哪个表格的各行"]
        common = set.intersection(*of)
        if len(common) == 1:
            return common.pop()
        if common:
            return [f"“{'”“'.join(sorted(common))}”都有这些列，请先写表格名，如 个数({min(common)}, …)"]
        return ["里面的列不是同一个表格的"]

    def _homes(self, name: str) -> set[str]:
        if name in self._figures:
            return {self._figures[name].table or ""}
        return {t.name for t in self._tables.values() if any(c.name == name for c in t.columns)}

    def _wrong(self, node: OverRows, table: Table, types: Mapping[str, str]) -> Iterator[str]:
        columns = {column.name: column for column in table.columns}
        known = {*columns, *(n for n, spec in self._figures.items() if spec.table == table.name)}
        counted = node.value if node.function == "个数" else None
        for name in row_names(node):
            if name not in known and name not in types and Name(name) != counted:
                yield f"“{table.name}”没有名为 {name} 的列{did_you_mean(name, known)}"
        if node.function == "合计" and node.value is not None:
            yield from self._not_added(node.value, columns)
        if node.where is not None:
            yield from _conditions(node.where, columns)

    def _not_added(self, value: Node, columns: Mapping[str, Field]) -> Iterator[str]:
        """What is added up must be numbers."""
        if isinstance(value, Name) and value.name in columns and columns[value.name].type not in NUMERIC:
            yield f"{value.name} 不是数，不能合计；要数有几行，请用 个数(…)"
            return
        for name in _computed(value):
            if name in columns and columns[name].type not in NUMERIC:
                yield f"{name} 不是数，不能参加计算"

    def _format(self, node: OverRows, table: str) -> NumberFormat:
        """How the result is printed: as the one thing that is added up, or as amounts if any is among it."""
        if node.function == "个数" or node.value is None:
            return _COUNT
        columns = {column.name: column for column in self._tables[table].columns}
        if isinstance(node.value, Name) and node.value.name in self._figures:
            return self._figures[node.value.name].format
        types = [columns[name].type for name in row_names(node) if name in columns]
        single = columns.get(node.value.name) if isinstance(node.value, Name) else None
        kind = single.type if single is not None else ""
        kind = kind or ("amount" if "amount" in types else "number")
        return self._formats.get(self._prints.get(kind, ""), PLAIN)


def _computed(node: Node) -> Iterator[str]:
    """Every name in a formula that is not part of a condition."""
    if isinstance(node, Name):
        yield node.name
    for part in parts(node):
        if not isinstance(part, Comparison):
            yield from _computed(part)


def _conditions(node: Node, columns: Mapping[str, Field]) -> Iterator[str]:
    """Conditions that never hold, or mean something else than they look like."""
    match node:
        case Comparison(_, Name(name), Text(text)) | Comparison(_, Text(text), Name(name)) if name in columns:
            yield from _compared(columns[name], text)
        case Comparison(operator, Name(name), _) if name in columns and not _comparable(columns[name], node):
            yield f'{name} 是文字，只能写成 {name} {"=" if operator == "==" else operator} "…"'
        case Name(name) if name in columns and columns[name].type != "yes-no":
            yield f'{name} 不是“是/否”的列，请写明等于什么，如 {name} = "…"'
        case Comparison():
            return
        case _:
            for part in parts(node):
                yield from _conditions(part, columns)


def _comparable(column: Field, node: Comparison) -> bool:
    """Whether a column is compared with something of its own kind."""
    return column.type in NUMERIC or isinstance(node.right, Name)


def _compared(column: Field, text: str) -> Iterator[str]:
    """A column compared with a word."""
    if column.type == "yes-no":
        right = column.name if text == "是" else f"not {column.name}"
        yield f"{column.name} 是“是/否”的列，不用写等于，条件就写 {right}"
    elif column.type in NUMERIC:
        yield f"{column.name} 是数，不能和文字“{text}”比较"
    elif column.type == "choice" and text not in column.choices:
        choices = "、".join(column.choices)
        yield f"“{text}”不是“{column.name}”的选项{did_you_mean(text, column.choices)}，选项有 {choices}"
