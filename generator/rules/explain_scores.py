"""Where a score comes from: measure, rule as applied, reading of the official text, points."""

from __future__ import annotations

from dataclasses import replace

from generator.explanation import ExplainedScore
from generator.expression import names as names_in
from generator.form.indicators import Indicator
from generator.form.rule_types import Rule, measures, part_of_point, reading_of
from generator.form.schema import Form
from generator.model import Figures, Report, Score
from generator.rules.award import Names, by_hand, chosen, policy_of, scale_for
from generator.rules.explain import Explainer
from generator.rules.lines import Line, read_lines
from generator.rules.rule_words import rule_words, without_words
from generator.rules.score_names import with_scores
from generator.rules.scoring import absent, grant, names_of


def explain_scores(report: Report, form: Form) -> tuple[ExplainedScore, ...]:
    """Every row of the scoring table."""
    lines, _ = read_lines(report.figures, form)
    figures = with_scores(report.figures, report.scorecard.rows)
    explainer = Explainer(figures, form)
    return tuple(
        _explain(row, line, figures, explainer, form)
        for row, line in zip(report.scorecard.rows, lines, strict=True)
    )


def _explain(row: Score, line: Line, figures: Figures, explainer: Explainer, form: Form) -> ExplainedScore:
    indicator, names = line.indicator, names_of(line, figures)
    rule = chosen(line.rule(form), names) or line.rule(form)
    given, _ = grant(line, figures, form)
    if indicator is None:
        explainer = Explainer(replace(figures, values=names), form)
    known = indicator.not_applicable if indicator is not None else None
    gone = known is not None and absent(line, names)
    policy = policy_of(known, names) if known is not None and gone else None
    used = names_in(known.unless) if known is not None and gone else measures(rule)
    return ExplainedScore(
        row=row,
        name=indicator.name if indicator is not None else row.level3,
        rule=_words(line, rule, names, form),
        reason="；".join(reason for reason in (given.because if given else "", row.remark) if reason),
        data=tuple(explainer.explain(name) for name in used),
        readings=tuple(explainer.explain(name) for name in _readings(line, gone, form)),
        sources=tuple(form.sources[each] for each in _sources(line, form)),
        measure="、".join(used),
        by_hand=policy == "ask" if gone else by_hand(rule),
    )


def _words(line: Line, rule: Rule, names: Names, form: Form) -> str:
    known = line.indicator.not_applicable if line.indicator is not None else None
    if known is not None and absent(line, names):
        return without_words(known, policy_of(known, names))
    by = part_of_point(rule)
    reading = names[by].text if by else reading_of(rule)
    return rule_words(rule, reading, lambda name: scale_for(name, names, form), line.effect)


def _sources(line: Line, form: Form) -> tuple[str, ...]:
    if line.indicator is not None:
        return line.indicator.source
    return form.own.source if form.own is not None else ()


def _readings(line: Line, gone: bool, form: Form) -> tuple[str, ...]:
    return readings(line.indicator, gone, form) if line.indicator is not None else ()


def readings(indicator: Indicator, gone: bool, form: Form) -> tuple[str, ...]:
    """The choices of how the official text is read that a score rests on.

    ``gone``: the indicator does not apply, and only what then holds was chosen.
    """
    known = indicator.not_applicable
    by = {known.policy_by} if known is not None else set()
    used = by if gone else (form.rests_on(indicator) | {part_of_point(indicator.rule)}) - by
    return tuple(name for name, field in form.fields().items() if field.reading and name in used)
