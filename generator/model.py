"""What the stages hand to each other: frozen records.

The way of one amount: ``Entry`` (as found in its cell) → ``Figure`` (value and printed text) →
a place in the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.amounts import Interval, NumberFormat, plain
from generator.expression import Node
from generator.formula import Value


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of the workbook; ``cell`` may be empty for a whole sheet."""

    sheet: str
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell of the workbook says, read by its field's type.

    ``value`` is an ``Interval`` for numbers (amounts in 元, percents as fractions), text, a truth
    value, or None when blank; ``Underived`` when it is required and missing or could not be read
    (a finding has been made). ``day`` is the date of a date field, ``number`` the number of a
    number-or-text field that holds one.
    """

    name: str
    value: Value
    at: CellRef
    typed: str = ""
    day: date | None = None
    places: int = 0
    number: Interval | None = None


Row = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Intake:
    """The workbook as read: single fields by name, and tables as rows of entries by column name.

    ``doubtful`` are tables in which a row of totals stood, or two rows of one name: other sheets may have
    been filled in to match them, and texts may speak of either.
    """

    form_id: str
    fields: Mapping[str, Entry]
    tables: Mapping[str, tuple[Row, ...]]
    doubtful: frozenset[str] = frozenset()


# What is printed for a ratio that has no denominator, where the form's rules say that this is no fault.
NO_RATIO = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """A named value with its printed text. ``at`` is its cell and ``typed`` what stands in it;
    ``formula`` is how it was derived; ``unit`` is what ``text`` is in, ``says_unit`` whether it prints it;
    ``printed`` is the number that it prints, in that unit, one of which is ``worth`` so much of ``value``;
    ``format`` is what the tool printed it by.

    A text that names other figures has ``fragments``: its pieces, each with the figure it was filled from.
    """

    name: str
    value: Value
    text: str
    at: CellRef | None = None
    formula: Node | None = None
    note: str = ""
    typed: str = ""
    fragments: tuple[tuple[str, Figure | None], ...] = ()
    unit: str = ""
    says_unit: bool = False
    printed: Decimal | None = None
    worth: Decimal = Decimal(1)
    format: NumberFormat | None = None

    @property
    def shown(self) -> str:
        """The printed text with its unit, be it that nothing is printed."""
        return self.text if self.says_unit or not self.text else self.text + self.unit

    @classmethod
    def formatted(
        cls,
        name: str,
        value: Value,
        chosen: NumberFormat | None,
        unit: str = "",
        *,
        at: CellRef | None = None,
        typed: str = "",
        formula: Node | None = None,
        note: str = "",
    ) -> Figure:
        """A value as a format prints it, or as it is; ``unit`` is its unit where the format says none."""
        text, number, says_unit, worth = "", None, False, Decimal(1)
        if isinstance(value, Interval):
            number = value.value if chosen is None else chosen.round(value.value)
            text = plain(number) if chosen is None else chosen.text_of_rounded(number)
            if chosen is not None:
                says_unit, worth = bool(chosen.suffix), chosen.divide
        own = (chosen.unit if chosen is not None else "") or unit
        return cls(name, value, text, at, formula, note, typed, (), own, says_unit, number, worth, chosen)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole that applies: neither blank nor zero."""

    title: str
    amount: Figure
    share: Figure


FigureRow = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a table that say the same in the column it is grouped by, with their ``totals`` by column and
    figure, and in ``groups`` by the next such column if there is one."""

    name: str
    rows: tuple[FigureRow, ...]
    totals: FigureRow
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """All values of a report: ``values`` for the whole report, ``rows`` per table row, ``grouped`` once more
    the rows of tables that have groups, group by group.

    ``groups`` are the parts of each whole that apply, ``facts`` the unit's own named facts. Texts have
    their ``{{名称}}`` filled in.
    """

    values: Mapping[str, Figure]
    rows: Mapping[str, tuple[FigureRow, ...]]
    groups: Mapping[str, tuple[Part, ...]]
    facts: Mapping[str, Figure] = field(default_factory=dict)
    grouped: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """One row of the scoring table. ``shared`` is equal for rows that share one cell of points.

    ``points`` is what the row's own points cell prints (the whole of a shared cell), ``part`` what falls
    to this row. ``pending``: what the score rests on is missing, so ``score`` is no score yet and
    counts as 0. ``excluded``: the indicator does not apply and does not count. ``asked``: the unit had to
    say something though nothing was lost. A bonus or malus
    (``effect``) stands outside the full points; the score of a malus is negative. ``cells`` is the row as
    the unit filled it in.
    """

    indicator: str
    level1: str
    level2: str
    level3: str
    standard: str
    points: Decimal
    shared: str
    score: Decimal
    part: Decimal
    reason: str = ""
    remark: str = ""
    at: CellRef | None = None
    remark_at: CellRef | None = None
    pending: bool = False
    excluded: bool = False
    asked: bool = False
    definition: str = ""
    own: bool = False  # a row that the unit added itself
    effect: Literal["", "bonus", "malus", "both"] = ""
    cells: FigureRow = field(default_factory=dict, compare=False, repr=False)

    @property
    def lost(self) -> Decimal:
        """The points that were not given; 0 while the score is pending, and for what does not count."""
        if self.pending or self.excluded or self.effect == "bonus":
            return Decimal(0)
        return max(Decimal(0), -self.score) if self.effect else self.part - self.score


# Steps that every form may have; those of a form itself have the names of its data.
RESCALED, FLOOR = "不适用指标折算", "综合得分最低为0分"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What changes the sum of all scores: a bound, or rescaling. ``points`` may be negative."""

    name: str
    points: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scoring table: its rows, points by level (each shared cell once), total and grade.

    ``total`` is the sum of the scores and of the ``adjustments``; ``limits`` say why the grade is worse than
    the total alone would give.
    """

    rows: tuple[Score, ...] = ()
    level1: Mapping[str, Decimal] = field(default_factory=dict)
    level2: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    full: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    grade: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    limits: tuple[Adjustment, ...] = ()

    @property
    def pending(self) -> bool:
        """Whether any score is still missing, and with it total and grade."""
        return any(row.pending for row in self.rows)


@dataclass(frozen=True, slots=True)
class Ties:
    """How many ties held, failed, or could not be checked."""

    passed: int = 0
    failed: int = 0
    not_checked: int = 0


@dataclass(frozen=True, slots=True)
class Carry:
    """What last year's workbook hands on to this year's: values to write, in the workbook's own unit.

    ``year`` is the old year; texts that name it want another look.
    """

    year: int
    fields: Mapping[str, str | Decimal]
    tables: Mapping[str, tuple[Mapping[str, str | Decimal], ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a document says."""

    form_id: str
    figures: Figures
    scorecard: Scorecard
    ties: Ties
