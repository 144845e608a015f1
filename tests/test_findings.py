"""The catalogue of findings: complete, printable everywhere, and its page of the documentation current."""

import ast
import re
from pathlib import Path

import pytest
from samples import FORMS
from workbooks import ROOT

from generator.catalogue import CATALOGUE, Severity
from generator.findings import Finding, closest, did_you_mean, finding, has_errors, quoted, sort_key
from generator.model import CellRef

PAGE = ROOT / "docs" / "问题代码.md"
HEAD = """# 问题代码

工具发现的每一种问题：代码、级别、说法和处理办法。“错误”不改正就不生成报告；“警告”“提示”不影响生成。
例句里的名称和数字只是示意。本页由 `generator/catalogue.py` 生成，更新办法：`python -m pytest --update-golden`。

| 代码 | 级别 | 例 | 怎样处理 |
|---|---|---|---|
"""


# Plausible details for every message, so that the page shows each finding as it is printed.
EXAMPLES = {
    "path": "inputs/2020.xlsx",
    "why": "被其他程序占用",
    "kind": " Word 文档",
    "mark": "~$",
    "size": "很小",
    "known": "yueyang-2020",
    "label": "人员编制",
    "sheet": "综述",
    "count": 2,
    "cells": "B6、B20",
    "table": "收入支出",
    "columns": "机构名称、上年结转、公共财政拨款……",
    "other": "三公经费合计",
    "other_value": "8.38万元",
    "fix": "请填写；没有发生额填 0",
    "what": "金额",
    "example": "39637500",
    "units": "元或万元",
    "low": "0%",
    "high": "100%",
    "choices": "当年、累计",
    "choice": "累计",
    "changes": "资金结余由 2 分变为 0 分",
    "field": "结余口径",
    "name": "资金结余",
    "names": "人员编制",
    "level": "过程",
    "points": "3",
    "official": "5",
    "score": "5",
    "lost": "1",
    "least": "0",
    "column": "扣分原因和其他说明",
    "first": "指标值",
    "second": "实际完成值",
    "tier": "部分达成",
    "allowed": "3（含）至4",
    "because": "没有公务卡",
    "total": "100",
    "open": "产出、效果",
    "group": "经济效益",
    "year": 2020,
    "figure": "1000项",
    "as_meant": "按 39637500 元理解",
    "tie": "决算收入合计核对",
    "left_words": "收入合计",
    "right_words": "决算收入合计",
    "left": "5237.85",
    "right": "5238.85",
    "unit": "万元",
    "relation": "两者不等",
    "difference": "1",
    "hint": "",
    "old": "1136",
    "new": "1200",
    "aside": "outputs/2020-20210315-090000.docx",
    "tag": "{{进厅事项}}项",
    "value": '"三千"',
    "place": "“本年收入”一行",
    "where": "在批注里",
    "figures": "3557.6 → 3557.7",
    "missing": "仿宋_GB2312、黑体",
    "used": "NotoSansCJKsc",
    "formula": "审计项目 / 60",
    "typed": "元",
    "text": "5237.85",
    "shown": "5237.85元",
    "instead": "{{收入合计}}万元",
    "printed": "95.87%",
    "literal": "0.9587%",
    "row": "9",
    "times": "一万倍",
    "range": "C8:D12",
    "factor": "扩大",
    "ratio": "收入合计 ÷ 支出合计",
    "now": "0.11",
    "then": "1.12",
    "looks": "合计行",
    "chosen": "元",
    "own": "人",
    "stored": "39637500",
    "kept": "29",
    "places": "D6",
    "target": "60个",
    "figures_list": "“。。”、“，，”",
    "backup": "，合并前的文件存为 outputs/.gen-report/2020-20210315-090000.docx",
}


# Examples that fit one entry only.
OF_CODE = {
    "amount.scale": {"value": '"3963.75"', "fix": "请核对是不是把万元数填成了元，或把元数填成了万元"},
    "amount.block": {"sheet": "支出分类", "tie": "支出经济分类与基本支出、支出经济分类与项目支出"},
    "amount.impossible": {"value": '"3963.75"', "fix": "请核对小数点和位数"},
    "amount.unusual": {
        "value": '"396375000"',
        "now": "10.22",
        "as_meant": "按 39637500 元理解",
        "fix": "请核对小数点和位数",
    },
    "amount.ratio": {
        "name": "人均人员支出",
        "ratio": "人员支出 ÷ 实有人数",
        "now": "125.47元",
        "low": "1000元",
        "high": "5000000元",
    },
    "amount.magnitude": {"value": '"820"', "other": "项目支出", "other_value": "786.46万元", "fix": ""},
    "amount.size": {"value": '"元"', "label": "金额单位"},
    "amount.below": {"value": '"-1234567.89"'},
    "amount.huge": {"value": '"15678900000000"'},
    "amount.parts-of-fen": {"value": '"4.533075"'},
    "amount.unit": {
        "value": '"元"',
        "ratio": "人均人员支出",
        "now": "12.55元",
        "then": "125474元",
        "label": "金额单位",
    },
    "cell.digits-lost": {"value": '"3.01001E+17"', "kept": "15"},
    "cell.struck-part": {"value": '"30"'},
    "cell.percent-ambiguous": {"value": '"1"', "larger": "100", "smaller": "1"},
    "cell.misplaced": {"value": '"2"', "label": "退休人数", "cell": "C11"},
    "sheet.too-many-areas": {"count": "10"},
    "table.too-many-rows": {"count": "3401"},
    "cell.covered": {"value": '"30"', "where": "C3:C5"},
    "cell.merged-away": {"first": "D6"},
    "cell.blank-mark": {"value": '"无"'},
    "cell.shown-otherwise": {"value": '"3,963.75万元"', "stored": "3963.75"},
    "cell.hidden-digits": {"value": '"3963.8万元"'},
    "cell.shown-short": {"value": '"4.30602E+11"', "stored": "430602001002"},
    "cell.part-of-date": {"value": '"3月15日"', "stored": "2021-03-15"},
    "cell.date-for-number": {"value": '"5月10日"', "kind": "日期"},
    "cell.date-incomplete": {"value": '"2021年3月"'},
    "cell.not-one-number": {"value": '"95%-98%"', "why": "写的是一个范围，不是一个数"},
    "cell.other-unit": {"where": "旁边的单位栏"},
    "cell.wrong-unit": {"value": '"2万人"', "unit": "万人", "allowed": "请只填数字，或改用人"},
    "row.total": {"value": '"合计"'},
    "row.note": {"value": '"注：数据来自决算报表"'},
    "row.only-name": {"value": '"信息中心"'},
    "cells.hidden": {"places": "第 7 行"},
    "text.contradicts": {"value": '"在职人员110人"', "name": "实有人数", "right": "108人"},
    "text.wrong-rate": {"value": '"387个，已整改371个，整改率98%"', "right": "95.87%"},
    "text.wrong-total": {"value": '"12个，调查23个，评估31个，共计67个"', "right": "66个"},
    "text.numbered": {"value": '"1、"'},
    "text.heading": {"value": '"1.主要职能。"'},
    "figure.over": {
        "name": "三公经费控制率",
        "names": "三公经费预算数",
        "cells": "评分数据!C5〔三公经费预算数〕",
    },
    "form.standard-differs": {
        "name": "三公经费变动率",
        "told": "规则里的 0.5分 文字里没有；文字里的 0.8分 规则里没有",
    },
    "score.default-reading": {
        "field": "无此项口径",
        "default": "按满分",
        "choice": "折算",
        "changes": "政府采购执行率由 3 分变为不计分",
        "total": "99",
        "other": "98.97",
        "sheet": "评分数据",
    },
    "goal.doubled": {"value": '"完成审计项目60个"', "other": "D23"},
    "goal.short": {"value": '"完成56个"', "label": "完成情况"},
}


def page():
    rows = []
    for code, wording in CATALOGUE.items():
        examples = EXAMPLES | OF_CODE.get(code, {})
        message = wording.message.format(**examples)
        fix = wording.fix.format(**examples)
        rows.append(f"| `{code}` | {wording.severity.label} | {message} | {fix} |".replace("\n", " "))
    return HEAD + "\n".join(rows) + "\n"


def test_page_of_the_documentation_is_current(request):
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page(), "utf-8")
    assert PAGE.read_text("utf-8") == page(), "python -m pytest --update-golden"


def codes_in_use():
    """Every first argument of ``finding(…)`` in the package that is a code."""
    for path in sorted((ROOT / "generator").rglob("*.py")):
        texts = (n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant))
        if path.name != "catalogue.py":
            yield from (text for text in texts if isinstance(text, str) and text in CATALOGUE)


def test_every_code_is_used_and_no_other():
    assert set(codes_in_use()) == set(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_messages_say_what_to_do_and_print_on_a_gbk_console(code):
    wording = CATALOGUE[code]
    assert wording.fix
    assert not wording.message.endswith("。")
    assert (wording.message + wording.fix).encode("gbk")
    assert re.fullmatch(r"[a-z]+\.[a-z-]+", code)


@pytest.mark.parametrize(
    "name", ["form.toml", "fields.toml", "figures.toml", "checks.toml", "indicators.toml"]
)
def test_what_forms_put_into_messages_prints_on_a_gbk_console(name):
    for form in FORMS.values():
        assert (form.folder / name).read_text("utf-8").encode("gbk")


def test_a_finding_as_a_line():
    at = CellRef("收入支出", "C5")
    made = finding("cell.not-a-number", at, "公共财政拨款", "三千", what="金额", example="39637500")
    assert made.line() == '错误 收入支出!C5〔公共财政拨款〕"三千" 不是数字；请填写金额，如 39637500'
    assert (made.code, made.severity, made.value) == ("cell.not-a-number", Severity.ERROR, "三千")


def test_an_unknown_code_is_a_bug():
    with pytest.raises(KeyError):
        finding("no.such-code")


@pytest.mark.parametrize(
    "value, expected", [("三千", '"三千"'), ("一\n 二", '"一 二"'), ("长" * 50, '"' + "长" * 40 + '…"')]
)
def test_values_are_quoted_short_and_on_one_line(value, expected):
    assert quoted(value) == expected


def test_did_you_mean():
    assert did_you_mean("进厅事顶", ["进厅事项", "人员"]) == "（是不是“进厅事项”？）"
    assert did_you_mean("甲", ["乙"]) == ""
    assert closest("当年年", ["当年", "累计"]) == "当年"


def at(sheet, cell):
    return Finding("x", Severity.NOTE, "", "", CellRef(sheet, cell))


def test_order_is_by_sheet_row_and_column():
    findings = [
        at("乙", "A1"),
        at("甲", "B10"),
        at("甲", "AA2"),
        at("甲", "B2"),
        at("丙", "A1"),
        at("甲", ""),
    ]
    ordered = sorted(findings, key=lambda each: sort_key(each, ("甲", "乙")))
    assert [str(each.at) for each in ordered] == ["甲", "甲!B2", "甲!AA2", "甲!B10", "乙!A1", "丙!A1"]


def test_only_errors_stop():
    assert has_errors([finding("file.missing", path="x")])
    assert not has_errors([at("甲", "A1")])


def test_the_page_is_linked():
    assert "问题代码.md" in (ROOT / "README.md").read_text("utf-8")
    assert Path(PAGE).exists()
