"""What a template may name, and what each name is: one value, rows of a table, or something with parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.form.records import (
    ADJUSTMENTS,
    BY_INDICATOR,
    GIVEN_IN_PARTS,
    GIVEN_IN_ROWS,
    GIVEN_IN_SCORES,
    GIVEN_IN_STEPS,
    GIVEN_VALUES,
)
from generator.form.schema import Form


@dataclass(frozen=True, slots=True)
class Plain:
    """One value, which has no parts."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something with parts that are named: a row of a table, or the scores by indicator."""

    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows."""

    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows in groups, each a pair of what they have in common and its rows."""

    columns: frozenset[str]


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
        known[name] = Rows(frozenset({column.name for column in table.columns} | figures | GIVEN_IN_ROWS))
    known |= dict.fromkeys((share.group for share in form.shares), Rows(GIVEN_IN_PARTS))
    scores = form.tables().get(form.scores.table)
    if scores is not None:
        known[scores.name] = Rows(frozenset(column.name for column in scores.columns) | GIVEN_IN_SCORES)
    known[BY_INDICATOR] = Row(frozenset(indicator.name for indicator in form.indicators))
    known[ADJUSTMENTS] = Rows(GIVEN_IN_STEPS)
    return known
