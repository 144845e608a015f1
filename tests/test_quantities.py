"""Kinds of values: tables of what goes together and what comes out, and the laws that hold for all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.quantities import (
    AMOUNT,
    ANY,
    COUNT,
    LITERAL,
    NUMBER,
    PERCENT,
    RATIO,
    money_called,
    of_typed_number,
    of_unit,
    product,
    quotient,
    together,
    worth,
)

PEOPLE, THINGS, AREA, DAYS, RATE = (of_unit(unit) for unit in ("人", "项", "㎡", "天", "元/人"))
DOLLARS, FIXED = of_unit("美元"), of_typed_number("万元")


@pytest.mark.parametrize(
    ("unit", "one", "said"),
    [
        ("元", "1", "金额"),
        ("万元", "10000", "金额"),
        ("千元", "1000", "金额"),
        ("百万元", "1000000", "金额"),
        ("千万元", "10000000", "金额"),
        ("亿元", "100000000", "金额"),
        ("万元（含税）", "10000", "金额"),
        ("%", "0.01", "百分比"),
        ("个百分点", "0.01", "百分比"),
        ("‰", "0.001", "百分比"),
        ("人", "1", "个数（人）"),
        ("万条", "10000", "个数（条）"),
        ("亿人次", "100000000", "个数（人次）"),
        ("T", "1", "个数（T）"),
        ("㎡", "1", "数（㎡）"),
        ("元/人", "1", "平均金额"),
        ("万元/户", "10000", "平均金额"),
        ("倍", "1", "比率"),
        ("", "1", "没有单位的数"),
        ("美元", "1", "数（美元）"),
    ],
)
def test_what_a_unit_says(unit, one, said):
    assert (worth(unit), of_unit(unit).described) == (Decimal(one), said)


@pytest.mark.parametrize(("yuan", "unit"), [("1", "元"), ("10000", "万元"), ("1E+8", "亿元"), ("5000", "")])
def test_what_an_amount_that_was_divided_is_in(yuan, unit):
    assert money_called(Decimal(yuan)) == unit


def test_a_number_that_is_kept_as_typed_is_no_amount():
    """30 in a field of the unit 万元 stays 30, and must not be added to amounts, which are in 元."""
    assert together(FIXED, AMOUNT) is None
    assert quotient(FIXED, FIXED) == RATIO
    assert of_typed_number("元") == AMOUNT
    assert of_typed_number("%").kind == "measured"  # 95, and not 0.95


@pytest.mark.parametrize(
    ("one", "other", "sum_"),
    [
        (AMOUNT, AMOUNT, AMOUNT),
        (AMOUNT, LITERAL, AMOUNT),
        (AMOUNT, ANY, AMOUNT),
        (AMOUNT, PEOPLE, None),
        (AMOUNT, PERCENT, None),
        (AMOUNT, RATIO, None),
        (AMOUNT, NUMBER, None),
        (AMOUNT, RATE, None),
        (AMOUNT, DOLLARS, None),
        (PEOPLE, PEOPLE, PEOPLE),
        (PEOPLE, THINGS, COUNT),
        (PEOPLE, NUMBER, PEOPLE),
        (PEOPLE, AREA, None),
        (PEOPLE, PERCENT, None),
        (AREA, DAYS, None),
        (PERCENT, PERCENT, PERCENT),
        (PERCENT, RATIO, PERCENT),
        (PERCENT, NUMBER, None),
        (RATIO, NUMBER, NUMBER),
        (LITERAL, LITERAL, LITERAL),
    ],
)
def test_sums(one, other, sum_):
    assert together(one, other) == together(other, one) == sum_


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [
        (AMOUNT, PERCENT, AMOUNT),
        (AMOUNT, RATIO, AMOUNT),
        (AMOUNT, LITERAL, AMOUNT),
        (AMOUNT, PEOPLE, AMOUNT),
        (RATE, PEOPLE, AMOUNT),
        (PEOPLE, PERCENT, PEOPLE),
        (PERCENT, PERCENT, PERCENT),
        (NUMBER, PERCENT, RATIO),
        (LITERAL, LITERAL, LITERAL),
        (AMOUNT, ANY, ANY),
    ],
)
def test_products(one, other, made):
    assert product(one, other) == product(other, one) == made


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [
        (AMOUNT, AMOUNT, RATIO),
        (PEOPLE, THINGS, RATIO),
        (AMOUNT, PEOPLE, RATE),
        (AMOUNT, RATE, COUNT),
        (AMOUNT, PERCENT, AMOUNT),
        (AMOUNT, NUMBER, AMOUNT),
        (AMOUNT, LITERAL, AMOUNT),
        (PEOPLE, NUMBER, ANY),
        (NUMBER, PEOPLE, ANY),
        (NUMBER, NUMBER, RATIO),
        (LITERAL, PERCENT, RATIO),
        (LITERAL, NUMBER, NUMBER),
    ],
)
def test_quotients(one, other, made):
    assert quotient(one, other) == made


KINDS = st.sampled_from([AMOUNT, ANY, COUNT, LITERAL, NUMBER, PERCENT, RATIO, PEOPLE, AREA, RATE, DOLLARS])
MEASURED = st.sampled_from([AMOUNT, PEOPLE, AREA, DAYS, RATE, DOLLARS, FIXED])


@given(KINDS)
def test_every_kind_can_be_added_to_itself(kind):
    assert together(kind, kind) == kind


@given(KINDS, KINDS)
def test_the_order_does_not_matter(one, other):
    assert together(one, other) == together(other, one)
    assert product(one, other) == product(other, one)


@given(KINDS, KINDS, KINDS)
def test_what_goes_with_a_sum_goes_with_its_parts(one, other, third):
    """But for a ratio, which may be meant as a percentage or as a number, and for what nobody knows."""
    both = together(one, other)
    if {"any", "ratio"} & {one.kind, other.kind, third.kind}:
        return
    if both is not None and together(both, third) is not None:
        assert together(one, third) is not None
        assert together(other, third) is not None


@given(MEASURED)
def test_like_by_like_is_a_ratio_and_a_ratio_of_something_is_that(kind):
    assert quotient(kind, kind) == RATIO
    assert product(kind, quotient(kind, kind)) == kind


@given(MEASURED, MEASURED)
def test_what_was_divided_and_multiplied_again_is_what_it_was(one, other):
    if not other.money:
        assert together(product(quotient(one, other), other), one) is not None
