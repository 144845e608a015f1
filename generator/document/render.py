"""A report and its form → the bytes of the finished .docx."""

from __future__ import annotations

from jinja2 import TemplateError
from lxml import etree

from generator.document import environment
from generator.document.audit import audit_parts, audit_values, flat_text
from generator.document.context import Context, context
from generator.document.layout import highlight, mend, merge_down, split_paragraphs
from generator.document.template import Template, load_template
from generator.findings import Finding, finding
from generator.form.schema import Form, FormError
from generator.model import Report
from generator.package import to_bytes


def render(report: Report, form: Form, draft: bool = False) -> tuple[bytes, list[Finding]]:
    """The document, audited; a ``draft`` highlights what is still missing.

    Raises FormError when the template asks for what the form does not have.
    """
    template = load_template(form.template)
    parts, faults = render_parts(template, context(report, form), form, draft)
    faults += audit_parts(parts)
    findings = [finding("document.audit", why="；".join(faults))] if faults else []
    return to_bytes(parts), findings


def render_parts(
    template: Template, names: Context, form: Form, draft: bool = False
) -> tuple[dict[str, bytes], list[str]]:
    """All parts of the document, and what the audit of their values found."""
    parts = dict(template.parts)
    faults: list[str] = []
    for name, compiled in template.compiled.items():
        printed = environment.recording()
        try:
            xml = compiled.render(names)
        # Whatever an expression of a template raises is a fault of the template.
        except (TemplateError, TypeError, ArithmeticError, LookupError, ValueError) as error:
            raise FormError(f"{form.template}：模板中的标签用不了：{error}") from error
        parts[name], part_faults = _finish(xml, printed, draft)
        faults += part_faults
    return parts, faults


def _finish(xml: str, printed: list[str], draft: bool) -> tuple[bytes, list[str]]:
    try:
        root = etree.fromstring(xml.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        return xml.encode("utf-8"), [f"生成的 XML 不正确（{error.msg}）"]
    split_paragraphs(root)
    faults = audit_values(flat_text(root), printed)
    merge_down(root)
    if draft:
        highlight(root)
    mend(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), faults
