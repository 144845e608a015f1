"""The numbers of the official wording held against those of its rule.

Both are put into points, percentages, counts and money; what stands on one side only is told. A wording that
has no number of a kind says nothing of that kind, and a rule that has none leaves the wording's alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from generator.amounts import plain
from generator.form.indicators import Indicator
from generator.form.rule_groups import BestOf, Sum
from generator.form.rule_lists import ByChoice, Cases
from generator.form.rule_parts import Band, Operand
from generator.form.rule_steps import GainLoss, Linear, Ranged
from generator.form.rule_types import (
    Against,
    Bands,
    CheckList,
    DeductList,
    OneOf,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Tiered,
    Within,
)
from generator.form.schema import Form

Kind = Literal["points", "percent", "count"]
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An indicator, and the numbers that only its rule or only its wording has."""

    name: str
    rule: tuple[str, ...]
    standard: tuple[str, ...]


@dataclass
class _Numbers:
    """Numbers by kind: those that the wording should state, and all that explain what it states."""

    stated: dict[Kind, list[Decimal]] = field(default_factory=dict)
    known: dict[Kind, set[Decimal]] = field(default_factory=dict)

    def add(self, kind: Kind, number: Decimal | None, needed: bool = True) -> None:
        if number is None:
            return
        self.known.setdefault(kind, set()).add(number)
        if needed and number not in self.stated.setdefault(kind, []):
            self.stated[kind].append(number)


def mismatches(form: Form) -> Iterator[Mismatch]:
    """Every indicator whose wording and rule have different numbers."""
    for indicator in form.indicators:
        text = read_numbers(indicator.standard)
        rule = _Numbers()
        _collect(rule, indicator.rule, indicator.points, form)
        only_rule, only_text = _compare(rule, text, indicator)
        if only_rule or only_text:
            yield Mismatch(indicator.name, tuple(only_rule), tuple(only_text))


def _compare(
    rule: _Numbers, text: dict[Kind, list[Decimal]], indicator: Indicator
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


def _collect(found: _Numbers, rule: Rule, points: Decimal, form: Form) -> None:
    """The numbers of a rule."""

    def measured(name: str, number: Operand | None, needed: bool = True) -> None:
        scale = form.scales.of(name)
        if isinstance(number, Decimal):
            kind: Kind = "percent" if scale.percent else "count"
            found.add(kind, number / scale.divide, needed)

    def ends(name: str, bands: tuple[Band, ...]) -> None:
        for band in bands:
            measured(name, band.low)
            measured(name, band.high)

    match rule:
        case PerPoint(measure=measure, base=base):
            measured(measure, base)
            measured(measure, rule.size, rule.size != form.scales.of(measure).one)
            found.add("points", rule.deduct)
            found.add("points", rule.at_most)
        case GainLoss(measure=measure, base=base):
            measured(measure, base)
            measured(measure, rule.size, rule.size != form.scales.of(measure).one)
            for each in (rule.add, rule.deduct, rule.start):
                found.add("points", each)
        case Bands(measure=measure, bands=bands):
            ends(measure, bands)
            for band in bands:
                found.add("points", abs(band.points))
        case CheckList(items=items) | DeductList(items=items):
            for item in items:
                found.add("points", item.points)
            found.add("points", sum((item.points for item in items), Decimal(0)), needed=False)
            if isinstance(rule, DeductList):
                found.add("points", rule.at_most)
        case PerCase(deduct=deduct, cutoff=cutoff, at_most=most):
            found.add("points", deduct)
            found.add("points", most)
            found.add("count", cutoff)
        case Cases(cases=cases):
            for case in cases:
                found.add("points", abs(case.points))
            found.add("points", rule.at_most)
            found.add("points", rule.start)
        case ByChoice(choices=choices):
            for choice in choices:
                found.add("points", abs(choice.points))
        case Against(none=none, within=within, over=over):
            for each in (none, within, over):
                found.add("points", each)
        case Proportional(measure=measure, target=target):
            measured(measure, target)
            found.add("points", points, needed=False)
        case Within(measure=measure, low=low, high=high) | Linear(measure=measure, none=low, full=high):
            measured(measure, low)
            measured(measure, high)
        case Tiered(tiers=tiers):
            for tier in tiers:
                for end in (tier.range.low, tier.range.high):
                    found.add("points" if tier.in_points else "percent", end)
        case Ranged(measure=measure, ranges=ranges):
            ends(measure, tuple(each.band for each in ranges))
            for one in ranges:
                found.add("points", one.score.low)
                found.add("points", one.score.high)
        case OneOf(options=options):
            for option in options:
                _collect(found, option.rule, points, form)
        case Sum(portions=portions) | BestOf(portions=portions):
            for portion in portions:
                found.add("points", portion.points, needed=False)
                _collect(found, portion.rule, portion.points or points, form)
        case _:
            pass


# Reading the wording.

_DIGITS = "零一二三四五六七八九"
_CHINESE = r"[一二两三四五六七八九十百]+"
_NUMBER = r"\d+(?:\.\d+)?"
_COUNTERS = (
    "例|起|件|次|处|项|个(?!百分点)|天|日|人次|人|名|岁|年|个月|月|小时|万元|亿元|元"
    "|户|家|条|份|篇|场|班|台|套|位"
)
# Years, numbers of documents, dates, headings and enclosures are no numbers of a rule.
_ASIDE = re.compile(
    r"《[^》]*》|[〔\[（(]?\d{4}[〕\]）)]?(?:年度|年|号)?|\d+号|附件\s*\d+|\d+月(?:底|份|初|末|\d+日)?"
    r"|第[一二三四五六七八九十\d]+(?:大项|项|条|款|类|季度|档)?|[此上下以其]+[一二两三四五六七八九十\d]+[项条类档]"
)
_TOKEN = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<lowsign>%)?\s*(?:-|－|—|–|~|～|至|到)\s*(?P<high>{_NUMBER})\s*(?P<highsign>%|分)"
    rf"|(?P<points>{_NUMBER})\s*分(?!之|钟|类|档|别|析|项)"
    rf"|(?P<percent>{_NUMBER})\s*(?:%|个百分点)"
    rf"|(?P<words>{_CHINESE})个百分点"
    rf"|百分之(?P<hundredths>{_CHINESE})"
    rf"|(?P<counted>{_NUMBER})\s*(?:{_COUNTERS})"
    rf"|(?P<cases>{_CHINESE})(?:{_COUNTERS})"
)
_SIGNS = str.maketrans("０１２３４５６７８９．％﹪", "0123456789.%%")


def read_numbers(text: str) -> dict[Kind, list[Decimal]]:
    """The numbers that a wording states, by kind: points, percentages as fractions, counts."""
    found: dict[Kind, list[Decimal]] = {}

    def add(kind: Kind, number: Decimal) -> None:
        if number not in found.setdefault(kind, []):
            found[kind].append(number)

    for match in _TOKEN.finditer(_ASIDE.sub("；", text.translate(_SIGNS))):
        if match["low"]:
            kind: Kind = "percent" if match["highsign"] == "%" else "points"
            worth = Decimal("0.01") if kind == "percent" else _ONE
            add(kind, Decimal(match["low"]) * worth)
            add(kind, Decimal(match["high"]) * worth)
        elif match["points"]:
            add("points", Decimal(match["points"]))
        elif match["percent"]:
            add("percent", Decimal(match["percent"]) / 100)
        elif match["words"] or match["hundredths"]:
            add("percent", Decimal(chinese(match["words"] or match["hundredths"])) / 100)
        else:
            add("count", Decimal(match["counted"] or chinese(match["cases"])))
    return found


def chinese(text: str) -> int:
    """``三`` → 3, ``十五`` → 15, ``二十`` → 20, ``一百`` → 100."""
    total = digit = 0
    for sign in text.replace("两", "二"):
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit
