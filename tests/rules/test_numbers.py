"""Numbers inside sentences: what does not come out is told with the right figure, and nothing else is."""

import pytest
from workbooks import SAMPLE, Workbook, news

from generator.pipeline import examine
from generator.rules.numbers import _wrong

WRONG = [
    ("进厅事项从707项增至1136项，净增430项。", "text.wrong-change", "从707项增至1136项，净增430项", "429项"),
    ("由61项增加到111项，增加了40项", "text.wrong-change", "由61项增加到111项，增加了40项", "50项"),
    ("编制从35人减少到30人，减少4人", "text.wrong-change", "从35人减少到30人，减少4人", "5人"),
    ("预算从100万元增加到150万元，增长45%", "text.wrong-change", "从100万元增加到150万元，增长45%", "50%"),
    ("下放事项116项，其中乡镇71项，村46项。", "text.wrong-parts", "116项，其中乡镇71项，村46项", "117项"),
    (
        "基本支出1028.69万元，其中人员396.6万元，公用633.09万元。",
        "text.wrong-parts",
        "1028.69万元，其中人员396.6万元，公用633.09万元",
        "1029.69万元",
    ),
    ("共1136项。一窗通办796项，占比71.1%。", "text.wrong-share", "796项，占比71.1%", "70.1%"),
    (
        "共1136项。一窗796项，占比70.1%；专区340项，占比39.9%。",
        "text.wrong-share",
        "340项，占比39.9%",
        "29.9%",
    ),
]

RIGHT = [
    "进厅事项从707项增至1136项，净增429项。",
    "由61项增至111项",
    "从707项增至1136个，净增430项",  # units differ: not the same thing
    "下放事项116项，其中乡镇71项，村45项。",
    "实现“一厅集成”1136项，其中“一窗通办”796项、“一网通办”263项、“全域通办”285项。",  # overlapping kinds
    "共116项，其中乡镇60项，村20项。",  # not all are listed
    "共1136项。一窗通办796项，涉及部门27个，占比70.1%；专区340项，占比29.9%。",
    "总支出3557.6万元，基本支出1028.69万元，占比28.92%、项目支出2528.92万元，占比71.08%。",  # rounded parts
    "占比70.1%",
    "约三分之一，占比33%",
    "预算从100万元增加到150万元，增长50%",
]


@pytest.mark.parametrize("text, code, phrase, right", WRONG)
def test_what_does_not_come_out_is_told_with_the_right_figure(text, code, phrase, right):
    assert list(_wrong(text)) == [(code, phrase, right)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_comes_out_or_was_never_meant_to_is_left_alone(text):
    assert list(_wrong(text)) == []


def test_no_false_alarm_on_the_sample():
    assert news(examine(SAMPLE).findings) == []


@pytest.mark.parametrize(
    "text, lines",
    [
        ("已有1136项进厅。", ['提示 {格}〔存在的主要问题〕文字里的 "1136项" 可以写成 {{{{进厅事项}}}}项；改了以后，数据一改文字会跟着改']),
        ("项目支出2528.92万元。", ['提示 {格}〔存在的主要问题〕文字里的 "2528.92万元" 可以写成 {{{{项目支出}}}}万元；改了以后，数据一改文字会跟着改']),
        ("已有{{{{进厅事项}}}}项进厅。", []),
        ("已有1136个事项。", []),  # another unit
        ("有10个支部。", []),  # short numbers coincide
        (
            "从707项增至1136项，净增430项。",
            [
                '警告 {格}〔存在的主要问题〕"从707项增至1136项，净增430项" 算下来应是 429项；请核对这句话里的数字',
                '提示 {格}〔存在的主要问题〕文字里的 "707项" 可以写成 {{{{上年进厅事项}}}}项；改了以后，数据一改文字会跟着改',
                '提示 {格}〔存在的主要问题〕文字里的 "1136项" 可以写成 {{{{进厅事项}}}}项；改了以后，数据一改文字会跟着改',
            ],
        ),
    ],
)  # fmt: skip
def test_as_findings(tmp_path, text, lines):
    book = Workbook().set(存在的主要问题=text.format())
    found = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    cell = book.a1("存在的主要问题")
    assert sorted(f.line() for f in found) == sorted(line.format(格=cell) for line in lines)


def test_a_corrected_fact_is_right_in_every_sentence(tmp_path):
    book = Workbook().row("工作数据", Workbook().find_row("工作数据", "名称", "进厅事项"), 数值=1200)
    figures = examine(book.save(tmp_path / "x.xlsx")).report.figures
    text = figures.values["年度总体运行情况及取得的成绩"].text
    assert text.count("1200") == 3
    assert "净增493项" in text
    assert "占比66.3%" in text
    assert "1136" not in text
