"""Patched templates on disk: the Jinja source that docxtpl makes of a Word file, kept for the next run.

Text, never code, in the user's own cache folder. ``GEN_REPORT_CACHE`` names another folder, or ``0`` to go
without. A file that is damaged or of other versions is as good as none; whole files only are moved in place,
so that writers never meet.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from generator import __version__

VARIABLE = "GEN_REPORT_CACHE"
_OFF = frozenset({"0", "off", "no"})

Sources = dict[str, str]  # part → Jinja source


def load(template: bytes) -> Sources | None:
    """The sources of a template file, None when they are not there or not whole."""
    folder = _folder()
    if folder is None:
        return None
    try:
        head, _, text = (folder / _name(template)).read_text("utf-8").partition("\n")
        if head != _digest(text):
            return None
        sources = json.loads(text)
    except (OSError, ValueError):
        return None
    return sources if isinstance(sources, dict) else None


def save(template: bytes, sources: Sources) -> None:
    """Keep the sources; a folder that cannot be written only costs time."""
    folder = _folder()
    if folder is None:
        return
    text = json.dumps(sources, ensure_ascii=False)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{_digest(text)}\n{text}")
            os.replace(name, folder / _name(template))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _name(template: bytes) -> str:
    """Changes with the template and with every program that has a part in the source."""
    made = hashlib.sha256(template)
    made.update(f"{__version__} {sys.version_info[:2]}".encode())
    made.update(_version_of("docxtpl"))
    return f"{made.hexdigest()[:32]}.json"


def _version_of(package: str) -> bytes:
    """The file that states a package's version, read without importing the package."""
    spec = find_spec(package)
    return Path(spec.origin).read_bytes() if spec is not None and spec.origin else b""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _folder() -> Path | None:
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        return None if chosen.lower() in _OFF else Path(chosen)
    try:
        return _user_cache() / "gen-report"
    except RuntimeError:  # nobody's home
        return None


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
