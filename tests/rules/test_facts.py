"""Named facts: typed or derived, and what can be wrong with them."""

import datetime

import pytest
from workbooks import Workbook, news

from generator.amounts import plain
from generator.pipeline import examine


def facts(tmp_path, *rows, text="全年{{甲}}项。"):
    """The sample with these rows of facts only, and with no text that names others."""
    book = Workbook().fill("工作数据", *rows)
    book.set(年度总体运行情况及取得的成绩=text, 绩效情况="如上。")
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
        (row("甲", None, "%", "项目支出 / 支出合计"), "71.08%"),
    ],
)
def test_values_as_printed_in_a_text(tmp_path, fact, printed):
    others = row("乙", 796, "项"), row("丙", 1136, "项")
    _, figures, lines = facts(tmp_path, fact, *others, text="全年达到{{甲}}的水平。")
    assert figures.values["年度总体运行情况及取得的成绩"].text == f"全年达到{printed}的水平。"
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
            '错误 工作数据!E6〔公式〕公式 "部门名称 + 1" 算不了：“部门名称”是文字，不能参加计算；请改正，如 甲事项 / 全部事项',
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


PERCENTS = [
    ("0.9587 as a number", 0.9587, "General", "95.87%", "0.9587"),
    ("0.9587 as a text", "0.9587", "@", "95.87%", "0.9587"),
    ("a fraction with a zero", "0.950", "@", "95.0%", "0.95"),
    ("a short fraction", 0.5, "General", "50%", "0.5"),
    ("a negative fraction", -0.035, "General", "-3.5%", "-0.035"),
    ("95.87 as a number", 95.87, "General", "95.87%", "0.9587"),
    ("95.80 as a text", "95.80", "@", "95.80%", "0.958"),
    ("more than a hundred", 110, "General", "110%", "1.1"),
    ("a decrease", -5.3, "General", "-5.3%", "-0.053"),
    ("nothing", 0, "General", "0%", "0"),
    ("with its sign", "95.87%", "@", "95.87%", "0.9587"),
    ("with a wide sign", "95.87％", "@", "95.87％", "0.9587"),
    ("formatted", 0.9587, "0.00%", "95.87%", "0.9587"),
    ("a whole, with its sign", "100%", "@", "100%", "1"),
    ("a whole, formatted", 1, "0%", "100%", "1"),
]


@pytest.mark.parametrize(
    ("value", "number_format", "printed", "number"), [c[1:] for c in PERCENTS], ids=[c[0] for c in PERCENTS]
)
@pytest.mark.parametrize("text", ["整改率{{甲}}。", "整改率{{甲}}%。", "整改率{{甲}} ％。"])
def test_a_percentage_prints_once_and_is_a_fraction_in_formulas(
    tmp_path, value, number_format, printed, number, text
):
    book = Workbook().fill("工作数据", row("甲", value, "％"), row("乙", None, "倍", "甲 * 1"))
    sheet, cell = book.cell("工作数据", 0, "数值").split("!")
    book.book[sheet][cell].number_format = number_format
    book.set(机构情况=text)
    figures = examine(book.save(tmp_path / "x.xlsx")).report.figures
    assert figures.values["机构情况"].text == f"整改率{printed}。"
    assert plain(figures.facts["甲"].value.value) == number
    assert plain(figures.facts["乙"].value.value) == number
    assert figures.facts["甲"].unit == "%"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (
            0.9587,
            '提示 工作数据!C6〔数值〕“甲”的单位是 %，填的 "0.9587" 是小数，按 95.87% 印出；'
            "不用处理；如果是 0.9587%，请连百分号写成 0.9587%",
        ),
        (1, '错误 工作数据!C6〔数值〕"1" 可能是 100%，也可能是 1%；请写明百分号，如 100%'),
        ("1.00", '错误 工作数据!C6〔数值〕"1.00" 可能是 100%，也可能是 1%；请写明百分号，如 100%'),
        (95.87, None),
        ("95.87%", None),
        (0, None),
        ("约95", None),
    ],
)
def test_what_is_told_of_a_percentage(tmp_path, value, line):
    _, _, lines = facts(tmp_path, row("甲", value, "%"), text="整改率{{甲}}。")
    assert lines == ([] if line is None else [line])


@pytest.mark.parametrize(
    ("formula", "unit", "printed"),
    [
        ("乙 - 丙", "个百分点", "2.67"),
        ("乙 - 丙", "百分点", "2.67"),
        ("abs(丙 - 乙)", "个百分点", "2.67"),
        ("(乙 - 丙) * 100", "个百分点", "2.67"),
        ("乙 - 丙", "%", "2.7%"),
        ("丁 + 丁", "个百分点", "3"),
        ("丁 / 2", "个百分点", "0.75"),
        ("200 * 乙", "项", "191.74"),
    ],
)
def test_formulas_over_percentages(tmp_path, formula, unit, printed):
    rows = row("甲", None, unit, formula), row("乙", 95.87, "%"), row("丙", "93.2%"), row("丁", 1.5, unit)
    _, figures, lines = facts(tmp_path, *rows, text="达到{{甲}}的水平。")
    assert figures.facts["甲"].text == printed
    assert lines == []


def test_a_date_and_a_number_with_commas_print_as_the_cell_shows_them(tmp_path):
    rows = row("甲", "2023年9月30日"), row("乙", "1,812", "个")
    book = Workbook().fill("工作数据", *rows).set(机构情况="{{甲}}启用，共{{乙}}个。")
    figures = examine(book.save(tmp_path / "x.xlsx")).report.figures
    assert figures.values["机构情况"].text == "2023年9月30日启用，共1,812个。"
    assert plain(figures.facts["乙"].value.value) == "1812"


def test_literals_of_a_percentage_can_be_its_name_without_a_sign(tmp_path):
    _, _, lines = facts(tmp_path, row("甲", 95.87, "%"), text="整改率95.87%。")
    assert lines == [
        '提示 基本情况!C14〔年度总体运行情况及取得的成绩〕文字里的 "95.87%" 可以写成 {{甲}}；'
        "改了以后，数据一改文字会跟着改"
    ]


def test_a_date_cell_is_no_number(tmp_path):
    book = Workbook().fill("工作数据", row("甲", datetime.date(2023, 9, 30)))
    book.set(机构情况="{{甲}}启用。")
    figures = examine(book.save(tmp_path / "x.xlsx")).report.figures
    assert figures.values["机构情况"].text == "2023-09-30启用。"
    assert figures.facts["甲"].unit == ""
