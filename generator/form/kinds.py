"""The kind of every name of a form, and the unit that each number format prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from generator.amounts import NumberFormat
from generator.expression import Node, OverRows
from generator.form.records import Field, FigureSpec, ShareSpec
from generator.formula_types import KindError, Kinds, as_printed, kind_of
from generator.quantities import (
    AMOUNT,
    ANY,
    COUNT,
    DATE,
    PERCENT,
    TEXT,
    YES_NO,
    Quantity,
    money_called,
    of_typed_number,
)

_PARTS = {Decimal("0.01"): "%", Decimal("0.001"): "‰"}


def kind_of_field(field: Field) -> Quantity:
    """What kind of value a cell of the unit's holds."""
    match field.type:
        case "amount":
            return AMOUNT
        case "percent":
            return PERCENT
        case "integer" | "number":
            return of_typed_number(field.unit)
        case "choice":
            return Quantity("choice", choices=field.choices)
        case "yes-no":
            return YES_NO
        case "date":
            return DATE
        case _:
            return TEXT


def kinds_of(
    fields: Iterable[Field],
    figures: Iterable[FigureSpec],
    shares: Iterable[ShareSpec],
    taken: Iterable[OverRows],
) -> dict[str, Quantity]:
    """The kind of every name that a formula may use; of a figure whose formula is wrong nothing is known.

    ``taken`` is what formulas take over the rows of tables.
    """
    found = {field.name: kind_of_field(field) for field in fields}
    over = {node.name: node for node in taken}

    def known(name: str) -> Quantity:
        if name not in found and name in over:
            found[name] = _kind_over_rows(over[name], known)
        return found.get(name, ANY)

    for share in shares:
        found |= {part.name: PERCENT for part in share.parts}
    for figure in figures:
        found[figure.name] = kind_of_figure(figure, known)
    return found | {name: known(name) for name in over}


def _kind_over_rows(node: OverRows, kinds: Kinds) -> Quantity:
    return COUNT if node.function == "个数" or node.value is None else _known(node.value, kinds)


def _known(formula: Node, kinds: Kinds) -> Quantity:
    """The kind of a formula that may be wrong."""
    try:
        return kind_of(formula, kinds)
    except KindError:
        return ANY


def kind_of_figure(figure: FigureSpec, kinds: Kinds) -> Quantity:
    """What a figure is once it is printed in its format."""
    kind = _known(figure.formula, kinds)
    return as_printed(kind, with_unit(figure.format, kind).unit) or ANY


def with_unit(chosen: NumberFormat, kind: Quantity) -> NumberFormat:
    """The format with the unit that a number of this kind is printed in, where it says none itself.

    An amount divided by 10000 is in 万元, a ratio by 0.01 in percent, an undivided count in its own unit.
    """
    if chosen.unit:
        return chosen
    if kind.money == 1:
        return replace(chosen, unit=money_called(chosen.divide))
    if kind.dimensions:
        return replace(chosen, unit=kind.unit if chosen.divide == 1 else "")
    return replace(chosen, unit=_PARTS.get(chosen.divide, ""))
