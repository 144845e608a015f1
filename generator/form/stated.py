"""The numbers of the official wording held against those of its rule.

Both are put into points, percentages, counts and money; what stands on one side only is told. A wording that
has no number of a kind says nothing of that kind, and a rule that has none leaves the wording's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import plain
from generator.form.indicators import Indicator
from generator.form.rule_numbers import Numbers, collect
from generator.form.schema import Form
from generator.form.wording import Kind, read_numbers

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An indicator, and the numbers that only its rule or only its wording has."""

    name: str
    rule: tuple[str, ...]
    standard: tuple[str, ...]


def mismatches(form: Form) -> Iterator[Mismatch]:
    """Every indicator whose wording and rule have different numbers."""
    for indicator in form.indicators:
        text = read_numbers(indicator.standard)
        rule = Numbers()
        collect(rule, indicator.rule, indicator.points, form)
        only_rule, only_text = _compare(rule, text, indicator)
        if only_rule or only_text:
            yield Mismatch(indicator.name, tuple(only_rule), tuple(only_text))


def _compare(
    rule: Numbers, text: dict[Kind, list[Decimal]], indicator: Indicator
) -> tuple[list[str], list[str]]:
    only_rule: list[str] = []
    only_text: list[str] = []
    points = indicator.points
    for kind in ("points", "percent", "count"):
        said, stated = text.get(kind, []), rule.stated.get(kind, [])
        if not said or not stated:
            continue
        known = rule.known.get(kind, set())
        more = [n for n in stated if not _alike(kind, n, said, points)]
        less = [n for n in said if not _alike(kind, n, known, points)]
        if kind == "points" and (more or less) and _left(stated, said, points):
            continue
        only_rule += [_shown(kind, n) for n in more]
        only_text += [_shown(kind, n) for n in less]
    return only_rule, only_text


def _left(stated: list[Decimal], said: list[Decimal], points: Decimal) -> bool:
    """Whether one side says what is taken and the other, of the same, what is left."""
    nothing = {Decimal(0), points}
    return {points - n for n in stated} - nothing == set(said) - nothing


def _alike(kind: Kind, number: Decimal, others: Iterable[Decimal], points: Decimal) -> bool:
    """Whether one side has a number of the other, or need not say it: nothing, all of it, one."""
    return number in (0, points if kind == "points" else _ONE) or _meets(kind, number, others)


def _meets(kind: Kind, number: Decimal, others: Iterable[Decimal]) -> bool:
    """Whether a number is among others, or a percentage as what is left of, or goes beyond, 100%."""
    same = {number}
    if kind == "percent":
        same |= {abs(number - _ONE), number + _ONE}
    return bool(same.intersection(others))


def _shown(kind: Kind, number: Decimal) -> str:
    match kind:
        case "points":
            return f"{plain(number)}分"
        case "percent":
            return f"{plain(number * 100)}%"
        case _:
            return plain(number)
