"""The value of a formula.

Numbers are ``Interval`` throughout, so one evaluation gives the value and the bounds that ties need. Blank
(``None``) adds nothing to a sum, makes a product or a quotient blank, and counts as 0 in a comparison. What
cannot be derived is an ``Underived`` value that says why; it is never an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Literal, TypeVar

from generator.amounts import Interval, largest, smallest
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
    names,
)


@dataclass(frozen=True, slots=True)
class Underived:
    """No value: ``names`` are missing from the workbook, or are a denominator of zero."""

    kind: Literal["missing", "zero"]
    names: tuple[str, ...]


Value = Interval | str | bool | None | Underived
Lookup = Callable[[str], Value]


def evaluate(node: Node, lookup: Lookup) -> Value:
    """The value of a formula, with ``lookup`` giving the value of each name."""
    match node:
        case Number(number):
            return Interval.exact(number)
        case Text(text):
            return text
        case Name(name) | OverRows(name=name):
            return lookup(name)
        case Negative(operand):
            value = evaluate(operand, lookup)
            return -value if isinstance(value, Interval) else value
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, evaluate(left, lookup), evaluate(right, lookup), right)
        case Comparison(operator, left, right):
            return _compare(operator, evaluate(left, lookup), evaluate(right, lookup))
        case Call(function, arguments):
            return _call(function, [evaluate(argument, lookup) for argument in arguments])
        case _:
            return _evaluate_logic(node, lookup)


def _evaluate_logic(node: Logic | Not | HasValue | Choice, lookup: Lookup) -> Value:
    match node:
        case HasValue(Name(name)):
            return _is_filled(lookup(name))
        case Not(operand):
            value = evaluate(operand, lookup)
            return value if isinstance(value, Underived) else not is_true(value)
        case Choice(test, then, other):
            value = evaluate(test, lookup)
            if isinstance(value, Underived):
                return value
            return evaluate(then if is_true(value) else other, lookup)
        case Logic(operator, operands):
            for operand in operands:
                value = evaluate(operand, lookup)
                if isinstance(value, Underived):
                    return value
                if is_true(value) == (operator == "or"):
                    return operator == "or"
            return operator == "and"


def _is_filled(value: Value) -> Value:
    """A ratio without denominator has no value; of a cell that could not be read nothing is known."""
    if isinstance(value, Underived):
        return value if value.kind == "missing" else False
    return value is not None and value != ""


def is_true(value: Value) -> bool:
    """Whether a condition holds; a number does when it is not zero."""
    return value.value != 0 if isinstance(value, Interval) else value is True


def _arithmetic(operator: str, left: Value, right: Value, right_node: Node) -> Value:
    for value in (left, right):
        if isinstance(value, Underived):
            return value
    if left is None and right is None:
        return None
    if operator in "+-":
        first, second = _number(left), _number(right)
        return first + second if operator == "+" else first - second
    if operator == "*":
        return None if left is None or right is None else _number(left) * _number(right)
    if right is None or _number(right).value == 0:
        return Underived("zero", names(right_node))
    return None if left is None else _number(left) / _number(right)


def _number(value: Value) -> Interval:
    if isinstance(value, Interval):
        return value
    if value is None:
        return Interval.exact(0)
    # The form's loader has checked the types of all names, so this is a fault of the program.
    raise TypeError(f"not a number: {value!r}")


def _compare(operator: str, left: Value, right: Value) -> Value:
    for value in (left, right):
        if isinstance(value, Underived):
            return value
    if isinstance(left, str | bool) or isinstance(right, str | bool):
        if operator in ("==", "!="):
            return (left == right) == (operator == "==")
        # Dates, which are kept as 2021-03-15: nothing else than these is let through.
        return _compared(operator, str(left or ""), str(right or "")) if left and right else False
    return _compared(operator, _number(left).value, _number(right).value)


_Compared = TypeVar("_Compared", str, Decimal)


def _compared(operator: str, first: _Compared, second: _Compared) -> bool:
    return {
        "==": first == second,
        "!=": first != second,
        "<": first < second,
        "<=": first <= second,
        ">": first > second,
        ">=": first >= second,
    }[operator]


def _call(function: str, arguments: list[Value]) -> Value:
    for value in arguments:
        if isinstance(value, Underived):
            return value
    numbers = [_number(value) for value in arguments if value is not None]
    if not numbers:
        return None
    match function:
        case "sum":
            return reduce(Interval.__add__, numbers)
        case "min":
            return smallest(numbers)
        case "max":
            return largest(numbers)
        case _:
            return abs(numbers[0])


def taken(node: Node, lookup: Lookup) -> tuple[Node, tuple[str, ...]]:
    """The branch that applies: ``a if test else b`` is followed down to the one taken.

    Also returns every name that this took: those of the tests, then those of the branch.
    """
    used: list[str] = []
    while isinstance(node, Choice):
        used += names(node.test)
        node = node.then if is_true(evaluate(node.test, lookup)) else node.other
    return node, tuple(dict.fromkeys([*used, *names(node)]))
