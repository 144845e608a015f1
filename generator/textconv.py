"""The text of a .docx or .xlsx, for ``git diff``: ``python -m generator.textconv FILE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path


def lines(path: Path) -> Iterator[str]:
    """A line for every paragraph of a document, or for every filled cell of a workbook."""
    if path.suffix.lower() == ".xlsx":
        yield from _workbook_lines(path)
    else:
        yield from _document_lines(path)


def _workbook_lines(path: Path) -> Iterator[str]:
    from generator.workbook.grid import a1
    from generator.workbook.open import open_workbook
    from generator.workbook.shown import as_shown

    grids, findings = open_workbook(path)
    yield from (finding.line() for finding in findings)
    for name, grid in (grids or {}).items():
        for address in sorted(grid.cells):
            yield f"{name}!{a1(address)}\t{as_shown(grid.cells[address])}"


def _document_lines(path: Path) -> Iterator[str]:
    from generator.document.text import lines as document_lines

    yield from (f"{part}\t{text}" for part, text in document_lines(path.read_bytes()))


def main() -> None:
    """Print the text of the file that git names."""
    for line in lines(Path(sys.argv[1])):
        sys.stdout.buffer.write(f"{line}\n".encode())


if __name__ == "__main__":
    main()
