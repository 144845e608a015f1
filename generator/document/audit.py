"""The last look before a document is written: everything printed is there, nothing else is left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from generator.document.layout import Element, text_of, w
from generator.document.values import KEY_END, KEY_START, LINE, TRACE_END, TRACE_START

_LEFTOVERS = ("{{", "}}", "{%", "%}", "None", "undefined", "Undefined")


def audit_values(text: str, printed: Iterable[str]) -> list[str]:
    """Every printed value stands in the text, in order, and no tag or empty value of Python is left.

    ``text`` is the rendered text before cells are merged; merging only removes exact repetitions.
    """
    faults = []
    values = [line for value in printed for line in value.split(LINE) if line]
    position = 0
    for value in values:
        found = text.find(value, position)
        if found < 0:
            faults.append(f"“{value[:20]}”没有印出")
            break
        position = found + len(value)
    for leftover in _LEFTOVERS:
        expected = sum(value.count(leftover) for value in values)
        if text.count(leftover) > expected:
            faults.append(f"留有“{leftover}”")
    return faults


def audit_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Every XML part is well-formed and free of our own marks."""
    faults = []
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            etree.fromstring(data)
        except etree.XMLSyntaxError as error:
            faults.append(f"{name} 不是正确的 XML（{error.msg}）")
        text = data.decode("utf-8", "replace")
        if any(mark in text for mark in (LINE, KEY_START, KEY_END, TRACE_START, TRACE_END)):
            faults.append(f"{name} 里留有内部标记")
    return faults


def flat_text(root: Element) -> str:
    """The text of a part as the audit reads it: paragraph by paragraph."""
    return "\n".join(text_of(paragraph) for paragraph in root.iter(w("p")))
