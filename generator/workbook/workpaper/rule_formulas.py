"""A scoring rule as a live spreadsheet formula."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.amounts import plain
from generator.form.indicators import Indicator, NotApplicable, Policy
from generator.form.rule_types import (
    DEDUCTING,
    Against,
    Bands,
    BestOf,
    ByChoice,
    ByFormula,
    Cases,
    CheckList,
    DeductList,
    GainLoss,
    Judged,
    Linear,
    OneOf,
    PerCase,
    PerPoint,
    Proportional,
    Ranged,
    Rule,
    Sum,
    Tiered,
    Within,
)
from generator.workbook.workpaper import step_formulas as steps
from generator.workbook.workpaper.ledger import Ledger


def score_formula(
    rule: Rule, part: str, ledger: Ledger, typed: str, row: str = "", effect: str = "", least: str = "0"
) -> str:
    """The points, without the leading ``=``; ``part`` is the cell of the row's own points.

    ``typed`` is the cell of the score that the unit gave, ``row`` the key under which the ledger has the
    row's own columns. Of a malus (``effect``) it is what is taken; ``least`` is what a row both ways
    takes at most.
    """

    def cell(name: str) -> str:
        return ledger.reference(name, row)

    def inner(each: Rule, points: Decimal | None) -> str:
        own = part if points is None else plain(points)
        return score_formula(each, own, ledger, typed, row, effect, least)

    match rule:
        case OneOf(by=by, options=options):
            return _choice(cell(by), [(option.name, inner(option.rule, None)) for option in options])
        case Sum(portions=portions):
            return "+".join(f"({inner(each.rule, each.points)})" for each in portions)
        case BestOf(portions=portions):
            return f"MAX({','.join(inner(each.rule, each.points) for each in portions)})"
        case ByFormula(formula=formula):
            return f"MAX({'0' if effect == 'malus' else least},MIN({part},{ledger.number(formula, row)}))"
        case Judged() | Tiered() | Ranged():
            return f"ABS(N({typed}))" if effect == "malus" else f"N({typed})"
        case _:
            points = _single(rule, part, ledger, row, least)
            if effect == "malus" and isinstance(rule, DEDUCTING):
                points = f"{part}-({points})"
            return steps.numbers(_needed(rule, ledger, row), points) if _needed(rule, ledger, row) else points


def _needed(rule: Rule, ledger: Ledger, row: str) -> tuple[str, ...]:
    """The cells without whose numbers there are no points."""
    match rule:
        case PerPoint() | Bands() | GainLoss():
            return (ledger.reference(rule.measure, row),)
        case Proportional(measure=measure, target=target):
            names = [measure, target]
        case Within(measure=measure, low=low, high=high) | Linear(measure=measure, none=low, full=high):
            names = [measure, low, high]
        case _:
            return ()
    return tuple(ledger.reference(name, row) for name in names if isinstance(name, str))


def _single(rule: Rule, part: str, ledger: Ledger, row: str, least: str) -> str:
    def cell(name: str) -> str:
        return ledger.reference(name, row)

    match rule:
        case PerPoint():
            return steps.per_point(rule, part, cell)
        case GainLoss():
            return steps.gain_loss(rule, part, least, cell)
        case Linear():
            return steps.linear(rule, part, cell)
        case Bands(measure=measure, bands=bands):
            full = max(band.points for band in bands)
            scaled = f"*{part}/{plain(full)}" if full > 0 else ""
            return f"{steps.banded(bands, cell(measure))}{scaled}"
        case Proportional():
            return steps.proportional(rule, part, cell)
        case Within():
            return steps.within(rule, part, cell)
        case DeductList(items=items, at_most=most):
            lost = "+".join(f'IF({cell(i.field)}="是",0,{plain(i.points)})' for i in items)
            return f"MAX(0,{part}-{_bounded(lost, most)})"
        case CheckList(items=items):
            return "+".join(f'IF({cell(item.field)}="是",{plain(item.points)},0)' for item in items)
        case PerCase(count=count, deduct=deduct, cutoff=cutoff, at_most=most):
            cases = f"N({cell(count)})"
            points = f"MAX(0,{part}-{_bounded(f'{cases}*{plain(deduct)}', most)})"
            return points if cutoff is None else f"IF({cases}>={plain(cutoff)},0,{points})"
        case Cases():
            return _cases(rule, part, ledger, row, least)
        case ByChoice(by=by, choices=choices):
            best = max(choice.points for choice in choices)
            scaled = f"*{part}/{plain(best)}" if best > 0 else ""
            return _choice(cell(by), [(choice.name, plain(choice.points)) for choice in choices]) + scaled
        case Against():
            return steps.against(rule, cell)
        case _:
            return "0"


def _bounded(lost: str, most: Decimal | None) -> str:
    return f"({lost})" if most is None else f"MIN({plain(most)},{lost})"


def _cases(rule: Cases, part: str, ledger: Ledger, row: str, least: str) -> str:
    change = "+".join(f"N({ledger.reference(c.count, row)})*({plain(c.points)})" for c in rule.cases)
    if rule.at_most is not None:
        change = f"MAX(-{plain(rule.at_most)},{change})"
    gains = any(each.points > 0 for each in rule.cases)
    start = plain(rule.start) if rule.start is not None else "0" if gains else part
    return f"MAX({least},MIN({part},{start}+{change}))"


def indicator_formula(indicator: Indicator, part: str, ledger: Ledger, typed: str) -> str:
    """The points of an official indicator, also where it does not apply, also outside the full points."""
    effect, least = indicator.effect, plain(indicator.least) if indicator.effect == "both" else "0"
    points = score_formula(indicator.rule, part, ledger, typed, "", effect, least)
    if effect == "malus":
        points = f"-({points})"
    known = indicator.not_applicable
    if known is None:
        return points
    asked = f"-ABS(N({typed}))" if effect == "malus" else f"N({typed})"
    full = "0" if effect in ("malus", "both") else part
    otherwise = without(known, {"full": full, "ask": asked}, ledger)
    return f"IF({ledger.number(known.unless)},{points},{otherwise})"


def without(known: NotApplicable, given: Mapping[Policy, str], ledger: Ledger) -> str:
    """What holds where an indicator does not apply: of each policy what is ``given``, else 0."""
    if known.policy is not None:
        return given.get(known.policy, "0")
    return _choice(
        ledger.reference(known.policy_by),
        [(choice, given[policy]) for choice, policy in known.policies.items() if policy in given],
    )


def _choice(cell: str, options: list[tuple[str, str]]) -> str:
    """Nested IFs over what the choice says."""
    text = "0"
    for name, formula in reversed(options):
        text = f'IF({cell}="{name}",{formula},{text})'
    return text


def grade_formula(total: str, grades: list[tuple[str, Decimal]], limits: list[tuple[str, str]]) -> str:
    """The first grade that the total reaches, no better than what a limit (condition and grade) allows."""
    text = str(len(grades) + 1)
    for number, (_, least) in reversed(list(enumerate(grades, 1))):
        text = f"IF({total}>={plain(least)},{number},{text})"
    names = [name for name, _ in grades]
    for condition, name in limits:
        text = f"MAX({text},IF({condition},{names.index(name) + 1},0))"
    listed = ",".join(f'"{name}"' for name in (*names, ""))
    return f"CHOOSE({text},{listed})" if limits else _first(total, grades)


def _first(total: str, grades: list[tuple[str, Decimal]]) -> str:
    text = '""'
    for name, least in reversed(grades):
        text = f'IF({total}>={plain(least)},"{name}",{text})'
    return text
