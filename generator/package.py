"""An Office file as a mapping of part names to bytes, and back: the same parts give the same file."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# 1 January 1980, the first day that a zip can hold.
_TIME, _DATE = 0, 0x21
_VERSION, _DEFLATED, _STORED, _UTF8 = 20, 8, 0, 0x800
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Member:
    """A part as it lies in the zip, so that one that never changes is compressed once."""

    crc: int
    size: int
    data: bytes
    method: int = _DEFLATED


def parts_of(source: Path | IO[bytes]) -> dict[str, bytes]:
    """All members of the package, by name."""
    with zipfile.ZipFile(source) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def packed(content: bytes, compress: bool = True) -> Member:
    """A part, compressed."""
    crc = zlib.crc32(content)
    if not compress:
        return Member(crc, len(content), content, _STORED)
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(crc, len(content), packer.compress(content) + packer.flush())


def to_bytes(parts: Mapping[str, bytes | Member], compress: bool = True) -> bytes:
    """Zip the parts, sorted (which puts [Content_Types].xml first) and with fixed dates."""
    body, directory = bytearray(), bytearray()
    for name in sorted(parts):
        part = parts[name]
        member = part if isinstance(part, Member) else packed(part, compress)
        encoded = name.encode("utf-8")
        flags = 0 if name.isascii() else _UTF8
        fields = struct.pack(
            "<HHHHHIIIHH",
            *(_VERSION, flags, member.method, _TIME, _DATE),
            *(member.crc, len(member.data), member.size, len(encoded), 0),
        )
        directory += _CENTRAL + struct.pack("<H", _VERSION) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + encoded
        body += _LOCAL + fields + encoded + member.data
    count = len(parts)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + _END + end)
