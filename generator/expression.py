"""A formula as a small tree: the nodes that the parser makes and everything else walks over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number; ``unit`` is what was typed behind it (80%, 5万元), ``number`` then counts in the base
    unit (0.8, 50000)."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text, to compare a choice with."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the vocabulary."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The operand with its sign changed."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers combined."""

    operator: Literal["+", "-", "*", "/"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Several conditions, all or any of which must hold."""

    operator: Literal["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    operand: Node


@dataclass(frozen=True, slots=True)
class HasValue:
    """Whether something was filled in under a name, be it a zero."""

    operand: Name


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions over its arguments."""

    function: Literal["sum", "min", "max", "abs"]
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``then if test else other``."""

    test: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class OverRows:
    """What the rows of one table give together: the sum of ``value``, or how many there are.

    ``value`` is a formula over a row (of ``个数`` the table itself, if it is named); ``where`` leaves only
    the rows for which it holds. ``name`` is the whole in words: under it the result stands among the values.
    """

    function: Literal["合计", "个数"]
    value: Node | None
    where: Node | None
    name: str


_Condition = Comparison | Logic | Not | HasValue
Node = Number | Text | Name | Negative | Arithmetic | _Condition | Call | Choice | OverRows


def names(node: Node) -> tuple[str, ...]:
    """Every name in a formula, in order of appearance, once; what is taken over rows has one of its own."""
    return tuple(dict.fromkeys(_names(node)))


def row_names(node: OverRows) -> tuple[str, ...]:
    """The names that are looked up in each row."""
    parts = (part for part in (node.value, node.where) if part is not None)
    return tuple(dict.fromkeys(name for part in parts for name in _names(part)))


def over_rows(node: Node) -> Iterator[OverRows]:
    """Every part of a formula that is taken over the rows of a table."""
    if isinstance(node, OverRows):
        yield node
    for part in parts(node):
        yield from over_rows(part)


def parts(node: Node) -> tuple[Node, ...]:
    """The operands of a node that belong to the same row or report, in order of appearance."""
    match node:
        case Negative(operand) | Not(operand) | HasValue(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Logic(_, operands) | Call(_, operands):
            return operands
        case Choice(test, then, other):
            return (then, test, other)
        case _:
            return ()


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The formula with every node changed, operands first; what is taken over rows stays as it is."""
    match node:
        case HasValue(operand):
            renamed = rebuilt(operand, change)
            return change(HasValue(renamed) if isinstance(renamed, Name) else node)
        case Negative(operand) | Not(operand):
            return change(replace(node, operand=rebuilt(operand, change)))
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return change(replace(node, left=rebuilt(left, change), right=rebuilt(right, change)))
        case Logic(_, operands):
            return change(replace(node, operands=tuple(rebuilt(each, change) for each in operands)))
        case Call(_, arguments):
            return change(replace(node, arguments=tuple(rebuilt(each, change) for each in arguments)))
        case Choice(test, then, other):
            test, then, other = (rebuilt(each, change) for each in (test, then, other))
            return change(Choice(test, then, other))
        case _:
            return change(node)


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Name | OverRows):
        yield node.name
    for part in parts(node):
        yield from _names(part)
