"""Scores as operands: ``指标得分.X`` in rules, factors and bounds is what the indicator X was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.amounts import Interval, plain
from generator.form.records import score_name
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import Figure, Figures, Score
from generator.rules.lines import Line


def in_order(lines: Sequence[Line], form: Form) -> list[int]:
    """The numbers of the lines, those last that rest on the scores of others."""
    if not form.scored_last:
        return list(range(len(lines)))
    return sorted(range(len(lines)), key=lambda number: rests_on_scores(lines[number], form))


def rests_on_scores(line: Line, form: Form) -> bool:
    """Whether the rule of a row, or its condition, names the score of another."""
    return line.indicator is not None and line.indicator.name in form.scored_last


def with_scores(figures: Figures, rows: Sequence[Score]) -> Figures:
    """The figures and the scores of the official indicators; one that is pending has no value."""
    made = {}
    for row in rows:
        if not row.own:
            name = score_name(row.indicator)
            value = Underived("missing", (name,)) if row.pending else Interval.exact(row.score)
            made[name] = Figure(name, value, "" if row.pending else plain(row.score), at=row.at, unit="分")
    return replace(figures, values={**figures.values, **made})
