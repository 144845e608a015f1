"""What a form has and its template does not print, so that nobody ever sees it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.findings import Finding, finding
from generator.form.advice import needed
from generator.form.records import ADJUSTMENTS
from generator.form.schema import Form


def unprinted(form: Form, used: set[str]) -> Iterator[Finding]:
    """What is neither among the ``used`` names of the template nor needed by the form's own data."""
    if ADJUSTMENTS not in used and _adjusts(form):
        yield finding("template.adjustments", name=ADJUSTMENTS)
    there = used | needed(form)
    for name, field in form.fields().items():
        # The one field that the engine reads itself says which form this is.
        if name not in there and field.sample != form.id:
            yield finding("template.unprinted", name=name)
    for place in _unused(form, there):
        yield finding("form.unused", place=place)


def _unused(form: Form, there: set[str]) -> Iterator[str]:
    for table in form.tables().values():
        if table.name in (form.facts.table, form.scores.table):
            continue  # their columns are the engine's
        columns = [column.name for column in table.columns]
        if table.name not in there and not there.intersection(columns):
            yield f"fields.toml：表格“{table.name}”"
            continue
        for name in columns:
            if name not in there:
                yield f"fields.toml：表格“{table.name}”的“{name}”一列"
    if form.scores.table not in there:
        yield f"fields.toml：表格“{form.scores.table}”"
    for spec in form.figures:
        if spec.name not in there:
            yield f"figures.toml：figure“{spec.name}”"
    for share in form.shares:
        if share.group not in there and not there.intersection(part.name for part in share.parts):
            yield f"figures.toml：share“{share.group}”"


def _adjusts(form: Form) -> bool:
    """Whether the total may be another than the sum of the scores."""
    known = (each.not_applicable for each in form.indicators if each.not_applicable)
    return bool(form.caps or form.factors) or any("rescale" in each.possible() for each in known)
