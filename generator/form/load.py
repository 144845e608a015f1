"""Read a form folder whole; what is wrong is told with file and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from generator.amounts import NumberFormat
from generator.expression import Name
from generator.form.fields import read_sheet
from generator.form.kinds import with_unit
from generator.form.order import in_order
from generator.form.over_rows import PLAIN
from generator.form.parts import (
    read_check,
    read_figure,
    read_formats,
    read_grade,
    read_names,
    read_plausible,
    read_share,
    read_source,
    read_summary,
    read_texts,
    read_units,
    read_wording,
)
from generator.form.per_column import added_figures, spread_checks, spread_figures
from generator.form.policies import read_policies
from generator.form.records import (
    Check,
    FactTable,
    FigureSpec,
    FormError,
    GoalTable,
    Plausible,
    ScoreTable,
    Sheet,
)
from generator.form.rules import read_cap, read_factor, read_indicator, read_level, read_own
from generator.form.schema import Form
from generator.form.section import Section, read_toml
from generator.form.steps import with_steps
from generator.form.verify import verify

_FILES = ("form.toml", "fields.toml", "figures.toml", "checks.toml", "indicators.toml")
_Read = TypeVar("_Read")


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
        formats = attempt(lambda: read_formats(main.section("formats")))
    items: list[tuple[str, str, Callable[[Section], object]]] = [
        ("form.toml", "grade", read_grade),
        ("form.toml", "source", read_source),
        ("fields.toml", "sheet", read_sheet),
        ("figures.toml", "figure", lambda each: read_figure(each, formats)),
        ("figures.toml", "share", lambda each: read_share(each, formats)),
        ("checks.toml", "check", read_check),
        ("checks.toml", "plausible", read_plausible),
        ("indicators.toml", "indicator", read_indicator),
        ("indicators.toml", "level", read_level),
        ("indicators.toml", "cap", read_cap),
        ("indicators.toml", "factor", read_factor),
    ]
    for name, key, read in items:
        file = files[name]
        sections = attempt(partial(file.sections, key)) if file is not None else None
        for section in sections or ():
            attempt(partial(read, section))
    scoring = files["indicators.toml"]
    if scoring is not None and scoring.has("own"):
        attempt(lambda: read_own(scoring.section("own")))
    if scoring is not None and scoring.has("policies"):
        attempt(lambda: read_policies(scoring.section("policies")))
    return found


def _build(folder: Path) -> tuple[Form, tuple[str, ...], list[FormError]]:
    """The form as its files say, the sources of the form itself, and figures that have no order."""
    main = read_toml(folder, "form.toml")
    units = read_units(main.section("units"))
    formats = read_formats(main.section("formats"))
    sheets = _sheets(read_toml(folder, "fields.toml"))
    derived = read_toml(folder, "figures.toml")
    scoring = read_toml(folder, "indicators.toml")
    policies = read_policies(scoring.section("policies")) if scoring.has("policies") else {}
    named = main.section("fields")
    prints = read_texts(main.section("print"))
    figures, faults = _figures(derived, sheets, formats, prints)
    checks, plausible = _checks(read_toml(folder, "checks.toml"))
    form = Form(
        folder=folder,
        id=main.text("id"),
        title=main.text("title"),
        issuer=main.text("issuer"),
        year=main.integer("year"),
        year_field=named.text("year"),
        unit_field=named.text("unit"),
        facts=read_names(main.section("facts"), FactTable),
        scores=read_names(main.section("scores"), ScoreTable),
        goals=read_names(main.section("goals"), GoalTable) if main.has("goals") else None,
        units=units,
        formats=formats,
        prints=prints,
        date_format=main.section("date").text("format"),
        grades=tuple(read_grade(each) for each in main.sections("grade", ...)),
        sources={each.id: each for each in map(read_source, main.sections("source", ...))},
        sheets=sheets,
        figures=figures,
        shares=tuple(read_share(each, formats) for each in derived.sections("share")),
        checks=spread_checks(checks, figures, sheets, faults),
        plausible=plausible,
        indicators=tuple(read_indicator(each, policies) for each in scoring.sections("indicator")),
        policies=policies,
        full_points=scoring.number("total"),
        open_levels=scoring.texts("open", ()),
        own=read_own(scoring.section("own")) if scoring.has("own") else None,
        levels=tuple(map(read_level, scoring.sections("level"))),
        caps=tuple(map(read_cap, scoring.sections("cap"))),
        factors=tuple(map(read_factor, scoring.sections("factor"))),
        summary=read_summary(main.section("summary")),
        wordings=tuple(map(read_wording, main.sections("word"))),
        default=main.flag("default"),
    )
    form = replace(form, figures=tuple(_in_its_unit(each, form) for each in form.figures))
    form = with_steps(form)
    cited = main.texts("based_on", ())
    for section in (main, derived, scoring, named):
        section.done()
    return form, cited, faults


def _in_its_unit(spec: FigureSpec, form: Form) -> FigureSpec:
    """A figure whose format says what unit the printed number is in."""
    return replace(spec, format=with_unit(spec.format, form.kinds[spec.name]))


def _figures(
    section: Section, sheets: tuple[Sheet, ...], formats: dict[str, NumberFormat], prints: dict[str, str]
) -> tuple[tuple[FigureSpec, ...], list[FormError]]:
    """Every figure in order, the sums in matrices and those for every column among them."""
    faults: list[FormError] = []
    written = tuple(read_figure(each, formats) for each in section.sections("figure"))
    chosen = prints.get("amount", "")
    sums = FigureSpec("", Name(""), formats.get(chosen, PLAIN), chosen, None, ())
    spread = spread_figures(written, sheets, faults)
    ordered, others = in_order((*added_figures(sheets, sums), *spread), sheets)
    return ordered, [*faults, *others]


def _sheets(section: Section) -> tuple[Sheet, ...]:
    sheets = tuple(read_sheet(each) for each in section.sections("sheet", ...))
    section.done()
    return sheets


def _checks(section: Section) -> tuple[tuple[Check, ...], tuple[Plausible, ...]]:
    ties = tuple(read_check(each) for each in section.sections("check"))
    plausible = tuple(read_plausible(each) for each in section.sections("plausible"))
    section.done()
    return ties, plausible
