"""A scoring rule as a live spreadsheet formula."""

from __future__ import annotations

from decimal import Decimal

from generator.amounts import plain
from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckList,
    DeductList,
    Judged,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
)
from generator.workbook.workpaper.ledger import Ledger

# Binary noise must not start another percentage point, nor leave a band.
_EXACT = 9


def score_formula(rule: Rule, part: str, ledger: Ledger, typed: str) -> str:
    """The points, without the leading ``=``; ``part`` is the cell of the row's own points.

    ``typed`` is the cell of the score that the unit gave.
    """
    match rule:
        case PerPoint():
            return _per_point(rule, part, ledger)
        case Bands(measure=measure):
            cell = ledger.reference(measure)
            full = max(band.points for band in rule.bands)
            return f"IF(ISNUMBER({cell}),{_bands(rule.bands, cell)}*{part}/{plain(full)},0)"
        case Proportional(measure=measure):
            return _proportional(rule, part, ledger.reference(measure))
        case DeductList(items=items):
            lost = (f'IF({ledger.reference(i.field)}="是",0,{plain(i.points)})' for i in items)
            return f"MAX(0,{part}-({'+'.join(lost)}))"
        case CheckList(items=items):
            yes = (f'IF({ledger.reference(item.field)}="是",{plain(item.points)},0)' for item in items)
            return "+".join(yes)
        case PerCase(count=count, deduct=deduct, cutoff=cutoff):
            cases = f"N({ledger.reference(count)})"
            points = f"MAX(0,{part}-{cases}*{plain(deduct)})"
            return points if cutoff is None else f"IF({cases}>={plain(cutoff)},0,{points})"
        case Against():
            return _against(rule, ledger)
        case Judged():
            return f"N({typed})"


def _per_point(rule: PerPoint, part: str, ledger: Ledger) -> str:
    cell, reading = ledger.reference(rule.measure), ledger.reference(rule.part_of_point)
    base = plain(rule.base)
    beyond = f"{cell}-{base}" if rule.direction == "above" else f"{base}-{cell}"
    points = f"MAX(0,ROUND(({beyond})/{plain(rule.step)},{_EXACT}))"
    counted = f'IF({reading}="按比例",{points},IF({reading}="按一个点",ROUNDUP({points},0),INT({points})))'
    return f"IF(ISNUMBER({cell}),MAX(0,{part}-{plain(rule.deduct)}*{counted}),0)"


def _proportional(rule: Proportional, part: str, cell: str) -> str:
    target = plain(rule.target)
    share = f"{cell}/{target}" if rule.direction == "more" else f"IF({cell}>0,{target}/{cell},1)"
    return f"IF(ISNUMBER({cell}),{part}*MIN(1,MAX(0,{share})),0)"


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


def _against(rule: Against, ledger: Ledger) -> str:
    amount, against = (f"ROUND(N({ledger.reference(n)}),{_EXACT})" for n in (rule.measure, rule.against))
    none, within, over = (plain(each) for each in (rule.none, rule.within, rule.over))
    return f"IF({amount}<=0,{none},IF({amount}<={against},{within},{over}))"


def grade_formula(total: str, grades: list[tuple[str, Decimal]]) -> str:
    """The first grade that the total reaches."""
    text = '""'
    for name, least in reversed(grades):
        text = f'IF({total}>={plain(least)},"{name}",{text})'
    return text
