"""One points cell over several rows: what falls to each adds up to the cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import FORM

from generator.amounts import Interval
from generator.model import Figure
from generator.rules.lines import Line, with_parts

D = Decimal


def line(points, typed=None, key="甲"):
    row = {FORM.scores.score: Figure(FORM.scores.score, Interval.exact(typed), "")} if typed else {}
    return Line(row, "", "", "", None, None, D(points), shared=key)


@pytest.mark.parametrize(
    "points, typed, parts",
    [
        ("10", [None] * 3, ["3.34", "3.33", "3.33"]),
        ("5", [None] * 3, ["1.67", "1.67", "1.66"]),
        ("15", [None] * 3, ["5", "5", "5"]),
        ("0.01", [None] * 2, ["0.01", "0"]),
        ("10", ["3.33", "3.33", "3.34"], ["3.33", "3.33", "3.34"]),
    ],
)
def test_parts(points, typed, parts):
    made = with_parts([line(points, each) for each in typed], FORM)
    assert [each.part for each in made] == [D(each) for each in parts]


@given(st.decimals(min_value=0, max_value=100, places=2), st.integers(min_value=1, max_value=12))
def test_parts_add_up(points, count):
    made = with_parts([line(points) for _ in range(count)], FORM)
    assert sum(each.part for each in made) == points
    assert max(each.part for each in made) - min(each.part for each in made) <= D("0.01")
