"""Texts of cells as the XML holds them: plain or rich, with escapes, notes in superscript and struck-out
parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from generator.workbook.parts import is_on

# ``_x000D_`` stands for a sign that XML cannot hold; ``_x005F_`` for the underscore of a text that looks
# like that.
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_DIGITS = re.compile("[0-9+()-]+")


@dataclass(frozen=True, slots=True)
class RichText:
    """A text as a person reads it. ``left_out``: the struck-out part, which it lacks; ``struck``: all of it
    is struck out, and it is read as it stands."""

    text: str
    left_out: str = ""
    struck: bool = False


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as the signs that they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def rich_text(element: Element, namespace: str) -> RichText:
    """The text of an ``si`` or ``is`` element, without its phonetic reading.

    A superscript 2 becomes ², so that m² stays what it is and a note mark at a number is no digit of it.
    """
    kept: list[str] = []
    struck: list[str] = []
    for child in element:
        if child.tag == f"{namespace}t":
            kept.append(unescaped(child.text or ""))
        elif child.tag == f"{namespace}r":
            text = "".join(unescaped(t.text or "") for t in child.findall(f"{namespace}t"))
            properties = child.find(f"{namespace}rPr")
            (struck if _is_struck(properties, namespace) else kept).append(
                _placed(text, properties, namespace)
            )
    text, left_out = "".join(kept), "".join(struck)
    return RichText(text, left_out) if text.strip() else RichText(text + left_out, struck=bool(left_out))


def _is_struck(properties: Element | None, namespace: str) -> bool:
    strike = properties.find(f"{namespace}strike") if properties is not None else None
    return strike is not None and is_on(strike.get("val", "1"))


def _placed(text: str, properties: Element | None, namespace: str) -> str:
    place = properties.find(f"{namespace}vertAlign") if properties is not None else None
    if place is None or not _DIGITS.fullmatch(text):
        return text
    tables = {"superscript": _RAISED, "subscript": _LOWERED}
    return text.translate(tables.get(place.get("val", ""), {}))


def shared_strings(items: Iterable[Element]) -> list[RichText | str]:
    """All shared strings of a workbook, ``si`` by ``si``; plain ones as they are, to save memory."""
    found: list[RichText | str] = []
    for item in items:
        read = rich_text(item, namespace_of(item))
        found.append(read if read.left_out or read.struck else read.text)
    return found


def namespace_of(element: Element) -> str:
    """The namespace of an element as its tag begins: ``{http://…}``, or nothing."""
    namespace, brace, _ = element.tag.rpartition("}")
    return namespace + brace
