"""The last look before a document is written: everything printed is there, nothing else is left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from markupsafe import escape

from generator.document.flow import text_of
from generator.document.values import KEY_END, KEY_START, LINE, TRACE_END, TRACE_START

_LEFTOVERS = ("{{", "}}", "{%", "%}", "None", "undefined", "Undefined")
_MARKS = tuple(mark.encode() for mark in (LINE, KEY_START, KEY_END, TRACE_START, TRACE_END))


def audit_values(xml: str, printed: Iterable[str]) -> list[str]:
    """Every printed value stands in the text, in order, and no tag or empty value of Python is left.

    ``xml`` is as rendered, before lines are split and cells merged; neither loses anything.
    """
    faults = []
    text = text_of(xml)
    values = [value for value in printed if value]
    position = 0
    for value in values:
        escaped = str(escape(value))
        found = text.find(escaped, position)
        if found < 0 and f'"{escaped}"' in xml:
            continue  # a colour or a number of columns: an attribute, not text
        if found < 0:
            faults.append(f"“{value[:20]}”没有印出")
            break
        position = found + len(escaped)
    for leftover in _LEFTOVERS:
        if leftover in text and text.count(leftover) > sum(value.count(leftover) for value in values):
            faults.append(f"留有“{leftover}”")
    return faults


def audit_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Every XML part is well-formed and free of our own marks."""
    faults = []
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            expat.ParserCreate().Parse(data, True)
        except expat.ExpatError as error:
            faults.append(f"{name} 不是正确的 XML（{expat.errors.messages[error.code]}）")
        if any(mark in data for mark in _MARKS):
            faults.append(f"{name} 里留有内部标记")
    return faults
