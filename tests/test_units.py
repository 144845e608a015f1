"""Units that differ from the sample: each one a workbook, its findings and the places that must differ."""

import re

import pytest
from documents import lines, squeezed, tables, text
from workbooks import FORM, Workbook, news

from generator.catalogue import Severity
from generator.findings import has_errors
from generator.pipeline import produce

MONEY = [name for name, (table, column) in FORM.columns().items() if column.type == "amount"]


def report(book, tmp_path):
    """The document of a workbook that has no errors."""
    outcome = produce(book.save(tmp_path / "inputs" / "unit.xlsx"))
    assert outcome.output is not None, [f.line() for f in outcome.findings]
    return outcome.output


def row(name, **amounts):
    blank_allowed = {"政府基金拨款", "专户非税收入拨款", "其他收入", "出租固定资产", "其他固定资产"}
    filled = {column: 0 for column in MONEY if column not in blank_allowed}
    return {"机构名称": name, **filled, **amounts}


@pytest.fixture
def three_bodies():
    """The sample's figures divided over 机关 and two subordinate bodies."""
    book = Workbook()
    book.fill(
        "收入支出",
        row("机关", 上年结转=11315600, 公共财政拨款=30000000, 人员支出=2966000, 公用支出=6000000,
            项目支出=25000000, 公务接待费=53000, 公务用车运维费=30800, 在用固定资产=30000000),
        row("信息中心", 公共财政拨款=9637500, 人员支出=900000, 公用支出=320862, 项目支出=289151, 在用固定资产=261200),
        row("服务大厅", 其他收入=1425400, 人员支出=100000),
    )  # fmt: skip
    return book


def test_three_bodies_each_in_its_row_with_a_total(three_bodies, tmp_path):
    document = report(three_bodies, tmp_path)
    income = next(t for t in tables(document) if "收入合计" in t[0])
    body = [r for r in income if r[0] in ("机关及二级机构汇总", "机关", "信息中心", "服务大厅")]
    assert [r[:3] for r in body] == [
        ["机关及二级机构汇总", "5237.85", "1131.56"],
        ["机关", "4131.56", "1131.56"],
        ["信息中心", "963.75", "0"],
        ["服务大厅", "142.54", "0"],
    ]
    assert "纳入本次自评的机构共3个：机关、信息中心和服务大厅。" in text(document)
    assert "本单位只有本级" not in text(document)
    assert "本年总收入为4106.29万元，其中财政拨款收入为3963.75万元，占比96.53%" in text(document)


def test_one_body_has_no_total_row_and_says_so(tmp_path):
    document = report(Workbook(), tmp_path)
    assert "汇总" not in text(document)
    assert "本单位只有本级，没有二级机构。" in text(document)


def test_forty_goals_are_numbered_within_their_kind(tmp_path):
    goals = [
        {
            "评价内容": "产出目标",
            "指标类别": "数量指标",
            "绩效目标": f"完成第{n}类事项{n * 10}件",
            "完成情况": f"{n * 10}件",
        }
        for n in range(1, 41)
    ]
    goals.append(
        {"评价内容": "产出目标", "指标类别": "质量指标", "绩效目标": "一次办结率95%", "完成情况": "97%"}
    )
    document = report(Workbook().fill("定量目标", *goals), tmp_path)
    printed = lines(document)
    assert printed.index("指标1：一次办结率95%") < printed.index("指标1：完成第1类事项10件")
    assert [n for n in range(1, 41) if f"指标{n}：完成第{n}类事项{n * 10}件" in printed] == list(range(1, 41))
    # Official kinds without a goal keep the form's placeholders, one block each.
    assert printed.count("指标2：") == 6


def test_fund_and_special_account_income_appear_when_there_is_any(tmp_path):
    book = Workbook().set(政府基金拨款=2000000, 专户非税收入拨款=1000000, 公共财政拨款=36637500)
    document = report(book, tmp_path)
    assert (
        "其中财政拨款收入为3663.75万元，占比89.22%；政府基金拨款收入为200万元，占比4.87%；"
        "纳入专户管理的非税收入拨款为100万元，占比2.44%；其他收入为142.54万元，占比3.47%。"
    ) in text(document)


def test_no_fund_income_is_not_mentioned(tmp_path):
    narrative = text(report(Workbook(), tmp_path)).split("五、评价报告综述")[1]
    assert "政府基金" not in narrative
    assert "非税收入" not in narrative


IN_WAN = {"人员支出": 396.6, "公用支出": 632.09, "项目支出": 2528.92}


@pytest.fixture
def in_wan():
    """The sample in 万元 with two decimals, as it would be copied from printed tables."""
    book = Workbook()
    amounts = [name for name, field in FORM.fields().items() if field.type == "amount"]
    for name in [*amounts, *MONEY]:
        sheet, address = (None, None)
        try:
            sheet, address = book.address(name)
            cell = book.book[sheet].cell(*address)
        except KeyError:
            sheet, columns, rows = book._table("收入支出")
            cell = sheet.cell(rows.start, columns[name])
        if cell.value is not None:
            cell.value = round(cell.value / 10000 + 1e-9, 2)
    return book.set(金额单位="万元", 决算支出合计=3557.60)


def test_a_workbook_in_wan_prints_the_same_and_notes_the_rounding_tail(in_wan, tmp_path):
    outcome = produce(in_wan.save(tmp_path / "wan.xlsx"))
    assert outcome.output is not None
    assert {f.code for f in news(outcome.findings)} == {"tie.rounding"}
    assert [f.message for f in outcome.findings if f.rule == "决算支出合计核对"] == [
        "决算支出合计核对：支出合计 ＝ 3557.61万元，决算支出合计 ＝ 3557.6万元，尾差 0.01万元，由四舍五入造成"
    ]
    assert "本年总收入为4106.29万元，其中财政拨款收入为3963.75万元，占比96.53%" in text(outcome.output)
    assert outcome.examination.report.scorecard.total == 99


def test_blank_optional_parts_leave_no_trace(tmp_path):
    book = Workbook().set(退休人数=None, 其他收入=None, 其他资金支出=None)
    book.set(公共财政拨款=41062900, 财政拨款支出=35576013)
    control = {name: None for name in FORM.fields() if name.startswith("决算")}
    document = report(book.set(**control), tmp_path)
    said = text(document)
    assert "年末本单位实有在职在编人员29人。" in said
    assert "其中财政拨款收入为4106.29万元，占比100.00%。" in said
    assert "按资金来源划分：财政拨款支出3557.6万元，占比100.00%" in said
    assert not re.search(r"[，；、]。|[，；]；|：。", said)


def test_no_project_spending(tmp_path):
    """Without projects only the ties that say otherwise are told; the ratio over them needs no number."""
    book = Workbook().set(项目支出=0)
    outcome = produce(book.save(tmp_path / "none.xlsx"))
    assert outcome.output is None
    codes = {f.code for f in outcome.findings if f.severity is Severity.ERROR}
    assert codes == {"tie.broken"}


def test_carry_over_read_as_accumulated_costs_two_points(tmp_path):
    document = report(Workbook().set(结余口径="累计"), tmp_path)
    assert "资金结余：累计结余1680.25万元，超过上年结转1131.56万元，计0分" in text(document)
    assert "97分" in lines(document)


def test_the_sample_says_why_it_lost_a_point(tmp_path):
    document = report(Workbook(), tmp_path)
    assert "资金结余：当年结余548.69万元，不超过上年结转1131.56万元，计2分" in lines(document)
    assert "资金有结余" in lines(document)


def test_a_unit_renames_adds_drops_and_reweights_its_own_rows(tmp_path):
    book = Workbook()
    rows = [
        {"一级指标": i.level1, "二级指标": i.level2, "三级指标": i.level3, "分值": float(i.points)}
        for i in FORM.indicators
        if i.level1 not in FORM.open_levels
    ]
    rows += [
        {"一级指标": "产出", "二级指标": "职责履行", "三级指标": "进厅事项办结", "评分标准": "按办结率计分。", "分值": 15, "自评得分": 15},
        {"一级指标": "产出", "二级指标": "职责履行", "三级指标": "网上办事", "评分标准": "按上网率计分。", "分值": 10,
         "自评得分": 8.5, "扣分原因和其他说明": "两项系统年底前没有上线"},
        {"一级指标": "效果", "二级指标": "履职效益", "三级指标": "社会效益", "分值": 10, "自评得分": 10},
        {"一级指标": "效果", "二级指标": "履职效益", "三级指标": "社会公众或服务对象满意度", "分值": 10},
    ]  # fmt: skip
    document = report(book.fill("评分表", *rows).set(服务对象满意度=0.9), tmp_path)
    said = squeezed(document)
    assert "进厅事项办结按办结率计分。1515网上办事按上网率计分。108.5两项系统年底前没有上线" in said
    # 满意度 re-weighted to 10: its band of 3 out of 5 becomes 6 out of 10.
    assert "社会公众或服务对象满意度：90.00%，属于85%（含）至95%一档，计6分" in lines(document)
    assert "推进全面小康建设" not in said
    assert "93.5分" in lines(document)  # 54 of 55 official points, 15 + 8.5 + 10 + 6 of its own
    assert not has_errors(produce(tmp_path / "inputs" / "unit.xlsx").findings)
