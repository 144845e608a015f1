"""A formula put into another notation: words for a person, cells for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from generator.amounts import plain
from generator.expression import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    HasValue,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    OverRows,
    Text,
)
from generator.quantities import worth

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_RELATIONS = {"==": "＝", "!=": "≠", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def words(node: Node, called: Callable[[str], str] = str) -> str:
    """The formula as an accountant writes it: ``拨款 ÷ 全部收入``.

    ``called`` is what stands for each name, such as its value and its cell.
    """
    match node:
        case Number(number, unit):
            return plain(number / worth(unit)) + unit
        case Text(text):
            return f"“{text}”"
        case Name(name):
            return called(name)
        case Negative(operand):
            return f"－{_inside(operand, 3, called)}"
        case Arithmetic(operator, left, right):
            rank = _RANK[operator]
            return f"{_inside(left, rank, called)} {_SIGNS[operator]} {_inside(right, rank + 1, called)}"
        case Call("sum", arguments):
            return " ＋ ".join(words(argument, called) for argument in arguments)
        case Call("abs", arguments):
            return f"|{words(arguments[0], called)}|"
        case Call(function, arguments):
            title = "最小" if function == "min" else "最大"
            return f"{title}（{'、'.join(words(argument, called) for argument in arguments)}）"
        case OverRows():
            return called(node.name) if node.name else _words_of_rows(node)
        case _:
            return _words_of_logic(node, called)


def _words_of_rows(node: OverRows) -> str:
    """``合计（金额，其中 类别 ＝ “甲”）``: what is taken over rows, as it is called."""
    value = words(node.value) if node.value is not None else ""
    where = f"其中 {words(node.where)}" if node.where is not None else ""
    return f"{node.function}（{'，'.join(each for each in (value, where) if each)}）"


def _words_of_logic(node: Comparison | Logic | Not | HasValue | Choice, called: Callable[[str], str]) -> str:
    match node:
        case Comparison(operator, left, right):
            return f"{words(left, called)} {_RELATIONS[operator]} {words(right, called)}"
        case Logic(operator, operands):
            sign = " 且 " if operator == "and" else " 或 "
            return sign.join(_within(each, operator, called) for each in operands)
        case Not(HasValue(operand)):
            return f"没有填 {words(operand, called)}"
        case HasValue(operand):
            return f"填了 {words(operand, called)}"
        case Not(operand):
            return f"非（{words(operand, called)}）"
        case Choice(test, then, other):
            return f"{words(then, called)}（{words(test, called)} 时），否则 {words(other, called)}"


def _within(node: Node, operator: str, called: Callable[[str], str]) -> str:
    """A part of a condition; in brackets where another 且 or 或 would be read together with it."""
    inner = words(node, called)
    mixed = isinstance(node, Logic) and node.operator != operator
    return f"（{inner}）" if mixed or isinstance(node, Choice) else inner


def _inside(node: Node, rank: int, called: Callable[[str], str]) -> str:
    """An operand, in brackets where the reading needs them."""
    own = _RANK[node.operator] if isinstance(node, Arithmetic) else 3
    if isinstance(node, Call) and node.function == "sum" and len(node.arguments) > 1:
        own = 1
    inner = words(node, called)
    return f"（{inner}）" if own < rank or isinstance(node, Choice) else inner


_EXCEL_OPERATORS = {"==": "=", "!=": "<>"}


def to_excel(
    node: Node,
    reference: Callable[[str], str],
    compared: Callable[[Node, str], str] = lambda _, formula: formula,
    filled: Callable[[str], str] | None = None,
) -> str:
    """The formula for a spreadsheet, without the leading ``=``; ``reference`` gives each name's cell.

    ``compared`` may change the formula of an operand of a comparison, such as round it; ``filled`` gives a
    formula that is true where something stands under a name.
    """

    def inner(each: Node) -> str:
        return to_excel(each, reference, compared, filled)

    match node:
        case Number(number):
            return plain(number)
        case Text(text):
            escaped = text.replace('"', '""')
            return f'"{escaped}"'
        case Name(name) | OverRows(name=name):
            return reference(name)
        case Negative(operand):
            return f"(-{inner(operand)})"
        case Arithmetic(operator, left, right):
            return f"({inner(left)}{operator}{inner(right)})"
        case Comparison(operator, left, right):
            sign = _EXCEL_OPERATORS.get(operator, operator)
            return f"({compared(left, inner(left))}{sign}{compared(right, inner(right))})"
        case Logic(operator, operands):
            return f"{operator.upper()}({','.join(inner(each) for each in operands)})"
        case Not(operand):
            return f"NOT({inner(operand)})"
        case HasValue(Name(name)):
            return filled(name) if filled is not None else f'({reference(name)}<>"")'
        case Call(function, arguments):
            return f"{function.upper()}({','.join(inner(each) for each in arguments)})"
        case Choice(test, then, other):
            return f"IF({inner(test)},{inner(then)},{inner(other)})"
