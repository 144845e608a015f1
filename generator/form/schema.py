"""The objects that a form folder is read into. docs/design.md explains every key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from generator.amounts import NumberFormat
from generator.expression import Node, names, over_rows, row_names
from generator.form.indicators import Cap, Factor, Indicator, Level, OwnRule
from generator.form.kinds import kind_of_field, kinds_of, with_unit
from generator.form.over_rows import Rows
from generator.form.policies import Policies
from generator.form.records import (
    BY_INDICATOR,
    NUMERIC,
    Check,
    FactTable,
    Field,
    FigureSpec,
    GoalTable,
    Grade,
    Plausible,
    RowTotal,
    ScoreTable,
    ShareSpec,
    Sheet,
    Source,
    SummarySpec,
    Table,
    Unit,
    Wording,
    score_name,
)
from generator.form.rule_types import inner_rules, measures
from generator.form.scales import Scales
from generator.quantities import ANY, PERCENT, Quantity, worth

# Stands for any field that holds an amount.
AMOUNT_FIELD = Field("", "", "amount")
_SHARES = ("ratio", "percent")
MOST_PLACES = 10  # decimals that a number is printed with


@dataclass(frozen=True)
class Form:
    """One official form."""

    folder: Path
    id: str
    title: str
    issuer: str
    year: int
    year_field: str
    unit_field: str
    facts: FactTable
    scores: ScoreTable
    goals: GoalTable | None
    units: Mapping[str, Unit]
    formats: Mapping[str, NumberFormat]
    prints: Mapping[str, str]
    date_format: str
    grades: tuple[Grade, ...]
    sources: Mapping[str, Source]
    sheets: tuple[Sheet, ...]
    figures: tuple[FigureSpec, ...]  # in the order of dependency
    shares: tuple[ShareSpec, ...]
    checks: tuple[Check, ...]
    indicators: tuple[Indicator, ...]
    full_points: Decimal
    open_levels: tuple[str, ...]
    own: OwnRule | None
    levels: tuple[Level, ...]
    caps: tuple[Cap, ...]
    policies: Policies  # what each choice of a field means for indicators that do not apply
    summary: SummarySpec
    plausible: tuple[Plausible, ...] = ()
    wordings: tuple[Wording, ...] = ()
    factors: tuple[Factor, ...] = ()
    default: bool = False  # which form a new workbook has when nobody names one

    @property
    def template(self) -> Path:
        """The Word template."""
        return self.folder / "report.docx"

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of all worksheets, in order."""
        return tuple(sheet.name for sheet in self.sheets)

    @cached_property
    def kinds(self) -> Mapping[str, Quantity]:
        """The kind of every name that a formula may use: an amount, a count, a percentage, a choice, …"""
        columns = [column for _, column in self.columns().values()]
        taken = [node for _, formula in self.formulas() for node in over_rows(formula)]
        return kinds_of([*self.fields().values(), *columns], self.figures, self.shares, taken)

    @cached_property
    def kinds_with_scores(self) -> Mapping[str, Quantity]:
        """The same with the scores of indicators, which rules and bounds may rest on."""
        return {**self.kinds, **{score_name(each.name): ANY for each in self.indicators}}

    @cached_property
    def scored_last(self) -> frozenset[str]:
        """The indicators whose rules or conditions name the scores of others."""
        prefix = f"{BY_INDICATOR}."
        return frozenset(
            each.name for each in self.indicators if any(name.startswith(prefix) for name in each.names())
        )

    @cached_property
    def amount_unit(self) -> str:
        """What printed amounts are in."""
        chosen = self.format_of(AMOUNT_FIELD)
        return chosen.unit if chosen is not None else ""

    def format_of(self, field: Field) -> NumberFormat | None:
        """How a field's numbers are printed; None: as they are."""
        key = field.type, field.unit
        if key not in self._printed_by:
            name = self.prints.get(field.type)
            chosen = with_unit(self.formats[name], kind_of_field(field)) if name else None
            self._printed_by[key] = chosen
        return self._printed_by[key]

    @cached_property
    def _printed_by(self) -> dict[tuple[str, str], NumberFormat | None]:
        return {}

    def format_of_kind(self, kind: Quantity) -> NumberFormat:
        """How a number of some kind is printed that has no format of its own."""
        field_type = "amount" if kind.money == 1 else "percent" if kind.kind in _SHARES else "number"
        name = self.prints.get(field_type)
        if name is not None:
            return with_unit(self.formats[name], kind)
        return NumberFormat(Decimal(1), MOST_PLACES, True, unit=kind.unit if kind.dimensions else "")

    def unit_of(self, field: Field) -> str:
        """What the printed text of a field is in."""
        chosen = self.format_of(field)
        return (chosen.unit if chosen is not None else "") or field.unit

    def fact_format(self, unit: str, of_amounts: bool = False) -> NumberFormat:
        """How a number that the unit derived is printed in its unit; a percentage of amounts may have a
        format of its own."""
        if unit == "%":
            percent = self.facts.percent_of_amounts if of_amounts else ""
            return with_unit(self.formats[percent or self.facts.percent], PERCENT)
        return replace(self.formats[self.facts.number], divide=worth(unit), unit=unit)

    def fields(self) -> Mapping[str, Field]:
        """All single fields, those of matrices included, by name."""
        return self._fields

    def tables(self) -> Mapping[str, Table]:
        """All tables by name."""
        return self._tables

    def columns(self) -> Mapping[str, tuple[Table, Field]]:
        """All numeric columns of tables, by name: their totals are names of the vocabulary."""
        return self._columns

    @cached_property
    def scales(self) -> Scales:
        """What the numbers of every field, column and figure are told in."""
        columns = [column for table in self.tables().values() for column in table.columns]
        parts = [part.name for share in self.shares for part in share.parts]
        every = [*columns, *self.fields().values()]
        return Scales(every, self.figures, self.prints, self.formats, parts)

    def is_whole(self, name: str) -> bool:
        """Whether a field can hold whole numbers only."""
        field = self.fields().get(name)
        return field is not None and field.type == "integer"

    def names_in(self, spec: FigureSpec) -> tuple[str, ...]:
        """The names in a figure's formula."""
        return self._names[spec.name]

    def formulas(self) -> Iterator[tuple[str, Node]]:
        """Every formula of the form with its place."""
        for spec in self.figures:
            yield f"figures.toml: {spec.name}", spec.formula
        for check in self.checks:
            yield from ((f"checks.toml: {check.name}", side) for side in (check.left, check.right))
        for ratio in self.plausible:
            yield f"checks.toml: {ratio.name}", ratio.value
        for each in self.indicators:
            if each.not_applicable is not None:
                yield f"indicators.toml: {each.name}: not_applicable", each.not_applicable.unless
        for cap in self.caps:
            if cap.when is not None:
                yield f"indicators.toml: cap {cap.name}: when", cap.when

    @cached_property
    def rows(self) -> Rows:
        """Looks up what formulas take over the rows of tables."""
        return Rows(self.tables(), self.figures, self.formats, self.prints)

    @cached_property
    def row_totals(self) -> Mapping[str, RowTotal]:
        """What the form's formulas take over the rows of tables, by name."""
        found = self.rows.totals(formula for _, formula in self.formulas())
        return {
            name: replace(total, format=with_unit(total.format, self.kinds[name]))
            for name, total in found.items()
        }

    def specs(self) -> Mapping[str, FigureSpec]:
        """All figures by name."""
        return self._specs

    @cached_property
    def _specs(self) -> dict[str, FigureSpec]:
        return {spec.name: spec for spec in self.figures}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {spec.name: names(spec.formula) for spec in self.figures}

    @cached_property
    def _fields(self) -> dict[str, Field]:
        single = {field.name: field for sheet in self.sheets for field in sheet.fields}
        for sheet in self.sheets:
            for matrix in sheet.matrices:
                single.update({field.name: field for field in matrix.cells.values()})
        return single

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {table.name: table for sheet in self.sheets for table in sheet.tables}

    @cached_property
    def _columns(self) -> dict[str, tuple[Table, Field]]:
        return {
            column.name: (table, column)
            for table in self.tables().values()
            for column in table.columns
            if column.type in NUMERIC
        }

    def rolls(self, field: Field) -> str:
        """How a field is carried into next year's workbook; texts and choices are kept by default."""
        return field.roll or ("keep" if field.type in ("text", "long-text", "choice") else "blank")

    def rests_on(self, indicator: Indicator) -> frozenset[str]:
        """The fields and columns that a score rests on, down to what is typed."""
        first = list(indicator.names())
        formulas = {spec.name: spec.formula for spec in self.figures}
        found: set[str] = set()
        while first:
            name = first.pop()
            found.add(name)
            if name in formulas:
                first += [each for each in names(formulas[name]) if each not in found]
            elif name in self.row_totals:
                first += [each for each in row_names(self.row_totals[name].node) if each not in found]
        return frozenset(found - formulas.keys() - self.row_totals.keys())

    @cached_property
    def own_columns(self) -> frozenset[str]:
        """Columns of the scoring table that rules of the unit's own rows read."""
        if self.own is None:
            return frozenset()
        columns = {column.name for column in self.tables()[self.scores.table].columns}
        rules = (self.own.rule, *inner_rules(self.own.rule))
        return frozenset(columns.intersection(name for rule in rules for name in measures(rule)))

    def place(self, name: str) -> str:
        """The sheet that holds a field or a column, for messages."""
        for sheet in self.sheets:
            fields = [*sheet.fields, *(c for t in sheet.tables for c in t.columns)]
            fields += [f for m in sheet.matrices for f in m.cells.values()]
            if any(field.name == name for field in fields):
                return sheet.name
        return ""
