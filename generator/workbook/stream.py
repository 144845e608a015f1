"""The parts of a workbook's archive, and the elements of one: from its tree when it is small, piece by
piece when not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.etree.ElementTree import Element, fromstring

from generator.workbook.parts import DamagedError, normal_name
from generator.workbook.worksheet import slimmed

_BLOCK = 1024 * 1024  # bytes; a part larger than this is read piece by piece
# No spreadsheet program writes a DOCTYPE, only an entity bomb does; in UTF-8 and in UTF-16.
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
# Where a sheet's rows begin, or the shared strings: the root with its namespaces, and what stands around
# rows.
_FRAME = re.compile(
    rb"(?P<start><(?P<prefix>[\w.-]+:)?(?P<root>worksheet|sst)\b[^>]*>)"
    rb"(?:.*?<(?:[\w.-]+:)?(?P<inner>sheetData)\b[^>/]*>)?",
    re.DOTALL,
)
_MARKUP = b"<!"  # a comment or CDATA, in which a tag is none


class CountedCellsError(Exception):
    """Cells of a sheet stand where the ones before them say, so that none may be cut out."""


class Package(Mapping[str, bytes]):
    """The parts of an archive by their normal names, unpacked when they are asked for. Raises DamagedError
    for a part with a DOCTYPE."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {normal_name(each.filename): each for each in archive.infolist() if not each.is_dir()}

    def __getitem__(self, name: str) -> bytes:
        return checked(self._archive.read(self._members[name]))

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def is_large(self, name: str) -> bool:
        """Whether a part is better read piece by piece."""
        return self._members[name].file_size > _BLOCK

    def stream(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece."""
        return self._archive.open(self._members[name])


def checked(data: bytes) -> bytes:
    """The same bytes; raises DamagedError when they declare a document type."""
    if any(mark in data for mark in _DOCTYPES):
        raise DamagedError("DOCTYPE")
    return data


def elements(parts: Mapping[str, bytes], name: str, wanted: frozenset[str], slim: bool) -> Iterator[Element]:
    """The elements of the names ``wanted`` in the order of the file; with ``slim`` without empty cells and
    rows. Raises CountedCellsError, possibly in the middle, when a part must not be slimmed."""
    for piece in _pieces(parts, name, slim):
        for child in fromstring(piece):
            if _is_wanted(child, wanted):
                yield child
            else:
                yield from (each for each in child if _is_wanted(each, wanted))


def _is_wanted(element: Element, wanted: frozenset[str]) -> bool:
    return element.tag.rpartition("}")[2] in wanted


def _pieces(parts: Mapping[str, bytes], name: str, slim: bool) -> Iterator[bytes]:
    """A part as documents of their own: a small one as it is, a large one cut between its rows or strings."""
    if not isinstance(parts, Package) or not parts.is_large(name):
        yield _slim(parts[name]) if slim else parts[name]
        return
    with parts.stream(name) as source:
        first = source.read(_BLOCK)
        frame = _FRAME.search(first)
        if frame is None:
            yield parts[name]  # in another encoding, or nothing that we know
            return
        yield from _cut(first, source, frame, slim)


def _cut(first: bytes, source: IO[bytes], frame: re.Match[bytes], slim: bool) -> Iterator[bytes]:
    prefix = frame["prefix"] or b""
    root, inner = frame["root"], frame["inner"] or b""
    before = frame["start"] + (b"<%s%s>" % (prefix, inner) if inner else b"")
    after = (b"</%s%s>" % (prefix, inner) if inner else b"") + b"</%s%s>" % (prefix, root)
    start = b"<%s%s" % (prefix, b"row" if inner else b"si")
    opening, rest = b"", first
    while block := source.read(_BLOCK):
        rest += block
        # What stands before the last row is complete.
        cut = max(rest.rfind(start + b" "), rest.rfind(start + b">"))
        if cut > 0 and _MARKUP not in checked(rest[0 if opening else frame.end() : cut]):
            yield _slim(opening + rest[:cut] + after) if slim else opening + rest[:cut] + after
            opening, rest = before, rest[cut:]
    yield _slim(opening + rest) if slim else opening + checked(rest)


def _slim(piece: bytes) -> bytes:
    slim = slimmed(piece)
    if slim is None:
        raise CountedCellsError
    return slim
