"""Numbers as people type them: what is one number, and the reason why another text is none."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.amounts import plain
from generator.typed import counts_as, half_width, is_blank, parse_number, why_no_number, without_invisible

D = Decimal
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False)


@pytest.mark.parametrize(
    "typed, number, unit",
    [
        ("1234.56", "1234.56", ""),
        ("1,234.56", "1234.56", ""),
        ("１２３", "123", ""),
        ("１，２３４．５", "1234.5", ""),
        (" 12 ", "12", ""),
        ("\u3000\u00a012\u00a0", "12", ""),
        ("￥5", "5", ""),
        ("¥ 5", "5", ""),
        ("-￥5", "-5", ""),
        ("－5", "-5", ""),
        ("−5", "-5", ""),
        ("5.3万元", "5.3", "万元"),
        ("5.3 万元", "5.3", "万元"),
        ("96.5%", "96.5", "%"),
        ("９６．５％", "96.5", "%"),
        ("+3", "3", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("1E+3", "1000", ""),
        ("1e-2", "0.01", ""),
        ("30人", "30", "人"),
        ("2023年度", "2023", "年度"),
        ("12,345,678", "12345678", ""),
        ("\u200b39637500\ufeff", "39637500", ""),
        ("396\u200b37500", "39637500", ""),
        ("29217000²", "29217000", "²"),
        ("39637500①", "39637500", "①"),
    ],
)
def test_numbers_as_people_type_them(typed, number, unit):
    read = parse_number(typed)
    assert (read.number, read.unit) == (D(number), unit)


NO_NUMBERS = [
    *(
        "三千",
        "",
        "-",
        "1,23",
        "abc",
        "约5万元",
        "1..2",
        "--5",
        "2 0",
        "1 234",
        "12\n34",
        "5万3",
        "1-2",
        "95%-98%",
    ),
    *("18652340。55", "1.234.56", "（5）", "5（含3）", "²5", "①", "१२३", "٣", "½", "1E500", "1E+3.5"),
]


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number(typed):
    assert parse_number(typed) is None


REASONS = [
    ("39637500①", "数字旁边有“①”，不知道是注号还是数字"),
    ("29217000²", "数字旁边有“²”，不知道是注号还是数字"),
    ("㈠5", "数字旁边有“㈠”，不知道是注号还是数字"),
    ("5*", "数字旁边有“*”，不知道是注号还是数字"),
    ("95%-98%", "写的是一个范围，不是一个数"),
    ("3～5", "写的是一个范围，不是一个数"),
    ("10万元至20万元", "写的是一个范围，不是一个数"),
    ("18652340。55", "小数点写成了别的标点"),
    ("1.234.56", "有两个小数点"),
    ("1,23,456", "逗号的位置不对，看不出是千分位还是小数点"),
    ("1234,5", "逗号的位置不对，看不出是千分位还是小数点"),
    ("2 0", "两个数之间有空格，看不出是一个数还是两个数"),
    ("12 345元", "两个数之间有空格，看不出是一个数还是两个数"),
    ("39 637 500", "数字之间有空格，看不出是一个数还是几个数"),
    ("39\u202f637\u202f500", "数字之间有空格，看不出是一个数还是几个数"),
    ("1.234,56", "小数点和千分位的逗号用反了"),
    ("39.637.500,00", "小数点和千分位的逗号用反了"),
    ("(1,234.00)", "写在括号里，看不出是不是负数"),
    ("（500000元）", "写在括号里，看不出是不是负数"),
    ("–500", "前面的“–”看不出是不是负号，负号请写成“-”"),
    ("△5 万元", "前面的“△”看不出是不是负号，负号请写成“-”"),
    ("500-", "后面的横线看不出是不是负号，负号请写在前面"),
    ("$500", "数字前面还有“$”"),
    ("108（含工勤3人）", "数字后面还有“(含工勤3人)”"),
    ("18652340.55\n（含追加650000）", "数字后面还有“(含追加650000)”"),
    ("约5万", "数字前面还有“约”"),
    ("共计 30", "数字前面还有“共计”"),
    ("三千", ""),
    ("", ""),
]


@pytest.mark.parametrize("typed, why", REASONS)
def test_why_a_text_is_no_number(typed, why):
    assert why_no_number(typed) == why


@pytest.mark.parametrize(
    "text", ["", " ", "-", "—", "——", "/", "／", "无", "－", " 无 ", "\u200b", "–", "\ufeff/"]
)
def test_blank_is_not_zero(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "无。", "空"])
def test_not_blank(text):
    assert not is_blank(text)


@given(numbers)
def test_what_is_printed_is_read_again(number):
    assert parse_number(plain(number)).number == number
    assert parse_number(f"{number:,}").number == number
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in plain(number))
    assert unicodedata.normalize("NFKC", wide) == plain(number)
    assert parse_number(f" {wide} ").number == number


@given(st.text(max_size=40))
def test_a_text_is_a_number_only_if_all_its_digits_are_in_it(text):
    read = parse_number(text)
    if read is not None:
        digits = [c for c in half_width(text) if c in "0123456789"]
        exponent = [c for c in half_width(text).lower().partition("e")[2] if c in "0123456789"]
        written = "".join(c for c in plain(read.number.copy_abs()) if c in "0123456789")
        assert exponent or "".join(digits).strip("0") == written.strip("0")
        assert not any(unicodedata.category(c) in ("No", "Nl") for c in text) or read.unit
    assert isinstance(why_no_number(text), str)


@pytest.mark.parametrize("sign", "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u2066")
def test_invisible_signs_go(sign):
    assert without_invisible(f"公共{sign}财政") == "公共财政"


@pytest.mark.parametrize(
    "unit, own, same",
    [
        ("名", "人", True),
        ("年度", "年", True),
        ("人", "人", True),
        ("㎡", "平方米", True),
        ("万元", "元", False),
        ("%", "人", False),
        ("人", "年", False),
    ],
)
def test_words_for_one_unit(unit, own, same):
    assert counts_as(unit, own) is same
