"""Scores that the unit types itself: judged, judged within a tier, or asked for where nothing else holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from generator.amounts import ZERO, Interval, plain
from generator.findings import Finding, finding
from generator.form.rule_types import Ranged, Tiered
from generator.form.schema import Form
from generator.rules.award import Names, scale_for
from generator.rules.kinds import (
    Award,
    band_words,
    ranged,
    score_words,
    telling,
    tier_words,
    tiered,
)
from generator.rules.lines import Line

_Given = tuple[Award | None, list[Finding]]


def judged(line: Line, form: Form) -> _Given:
    """The typed score of a judged row."""
    given, faults = _typed(line, form)
    if given is None:
        return None, faults
    return Award(given, ""), _effect_reason(line, given, form)


def in_tier(line: Line, rule: Tiered, names: Names, form: Form) -> _Given:
    """The typed score, which must lie in the tier that the unit names."""
    figure = names.get(rule.by)
    tier = next((each for each in rule.tiers if figure is not None and each.name == figure.value), None)
    if tier is None:
        return None, []  # the missing choice is reported
    given, faults = _typed(line, form)
    if given is None:
        return None, faults
    made = tiered(tier, line.part, abs(given))
    if made is None:
        return None, [_outside(line, tier.name, tier_words(tier, line.part), form)]
    return _given(line, made, given, form)


def in_range(line: Line, rule: Ranged, names: Names, form: Form) -> _Given:
    """The typed score, which must lie in the range that a measure allows."""
    measure = names[rule.measure].value if rule.measure in names else None
    if not isinstance(measure, Interval):
        return None, []  # what the measure rests on is reported
    found = next(each for each in rule.ranges if each.band.holds(measure.value))
    given, faults = _typed(line, form)
    if given is None:
        return None, faults
    scale = scale_for(rule.measure, names, form)
    told = f"{telling(measure.value, found.band, scale)}，属于{band_words(found.band, scale)}一档"
    made = ranged(found, line.part, abs(given), told)
    if made is None:
        return None, [_outside(line, band_words(found.band, scale), score_words(found.score), form)]
    return _given(line, made, given, form)


def _outside(line: Line, name: str, allowed: str, form: Form) -> Finding:
    at, typed = line.cell(form.scores.score), line.text(form.scores.score)
    return finding("score.outside-tier", at, form.scores.score, typed, tier=name, allowed=allowed)


def _given(line: Line, made: Award, given: Decimal, form: Form) -> _Given:
    """The award with the unit's own number, and the reason that it owes."""
    if line.effect:
        return replace(made, points=given, demands_reason=False), _effect_reason(line, given, form)
    column = form.scores.remark
    if not made.demands_reason or line.text(column):
        return made, []
    lost, at = plain(line.part - given, 2), line.cell(column)
    return made, [finding("score.reason-missing", at, column, name=line.level3, lost=lost, column=column)]


def asked(line: Line, because: str, form: Form) -> _Given:
    """An indicator that does not apply, for which the unit gives a score and says why."""
    given, faults = _typed(line, form)
    if given is None:
        return None, faults
    column = form.scores.remark
    if not line.text(column):
        at = line.cell(column)
        faults.append(
            finding("score.ask-reason", at, column, name=line.level3, because=because, column=column)
        )
    return Award(given, f"{because}，由单位自评", asks=because, told=True), faults


def _typed(line: Line, form: Form) -> tuple[Decimal | None, list[Finding]]:
    """The typed score; a finding when it is missing or out of range."""
    column = form.scores.score
    at, number = line.cell(column), line.number(column)
    low, high = line.least, line.points
    if line.effect == "malus":
        # What is taken may be typed with its sign or without.
        low, high, number = ZERO, -line.least, None if number is None else abs(number)
    least, most = plain(low), plain(high)
    if number is None:
        blank = column not in line.row or line.row[column].value is None
        return None, [finding("score.missing", at, column, least=least, points=most)] if blank else []
    if not line.readable:
        return None, []
    if not low <= number <= high:
        typed = line.text(column)
        return None, [finding("score.out-of-range", at, column, typed, least=least, points=most)]
    return (-number if line.effect == "malus" else number), []


def _effect_reason(line: Line, given: Decimal, form: Form) -> list[Finding]:
    """Extra points need a ground as lost ones do."""
    column = form.scores.remark
    if not line.effect or given == 0 or line.text(column):
        return []
    at, points = line.cell(column), plain(abs(given), 2)
    if given < 0:
        return [finding("score.reason-missing", at, column, name=line.level3, lost=points, column=column)]
    return [finding("score.bonus-reason", at, column, name=line.level3, points=points, column=column)]
