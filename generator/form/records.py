"""The records that a form folder is read into, but for scoring. docs/design.md explains every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from generator.amounts import NumberFormat
from generator.expression import Node, OverRows
from generator.parsing import SCORES

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
BY_INDICATOR, ADJUSTMENTS = SCORES, "总分调整"


def score_name(indicator: str) -> str:
    """What the score of an indicator is called in a formula: ``指标得分.X``."""
    return f"{BY_INDICATOR}.{indicator}"


GIVEN: frozenset[str] = GIVEN_VALUES | {BY_INDICATOR, ADJUSTMENTS}
GIVEN_IN_ROWS: frozenset[str] = frozenset({"序号"})
GIVEN_IN_PARTS: frozenset[str] = frozenset({"名称", "金额", "占比"})
GIVEN_IN_SCORES: frozenset[str] = frozenset(
    {"一级分值", "二级分值", "分值键", "指标定义", "得分原因", "补充说明"}
)
GIVEN_IN_STEPS: frozenset[str] = frozenset({"名称", "分数", "说明"})


# A table with ``group_by`` is given once more by groups, under its name with this behind it. Each group has
# its rows, how many there are, and in turn its groups by the next column.
BY_GROUP = "_分组"
GROUP_ROWS, GROUP_COUNT, GROUP_GROUPS = "明细", "个数", "分组"
GIVEN_IN_GROUPS: frozenset[str] = frozenset({GROUP_ROWS, GROUP_COUNT, GROUP_GROUPS})


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
    default: str = ""  # the choice that holds where nothing is filled in
    fill_down: bool = False
    any_year: bool = False  # the text may speak of years long past
    heading: str = ""  # what the document prints right before the text
    reading: bool = False  # a choice between readings of the official text
    least: Decimal | None = None  # less is unusual and told, though not refused
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
class Added:
    """A crossing of a matrix that is the sum of others: its name and theirs."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Fixed rows × fixed columns of amounts; each crossing is a field named row name + suffix.

    ``controls`` are rows of totals as typed elsewhere: tied against the sums, never part of them.
    ``sums``: which sums a workbook to fill in shows, over "rows", over "columns". ``added`` are the crossings
    of rows and columns that the tool adds up from others: they are figures, and nobody fills them in.
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]  # label, suffix
    cells: Mapping[tuple[str, str], Field]  # (row label, column label)
    controls: tuple[str, ...] = ()
    sums: tuple[str, ...] = ("rows", "columns")
    added: Mapping[tuple[str, str], Added] = field(default_factory=dict)  # (row label, column label)

    @property
    def added_rows(self) -> frozenset[str]:
        """Rows of which every crossing is a sum."""
        labels = [label for label, _ in self.columns]
        return frozenset(row for row in self.rows if all((row, label) in self.added for label in labels))

    @property
    def added_columns(self) -> frozenset[str]:
        """Columns of which every crossing is a sum."""
        labels = [label for label, _ in self.columns]
        return frozenset(label for label in labels if all((row, label) in self.added for row in self.rows))


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
    """A derived figure. ``table`` names the table whose rows it also holds for, if any.

    ``total`` says what then holds for the whole: the sum of the rows, or the formula with the totals as
    operands. A figure ``of_matrix`` is a row or column of sums in a matrix, which rests on no rule.
    """

    name: str
    formula: Node
    format: NumberFormat
    format_name: str
    table: str | None
    source: tuple[str, ...]
    note: str = ""
    total: Literal["", "sum", "formula"] = ""
    of_matrix: str = ""
    for_columns: tuple[str, ...] = ()  # as written: matrices or suffixes; none once there is one for each
    undefined: Literal["error", "dash"] = "error"  # with a denominator of 0: a fault, or printed as a dash


@dataclass(frozen=True, slots=True)
class RowTotal:
    """What a formula takes over the rows of ``table``, printed in ``format``."""

    node: OverRows
    table: str
    format: NumberFormat

    @property
    def name(self) -> str:
        """Under which name its value stands among the others."""
        return self.node.name


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
    format_name: str
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
    for_columns: tuple[str, ...] = ()  # as with figures


@dataclass(frozen=True, slots=True)
class Plausible:
    """What a quotient of two figures is: ``usual`` in most units, ``possible`` in any. Outside, some
    amount was typed in another unit or with digits too many or too few. Amounts count in 元."""

    name: str
    value: Node
    usual: tuple[Decimal, Decimal]
    possible: tuple[Decimal, Decimal]
    unit: str
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
    percent_of_amounts: str = ""  # in %, derived from amounts


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
class Wording:
    """How texts call figures: ``says`` are the words, ``of`` the names that they may stand for."""

    says: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummarySpec:
    """What a summary of many units shows of each: the field of its name, and figures."""

    unit: str
    figures: tuple[str, ...]
