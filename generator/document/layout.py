"""Small changes of a document's tree: runs cut at a value, cells merged, what is missing mended."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree

from generator.document.values import PENDING, TRACE, TRACE_END, TRACE_START

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Split with the group, so that what is pending stays among the parts.
PENDING_PARTS = re.compile(f"({PENDING.pattern})")

Element = etree._Element


def w(tag: str) -> str:
    """``w("p")`` → the qualified name of ``w:p``."""
    return f"{{{_W}}}{tag}"


def text_of(element: Element) -> str:
    """All text below an element."""
    return "".join(t.text or "" for t in element.iter(w("t")))


def _new_run(properties: Element | None) -> Element:
    run = etree.Element(w("r"))
    if properties is not None:
        run.append(copy.deepcopy(properties))
    return run


def set_merge(cell: Element, value: str) -> None:
    """Merge a cell downwards: ``restart`` or ``continue``."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    merge = properties.find(w("vMerge"))
    if merge is None:
        merge = etree.Element(w("vMerge"))
        # The schema's order: width, spans, then vMerge, then borders and the rest.
        before = [w(tag) for tag in ("cnfStyle", "tcW", "gridSpan", "hMerge")]
        position = sum(1 for child in properties if child.tag in before)
        properties.insert(position, merge)
    merge.set(w("val"), value)


# In a run's properties, what the schema wants after the highlight.
_AFTER_HIGHLIGHT = frozenset(
    w(tag)
    for tag in (
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
    )
)


def highlight(root: Element) -> None:
    """Mark every 【待填：…】 of a draft in yellow, the rest of its run as it is."""
    for text in list(root.iter(w("t"))):
        if PENDING.search(text.text or ""):
            for piece, part in cut(text, PENDING_PARTS.split(text.text or "")):
                if PENDING.fullmatch(part):
                    _set_highlight(piece)


def cut(text: Element, parts: Sequence[str]) -> list[tuple[Element, str]]:
    """Cut the run of a text into one run for each part, and for what stands before and after the text.

    The parts must be the text in pieces; returns the new runs with their parts, blank ones left out.
    """
    run = text.getparent()
    if run is None or run.tag != w("r"):
        return []
    properties = run.find(w("rPr"))
    before, after = _new_run(properties), _new_run(properties)
    side = before
    for child in list(run):
        if child is text:
            side = after
        elif child is not properties:
            side.append(child)
    made = []
    for part in parts:
        if part:
            piece = _new_run(properties)
            new = etree.SubElement(piece, w("t"))
            new.text = part
            new.set(_XML_SPACE, "preserve")
            made.append((piece, part))
    least = 0 if properties is None else 1
    for each in (before, *(piece for piece, _ in made), after):
        if len(each) > least:
            run.addprevious(each)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)
    return made


def take_traces(root: Element) -> list[tuple[Element, int]]:
    """Take the marks around printed values away; each value is then a run of its own, with its number."""
    found = []
    for text in list(root.iter(w("t"))):
        content = text.text or ""
        if TRACE_START not in content and TRACE_END not in content:
            continue
        parts, numbers = _traced_parts(content)
        runs = cut(text, parts)
        numbered = [number for part, number in zip(parts, numbers, strict=True) if part]
        if not runs:
            text.text = "".join(parts)
        found += [(run, n) for (run, _), n in zip(runs, numbered, strict=False) if n is not None]
    return found


def _traced_parts(content: str) -> tuple[list[str], list[int | None]]:
    """The text in pieces, and the number of the value that each piece is."""
    parts: list[str] = []
    numbers: list[int | None] = []
    position, current = 0, None
    for match in TRACE.finditer(content):
        parts.append(content[position : match.start()])
        numbers.append(current)
        current = int(match[1]) if match[1] else None
        position = match.end()
    return [*parts, content[position:]], [*numbers, current]


def _set_highlight(run: Element) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    position = sum(1 for child in properties if child.tag not in _AFTER_HIGHLIGHT)
    mark = etree.Element(w("highlight"))
    mark.set(w("val"), "yellow")
    properties.insert(position, mark)


def mend(root: Element) -> None:
    """What a removed loop or condition may leave invalid: cells without paragraph, tables without row."""
    for cell in root.iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag != w("p"):
            etree.SubElement(cell, w("p"))
    for table in list(root.iter(w("tbl"))):
        parent = table.getparent()
        if table.find(w("tr")) is None and parent is not None:
            parent.remove(table)
