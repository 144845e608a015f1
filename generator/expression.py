"""A formula as a small tree: the nodes that the parser makes and everything else walks over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


Node = Number | Text | Name | Negative | Arithmetic | Comparison | Logic | Not | HasValue | Call | Choice


def names(node: Node) -> tuple[str, ...]:
    """Every name in a formula, in order of appearance, once."""
    return tuple(dict.fromkeys(_names(node)))


def _names(node: Node) -> Iterator[str]:
    match node:
        case Name(name):
            yield name
        case Negative(operand) | Not(operand) | HasValue(operand):
            yield from _names(operand)
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case Logic(_, operands) | Call(_, operands):
            for operand in operands:
                yield from _names(operand)
        case Choice(test, then, other):
            for part in (then, test, other):
                yield from _names(part)
        case _:
            return
