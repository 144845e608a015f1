"""What a template may name, and what each name is: one value, rows of a table, or something with parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.form.records import (
    ADJUSTMENTS,
    BY_GROUP,
    BY_INDICATOR,
    GIVEN_IN_GROUPS,
    GIVEN_IN_PARTS,
    GIVEN_IN_ROWS,
    GIVEN_IN_SCORES,
    GIVEN_IN_STEPS,
    GIVEN_VALUES,
    GROUP_GROUPS,
    GROUP_ROWS,
    NUMERIC,
    Table,
)
from generator.form.schema import Form


@dataclass(frozen=True, slots=True)
class Plain:
    """One value, which has no parts."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something with parts that are named: a row of a table, or the scores by indicator.

    ``table`` is the table that it is a row of; ``inner`` are the parts that are rows themselves. It is
    ``looped`` where a loop takes one after the other.
    """

    columns: frozenset[str]
    table: str = ""
    inner: tuple[tuple[str, Rows], ...] = ()
    looped: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows."""

    columns: frozenset[str]
    table: str = ""
    inner: tuple[tuple[str, Rows], ...] = ()

    @property
    def row(self) -> Row:
        """One of them."""
        return Row(self.columns, self.table, self.inner)


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows in groups, each a pair of what they have in common and its rows."""

    columns: frozenset[str]
    table: str = ""


# None: nothing is known of it, and everything may be done with it.
Shape = Plain | Row | Rows | Groups | None
Vocabulary = Mapping[str, Shape]


def vocabulary(form: Form) -> Vocabulary:
    """Every name that a template of the form may use."""
    plain = Plain()
    known: dict[str, Shape] = dict.fromkeys((*form.fields(), *form.columns(), *GIVEN_VALUES), plain)
    known |= dict.fromkeys((spec.name for spec in form.figures), plain)
    known |= dict.fromkeys((part.name for share in form.shares for part in share.parts), plain)
    for name, table in form.tables().items():
        figures = {spec.name for spec in form.figures if spec.table == name}
        columns = frozenset({column.name for column in table.columns} | figures | GIVEN_IN_ROWS)
        known[name] = Rows(columns, name)
        if table.group_by:
            known[name + BY_GROUP] = _groups(table, figures, Rows(columns, name))
    known |= dict.fromkeys((share.group for share in form.shares), Rows(GIVEN_IN_PARTS))
    scores = form.tables().get(form.scores.table)
    if scores is not None:
        columns = frozenset(column.name for column in scores.columns) | GIVEN_IN_SCORES
        known[scores.name] = Rows(columns, scores.name)
    known[BY_INDICATOR] = Row(frozenset(indicator.name for indicator in form.indicators))
    known[ADJUSTMENTS] = Rows(GIVEN_IN_STEPS)
    return known


def _groups(table: Table, figures: set[str], rows: Rows, level: int = 0) -> Rows:
    """The groups of a table: their totals, what they have in common, their rows and their own groups."""
    numbers = {column.name for column in table.columns if column.type in NUMERIC} | figures
    columns = frozenset(numbers | set(table.group_by[: level + 1]) | GIVEN_IN_GROUPS)
    inner = [(GROUP_ROWS, rows)]
    if level + 1 < len(table.group_by):
        inner.append((GROUP_GROUPS, _groups(table, figures, rows, level + 1)))
    return Rows(columns, "", tuple(inner))
