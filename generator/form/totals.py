"""What holds for a whole table when a figure holds for each of its rows: the rows added up, or the formula
once more with the totals of the columns as operands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from typing import Literal

from generator.expression import Arithmetic, Call, Name, Negative, Node, Number
from generator.form.records import FigureSpec, FormError

# sum: adding up rows and adding up operands give the same; percent: likewise, but its total is no whole to
# divide by; ratio: a quotient of sums; number: a literal; other: the two ways differ, or nothing is certain.
Kind = Literal["sum", "percent", "ratio", "number", "other"]
_ASK = (
    "这个公式对“{table}”的每一行各算一次，全表的合计有两种算法，工具不能代定，请写明一种："
    'total = "sum" 是把各行的结果加起来；total = "formula" 是把各列的合计数代入公式再算一次'
)


def with_total(figure: FigureSpec, kinds: dict[str, Kind]) -> tuple[FigureSpec, FormError | None]:
    """The figure with its way to a total, its kind put among ``kinds``; a fault when it must say which."""
    place = f"figures.toml: {figure.name}"
    if figure.table is None:
        kinds[figure.name] = "other"
        if not figure.total:
            return figure, None
        why = "total 只用于公式里的名字都是同一个表格各列的数，这里没有各行的结果"
        return figure, FormError(f"{place}：{why}")
    kind = _kind(figure.formula, kinds)
    # What is added up over the rows is a whole like any column.
    kinds[figure.name] = "sum" if figure.total == "sum" else kind
    if figure.total:
        return figure, None
    if kind == "other":
        return replace(figure, total="formula"), FormError(f"{place}：{_ASK.format(table=figure.table)}")
    return replace(figure, total="formula"), None


def _kind(node: Node, kinds: Mapping[str, Kind]) -> Kind:
    match node:
        case Number():
            return "number"
        case Name(name):
            return kinds.get(name, "other")
        case Negative(operand):
            return _kind(operand, kinds)
        case Arithmetic("+" | "-", left, right):
            return _added(_kind(left, kinds), _kind(right, kinds))
        case Arithmetic("*", left, right):
            return _multiplied(_kind(left, kinds), _kind(right, kinds))
        case Arithmetic(_, left, right):
            return _divided(_kind(left, kinds), _kind(right, kinds))
        case Call("sum", arguments):
            return reduce(_added, [_kind(each, kinds) for each in arguments])
        case _:
            return "other"


def _added(one: Kind, other: Kind) -> Kind:
    if one == other:
        return one
    both = {one, other}
    if both == {"sum", "percent"}:
        return "percent"
    return "ratio" if both == {"ratio", "number"} else "other"


def _multiplied(one: Kind, other: Kind) -> Kind:
    return other if one == "number" else one if other == "number" else "other"


def _divided(one: Kind, other: Kind) -> Kind:
    if other == "number":
        return one
    return "ratio" if one == other == "sum" else "other"
