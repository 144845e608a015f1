"""Shares of one whole: what is printed always adds up to 100.00%."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import FORM

from generator.amounts import Interval
from generator.model import Figure
from generator.rules.shares import derive_shares

SPEC = next(share for share in FORM.shares if share.group == "支出经济分类")


def shares(*amounts, whole=None):
    known = [a for a in amounts if a is not None]
    values = {SPEC.whole: figure(SPEC.whole, sum(known) if whole is None else whole)}
    for part, amount in zip(SPEC.parts, amounts, strict=True):
        values[part.part] = figure(part.part, amount)
    parts = derive_shares(SPEC, values)
    return values, parts


def figure(name, amount):
    return Figure(name, None if amount is None else Interval.exact(amount), "")


def texts(values):
    return [values[part.name].text for part in SPEC.parts]


@pytest.mark.parametrize(
    "amounts, expected",
    [
        ((3966000, 18684911, 112622, 12803680, 8800), ["11.15%", "52.52%", "0.32%", "35.99%", "0.02%"]),
        ((1, 1, 1, 0, 0), ["33.34%", "33.33%", "33.33%", "0.00%", "0.00%"]),
        ((2, 2, 2, 0, None), ["33.34%", "33.33%", "33.33%", "0.00%", ""]),
        ((1, 0, 0, 0, 0), ["100.00%", "0.00%", "0.00%", "0.00%", "0.00%"]),
        ((1, 1, 1, 1, 3), ["14.29%", "14.29%", "14.28%", "14.28%", "42.86%"]),
        ((0, 0, 0, 0, 0), ["—", "—", "—", "—", "—"]),
    ],
)
def test_printed_shares(amounts, expected):
    assert texts(shares(*amounts)[0]) == expected


def test_parts_that_are_blank_or_zero_are_not_listed():
    _, parts = shares(3, None, 0, 1, None)
    assert [(part.title, part.share.text) for part in parts] == [
        ("工资福利支出", "75.00%"),
        ("资本性支出", "25.00%"),
    ]


def test_a_moved_tail_is_said():
    values, _ = shares(1, 1, 1, 0, 0)
    notes = [values[part.name].note for part in SPEC.parts]
    assert notes == ["尾差调整：单独四舍五入为33.33%，为使合计为100%按最大余数法取整", "", "", "", ""]


def test_parts_of_another_whole_keep_their_own_sum():
    assert texts(shares(50, 0, 0, 0, 0, whole=200)[0])[0] == "25.00%"


amounts = st.integers(0, 10**10)


@given(st.tuples(amounts, amounts, amounts, amounts, amounts).filter(any))
def test_they_add_up_and_none_is_off_by_a_unit(parts):
    values, _ = shares(*parts)
    printed = [Decimal(text.rstrip("%")) for text in texts(values)]
    assert sum(printed) == 100
    for amount, share in zip(parts, printed, strict=True):
        assert abs(Decimal(amount) * 100 / sum(parts) - share) < Decimal("0.01")
