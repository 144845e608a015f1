"""A matrix of fields.toml: fixed rows and columns of amounts, some of them sums of others."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from generator.findings import did_you_mean
from generator.form.names import read_name
from generator.form.records import Added, Field, Matrix
from generator.form.section import Section


def read_matrix(section: Section) -> Matrix:
    """A matrix with its crossings."""
    name = read_name(section)
    required, minimum = section.flag("required"), section.number("min", None)
    rows = [_read_row(row, required) for row in section.sections("rows", ...)]
    columns = [_read_column(column) for column in section.sections("columns", ...)]
    # Sums of its own are all that a matrix shows, unless it says more.
    own = {"rows": any(column.sum for column in columns), "columns": any(row.sum for row in rows)}
    sums = section.texts("sums", tuple(key for key in _SUMS if not own[key]))
    if not set(sums) <= set(_SUMS):
        raise section.error(f"sums 只能是 {'、'.join(_SUMS)}")
    section.done()
    _verify_sums(section, rows, columns)
    cells: dict[tuple[str, str], Field] = {}
    added: dict[tuple[str, str], Added] = {}
    for column in columns:
        for row in rows:
            if row.sum:
                parts = tuple(each.name + column.suffix for each in _named(row.sum, rows))
                added[row.label, column.label] = Added(row.name + column.suffix, parts)
            elif column.sum:
                parts = tuple(row.name + suffix for suffix in column.sum)
                added[row.label, column.label] = Added(row.name + column.suffix, parts)
            else:
                cells[row.label, column.label] = _cell(row, column, minimum)
    controls = tuple(row.label for row in rows if row.control)
    labels = tuple((column.label, column.suffix) for column in columns)
    return Matrix(name, tuple(row.label for row in rows), labels, cells, controls, sums, added)


_SUMS = ("rows", "columns")


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    name: str
    required: bool
    control: bool
    note: str
    sum: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    suffix: str
    sample: str
    roll: str
    like: str
    sum: tuple[str, ...]


def _read_row(section: Section, required: bool) -> _Row:
    """A row of a matrix; its name must do for a name, its label is what stands in the workbook."""
    label, control = section.text("label"), section.flag("control")
    name = read_name(section, "name" if section.has("name") else "label", label)
    made = _Row(
        label=label,
        name=name,
        required=not control and (section.flag("required") if section.has("required") else required),
        control=control,
        note=section.text("note", ""),
        sum=section.texts("sum", ()),
    )
    section.done()
    return made


def _read_column(section: Section) -> _Column:
    made = _Column(
        label=section.text("label"),
        suffix=section.text("suffix"),
        sample=section.text("sample", ""),
        roll=section.text("roll", ""),
        like=section.text("like", ""),
        sum=section.texts("sum", ()),
    )
    section.done()
    return made


def _cell(row: _Row, column: _Column, minimum: Any) -> Field:
    """The crossing of a row and a column, which the unit fills in."""
    return Field(
        name=row.name + column.suffix,
        label=f"{row.label}／{column.label}",
        type="amount",
        required=row.required,
        min=minimum,
        like=row.name + column.like if column.like else "",
        roll=column.roll if column.roll in ("", "keep", "blank") else row.name + column.roll,
        note=row.note,
        sample="" if row.control else column.sample,
    )


def _named(names: tuple[str, ...], rows: list[_Row]) -> list[_Row]:
    """The rows that a sum names, by their label or their name."""
    found = {row.label: row for row in rows} | {row.name: row for row in rows}
    return [found[name] for name in names if name in found]


def _verify_sums(section: Section, rows: list[_Row], columns: list[_Column]) -> None:
    """A sum adds up other rows (columns) of the same matrix, none twice, and never by way of itself."""
    by_row = {row.label: [each.label for each in _named(row.sum, rows)] for row in rows}
    for row in rows:
        known = [each for other in rows if other is not row for each in (other.label, other.name)]
        _verify_sum(section, f"行 {row.label}", row.sum, known, "行")
        if row.sum and row.control:
            raise section.error(f"行 {row.label}：sum 是由工具相加的行，不能又是 control")
    for column in columns:
        known = [other.suffix for other in columns if other is not column]
        _verify_sum(section, f"列 {column.label}", column.sum, known, "列（写 suffix）")
    for kind, graph in (("行", by_row), ("列", {each.suffix: list(each.sum) for each in columns})):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            raise section.error(f"{kind}的 sum 互相包含：{' → '.join(error.args[1])}") from error


def _verify_sum(section: Section, place: str, parts: tuple[str, ...], known: list[str], what: str) -> None:
    for part in parts:
        if part not in known:
            raise section.error(f"{place}：sum 里的 {part} 不是本表别的{what}{did_you_mean(part, known)}")
        if parts.count(part) > 1:
            raise section.error(f"{place}：sum 里的 {part} 写了两次")
