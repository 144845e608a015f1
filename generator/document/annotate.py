"""The annotated report: the same document with Word comments on what the tool derived."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generator.document.comments import Comments
from generator.document.context import context
from generator.document.render import Traces, pack, render_parts
from generator.document.template import load_template
from generator.findings import Finding
from generator.form.schema import Form
from generator.model import Report

_BODY = "word/document.xml"

# What a comment says of the origin of a printed value; None for what needs none.
Note = Callable[[object], "list[str] | None"]


def render_annotated(
    report: Report, form: Form, note: Note, draft: bool = False
) -> tuple[bytes, list[Finding]]:
    """The same document with a Word comment on every printed value that ``note`` has something to say of."""
    template = load_template(form.template)
    traces = Traces([], [])
    rendered, faults = render_parts(template, context(report, form), form, draft, traces)
    parts = {**template.parts, **rendered}
    comments = Comments(parts)
    for name, run, number in traces.runs:
        lines = note(traces.origins[number]) if name == _BODY else None
        if lines:
            comments.add(run, run, lines)
    for name, root in {name: run.getroottree() for name, run, _ in traces.runs}.items():
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    comments.save()
    changed = {name: data for name, data in parts.items() if data != template.parts.get(name)}
    return pack(template, changed, faults)
