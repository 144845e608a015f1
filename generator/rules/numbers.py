"""Numbers inside the unit's texts: literals that have a name, and sums and shares that do not come out.

Only what a sentence states itself is checked; what is merely listed is not. A check speaks up only where
the numbers nearly fit, because numbers that are far apart were never meant to add up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import HALF, Interval, decimal_places, plain, round_half_up
from generator.findings import Finding, finding
from generator.form.schema import Form
from generator.model import Figure, Figures
from generator.rules.prose import texts
from generator.rules.sentences import increases, rates, totals

_LONG_UNITS = ("万元", "亿元", "万件", "万条", "万人", "万次", "亿人次", "人次", "公里", "平方米")
_UNITS = "|".join((*_LONG_UNITS, "[元项个人户件家名份次条台所处期篇辆座亩吨张套间批场]"))
_NUMBER = re.compile(rf"(?<![\d.])(\d+(?:\.\d+)?)({_UNITS}|[%％])")
_TAG = re.compile(r"\{\{.*?\}\}")
_CHANGE = re.compile(
    rf"(?:从|由)(?P<old>\d+(?:\.\d+)?)(?P<unit>{_UNITS})?"
    rf"(?:增至|增加到|增加至|增长到|增长至|提高到|上升到|升至|减至|减少到|降至|降到|下降到|压减到)了?"
    rf"(?P<new>\d+(?:\.\d+)?)(?P<same>{_UNITS})[，,、（(]?(?:净|共)?(?:增加|增长|增|减少|下降|减|压减)了?"
    rf"(?P<stated>\d+(?:\.\d+)?)(?P<last>{_UNITS}|[%％])"
)
_DIGIT = re.compile(r"[0-9]")
_SENTENCE = re.compile(r"[^。；;\n]+")
_SHARE = re.compile(r"占比(?:为|达|达到)?(\d+(?:\.\d+)?)[%％]")
# A sum is taken for meant, and a share for stated of that whole, when they are this close.
_NEARLY, _NEAR_POINTS = Decimal("0.05"), Decimal(2)
_LEAST_DIGITS = 3  # shorter numbers coincide by chance


@dataclass(frozen=True, slots=True)
class _Found:
    number: Decimal
    unit: str
    start: int

    def interval(self) -> Interval:
        """Amounts in 万元 and 亿元 are rounded, to two decimals at least; counts are exact."""
        if self.unit not in ("万元", "亿元"):
            return Interval.exact(self.number)
        return Interval.rounded(self.number, HALF.scaleb(-max(2, decimal_places(self.number))))


def check_numbers(figures: Figures, form: Form) -> list[Finding]:
    """Warnings for wrong sums and shares, notes for literals that a name could stand for."""
    findings = []
    known, sheet = _named(figures, form), form.place(form.facts.name)
    for field, figure in texts(figures, form):
        if field.name in (form.scores.standard, form.facts.formula) or not _DIGIT.search(figure.text):
            continue
        for code, value, right in _wrong(figure.text):
            findings.append(finding(code, figure.at, field.label, value, right=right, sheet=sheet))
        # A goal is a number of its own, however it compares with what was achieved.
        if form.goals is None or field.name != form.goals.target:
            findings += _literals(figure, field.label, known)
    return findings


def _wrong(text: str) -> Iterator[tuple[str, str, str]]:
    """Code, phrase and right figure of everything in a text that does not come out."""
    for paragraph in text.split("\n"):
        yield from _changes(paragraph)
        yield from increases(paragraph)
        for sentence in _SENTENCE.finditer(paragraph):
            yield from _parts(sentence[0])
            yield from totals(sentence[0])
            yield from rates(sentence[0])
        yield from _shares(paragraph)


def _changes(paragraph: str) -> Iterator[tuple[str, str, str]]:
    """``从707项增至1136项，净增429项``."""
    for match in _CHANGE.finditer(paragraph):
        old, new, stated = (Decimal(match[name]) for name in ("old", "new", "stated"))
        if match["unit"] not in (None, match["same"]):
            continue
        if match["last"] in "%％":
            if not old:
                continue
            right = round_half_up(abs(new - old) / old * 100, _places(match["stated"]))
            shown = f"{plain(right)}%"
        elif match["last"] == match["same"]:
            right, shown = abs(new - old), f"{plain(abs(new - old))}{match['last']}"
        else:
            continue
        if right != stated:
            yield "text.wrong-change", match[0], shown


def _parts(sentence: str) -> Iterator[tuple[str, str, str]]:
    """``116项，其中乡镇71项，村45项``: parts that nearly add up are meant to."""
    before, separator, after = sentence.partition("其中")
    wholes = _numbers(before)
    if not separator or not wholes:
        return
    whole = wholes[-1]
    parts = [each.number for each in _numbers(after) if each.unit == whole.unit]
    total = sum(parts, Decimal(0))
    if len(parts) > 1 and 0 < abs(total - whole.number) <= whole.number * _NEARLY:
        phrase = sentence[whole.start :].strip()
        yield "text.wrong-parts", phrase, f"{plain(total)}{whole.unit}"


def _shares(paragraph: str) -> Iterator[tuple[str, str, str]]:
    """``796项，占比70.1%``: of some number of the same unit in the paragraph.

    Where a share fits none, the right one is of the whole that most other shares of the paragraph fit.
    """
    numbers = [each for each in _numbers(paragraph) if each.unit not in "%％"]
    stated = [_stated(match, paragraph, numbers) for match in _SHARE.finditer(paragraph)]
    fits = Counter(whole for share in stated for whole in share.wholes(numbers))
    for share in stated:
        if not share.parts or share.wholes(numbers):
            continue
        right = share.right(fits, numbers)
        if right is not None:
            phrase = paragraph[share.parts[-1].start : share.end]
            yield "text.wrong-share", phrase, f"{plain(right, share.places, trim=False)}%"


@dataclass(frozen=True, slots=True)
class _Share:
    """A share as stated, and the numbers before it in its sentence that it may be of."""

    percent: Decimal
    places: int
    parts: list[_Found]
    end: int

    def wholes(self, numbers: list[_Found]) -> set[tuple[Decimal, str]]:
        """The wholes of which one of the parts is this share, as far as rounding lets one tell."""
        return {
            (whole.number, whole.unit)
            for part in self.parts
            for whole in numbers
            if whole.unit == part.unit and whole.number > part.number and self._fits(part, whole)
        }

    def _fits(self, part: _Found, whole: _Found) -> bool:
        share = Interval.exact(100) * part.interval() / whole.interval()
        return share.meets(Interval.rounded(self.percent, HALF.scaleb(-self.places)))

    def right(self, fits: Counter[tuple[Decimal, str]], numbers: list[_Found]) -> Decimal | None:
        """What it should have been, if that can be told."""
        last = self.parts[-1]
        for (whole, unit), _ in fits.most_common():
            if unit == last.unit and whole > last.number:
                return round_half_up(last.number / whole * 100, self.places)
        shares = [
            round_half_up(part.number / whole.number * 100, self.places)
            for part in self.parts
            for whole in numbers
            if whole.unit == part.unit and whole.number > part.number
        ]
        nearest = min(shares, key=lambda share: abs(share - self.percent), default=None)
        near = nearest is not None and abs(nearest - self.percent) <= _NEAR_POINTS
        return nearest if near else None


def _stated(match: re.Match[str], paragraph: str, numbers: list[_Found]) -> _Share:
    start = max(paragraph.rfind(sign, 0, match.start()) for sign in "。；;、") + 1
    parts = [each for each in numbers if start <= each.start < match.start()]
    return _Share(Decimal(match[1]), _places(match[1]), parts, match.end())


def _numbers(text: str) -> list[_Found]:
    return [_Found(Decimal(match[1]), match[2], match.start()) for match in _NUMBER.finditer(text)]


def _places(number: str) -> int:
    return len(number.partition(".")[2])


def _named(figures: Figures, form: Form) -> Mapping[tuple[Decimal, str], str]:
    """Every number worth a name, with its unit: the unit's facts and the form's amounts as printed."""
    named: dict[tuple[Decimal, str], str] = {}
    for name, fact in figures.facts.items():
        if isinstance(fact.value, Interval) and fact.unit:
            number = fact.value.value / fact.worth
            named.setdefault((number, fact.unit), name)
    for name in _amounts(form):
        figure = figures.values[name]
        if figure.printed is not None:
            named.setdefault((figure.printed, form.amount_unit), name)
    return named


def _amounts(form: Form) -> list[str]:
    """All amounts, what is typed or derived for the report before what only controls it."""
    columns = [name for name, (_, column) in form.columns().items() if column.type == "amount"]
    derived = [spec.name for spec in form.figures if spec.format.unit == form.amount_unit != ""]
    return [*columns, *derived, *(name for name, field in form.fields().items() if field.type == "amount")]


def _literals(figure: Figure, label: str, known: Mapping[tuple[Decimal, str], str]) -> Iterator[Finding]:
    """Numbers typed by hand that equal a named one with the same unit."""
    typed = _TAG.sub("{}", figure.typed)
    for match in dict.fromkeys(match[0] for match in _NUMBER.finditer(typed)):
        found = _NUMBER.fullmatch(match)
        assert found is not None
        name = known.get((Decimal(found[1]), found[2]))
        if name is not None and len(found[1].replace(".", "")) >= _LEAST_DIGITS:
            # A percentage prints its own sign.
            unit = "" if found[2] in "%％" else found[2]
            yield finding("text.literal", figure.at, label, match, tag="{{" + name + "}}" + unit)
