"""What a formula takes over the rows of a table, as one spreadsheet formula over areas of cells."""

from __future__ import annotations

from collections.abc import Callable

from generator.amounts import plain
from generator.expression import (
    Arithmetic,
    Comparison,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    OverRows,
    Text,
)

_SIGNS = {"==": "=", "!=": "<>"}


class AreasError(Exception):
    """This cannot be said of areas of cells in one formula."""


class Areas:
    """``area`` gives the cells of a column (KeyError for none), ``answers`` are columns of 是 and 否.

    ``blank_is_text``: a blank number may be an empty text there, which no arithmetic and no comparison takes.
    """

    def __init__(self, area: Callable[[str], str], answers: frozenset[str], blank_is_text: bool) -> None:
        self._area, self._answers, self._blank_is_text = area, answers, blank_is_text

    def total(self, node: OverRows, used: str = "") -> str:
        """The formula, without ``=``; blank when all that is added up is blank. Raises AreasError.

        ``used`` are the cells of a column that is filled in in every row that counts.
        """
        try:
            return self._total(node, f'({used}<>"")' if used else "")
        except KeyError as error:
            raise AreasError from error

    def _total(self, node: OverRows, used: str) -> str:
        where = self._condition(node.where) if node.where is not None else ""
        if node.function == "个数" or where:
            where = "*".join(each for each in (used, where) if each)
        if node.function == "个数" or node.value is None:
            if not where:
                raise AreasError
            return f"SUMPRODUCT({where}*1)"
        values = self._area(node.value.name) if isinstance(node.value, Name) else self._number(node.value)
        if not where:
            simple = isinstance(node.value, Name)
            return f'IF(COUNT({values})=0,"",SUM({values}))' if simple else f"SUMPRODUCT({values})"
        added = f"SUMPRODUCT({where}*1,{values})"
        if not isinstance(node.value, Name):
            return added
        return f'IF(SUMPRODUCT({where}*1)=0,0,IF(SUMPRODUCT({where}*ISNUMBER({values}))=0,"",{added}))'

    def _condition(self, node: Node) -> str:
        match node:
            case Name(name) if name in self._answers:
                return f'({self._area(name)}="是")'
            case Comparison("==" | "!=" as sign, Name(name), Text(text)) | Comparison(
                "==" | "!=" as sign, Text(text), Name(name)
            ):
                escaped = text.replace('"', '""')
                return f'({self._area(name)}{_SIGNS[sign]}"{escaped}")'
            case Comparison(sign, left, right) if not self._blank_is_text:
                return f"({self._number(left)}{_SIGNS.get(sign, sign)}{self._number(right)})"
            case Logic("and", operands):
                return f"({'*'.join(self._condition(each) for each in operands)})"
            case Logic(_, operands):
                return f"(({'+'.join(self._condition(each) for each in operands)})>0)"
            case Not(operand):
                return f"(1-{self._condition(operand)})"
            case _:
                raise AreasError

    def _number(self, node: Node) -> str:
        if self._blank_is_text:
            raise AreasError
        match node:
            case Number(number):
                return plain(number)
            case Name(name):
                return self._area(name)
            case Negative(operand):
                return f"(-{self._number(operand)})"
            case Arithmetic(operator, left, right):
                return f"({self._number(left)}{operator}{self._number(right)})"
            case _:
                raise AreasError
