"""The cells of a working paper by the names they hold, and formulas over them.

A blank cell adds nothing to a sum and makes a product or a quotient blank, as in the tool; a text cell
(blank, "算不出") is therefore read through ``N()`` and asked after with ``ISNUMBER``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.amounts import NumberFormat, plain
from generator.expression import Arithmetic, Call, Choice, Name, Negative, Node, OverRows, Text
from generator.notation import to_excel

# Beyond these decimals lies only the noise of binary numbers.
_EXACT = 8
_FALSE = "FALSE"


@dataclass(slots=True)
class Ledger:
    """Where each name stands: for the whole report, or for one row of a table."""

    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: set[tuple[str, str]] = field(default_factory=set)
    answers: set[tuple[str, str]] = field(default_factory=set)  # of the texts, those that say 是 or 否
    never_blank: set[tuple[str, str]] = field(default_factory=set)

    def put(self, name: str, row: str, sheet: str, cell: str) -> None:
        """``name`` (of ``row``) stands in that cell."""
        column, number = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        self.cells[name, row] = f"'{sheet}'!${column}${number}"

    def key(self, name: str, row: str = "") -> tuple[str, str]:
        """The row's own value if it has one, else that of the whole report."""
        return (name, row) if (name, row) in self.cells else (name, "")

    def reference(self, name: str, row: str = "") -> str:
        """The cell of a name. Raises KeyError."""
        return self.cells[self.key(name, row)]

    def area(self, name: str, rows: Sequence[str]) -> str:
        """The cells of a name in these rows, which follow each other. Raises KeyError when they do not."""
        cells = [self.cells[name, row] for row in rows]
        if not cells:
            raise KeyError(name)
        start, numbers = cells[0].rpartition("$")[0], [int(cell.rpartition("$")[2]) for cell in cells]
        together = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if not together or any(cell.rpartition("$")[0] != start for cell in cells):
            raise KeyError(name)
        first, last = cells[0], cells[-1].rpartition("!")[2]
        return first if len(cells) == 1 else f"{first}:{last}"

    def value(self, node: Node, row: str = "") -> str:
        """The formula of a derived figure, without the leading ``=``: blank where the tool's is blank."""
        blank = self.blank(node, row)
        text = f'IFERROR({self.number(node, row)},"算不出")'
        return text if blank == _FALSE else f'IF({blank},"",{text})'

    def number(self, node: Node, row: str = "") -> str:
        """The formula as a number or a truth value."""

        def reference(name: str) -> str:
            key = self.key(name, row)
            if key in self.answers:
                return f'({self.cells[key]}="是")'
            return self.cells[key] if key in self.texts else f"N({self.cells[key]})"

        def compared(each: Node, formula: str) -> str:
            text = isinstance(each, Text) or (
                isinstance(each, Name) and self.key(each.name, row) in self.texts
            )
            return formula if text else f"ROUND({formula},{_EXACT})"

        def filled(name: str) -> str:
            key = self.key(name, row)
            return f'({self.cells[key]}<>"")' if key in self.texts else f"ISNUMBER({self.cells[key]})"

        return to_excel(node, reference, compared, filled)

    def blank(self, node: Node, row: str = "") -> str:
        """A formula that is true where the value is blank; ``FALSE`` when it never can be."""
        match node:
            case Name(name) | OverRows(name=name):
                key = self.key(name, row)
                return _FALSE if key in self.texts | self.never_blank else f"NOT(ISNUMBER({self.cells[key]}))"
            case Negative(operand):
                return self.blank(operand, row)
            case Arithmetic("*", left, right):
                return _any([self.blank(left, row), self.blank(right, row)])
            case Arithmetic("/", left, _):
                return self.blank(left, row)
            case Arithmetic(_, left, right):
                return _all([self.blank(left, row), self.blank(right, row)])
            case Call(_, arguments):
                return _all([self.blank(each, row) for each in arguments])
            case Choice(test, then, other):
                first, second = self.blank(then, row), self.blank(other, row)
                same = first == second
                return first if same else f"IF({self.number(test, row)},{first},{second})"
            case _:
                return _FALSE


def _all(tests: list[str]) -> str:
    return _FALSE if _FALSE in tests else f"AND({','.join(tests)})"


def _any(tests: list[str]) -> str:
    possible = [test for test in tests if test != _FALSE]
    return f"OR({','.join(possible)})" if possible else _FALSE


def rounded(reference: str, chosen: NumberFormat) -> str:
    """What is printed of a number, rounded where the document rounds; blank stays blank."""
    return f'IF(ISNUMBER({reference}),ROUND({scaled(reference, chosen)},{chosen.places}),"")'


def scaled(reference: str, chosen: NumberFormat) -> str:
    """The number in the unit it is printed in."""
    times = 1 / chosen.divide
    if chosen.divide == 1:
        return reference
    return f"{reference}*{plain(times)}" if times == int(times) else f"{reference}/{plain(chosen.divide)}"


def number_format(chosen: NumberFormat) -> str:
    """How Excel shows what is printed: the rounded number in its unit, with the suffix."""
    digits = ("#" if chosen.trim else "0") * chosen.places
    whole = f"0.{digits}" if digits and not chosen.trim else "General" if digits else "0"
    return f'{whole}"{chosen.suffix}"' if chosen.suffix and whole != "General" else whole
