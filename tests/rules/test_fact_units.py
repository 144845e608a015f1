"""Units of the unit's own facts: 602.97 in 万元 is 6,029,700 元 in every formula and prints in 万元 again."""

import pytest
from workbooks import Workbook, news

from generator.amounts import plain
from generator.pipeline import examine


def facts(tmp_path, *rows, text="全年完成。", cell=None):
    """The figures with these rows of facts, and what is found of them."""
    book = (
        Workbook()
        .fill("工作数据", *rows)
        .set(机构情况=text, 年度总体运行情况及取得的成绩="如上。", 绩效情况="如上。")
    )
    if cell is not None:
        sheet, address = book.cell("工作数据", 0, "数值").split("!")
        book.book[sheet][address].number_format = cell
    examination = examine(book.save(tmp_path / "x.xlsx"))
    lines = [each.line() for each in news(examination.findings) if each.at and each.at.sheet == "工作数据"]
    return examination.report.figures, lines


def row(name, value=None, unit=None, formula=None):
    return {"名称": name, "数值": value, "数据单位": unit, "公式": formula}


@pytest.mark.parametrize(
    ("value", "unit", "number", "text", "own"),
    [
        (602.97, "万元", "6029700", "602.97", "万元"),
        (6029700, "元", "6029700", "6029700", "元"),
        (0.0603, "亿元", "6030000", "0.0603", "亿元"),
        (6029.7, "千元", "6029700", "6029.7", "千元"),
        (6.0297, "百万元", "6029700", "6.0297", "百万元"),
        ("602.97万元", None, "6029700", "602.97万元", "万元"),
        ("602.97 万元", "万元", "6029700", "602.97 万元", "万元"),
        ("1,602.97万元", None, "16029700", "1,602.97万元", "万元"),
        ("1.2亿元", None, "120000000", "1.2亿元", "亿元"),
        ("66个", None, "66", "66个", "个"),
        (47, "万条", "470000", "47", "万条"),
        (3.5, "元/人", "3.5", "3.5", "元/人"),
        (2.4, "个百分点", "0.024", "2.4", "个百分点"),
        (2.4, "‰", "0.0024", "2.4", "‰"),
        (2.4, "倍", "2.4", "2.4", "倍"),
    ],
)
def test_a_typed_fact_counts_in_the_base_unit_and_prints_as_typed(tmp_path, value, unit, number, text, own):
    figures, lines = facts(tmp_path, row("甲", value, unit))
    fact = figures.facts["甲"]
    assert (plain(fact.value.value), fact.text, fact.unit) == (number, text, own)
    assert lines == []


@pytest.mark.parametrize("value", ["约602万元", "2023年", "9月30日", "602万元（含税）", "若干", "第3届"])
def test_what_is_no_plain_number_with_its_unit_stays_a_text(tmp_path, value):
    figures, lines = facts(tmp_path, row("甲", value))
    assert (figures.facts["甲"].value, figures.facts["甲"].text) == (value, value)
    assert lines == []


OTHERS = (
    row("上年收入", 602.97, "万元"),
    row("两年前收入", 5029700, "元"),
    row("欠款", "0.5亿元"),
    row("人数", 30, "人"),
    row("发布", 47, "万条"),
    row("转发", 3000, "条"),
    row("完成率", 95.87, "%"),
    row("无单位", 5),
    row("称号", "先进单位"),
)


@pytest.mark.parametrize(
    ("formula", "unit", "text"),
    [
        ("上年收入 - 两年前收入", "万元", "100"),
        ("上年收入 - 两年前收入", "元", "1000000"),
        ("欠款 + 上年收入", "万元", "5602.97"),
        ("欠款 + 上年收入", "亿元", "0.56"),
        ("上年收入 / 两年前收入 - 1", "%", "19.88%"),
        ("(上年收入 - 两年前收入) / 两年前收入 * 100", "%", "19.88%"),
        ("上年收入 / 人数", "万元", "20.1"),
        ("上年收入 / 人数", "元/人", "200990"),
        ("上年收入 * 完成率", "万元", "578.07"),
        ("上年收入 - 100万元", "万元", "502.97"),
        ("人数 * 2万元", "万元", "60"),
        ("本年收入 - 上年收入", "万元", "3503.32"),
        ("上年收入 / 实有人数", "万元", "20.79"),
        ("发布 + 转发", "万条", "47.3"),
        ("发布 / 转发", "倍", "156.67"),
        ("人数 * 1.5", "人", "45"),
        ("完成率 - 90%", "个百分点", "5.87"),
        ("上年收入 if 有值(称号) else 0", "万元", "602.97"),
        ("'高' if 完成率 > 90% else '低'", "", "高"),
        ("上年收入", "", "6029700"),
        ("max(上年收入, 两年前收入)", "万元", "602.97"),
    ],
)
def test_a_derived_fact_prints_in_its_unit(tmp_path, formula, unit, text):
    figures, lines = facts(tmp_path, row("甲", None, unit, formula), *OTHERS)
    assert lines == []
    assert figures.facts["甲"].text == text


@pytest.mark.parametrize(
    ("formula", "unit", "why"),
    [
        ("上年收入 + 人数", "万元", "“上年收入”是金额，“人数”是个数（人），不能相加"),
        ("完成率 + 上年收入", "万元", "“完成率”是百分比，“上年收入”是金额，不能相加"),
        ("本年收入 - 无单位", "万元", "“本年收入”是金额，“无单位”是没有单位的数，不能相减"),
        ("报告日期 + 上年收入", "万元", "“报告日期”是日期，不能参加计算"),
        ("1 if 称号 > 3 else 0", "项", "“称号”是文字，3 是数，不能比较"),
        ("1 if 称号 else 0", "项", "“称号”是文字，不能直接作条件，请写 有值(称号)"),
        (
            "1 if 结余口径 == '本年' else 0",
            "项",
            "“结余口径”没有选项“本年”，只有 当年、累计（是不是“当年”？）",
        ),
        ("上年收入 - 100", "万元", "100 没有写单位，不知道是 100元 还是 100万元，请把单位写在数字后面"),
        (
            "1 if 上年收入 > 600 else 0",
            "项",
            "600 没有写单位，不知道是 600元 还是 600万元，请把单位写在数字后面",
        ),
        ("上年收入 - 两年前收入", "%", "算出来是金额，“单位”却填了 %"),
        ("上年收入 - 两年前收入", "项", "算出来是金额，“单位”却填了 项"),
        ("人数 * 2", "万元", "算出来是个数（人），“单位”却填了 万元"),
        ("上年收入 / 两年前收入", "万元", "算出来是比率，“单位”却填了 万元"),
        ("人数 > 3", "", "算出来是判断，不是数"),
    ],
)
def test_unlike_things_are_refused_with_the_cell(tmp_path, formula, unit, why):
    _, lines = facts(tmp_path, row("甲", None, unit, formula), *OTHERS)
    told = f'错误 工作数据!E6〔公式〕公式 "{formula}" 算不了：{why}；请改正，如 甲事项 / 全部事项'
    assert lines == [told]


def test_two_units_of_one_number_are_told(tmp_path):
    _, lines = facts(tmp_path, row("甲", "602.97万元", "元"))
    assert lines == ['错误 工作数据!C6〔数值〕“甲”的数值 "602.97万元" 写了万元，单位栏却是元；请只留一个单位']


def test_last_years_income_in_wan_beside_this_years_in_yuan(tmp_path):
    """What a unit writes: the table of facts has 万元, the form's amounts are kept in 元."""
    rows = (
        row("上年收入", 602.97, "万元"),
        row("增加额", None, "万元", "本年收入 - 上年收入"),
        row("增长率", None, "%", "(本年收入 - 上年收入) / 上年收入"),
    )
    text = "比上年{{上年收入}}万元增加{{增加额}}万元，增长{{增长率}}。"
    book = Workbook().fill("工作数据", *rows).set(机构情况=text)
    book.set(公共财政拨款=7922200, 其他收入=0, 政府基金拨款=None, 专户非税收入拨款=None)
    figures = examine(book.save(tmp_path / "x.xlsx")).report.figures
    assert figures.values["机构情况"].text == "比上年602.97万元增加189.25万元，增长31.39%。"


def test_a_text_that_says_a_fact_right_or_in_another_unit_is_no_contradiction(tmp_path):
    for said, told in (("602.97万元", False), ("6029700元", False), ("612.97万元", True)):
        book = Workbook().fill("工作数据", row("培训投入", 602.97, "万元"))
        book.set(机构情况=f"培训投入{said}。")
        lines = [each.line() for each in examine(book.save(tmp_path / "x.xlsx")).findings]
        assert any("培训投入" in line and "612.97" in line for line in lines) is told
