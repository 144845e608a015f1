"""Read a form folder whole; what is wrong is told with file and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from generator.amounts import NumberFormat
from generator.form.fields import read_name, read_sheet
from generator.form.order import in_order
from generator.form.rules import read_cap, read_indicator, read_level, read_own
from generator.form.schema import (
    Check,
    FactTable,
    FigureSpec,
    Form,
    FormError,
    GoalTable,
    Grade,
    ScoreTable,
    SharePart,
    ShareSpec,
    Sheet,
    Source,
    SummarySpec,
    Unit,
)
from generator.form.section import Section, read_toml
from generator.form.verify import verify

_FILES = ("form.toml", "fields.toml", "figures.toml", "checks.toml", "indicators.toml")
_Read = TypeVar("_Read")
_Record = TypeVar("_Record", FactTable, ScoreTable, GoalTable)


@lru_cache(maxsize=32)
def load(folder: Path) -> Form:
    """The form of ``folder``; raises FormError for the first thing in it that is wrong."""
    form, cited, faults = _build(folder)
    for fault in (*faults, *verify(form, cited)):
        raise fault
    return form


def faults(folder: Path) -> tuple[Form | None, list[str]]:
    """The form of ``folder`` and all that is wrong with its data; None when it cannot be read."""
    found = _unreadable(folder)
    if found:
        return None, found
    try:
        form, cited, doubled = _build(folder)
    except FormError as error:
        return None, [str(error)]
    return form, list(dict.fromkeys(str(fault) for fault in (*doubled, *verify(form, cited))))


def _unreadable(folder: Path) -> list[str]:
    """What is wrong with every item of every file by itself."""
    found: list[str] = []
    # None: they could not be read, and what names one is not told for that.
    formats: dict[str, NumberFormat] | None = None

    def attempt(read: Callable[[], _Read]) -> _Read | None:
        try:
            return read()
        except FormError as error:
            found.append(str(error))
            return None

    files = {name: attempt(partial(read_toml, folder, name)) for name in _FILES}
    main = files["form.toml"]
    if main is not None:
        formats = attempt(lambda: _formats(main.section("formats")))
    items: list[tuple[str, str, Callable[[Section], object]]] = [
        ("form.toml", "grade", _grade),
        ("form.toml", "source", _source),
        ("fields.toml", "sheet", read_sheet),
        ("figures.toml", "figure", lambda each: _figure(each, formats)),
        ("figures.toml", "share", lambda each: _share(each, formats)),
        ("checks.toml", "check", _check),
        ("indicators.toml", "indicator", read_indicator),
        ("indicators.toml", "level", read_level),
        ("indicators.toml", "cap", read_cap),
    ]
    for name, key, read in items:
        file = files[name]
        sections = attempt(partial(file.sections, key)) if file is not None else None
        for section in sections or ():
            attempt(partial(read, section))
    scoring = files["indicators.toml"]
    if scoring is not None and scoring.has("own"):
        attempt(lambda: read_own(scoring.section("own")))
    return found


def _build(folder: Path) -> tuple[Form, tuple[str, ...], list[FormError]]:
    """The form as its files say, the sources of the form itself, and figures that have no order."""
    main = read_toml(folder, "form.toml")
    formats = _formats(main.section("formats"))
    sheets = _sheets(read_toml(folder, "fields.toml"))
    derived = read_toml(folder, "figures.toml")
    scoring = read_toml(folder, "indicators.toml")
    named = main.section("fields")
    figures, faults = in_order(tuple(_figure(s, formats) for s in derived.sections("figure")), sheets)
    form = Form(
        folder=folder,
        id=main.text("id"),
        title=main.text("title"),
        issuer=main.text("issuer"),
        year=main.integer("year"),
        year_field=named.text("year"),
        unit_field=named.text("unit"),
        facts=_names(main.section("facts"), FactTable),
        scores=_names(main.section("scores"), ScoreTable),
        goals=_names(main.section("goals"), GoalTable) if main.has("goals") else None,
        units=_units(main.section("units")),
        formats=formats,
        prints=_texts(main.section("print")),
        date_format=main.section("date").text("format"),
        grades=tuple(_grade(each) for each in main.sections("grade", ...)),
        sources={each.id: each for each in map(_source, main.sections("source", ...))},
        sheets=sheets,
        figures=figures,
        shares=tuple(_share(each, formats) for each in derived.sections("share")),
        checks=_checks(read_toml(folder, "checks.toml")),
        indicators=tuple(read_indicator(each) for each in scoring.sections("indicator")),
        full_points=scoring.number("total"),
        open_levels=scoring.texts("open", ()),
        own=read_own(scoring.section("own")) if scoring.has("own") else None,
        levels=tuple(map(read_level, scoring.sections("level"))),
        caps=tuple(map(read_cap, scoring.sections("cap"))),
        summary=_summary(main.section("summary")),
        default=main.flag("default"),
    )
    cited = main.texts("based_on", ())
    for section in (main, derived, scoring, named):
        section.done()
    return form, cited, faults


def _summary(section: Section) -> SummarySpec:
    made = SummarySpec(unit=section.text("unit"), figures=section.texts("figures"))
    section.done()
    return made


def _sheets(section: Section) -> tuple[Sheet, ...]:
    sheets = tuple(read_sheet(each) for each in section.sections("sheet", ...))
    section.done()
    return sheets


def _texts(section: Section) -> dict[str, str]:
    """A section whose keys are all texts; the record it goes into knows which there must be."""
    return {key: str(value) for key, value in section.entries()}


def _names(section: Section, record: type[_Record]) -> _Record:
    made = record(**{each.name: section.text(each.name, _default(each)) for each in fields(record)})
    section.done()
    return made


def _default(key: Field[Any]) -> Any:
    return ... if key.default is MISSING else key.default


def _formats(section: Section) -> dict[str, NumberFormat]:
    made = {}
    for name, value in section.entries():
        each = Section(value, f"{section.place}: {name}")
        made[name] = NumberFormat(
            divide=each.number("divide"),
            places=each.integer("places"),
            trim=each.flag("trim"),
            suffix=each.text("suffix", ""),
        )
        each.done()
    return made


def _units(section: Section) -> dict[str, Unit]:
    made = {}
    for name, value in section.entries():
        each = Section(value, f"{section.place}: {name}")
        made[name] = Unit(each.number("yuan"), each.flag("exact"), each.integer("places", 0))
        each.done()
    return made


def _grade(section: Section) -> Grade:
    made = Grade(section.text("name"), section.number("at_least"))
    section.done()
    return made


def _source(section: Section) -> Source:
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


_Formats = Mapping[str, NumberFormat] | None


def _format(section: Section, formats: _Formats) -> tuple[str, NumberFormat]:
    if formats is None:
        return section.text("format"), NumberFormat(Decimal(1), 0, False)
    name = section.choice("format", tuple(formats))
    return name, formats[name]


def _figure(section: Section, formats: _Formats) -> FigureSpec:
    format_name, chosen = _format(section, formats)
    made = FigureSpec(
        name=read_name(section),
        formula=section.formula("formula"),
        format=chosen,
        format_name=format_name,
        table=None,
        source=section.texts("source"),
        note=section.text("note", ""),
    )
    section.done()
    return made


def _share(section: Section, formats: _Formats) -> ShareSpec:
    parts = []
    for each in section.sections("parts", ...):
        parts.append(SharePart(read_name(each), each.text("part"), each.text("title")))
        each.done()
    made = ShareSpec(
        group=read_name(section, "group"),
        whole=section.text("whole"),
        parts=tuple(parts),
        format=_format(section, formats)[1],
        source=section.texts("source"),
    )
    section.done()
    return made


def _checks(section: Section) -> tuple[Check, ...]:
    made = tuple(_check(each) for each in section.sections("check"))
    section.done()
    return made


def _check(section: Section) -> Check:
    made = Check(
        name=section.text("name"),
        left=section.formula("left"),
        relation=cast(Literal["=", "<="], section.choice("relation", ("=", "<="))),
        right=section.formula("right"),
        severity=cast(Literal["error", "warning"], section.choice("severity", ("error", "warning"))),
        fix=section.text("fix"),
        source=section.texts("source"),
    )
    section.done()
    return made
