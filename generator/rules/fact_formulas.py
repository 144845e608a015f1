"""What a formula of the unit's own means: kinds that go together, and how its result is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import NumberFormat, plain
from generator.expression import Arithmetic, Call, Choice, Comparison, Negative, Node, Number, names
from generator.form.schema import Form
from generator.formula_types import KindError, Kinds, as_printed, kind_of
from generator.model import Figure
from generator.quantities import MONEY, TEXT, Quantity, of_unit

_HUNDRED = Number(Decimal(100))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A formula whose value counts in the base unit, and how it is printed; a text has no format."""

    formula: Node
    format: NumberFormat | None


def meaning(node: Node, unit: str, known: Mapping[str, Figure], form: Form) -> Meaning:
    """The formula as it is computed, for a result in ``unit``. Raises KindError."""

    def kinds(name: str) -> Quantity:
        return form.kinds.get(name) or kind_of_fact(known[name])

    kind = kind_of(node, kinds)
    for number in _bare_numbers(node, kinds, known):
        shown = plain(number.number)
        raise KindError(f"{shown} 没有写单位，不知道是 {shown}元 还是 {shown}万元，请把单位写在数字后面")
    if kind.kind == "text":
        return Meaning(node, None)
    if not kind.numeric:
        raise KindError(f"算出来是{kind.described}，不是数")
    if not unit and kind.money == 1:
        unit = MONEY
    if unit and as_printed(kind, unit) is None:
        raise KindError(f"算出来是{kind.described}，“单位”却填了 {unit}")
    if kind.kind == "number" and kind.unit == "%" and of_unit(unit).kind == "percent":
        node = _as_fraction(node)
    amounts = any(kinds(name).money for name in names(node))
    return Meaning(node, form.fact_format(unit, amounts))


def kind_of_fact(fact: Figure) -> Quantity:
    """What kind of value the unit's own fact is, by its unit."""
    return TEXT if isinstance(fact.value, str) else of_unit(fact.unit)


def _as_fraction(node: Node) -> Node:
    """A formula that gives so many percent, as a fraction."""
    match node:
        case Arithmetic("*", each, number) | Arithmetic("*", number, each) if number == _HUNDRED:
            return each
        case _:
            return Arithmetic("/", node, _HUNDRED)


def _bare_numbers(node: Node, kinds: Kinds, known: Mapping[str, Figure]) -> Iterator[Number]:
    """Numbers without unit that are added to, or held against, what is not in 元, 个 and the like alone."""
    match node:
        case Arithmetic("+" | "-", left, right) | Comparison(_, left, right) | Choice(_, left, right):
            together: tuple[Node, ...] = (left, right)
        case Call(_, arguments):
            together = arguments
        case _:
            together = ()
    scaled = any(
        kind_of(each, kinds).dimensions and any(known[name].worth > 1 for name in names(each))
        for each in together
    )
    for each in together:
        if scaled and isinstance(each, Number) and not each.unit and each.number:
            yield each
    for each in _inside(node):
        yield from _bare_numbers(each, kinds, known)


def _inside(node: Node) -> tuple[Node, ...]:
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Choice(test, then, other):
            return (test, then, other)
        case Call(_, arguments):
            return arguments
        case Negative(operand):
            return (operand,)
        case _:
            return ()
