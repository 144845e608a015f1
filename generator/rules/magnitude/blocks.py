"""Blocks of amounts that somebody may have typed in another unit together: a sheet, a row, a column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rules.magnitude.cells import AmountCell


def blocks(cells: list[AmountCell], touched: frozenset[str]) -> Iterator[tuple[AmountCell, ...]]:
    """All blocks of at least two amounts of which one bears on the ties in question."""
    found: dict[tuple[str, str], list[AmountCell]] = {}
    for cell in cells:
        column, row = _split(cell.at.cell)
        for part in ("", column, row):
            found.setdefault((cell.at.sheet, part), []).append(cell)
    seen: set[tuple[AmountCell, ...]] = set()
    for block in map(tuple, found.values()):
        if len(block) > 1 and block not in seen and any(cell.name in touched for cell in block):
            seen.add(block)
            yield block


def bounds(cells: tuple[AmountCell, ...]) -> str:
    """The range that a block spans: ``C8:D12``."""
    places = [_split(cell.at.cell) for cell in cells]
    columns = sorted({column for column, _ in places}, key=lambda each: (len(each), each))
    rows = sorted({int(row) for _, row in places})
    return f"{columns[0]}{rows[0]}:{columns[-1]}{rows[-1]}"


def _split(address: str) -> tuple[str, str]:
    match = re.fullmatch(r"([A-Z]+)(\d+)", address)
    assert match is not None
    return match[1], match[2]
