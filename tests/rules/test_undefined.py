"""Ratios without a value: where the rules say what then holds, they print as a dash; where not, an error."""

import openpyxl
import pytest
from documents import text
from samples import FORMS, SAMPLES
from variants import variant
from workbooks import FORM, STANDING, Workbook

from generator import form as forms
from generator.document.render import render
from generator.formula import Underived
from generator.model import NO_RATIO
from generator.pipeline import examine
from generator.workbook.blank import blank

HUNAN = FORMS["hunan-department-2018"]
REASON = "预决算没有安排"


def test_a_text_may_name_a_ratio_that_has_no_value(tmp_path):
    book = Workbook().set(上年三公经费=0, 绩效情况="“三公经费”变动率为{{三公经费变动率}}。")
    examination = examine(book.save(tmp_path / "x.xlsx"))
    report = examination.report
    assert [each.code for each in examination.findings if each.code not in STANDING] == ["figure.over"]
    figure = report.figures.values["三公经费变动率"]
    assert (isinstance(figure.value, Underived), figure.text) == (True, NO_RATIO)
    assert "“三公经费”变动率为—。" in text(render(report, FORM)[0])


def test_a_template_prints_it_as_a_dash_and_counts_it_as_absent(tmp_path):
    book = Workbook(SAMPLES[HUNAN.id], HUNAN)
    book.set(有新建楼堂馆所="否", 批准建设面积=0, 实际建设面积=0)
    report = examine(book.save(tmp_path / "x.xlsx")).report
    document, faults = render(report, HUNAN)
    assert report.figures.values["楼堂馆所面积控制率"].text == NO_RATIO
    assert (faults, "待填" in text(document)) == ([], False)


@pytest.mark.parametrize("policy, found", [("zero", []), ("error", ["figure.zero-denominator"])])
def test_what_such_a_measure_rests_on_is_spared_too(tmp_path, policy, found):
    """``abs(执行率 - 1)`` has no value because 执行率 has none: one cause, and the rule says what holds."""
    rule = (
        'rule = { kind = "per-point", measure = "采购偏离度", direction = "above", base = 0, deduct = 0.2, '
        f'part_of_point = "不足一个百分点", undefined = "{policy}" }}'
    )
    figure = '[[figure]]\nname = "采购偏离度"\nformula = "abs(政府采购执行率 - 1)"\nformat = "百分比"\nsource = ["tool"]'
    data = (FORM.folder / "indicators.toml").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(data) if 'measure = "政府采购执行率"' in line)
    # The rule, and below it what holds where there is no buying at all.
    old = "\n".join(data[at : at + 2])
    assert "not_applicable" in old
    folder = variant(tmp_path, ("figures.toml", "", figure), ("indicators.toml", old, rule))
    book = Workbook().set(政府采购预算数=0, 实际政府采购金额=0)
    row = book.find_row("评分表", "三级指标", "政府采购执行率")
    book.row("评分表", row, 扣分原因和其他说明=REASON)
    findings = examine(book.save(tmp_path / "x.xlsx"), str(folder)).findings
    assert [each.code for each in findings if each.code not in STANDING] == found


def test_a_blank_base_is_no_zero(tmp_path):
    book = Workbook(SAMPLES[HUNAN.id], HUNAN).set(有新建楼堂馆所="是", 批准建设面积=None, 实际建设面积=500)
    examination = examine(book.save(tmp_path / "x.xlsx"))
    assert [
        each.line() for each in examination.findings if each.code.startswith(("figure.", "score.no"))
    ] == [
        "错误 楼堂馆所!C5〔楼堂馆所面积控制率〕算不出“楼堂馆所面积控制率”：分母（批准建设面积）为 0 或没有填写；"
        "请填写这些单元格：楼堂馆所!C5〔批准建设面积〕"
    ]


def test_a_base_in_several_rows_is_named_by_its_sheet(tmp_path):
    """The total of a column stands in no single cell."""
    data = (FORM.folder / "indicators.toml").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(data) if 'measure = "固定资产利用率"' in line)
    folder = variant(tmp_path, ("indicators.toml", data[at + 1], ""))
    first = {
        "机构名称": "机关",
        "上年结转": 0,
        "公共财政拨款": 10,
        "人员支出": 10,
        "公用支出": 0,
        "项目支出": 0,
    }
    first |= {"公务接待费": 0, "公务用车运维费": 0, "公务用车购置费": 0, "因公出国费": 0, "在用固定资产": 0}
    book = Workbook().fill("收入支出", first, {**first, "机构名称": "二级单位"})
    findings = examine(book.save(tmp_path / "x.xlsx"), str(folder)).findings
    assert [each.line() for each in findings if each.code == "figure.zero-denominator"] == [
        "错误 收入支出〔固定资产利用率〕算不出“固定资产利用率”：分母（固定资产合计）为 0 或没有填写；请填写这些单元格："
        "收入支出〔在用固定资产〕、收入支出〔出租固定资产〕、收入支出〔其他固定资产〕"
    ]


def test_data_that_may_be_blank_and_is_needed_is_asked_for(tmp_path):
    book = Workbook(SAMPLES[HUNAN.id], HUNAN).set(有新建楼堂馆所="是", 批准建设面积=1200, 实际建设面积=None)
    examination = examine(book.save(tmp_path / "x.xlsx"))
    assert [each.line() for each in examination.findings if each.code == "score.no-data"] == [
        "错误 楼堂馆所!C6〔实际建设面积〕“新建楼堂馆所面积控制率”计分要用的数据没有填写；"
        "请填写这些单元格：楼堂馆所!C6〔实际建设面积〕"
    ]


def test_a_condition_over_yes_and_no_works_in_the_blank_workbook(tmp_path):
    figure = '[[figure]]\nname = "有制度计一"\nformula = "1 if 有预算管理制度 else 0"\nformat = "整数"\nsource = ["tool"]'
    form = forms.load(variant(tmp_path, ("figures.toml", "", figure)))
    path = tmp_path / "x.xlsx"
    path.write_bytes(blank(form, 2021))
    cells = [str(cell.value) for row in openpyxl.load_workbook(path)["评分数据"] for cell in row]
    [formula] = [text for text in cells if '="是"' in text]
    assert formula.startswith("=IFERROR(IF(('评分数据'!C")
