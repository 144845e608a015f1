"""Between the scores and their total: bounds and rescaling, each step a live formula."""

from __future__ import annotations

from collections.abc import Sequence

from generator.amounts import plain
from generator.form.indicators import Cap, Factor
from generator.form.schema import Form
from generator.model import FLOOR, RESCALED, Report, Score
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.rule_formulas import without
from generator.workbook.workpaper.sheet import Sheet

POINTS, AGAIN, SAID, AGREES = 7, 8, 9, 10  # columns of the sheet of scores


def write_steps(
    sheet: Sheet, rows: Sequence[tuple[Score, int]], report: Report, form: Form, ledger: Ledger
) -> list[int]:
    """A row for everything of the form that may change the sum; returns their numbers."""
    steps = _Steps(sheet, rows, report, form, ledger)
    for factor in form.factors:
        if factor.indicators:
            steps.group_factor(factor)
    for cap in form.caps:
        if cap.indicators:
            steps.group(cap)
    if any(each.not_applicable and "rescale" in each.not_applicable.possible() for each in form.indicators):
        steps.rescale()
    for factor in form.factors:
        if not factor.indicators:
            steps.total_factor(factor)
    for cap in form.caps:
        if not cap.indicators and not cap.grade_at_most:
            steps.total(cap)
    if any(each.effect in ("malus", "both") for each in form.indicators):
        steps.floor()
    return steps.written


class _Steps:
    def __init__(
        self,
        sheet: Sheet,
        rows: Sequence[tuple[Score, int]],
        report: Report,
        form: Form,
        ledger: Ledger,
    ) -> None:
        self._sheet, self._rows, self._report, self._form, self._ledger = sheet, rows, report, form, ledger
        self._inside: list[str] = [self._cell(n, AGAIN) for row, n in rows if not row.effect]
        self._outside: list[str] = [self._cell(n, AGAIN) for row, n in rows if row.effect]
        self._multiplied: list[tuple[tuple[str, ...], str]] = []
        self.written: list[int] = []

    def group(self, cap: Cap) -> None:
        """A bound on some indicators, and on what factors made of them."""
        cells = [self._cell(n, AGAIN) for _, n in self._members(cap.indicators)]
        members = set(cap.indicators)
        cells += [cell for under, cell in self._multiplied if members.issuperset(under)]
        self._add(cap.indicators, self._write(cap.name, self._bounded(cap, _sum(cells))))

    def group_factor(self, factor: Factor) -> None:
        """What a factor changes of some indicators."""
        points = _sum([self._cell(n, AGAIN) for _, n in self._members(factor.indicators)])
        added = self._write(factor.name, self._times(factor, points))
        self._multiplied.append((factor.indicators, added))
        self._add(factor.indicators, added)

    def total_factor(self, factor: Factor) -> None:
        """What a factor changes of the total."""
        points = _sum([*self._inside, *self._outside])
        self._outside.append(self._write(factor.name, self._times(factor, points)))

    def _members(self, indicators: tuple[str, ...]) -> list[tuple[Score, int]]:
        return [(row, n) for row, n in self._rows if row.indicator in indicators and not row.own]

    def _add(self, indicators: tuple[str, ...], cell: str) -> None:
        members = self._members(indicators)
        outside = bool(members) and bool(members[0][0].effect)
        (self._outside if outside else self._inside).append(cell)

    def _times(self, factor: Factor, points: str) -> str:
        times = self._ledger.reference(factor.times) if isinstance(factor.times, str) else plain(factor.times)
        change = f"IF(ISNUMBER({times}),ROUND({points}*{times},2)-{points},0)"
        return change if factor.when is None else f"IF({self._ledger.number(factor.when)},{change},0)"

    def rescale(self) -> None:
        """The ordinary scores over the points that are left, as if those were all."""
        parts = []
        for indicator in self._form.indicators:
            known = indicator.not_applicable
            row = next((n for row, n in self._rows if row.indicator == indicator.name and not row.own), None)
            if known is not None and "rescale" in known.possible() and row is not None:
                points = without(known, {"rescale": self._cell(row, POINTS)}, self._ledger)
                parts.append(f"IF({self._ledger.number(known.unless)},0,{points})")
        full, ordinary = plain(self._report.scorecard.full), _sum(self._inside)
        left = f"({full}-({'+'.join(parts) or '0'}))"
        scaled = f"ROUND({ordinary}*{full}/{left},2)-{ordinary}"
        self._inside.append(self._write(RESCALED, f"IF(OR({left}={full},{left}<=0),0,{scaled})"))

    def total(self, cap: Cap) -> None:
        added = self._write(cap.name, self._bounded(cap, _sum([*self._inside, *self._outside])))
        self._outside.append(added)

    def floor(self) -> None:
        self._write(FLOOR, f"MAX(0,-({_sum([*self._inside, *self._outside])}))")

    def _bounded(self, cap: Cap, points: str) -> str:
        change = "0"
        if cap.at_least is not None:
            change = f"MAX(0,{plain(cap.at_least)}-({points}))"
        if cap.at_most is not None:
            change = f"IF({points}>{plain(cap.at_most)},{plain(cap.at_most)}-({points}),{change})"
        return change if cap.when is None else f"IF({self._ledger.number(cap.when)},{change},0)"

    def _write(self, name: str, formula: str) -> str:
        """One row; returns the cell that others add."""
        done = next((each for each in self._report.scorecard.adjustments if each.name == name), None)
        pending = self._report.scorecard.pending
        said = None if pending else done.points if done is not None else 0
        reason = done.reason if done is not None else ""
        row = self._sheet.write([name, "", "", "", "", None, None, None, said, "", None, reason, ""])
        if not pending:
            self._sheet.formula(row, AGAIN, f"ROUND({formula},2)", "0.##")
            self._sheet.formula(row, AGREES, self._sheet.agree(row, AGAIN, SAID))
        self.written.append(row)
        return self._cell(row, AGAIN)

    def _cell(self, row: int, column: int) -> str:
        return self._sheet.address(row, column)


def _sum(cells: Sequence[str]) -> str:
    return f"SUM({','.join(cells)})" if cells else "0"
