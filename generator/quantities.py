"""Kinds of values: what a formula may add up, compare, multiply and divide, and what comes out.

An amount, a count, a percentage, a number without unit, a text, a choice, a yes or no, a date. Values are
kept in one base unit each: amounts in 元, percentages as fractions, 万条 as 条; ``worth`` says how much one
of a unit is in it. A number that stands in a formula itself takes the kind of what it meets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from generator.typed import same_unit
from generator.unit_words import Unit, named, power

Kind = Literal[
    "any",  # nothing is known of it; fits everything
    "literal",  # a bare number of the formula itself
    "number",  # a number whose unit nobody has stated
    "ratio",  # like divided by like: may be meant as a percentage, may be meant as a number
    "percent",  # a fraction that prints as a percentage
    "measured",  # amounts, counts, areas, 元/人: whatever has ``dimensions``
    "text",
    "choice",
    "yes-no",
    "date",
    "condition",  # what a comparison gives
]
# Base units with their exponents, in order: 元/人 is (("个", -1), ("元", 1)).
Dimensions = tuple[tuple[str, int], ...]

MONEY, COUNTED = "元", "个"
_DIMENSIONLESS = ("number", "ratio", "percent")
# What is measured, not counted: none of these can be added to another, nor to things.
_MEASURES = {
    **{unit: unit for unit in ("年", "月", "天", "小时", "课时", "分钟", "岁", "公里", "米")},
    **{unit: unit for unit in ("㎡", "平方公里", "亩", "公顷", "立方米", "吨", "公斤", "千瓦时")},
    **{"年度": "年", "日": "天", "学时": "课时", "平方米": "㎡", "m2": "㎡", "千米": "公里", "千克": "公斤"},
}
_WORTH = {"percent": Decimal("0.01"), "points": Decimal("0.01"), "permille": Decimal("0.001")}
_NAMED_MONEY = ("元", "千元", "万元", "百万元", "千万元", "亿元")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What kind of value a name or a formula has. ``unit`` is what one of it is called (人, ㎡), if that is
    known; ``choices`` are the words of a choice."""

    kind: Kind
    dimensions: Dimensions = ()
    unit: str = ""
    choices: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether it can be computed with."""
        return self.kind in ("any", "literal", "measured", *_DIMENSIONLESS)

    @property
    def money(self) -> int:
        """The exponent of 元: 1 for amounts, and for amounts per head."""
        return dict(self.dimensions).get(MONEY, 0)

    @property
    def described(self) -> str:
        """What it is, in Chinese."""
        match self.kind:
            case "measured":
                return self._measured()
            case "any" | "literal":
                return "数"
            case "ratio" if self.unit:
                return _CALLED["percent"]
            case kind:
                return _CALLED[kind]

    def _measured(self) -> str:
        if self.dimensions == ((MONEY, 1),):
            return "金额"
        if self.dimensions == ((COUNTED, 1),):
            return f"个数（{self.unit}）" if self.unit else "个数"
        if self.money == 1:
            return "平均金额"
        return f"数（{self.unit}）" if self.unit else "由不同单位相乘除得出的数"


_CALLED: dict[str, str] = {
    "number": "没有单位的数",
    "ratio": "比率",
    "percent": "百分比",
    "text": "文字",
    "choice": "选项",
    "yes-no": "是/否",
    "date": "日期",
    "condition": "判断",
}

ANY, LITERAL, NUMBER = Quantity("any"), Quantity("literal"), Quantity("number")
RATIO, PERCENT = Quantity("ratio"), Quantity("percent", unit="%")
AMOUNT = Quantity("measured", ((MONEY, 1),), MONEY)
COUNT = Quantity("measured", ((COUNTED, 1),))
TEXT, YES_NO, DATE = Quantity("text"), Quantity("yes-no"), Quantity("date")
CONDITION = Quantity("condition")


def of_unit(unit: str) -> Quantity:
    """The kind of a number typed with this unit beside it: 万元, %, 人, 元/人; blank is a bare number."""
    if not unit.strip():
        return NUMBER
    known = named(unit)
    match known:
        case None | Unit(kind="bare"):
            return ANY  # money in some way that we do not know, or so many ten thousands of anything
        case Unit(kind="percent" | "permille" | "points"):
            return PERCENT
        case Unit(kind="money"):
            return Quantity("measured", ((known.base, 1),), known.base)
        case Unit(kind="rate"):
            return Quantity("measured", _dimensions({COUNTED: -1, known.base: 1}))
    if known.base == "倍":
        return RATIO
    base = _MEASURES.get(known.base, COUNTED)
    return Quantity("measured", ((base, 1),), known.base if known.power else unit)


def of_typed_number(unit: str) -> Quantity:
    """The kind of a field whose number is kept as it is typed: 30 in 万元 stays 30."""
    if not unit:
        return NUMBER
    known = named(unit)
    if known is not None and (worth(unit) != 1 or known.kind not in ("money", "count")):
        return Quantity("measured", ((unit, 1),), unit)
    return of_unit(unit)


def worth(unit: str) -> Decimal:
    """What one of a unit is in the base unit: 万元 10000 (元), % 0.01, 亿人次 100000000; of others 1."""
    known = named(unit)
    if known is None:
        return Decimal(1)
    return _WORTH.get(known.kind) or Decimal(10) ** known.power


def money_called(yuan: Decimal) -> str:
    """The unit of money that is worth so many 元; "" when none has a name."""
    return next((name for name in _NAMED_MONEY if Decimal(10) ** power(name[:-1]) == yuan), "")


def together(one: Quantity, other: Quantity) -> Quantity | None:
    """What a sum, a difference or a choice of two numbers is; None when they are unlike."""
    for first, second in ((one, other), (other, one)):
        if first.kind in ("any", "literal"):
            return second
    if one.dimensions or other.dimensions:
        return _measured_together(one, other)
    kinds = {one.kind, other.kind}
    if kinds == {"percent", "number"}:
        return None
    return one if other.kind == "ratio" else other


def _measured_together(one: Quantity, other: Quantity) -> Quantity | None:
    if one.dimensions == other.dimensions:
        return one if same_unit(one.unit, other.unit) else replace(one, unit="")
    for first, second in ((one, other), (other, one)):
        # A number without unit may count what the other counts, but money says that it is money.
        if first.kind == "number" and not any(base.endswith("元") for base, _ in second.dimensions):
            return second
    return None


def product(one: Quantity, other: Quantity) -> Quantity:
    """What a multiplication gives: amounts times counts are amounts."""
    for first, second in ((one, other), (other, one)):
        if first.kind == "any":
            return ANY
        if first.kind == "literal" or (not first.dimensions and second.dimensions):
            return second
    if not one.dimensions and not other.dimensions:
        return one if one.kind == other.kind else RATIO
    return _of(_combined(one.dimensions, other.dimensions, 1))


def quotient(one: Quantity, other: Quantity) -> Quantity:
    """What a division gives: like by like is a ratio, an amount by a count an amount per head."""
    if "any" in (one.kind, other.kind):
        return ANY
    if other.kind == "literal" or (one.dimensions and other.kind in ("ratio", "percent")):
        return one
    if other.kind == "number" and one.dimensions:
        return one if one.money else ANY
    if one.kind == "number" and other.dimensions and not other.money:
        return ANY
    if one.kind == "literal" and not other.dimensions:
        return NUMBER if other.kind == "number" else RATIO
    return _of(_combined(one.dimensions, other.dimensions, -1))


def _combined(one: Dimensions, other: Dimensions, sign: int) -> Dimensions:
    found = dict(one)
    for base, exponent in other:
        found[base] = found.get(base, 0) + sign * exponent
    if found.get(MONEY) == 1:
        # So much money for each, times how many there are, is money.
        found = {base: exponent for base, exponent in found.items() if base == MONEY or exponent < 0}
    return _dimensions(found)


def _dimensions(exponents: dict[str, int]) -> Dimensions:
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))


def _of(dimensions: Dimensions) -> Quantity:
    if not dimensions:
        return RATIO
    (base, exponent), *others = dimensions
    alone = exponent == 1 and not others and base != COUNTED
    return Quantity("measured", dimensions, base if alone else "")
