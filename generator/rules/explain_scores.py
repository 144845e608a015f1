"""Where a score comes from: measure, rule as applied, reading of the official text, points."""

from __future__ import annotations

from generator.explanation import ExplainedScore
from generator.form.rule_types import Indicator, PerPoint, measures
from generator.form.schema import Form
from generator.model import Figures, Report, Score
from generator.rules.award import award
from generator.rules.explain import Explainer
from generator.rules.lines import Line, read_lines
from generator.rules.rule_words import rule_words


def explain_scores(report: Report, form: Form) -> tuple[ExplainedScore, ...]:
    """Every row of the scoring table."""
    lines, _ = read_lines(report.figures, form)
    explainer = Explainer(report.figures, form)
    return tuple(
        _explain(row, line, report.figures, explainer, form)
        for row, line in zip(report.scorecard.rows, lines, strict=True)
    )


def _explain(row: Score, line: Line, figures: Figures, explainer: Explainer, form: Form) -> ExplainedScore:
    indicator = line.indicator
    if indicator is None:
        return ExplainedScore(row, row.level3, "由单位自评打分，扣分须说明原因", row.remark, (), (), (), "")
    rule = indicator.rule
    reading = figures.values[rule.part_of_point].text if isinstance(rule, PerPoint) else ""
    given = award(indicator, line.part, figures, form)
    reasons = [given.because if given else "", row.remark]
    return ExplainedScore(
        row=row,
        name=indicator.name,
        rule=rule_words(rule, reading),
        reason="；".join(reason for reason in reasons if reason),
        data=tuple(explainer.explain(name) for name in measures(rule)),
        readings=tuple(explainer.explain(name) for name in readings(indicator, form)),
        sources=tuple(form.sources[each] for each in indicator.source),
        measure="、".join(measures(rule)),
    )


def readings(indicator: Indicator, form: Form) -> tuple[str, ...]:
    """The choices of how the official text is read that a score rests on."""
    rule = indicator.rule
    used = form.rests_on(indicator) | ({rule.part_of_point} if isinstance(rule, PerPoint) else set())
    return tuple(name for name, field in form.fields().items() if field.reading and name in used)
