"""Rules over a measure as live spreadsheet formulas: steps, bands, targets, ends."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.amounts import plain
from generator.form.rule_parts import EVERY_STARTED, PRORATED, READINGS, Band, Operand
from generator.form.rule_steps import GainLoss, Linear
from generator.form.rule_types import Against, PerPoint, Proportional, Within

# Binary noise must not start another step, nor leave a band.
EXACT = 9
# The cell of a name.
CellOf = Callable[[str], str]


def per_point(rule: PerPoint, part: str, where: CellOf) -> str:
    """The points that are left."""
    cell, base = where(rule.measure), plain(rule.base)
    beyond = f"{base}-{cell}" if rule.direction == "below" else f"{cell}-{base}"
    if rule.direction == "both":
        beyond = f"ABS({beyond})"
    steps = f"MAX(0,ROUND(({beyond})/{plain(rule.size)},{EXACT}))"
    lost = f"{plain(rule.deduct)}*{_counted(steps, rule.part_of_point, where)}"
    if rule.at_most is not None:
        lost = f"MIN({plain(rule.at_most)},{lost})"
    return f"MAX(0,{part}-{lost})"


def _counted(steps: str, reading: str, where: CellOf) -> str:
    """The steps that count, by what a part of a step counts."""
    if reading in READINGS:
        return {PRORATED: steps, EVERY_STARTED: f"ROUNDUP({steps},0)"}.get(reading, f"INT({steps})")
    cell = where(reading)
    started = f'IF({cell}="{EVERY_STARTED}",ROUNDUP({steps},0),INT({steps}))'
    return f'IF({cell}="{PRORATED}",{steps},{started})'


def gain_loss(rule: GainLoss, part: str, least: str, where: CellOf) -> str:
    """The points between ``least`` and ``part``."""
    cell, base = where(rule.measure), operand(rule.base, where)
    beyond = f"ROUND(({cell}-{base})/{plain(rule.size)},{EXACT})"
    counted = _counted(f"ABS({beyond})", rule.part_of_point, where)
    above, below = plain(rule.add), f"-{plain(rule.deduct)}"
    if rule.better == "below":
        above, below = below, above
    start = plain(rule.start) if rule.start is not None else "0" if rule.add else part
    return f"MAX({least},MIN({part},{start}+IF({beyond}>0,{above},{below})*{counted}))"


def linear(rule: Linear, part: str, where: CellOf) -> str:
    """Evenly between two ends."""
    cell, none, full = where(rule.measure), operand(rule.none, where), operand(rule.full, where)
    share = f"ROUND(({cell}-{none})/({full}-{none}),{EXACT + 3})"
    if isinstance(rule.none, str) or isinstance(rule.full, str):
        share = f"IF({full}={none},IF({cell}>={full},1,0),{share})"
    return f"{part}*MIN(1,MAX(0,{share}))"


def proportional(rule: Proportional, part: str, where: CellOf) -> str:
    """In proportion to the target."""
    cell, target = where(rule.measure), operand(rule.target, where)
    share = _reached(rule.direction == "more", cell, target, rule.target)
    return f"{part}*MIN(1,MAX(0,{share}))"


def within(rule: Within, part: str, where: CellOf) -> str:
    """In proportion to the nearer end of a range."""
    cell, low, high = where(rule.measure), operand(rule.low, where), operand(rule.high, where)
    below, above = _reached(True, cell, low, rule.low), _reached(False, cell, high, rule.high)
    share = f"IF({cell}<{low},{below},IF({cell}>{high},{above},1))"
    return f"{part}*MIN(1,MAX(0,{share}))"


def _reached(more: bool, cell: str, target: str, known: Operand) -> str:
    """How much of a target is reached, which may be below zero or nothing."""
    over, under = f"{cell}/{target}", f"{target}/{cell}"
    positive = over if more else f"IF({cell}>0,{under},1)"
    nothing = f"IF({cell}{'>=' if more else '<='}0,1,0)"
    negative = f"IF({cell}<0,{under},1)" if more else over
    if isinstance(known, Decimal):
        return positive if known > 0 else nothing if known == 0 else negative
    return f"IF({target}>0,{positive},IF({target}=0,{nothing},{negative}))"


def numbers(operands: tuple[str, ...], formula: str) -> str:
    """The formula where all operands are numbers, else nothing."""
    tests = [f"ISNUMBER({each})" for each in operands if "!" in each]
    test = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
    return f"IF({test},{formula},0)"


def operand(known: Operand, where: CellOf) -> str:
    """A number, or the cell of a name."""
    return where(known) if isinstance(known, str) else f"({plain(known)})" if known < 0 else plain(known)


def banded(bands: tuple[Band, ...], cell: str) -> str:
    """Nested IFs; the last band is the rest, because bands leave no gap."""
    first, *rest = bands
    if not rest:
        return plain(first.points)
    test = _holds(first, f"ROUND({cell},{EXACT + 2})")
    return f"IF({test},{plain(first.points)},{banded(tuple(rest), cell)})"


def _holds(band: Band, value: str) -> str:
    tests = []
    if band.low is not None:
        tests.append(f"{value}{'>=' if band.low_closed else '>'}{plain(band.low)}")
    if band.high is not None:
        tests.append(f"{value}{'<=' if band.high_closed else '<'}{plain(band.high)}")
    return f"AND({','.join(tests)})" if tests else "TRUE"


def against(rule: Against, where: CellOf) -> str:
    """One amount compared with another."""
    amount, other = (f"ROUND(N({where(name)}),{EXACT})" for name in (rule.measure, rule.against))
    none, within_, over = (plain(each) for each in (rule.none, rule.within, rule.over))
    return f"IF({amount}<=0,{none},IF({amount}<={other},{within_},{over}))"
