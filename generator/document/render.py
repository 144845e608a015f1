"""A report and its form → the bytes of the finished .docx."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from generator.document import environment
from generator.document.audit import audit_parts, audit_values
from generator.document.context import Context, context
from generator.document.flow import mend, merge_down, split_lines
from generator.document.template import Template, load_template
from generator.document.values import PENDING, TRACE, TRACE_START
from generator.findings import Finding, finding
from generator.form.records import FormError
from generator.form.schema import Form
from generator.model import Report
from generator.package import to_bytes

if TYPE_CHECKING:
    from generator.document.layout import Element

_IN_ATTRIBUTE = re.compile(f'="[^"<>]*{TRACE_START}[^"<>]*"')
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def render(report: Report, form: Form, draft: bool = False) -> tuple[bytes, list[Finding]]:
    """The document, audited; a ``draft`` highlights what is still missing.

    Raises FormError when the template asks for what the form does not have.
    """
    template = load_template(form.template)
    return pack(template, *render_parts(template, context(report, form), form, draft))


@dataclass(frozen=True, slots=True)
class Traces:
    """Filled while rendering: origins by number; part, run and number of every printed value."""

    origins: list[object]
    runs: list[tuple[str, Element, int]]


def pack(template: Template, rendered: dict[str, bytes], faults: list[str]) -> tuple[bytes, list[Finding]]:
    """The file: what was rendered, and the template's other parts as they lie compressed already."""
    faults = [*faults, *template.faults, *audit_parts(rendered)]
    findings = [finding("document.audit", why="；".join(faults))] if faults else []
    return to_bytes({**template.packed, **rendered}), findings


def render_parts(
    template: Template, names: Context, form: Form, draft: bool = False, traces: Traces | None = None
) -> tuple[dict[str, bytes], list[str]]:
    """The rendered parts of the document, and what the audit of their values found."""
    parts: dict[str, bytes] = {}
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
        if traces:
            # A value in an attribute is no text that a comment could stand at.
            xml = _IN_ATTRIBUTE.sub(lambda match: TRACE.sub("", match[0]), xml)
        faults += audit_values(xml, printed)
        xml = mend(merge_down(split_lines(xml)))
        if name in template.grids:
            xml = _with_right_columns(xml)
        data = f"{_DECLARATION}{xml}".encode()
        parts[name] = (
            _touched(name, data, draft, traces) if traces or (draft and PENDING.search(xml)) else data
        )
    return parts, faults


def _with_right_columns(xml: str) -> str:
    """Tables whose columns tags have made get their grid from docxtpl, whose work this is."""
    from docxtpl import DocxTemplate
    from lxml import etree

    try:
        etree.fromstring(xml)
    except etree.XMLSyntaxError:
        return xml  # docxtpl would repair it silently; the audit of the parts says so
    tree = DocxTemplate(None).fix_tables(xml)
    return etree.tostring(tree, encoding="unicode")


def _touched(name: str, data: bytes, draft: bool, traces: Traces | None) -> bytes:
    """What needs the tree: marks of printed values taken away, what is missing highlighted."""
    # Slow to import, and a plain report goes without.
    from lxml import etree

    from generator.document.layout import highlight, take_traces

    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data  # the audit of the parts says so
    if traces:
        traces.runs.extend((name, run, number) for run, number in take_traces(root))
    if draft:
        highlight(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
