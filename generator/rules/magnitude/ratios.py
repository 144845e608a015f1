"""Quotients that a form calls usual or possible (``[[plausible]]``), and those of a workbook that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import Interval, plain
from generator.expression import Arithmetic, Name, names
from generator.form.order import column_tables
from generator.form.records import Plausible
from generator.form.schema import Form
from generator.model import Figures
from generator.rules.magnitude.cells import Trial

# Amounts that belong together (``like``) seldom differ a hundredfold.
_ALIKE = (Decimal("0.0125"), Decimal(80))
_ANY = (Decimal("-Infinity"), Decimal("Infinity"))


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A quotient outside what is usual: of the whole report, or of one row of ``table``. ``pair`` are the
    names of two amounts that should be of the same order (``like``)."""

    rule: Plausible
    table: str
    row: int
    value: Decimal
    pair: tuple[str, ...] = ()

    @property
    def is_impossible(self) -> bool:
        """Outside what any unit can have."""
        return not self.rule.possible[0] <= self.value <= self.rule.possible[1]


def unlikely(figures: Figures, form: Form, doubtful: frozenset[str]) -> list[Unlikely]:
    """All unlikely quotients, rows before the report as a whole."""
    found = []
    trial = Trial(figures, form, {})
    for rule in form.plausible:
        table = table_of(rule, form)
        if table in doubtful:
            continue
        rows = len(figures.rows.get(table, ())) if table else 0
        scopes = [(table, row) for row in range(rows)] if rows > 1 else []
        for scope, row in [*scopes, ("", 0)]:
            value = quotient(rule, trial, scope, row)
            if value is not None and not rule.usual[0] <= value <= rule.usual[1]:
                found.append(Unlikely(rule, scope, row, value))
    return [*found, *_unlike(figures, form, trial)]


def _unlike(figures: Figures, form: Form, trial: Trial) -> Iterator[Unlikely]:
    """Amounts that are not of the order of the amount they are said to resemble."""
    for field in form.fields().values():
        if not field.like or field.like not in figures.values:
            continue
        node = Arithmetic("/", Name(field.name), Name(field.like))
        rule = Plausible(field.name, node, _ALIKE, _ANY, "", ())
        value = quotient(rule, trial, "", 0)
        if value is not None and value > 0 and not is_usual(rule, value):
            yield Unlikely(rule, "", 0, value, (field.name, field.like))


def quotient(rule: Plausible, trial: Trial, table: str, row: int) -> Decimal | None:
    """The quotient; None where it has no value or is nothing, of which nothing can be said."""
    value = trial.value(rule.value, table, row)
    return value.value if isinstance(value, Interval) and value.value else None


def is_usual(rule: Plausible, value: Decimal | None) -> bool:
    """Whether a quotient lies where most units' lie."""
    return value is not None and rule.usual[0] <= value <= rule.usual[1]


def told(value: Decimal | None, rule: Plausible) -> str:
    """A quotient with its unit, and with two decimals where it has few digits."""
    if value is None:
        return "—"
    places = Decimal("0.01") if abs(value) < 1000 else Decimal(1)
    return f"{plain(value.quantize(places))}{rule.unit}"


def table_of(rule: Plausible, form: Form) -> str:
    """The table whose rows the rule holds for too: the one that all its names belong to; else ""."""
    scopes: dict[str, str | None] = {**column_tables(form.sheets), **{f.name: f.table for f in form.figures}}
    tables = {scopes.get(name) for name in names(rule.value)}
    return (tables.pop() or "") if len(tables) == 1 else ""
