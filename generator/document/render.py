"""A report and its form → the bytes of the finished .docx."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import TemplateError
from lxml import etree

from generator.document import environment
from generator.document.audit import audit_parts, audit_values, flat_text
from generator.document.comments import Comments
from generator.document.context import Context, context
from generator.document.layout import Element, highlight, mend, merge_down, split_paragraphs, take_traces
from generator.document.template import Template, load_template
from generator.findings import Finding, finding
from generator.form.schema import Form, FormError
from generator.model import Report
from generator.package import to_bytes

BODY_PART = "word/document.xml"


# What a comment says of the origin of a printed value; None for what needs none.
Note = Callable[[object], "list[str] | None"]


def render(report: Report, form: Form, draft: bool = False) -> tuple[bytes, list[Finding]]:
    """The document, audited; a ``draft`` highlights what is still missing.

    Raises FormError when the template asks for what the form does not have.
    """
    template = load_template(form.template)
    parts, faults = render_parts(template, context(report, form), form, draft)
    return _packed(parts, faults)


def render_annotated(
    report: Report, form: Form, note: Note, draft: bool = False
) -> tuple[bytes, list[Finding]]:
    """The same document with a Word comment on every printed value that ``note`` has something to say of."""
    template = load_template(form.template)
    origins: list[object] = []
    runs: list[tuple[str, Element, int]] = []
    parts, faults = render_parts(template, context(report, form), form, draft, Traces(origins, runs))
    comments = Comments(parts)
    for name, run, number in runs:
        lines = note(origins[number]) if name == BODY_PART else None
        if lines:
            comments.add(run, run, lines)
    for name, root in {name: run.getroottree() for name, run, _ in runs}.items():
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    comments.save()
    return _packed(parts, faults)


@dataclass(frozen=True, slots=True)
class Traces:
    """Filled while rendering: origins by number; part, run and number of every printed value."""

    origins: list[object]
    runs: list[tuple[str, Element, int]]


def _packed(parts: dict[str, bytes], faults: list[str]) -> tuple[bytes, list[Finding]]:
    faults = faults + audit_parts(parts)
    findings = [finding("document.audit", why="；".join(faults))] if faults else []
    return to_bytes(parts), findings


def render_parts(
    template: Template, names: Context, form: Form, draft: bool = False, traces: Traces | None = None
) -> tuple[dict[str, bytes], list[str]]:
    """All parts of the document, and what the audit of their values found."""
    parts = dict(template.parts)
    faults: list[str] = []
    for name, compiled in template.compiled.items():
        printed = environment.recording()
        environment.tracing(traces.origins if traces else None)
        try:
            xml = compiled.render(names)
        # Whatever an expression of a template raises is a fault of the template.
        except (TemplateError, TypeError, ArithmeticError, LookupError, ValueError) as error:
            raise FormError(f"{form.template}：模板中的标签用不了：{error}") from error
        finally:
            environment.tracing(None)
        root, part_faults = _finish(xml, printed)
        faults += part_faults
        if root is None:
            parts[name] = xml.encode("utf-8")
            continue
        if traces:
            traces.runs.extend((name, run, number) for run, number in take_traces(root))
        if draft:
            highlight(root)
        mend(root)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts, faults


def _finish(xml: str, printed: list[str]) -> tuple[Element | None, list[str]]:
    try:
        root = etree.fromstring(xml.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        return None, [f"生成的 XML 不正确（{error.msg}）"]
    split_paragraphs(root)
    faults = audit_values(flat_text(root), printed)
    merge_down(root)
    return root, faults
