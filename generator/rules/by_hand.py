"""Scores that the unit types itself: judged, judged within a tier, or asked for where nothing else holds."""

from __future__ import annotations

from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.findings import Finding, finding
from generator.form.rule_types import Tiered
from generator.form.schema import Form
from generator.rules.award import Names
from generator.rules.kinds import Award, tier_words, tiered
from generator.rules.lines import Line

_Given = tuple[Award | None, list[Finding]]


def judged(line: Line, form: Form) -> _Given:
    """The typed score of a judged row."""
    given, faults = _typed(line, form)
    if given is None:
        return None, faults
    if line.effect == "malus":
        given += line.part  # as every rule: the points that are left
    return Award(given, ""), _bonus_reason(line, given, form)


def in_tier(line: Line, rule: Tiered, names: Names, form: Form) -> _Given:
    """The typed score, which must lie in the tier that the unit names."""
    figure = names.get(rule.by)
    tier = next((each for each in rule.tiers if figure is not None and each.name == figure.value), None)
    if tier is None:
        return None, []  # the missing choice is reported
    given, faults = _typed(line, form)
    if given is None:
        return None, faults
    made = tiered(tier, line.part, given)
    if made is None:
        allowed, at = tier_words(tier, line.part), line.cell(form.scores.score)
        typed = line.text(form.scores.score)
        fault = finding("score.outside-tier", at, form.scores.score, typed, tier=tier.name, allowed=allowed)
        return None, [fault]
    remark, column = line.text(form.scores.remark), form.scores.remark
    if made.demands_reason and not remark:
        lost, at = plain(line.part - given, 2), line.cell(column)
        faults.append(finding("score.reason-missing", at, column, name=line.level3, lost=lost, column=column))
    return made, faults


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
    low, high = (-line.points, ZERO) if line.effect == "malus" else (ZERO, line.points)
    least, most = plain(low), plain(high)
    if number is None:
        blank = column not in line.row or line.row[column].value is None
        return None, [finding("score.missing", at, column, least=least, points=most)] if blank else []
    if not line.readable:
        return None, []
    if not low <= number <= high:
        typed = line.text(column)
        return None, [finding("score.out-of-range", at, column, typed, least=least, points=most)]
    return number, []


def _bonus_reason(line: Line, given: Decimal, form: Form) -> list[Finding]:
    """Extra points need a ground as lost ones do."""
    column = form.scores.remark
    if line.effect != "bonus" or given <= 0 or line.text(column):
        return []
    at = line.cell(column)
    return [finding("score.bonus-reason", at, column, name=line.level3, points=plain(given), column=column)]
