"""Where form folders are: beside the program in an installed package or a checkout."""

from __future__ import annotations

from pathlib import Path

# An installed package carries templates/ inside; a checkout has it beside generator/.
_PLACES = (
    Path(__file__).resolve().parent.parent / "templates",
    Path(__file__).resolve().parent.parent.parent / "templates",
)


def available() -> dict[str, Path]:
    """All form folders by their id (the folder's name)."""
    root = next((place for place in _PLACES if place.is_dir()), None)
    if root is None:
        return {}
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / "form.toml").is_file()}


def find(form: str) -> Path | None:
    """The folder of a form id, or of a path to any form folder."""
    folder = available().get(form)
    if folder is not None:
        return folder
    path = Path(form)
    try:
        return path if (path / "form.toml").is_file() else None
    except OSError:  # a name that no file system takes
        return None
