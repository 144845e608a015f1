"""The parts of a workbook's archive, and the elements of one: from its tree when it is small, piece by
piece when not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.etree.ElementTree import Element, XMLPullParser, fromstring

from generator.workbook.parts import DamagedError, TooLargeError, normal_name
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
_LONGEST = 8 * _BLOCK  # bytes of a row or a string; Excel's longest texts have 96 KiB
_MARKUP = b"<!"  # a comment or CDATA, in which a tag is none


class CountedCellsError(Exception):
    """Cells of a sheet stand where the ones before them say, so that none may be cut out."""


class Package(Mapping[str, bytes]):
    """The parts of an archive by their normal names, unpacked when they are asked for. Raises DamagedError
    for a part with a DOCTYPE."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = [each for each in archive.infolist() if not each.is_dir()]
        self._members = {normal_name(each.filename): each for each in members}
        if len(self._members) < len(members):
            raise DamagedError("doubled part")  # nobody knows which of the two a person sees

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
    rows. Raises CountedCellsError, possibly in the middle, when a part must not be slimmed, and TooLargeError
    for a row or a string that no spreadsheet can hold."""
    frame = None
    if isinstance(parts, Package) and parts.is_large(name):
        with parts.stream(name) as source:
            first = source.read(_BLOCK)
            frame = _FRAME.search(first)
            if frame is not None and frame["root"] == b"worksheet" and frame["inner"] is None:
                first += source.read(_LONGEST - _BLOCK)  # thousands of columns stand before the rows
                frame = _FRAME.search(first)
            if frame is not None:
                yield from _large(first, source, frame, wanted, slim)
    if frame is None:  # small, or in another encoding, or nothing that we know
        yield from _of_document(_slim(parts[name]) if slim else parts[name], wanted)


def _of_document(data: bytes, wanted: frozenset[str]) -> Iterator[Element]:
    root = fromstring(data)
    namespace = root.tag[: root.tag.rfind("}") + 1]
    tags = {namespace + each for each in wanted}
    for child in root:
        if child.tag in tags:
            yield child
        else:
            for each in child:
                if each.tag in tags:
                    yield each


def _is_wanted(element: Element, wanted: frozenset[str]) -> bool:
    return element.tag.rpartition("}")[2] in wanted


def _large(
    first: bytes, source: IO[bytes], frame: re.Match[bytes], wanted: frozenset[str], slim: bool
) -> Iterator[Element]:
    """A large part, cut between its rows or strings into documents of their own; what stands behind the rows
    is read element by element."""
    prefix, root, inner = frame["prefix"] or b"", frame["root"], frame["inner"] or b""
    before = frame["start"] + (b"<%s%s>" % (prefix, inner) if inner else b"")
    after = (b"</%s%s>" % (prefix, inner) if inner else b"") + b"</%s%s>" % (prefix, root)
    start = b"<%s%s" % (prefix, b"row" if inner else b"si")
    end_of_rows = b"</%s%s>" % (prefix, inner) if inner else b"</%s%s>" % (prefix, root)
    opening, rest = b"", first
    while True:
        end = rest.find(end_of_rows)
        if end >= 0:
            break
        # What stands before the last row is complete.
        cut = max(rest.rfind(start + b" "), rest.rfind(start + b">"))
        if cut > 0 and _MARKUP not in checked(rest[0 if opening else frame.end() : cut]):
            piece = opening + rest[:cut] + after
            yield from _of_document(_slim(piece) if slim else piece, wanted)
            opening, rest = before, rest[cut:]
        block = source.read(_BLOCK)
        if not block:
            raise DamagedError("cut off")
        if len(rest) > _LONGEST:
            raise TooLargeError
        rest += block
    last = opening + checked(rest[:end]) + after
    yield from _of_document(_slim(last) if slim else last, wanted)
    if inner:
        yield from _behind(frame["start"] + rest[end + len(end_of_rows) :], source, wanted)


def _behind(data: bytes, source: IO[bytes], wanted: frozenset[str]) -> Iterator[Element]:
    """The wanted elements that stand behind the rows, up to two levels deep; the rest is never kept."""
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    above: list[Element] = []
    while data:
        parser.feed(checked(data))
        for read in parser.read_events():
            event, element = read[0], read[-1]
            if not isinstance(element, Element):
                continue
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if 1 <= len(above) <= 2 and _is_wanted(element, wanted):
                yield element
            if above and not any(_is_wanted(each, wanted) for each in above):
                above[-1].remove(element)
        data = source.read(_BLOCK)
    parser.close()


def _slim(piece: bytes) -> bytes:
    slim = slimmed(piece)
    if slim is None:
        raise CountedCellsError
    return slim
