"""Open a workbook safely and read all its worksheets into grids.

What is not an .xlsx is told by its first bytes, in one sentence that says what to do. openpyxl's
read_only mode is not used: WPS writes a wrong dimension, and read_only believes it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from generator.findings import Finding, finding
from generator.package import to_bytes
from generator.workbook.grid import Address, Cell, Grid
from generator.workbook.lean import read_lean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 120 * 1024 * 1024  # bytes; a filled workbook has well under one MiB
# The old binary container: .xls, .et, and .xlsx with a password, which keeps this stream.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BLOCK = 1024 * 1024
_MACROS = "xl/vbaProject.bin"
_EMPTY_CELL = re.compile(rb"<c [^>]*/>|<c [^>]*></c>")
_EMPTY_ROW = re.compile(rb"<row [^>]*/>|<row [^>]*></row>")
_UNCALCULATED = re.compile(rb"</f>(?:<v></v>|<v/>)?</c>|<f[^>]*/>(?:<v></v>|<v/>)?</c>")

Grids = dict[str, Grid]


def open_workbook(path: Path) -> tuple[Grids | None, list[Finding]]:
    """All worksheets of the file, or None with the finding that says why not."""
    fault = _fault_of_file(path) or _fault_of_archive(path)
    if fault is not None:
        return None, [fault]
    try:
        parts = _slim(path)
        grids = read_lean(parts)
        if grids is None:
            grids = read_with_openpyxl(parts)
        return grids, [finding("file.macro", path=path)] if _MACROS in parts else []
    except MemoryError:
        raise
    # openpyxl raises whatever its parsers raise on a damaged part; all of it means one thing here.
    except Exception:
        return None, [finding("file.damaged", path=path)]


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
    if head.startswith(b"PK\x03\x04"):
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
            members = archive.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                return finding("file.not-xlsx", path=path, kind=_kind_of_archive(names))
            size = sum(member.file_size for member in members)
            if size > MAX_UNPACKED:
                return finding("file.too-large", path=path, size=f"{size // 1024 // 1024} MB")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        return finding("file.damaged", path=path)
    return None


def _kind_of_archive(names: set[str]) -> str:
    if "word/document.xml" in names:
        return " Word 文档"
    if "ppt/presentation.xml" in names:
        return " PowerPoint 演示文稿"
    if "mimetype" in names:
        return " OpenDocument 文件（.ods）"
    return "其他压缩文件"


def read_with_openpyxl(parts: Mapping[str, bytes]) -> Grids:
    """All worksheets, whatever is in them; the reference for ``read_lean``."""
    # Slow to import, and rarely needed.
    from openpyxl import load_workbook

    package = to_bytes(parts, compress=False)
    workbook = load_workbook(BytesIO(package), data_only=True)
    uncalculated: dict[str, set[Address]] = {}
    if any(_UNCALCULATED.search(data) for name, data in parts.items() if _is_sheet(name)):
        formulas = load_workbook(BytesIO(package), data_only=False)
        for sheet in formulas.worksheets:
            uncalculated[sheet.title] = {
                (cell.row or 0, cell.column or 0) for cell in _cells(sheet) if cell.data_type == "f"
            }
    return {sheet.title: _grid(sheet, uncalculated.get(sheet.title, set())) for sheet in workbook.worksheets}


def _slim(path: Path) -> dict[str, bytes]:
    """The parts of the package without empty cells and rows, which may be formatted by the million.

    Raises ValueError for a part with a DOCTYPE: no spreadsheet program writes one, only an entity bomb does.
    """
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename
            if info.is_dir():
                continue
            if _is_sheet(name) and info.file_size > _BLOCK:
                with archive.open(info) as member:
                    parts[name] = _filled(member)
            else:
                data = archive.read(info)
                parts[name] = _without_empty(data) if _is_sheet(name) else data
            if name.endswith(".xml") and b"<!DOCTYPE" in parts[name][:4096]:
                raise ValueError(name)
    return parts


def _filled(sheet: IO[bytes]) -> bytes:
    """The XML of a sheet without its empty cells and rows, read piece by piece."""
    out, rest = BytesIO(), b""
    while block := sheet.read(_BLOCK):
        rest += block
        cut = rest.rfind(b"<row ")  # what stands before the last row is complete
        if cut > 0:
            out.write(_without_empty(rest[:cut]))
            rest = rest[cut:]
    out.write(_without_empty(rest))
    return out.getvalue()


def _without_empty(sheet: bytes) -> bytes:
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", sheet))


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _cells(sheet: Worksheet) -> Iterable[Any]:
    # The public iter_rows makes every cell of the rectangle up to the farthest one.
    return sheet._cells.values()


def _grid(sheet: Worksheet, formulas: set[Address]) -> Grid:
    cells: dict[Address, Cell] = {}
    for cell in _cells(sheet):
        address = (cell.row, cell.column)
        value = cell.value
        if value is None:
            if address in formulas:
                cells[address] = Cell("", uncalculated=True)
            continue
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, str | int | float | bool | date | time):
            percent = "%" in (cell.number_format or "")
            cells[address] = Cell(value, percent, fault=cell.data_type == "e")
    merged = {}
    for area in sheet.merged_cells.ranges:
        corners = ((area.min_row, area.min_col), (area.max_row, area.max_col))
        for row_number in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row_number, column] = corners
    return Grid(sheet.title, cells, merged)
