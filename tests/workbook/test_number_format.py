"""What a cell shows: formats that people and programs write, by table. LibreOffice judges more of them in
``test_number_format_office.py``; here stands what Excel documents and what must not change."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.workbook.number_format import HIDDEN, Traits, builtin, shown, to_date, traits

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
LAKH = "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0"

SHOWN = [
    # General, as a wide cell shows it
    ("General", "0", "0"),
    ("General", "39637500", "39637500"),
    ("General", "66.6666666666667", "66.66666667"),
    ("General", "-66.6666666666667", "-66.66666667"),
    ("General", "12345678901", "12345678901"),
    ("General", "123456789012", "1.23457E+11"),
    ("General", "99999999999.9", "1E+11"),
    ("General", "1234567891.23", "1234567891"),
    ("General", "0.0001234567", "0.000123457"),
    ("General", "0.00001234567", "1.23457E-05"),
    ("General", "0.0000001", "0.0000001"),
    ("General", "1E-10", "1E-10"),
    ("General", "0.1000000000000000055511", "0.1"),
    ("", "1.5", "1.5"),
    ("GENERAL", "1.5", "1.5"),
    ("G/通用格式", "1.5", "1.5"),
    ('G/通用格式"元"', "-1.5", "-1.5元"),
    # 万元
    ('0!.0,"万元"', "39637500", "3963.8万元"),
    ('0\\.0,"万元"', "39637500", "3963.8万元"),
    ("0!.0000", "39637500", "3963.7500"),
    ('0.00,,"万"\n%', "39637500", "3963.75万\n%"),
    ("0.00,,", "39637500", "39.64"),
    ('#,##0.00"万元"', "2350", "2,350.00万元"),
    ('0"万元"', "460", "460万元"),
    ('0.00"万"\n%', "460", "46000.00万\n%"),
    ('[>=10000]0!.0,"万元";0"元"', "39637500", "3963.8万元"),
    ('[>=10000]0!.0,"万元";0"元"', "9999", "9999元"),
    ('[>=10000]0!.0,"万元";0"元"', "-5", "-5元"),
    # percent, and what only looks like it
    ("0%", "0.856", "86%"),
    ("0.0#%", "0.972", "97.2%"),
    ("0.00\n%", "0.856", "85.60\n%"),
    ("0%%", "0.5", "5000%%"),
    ('0"%"', "95", "95%"),
    ("0\\%", "97.2", "97%"),
    ("0.0!%", "97.2", "97.2%"),
    # places, rounding, signs
    ("0.00", "0.005", "0.01"),
    ("0.00", "1.005", "1.01"),
    ("0.00", "-1234.565", "-1234.57"),
    ("0.00", "-0.001", "0.00"),
    ("0;-0", "-0.3", "-0"),
    ("#,##0", "1234567.5", "1,234,568"),
    ("000000", "18", "000018"),
    ("0.##", "5", "5."),
    ("#.##", "0", "."),
    ("???.00", "1.5", "  1.50"),
    ("0.0??", "1.25", "1.25 "),
    ("000-00-0000", "123456789", "123-45-6789"),
    ("[<=9999999]###-####;(###) ###-####", "2813308004", "(281) 330-8004"),
    (LAKH, "12345678", "1,23,45,678"),
    (LAKH, "-1234567", "-1,234,567"),
    ('"This is a ".00"test"000', "-3.14159", "-This is a 3.14test159"),
    ("0.00E+00", "123456", "1.23E+05"),
    ("0.00E-00", "123456", "1.23E05"),
    ("##0.0E+0", "12345", "12.3E+3"),
    ("0", "1E+20", "100000000000000000000"),
    # fractions: Microsoft's own examples
    ("# ?/?", "123.456", "123 1/2"),
    ("# ??/??", "123.456", "123 26/57"),
    ("# ???/???", "123.456", "123  57/125"),
    ("# ?/8", "0.5", " 4/8"),
    ("# ??/100", "123.456", "123 46/100"),
    ("# ?/?", "5", "5    "),
    ("?/?", "1.5", "3/2"),
    # sections, conditions, colours
    ("[Red]0;[红色]-0;[Color5]0", "-7", "-7"),
    ('0"元";"亏"0"元";"无"', "-7", "亏7元"),
    ('0"元";"亏"0"元";"无"', "0", "无"),
    (";;;", "7", ""),
    ("0;;", "-7", ""),
    ('[=1]"是";[=0]"否";0', "1", "是"),
    ('[=1]"是";[=0]"否";0', "-2", "-2"),
    ("[<-0.005]-0.00;0.00", "-3", "-3.00"),
    ("[>=100]0;[<10]0.0", "50", HIDDEN),
    ("[>x]0", "5", "5"),
    # currency and accounting
    ("[$￥-804]#,##0.00", "1234.5", "￥1,234.50"),
    ("[$USD] 0", "5", "USD 5"),
    ("[$-804]0.0", "5", "5.0"),
    (ACCOUNTING, "1234.5", " 1,234.50 "),
    (ACCOUNTING, "-1234.5", " -1,234.50 "),
    (ACCOUNTING, "0", " -   "),
    ("0_);(0)", "-5", "(5)"),
    # Chinese digits
    ("[DBNum1][$-804]General", "20305", "二万〇三百〇五"),
    ("[DBNum2][$-804]G/通用格式", "10.5", "壹拾.伍"),
    ("[DBNum2]General", "123456789012345", "壹佰贰拾叁兆肆仟伍佰陆拾柒亿捌仟玖佰零壹万贰仟叁佰肆拾伍"),
    ("[DBNum3]General", "123", "１百２十３"),
    ("[DBNum1]0", "123", "一二三"),
    ("[DBNum2]", "123", "壹佰贰拾叁"),
    # dates
    ("yyyy/m/d", "44132", "2020/10/28"),
    ('yyyy"年"m"月"d"日"', "44132.354", "2020年10月28日"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "44132", "二〇二〇年十月二十八日"),
    ("yyyy/m/d", "0", "1900/1/0"),
    ("yyyy/m/d", "60", "1900/2/29"),
    ("yyyy/m/d", "61", "1900/3/1"),
    ("yyyy/m/d", "2958465.999", "9999/12/31"),
    ("yyyy/m/d", "2958466", HIDDEN),
    ("yyyy/m/d", "-1", HIDDEN),
    ("d-mmm-yy", "44132", "28-Oct-20"),
    ("[$-804]mmmm", "44132", "十月"),
    ("aaaa", "44132", "星期三"),
    ("aaa", "44132", "三"),
    ("[$-804]aaa", "44132", "周三"),
    ("[$-804]dddd", "44132", "星期三"),
    ("[$-zh-CN]dddd", "44132", "星期三"),
    ("dddd", "44132", "Wednesday"),
    ("e", "44132", "2020"),
    ("bb", "44132", "63"),
    ("bbbb", "44132", "2563"),
    ("[$-404]e/m/d", "44132", "109/10/28"),
    ('[$-404]ggge"年"', "44132", "中華民國109年"),
    ("[$-F800]dddd, mmmm dd, yyyy", "44132", "2020年10月28日"),
    ("[$-x-systime]h:mm:ss AM/PM", "0.75", "18:00:00"),
    # times
    ("h:mm", "0.354166666666667", "8:30"),
    ("h:mm", "44132.354", "8:29"),
    ("h:mm:ss", "44132.354", "8:29:46"),
    ("yyyy/m/d h:mm", "44132.99999999", "2020/10/29 0:00"),
    ("m/d h:mm", "44132.5", "10/28 12:00"),
    ("mm:ss.0", "0.354", "29:45.6"),
    ("h:mm AM/PM", "0.75", "6:00 PM"),
    ("h:mm am/pm", "0", "12:00 AM"),
    ("h A/P", "0.75", "6 P"),
    ('上午/下午h"时"mm"分"', "0.75", "下午6时00分"),
    ("[$-804]h:mm AM/PM", "0.25", "6:00 上午"),
    ("[h]:mm", "1000000", "24000000:00"),
    ("[h]:mm:ss", "2.9999999999999996", "72:00:00"),
    ("[mm]:ss", "0.0426", "61:21"),
    ("[ss].00", "0.00001", "00.86"),
]


@pytest.mark.parametrize("code, value, text", SHOWN)
def test_numbers(code, value, text):
    assert shown(Decimal(value), code) == text


@pytest.mark.parametrize(
    "code, value, text",
    [
        ("General", "甲", "甲"),
        ("0.00", "12", "12"),
        ("@", "甲", "甲"),
        ('"项目："@', "甲", "项目：甲"),
        ('0;0;0;@"号"', "甲", "甲号"),
        ('0;0;0;"有"', "甲", "有"),
        ("0;0;0;", "甲", ""),
        (";;;", "甲", ""),
        (ACCOUNTING, "甲", " 甲 "),
        ('yyyy"年";@', "甲", "甲"),
        ("@@", "甲", "甲甲"),
        ("0;0;0;General", "甲", "甲"),
        ("0.00%", True, "TRUE"),
        ("@", False, "FALSE"),
        ('"项目："@', Decimal(5), "5"),
    ],
)
def test_texts_and_answers(code, value, text):
    assert shown(value, code) == text


def test_1904():
    assert shown(Decimal(0), "yyyy/m/d", date1904=True) == "1904/1/1"
    assert shown(Decimal(42670), "aaaa", date1904=True) == "星期三"
    assert shown(Decimal("-0.5"), "[h]:mm", date1904=True) == "-12:00"
    assert shown(Decimal(2957004), "yyyy", date1904=True) == HIDDEN


PLAIN = {
    "general": False,
    "percent": False,
    "date": False,
    "time": False,
    "elapsed": False,
    "scaled": 0,
    "literal": "",
}


@pytest.mark.parametrize(
    "code, expected",
    [
        ("General", {"general": True}),
        ("[Red]General", {"general": True}),
        ('G/通用格式"元"', {"general": True, "literal": "元"}),
        ("@", {"general": True}),
        ("", {"general": True}),
        ("0.00", {}),
        (ACCOUNTING, {}),
        ("0.00%", {"percent": True}),
        ("0.00\n%", {"percent": True, "literal": "\n"}),
        ("0;0%", {}),
        ('0"%"', {"literal": "%"}),
        ("0\\%", {"literal": "%"}),
        ("0!%", {"literal": "%"}),
        ("0.00,,", {"scaled": 6}),
        ('0!.0,"万元"', {"scaled": 3, "literal": ".万元"}),
        ("#,##0", {}),
        ("#,##0,", {"scaled": 3}),
        ("0!.0000", {"literal": "."}),
        ('0.00,,"万"\n%', {"scaled": 6, "percent": True, "literal": "万\n"}),
        ('#,##0.00"万元"', {"literal": "万元"}),
        ("[$￥-804]0.00", {"literal": "￥"}),
        ('[=0]"-";0.0%', {"percent": True}),
        ('[<0]"亏"0;0"元"', {"literal": "元"}),
        ("yyyy/m/d", {"date": True, "literal": "//"}),
        ("yyyy-mm-dd h:mm", {"date": True, "literal": "-- :"}),
        ("aaaa", {"date": True}),
        ("mm", {"date": True}),
        ("[$-F800]dddd", {"date": True, "literal": "年月日"}),
        ("h:mm", {"time": True, "literal": ":"}),
        ("mm:ss", {"time": True, "literal": ":"}),
        ("[h]:mm", {"time": True, "elapsed": True, "literal": ":"}),
        ('上午/下午h"时"', {"time": True, "literal": "时"}),
    ],
)
def test_traits(code, expected):
    assert traits(code) == Traits(**PLAIN | expected)


@pytest.mark.parametrize(
    "serial, date1904, day",
    [
        ("44132", False, date(2020, 10, 28)),
        ("44132.999", False, date(2020, 10, 28)),
        ("1", False, date(1900, 1, 1)),
        ("59", False, date(1900, 2, 28)),
        ("60", False, None),
        ("61", False, date(1900, 3, 1)),
        ("0", False, None),
        ("0.5", False, None),
        ("-1", False, None),
        ("2958465", False, date(9999, 12, 31)),
        ("2958466", False, None),
        ("NaN", False, None),
        ("0", True, date(1904, 1, 1)),
        ("42670", True, date(2020, 10, 28)),
        ("2957003", True, date(9999, 12, 31)),
        ("2957004", True, None),
    ],
)
def test_days(serial, date1904, day):
    assert to_date(Decimal(serial), date1904) == day


@pytest.mark.parametrize(
    "number, code",
    [
        (0, "General"),
        (2, "0.00"),
        (5, '"￥"#,##0;"￥"\\-#,##0'),
        (8, '"￥"#,##0.00;[Red]"￥"\\-#,##0.00'),
        (14, "yyyy/m/d"),
        (22, "yyyy/m/d h:mm"),
        (24, "$#,##0_);[Red]($#,##0)"),
        (27, 'yyyy"年"m"月"'),
        (31, 'yyyy"年"m"月"d"日"'),
        (37, "#,##0;\\-#,##0"),
        (43, ACCOUNTING),
        (44, ACCOUNTING.replace("_ * ", '_ "￥"* ')),
        (49, "@"),
        (55, '上午/下午h"时"mm"分"'),
        (58, 'm"月"d"日"'),
        (67, "0%"),
        (80, "[h]:mm:ss"),
        (63, "General"),
        (82, "General"),
        (200, "General"),
        (-1, "General"),
    ],
)
def test_builtin_formats(number, code):
    assert builtin(number) == code


PIECES = [
    *'0#?.,%/@eyhmsdabg\\!_*[";18-()^ 万\n$',
    *(
        "yyyy",
        "mmm",
        "ddd",
        "aaaa",
        "E+",
        "[h]",
        "[ss]",
        ".00",
        "General",
        "G/通用格式",
        "AM/PM",
        "上午/下午",
        '"元"',
    ),
    *(
        "[Red]",
        "[>=1000]",
        "[<0]",
        "[=",
        "[$￥-804]",
        "[$-404]",
        "[$-F800]",
        "[DBNum1]",
        "[DBNum2]",
        "[DBNum3]",
    ),
]
NUMBERS = st.one_of(
    st.decimals(),
    st.decimals(-3_000_000, 3_000_000, places=6),
    st.builds(Decimal.scaleb, st.decimals(-10, 10, places=3), st.integers(-400, 400)),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), NUMBERS, st.booleans())
def test_no_code_and_no_number_raise(code, value, date1904):
    assert isinstance(shown(value, code, date1904), str)
    assert isinstance(shown("甲", code), str)
    assert isinstance(traits(code).literal, str)


@settings(max_examples=300, deadline=None)
@given(st.decimals(-(10**10), 10**10, places=4))
def test_two_decimals_are_the_number_rounded_half_away_from_zero(value):
    text = shown(value, "#,##0.00").replace(",", "")
    assert Decimal(text) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("piece", ["[", '"', "\\", "0/", ",", "[>", "#,", "0;", "y", "[$", "_", "?/?"])
def test_long_codes_cost_no_more_than_their_length(piece):
    """A code is read once from left to right; one that is longer than Excel takes is none."""
    assert isinstance(shown(Decimal("1234.5"), piece * 400), str)
    assert shown(Decimal("1234.5"), piece * 1001) == "1234.5"
