"""What texts say of figures: a number beside a figure's name, or beside the words that usually stand for it.

Speaks up only where the words can mean nothing else: not last year, no budget, no part of a whole, no
"about". Which words stand for which figure is data of the form (``[[word]]``); the labels of its numbers
always count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.amounts import HALF, Interval, plain
from generator.findings import Finding, Operand, finding
from generator.form.schema import Form
from generator.model import CellRef, Figure, Figures, Scorecard
from generator.patterns import lazy
from generator.rules.prose import texts
from generator.typed import counts_as

_LEAST = 4  # signs; a shorter label is part of too many other words
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_PERCENT = lazy("[%％]")
_QUOTES = lazy("[“”‘’\"'《》]")
_DIGIT = lazy("[0-9]")
_CLAUSE = lazy(r"[，,。；;、！!\n（）()]")
# Words between a name and its number that change nothing.
_BETWEEN = r"(?:支出|收入|总额|合计|总数|人数|总计)?(?:分别)?(?:共计|合计|达到了?|为|是|共|计|达|有|得|：|:)?"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[%％]?[\u4e00-\u9fff]{0,3})"
# Before a name only these may stand; anything else makes it another thing: 行政编制, 工程总收入.
_OPEN = "年度末位局所校院心委会有实现的本其我共全成展施开了在、中"
_OTHER_TIME = lazy(
    r"上年|去年|上一年|往年|年初|预算|计划|目标|同期|同比|比|较|预计|其中|平均|人均|每|月|季度|累计|拟|将|原|曾|减少|增加|增长|下降|约|近|大致|大概"
)
_ABOUT = lazy(r"余|多|左右|以上|以下|以内|几|至|到|—|-|~|～")
_PARTS = lazy("其中|包括|构成")
_YEAR = lazy(r"((?:19|20)\d{2})年")


@dataclass(frozen=True, slots=True)
class _Known:
    """A figure that texts may speak of: its value, what it prints, and where it comes from."""

    name: str
    value: Interval
    text: str  # with its unit
    unit: str
    worth: Decimal  # of one of the unit, in the value
    at: CellRef | None


def check_claims(figures: Figures, card: Scorecard, form: Form) -> list[Finding]:
    """A warning for every number in a text that contradicts the figure it is about."""
    known = _known(figures, card, form)
    by_word = _words(known, figures, form)
    pattern = _pattern(tuple(by_word))
    year = figures.values[form.year_field].value
    skipped = (form.scores.standard, form.facts.formula, form.goals.target if form.goals else "")
    findings: list[Finding] = []
    for field, figure in texts(figures, form):
        if field.name in skipped:
            continue
        plain_text = _QUOTES.sub("", figure.text)
        findings += _grades(plain_text, figure, field.label, card)
        if not _DIGIT.search(plain_text):
            continue
        for value, wrong in _contradictions(plain_text, pattern, by_word, known, year):
            source = Operand(wrong.name, wrong.text, wrong.at)
            at, label, name = figure.at, field.label, wrong.name
            made = finding(
                "text.contradicts", at, label, value, related=(source,), name=name, right=wrong.text
            )
            findings.append(made)
    return findings


def _known(figures: Figures, card: Scorecard, form: Form) -> dict[str, _Known]:
    """Every number of the form and of the unit's own facts, by name, with the unit that texts give it."""
    found: dict[str, _Known] = {}
    for name, figure in (*figures.values.items(), *figures.facts.items()):
        value, unit = figure.value, figure.unit
        if isinstance(value, Interval) and unit:
            found.setdefault(name, _Known(name, value, figure.shown, unit, figure.worth, figure.at))
    if not card.pending:
        total = Interval.exact(card.total)
        found[_TOTAL] = _Known(_TOTAL, total, f"{plain(card.total)}分", "分", Decimal(1), None)
    return found


# What the engine itself calls the total and the grade.
_TOTAL, _GRADE = "综合得分", "评价等次"


def _words(known: Mapping[str, _Known], figures: Figures, form: Form) -> dict[str, tuple[str, ...]]:
    """Word → the names that it may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for wording in form.wordings:
        for word in wording.says:
            found[word] = (*found.get(word, ()), *wording.of)
    for name in known:
        label = _QUOTES.sub("", form.fields()[name].label) if name in form.fields() else name
        if (len(label) >= _LEAST or name in figures.facts) and "_" not in label and "／" not in label:
            found.setdefault(label, (name,))
    return {_QUOTES.sub("", word): names for word, names in found.items()}


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """All words, the longest first, each with the number behind it."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?P<word>{listed}){_BETWEEN}{_NUMBER}")


def _contradictions(
    text: str,
    pattern: re.Pattern[str],
    by_word: Mapping[str, tuple[str, ...]],
    known: Mapping[str, _Known],
    year: object,
) -> Iterator[tuple[str, _Known]]:
    for match in pattern.finditer(text):
        before = text[: match.start()]
        start = max((each.end() for each in _CLAUSE.finditer(before)), default=0)
        clause = before[start:]
        if not _is_open(clause, year) or _ABOUT.match(match["unit"].lstrip("%％")):
            continue
        meant = [known[name] for name in by_word[match["word"]] if name in known]
        if _PARTS.search(before[max(before.rfind(sign) for sign in "。；;\n") + 1 :]):
            # Parts of some whole, which need not be the unit's: 某专项100万元，其中设备80万元
            meant = [one for one in meant if one.unit not in _MONEY]
        stated = [(claim, one) for one in meant if (claim := _stated(match, one)) is not None]
        if stated and not any(value.meets(one.value) for (value, _), one in stated):
            (_, unit), figure = stated[0]
            yield match[0][: match.end("number") - match.start()] + unit, figure


def _is_open(clause: str, year: object) -> bool:
    """Whether what stands before a name in its clause leaves it to be this year's figure of the whole
    unit."""
    years = [int(each) for each in _YEAR.findall(clause)]
    if isinstance(year, Interval) and any(each != int(year.value) for each in years):
        return False
    rest = _YEAR.sub("", clause).strip()
    return not _OTHER_TIME.search(rest) and (
        not rest or rest[-1] in _OPEN or not "\u4e00" <= rest[-1] <= "\u9fff"
    )


def _units(text: str) -> tuple[str, ...]:
    """The units that the signs behind a number may be, the longest first."""
    return (text[:3], text[:2], text[:1])


def _stated(match: re.Match[str], known: _Known) -> tuple[Interval, str] | None:
    """The number of a claim in the figure's own measure, and its unit; None when that is of another kind."""
    number = Decimal(match["number"].replace(",", ""))
    places = len(match["number"].partition(".")[2])
    if known.unit in _MONEY:
        unit = next((each for each in _units(match["unit"]) if each in _MONEY), "")
        if not unit:
            return None
        one = _MONEY[unit] / _MONEY[known.unit] * known.worth
        return Interval.rounded(number * one, HALF.scaleb(-places) * one), unit
    if known.unit == "%":
        rounded = Interval.rounded(number / 100, HALF.scaleb(-places - 2))
        return (rounded, "%") if _PERCENT.match(match["unit"]) else None
    unit = next((each for each in _units(match["unit"]) if each and counts_as(each, known.unit)), "")
    return (Interval.exact(number * known.worth), unit) if unit else None


_GRADE_CLAIM = lazy(
    r"(?:评价等次|评价等级|自评等次|自评等级|等次|等级)(?:评定)?(?:为|是|：|:)(?P<grade>[\u4e00-\u9fff]{1,3}?)(?=[，,。；;、\n]|$)"
)


def _grades(text: str, figure: Figure, label: str, card: Scorecard) -> Iterator[Finding]:
    """A grade that is not the one the total gives."""
    if "等" not in text or card.pending:
        return
    for match in _GRADE_CLAIM.finditer(text):
        stated = match["grade"]
        if card.grade and not (stated.startswith(card.grade) or card.grade.startswith(stated)):
            yield finding("text.contradicts", figure.at, label, match[0], name=_GRADE, right=card.grade)
