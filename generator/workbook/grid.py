"""A worksheet as a mapping of addresses to cells, free of any spreadsheet library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache

Address = tuple[int, int]  # row, column, both from 1
CellValue = str | int | float | bool | date | time


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell. ``percent``: formatted as a percentage; ``fault``: an error value such as #N/A;
    ``uncalculated``: a formula that no program has calculated yet."""

    value: CellValue
    percent: bool = False
    fault: bool = False
    uncalculated: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled cells of one worksheet; ``merged`` maps every cell of a merged area to its corners."""

    name: str
    cells: Mapping[Address, Cell]
    merged: Mapping[Address, tuple[Address, Address]] = field(default_factory=dict)

    def at(self, address: Address) -> Cell | None:
        """The cell that is seen at ``address``: of a merged area its first cell."""
        corners = self.merged.get(address)
        return self.cells.get(corners[0] if corners else address)

    def right_of(self, address: Address) -> Address:
        """The cell directly right of a cell or of the merged area it belongs to."""
        corners = self.merged.get(address)
        right = (address[0], (corners[1][1] if corners else address[1]) + 1)
        inner = self.merged.get(right)
        return inner[0] if inner else right

    def texts(self) -> Iterator[tuple[Address, str]]:
        """Addresses and squeezed texts of all text cells, in reading order."""
        for address in sorted(self.cells):
            value = self.cells[address].value
            if isinstance(value, str):
                yield address, squeeze(value)

    @property
    def last_row(self) -> int:
        """The last row with a filled cell."""
        return max((row for row, _ in self.cells), default=0)


def squeeze(text: str) -> str:
    """A label without any white space: what a person reads in it."""
    return "".join(text.split())


def a1(address: Address) -> str:
    """``(5, 3)`` → ``C5``."""
    row, column = address
    return f"{_letters(column)}{row}"


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
