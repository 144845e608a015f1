"""The kind of value that a formula gives, and what is wrong with one that puts unlike things together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

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
from generator.findings import closest
from generator.notation import words
from generator.quantities import (
    CONDITION,
    LITERAL,
    NUMBER,
    PERCENT,
    TEXT,
    Quantity,
    of_unit,
    product,
    quotient,
    together,
)

# Where each name gets its kind from; it knows every name of the formula.
Kinds = Callable[[str], Quantity]
_HUNDRED = Decimal(100)
# No percentage is meant to be held against more than this many times a hundred percent.
_FAR = Decimal(10)


class KindError(ValueError):
    """A formula that parses and has no meaning, in Chinese."""


def kind_of(node: Node, kinds: Kinds) -> Quantity:
    """The kind of a formula's value. Raises KindError."""
    match node:
        case Number(_, unit):
            # 80% may be held against whatever has no unit.
            return Quantity("ratio", unit="%") if unit == "%" else of_unit(unit) if unit else LITERAL
        case Text():
            return TEXT
        case Name(name):
            return kinds(name)
        case OverRows(name=name):
            return kinds(name)
        case Negative(operand):
            return _number(operand, kinds)
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, left, right, kinds)
        case Call(function, arguments):
            return _call(function, arguments, kinds)
        case Choice(test, then, other):
            check_condition(test, kinds)
            return _either(then, other, kinds)
        case Comparison(operator, left, right):
            _compare(operator, left, right, kinds)
        case Logic(_, operands):
            for each in operands:
                check_condition(each, kinds)
        case Not(operand):
            check_condition(operand, kinds)
        case HasValue(operand):
            kinds(operand.name)
    return CONDITION


def check_condition(node: Node, kinds: Kinds) -> None:
    """A condition is a comparison, a yes or no, or a number, which holds when it is not zero."""
    kind = kind_of(node, kinds)
    if kind.kind in ("condition", "yes-no") or kind.numeric:
        return
    instead = f"，请写 有值({node.name})" if isinstance(node, Name) else ""
    if kind.kind == "choice":
        instead = f"，请写 {words(node)} == '{kind.choices[0]}' 这样的比较" if kind.choices else instead
    raise KindError(f"{_called(node)}是{kind.described}，不能直接作条件{instead}")


def check_alike(left: Node, right: Node, kinds: Kinds) -> None:
    """The two sides of a tie: numbers of one kind."""
    _together(left, right, "比较", kinds)


def check_points(node: Node, kinds: Kinds) -> None:
    """A formula that gives points: its summands may be of any kinds, their factors make points of them."""
    match node:
        case Arithmetic("+" | "-", left, right):
            check_points(left, kinds)
            check_points(right, kinds)
        case Call(_, arguments):
            for each in arguments:
                check_points(each, kinds)
        case Choice(test, then, other):
            check_condition(test, kinds)
            check_points(then, kinds)
            check_points(other, kinds)
        case _:
            _number(node, kinds)


def _number(node: Node, kinds: Kinds) -> Quantity:
    kind = kind_of(node, kinds)
    if not kind.numeric:
        raise KindError(f"{_called(node)}是{kind.described}，不能参加计算")
    return kind


def _arithmetic(operator: str, left: Node, right: Node, kinds: Kinds) -> Quantity:
    if operator in "+-":
        return _together(left, right, "相加" if operator == "+" else "相减", kinds)
    one, other = _number(left, kinds), _number(right, kinds)
    if operator == "/":
        return quotient(one, other)
    for factor, kind in ((left, other), (right, one)):
        if factor == Number(_HUNDRED) and kind.kind in ("ratio", "percent"):
            return Quantity("number", unit="%")  # so many percent, and no fraction any more
    return product(one, other)


def _together(left: Node, right: Node, what: str, kinds: Kinds) -> Quantity:
    one, other = _number(left, kinds), _number(right, kinds)
    both = together(one, other)
    if both is None:
        raise _unlike(left, one, right, other, f"不能{what}")
    return both


def _unlike(left: Node, one: Quantity, right: Node, other: Quantity, what: str) -> KindError:
    return KindError(f"{_called(left)}是{one.described}，{_called(right)}是{other.described}，{what}")


def _call(function: str, arguments: tuple[Node, ...], kinds: Kinds) -> Quantity:
    first, *others = arguments
    kind = _number(first, kinds)
    what = "相加" if function == "sum" else "比大小"
    for each in others:
        other = _number(each, kinds)
        both = together(kind, other)
        if both is None:
            raise _unlike(first, kind, each, other, f"不能{what}")
        kind = both
    return kind


def _either(then: Node, other: Node, kinds: Kinds) -> Quantity:
    """Both branches give the same kind of value."""
    one, two = kind_of(then, kinds), kind_of(other, kinds)
    both = together(one, two) if one.numeric and two.numeric else one if one.kind == two.kind else None
    if both is None:
        raise _unlike(then, one, other, two, "不能是同一个数的两种结果")
    return both


def _compare(operator: str, left: Node, right: Node, kinds: Kinds) -> None:
    one, other = kind_of(left, kinds), kind_of(right, kinds)
    if one.numeric and other.numeric:
        _far(left, one, right)
        _far(right, other, left)
        if together(one, other) is None:
            raise _unlike(left, one, right, other, "不能比较")
    elif isinstance(right, Text):
        _with_word(operator, left, one, right.text)
    elif isinstance(left, Text):
        _with_word(operator, right, other, left.text)
    elif one.kind != other.kind:
        raise _unlike(left, one, right, other, "不能比较")
    elif operator not in ("==", "!=") and one.kind != "date":
        raise KindError(f"{_called(left)}是{one.described}，不能比大小")
    elif one.kind == "choice" and not set(one.choices) & set(other.choices):
        raise KindError(f"{_called(left)}和{_called(right)}没有相同的选项，永远不会相等")


def _far(compared: Node, kind: Quantity, node: Node) -> None:
    """A percentage held against a bare number that would be thousands of percent."""
    if kind.kind != "percent" or not isinstance(node, Number) or node.unit or abs(node.number) <= _FAR:
        return
    number = plain(node.number)
    raise KindError(
        f"{_called(compared)}是百分比，{number} 是 {plain(node.number * 100)}%，"
        f"请写 {number}% 或 {plain(node.number / 100)}"
    )


def _with_word(operator: str, node: Node, kind: Quantity, word: str) -> None:
    """Something compared with a text of the formula itself."""
    called = _called(node)
    if not word and isinstance(node, Name):
        raise KindError(f"{called}不能和空的文字比较，请写 有值({node.name})")
    if kind.kind == "yes-no":
        plain_name = words(node)
        raise KindError(f"{called}是“是/否”，请直接作条件，写 {plain_name} 或 not {plain_name}")
    if kind.kind not in ("text", "choice", "date"):
        raise KindError(f"{called}是{kind.described}，“{word}”是文字，不能比较")
    if kind.kind == "choice" and word not in kind.choices:
        meant = closest(word, kind.choices, 0.5)  # words of two signs, of which one is right
        hint = f"（是不是“{meant}”？）" if meant else ""
        raise KindError(f"{called}没有选项“{word}”，只有 {'、'.join(kind.choices)}{hint}")
    if kind.kind == "date" and not _is_day(word):
        raise KindError(f"{called}是日期，“{word}”不是日期，请写成 2021-03-15 的样子")
    if operator not in ("==", "!=") and kind.kind != "date":
        raise KindError(f"{called}是{kind.described}，不能比大小")


def _is_day(text: str) -> bool:
    from datetime import date  # hardly any formula names a day

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _called(node: Node) -> str:
    text = words(node)
    return f"{text} " if isinstance(node, Number | Text) else f"“{text}”"


def as_printed(kind: Quantity, unit: str) -> Quantity | None:
    """The kind of a formula's value once it is printed in ``unit``; None when it cannot be.

    A ratio that prints as a percentage is one; a number without kind of its own takes that of the unit.
    """
    wanted = of_unit(unit) if unit else None
    if not kind.numeric:
        return None
    if wanted is None or wanted.kind == "any":
        return NUMBER if kind.kind == "literal" else kind
    if kind.kind in ("any", "literal"):
        return wanted
    if not kind.dimensions:
        # What has no unit may be called anything that is no money: so many points, so many times.
        return None if wanted.money else PERCENT if wanted.kind == "percent" else kind
    if wanted.kind in ("percent", "ratio"):
        return None
    if kind.money or wanted.money:
        return kind if kind.money == 1 and wanted.money == 1 else None
    currencies = [{base for base, _ in each.dimensions if base.endswith("元")} for each in (kind, wanted)]
    return replace(kind, unit=unit) if currencies[0] == currencies[1] or not wanted.dimensions else None
