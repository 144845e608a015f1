"""Numbers as typed, intervals, rounding and printing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.amounts import (
    Interval,
    NumberFormat,
    from_excel_float,
    largest_remainder,
    round_half_up,
)

D = Decimal
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False)


@given(numbers, st.integers(0, 3))
def test_rounding_is_half_away_from_zero(number, places):
    exact = abs(Fraction(number)) * 10**places
    expected = (int(exact * 2) + 1) // 2
    assert abs(round_half_up(number, places)) * 10**places == expected


@pytest.mark.parametrize(
    "number, text",
    [
        ("3557.6013", "3557.6"),
        ("51", "51"),
        ("0", "0"),
        ("-0.001", "0"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("3026.12", "3026.12"),
    ],
)
def test_wan_prints_two_decimals_trimmed(number, text):
    assert NumberFormat(D(10000), 2, trim=True).text(D(number) * 10000) == text


@pytest.mark.parametrize(
    "fraction, text", [("1", "100.00%"), ("0.96528", "96.53%"), ("0", "0.00%"), ("-0.095", "-9.50%")]
)
def test_percent_keeps_its_zeros(fraction, text):
    assert NumberFormat(D("0.01"), 2, trim=False, suffix="%").text(D(fraction)) == text


@pytest.mark.parametrize(
    "number, expected", [(0.1 + 0.2, "0.3"), (1131.56, "1131.56"), (39637500, "39637500")]
)
def test_floats_are_what_excel_shows(number, expected):
    assert from_excel_float(number) == D(expected)


intervals = st.builds(lambda v, h: Interval.rounded(v, abs(h)), numbers, st.decimals(0, 1000, places=3))


@given(intervals, intervals, st.booleans(), st.booleans())
def test_intervals_hold_every_result_of_their_ends(a, b, low_a, low_b):
    x, y = (a.low if low_a else a.high), (b.low if low_b else b.high)
    for total, exact in ((a + b, x + y), (a - b, x - y), (-a, -x), (abs(a), abs(x))):
        assert total.low <= exact <= total.high
        assert total.low <= total.value <= total.high
    product = a * b
    assert product.low <= x * y <= product.high


@given(intervals, intervals)
def test_division_holds_every_quotient(a, b):
    if b.value == 0:
        with pytest.raises(ZeroDivisionError):
            a / b
    else:
        quotient = a / b
        slack = D("1E-12") * (abs(quotient.value) + 1)
        assert quotient.low - slack <= a.value / b.value <= quotient.high + slack


@pytest.mark.parametrize(
    "left, right, meets",
    [
        (("3557.61", "0.01"), ("3557.60", "0.005"), True),
        (("3557.61", "0.005"), ("3557.60", "0.005"), True),  # the ends touch
        (("3557.62", "0.01"), ("3557.60", "0.005"), False),
        (("5", "0"), ("5", "0"), True),
        (("5", "0"), ("5.01", "0"), False),
    ],
)
def test_a_tie_holds_when_the_intervals_meet(left, right, meets):
    assert Interval.rounded(D(left[0]), D(left[1])).meets(Interval.rounded(D(right[0]), D(right[1]))) is meets


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=8).filter(any))
def test_largest_remainder_adds_up_and_moves_no_part_by_a_unit(parts):
    whole = sum(parts)
    exact = [part / whole * 100 for part in parts]
    rounded = largest_remainder(exact, D(100), D("0.01"))
    assert sum(rounded) == 100
    assert all(abs(a - b) < D("0.01") for a, b in zip(exact, rounded, strict=True))


def test_long_numbers_are_rounded_too():
    assert round_half_up(D("9999999999999997000000000.005"), 2) == D("9999999999999997000000000.01")
