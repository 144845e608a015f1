"""The unit's texts: leftovers of a form or of a draft, and years that are not the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.model import Figure, Figures
from generator.patterns import lazy

_LEFTOVERS = (
    re.compile(r"…{2,}\s*$|^\s*…{2,}", re.MULTILINE),
    re.compile(r"[Xx×＊*]{2,}"),
    re.compile(r"^\s*指标\d+[：:]", re.MULTILINE),
    re.compile(r"[（(]?\d+字(?:以内|左右|以上)[)）]?"),
    re.compile(r"待(?:补充|填写|填|完善)(?=[】）)\s。；]|$)|请(?:在此)?填写|此处填写"),
)
# Signs without one of which nothing of the above can be there.
_SUSPECT = lazy(r"…|[Xx×＊*]{2}|指标\d|\d字|待|填写")
_SPAN = lazy(r"((?:19|20)\d{2})年?\s*(?:[-—–~～]+|至|到)\s*((?:19|20)\d{2})\s*年")
_PLAN = lazy(r"将|计划|拟|力争|争取|到20\d\d年|下一步|明年|继续|规划|目标|预计|拟于")
# A year that opens a sentence is what the sentence is about.
_OPENING = lazy(r"[\s\d（）()一二三四五六七八九十、.．]*(?:19|20)\d{2}年度?[，,\u4e00-\u9fff]")
_PAST = lazy(
    r"(?:19|20)\d{2}年\d{1,2}月|比|较|同比|上年|去年|以来|起|成立|设立|组建|批准|批复|印发|出台|"
    r"制定|修订|颁布|结转|年末|年底"
)
# How the unit came to be may be told of any year.
_FOUNDED = lazy("成立|设立|组建|机构改革|纳入|划转|划入|更名|挂牌|撤销|合并")
_TITLE = lazy("《[^《》\n]*》")
_YEAR = lazy(r"(?<!\d)((?:19|20)\d{2})\s*年")


def check_texts(figures: Figures, form: Form) -> list[Finding]:
    """One warning for each leftover and each foreign year of a text."""
    year = figures.values[form.year_field].value
    findings = []
    for field, figure in texts(figures, form):
        for pattern in _LEFTOVERS if _SUSPECT.search(figure.text) else ():
            for found in dict.fromkeys(match[0].strip() for match in pattern.finditer(figure.text)):
                findings.append(finding("text.leftover", figure.at, field.label, found))
        if isinstance(year, Interval) and not field.any_year and "年" in figure.text:
            findings += _other_years(field, figure, int(year.value))
    return findings


def _other_years(field: Field, figure: Figure, year: int) -> list[Finding]:
    """Years that are not the report's: long past ones, coming ones where nothing is planned, and the year
    before where this year is meant: at the beginning of a sentence, in a text that never names this year."""
    text = _TITLE.sub(lambda match: "《" + " " * (len(match[0]) - 2) + "》", figure.text)
    spans = {each for match in _SPAN.finditer(text) for each in match.groups()}
    own = f"{year}年" in text
    other = []
    for match in _YEAR.finditer(text):
        named, start = int(match[1]), match.start()
        sentence = _sentence(text, start)
        if match[1] in spans or named == year or (named > year and _PLAN.search(sentence)):
            continue
        if named < year and _FOUNDED.search(sentence):
            continue
        if named == year + 1 and re.match(r"\s*\d{1,2}月", text[match.end() :]):
            continue  # what happened between the year's end and the report has a date
        if named == year - 1 and (own or not _OPENING.match(sentence) or _PAST.search(sentence)):
            continue
        other.append(match[1])
    return [
        finding("text.other-year", figure.at, field.label, f"{each}年", year=year)
        for each in dict.fromkeys(other)
    ]


def _sentence(text: str, place: int) -> str:
    """The sentence that a place of a text stands in."""
    start = max(text.rfind(sign, 0, place) for sign in "。；;\n") + 1
    ends = [end for sign in "。；;\n" if (end := text.find(sign, place)) >= 0]
    return text[start : min(ends, default=len(text))]


def texts(figures: Figures, form: Form) -> Iterator[tuple[Field, Figure]]:
    """Every text that the unit wrote, with its field."""
    for name, field in form.fields().items():
        if field.type in ("text", "long-text") and figures.values[name].text:
            yield field, figures.values[name]
    for table in form.tables().values():
        columns = [column for column in table.columns if column.type in ("text", "long-text")]
        for row in figures.rows[table.name]:
            yield from ((c, row[c.name]) for c in columns if c.name in row and row[c.name].text)
