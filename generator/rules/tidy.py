"""Texts as they were copied: numbers and headings that the document prints itself, doubled goals, wrong
punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.model import Figure, Figures
from generator.patterns import lazy
from generator.rules.prose import texts
from generator.typed import half_width

# What the document puts before each row of a table itself.
_NUMBERED = lazy(r"\s*(?:[（(]?\d{1,2}[)）]?[、．.](?!\d)|[（(]\d{1,2}[)）])\s*(?=\S)")
_BEFORE_HEADING = r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）]?\s*[、．.]?\s*)?"
_AFTER_HEADING = r"\s*(?:[。：:]|\n)"
_DOUBLED = lazy(r"[。，、；：]{2,}")
_HALF_WIDTH = lazy(r"(?<=[\u4e00-\u9fff])\s*[,;](?=\s*(?:[\u4e00-\u9fff]|$))|(?<=[\u4e00-\u9fff])\s+[,;:?!]")
_BRACKETS = lazy(r"\([\u4e00-\u9fff]+\)")


def check_tidy(figures: Figures, form: Form) -> list[Finding]:
    """Warnings about what stands twice or is plainly mistyped."""
    numbered = _numbered_columns(form)
    findings: list[Finding] = []
    for field, figure in texts(figures, form):
        if field.name in numbered and (match := _NUMBERED.match(figure.text)):
            findings.append(finding("text.numbered", figure.at, field.label, match[0].strip()))
        if heading := _own_heading(field, figure):
            findings.append(finding("text.heading", figure.at, field.label, heading))
        # A formula has signs of its own.
        if field.name not in (form.scores.standard, form.facts.formula):
            findings += _punctuation(field, figure)
    return findings + list(_doubled_goals(figures, form))


def _numbered_columns(form: Form) -> frozenset[str]:
    """Text columns whose rows are numbered by the document: those of all tables but facts and scores."""
    others = {form.facts.table, form.scores.table}
    return frozenset(
        column.name
        for table in form.tables().values()
        if table.name not in others
        for column in table.columns
        if column.type in ("text", "long-text")
    )


def _own_heading(field: Field, figure: Figure) -> str:
    """The heading at the beginning of a text, where the document prints the same one right before it."""
    for heading in dict.fromkeys((field.heading, field.label)):
        if heading and heading in figure.text[:40]:
            match = re.match(_BEFORE_HEADING + re.escape(heading) + _AFTER_HEADING, figure.text)
            if match:
                return match[0].strip()
    return ""


def _punctuation(field: Field, figure: Figure) -> Iterator[Finding]:
    found = [match[0] for match in _DOUBLED.finditer(figure.text)]
    text = figure.text
    if "," in text or ";" in text or "(" in text or " " in text:
        for pattern in (_HALF_WIDTH, _BRACKETS):
            found += [match[0].strip() for match in pattern.finditer(text)]
    if found:
        shown = "、".join(f"“{each}”" for each in dict.fromkeys(found))
        yield finding("text.punctuation", figure.at, field.label, figures_list=shown)


def _doubled_goals(figures: Figures, form: Form) -> Iterator[Finding]:
    """One goal in two rows of a table."""
    if form.goals is None:
        return
    seen: dict[str, Figure] = {}
    for row in figures.rows.get(form.goals.table, ()):
        target = row.get(form.goals.target)
        if target is None or not target.text:
            continue
        key = "".join(half_width(target.text).split())
        if key in seen:
            first = seen[key].at
            other = first.cell if first is not None else ""
            yield finding("goal.doubled", target.at, form.goals.target, target.text, other=other)
        seen.setdefault(key, target)
