"""A scoring rule as a live spreadsheet formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from generator.amounts import plain
from generator.form.indicators import Indicator, NotApplicable, Policy
from generator.form.rule_types import (
    BY_HAND,
    EVERY_STARTED,
    PRORATED,
    Against,
    Band,
    Bands,
    CheckList,
    DeductList,
    Judged,
    OneOf,
    Operand,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Tiered,
    Within,
)
from generator.workbook.workpaper.ledger import Ledger

# Binary noise must not start another percentage point, nor leave a band.
_EXACT = 9


def score_formula(rule: Rule, part: str, ledger: Ledger, typed: str, row: str = "") -> str:
    """The points, without the leading ``=``; ``part`` is the cell of the row's own points.

    ``typed`` is the cell of the score that the unit gave, ``row`` the key under which the ledger has the
    row's own columns.
    """

    def cell(name: str) -> str:
        return ledger.reference(name, row)

    match rule:
        case PerPoint():
            return _per_point(rule, part, cell)
        case Bands(measure=measure, bands=bands):
            full = max(band.points for band in bands)
            return f"IF(ISNUMBER({cell(measure)}),{_bands(bands, cell(measure))}*{part}/{plain(full)},0)"
        case Proportional():
            return _proportional(rule, part, cell)
        case Within():
            return _within(rule, part, cell)
        case DeductList(items=items):
            lost = (f'IF({cell(i.field)}="是",0,{plain(i.points)})' for i in items)
            return f"MAX(0,{part}-({'+'.join(lost)}))"
        case CheckList(items=items):
            return "+".join(f'IF({cell(item.field)}="是",{plain(item.points)},0)' for item in items)
        case PerCase(count=count, deduct=deduct, cutoff=cutoff):
            cases = f"N({cell(count)})"
            points = f"MAX(0,{part}-{cases}*{plain(deduct)})"
            return points if cutoff is None else f"IF({cases}>={plain(cutoff)},0,{points})"
        case Against():
            return _against(rule, cell)
        case OneOf(by=by, options=options):
            each = [(o.name, score_formula(o.rule, part, ledger, typed, row)) for o in options]
            return _choice(cell(by), each)
        case Judged() | Tiered():
            return f"N({typed})"


def indicator_formula(indicator: Indicator, part: str, ledger: Ledger, typed: str) -> str:
    """The points of an official indicator, also where it does not apply, also outside the full points."""
    points = score_formula(indicator.rule, part, ledger, typed)
    if indicator.effect == "malus" and not isinstance(indicator.rule, BY_HAND):
        points = f"{points}-{part}"
    known = indicator.not_applicable
    if known is None:
        return points
    otherwise = without(known, {"full": part, "ask": f"N({typed})"}, ledger)
    return f"IF({ledger.number(known.unless)},{points},{otherwise})"


def without(known: NotApplicable, given: Mapping[Policy, str], ledger: Ledger) -> str:
    """What holds where an indicator does not apply: of each policy what is ``given``, else 0."""
    if known.policy is not None:
        return given.get(known.policy, "0")
    return _choice(
        ledger.reference(known.policy_by),
        [(choice, given[policy]) for choice, policy in known.policies.items() if policy in given],
    )


# The cell of a name.
_Cell = Callable[[str], str]


def _choice(cell: str, options: list[tuple[str, str]]) -> str:
    """Nested IFs over what the choice says."""
    text = "0"
    for name, formula in reversed(options):
        text = f'IF({cell}="{name}",{formula},{text})'
    return text


def _per_point(rule: PerPoint, part: str, where: _Cell) -> str:
    cell, reading = where(rule.measure), where(rule.part_of_point)
    base = plain(rule.base)
    beyond = f"{base}-{cell}" if rule.direction == "below" else f"{cell}-{base}"
    if rule.direction == "both":
        beyond = f"ABS({beyond})"
    points = f"MAX(0,ROUND(({beyond})/{plain(rule.step)},{_EXACT}))"
    started = f'IF({reading}="{EVERY_STARTED}",ROUNDUP({points},0),INT({points}))'
    counted = f'IF({reading}="{PRORATED}",{points},{started})'
    return f"IF(ISNUMBER({cell}),MAX(0,{part}-{plain(rule.deduct)}*{counted}),0)"


def _proportional(rule: Proportional, part: str, where: _Cell) -> str:
    cell, target = where(rule.measure), _operand(rule.target, where)
    if rule.direction == "less":
        share = f"IF({cell}>0,{target}/{cell},1)"
    elif isinstance(rule.target, str):
        share = f"IF({target}<=0,IF({cell}>={target},1,0),{cell}/{target})"
    else:
        share = f"{cell}/{target}"
    return _numbers((cell, target), f"{part}*MIN(1,MAX(0,{share}))")


def _within(rule: Within, part: str, where: _Cell) -> str:
    cell, low, high = where(rule.measure), _operand(rule.low, where), _operand(rule.high, where)
    below = f"IF({low}>0,{cell}/{low},0)"
    share = f"IF({cell}<{low},{below},IF({cell}>{high},{high}/{cell},1))"
    return _numbers((cell, low, high), f"{part}*MIN(1,MAX(0,{share}))")


def _numbers(operands: tuple[str, ...], formula: str) -> str:
    """The formula where all operands are numbers, else nothing."""
    tests = [f"ISNUMBER({each})" for each in operands if "!" in each]
    test = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
    return f"IF({test},{formula},0)"


def _operand(operand: Operand, where: _Cell) -> str:
    return where(operand) if isinstance(operand, str) else plain(operand)


def _bands(bands: tuple[Band, ...], cell: str) -> str:
    """Nested IFs; the last band is the rest, because bands leave no gap."""
    first, *rest = bands
    if not rest:
        return plain(first.points)
    test = _holds(first, f"ROUND({cell},{_EXACT + 2})")
    return f"IF({test},{plain(first.points)},{_bands(tuple(rest), cell)})"


def _holds(band: Band, value: str) -> str:
    tests = []
    if band.low is not None:
        tests.append(f"{value}{'>=' if band.low_closed else '>'}{plain(band.low)}")
    if band.high is not None:
        tests.append(f"{value}{'<=' if band.high_closed else '<'}{plain(band.high)}")
    return f"AND({','.join(tests)})" if tests else "TRUE"


def _against(rule: Against, where: _Cell) -> str:
    amount, against = (f"ROUND(N({where(name)}),{_EXACT})" for name in (rule.measure, rule.against))
    none, within, over = (plain(each) for each in (rule.none, rule.within, rule.over))
    return f"IF({amount}<=0,{none},IF({amount}<={against},{within},{over}))"


def grade_formula(total: str, grades: list[tuple[str, Decimal]]) -> str:
    """The first grade that the total reaches."""
    text = '""'
    for name, least in reversed(grades):
        text = f'IF({total}>={plain(least)},"{name}",{text})'
    return text
