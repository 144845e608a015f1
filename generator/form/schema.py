"""The objects that a form folder is read into. docs/design.md explains every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from generator.amounts import NumberFormat
from generator.expression import Node, names
from generator.form.rule_types import Cap, Indicator, Level, OwnRule, inner_rules, measures

FieldType = Literal[
    "text",
    "long-text",
    "integer",
    "number",
    "number-or-text",
    "amount",
    "percent",
    "date",
    "choice",
    "yes-no",
]
NUMERIC: frozenset[str] = frozenset({"integer", "number", "amount", "percent"})


# Names that the engine itself gives to a template: for the report, and in each row of a table, in a part of
# a whole, in a row of the scoring table, in a step from the scores to the total.
GIVEN_VALUES: frozenset[str] = frozenset({"满分", "综合得分", "评价等次"})
BY_INDICATOR, ADJUSTMENTS = "指标得分", "总分调整"
GIVEN: frozenset[str] = GIVEN_VALUES | {BY_INDICATOR, ADJUSTMENTS}
GIVEN_IN_ROWS: frozenset[str] = frozenset({"序号"})
GIVEN_IN_PARTS: frozenset[str] = frozenset({"名称", "金额", "占比"})
GIVEN_IN_SCORES: frozenset[str] = frozenset(
    {"一级分值", "二级分值", "分值键", "指标定义", "得分原因", "补充说明"}
)
GIVEN_IN_STEPS: frozenset[str] = frozenset({"名称", "分数", "说明"})


class FormError(Exception):
    """A form folder is wrong: a fault of its author, with file and key."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a rule or a formula rests on; ``number`` is its 文号."""

    id: str
    title: str
    number: str
    date: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of amounts: worth ``yuan`` 元; numbers typed in it are exact, or rounded to ``places``."""

    yuan: Decimal
    exact: bool
    places: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the total score (points) from which it holds."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Field:
    """A cell that the unit fills in, or a column of a table."""

    name: str
    label: str
    type: FieldType
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    fill_down: bool = False
    any_year: bool = False  # the text may speak of years long past
    reading: bool = False  # a choice between readings of the official text
    like: str = ""  # an amount of the same order of magnitude
    roll: str = ""  # next year's value: "keep", "blank", or the name of this year's closing figure
    note: str = ""
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and rows under it. ``groups`` are the values of the ``group_by`` columns that a
    document always shows, in this order."""

    name: str
    title: str
    columns: tuple[Field, ...]
    key: tuple[str, ...] = ()
    min_rows: int = 0
    group_by: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Fixed rows × fixed columns of amounts; each crossing is a field named row name + suffix.

    ``controls`` are rows of totals as typed elsewhere: tied against the sums, never part of them.
    ``sums``: which sums a workbook to fill in shows, over "rows", over "columns".
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]  # label, suffix
    cells: Mapping[tuple[str, str], Field]  # (row label, column label)
    controls: tuple[str, ...] = ()
    sums: tuple[str, ...] = ("rows", "columns")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: single fields, tables and matrices. An ``optional`` one may be missing."""

    name: str
    note: str
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    matrices: tuple[Matrix, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A derived figure. ``table`` names the table whose rows it also holds for, if any."""

    name: str
    formula: Node
    format: NumberFormat
    format_name: str
    table: str | None
    source: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SharePart:
    """One part of a whole: the share's ``name``, the amount it is of, its title in sentences."""

    name: str
    part: str
    title: str


@dataclass(frozen=True, slots=True)
class ShareSpec:
    """The shares of the parts of one whole, rounded together by largest remainder."""

    group: str
    whole: str
    parts: tuple[SharePart, ...]
    format: NumberFormat
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A tie: ``left relation right``."""

    name: str
    left: Node
    relation: Literal["=", "<="]
    right: Node
    severity: Literal["error", "warning"]
    fix: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """The table of the unit's own named facts, and its columns."""

    table: str
    name: str
    value: str
    unit: str
    formula: str
    percent: str  # number formats of what a formula gives: in %, and otherwise
    number: str


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The scoring table of the workbook, and its columns; some forms have no standard and no unit there."""

    table: str
    level1: str
    level2: str
    level3: str
    points: str
    score: str
    remark: str
    standard: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class GoalTable:
    """The table of quantitative goals, and its columns."""

    table: str
    target: str
    done: str


@dataclass(frozen=True, slots=True)
class SummarySpec:
    """What a summary of many units shows of each: the field of its name, and figures."""

    unit: str
    figures: tuple[str, ...]


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
    summary: SummarySpec
    default: bool = False  # which form a new workbook has when nobody names one

    @property
    def template(self) -> Path:
        """The Word template."""
        return self.folder / "report.docx"

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of all worksheets, in order."""
        return tuple(sheet.name for sheet in self.sheets)

    def fields(self) -> Mapping[str, Field]:
        """All single fields, those of matrices included, by name."""
        return self._fields

    def tables(self) -> Mapping[str, Table]:
        """All tables by name."""
        return self._tables

    def columns(self) -> Mapping[str, tuple[Table, Field]]:
        """All numeric columns of tables, by name: their totals are names of the vocabulary."""
        return self._columns

    def names_in(self, spec: FigureSpec) -> tuple[str, ...]:
        """The names in a figure's formula."""
        return self._names[spec.name]

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
        return frozenset(found - formulas.keys())

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
