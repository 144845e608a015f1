"""Layout that templates cannot express: real paragraphs for lines, and cells merged downwards."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from generator.document.values import (
    KEY_END,
    KEY_START,
    LINE,
    PENDING,
    TRACE_END,
    TRACE_MIDDLE,
    TRACE_START,
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEY = re.compile(f"{KEY_START}([^{KEY_END}]*){KEY_END}")
_TRACE = re.compile(f"{TRACE_START}([^{TRACE_MIDDLE}]*){TRACE_MIDDLE}|({TRACE_END})")

# Split with the group, so that what is pending stays among the parts.
PENDING_PARTS = re.compile(f"({PENDING.pattern})")

Element = etree._Element


def w(tag: str) -> str:
    """``w("p")`` → the qualified name of ``w:p``."""
    return f"{{{_W}}}{tag}"


def text_of(element: Element) -> str:
    """All text below an element, without our marks."""
    return _TRACE.sub("", _KEY.sub("", "".join(t.text or "" for t in element.iter(w("t")))))


def split_paragraphs(root: Element) -> None:
    """Every line of a value becomes a paragraph of its own, in the style of the tag's paragraph."""
    marked = [t for t in root.iter(w("t")) if t.text and LINE in t.text]
    for paragraph in dict.fromkeys(_ancestor(t, "p") for t in marked):
        _split(paragraph)
    for text in root.iter(w("t")):
        # A line inside a hyperlink or the like, which cannot be cut in two.
        if text.text and LINE in text.text:
            text.text = text.text.replace(LINE, " ")


def _ancestor(element: Element, tag: str) -> Element:
    return next(element.iterancestors(w(tag)))


def _split(paragraph: Element) -> None:
    properties = paragraph.find(w("pPr"))
    current = paragraph
    for child in list(paragraph):
        if child is properties:
            continue
        pieces = _cut_run(child) if child.tag == w("r") else [child]
        if current is paragraph:
            paragraph.replace(child, pieces[0])
        else:
            paragraph.remove(child)
            current.append(pieces[0])
        for piece in pieces[1:]:
            following = etree.Element(w("p"))
            if properties is not None:
                following.append(copy.deepcopy(properties))
                _move_section(current)
            current.addnext(following)
            following.append(piece)
            current = following


def _move_section(paragraph: Element) -> None:
    """A section break stays with the last of the paragraphs."""
    section = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
    if section is not None:
        parent = section.getparent()
        assert parent is not None
        parent.remove(section)


def _cut_run(run: Element) -> list[Element]:
    """The run cut at every line mark; each piece keeps the run's properties."""
    if not any(LINE in (t.text or "") for t in run.findall(w("t"))):
        return [run]
    properties = run.find(w("rPr"))
    pieces = [_new_run(properties)]
    for child in list(run):
        if child is properties:
            continue
        lines = (child.text or "").split(LINE) if child.tag == w("t") else []
        if len(lines) < 2:
            pieces[-1].append(child)
            continue
        for number, line in enumerate(lines):
            if number:
                pieces.append(_new_run(properties))
            text = etree.SubElement(pieces[-1], w("t"))
            text.text = line
            text.set(_XML_SPACE, "preserve")
    return pieces


def _new_run(properties: Element | None) -> Element:
    run = etree.Element(w("r"))
    if properties is not None:
        run.append(copy.deepcopy(properties))
    return run


def merge_down(root: Element) -> None:
    """Merge cells whose keys and texts are equal with the cell above them; nothing is lost by it."""
    for table in root.iter(w("tbl")):
        above: dict[int, tuple[str, Element]] = {}
        for row in table.findall(w("tr")):
            keyed = {}
            for column, cell in _columns(row):
                key = _take_key(cell)
                if key is not None:
                    keyed[column] = (f"{key}\n{text_of(cell)}", cell)
            for column, (key, cell) in keyed.items():
                same = column in above and above[column][0] == key
                if same:
                    set_merge(above[column][1], "restart")
                    set_merge(cell, "continue")
                    _empty(cell)
                    keyed[column] = above[column]
            above = keyed


def _columns(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with the grid column each begins in."""
    before = row.find(f"{w('trPr')}/{w('gridBefore')}")
    column = int(before.get(w("val"), "0")) if before is not None else 0
    for cell in row.findall(w("tc")):
        yield column, cell
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        column += int(span.get(w("val"), "1")) if span is not None else 1


def _take_key(cell: Element) -> str | None:
    """The merge key of a cell, taken out of its text."""
    found = None
    for text in cell.iter(w("t")):
        match = _KEY.search(text.text or "")
        if match:
            found = found or match[1]
            text.text = _KEY.sub("", text.text or "")
    return found


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


def _empty(cell: Element) -> None:
    """Leave one empty paragraph, as Word does in a cell that is merged away."""
    first = cell.find(w("p"))
    for child in list(cell):
        if child.tag != w("tcPr"):
            cell.remove(child)
    paragraph = etree.SubElement(cell, w("p"))
    properties = first.find(w("pPr")) if first is not None else None
    if properties is not None:
        paragraph.append(properties)


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
    for match in _TRACE.finditer(content):
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
