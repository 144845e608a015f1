"""The unit's texts: leftovers of a form or of a draft, and years that are not the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.model import Figure, Figures

_LEFTOVERS = (
    re.compile(r"…{2,}\s*$|^\s*…{2,}", re.MULTILINE),
    re.compile(r"[Xx×＊*]{2,}"),
    re.compile(r"^\s*指标\d+[：:]", re.MULTILINE),
    re.compile(r"[（(]?\d+字(?:以内|左右|以上)[)）]?"),
    re.compile(r"待(?:补充|填写|填|完善)(?=[】）)\s。；]|$)|请(?:在此)?填写|此处填写"),
)
# Signs without one of which nothing of the above can be there.
_SUSPECT = re.compile(r"…|[Xx×＊*]{2}|指标\d|\d字|待|填写")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


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
    years = dict.fromkeys(match[1] for match in _YEAR.finditer(figure.text))
    other = [each for each in years if int(each) not in (year, year - 1)]
    return [finding("text.other-year", figure.at, field.label, f"{each}年", year=year) for each in other]


def texts(figures: Figures, form: Form) -> Iterator[tuple[Field, Figure]]:
    """Every text that the unit wrote, with its field."""
    for name, field in form.fields().items():
        if field.type in ("text", "long-text") and figures.values[name].text:
            yield field, figures.values[name]
    for table in form.tables().values():
        columns = [column for column in table.columns if column.type in ("text", "long-text")]
        for row in figures.rows[table.name]:
            yield from ((c, row[c.name]) for c in columns if c.name in row and row[c.name].text)
