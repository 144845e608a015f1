"""Braces in texts: what is a reference, what was meant as one and is told, and what is none."""

import pytest
from workbooks import Workbook, news

from generator.amounts import Interval
from generator.model import CellRef, Figure
from generator.pipeline import examine
from generator.rules.references import references
from generator.rules.texts import Facts

NAMES = ("审计项目", "移送线索", "收入合计", "基本支出", "甲")
CELL = CellRef("综述", "C7")
HEAD = "错误 综述!C7〔绩效情况〕"


def filled(text):
    """The text as printed, and what is told of it."""
    named = {name: Figure(name, Interval.exact(66), "66") for name in NAMES}
    facts = Facts(named, "工作数据", "公式")
    made, findings = facts.fill(Figure("绩效情况", text, text, at=CELL))
    assert "".join(piece for piece, _ in made.fragments or ((made.text, None),)) == made.text
    return made.text, [each.line() for each in findings]


TAGS = [
    "{{审计项目}}",
    "{{ 审计项目 }}",
    "{{　审计项目　}}",
    "{{审计\u200b项目}}",
    "{{\ufeff审计项目\u2060}}",
    "{{审\u00ad计项目\u200e}}",
    "{\u200b{审计项目}\u200b}",
    "{{\u202a审计项目\u202c}}",
    "{{\n审计项目\n}}",
]


@pytest.mark.parametrize("tag", TAGS, ids=ascii)
def test_tags_and_signs_in_them_that_nobody_sees(tag):
    assert filled(f"共{tag}个") == ("共66个", [])


def test_invisible_signs_outside_of_a_tag_stay_where_they_are():
    assert filled("共\u200b{{审计\u200b项目}}\u200b个\u200b。") == ("共\u200b66\u200b个\u200b。", [])


def test_a_brace_more_behind_a_tag_is_text():
    assert filled('{"甲数":{{审计项目}}}') == ('{"甲数":66}', [])


def near(typed, meant):
    return f'{HEAD}文字里的 "{typed}" 不是正确的引用，会照样印出；引用数据请写成 {{{{{meant}}}}}：半角花括号，两边各两个，中间只写名称'


NEAR = [
    ("｛｛审计项目｝｝", "｛｛审计项目｝｝", "审计项目"),
    ("｛｛ 审计项目 ｝｝", "｛｛ 审计项目 ｝｝", "审计项目"),
    ("{｛审计项目}}", "{｛审计项目}}", "审计项目"),
    ("｛{审计项目}｝", "｛{审计项目}｝", "审计项目"),
    ("{{审计项目｝｝", "{{审计项目｝｝", "审计项目"),
    ("｛｛审计\u200b项目｝｝", "｛｛审计项目｝｝", "审计项目"),
    ("｛｛没有｝｝", "｛｛没有｝｝", "没有"),
    ("{审计项目}", "{审计项目}", "审计项目"),
    ("｛审计项目｝", "｛审计项目｝", "审计项目"),
    ("{ 审计项目 }", "{ 审计项目 }", "审计项目"),
    ("{审计项}", "{审计项}", "审计项目"),
    ("{审计顶目}", "{审计顶目}", "审计项目"),
    ("{审计 项目}", "{审计 项目}", "审计项目"),
    ("{ {审计项目} }", "{ {审计项目} }", "审计项目"),
    ("{ { 审计项目 } }", "{ { 审计项目 } }", "审计项目"),
    ("{{审计项目", "{{审计项目", "审计项目"),
    ("共{{审计项目个，查出问题", "{{审计项目", "审计项目"),
    ("{{审计项目}", "{{审计项目}", "审计项目"),
    ("{审计项目}}", "{审计项目}}", "审计项目"),
    ("完成审计项目}}个", "审计项目}}", "审计项目"),
    ("{{没有}", "{{没有}", "没有"),
    ("{{没有，共5个", "{{没有", "没有"),
    ("{{{审计项目}}}", "{{{审计项目}}}", "审计项目"),
    ("{{审计 项目}}", "{{审计 项目}}", "审计项目"),
    ("{{审计\n项目}}", "{{审计 项目}}", "审计项目"),
    ("{{“审计项目”}}", "{{“审计项目”}}", "审计项目"),
    ("{{审计项目（个）}}", "{{审计项目（个）}}", "审计项目"),
    ("{{审计项目，移送线索}}", "{{审计项目，移送线索}}", "审计项目"),
    ("{{审计项目：}}", "{{审计项目：}}", "审计项目"),
    ("{{}}", "{{}}", "名称"),
    ("{{ }}", "{{ }}", "名称"),
    ("{{3月项目}}", "{{3月项目}}", "名称"),
]


@pytest.mark.parametrize(("text", "typed", "meant"), NEAR, ids=[ascii(c[0]) for c in NEAR])
def test_what_was_meant_as_a_reference_is_told(text, typed, meant):
    assert filled(text)[1] == [near(typed, meant)]


def formula(typed, column):
    return (
        f'{HEAD}文字里的 "{typed}" 写了算式，文字里只能写名称；'
        f"请在“工作数据”表加一行，“公式”栏写 {column}，文字里引用这一行的名称，如 {{{{名称}}}}"
    )


EXPRESSIONS = [
    ("{{审计项目 / 60}}", "审计项目 / 60"),
    ("{{甲/60}}", "甲/60"),
    ("{{甲÷60×100}}", "甲/60*100"),
    ("{{甲＋１}}", "甲+1"),
    ("{{甲-审计项目}}", "甲-审计项目"),
    ("{{甲.乙}}", "算式"),
    ("{{甲|int}}", "算式"),
    ("{{甲()}}", "算式"),
    ("{{abs(甲)}}", "abs(甲)"),
    ("{{7*7}}", "7*7"),
    ("｛｛甲/60｝｝", "甲/60"),
    ("{{甲/60}", "甲/60"),
    ("{审计项目/60}", "审计项目/60"),
]


@pytest.mark.parametrize(("text", "column"), EXPRESSIONS)
def test_expressions_belong_into_the_column_of_formulas(text, column):
    assert filled(f"完成{text}。")[1] == [formula(text, column)]


CODE = [
    ("{% if x %}完成{% endif %}", "{% if x %}"),
    ("{%p if 甲 %}", "{%p if 甲 %}"),
    ("{%- for 行 in 表 -%}", "{%- for 行 in 表 -%}"),
    ("｛％ if x ％｝", "｛％ if x ％｝"),
    ("{# 说明 #}", "{# 说明 #}"),
    ("{% if 审计项目", "{% if"),
]


@pytest.mark.parametrize(("text", "typed"), CODE)
def test_program_code_is_told_once_and_stays_as_it_is(text, typed):
    line = (
        f'{HEAD}文字里的 "{typed}" 是程序写法，在这里不起作用，会照样印出；请删去；文字里只能写 {{{{名称}}}}'
    )
    assert filled(text) == (text, [line])


NONE = [
    "{",
    "}",
    "{{",
    "}}",
    "{}",
    "{ }",
    "{一}",
    "｛一｝",
    "{备注}",
    "｛备注｝",
    "{ {备注} }",
    "{没有}}",
    "集合{1,2,3}",
    "{审计项目,移送线索}",
    "{x|x>0}",
    "{{1,2},{3,4}}",
    "{{a},{b}}",
    "{{a}, b}",
    "{{1}}",
    "{{……}}",
    "x^{2}",
    r"\frac{1}{2}",
    '{"a":{"b":1}}',
    '{"审计项目":66}',
    "{{“甲”：1，“移送线索”：2}}",
    "50{%}",
    "{50%}",
    "{#1}",
    "{%",
    "一{二",
    "如图{见附件",
    "共66个",
]


@pytest.mark.parametrize("text", NONE)
def test_braces_that_are_no_reference_stay_text(text):
    assert filled(text) == (text, [])


def test_a_draft_marks_what_was_meant():
    assert (
        filled("共｛｛审计项目｝｝个，{{甲 / 60}}，{{}}")[0]
        == "共【待填：审计项目】个，【待填：甲 / 60】，【待填：名称】"
    )


def test_an_unknown_name_is_told_as_ever():
    assert filled("{{审计项木}}")[1] == [
        f'{HEAD}文字里的 "{{{{审计项木}}}}" 没有对应的数据；请在“工作数据”表补上，或改正名称（是不是“审计项目”？）'
    ]


def test_a_name_in_full_width_letters_is_the_same_name():
    facts = Facts({"A类": Figure("A类", Interval.exact(5), "5")}, "工作数据", "公式")
    made, findings = facts.fill(Figure("绩效情况", "", "共{{Ａ类}}项", at=CELL))
    assert (made.text, findings) == ("共5项", [])


@pytest.mark.parametrize(
    "text", ["{" * 30000, "{甲" * 10000, "{%" * 15000, "}}" * 15000, "甲" * 30000 + "}}", "{ " * 15000]
)
def test_texts_full_of_braces_are_read_in_one_pass(text):
    assert all(each.start < each.end for each in references(text, NAMES))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("共完成｛｛进厅事项｝｝个", "text.near-reference"),
        ("共完成{进厅事项}个", "text.near-reference"),
        ("{% if x %}完成{% endif %}", "text.program-code"),
        ("完成{{进厅事项 / 60}}", "text.expression"),
        ("完成{备注}{1,2}", None),
    ],
)
def test_in_a_workbook_they_are_told_with_their_cell(tmp_path, text, code):
    book = Workbook().set(存在的主要问题=text)
    found = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    assert [(each.code, str(each.at)) for each in found] == (
        [(code, book.a1("存在的主要问题"))] if code else []
    )


def test_a_text_with_invisible_signs_in_its_tag_is_not_built_upon(tmp_path):
    book = Workbook().set(联系人="{\u200b{进厅事项}}项", 机构情况="{{联系人}}")
    [found] = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    assert found.code == "text.unknown-name"
