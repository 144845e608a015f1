"""Named facts: typed or derived, and what can be wrong with them."""

import pytest
from workbooks import Workbook, news

from generator.pipeline import examine


def facts(tmp_path, *rows):
    """The sample with these rows of facts only, and with no text that names others."""
    book = Workbook().fill("工作数据", *rows)
    book.set(年度总体运行情况及取得的成绩="全年{{甲}}项。", 绩效情况="如上。")
    for table in ("定性目标", "定量目标"):
        goal = {
            "预期目标": "完成",
            "实际完成": "已完成",
            "评价内容": "产出目标",
            "指标类别": "质量指标",
            "绩效目标": "完成",
        }
        goal["完成情况"] = "已完成"
        columns = book._table(table)[1]
        book.fill(table, {key: value for key, value in goal.items() if key in columns})
    examination = examine(book.save(tmp_path / "x.xlsx"))
    return book, examination.report.figures, [f.line() for f in news(examination.findings)]


def row(name, value=None, unit=None, formula=None):
    return {"名称": name, "数值": value, "数据单位": unit, "公式": formula}


@pytest.mark.parametrize(
    "fact, printed",
    [
        (row("甲", 1136, "项"), "1136"),
        (row("甲", 1.5, "亿人次"), "1.5"),
        (row("甲", "若干"), "若干"),
        (row("甲", None, "%", "乙 / 丙"), "70.1%"),
        (row("甲", None, "项", "丙 - 乙"), "340"),
        (row("甲", None, "倍", "丙 / 乙"), "1.43"),
        (row("甲", None, "%", "项目支出 / 支出合计"), "71.1%"),
    ],
)
def test_values_as_printed_in_a_text(tmp_path, fact, printed):
    _, figures, lines = facts(tmp_path, fact, row("乙", 796, "项"), row("丙", 1136, "项"))
    assert figures.values["年度总体运行情况及取得的成绩"].text == f"全年{printed}项。"
    assert lines == []


@pytest.mark.parametrize(
    "fact, line",
    [
        (row("甲"), "错误 工作数据!C6〔数值〕“甲”没有数值，也没有公式；请填写数值，或填写公式"),
        (
            row("甲", 5, None, "乙 + 1"),
            '错误 工作数据!E6〔公式〕“甲”既填了数值，又填了公式 "乙 + 1"；请只留一个',
        ),
        (
            row("甲", None, None, "乙 +"),
            '错误 工作数据!E6〔公式〕公式 "乙 +" 算不了：公式写法不对：乙 +；请改正，如 甲事项 / 全部事项',
        ),
        (
            row("甲", None, None, "乙乙 + 1"),
            '错误 工作数据!E6〔公式〕公式 "乙乙 + 1" 算不了：没有名为“乙乙”的数据；请改正，如 甲事项 / 全部事项（是不是“乙”？）',
        ),
        (
            row("甲", None, None, "部门名称 + 1"),
            '错误 工作数据!E6〔公式〕公式 "部门名称 + 1" 算不了：“部门名称”不是数；请改正，如 甲事项 / 全部事项',
        ),
        (
            row("甲", None, "%", "乙 / 零"),
            '错误 工作数据!E6〔公式〕公式 "乙 / 零" 算不了：零为 0，不能作分母；请改正，如 甲事项 / 全部事项',
        ),
        (
            row("甲", None, None, "甲 + 1"),
            '错误 工作数据!E6〔公式〕公式 "甲 + 1" 算不了：甲互相引用；请改正，如 甲事项 / 全部事项',
        ),
        (
            row("甲", None, None, "1E+15 * 1E+15"),
            '错误 工作数据!E6〔公式〕公式 "1E+15 * 1E+15" 算不了：结果太大；请改正，如 甲事项 / 全部事项',
        ),
    ],
)
def test_faults(tmp_path, fact, line):
    _, _, lines = facts(tmp_path, fact, row("乙", 796, "项"), row("零", 0, "项"))
    assert lines == [line]
