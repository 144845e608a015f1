"""The stories of a document (body, headers, footers, notes) and the blocks, rows and cells in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from generator.document.layout import Element, set_merge, w
from generator.document.shown import key, shown

BODY = "body"
NOTES = ("footnotes", "endnotes")
_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WRAPPERS = frozenset(w(tag) for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
# A file that another program wrote: no entities, no network.
_PARSER_SETTINGS: dict[str, Any] = {"resolve_entities": False, "no_network": True}


@dataclass(frozen=True, slots=True)
class Story:
    """A part of the package; ``root`` is its tree, ``blocks`` the element whose children are its blocks."""

    part: str
    root: Element
    blocks: Element


def stories(parts: Mapping[str, bytes]) -> dict[str, Story]:
    """The stories by what they are to the reader: programs name and number the parts as they like."""
    if _DOCUMENT not in parts:
        return {}
    found: dict[str, Story] = {}
    root = _parse(parts[_DOCUMENT])
    body = root.find(w("body"))
    if body is not None:
        found[BODY] = Story(_DOCUMENT, root, body)
    opened: dict[str, Story] = {}
    for name, part in _edges(root, _targets(parts)):
        if part in parts:
            if part not in opened:
                edge = _parse(parts[part])
                opened[part] = Story(part, edge, edge)
            found[name] = opened[part]
    for name in NOTES:
        if f"word/{name}.xml" in parts:
            notes = _parse(parts[f"word/{name}.xml"])
            found[name] = Story(f"word/{name}.xml", notes, notes)
    return found


def _parse(data: bytes) -> Element:
    return etree.fromstring(data, etree.XMLParser(**_PARSER_SETTINGS))


def _targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    if _RELATIONS not in parts:
        return {}
    return {
        each.get("Id", ""): f"word/{each.get('Target', '')}".replace("word//word/", "word/")
        for each in _parse(parts[_RELATIONS])
    }


def _edges(root: Element, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Headers and footers: kind, number of the section, and which pages."""
    for number, section in enumerate(root.iter(w("sectPr"))):
        for kind in ("headerReference", "footerReference"):
            for reference in section.findall(w(kind)):
                part = targets.get(reference.get(_ID, ""), "")
                yield f"{kind}:{number}:{reference.get(w('type'), 'default')}", part


def items(container: Element) -> list[Element]:
    """Paragraphs and tables of a body, header or cell, in order, also out of content controls."""
    return list(_through(container, (w("p"), w("tbl"))))


def rows(table: Element) -> list[Element]:
    """The rows of a table."""
    return list(_through(table, (w("tr"),)))


def cells(row: Element) -> list[Element]:
    """The cells of a row, merged ones as often as they stand in it."""
    return list(_through(row, (w("tc"),)))


def _through(parent: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _through(child, tags)


def paragraphs_of(block: Element) -> list[Element]:
    """The paragraphs of a block, row or cell, without those inside pictures and boxes."""
    if block.tag == w("p"):
        return [block]
    return [
        paragraph
        for paragraph in block.iter(w("p"))
        if next(paragraph.iterancestors(w("txbxContent")), None) is None
    ]


def block_text(block: Element) -> str:
    """What a block, row or cell shows: a line per paragraph that shows something."""
    return "\n".join(text for paragraph in paragraphs_of(block) if (text := key(shown(paragraph))))


def boxes(root: Element) -> list[str]:
    """The texts of all text boxes."""
    return [key(shown(p)) for box in root.iter(w("txbxContent")) for p in box.iter(w("p"))]


def merge_state(cell: Element) -> str:
    """``restart``, ``continue`` or nothing: how the cell is merged with the one above."""
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return "" if merge is None else merge.get(w("val"), "continue")


def set_merge_state(cell: Element, state: str) -> None:
    """Merge the cell as ``state`` says."""
    if state:
        set_merge(cell, state)
        return
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    if merge is not None:
        parent = merge.getparent()
        assert parent is not None
        parent.remove(merge)


def visible_paragraph(paragraph: Element) -> Element:
    """The paragraph, or where it lies in a cell that is merged away, one that is seen beside it."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    row = next(paragraph.iterancestors(w("tr")), None)
    if cell is None or row is None or merge_state(cell) != "continue":
        return paragraph
    seen = [p for other in cells(row) if merge_state(other) != "continue" for p in paragraphs_of(other)]
    return seen[0] if seen else paragraph
