"""Form folders for tests: copies of a form of ours, edited as its author would."""

from __future__ import annotations

import shutil
from pathlib import Path

from workbooks import FORM


def variant(parent: Path, *changes: tuple[str, str, str], source: Path = FORM.folder) -> Path:
    """A copy of ``source`` below ``parent`` with ``(file, old, new)`` replaced; no ``old``: appended."""
    folder = Path(shutil.copytree(source, parent / source.name))
    for name, old, new in changes:
        text = (folder / name).read_text("utf-8")
        assert old in text, (name, old)
        text = text.replace(old, new, 1) if old else f"{text}\n{new}\n"
        (folder / name).write_text(text, "utf-8")
    return folder
