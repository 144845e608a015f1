"""The scorecard: each row of the scoring table with its points and, where points are lost, the reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.amounts import ZERO, Interval, plain, round_half_up
from generator.findings import Finding, finding
from generator.form.rule_types import Judged
from generator.form.schema import Form
from generator.model import Figures, Score, Scorecard
from generator.rules.award import award
from generator.rules.kinds import Award
from generator.rules.lines import Line, read_lines

# An indicator's score is settled at two decimals, so that the total is the sum of what is printed.
SCORE_PLACES = 2

_Scored = tuple[Line, Award | None, Score]


def score(figures: Figures, form: Form, known: list[Line] | None = None) -> tuple[Scorecard, list[Finding]]:
    """Score every row; the unit's reason is demanded exactly where a rule cannot give one.

    ``known`` are the lines of the table when they have been read already.
    """
    lines, findings = read_lines(figures, form) if known is None else (known, [])
    scored: list[_Scored] = []
    for line in lines:
        given, faults = _award(line, figures, form)
        findings += faults
        scored.append((line, given, _score(line, given, form)))
    findings += _shared_findings(scored, form)
    return _card([row for _, _, row in scored], form), findings


def _award(line: Line, figures: Figures, form: Form) -> tuple[Award | None, list[Finding]]:
    if line.indicator is None or isinstance(line.indicator.rule, Judged):
        return _judged(line, form)
    made = award(line.indicator, line.part, figures, form)
    if made is None:
        return None, []
    findings = []
    typed = line.row.get(form.scores.score)
    if typed and isinstance(typed.value, Interval) and typed.value.value != made.points:
        own = plain(made.points, SCORE_PLACES)
        findings.append(finding("score.ignored", typed.at, typed.name, typed.text, score=own))
    if made.demands_reason and not line.text(form.scores.remark):
        findings.append(_reason_missing(line, line.part - made.points, form))
    return made, findings


def _judged(line: Line, form: Form) -> tuple[Award | None, list[Finding]]:
    typed = line.row.get(form.scores.score)
    at, most = line.cell(form.scores.score), plain(line.points)
    if typed is None or typed.value is None:
        return None, [finding("score.missing", at, form.scores.score, points=most)]
    if not isinstance(typed.value, Interval) or not line.readable:
        return None, []
    if not ZERO <= typed.value.value <= line.points:
        fault = finding("score.out-of-range", at, form.scores.score, typed.text, points=most)
        return None, [fault]
    return Award(typed.value.value, ""), []


def _score(line: Line, given: Award | None, form: Form) -> Score:
    points = round_half_up(given.points, SCORE_PLACES) if given else ZERO
    explained = given is not None and given.because and given.points < line.part
    level3 = line.level3
    return Score(
        indicator=line.indicator.name if line.indicator else level3,
        level1=line.level1,
        level2=line.level2,
        level3=level3,
        standard=_standard(line, form),
        points=line.points,
        shared=line.shared,
        score=points,
        part=line.part,
        reason=f"{level3}：{given.because}，计{plain(points)}分" if given and explained else "",
        remark=line.text(form.scores.remark),
        at=line.cell(form.scores.score),
        remark_at=line.cell(form.scores.remark),
        pending=given is None,
    )


def _standard(line: Line, form: Form) -> str:
    """The official wording to the letter; only the rows that a unit may change keep its own."""
    official = line.indicator.standard if line.indicator else ""
    own = line.text(form.scores.standard)
    return own if own and line.level1 in form.open_levels else official or own


def _shared_findings(scored: list[_Scored], form: Form) -> list[Finding]:
    """Per points cell: not more given than there is, and a reason where points are lost."""
    findings = []
    groups: dict[str, list[_Scored]] = {}
    for member in scored:
        groups.setdefault(member[0].shared, []).append(member)
    for members in groups.values():
        given = sum((row.score for _, _, row in members), ZERO)
        last, points = members[-1][2], members[0][2].points
        if given > points and len(members) > 1:
            at, field = last.at, form.scores.score
            fault = finding("score.shared-exceeded", at, field, plain(given), points=plain(points))
            findings.append(fault)
        if given < points:
            findings += _unexplained(members, form)
    return findings


def _unexplained(members: list[_Scored], form: Form) -> list[Finding]:
    """Rows that lost points and neither rule nor unit says why; unreadable scores are reported already."""
    return [
        _reason_missing(line, line.part - row.score, form)
        for line, award_, row in members
        if award_ is not None
        and not award_.demands_reason
        and row.score < line.part
        and not row.reason
        and not row.remark
    ]


def _reason_missing(line: Line, lost: Decimal, form: Form) -> Finding:
    at = line.cell(form.scores.remark)
    return finding("score.reason-missing", at, form.scores.remark, name=line.level3, lost=plain(lost, 2))


def _card(scores: list[Score], form: Form) -> Scorecard:
    level1: dict[str, Decimal] = {}
    level2: dict[tuple[str, str], Decimal] = {}
    full = ZERO
    for row in _first_of_shared(scores):
        level1[row.level1] = level1.get(row.level1, ZERO) + row.points
        key = (row.level1, row.level2)
        level2[key] = level2.get(key, ZERO) + row.points
        full += row.points
    total = sum((row.score for row in scores), ZERO)
    grade = next((each.name for each in form.grades if total >= each.at_least), "")
    return Scorecard(tuple(scores), level1, level2, full, total, grade)


def _first_of_shared(scores: list[Score]) -> list[Score]:
    """One row for each points cell."""
    first: Mapping[str, Score] = {row.shared: row for row in reversed(scores)}
    return list(first.values())
