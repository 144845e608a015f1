"""Open a workbook safely and read all its worksheets into grids.

What is not an .xlsx is told by its first bytes, in one sentence that says what to do. Nothing is left to a
spreadsheet library: what one of them drops, guesses or warns of in English would be a figure that nobody is
told of."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

from generator.findings import Finding, finding
from generator.model import CellRef
from generator.workbook.formats import CellFormat, cell_formats
from generator.workbook.grid import Grid
from generator.workbook.parts import (
    Book,
    DamagedError,
    SheetPart,
    TooLargeError,
    main_part,
    read_book,
)
from generator.workbook.stream import CountedCellsError, Package, elements
from generator.workbook.strings import Runs, shared_strings
from generator.workbook.worksheet import (
    ELEMENTS,
    MAX_AREAS,
    MAX_CELLS,
    SheetReader,
    TooManyAreasError,
    TooManyCellsError,
)

MAX_UNPACKED = 120 * 1024 * 1024  # bytes; a filled workbook has well under one MiB
# The old binary container: .xls, .et, and .xlsx with a password, which keeps this stream.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "xl/vbaproject.bin"
_STRING = frozenset({"si"})
# What zipfile raises for an archive that is cut off, damaged, encrypted or packed in a way it does not know.
_DAMAGED = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error)

Grids = dict[str, Grid]


def open_workbook(path: Path) -> tuple[Grids | None, list[Finding]]:
    """All worksheets of the file, or None with the finding that says why not."""
    fault = _fault_of_file(path) or _fault_of_archive(path)
    if fault is not None:
        return None, [fault]
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package(archive)
            return grids_of(package), [finding("file.macro", path=path)] if _MACROS in package else []
    except TooManyCellsError as error:
        sheet = str(error)
        return None, [finding("file.too-many-cells", CellRef(sheet), sheet=sheet, count=MAX_CELLS // 10_000)]
    except TooManyAreasError as error:
        sheet = str(error)
        fault = finding("sheet.too-many-areas", CellRef(sheet), sheet=sheet, count=MAX_AREAS // 10_000)
        return None, [fault]
    except TooLargeError:
        return None, [_too_large(path)]
    except (DamagedError, ParseError, LookupError, ValueError, *_DAMAGED):
        return None, [finding("file.damaged", path=path)]


def grids_of(parts: Mapping[str, bytes], slim: bool = True) -> Grids:
    """All worksheets of a package, whose parts have normal names; not ``slim`` reads empty cells too, to no
    other effect. Raises DamagedError, ParseError or TooManyCellsError."""
    book = read_book(parts)
    strings = shared_strings(elements(parts, book.strings, _STRING, False)) if book.strings in parts else []
    formats = cell_formats(parts.get(book.styles))
    grids: Grids = {}
    left = MAX_CELLS
    for sheet in book.sheets:
        grids[sheet.name] = _sheet(parts, sheet, book, strings, formats, left, slim)
        left -= len(grids[sheet.name].cells)
    return grids


def _sheet(
    parts: Mapping[str, bytes],
    sheet: SheetPart,
    book: Book,
    strings: Sequence[Runs | str],
    formats: Sequence[CellFormat],
    left: int,
    slim: bool,
) -> Grid:
    reader = SheetReader(strings, formats, book.epoch_1904)
    try:
        for element in elements(parts, sheet.part, ELEMENTS, slim):
            reader.read(element)
            if reader.filled > left:
                raise TooManyCellsError(sheet.name)
            if len(reader.areas) > MAX_AREAS:
                raise TooManyAreasError(sheet.name)
    except CountedCellsError:
        return _sheet(parts, sheet, book, strings, formats, left, slim=False)
    return reader.grid(sheet)


def _fault_of_file(path: Path) -> Finding | None:
    if path.is_dir():
        return finding("file.folder", path=path)
    for mark in ("~$", ".~"):
        if path.name.startswith(mark):
            return finding("file.lock", path=path, mark=mark)
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except FileNotFoundError:
        return finding("file.missing", path=path)
    except OSError as error:
        return finding("file.unreadable", path=path, why=error.strerror or "读取失败")
    if head.startswith(b"PK"):  # also a marker of a split archive before its first member
        return None
    if head == _COMPOUND:
        code = "file.encrypted" if _ENCRYPTED in path.read_bytes() else "file.old-format"
        return finding(code, path=path)
    return finding("file.not-xlsx", path=path, kind=_kind(head))


def _kind(head: bytes) -> str:
    if not head:
        return "空文件"
    if head.startswith(b"%PDF"):
        return " PDF 文件"
    if head.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return "网页或 XML 文件"
    return "其他格式的文件（例如改了扩展名的 CSV）"


def _fault_of_archive(path: Path) -> Finding | None:
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package(archive)
            if _unpacked(archive) > MAX_UNPACKED:
                return _too_large(path)
            if main_part(package) not in package:
                return finding("file.not-xlsx", path=path, kind=_kind_of_archive(set(package)))
    except _DAMAGED:
        return finding("file.damaged", path=path)
    except TooLargeError:
        return _too_large(path)
    except (DamagedError, ParseError):
        return finding("file.damaged", path=path)
    return None


def _unpacked(archive: zipfile.ZipFile) -> int:
    return sum(member.file_size for member in archive.infolist())


def _too_large(path: Path) -> Finding:
    with zipfile.ZipFile(path) as archive:
        size = f"{_unpacked(archive) // 1024 // 1024} MB"
    return finding("file.too-large", path=path, size=size)


def _kind_of_archive(names: set[str]) -> str:
    if "word/document.xml" in names:
        return " Word 文档"
    if "ppt/presentation.xml" in names:
        return " PowerPoint 演示文稿"
    if "mimetype" in names:
        return " OpenDocument 文件（.ods）"
    if "xl/workbook.bin" in names:
        return " Excel 二进制工作簿（.xlsb）"
    return "其他压缩文件"
