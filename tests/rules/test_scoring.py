"""The scorecard of edited samples: points and reasons as printed, and the faults of the scoring table."""

from decimal import Decimal

import pytest
from workbooks import Workbook, news

from generator.pipeline import examine


def scored(book, tmp_path):
    examination = examine(book.save(tmp_path / "x.xlsx"))
    return examination.report.scorecard, news(examination.findings)


CASES = [
    # what is changed, indicator, points, reason
    ({}, "资金结余", "2", "资金结余：当年结余548.69万元，不超过上年结转1131.56万元，计2分"),
    ({"结余口径": "累计"}, "资金结余", "0", "资金结余：累计结余1680.25万元，超过上年结转1131.56万元，计0分"),
    ({"上年结转": 5486887}, "资金结余", "2", "资金结余：当年结余548.69万元，不超过上年结转548.69万元，计2分"),
    ({"上年结转": 5486886}, "资金结余", "0", "资金结余：当年结余548.69万元，超过上年结转548.69万元，计0分"),
    ({"公共财政拨款": 34150613}, "资金结余", "3", ""),  # spent to the last yuan
    ({"公共财政拨款": 34150612}, "资金结余", "3", ""),  # overspent: nothing left over either
    ({"实有人数": 30}, "财政供养人员控制率", "5", ""),
    (
        {"实有人数": 31},
        "财政供养人员控制率",
        "3.5",
        "财政供养人员控制率：103.33%，比100%高3.33个百分点，不足一个百分点的部分不扣，按3个百分点计，"
        "每个百分点扣0.5分，扣1.5分，计3.5分",
    ),
    (
        {"实有人数": 31, "不足一个百分点": "按一个点"},
        "财政供养人员控制率",
        "3",
        "财政供养人员控制率：103.33%，比100%高3.33个百分点，不足一个百分点的部分按一个点，按4个百分点计，"
        "每个百分点扣0.5分，扣2分，计3分",
    ),
    (
        {"实有人数": 31, "不足一个百分点": "按比例"},
        "财政供养人员控制率",
        "3.33",
        "财政供养人员控制率：103.33%，比100%高3.33个百分点，每个百分点扣0.5分，扣1.67分，计3.33分",
    ),
    ({"上年三公经费": 83800}, "三公经费变动率", "5", ""),
    ({"重点项目支出": 22760236}, "重点支出安排率", "5", ""),
    (
        {"重点项目支出": 22760235},
        "重点支出安排率",
        "4",
        "重点支出安排率：89.999996%，属于80%（含）至90%一档，计4分",
    ),
    ({"预算调整数": -3050000}, "预算调整率", "2", "预算调整率：10.00%，属于0%至10%（含）一档，计2分"),
    ({"预算调整数": 3050001}, "预算调整率", "1", "预算调整率：10.000003%，属于10%至20%（含）一档，计1分"),
    ({"预算调整数": 9150001}, "预算调整率", "0", "预算调整率：30.000003%，属于30%以上一档，计0分"),
    (
        {"未按进度下达专项数": 2},
        "支付进度",
        "2",
        "支付进度：2个专项未按进度完成资金下达，每个专项扣0.5分，扣1分，计2分",
    ),
    (
        {"未按进度下达专项数": 7},
        "支付进度",
        "0",
        "支付进度：7个专项未按进度完成资金下达，每个专项扣0.5分，扣3分，计0分",
    ),
    (
        {"预算管理制度合规": "否"},
        "预算管理制度健全性",
        "2",
        "管理制度健全性：②相关管理制度合法、合规、完整（不符合，扣1分），计2分",
    ),
    (
        {"按规定时限公开": "×", "基础数据准确": "否"},
        "预决算信息公开性和完善性",
        "2",
        "预决算信息公开性和完善性：②按规定时限公开预决算信息（不符合，扣0.5分）；"
        "⑤基础数据信息和汇集信息资料准确（不符合，扣0.5分），计2分",
    ),
    (
        {"实际政府采购金额": 8000000, "政府采购预算数": 8650000},
        "政府采购执行率",
        "1.6",
        "政府采购执行率：92.49%，比100%低7.51个百分点，不足一个百分点的部分不扣，按7个百分点计，"
        "每个百分点扣0.2分，扣1.4分，计1.6分",
    ),
    ({"出租固定资产": 0}, "固定资产利用率", "3", ""),
    ({"服务对象满意度": 0.95}, "社会公众或服务对象满意度", "5", ""),
    (
        {"服务对象满意度": "94.99%"},
        "社会公众或服务对象满意度",
        "3",
        "社会公众或服务对象满意度：94.99%，属于85%（含）至95%一档，计3分",
    ),
]


@pytest.mark.parametrize("changes, indicator, points, reason", CASES)
def test_points_and_reason(tmp_path, changes, indicator, points, reason):
    card, _ = scored(Workbook().set(**changes), tmp_path)
    row = next(each for each in card.rows if each.indicator == indicator)
    assert (row.score, row.reason) == (Decimal(points), reason)
    assert card.total == sum(each.score for each in card.rows)


@pytest.mark.parametrize(
    "changes, total, grade",
    [({}, 99, "优秀"), ({"结余口径": "累计"}, 97, "优秀"), ({"服务对象满意度": 0.1, "预算调整数": 30000000}, 91, "优秀"),
     ({"服务对象满意度": 0.1, "预算调整数": 30000000, "未按进度下达专项数": 3, "资金使用不合规例数": 1}, Decimal("88.5"), "良好")],
)  # fmt: skip
def test_total_and_grade(tmp_path, changes, total, grade):
    card, _ = scored(Workbook().set(**changes), tmp_path)
    assert (card.total, card.grade, card.full) == (total, grade, 100)


def test_points_of_the_levels():
    from workbooks import SAMPLE

    card = examine(SAMPLE).report.scorecard
    assert card.level1 == {"投入": 15, "过程": 40, "产出": 25, "效果": 20}
    assert sorted(card.level2.values()) == [10, 15, 15, 15, 20, 25]
    assert len(card.rows) == 25


FAULTS = [
    # row, column, what is typed, the finding
    ("其他工作实绩指标完成情况", "自评得分", 3.5,
     "错误 {原因}〔扣分原因和其他说明〕“其他工作实绩指标完成情况”扣了 0.5 分，没有说明原因；请在“扣分原因和其他说明”栏写明原因"),
    ("其他工作实绩指标完成情况", "自评得分", None,
     "错误 {格}〔自评得分〕没有填写自评得分；请填写 0 至 4 之间的得分"),
    ("其他工作实绩指标完成情况", "自评得分", 4.5,
     '错误 {格}〔自评得分〕自评得分 "4.5" 超出 0 至 4 的范围；请核对得分'),
    ("其他工作实绩指标完成情况", "自评得分", "四分",
     '错误 {格}〔自评得分〕"四分" 不是数字；请填写数字，如 5'),
    ("生态效益", "自评得分", 6,
     '错误 {格}〔自评得分〕合用分值的各项得分合计 "16"，超过分值 15；请核对这几项得分'),
    ("生态效益", "自评得分", 4,
     "错误 {原因}〔扣分原因和其他说明〕“生态效益”扣了 1 分，没有说明原因；请在“扣分原因和其他说明”栏写明原因"),
    ("资金结余", "分值", 4,
     '错误 {格}〔分值〕分值为 "4"，表样规定为 3；请改回 3'),
    ("资金结余", "三级指标", "资金节余",
     "错误 {格}〔三级指标〕“资金节余”不是表样里的指标；“过程”部分不能增加或改名，请改回（是不是“资金结余”？）"),
    ("支付进度", "自评得分", 2,
     '警告 {格}〔自评得分〕自评得分 "2" 没有采用：本项由工具按数据计为 3 分；请删去，或核对“评分数据”'),
]  # fmt: skip


@pytest.mark.parametrize("name, column, typed, expected", FAULTS)
def test_faults_of_the_scoring_table(tmp_path, name, column, typed, expected):
    book = Workbook()
    index = book.find_row("评分表", "三级指标", name)
    book.row("评分表", index, **{column: typed})
    _, findings = scored(book, tmp_path)
    expected = expected.format(
        格=book.cell("评分表", index, column), 原因=book.cell("评分表", index, "扣分原因和其他说明")
    )
    printed = [each.line() for each in findings]
    assert printed[0] == expected
    assert printed[1:] == []


def test_a_dropped_official_row_is_told(tmp_path):
    book = Workbook()
    index = book.find_row("评分表", "三级指标", "资金结余")
    book.row("评分表", index, 三级指标=None, 评分标准=None, 分值=None, 扣分原因和其他说明=None)
    assert [f.line() for f in scored(book, tmp_path)[1]] == [
        "错误 评分表 缺少指标“资金结余”；请在评分表补上这一行（过程／预算执行）"
    ]


def test_points_of_the_units_own_rows_must_add_up(tmp_path):
    book = Workbook()
    index = book.find_row("评分表", "三级指标", "其他工作实绩指标完成情况")
    [fault] = scored(book.row("评分表", index, 分值=5, 自评得分=5), tmp_path)[1]
    assert fault.line() == (
        '错误 评分表〔分值〕各指标分值合计为 "101"，不等于 100；请调整产出、效果部分的分值，使合计为 100'
    )


def test_no_last_year_and_spending_this_year_gives_nothing_and_says_why(tmp_path):
    card, findings = scored(Workbook().set(上年三公经费=0), tmp_path)
    row = next(each for each in card.rows if each.indicator == "三公经费变动率")
    why = "上年三公经费为0，三公经费合计为8.38万元，上年度没有“三公经费”而本年度有，按增加计"
    assert (row.score, row.reason) == (0, f"“三公经费”变动率：{why}，计0分")
    assert [each.code for each in findings] == ["figure.over"]


def test_none_last_year_and_none_this_year_counts_in_full_and_says_why(tmp_path):
    nothing = dict.fromkeys(["公务接待费", "公务用车运维费", "上年三公经费", "决算三公经费合计"], 0)
    card, findings = scored(Workbook().set(**nothing), tmp_path)
    row = next(each for each in card.rows if each.indicator == "三公经费变动率")
    why = "上年度和本年度都没有“三公经费”支出，按满分计"
    assert (row.score, row.reason) == (5, f"“三公经费”变动率：{why}，计5分")
    assert [each.code for each in findings] == ["score.default-reading"]
