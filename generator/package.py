"""An Office file as a mapping of part names to bytes, and back: the same parts give the same file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

_EPOCH = (1980, 1, 1, 0, 0, 0)


def parts_of(source: Path | IO[bytes]) -> dict[str, bytes]:
    """All members of the package, by name."""
    with zipfile.ZipFile(source) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def to_bytes(parts: Mapping[str, bytes], compress: bool = True) -> bytes:
    """Zip the parts, sorted (which puts [Content_Types].xml first) and with fixed dates."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            info.create_system = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()
