"""The parts of a workbook's package: found by their relations, whatever program named them.

Names are compared without case, with ``/`` for ``\\`` and without a leading slash, as Excel does. Both
kinds of Open XML are read, Transitional and Strict: what matters is the last word of a relation's type and
of an element's name."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring, iterparse

WORKBOOK = "xl/workbook.xml"
_SMALL = 1024 * 1024  # bytes; the tree of such a part does no harm
_UNREAD = frozenset({"definedName", "externalReference", "pivotCache"})


class DamagedError(ValueError):
    """A part is missing or says what no spreadsheet program writes."""


class TooLargeError(ValueError):
    """A part holds more than any form's workbook does."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet of the workbook, in the order of its tabs."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What the workbook part says: its worksheets and the parts that all of them share."""

    sheets: tuple[SheetPart, ...]
    strings: str
    styles: str
    epoch_1904: bool


def normal_name(name: str) -> str:
    """A part's name as it is compared: ``\\XL\\Sheet1.xml`` → ``xl/sheet1.xml``."""
    return name.replace("\\", "/").lstrip("/").lower()


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the workbook part; the usual one when the package does not say."""
    for relation in _relations(parts, ""):
        if relation.kind == "officeDocument" and relation.part in parts:
            return relation.part
    return WORKBOOK


def read_book(parts: Mapping[str, bytes]) -> Book:
    """The worksheets of a package, whose names are normal. Raises DamagedError or ParseError."""
    name = main_part(parts)
    root = lean_tree(parts[name], _UNREAD)
    if local(root) != "workbook":
        raise DamagedError(name)
    relations = {each.id: each for each in _relations(parts, name)}
    sheets = []
    for sheet in (each for each in root.iter() if local(each) == "sheet"):
        relation = relations.get(_relation_id(sheet))
        if relation is None or relation.part not in parts:
            raise DamagedError(name)
        if relation.kind == "worksheet":
            hidden = sheet.get("state", "visible") != "visible"
            sheets.append(SheetPart(sheet.attrib["name"], relation.part, hidden))
    if len({each.name.lower() for each in sheets}) < len(sheets) or len({s.part for s in sheets}) < len(
        sheets
    ):
        raise DamagedError(name)
    shared = {each.kind: each.part for each in relations.values()}
    folder = posixpath.dirname(name)
    return Book(
        tuple(sheets),
        shared.get("sharedStrings", f"{folder}/sharedstrings.xml"),
        shared.get("styles", f"{folder}/styles.xml"),
        _counts_from_1904(root),
    )


def lean_tree(data: bytes, unread: frozenset[str]) -> Element:
    """The tree of a part without the elements that nobody reads, of which there may be a million. Raises
    ParseError."""
    if len(data) <= _SMALL:
        return fromstring(data)
    above: list[Element] = []
    root: Element | None = None
    for event, element in iterparse(io.BytesIO(data), ("start", "end")):
        if event == "start":
            root = element if root is None else root
            above.append(element)
            continue
        above.pop()
        if above and local(element) in unread:
            above[-1].remove(element)
    if root is None:
        raise DamagedError("empty")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_on(value: str | None) -> bool:
    """A truth value of the format: ``1``, ``true``, ``on``; an attribute that is missing is false."""
    return value is not None and value.strip().lower() in ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    kind: str  # the last word of its type
    part: str


def _relations(parts: Mapping[str, bytes], of: str) -> Iterator[_Relation]:
    folder, base = posixpath.split(of)
    data = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    for each in fromstring(data) if data is not None else ():
        if each.get("TargetMode", "Internal") == "Internal":
            yield _Relation(
                each.get("Id", ""),
                each.get("Type", "").rpartition("/")[2],
                _target(each.get("Target", ""), folder, parts),
            )


def _target(target: str, folder: str, parts: Mapping[str, bytes]) -> str:
    """A relation's target as a part's normal name; relative ones start at the folder of the part that names
    it."""
    plain = target.replace("\\", "/")
    path = plain if plain.startswith("/") else posixpath.join("/", folder, plain)
    name = normal_name(posixpath.normpath(path))
    return name if name in parts else unquote(name)


def _relation_id(sheet: Element) -> str:
    found = (
        value for key, value in sheet.attrib.items() if key.endswith("}id") and "relationships" in key.lower()
    )
    return next(found, "")


def _counts_from_1904(root: Element) -> bool:
    return any(is_on(each.get("date1904")) for each in root if local(each) == "workbookPr")
