"""One cell by the type of its field: what is typed, and the value or the one finding that comes of it."""

from datetime import date
from decimal import Decimal

import pytest

from generator.amounts import Interval, NumberFormat
from generator.form.records import Field, Unit
from generator.formula import Underived
from generator.model import CellRef
from generator.workbook.cells import Reader, parse_date
from generator.workbook.grid import Cell
from generator.workbook.texts import clean

YUAN, WAN = Unit(Decimal(1), exact=True), Unit(Decimal(10000), exact=False, places=2)
UNITS = {"元": YUAN, "万元": WAN}
PRINTS = {
    "amount": NumberFormat(Decimal(10000), 2, trim=True),
    "percent": NumberFormat(Decimal("0.01"), 2, True, "%"),
}
AT = CellRef("表", "C5")
DATE, TIME = "yyyy-mm-dd", "h:mm"


def read(kind, cell, **options):
    own = options.pop("own", YUAN)
    field = Field("项", "项", kind, **options)
    cell = cell if isinstance(cell, Cell) or cell is None else Cell(cell)
    entry, findings = Reader(own, UNITS, PRINTS).read(field, cell, AT)
    value = entry.value.value if isinstance(entry.value, Interval) else entry.value
    return value, [each.line() for each in findings]


@pytest.mark.parametrize(
    "kind, typed, value",
    [
        ("amount", 39637500, Decimal(39637500)),
        ("amount", 1131.56, Decimal("1131.56")),
        ("amount", "39,637,500", Decimal(39637500)),
        ("amount", "3963.75万元", Decimal(39637500)),
        ("amount", "0.4亿元", Decimal(40000000)),
        ("amount", "５３０００元", Decimal(53000)),
        ("amount", "￥530", Decimal(530)),
        ("amount", "—", None),
        ("amount", "无", None),
        ("amount", "  ", None),
        ("amount", 0, Decimal(0)),
        ("integer", "30人", Decimal(30)),
        ("integer", 30.0, Decimal(30)),
        ("percent", Cell(0.999, "0.0%"), Decimal("0.999")),
        ("percent", Cell(1.05, "0%"), Decimal("1.05")),
        ("percent", 0.965, Decimal("0.965")),
        ("percent", 96.5, Decimal("0.965")),
        ("percent", "96.5%", Decimal("0.965")),
        ("percent", "９６．５％", Decimal("0.965")),
        ("yes-no", "是", True),
        ("yes-no", " √ ", True),
        ("yes-no", True, True),
        ("yes-no", "否", False),
        ("yes-no", "×", False),
        ("yes-no", "无", False),
        ("yes-no", "没有", False),
        ("choice", " 当 年 ", "当年"),
        ("text", 906018, "906018"),
        ("text", "甲\n乙", "甲 乙"),
        ("text", "无", "无"),
        ("long-text", " 一 \n\n　二\r\n_x000D_三\x07 ", "一\n二\n三"),
        ("long-text", "①㈠", "①㈠"),
        ("number-or-text", 1136, "1136"),
        ("number-or-text", Cell(0.701, "0.0%"), "70.1%"),
        ("date", Cell(44270, DATE), "2021-03-15"),
        ("date", "2021年3月15日", "2021-03-15"),
        ("date", None, None),
    ],
)
def test_values(kind, typed, value):
    choices = {"choices": ("当年", "累计")} if kind == "choice" else {}
    unit = {"unit": "人"} if kind == "integer" else {}
    assert read(kind, typed, **choices, **unit) == (value, [])


@pytest.mark.parametrize(
    "kind, typed, options, line",
    [
        ("amount", None, {"required": True}, "没有填写；请填写；没有发生额填 0"),
        ("amount", "—", {"required": True}, '"—" 读作空白，本栏目必须填写；没有发生额请填 0'),
        ("amount", "无", {"required": True}, '"无" 读作空白，本栏目必须填写；没有发生额请填 0'),
        ("percent", "/", {"required": True}, '"/" 读作空白，本栏目必须填写；请填写这一项'),
        ("amount", "\u200b", {"required": True}, "没有填写；请填写；没有发生额填 0"),
        ("text", None, {"required": True}, "没有填写；请填写"),
        ("amount", "三千", {}, '"三千" 不是数字；请填写金额，如 39637500'),
        ("amount", "约5万", {}, '"约5万" 不是一个数：数字前面还有“约”；请只填金额，如 39637500'),
        ("amount", True, {}, '"是" 不是数字；请填写金额，如 39637500'),
        ("amount", "5美元", {}, '"5美元" 的单位“美元”不适用于本栏目；请只填数字，或改用元或万元'),
        ("integer", "30%", {"unit": "人"}, '"30%" 的单位“%”不适用于本栏目；请只填数字，或改用人'),
        ("integer", 29.5, {}, '"29.5" 不是整数；请填写整数，如 30'),
        ("amount", -5, {"min": Decimal(0)}, '"-5" 是负数；本栏目不能小于 0，请核对'),
        (
            "percent",
            120,
            {"min": Decimal(0), "max": Decimal(1)},
            '"120" 超出范围；应在 0% 和 100% 之间，请核对',
        ),
        (
            "integer",
            1999,
            {"min": Decimal(2000), "max": Decimal(2099)},
            '"1999" 超出范围；应在 2000 和 2099 之间，请核对',
        ),
        (
            "amount",
            10**16,
            {},
            '"10000000000000000" 超出范围；应在 -1000000000000000 和 1000000000000000 之间，请核对',
        ),
        (
            "amount",
            Cell(43954, DATE),
            {},
            '"2020-05-03" 是日期，不是数字；请把单元格格式改为“数值”后重新填写',
        ),
        (
            "amount",
            Cell(0.2104166666, TIME),
            {},
            '"5:03" 是时间，不是数字；请把单元格格式改为“数值”后重新填写',
        ),
        ("amount", Cell("#DIV/0!", fault=True), {}, '公式出错，显示为 "#DIV/0!"；请改正公式，或直接填写数值'),
        ("amount", Cell("", uncalculated=True), {}, "公式还没有计算结果；请用 WPS/Excel 打开并保存后再试"),
        ("text", Cell("", uncalculated=True), {}, "公式还没有计算结果；请用 WPS/Excel 打开并保存后再试"),
        ("yes-no", "大概", {}, '"大概" 不在可选范围内；请从下列选项中选一个：是、否'),
        (
            "choice",
            "当年年",
            {"choices": ("当年", "累计")},
            '"当年年" 不在可选范围内；请从下列选项中选一个：当年、累计（是不是“当年”？）',
        ),
        ("date", "三月", {}, '"三月" 不是日期；请填写日期，如 2021-03-15'),
        ("date", 44270, {}, '"44270" 不是日期；请填写日期，如 2021-03-15'),
        ("date", "2021-02-30", {}, '"2021-02-30" 不是日期；请填写日期，如 2021-03-15'),
    ],
)
def test_faults(kind, typed, options, line):
    assert read(kind, typed, **options) == (Underived("missing", ("项",)), [f"错误 表!C5〔项〕{line}"])


@pytest.mark.parametrize(
    "typed, low, high",
    [
        (3557.6, "35575950", "35576050"),
        (3557.61, "35576050", "35576150"),
        (3557.6013, "35576012.5", "35576013.5"),
        (51, "509950", "510050"),
    ],
)
def test_amounts_in_wan_stand_for_an_interval(typed, low, high):
    entry, _ = Reader(WAN, UNITS, PRINTS).read(Field("项", "项", "amount"), Cell(typed), AT)
    assert (entry.value.low, entry.value.high) == (Decimal(low), Decimal(high))


def test_amounts_in_yuan_are_exact_and_a_typed_unit_overrides():
    exact, _ = Reader(YUAN, UNITS, PRINTS).read(Field("项", "项", "amount"), Cell(53000), AT)
    assert exact.value == Interval.exact(53000)
    rounded, _ = Reader(YUAN, UNITS, PRINTS).read(Field("项", "项", "amount"), Cell("5.3万"), AT)
    assert (rounded.value.low, rounded.value.high) == (52950, 53050)


@pytest.mark.parametrize("text", ["2021/3/15", "2021.3.15", "２０２１年３月１５日", "2021-03-15 "])
def test_dates_as_text(text):
    assert parse_date(text) == date(2021, 3, 15)


def test_control_characters_go_and_everything_else_stays():
    assert clean("a\x00b_x000D_c\r\nd_x0041_<w:p>&amp;") == "ab\nc\nd_x0041_<w:p>&amp;"
