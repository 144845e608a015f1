"""What a person sees of a paragraph, and changing it without touching the rest of its formatting.

Word, WPS and LibreOffice rewrite much when they save: they split runs, add revision marks, proofing
marks and bookmarks. None of it is seen, so none of it counts as an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from lxml import etree

from generator.document.layout import Element, w

# A picture, a field, a footnote mark: seen, but not typed.
OBJECT = "\ufffc"
_OBJECTS = frozenset(
    w(tag)
    for tag in (
        "drawing",
        "pict",
        "object",
        "footnoteReference",
        "endnoteReference",
        "sym",
        "fldSimple",
        "ruby",
    )
) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara",
}
_UNSEEN = frozenset(w(tag) for tag in ("pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "instrText"))
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# A figure is one token, so that a corrected figure is one change; anything else is told sign by sign.
TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?[%％]?|.", re.DOTALL)


def pieces(paragraph: Element) -> list[tuple[Element, str]]:
    """The elements of a paragraph that are seen, each with what it shows."""
    found: list[tuple[Element, str]] = []
    depth = 0
    for element in _walk(paragraph):
        if element.tag == w("fldChar"):
            kind = element.get(w("fldCharType"))
            if kind == "begin":
                if depth == 0:
                    found.append((element, OBJECT))
                depth += 1
            elif kind == "end":
                depth = max(0, depth - 1)
        elif depth:
            continue
        elif element.tag == w("t"):
            found.append((element, element.text or ""))
        elif element.tag in _SIGNS:
            found.append((element, _SIGNS[element.tag]))
        elif element.tag in _OBJECTS:
            found.append((element, OBJECT))
    return found


def _walk(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in _UNSEEN or not isinstance(child.tag, str):
            continue
        yield child
        if child.tag not in _OBJECTS:
            yield from _walk(child)


def shown(paragraph: Element) -> str:
    """The text of a paragraph as a person sees it; pictures and fields are ``OBJECT``."""
    return "".join(text for _, text in pieces(paragraph))


def key(text: str) -> str:
    """A text as it is compared: white space is not seen."""
    return " ".join(text.split())


def words(text: str) -> str:
    """What was typed of a shown text: without pictures and fields."""
    return key(text.replace(OBJECT, ""))


def tokens(text: str) -> list[str]:
    """Figures whole, everything else sign by sign."""
    return TOKEN.findall(text)


def rewrite(paragraph: Element, text: str) -> None:
    """Make the paragraph show ``text`` with as few changes as possible.

    What stays keeps its formatting, what comes takes that of its neighbour; pictures and fields stay.
    """
    old, new = tokens(shown(paragraph)), tokens(text)
    starts = [0]
    for token in old:
        starts.append(starts[-1] + len(token))
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, first, last, new_first, new_last in reversed(changes):
        if kind != "equal":
            replace_range(paragraph, starts[first], starts[last], "".join(new[new_first:new_last]))
    _tidy(paragraph)


def _tidy(paragraph: Element) -> None:
    """Remove runs that say nothing any more, but for the last, which holds the format."""
    empty = [
        run
        for run in paragraph.iter(w("r"))
        if all(child.tag == w("rPr") or (child.tag == w("t") and not child.text) for child in run)
    ]
    for run in empty if shown(paragraph) else empty[1:]:
        _remove(run)


def replace_range(paragraph: Element, start: int, end: int, text: str) -> None:
    """Put ``text`` in the place of the signs from ``start`` to ``end`` of what the paragraph shows."""
    text = re.sub(r"[\t\n]", " ", text.replace(OBJECT, ""))
    position, target = 0, None
    for element, piece in pieces(paragraph):
        first, last = position, position + len(piece)
        position = last
        if (
            element.tag == w("t")
            and target is None
            and first <= start <= last
            and (start < last or start == end)
        ):
            target = element
            _set(element, piece[: start - first] + text + piece[min(max(end, start) - first, len(piece)) :])
        elif first < end and last > start:
            if element.tag == w("t"):
                kept = piece[: max(0, start - first)] + piece[end - first :]
                _set(element, kept if target is not None else text + kept)
                target = element if target is None else target
            elif element.tag in _SIGNS:
                _remove(element)
    if target is None and text:
        _append(paragraph, text)


def _set(element: Element, text: str) -> None:
    element.text = text or None
    element.set(_XML_SPACE, "preserve")


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _append(paragraph: Element, text: str) -> None:
    """A run at the end, formatted like the last one or like the paragraph's mark."""
    runs = list(paragraph.iter(w("r")))
    properties = runs[-1].find(w("rPr")) if runs else paragraph.find(f"{w('pPr')}/{w('rPr')}")
    run = etree.SubElement(paragraph, w("r"))
    if properties is not None:
        own = etree.SubElement(run, w("rPr"))
        own.extend(etree.fromstring(etree.tostring(child)) for child in properties)
    _set(etree.SubElement(run, w("t")), text)


# What the programs write on saving and nobody sees.
_MARKS = frozenset(
    w(tag)
    for tag in (
        "proofErr",
        "lastRenderedPageBreak",
        "bookmarkStart",
        "bookmarkEnd",
        "noProof",
        "lang",
        "vMerge",
    )
)


def canonical(element: Element) -> str:
    """The element as text without what nobody sees: equal for two that look the same to Word."""
    attributes = sorted(
        (name, value)
        for name, value in element.attrib.items()
        if "rsid" not in name and "paraId" not in name and "textId" not in name and name != _XML_SPACE
    )
    children = "".join(
        canonical(child) for child in element if isinstance(child.tag, str) and child.tag not in _MARKS
    )
    text = element.text or "" if element.tag == w("t") else ""
    return f"<{element.tag}{attributes}>{text}{children}</>"
