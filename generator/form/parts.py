"""Each part of form.toml, figures.toml and checks.toml as its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from typing import Any, Literal, TypeVar, cast

from generator.amounts import NumberFormat
from generator.form.kinds import with_unit
from generator.form.names import read_name
from generator.form.records import (
    Check,
    FactTable,
    FigureSpec,
    GoalTable,
    Grade,
    Plausible,
    ScoreTable,
    SharePart,
    ShareSpec,
    Source,
    SummarySpec,
    Unit,
    Wording,
)
from generator.form.section import Section
from generator.quantities import RATIO

_Record = TypeVar("_Record", FactTable, ScoreTable, GoalTable)


def read_summary(section: Section) -> SummarySpec:
    """``[summary]``: what a summary of many units shows."""
    made = SummarySpec(unit=section.text("unit"), figures=section.texts("figures"))
    section.done()
    return made


def read_wording(section: Section) -> Wording:
    """``[[word]]``: words by which texts call figures of the form."""
    made = Wording(says=section.texts("says"), of=section.texts("of"))
    section.done()
    return made


def read_texts(section: Section) -> dict[str, str]:
    """A section whose keys are all texts; the record it goes into knows which there must be."""
    return {key: str(value) for key, value in section.entries()}


def read_names(section: Section, record: type[_Record]) -> _Record:
    """``[facts]``, ``[scores]``, ``[goals]``: a table and what its columns are called."""
    made = record(**{each.name: section.text(each.name, _default(each)) for each in fields(record)})
    section.done()
    return made


def _default(key: Field[Any]) -> Any:
    return ... if key.default is MISSING else key.default


def read_formats(section: Section) -> dict[str, NumberFormat]:
    """``[formats]``: how numbers print, by name. What a suffix says need not be said again as the unit."""
    made = {}
    for name, value in section.entries():
        each = Section(value, f"{section.place}: {name}")
        suffix = each.text("suffix", "")
        made[name] = NumberFormat(
            divide=each.number("divide"),
            places=each.integer("places"),
            trim=each.flag("trim"),
            suffix=suffix,
            unit=each.text("unit", suffix),
        )
        each.done()
    return made


def read_units(section: Section) -> dict[str, Unit]:
    """``[units]``: what a unit of amounts is worth."""
    made = {}
    for name, value in section.entries():
        each = Section(value, f"{section.place}: {name}")
        made[name] = Unit(each.number("yuan"), each.flag("exact"), each.integer("places", 0))
        each.done()
    return made


def read_grade(section: Section) -> Grade:
    """A ``[[grade]]``."""
    made = Grade(section.text("name"), section.number("at_least"))
    section.done()
    return made


def read_source(section: Section) -> Source:
    """A ``[[source]]``: a document with its 文号."""
    made = Source(
        id=section.text("id"),
        title=section.text("title"),
        number=section.text("number"),
        date=section.text("date", ""),
        url=section.text("url", ""),
        note=section.text("note", ""),
    )
    section.done()
    return made


Formats = Mapping[str, NumberFormat] | None


def read_format(section: Section, formats: Formats) -> tuple[str, NumberFormat]:
    """The format that a figure names; any will do while the formats cannot be read."""
    if formats is None:
        return section.text("format"), NumberFormat(Decimal(1), 0, False)
    name = section.choice("format", tuple(formats))
    return name, formats[name]


def read_figure(section: Section, formats: Formats) -> FigureSpec:
    """A ``[[figure]]``."""
    format_name, chosen = read_format(section, formats)
    made = FigureSpec(
        name=read_name(section),
        formula=section.formula("formula"),
        format=chosen,
        format_name=format_name,
        table=None,
        source=section.texts("source"),
        note=section.text("note", ""),
        total=cast(_Total, section.choice("total", ("sum", "formula"))) if section.has("total") else "",
        for_columns=section.text_or_texts("for_columns"),
        undefined=cast(Literal["error", "dash"], section.choice("undefined", ("error", "dash"), "error")),
    )
    section.done()
    return made


_Total = Literal["sum", "formula"]


def read_share(section: Section, formats: Formats) -> ShareSpec:
    """A ``[[share]]`` with its parts."""
    parts = []
    for each in section.sections("parts", ...):
        parts.append(SharePart(read_name(each), each.text("part"), each.text("title")))
        each.done()
    group, whole = read_name(section, "group"), section.text("whole")
    format_name, chosen = read_format(section, formats)
    made = ShareSpec(
        group=group,
        whole=whole,
        parts=tuple(parts),
        format=with_unit(chosen, RATIO),
        format_name=format_name,
        source=section.texts("source"),
    )
    section.done()
    return made


def read_plausible(section: Section) -> Plausible:
    """A ``[[plausible]]``: what a quotient may be."""
    made = Plausible(
        name=section.text("name"),
        value=section.formula("value"),
        usual=section.bounds("usual"),
        possible=section.bounds("possible"),
        unit=section.text("unit", ""),
        source=section.texts("source"),
    )
    if made.possible[0] > made.usual[0] or made.possible[1] < made.usual[1]:
        raise section.error("possible 的范围应包含 usual 的范围")
    section.done()
    return made


def read_check(section: Section) -> Check:
    """A ``[[check]]``: a tie."""
    made = Check(
        name=section.text("name"),
        left=section.formula("left"),
        relation=cast(Literal["=", "<="], section.choice("relation", ("=", "<="))),
        right=section.formula("right"),
        severity=cast(Literal["error", "warning"], section.choice("severity", ("error", "warning"))),
        fix=section.text("fix"),
        source=section.texts("source"),
        for_columns=section.text_or_texts("for_columns"),
    )
    section.done()
    return made
