"""The scorecard: each row of the scoring table with its points and, where points are lost, the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from generator.amounts import ZERO, plain, round_half_up
from generator.findings import Finding, finding
from generator.form.rule_types import Ranged, Rule, Tiered, measures
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import FigureRow, Figures, Score, Scorecard
from generator.rules.award import Names, Worth, award, by_hand, chosen, holds, policy_of
from generator.rules.by_hand import asked, in_range, in_tier, judged
from generator.rules.derive import raw_cells
from generator.rules.kinds import Award, without
from generator.rules.lines import Line, counted, read_lines
from generator.rules.own_rows import own_faults
from generator.rules.score_names import in_order, rests_on_scores, with_scores
from generator.rules.total import limited_grade, settle

# An indicator's score is settled at two decimals, so that the total is the sum of what is printed.
SCORE_PLACES = 2

_Scored = tuple[Line, Award | None, Score]


def score(figures: Figures, form: Form, known: list[Line] | None = None) -> tuple[Scorecard, list[Finding]]:
    """Score every row; the unit's reason is demanded exactly where a rule cannot give one.

    ``known`` are the lines of the table when they have been read already.
    """
    lines, findings = read_lines(figures, form) if known is None else (known, [])
    by_number: dict[int, _Scored] = {}
    for number in in_order(lines, form):
        line, known_scores = lines[number], figures
        if rests_on_scores(line, form):
            known_scores = with_scores(figures, [row for _, _, row in by_number.values()])
        given, faults = grant(line, known_scores, form)
        findings += faults
        made = replace(_score(line, given, form), cells=_cells(line, faults))
        by_number[number] = (line, given, made)
    scored = [by_number[number] for number in range(len(lines))]
    findings += _shared_findings(scored, form)
    rows = [row for _, _, row in scored]
    after = with_scores(figures, rows) if form.caps or form.factors else figures
    return _card(rows, counted(lines, form), after, form), findings


def names_of(line: Line, figures: Figures) -> Names:
    """What the rule of a row may name: the report's figures, in the unit's own rows its columns first."""
    return figures.values if line.indicator is not None else {**figures.values, **line.row}


def absent(line: Line, names: Names) -> bool:
    """Whether the indicator does not apply to this unit."""
    known = line.indicator.not_applicable if line.indicator is not None else None
    return known is not None and holds(known.unless, names) is False


def grant(line: Line, figures: Figures, form: Form) -> tuple[Award | None, list[Finding]]:
    """What a row gets: by its rule, by hand, or by what holds where the indicator does not apply."""
    names = names_of(line, figures)
    known = line.indicator.not_applicable if line.indicator is not None else None
    applies = True if known is None else holds(known.unless, names)
    if applies is None:
        return None, []  # whether it applies is not known yet, and that is reported
    if known is not None and applies is False:
        policy = policy_of(known, names)
        if policy is None:
            return None, []  # the choice could not be read, and that is reported
        made = without(known.because, policy, ZERO if line.effect in ("malus", "both") else line.part)
        return asked(line, known.because, form) if made is None else (made, _demands(line, made, form))
    rule = chosen(line.rule(form), names)
    if line.indicator is None:
        faults = own_faults(line, rule, names, form)
        if rule is None or faults:
            return None, faults
    match rule:
        case None:
            return None, []
        case Tiered():
            return in_tier(line, rule, names, form)
        case Ranged():
            return in_range(line, rule, names, form)
        case _:
            made = award(rule, Worth(line.part, line.least, line.effect), names, form)
            if made is not None and line.effect == "malus":
                made = replace(made, points=-made.points)
            if made is None and not by_hand(rule):
                return None, _no_data(line, rule, figures, form)
            if made is None:
                return judged(line, form)
            return made, _demands(line, made, form)


def _no_data(line: Line, rule: Rule, figures: Figures, form: Form) -> list[Finding]:
    """What the rule needs was left blank where it may be; what is missing or unreadable is reported."""
    blank = [name for name in measures(rule) if name in figures.values and figures.values[name].value is None]
    cells = {cell.name: cell for name in blank for cell in raw_cells(name, form, figures.values)}
    empty = [cell for cell in cells.values() if cell.value is None]
    if not empty:
        return []
    wanted = "、".join(f"{cell.at}〔{cell.name}〕" if cell.at else cell.name for cell in empty)
    return [finding("score.no-data", empty[0].at, empty[0].name, name=line.level3, cells=wanted)]


def _demands(line: Line, made: Award, form: Form) -> list[Finding]:
    """What the unit must add in its own words, and a score that it typed in vain."""
    findings = []
    typed = line.row.get(form.scores.score)
    number = line.number(form.scores.score)
    remark, column = line.text(form.scores.remark), form.scores.remark
    settled = round_half_up(made.points, SCORE_PLACES)
    same = number == settled or (line.effect == "malus" and number == -settled)
    if typed is not None and number is not None and not same:
        own, sheet = plain(made.points, SCORE_PLACES), line.sheets(form)
        findings.append(finding("score.ignored", typed.at, typed.name, typed.text, score=own, sheet=sheet))
    lost = _lost(line, made)
    wanted = made.demands_reason or (
        line.indicator is None and form.own is not None and form.own.explain_loss
    )
    if wanted and lost > 0 and not made.excluded and not remark:
        findings.append(_reason_missing(line, lost, form))
    if made.asks and not remark:
        at = line.cell(column)
        fault = finding("score.over-achieved", at, column, name=line.level3, what=made.asks, column=column)
        findings.append(fault)
    return findings


def _score(line: Line, given: Award | None, form: Form) -> Score:
    points = round_half_up(given.points, SCORE_PLACES) if given else ZERO
    because = _because(line, given) if given is not None else ""
    level3 = line.level3
    counts = "" if given is not None and given.excluded else f"，计{plain(points)}分"
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
        reason=f"{level3}：{because}{counts}" if because else "",
        remark=line.text(form.scores.remark),
        at=line.cell(form.scores.score),
        remark_at=line.cell(form.scores.remark),
        pending=given is None,
        excluded=given is not None and given.excluded,
        asked=given is not None and bool(given.asks),
        definition=line.indicator.definition if line.indicator else "",
        own=line.indicator is None,
        effect=line.effect,
    )


def _because(line: Line, given: Award) -> str:
    """Why points were lost or, of extra ones, given; nothing where there is nothing to say."""
    if line.effect and not given.told:
        return given.because if given.points != 0 else ""
    return given.because if given.told or _lost(line, given) > 0 else ""


def _cells(line: Line, faults: list[Finding]) -> FigureRow:
    """The row as filled in; what a finding wants filled in is missing, not blank."""
    wanted = {each.at for each in faults if each.code in ("score.data-missing", "score.method-missing")}
    if not wanted:
        return line.row
    return {
        name: replace(figure, value=Underived("missing", (name,))) if figure.at in wanted else figure
        for name, figure in line.row.items()
    }


def _lost(line: Line, given: Award) -> Decimal:
    """What is lost of the points as they are printed: what rounding gives back is no loss."""
    points = round_half_up(given.points, SCORE_PLACES)
    return -points if line.effect else round_half_up(line.part, SCORE_PLACES) - points


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
        if not member[2].effect and not member[2].excluded:
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
        and row.score < round_half_up(line.part, SCORE_PLACES)
        and not row.reason
        and not row.remark
    ]


def _reason_missing(line: Line, lost: Decimal, form: Form) -> Finding:
    column = form.scores.remark
    at = line.cell(column)
    return finding("score.reason-missing", at, column, name=line.level3, lost=plain(lost, 2), column=column)


def _card(scores: list[Score], full: Decimal, figures: Figures, form: Form) -> Scorecard:
    level1: dict[str, Decimal] = {}
    level2: dict[tuple[str, str], Decimal] = {}
    for row in _first_of_shared(scores):
        level1[row.level1] = level1.get(row.level1, ZERO) + row.points
        key = (row.level1, row.level2)
        level2[key] = level2.get(key, ZERO) + row.points
    total, adjustments = settle(scores, full, figures.values, form)
    grade, limits = limited_grade(total, figures.values, form)
    return Scorecard(tuple(scores), level1, level2, full, total, grade, adjustments, limits)


def _first_of_shared(scores: list[Score]) -> list[Score]:
    """One row for each points cell."""
    first: Mapping[str, Score] = {row.shared: row for row in reversed(scores)}
    return list(first.values())
