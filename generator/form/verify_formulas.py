"""Cross-checks of formulas: every name is known, and what is computed with is a number."""

from __future__ import annotations

from collections.abc import Iterator

from generator.expression import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Text,
    names,
)
from generator.form.records import NUMERIC, FormError


def verify_formula(place: str, formula: Node, types: dict[str, str]) -> None:
    """Every name is known, and nothing but numbers is computed with."""
    for name in names(formula):
        if name not in types:
            raise FormError(f"{place}：公式里的 {name} 不是栏目，也不是本表样的数")
    for operand in _operands(formula):
        if isinstance(operand, Name):
            require_number(place, operand.name, types)
        elif isinstance(operand, Text | Comparison | Logic | Not):
            raise FormError(f"{place}：文字或判断不能参加计算")


def _operands(node: Node) -> Iterator[Node]:
    """Every node that must be a number."""
    match node:
        case Negative(operand):
            yield from (operand, *_operands(operand))
        case Arithmetic(_, left, right):
            yield from (left, right, *_operands(left), *_operands(right))
        case Call(_, arguments):
            for argument in arguments:
                yield from (argument, *_operands(argument))
        case Choice(test, then, other):
            for part in (test, then, other):
                yield from _operands(part)
        case Comparison(_, left, right):
            yield from (*_operands(left), *_operands(right))
        case Logic(_, operands):
            for operand in operands:
                yield from _operands(operand)
        case Not(operand):
            yield from _operands(operand)
        case _:
            return


def require_number(place: str, name: str, types: dict[str, str]) -> None:
    """The name must be known, and a number."""
    if name not in types:
        raise FormError(f"{place}：没有名为 {name} 的栏目或数")
    if types[name] not in NUMERIC and types[name] != "figure":
        raise FormError(f"{place}：{name} 不是数，不能参加计算")
