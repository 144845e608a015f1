"""The unit's scoring table matched with the form's indicators: which row is which, worth how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from generator.amounts import ZERO, Interval, decimal_places, largest_remainder, plain
from generator.catalogue import Severity
from generator.findings import Finding, closest, did_you_mean, finding
from generator.form.indicators import Effect, Indicator
from generator.form.rule_types import BY_HAND, Judged, Rule
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import CellRef, FigureRow, Figures

# Points are given, and what is shared is divided, in hundredths.
PLACES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the scoring table before it is scored.

    ``points`` is its points cell (the whole of a cell shared with its neighbours), ``part`` what
    falls to this row, ``shared`` the key of the cell. ``indicator`` is None for a row of the unit's own.
    ``readable``: its points are known; if not, a finding has said so.
    """

    row: FigureRow
    level1: str
    level2: str
    level3: str
    indicator: Indicator | None
    at: CellRef | None
    points: Decimal = ZERO
    part: Decimal = ZERO
    shared: str = ""
    readable: bool = True

    @property
    def effect(self) -> Effect:
        """Whether the row stands outside the full points."""
        return self.indicator.effect if self.indicator is not None else ""

    @property
    def least(self) -> Decimal:
        """The least that the score can be: nothing, or what an effect takes."""
        return self.indicator.least if self.indicator is not None else ZERO

    def rule(self, form: Form) -> Rule:
        """The rule of the indicator, or of rows that the unit adds itself."""
        if self.indicator is not None:
            return self.indicator.rule
        return form.own.rule if form.own is not None else Judged()

    def cell(self, column: str) -> CellRef | None:
        """The cell of a column, for findings."""
        return self.row[column].at if column in self.row else self.at

    def number(self, column: str) -> Decimal | None:
        """The number in a column, None when it is blank, missing or unreadable."""
        value = self.row[column].value if column in self.row else None
        return value.value if isinstance(value, Interval) else None

    def sheets(self, form: Form) -> str:
        """The sheets that hold what decides the score; of rows of the unit's own it is the scoring table."""
        names = form.rests_on(self.indicator) if self.indicator is not None else (form.scores.score,)
        found = {form.place(name) for name in names}
        return "”“".join(name for name in form.sheet_names if name in found)

    def text(self, column: str) -> str:
        """The text of a column; blank when the column is missing."""
        return self.row[column].text if column in self.row else ""


def read_lines(figures: Figures, form: Form) -> tuple[list[Line], list[Finding]]:
    """All rows, matched and with their points; every fault of the table's structure is a finding."""
    lines, findings = _match(figures.rows.get(form.scores.table, ()), form)
    whole = not findings
    lines, faults = _plan(lines, form, whole)
    return lines, findings + faults + _strange_groups(lines, form) + _unused_rules(lines, form)


def _unused_rules(lines: Sequence[Line], form: Form) -> list[Finding]:
    """Indicators with a rule that the unit left out or renamed where it may, and so escaped."""
    present = {line.indicator.name for line in lines if line.indicator}
    sheet = CellRef(form.place(form.scores.level3))
    return [
        finding("score.rule-unused", sheet, name=each.level3)
        for each in form.indicators
        if lines and each.level1 in form.open_levels and each.name not in present
        if not isinstance(each.rule, Judged)
    ]


def _key(level2: str, level3: str) -> tuple[str, str]:
    """Names as people retype them: without blanks, any kind of quotation mark."""
    return _bare(level2), _bare(level3)


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "“”\"'‘’「」")


def _match(rows: Sequence[FigureRow], form: Form) -> tuple[list[Line], list[Finding]]:
    """Every readable row with its indicator; official rows that are missing or renamed are findings."""
    official = {_key(each.level2, each.level3): each for each in form.indicators}
    lines: list[Line] = []
    strangers: list[Line] = []
    for row in rows:
        line = _line(row, official, form)
        if line is not None:
            own = line.indicator is not None or line.level1 in form.open_levels
            (lines if own else strangers).append(line)
    present = {line.indicator.name for line in lines if line.indicator}
    closed = [each for each in form.indicators if each.level1 not in form.open_levels]
    missing = [each for each in closed if each.name not in present] if rows else []
    return lines, _misfits(strangers, missing, form)


def _line(row: FigureRow, official: Mapping[tuple[str, str], Indicator], form: Form) -> Line | None:
    columns = form.scores
    cells = [row.get(name) for name in (columns.level1, columns.level2, columns.level3)]
    if any(cell is None or isinstance(cell.value, Underived) for cell in cells):
        return None
    level1, level2, level3 = (cell.text for cell in cells if cell is not None)
    indicator = official.get(_key(level2, level3))
    if indicator is not None:
        level1, level2, level3 = indicator.level1, indicator.level2, indicator.level3
    return Line(row, level1, level2, level3, indicator, row[columns.level3].at)


def _misfits(strangers: list[Line], missing: list[Indicator], form: Form) -> list[Finding]:
    """Rows that no official indicator fits and indicators that no row fits; a renamed row is one fault."""
    findings = []
    levels = [*dict.fromkeys((*(each.level1 for each in form.indicators), *form.open_levels))]
    for line in strangers:
        if line.level1 not in levels:
            at, known, hint = (
                line.cell(form.scores.level1),
                "、".join(levels),
                did_you_mean(line.level1, levels),
            )
            field = form.scores.level1
            fault = finding("score.first-level-unknown", at, field, line.level1, known=known, hint=hint)
            findings.append(fault)
            continue
        meant = closest(line.level3, (each.level3 for each in missing if each.level2 == line.level2))
        hint = f"（是不是“{meant}”？）" if meant else ""
        missing = [each for each in missing if (each.level2, each.level3) != (line.level2, meant)]
        name, level, field = line.level3, line.level1, form.scores.level3
        findings.append(finding("score.row-unknown", line.at, field, name=name, level=level, hint=hint))
    sheet = CellRef(form.place(form.scores.level3))
    for each in missing:
        level = f"{each.level1}／{each.level2}"
        findings.append(finding("score.row-missing", sheet, name=each.level3, level=level))
    return findings


def _plan(lines: list[Line], form: Form, whole: bool) -> tuple[list[Line], list[Finding]]:
    """Points and shared cells; the sum is only held against the total when every row is ``whole``."""
    findings: list[Finding] = []
    planned: list[Line] = []
    for number, line in enumerate(lines):
        cell = line.row.get(form.scores.points)
        value = cell.value if cell else None
        whole = whole and not isinstance(value, Underived)
        made, faults = _own_points(line, value, planned, form, number)
        planned.append(made)
        findings += faults
    planned = with_parts(planned, form)
    if planned and whole and not findings:
        findings += _wrong_sums(planned, form)
    return planned, findings


def with_parts(lines: Sequence[Line], form: Form) -> list[Line]:
    """The lines, each with what falls to it of its points cell: equal parts that can be printed and that add
    up to the cell. What cannot be divided falls first to the rows that were given most by hand."""
    cells: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        cells.setdefault(line.shared, []).append(number)
    made = list(lines)
    for members in cells.values():
        points = lines[members[0]].points
        if len(members) == 1 and lines[members[0]].part == points:
            continue
        unit = Decimal(1).scaleb(-max(PLACES, decimal_places(points)))
        parts = largest_remainder([points / len(members)] * len(members), points, unit)
        order = sorted(members, key=lambda n: -(lines[n].number(form.scores.score) or ZERO))
        for number, part in zip(order, sorted(parts, reverse=True), strict=True):
            made[number] = replace(lines[number], part=part)
    return made


def counted(lines: Sequence[Line], form: Form) -> Decimal:
    """The full points: each points cell once, a group with a bound as that bound, no bonus or malus."""
    ordinary = [line for line in lines if not line.effect]
    total = sum({line.shared: line.points for line in ordinary}.values(), ZERO)
    for cap in form.caps:
        members = [line for line in ordinary if line.indicator and line.indicator.name in cap.indicators]
        group = sum((line.part for line in members), ZERO)
        if cap.indicators and cap.when is None and cap.at_most is not None and group > cap.at_most:
            total -= group - cap.at_most
    return total


def _wrong_sums(lines: list[Line], form: Form) -> list[Finding]:
    """The total of all points; if it is right, what the levels should have."""
    total = counted(lines, form)
    if total != form.full_points:
        return [_wrong_sum(total, form)]
    findings = []
    for level in form.levels:
        points = counted([line for line in lines if line.level1 == level.name], form)
        if points != level.points:
            at = next((line.cell(form.scores.points) for line in lines if line.level1 == level.name), None)
            at = at or CellRef(form.place(form.scores.points))
            shown, most, severity = plain(points), plain(level.points), Severity(level.severity)
            fault = finding(
                "score.level-sum", at, form.scores.points, shown,
                severity=severity, level=level.name, total=shown, points=most,
            )  # fmt: skip
            findings.append(fault)
    return findings


def _strange_groups(lines: Sequence[Line], form: Form) -> list[Finding]:
    """Second levels that the form does not have."""
    groups = {level.name: level.groups for level in form.levels if level.groups}
    findings = []
    for line in lines:
        known = groups.get(line.level1, ())
        if known and line.level2 not in known:
            at, field, hint = (
                line.cell(form.scores.level2),
                form.scores.level2,
                did_you_mean(line.level2, known),
            )
            listed = "、".join(known)
            fault = finding(
                "score.level-unknown", at, field, line.level2, level=line.level1, known=listed, hint=hint
            )
            findings.append(fault)
    return list({each.value: each for each in reversed(findings)}.values())


def _wrong_sum(total: Decimal, form: Form) -> Finding:
    points, at = form.scores.points, CellRef(form.place(form.scores.points))
    full, levels = plain(form.full_points), "、".join(form.open_levels)
    return finding("score.points-sum", at, points, plain(total), total=full, open=levels)


def _own_points(
    line: Line, value: object, before: list[Line], form: Form, number: int
) -> tuple[Line, list[Finding]]:
    at, field, own = line.cell(form.scores.points), form.scores.points, f"{number}"
    official = line.indicator.points if line.indicator else None
    is_open = line.level1 in form.open_levels
    if isinstance(value, Interval):
        line = replace(line, points=value.value, part=value.value, shared=own)
        judged = line.indicator is None or isinstance(line.indicator.rule, BY_HAND)
        if official is None or value.value == official or (is_open and judged):
            return line, []
        shown = plain(value.value)
        if is_open:
            return line, [finding("score.scaled", at, field, shown, points=shown, official=plain(official))]
        return line, [finding("score.points-changed", at, field, shown, points=plain(official))]
    if official is not None and not is_open:
        return replace(line, points=official, part=official, shared=own), []
    # A blank points cell in the open part belongs to the cell above it (merged in the official form).
    if before and before[-1].level2 == line.level2 and value is None:
        above = before[-1]
        return replace(line, points=above.points, shared=above.shared), []
    faults = [] if isinstance(value, Underived) else [finding("score.points-missing", at, field)]
    return replace(line, shared=own, readable=False), faults
