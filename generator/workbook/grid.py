"""A worksheet as a mapping of addresses to cells, free of any spreadsheet library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from generator.amounts import from_excel_float
from generator.typed import without_invisible

Address = tuple[int, int]  # row, column, both from 1
Corners = tuple[Address, Address]  # first and last cell of a merged area
CellValue = str | bool | int | float | Decimal

# Merged areas of more rows than this are looked through one by one; there are few of them.
_TALL = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: the stored value, and the number format that it is shown through.

    A date is the number of its day, as a spreadsheet stores it. ``format`` is the format's code, "" for
    General; ``epoch_1904``: days count from 1904. ``fault``: an error value such as #N/A; ``uncalculated``:
    a formula that no program has calculated yet; ``picture``: a picture inside the cell, whose value is no
    text; ``struck``: the whole cell is struck out; ``left_out``: the struck-out part of a text, which
    ``value`` lacks."""

    value: CellValue
    format: str = ""
    fault: bool = False
    uncalculated: bool = False
    picture: bool = False
    struck: bool = False
    left_out: str = ""
    epoch_1904: bool = False

    @property
    def number(self) -> Decimal | None:
        """The stored number, at the 15 digits that a spreadsheet keeps; None for texts and truth values."""
        match self.value:
            case bool() | str():
                return None
            case Decimal():
                return self.value
            case _:
                return from_excel_float(self.value)


class Areas:
    """The merged areas of a sheet, by row; they are kept by their corners and never spread out over cells."""

    def __init__(self, corners: Iterable[Corners] = ()) -> None:
        self._rows: dict[int, list[Corners]] = {}
        self._tall: list[Corners] = []
        self.corners = tuple(corners)
        for first, last in self.corners:
            if last[0] - first[0] >= _TALL:
                self._tall.append((first, last))
                continue
            for row in range(first[0], last[0] + 1):
                self._rows.setdefault(row, []).append((first, last))

    def get(self, address: Address) -> Corners | None:
        """The corners of the merged area that a cell belongs to."""
        row, column = address
        for first, last in self._rows.get(row, ()):
            if first[1] <= column <= last[1]:
                return first, last
        for first, last in self._tall:
            if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
                return first, last
        return None

    def covers(self, address: Address) -> bool:
        """Whether a cell is merged away: inside an area, and not its first cell."""
        if address[0] not in self._rows and not self._tall:
            return False
        corners = self.get(address)
        return corners is not None and corners[0] != address

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Areas) and sorted(self.corners) == sorted(other.corners)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Areas({self.corners!r})"


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled cells of one worksheet, its merged areas, and what of it is hidden.

    ``covered`` are filled cells under a merged area: nobody sees them, and they are not read.
    """

    name: str
    cells: Mapping[Address, Cell]
    merged: Areas = field(default_factory=Areas)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()  # first and last of each run of columns
    covered: Mapping[Address, Cell] = field(default_factory=dict)

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

    def is_hidden(self, address: Address) -> bool:
        """Whether the row or column of a cell is hidden or filtered away."""
        row, column = address
        return row in self.hidden_rows or any(a <= column <= b for a, b in self.hidden_columns)

    @property
    def last_row(self) -> int:
        """The last row with a filled cell."""
        return max((row for row, _ in self.cells), default=0)


def squeeze(text: str) -> str:
    """A label without white space and invisible characters: what a person reads in it."""
    return _squeezed(text) if len(text) <= _LABEL else "".join(without_invisible(text).split())


# The longest text that a label of a form can be; labels come back in every workbook.
_LABEL = 48


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    return "".join(without_invisible(text).split())


def a1(address: Address) -> str:
    """``(5, 3)`` → ``C5``."""
    row, column = address
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """``28`` → ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
