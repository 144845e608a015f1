"""The national form for one project: cases that edit the sample and say what comes out, word for word."""

from decimal import Decimal

import pytest
from conftest import ROOT
from documents import lines, tables
from workbooks import Workbook

from generator import form as forms
from generator.document.render import render
from generator.explain import explain
from generator.lint import lint_form
from generator.pipeline import examine, produce
from generator.wanted import Wanted
from generator.workbook.blank import blank

FORM = forms.load(ROOT / "templates" / "mof-project-2020")
SAMPLE = ROOT / "inputs" / "2020-项目.xlsx"
REASON = "偏差原因分析及改进措施"


def edited(changes, path):
    """The sample with fields changed (``名称``) and cells of the scoring table (``三级指标.栏目``)."""
    book = Workbook(SAMPLE, FORM)
    rows = {key: book.find_row("评分表", "三级指标", key.partition(".")[0]) for key in changes if "." in key}
    for key, value in changes.items():
        if key in rows:
            book.row("评分表", rows[key], **{key.partition(".")[2]: value})
        else:
            book.set(**{key: value})
    return examine(book.save(path / "x.xlsx"))


def said(examination):
    """The findings, but for a remark that stays where an edit gives back the points."""
    return [each.line() for each in examination.findings if each.code != "score.remark-without-loss"]


def score_of(examination, name):
    return next(row for row in examination.report.scorecard.rows if row.level3 == name)


MORE, LESS, RANGE, TIER, PLEASED = (
    "培训救护员",
    "人均培训成本",
    "每期培训规模",
    "培训长效机制",
    "参训学员满意度",
)
TIERS = "达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差"

SCORED = [
    # what is changed, the row, its score, the reason of what is lost
    ({}, "预算执行率", "8.62", "预算执行率：86.20%，目标100%，按实际 ÷ 目标 ＝ 86.20%计分，计8.62分"),
    ({}, MORE, "7.36", "培训救护员：552人，目标600人，按实际 ÷ 目标 ＝ 92.00%计分，计7.36分"),
    ({}, LESS, "8", ""),
    ({}, RANGE, "6", ""),
    ({}, TIER, "9", "培训长效机制：部分达成年度指标并具有一定效果，计9分"),
    ({}, PLEASED, "10", ""),
    # the more the better
    ({"实际完成值": 600}, MORE, "8", ""),
    ({"实际完成值": 779}, MORE, "8", ""),
    ({"实际完成值": 780}, MORE, "8", ""),  # explained by the sample's remark
    (
        {"实际完成值": 599},
        MORE,
        "7.99",
        "培训救护员：599人，目标600人，按实际 ÷ 目标 ＝ 99.83%计分，计7.99分",
    ),
    ({"实际完成值": 0}, MORE, "0", "培训救护员：0人，目标600人，按实际 ÷ 目标 ＝ 0.00%计分，计0分"),
    ({"实际完成值": "1,552"}, MORE, "8", ""),
    ({"年度指标值": "５５２"}, MORE, "8", ""),
    (
        {"分值": 4, "年度指标值": 1104},
        MORE,
        "2",
        "培训救护员：552人，目标1104人，按实际 ÷ 目标 ＝ 50.00%计分，计2分",
    ),
    # the less the better
    ({"实际完成值": 720}, LESS, "8", ""),
    ({"实际完成值": 0, REASON: "没有发生支出。"}, LESS, "8", ""),
    ({"实际完成值": 554}, LESS, "8", ""),
    (
        {"实际完成值": 900, REASON: "师资费用上涨。"},
        LESS,
        "6.4",
        "人均培训成本：900元，目标720元，按目标 ÷ 实际 ＝ 80.00%计分，计6.4分",
    ),
    # between two numbers
    ({"实际完成值": 40}, RANGE, "6", ""),
    ({"实际完成值": 50}, RANGE, "6", ""),
    (
        {"实际完成值": 30, REASON: "报名不足。"},
        RANGE,
        "4.5",
        "每期培训规模：30人，目标40人至50人，按实际 ÷ 下限 ＝ 75.00%计分，计4.5分",
    ),
    (
        {"实际完成值": 60, REASON: "场次合并。"},
        RANGE,
        "5",
        "每期培训规模：60人，目标40人至50人，按上限 ÷ 实际 ＝ 83.33%计分，计5分",
    ),
    (
        {"实际完成值": 0, REASON: "没有开班。"},
        RANGE,
        "0",
        "每期培训规模：0人，目标40人至50人，按实际 ÷ 下限 ＝ 0.00%计分，计0分",
    ),
    # by tier
    ({"自评得分": 7.2}, TIER, "7.2", "培训长效机制：部分达成年度指标并具有一定效果，计7.2分"),
    ({"自评得分": 9.59}, TIER, "9.59", "培训长效机制：部分达成年度指标并具有一定效果，计9.59分"),
    ({"完成档次": TIERS[0], "自评得分": 9.6}, TIER, "9.6", "培训长效机制：达成年度指标，计9.6分"),
    ({"完成档次": TIERS[0], "自评得分": 12}, TIER, "12", ""),
    (
        {"完成档次": TIERS[2], "自评得分": 7.19},
        TIER,
        "7.19",
        "培训长效机制：未达成年度指标且效果较差，计7.19分",
    ),
    ({"完成档次": TIERS[2], "自评得分": 0}, TIER, "0", "培训长效机制：未达成年度指标且效果较差，计0分"),
    # in percent, however it is typed
    ({"实际完成值": "98.0%"}, PLEASED, "10", ""),
    ({"实际完成值": "９８％"}, PLEASED, "10", ""),
    ({"年度指标值": 98, "实际完成值": 98, "计量单位": "%"}, PLEASED, "10", ""),
    (
        {"实际完成值": "97.9%", REASON: "个别学员对场地不满意。"},
        PLEASED,
        "9.99",
        "参训学员满意度：97.9%，目标98%，按实际 ÷ 目标 ＝ 99.90%计分，计9.99分",
    ),
    (
        {"实际完成值": "49%", REASON: "场地条件差。"},
        PLEASED,
        "5",
        "参训学员满意度：49%，目标98%，按实际 ÷ 目标 ＝ 50.00%计分，计5分",
    ),
]


@pytest.mark.parametrize(("changes", "row", "points", "reason"), SCORED)
def test_score_of_a_row(changes, row, points, reason, tmp_path):
    examination = edited({f"{row}.{column}": value for column, value in changes.items()}, tmp_path)
    line = score_of(examination, row)
    assert (line.score, line.reason, line.pending) == (Decimal(points), reason, False)
    # Where the points of one row were changed, the sum of all is wrong, and nothing else.
    assert [each for each in said(examination) if "各指标分值合计" not in each] == []


EXECUTION = [
    # executed of 当年财政拨款, budget of it; of the whole 3.2 万元 more each: the rate and its score
    (340400, 400000, "86.20%", "8.62"),
    (400000, 400000, "100.00%", "10"),
    (399999, 400000, "100.00%", "10"),
    (184000, 400000, "50.00%", "5"),
    (0, 400000, "7.41%", "0.74"),
    (500000, 400000, "123.15%", "10"),
]


@pytest.mark.parametrize(("executed", "budget", "rate", "points"), EXECUTION)
def test_rate_of_execution(executed, budget, rate, points, tmp_path):
    examination = edited(
        {
            "当年财政拨款_全年执行": executed,
            "当年财政拨款_全年预算": budget,
            "填报资金总额_全年预算": None,
            "填报资金总额_全年执行": None,
        },
        tmp_path,
    )
    assert examination.report.figures.values["预算执行率"].text == rate
    assert score_of(examination, "预算执行率").score == Decimal(points)


def test_execution_in_ten_thousands(tmp_path):
    # 43.2 and 37.24 typed in 万元 are rounded numbers, and give the same.
    columns = {"年初预算": (40, 0, 40), "全年预算": (40, 3.2, 43.2), "全年执行": (34.04, 3.2, 37.24)}
    names = ("当年财政拨款", "上年结转资金", "填报资金总额")
    changes = {f"{n}_{c}": v for c, values in columns.items() for n, v in zip(names, values, strict=True)}
    examination = edited({"金额单位": "万元", **changes}, tmp_path)
    assert said(examination) == []
    assert score_of(examination, "预算执行率").score == Decimal("8.62")


FAULTS = [
    # what is changed, every finding, and the row that then has no score
    (
        {f"{MORE}.实际完成值": None},
        ["错误 评分表!H8〔实际完成值〕“培训救护员”按所选方法计分，没有填写“实际完成值”；请填写"],
        MORE,
    ),
    (
        {f"{MORE}.实际完成值": "约550人"},
        [
            '错误 评分表!H8〔实际完成值〕“培训救护员”按所选方法计分，但 "约550人" 不是数字；请只填数字，如 50 或 98%，'
            "单位写在别的栏；不能用数字衡量的请改计分方法"
        ],
        MORE,
    ),
    (
        {f"{MORE}.年度指标值": None},
        ["错误 评分表!F8〔年度指标值〕“培训救护员”按所选方法计分，没有填写“年度指标值”；请填写"],
        MORE,
    ),
    (
        {f"{MORE}.年度指标值": "600以上"},
        [
            '错误 评分表!F8〔年度指标值〕“培训救护员”按所选方法计分，但 "600以上" 不是数字；请只填数字，如 50 或 98%，'
            "单位写在别的栏；不能用数字衡量的请改计分方法"
        ],
        MORE,
    ),
    (
        {f"{MORE}.计分方式": None},
        [
            "错误 评分表!E8〔计分方式〕“培训救护员”没有填写“计分方式”；请从下列选项中选一个：正向、反向、区间、定性"
        ],
        MORE,
    ),
    (
        {f"{MORE}.计分方式": "正常"},
        ['错误 评分表!E8〔计分方式〕"正常" 不在可选范围内；请从下列选项中选一个：正向、反向、区间、定性'],
        MORE,
    ),
    (
        {f"{PLEASED}.实际完成值": 98},
        [
            '错误 评分表!H17〔实际完成值〕“参训学员满意度”的“实际完成值”是 "98"，“年度指标值”是 98%，'
            "一个有百分号，一个没有；请都写成百分比，或都写成数字"
        ],
        PLEASED,
    ),
    (
        {f"{RANGE}.指标值上限": None},
        ["错误 评分表!G9〔指标值上限〕“每期培训规模”按所选方法计分，没有填写“指标值上限”；请填写"],
        RANGE,
    ),
    (
        {f"{RANGE}.指标值上限": 30},
        ['错误 评分表!G9〔指标值上限〕“每期培训规模”的上限 "30" 小于“年度指标值” 40；请核对目标范围的两端'],
        RANGE,
    ),
    (
        {f"{TIER}.完成档次": None},
        [
            "错误 评分表!J16〔完成档次〕“培训长效机制”按所选方法计分，没有填写“完成档次”；"
            f"请填写，从下列选项中选一个：{'、'.join(TIERS)}"
        ],
        TIER,
    ),
    (
        {f"{TIER}.完成档次": "基本达成"},
        [f'错误 评分表!J16〔完成档次〕"基本达成" 不在可选范围内；请从下列选项中选一个：{"、".join(TIERS)}'],
        TIER,
    ),
    (
        {f"{TIER}.自评得分": None},
        ["错误 评分表!L16〔自评得分〕没有填写自评得分；请填写 0 至 12 之间的得分"],
        TIER,
    ),
    (
        {f"{TIER}.自评得分": 13},
        ['错误 评分表!L16〔自评得分〕自评得分 "13" 超出 0 至 12 的范围；请核对得分'],
        TIER,
    ),
    (
        {f"{TIER}.自评得分": 9.6},
        [
            '错误 评分表!L16〔自评得分〕自评得分 "9.6" 不在“部分达成年度指标并具有一定效果”一档的 7.2（含）至9.6 分之间；'
            "请改正得分，或改选档次"
        ],
        TIER,
    ),
    (
        {f"{TIER}.完成档次": TIERS[2], f"{TIER}.自评得分": 7.2},
        [
            '错误 评分表!L16〔自评得分〕自评得分 "7.2" 不在“未达成年度指标且效果较差”一档的 0（含）至7.2 分之间；'
            "请改正得分，或改选档次"
        ],
        TIER,
    ),
    (
        {f"{TIER}.完成档次": TIERS[0]},
        [
            '错误 评分表!L16〔自评得分〕自评得分 "9" 不在“达成年度指标”一档的 9.6（含）至12（含） 分之间；'
            "请改正得分，或改选档次"
        ],
        TIER,
    ),
    (
        {f"{MORE}.{REASON}": None},
        [
            "错误 评分表!M8〔偏差原因分析及改进措施〕“培训救护员”扣了 0.64 分，没有说明原因；"
            "请在“偏差原因分析及改进措施”栏写明原因"
        ],
        "",
    ),
    (
        {f"{TIER}.{REASON}": None},
        [
            "错误 评分表!M16〔偏差原因分析及改进措施〕“培训长效机制”扣了 3 分，没有说明原因；"
            "请在“偏差原因分析及改进措施”栏写明原因"
        ],
        "",
    ),
    (
        {f"{MORE}.实际完成值": 780, f"{MORE}.{REASON}": None},
        [
            "错误 评分表!M8〔偏差原因分析及改进措施〕“培训救护员”完成得远超目标（780人，目标600人），没有说明原因；"
            "请在“偏差原因分析及改进措施”栏分析原因，如目标设定偏低"
        ],
        "",
    ),
    (
        {f"{LESS}.实际完成值": 553},
        [
            "错误 评分表!M13〔偏差原因分析及改进措施〕“人均培训成本”完成得远超目标（553元，目标720元），没有说明原因；"
            "请在“偏差原因分析及改进措施”栏分析原因，如目标设定偏低"
        ],
        "",
    ),
    (
        {"举办培训班.自评得分": 5},
        [
            '警告 评分表!L7〔自评得分〕自评得分 "5" 没有采用：本项由工具按数据计为 6 分；请删去，或核对“评分表”'
        ],
        "",
    ),
    (
        {f"{MORE}.二级指标": "产量指标"},
        [
            '错误 评分表!C8〔二级指标〕“产出指标”下面没有叫 "产量指标" 的二级指标；'
            "请从下列名称中选一个：数量指标、质量指标、时效指标、成本指标（是不是“质量指标”？）"
        ],
        "",
    ),
    # The weights of the levels may differ for a reason, their sum may not.
    (
        {f"{MORE}.分值": 10, f"{TIER}.分值": 10, f"{TIER}.自评得分": 7},
        [
            "警告 评分表!K7〔分值〕“产出指标”各项分值合计为 52，表样规定为 50；"
            "请核对分值；确有特殊情况需要调整的，总分仍须不变",
            "警告 评分表!K14〔分值〕“效益指标”各项分值合计为 28，表样规定为 30；"
            "请核对分值；确有特殊情况需要调整的，总分仍须不变",
        ],
        "",
    ),
    (
        {f"{MORE}.分值": 10},
        [
            '错误 评分表〔分值〕各指标分值合计为 "102"，不等于 100；'
            "请调整产出指标、效益指标、满意度指标部分的分值，使合计为 100"
        ],
        "",
    ),
    # A row of zeros typed above filled parts.
    (
        {"填报资金总额_年初预算": 0, "填报资金总额_全年预算": 0, "填报资金总额_全年执行": 0},
        [
            f"错误 项目资金!{cell} {column}合计核对：{whole} ＝ {sum_}万元，{typed} ＝ 0万元，两者不等，相差 {sum_}万元；"
            f"请核对{column}一列的年度资金总额和三项资金；年度资金总额没有另外的账可核对的，留空"
            for cell, column, whole, typed, sum_ in (
                ("C6", "年初预算数", "年度资金总额_年初预算", "填报资金总额_年初预算", "40"),
                ("D6", "全年预算数", "年度资金总额_全年预算", "填报资金总额_全年预算", "43.2"),
                ("E6", "全年执行数", "年度资金总额_全年执行", "填报资金总额_全年执行", "37.24"),
            )
        ],
        "",
    ),
    (
        {"填报资金总额_年初预算": None, "填报资金总额_全年预算": None, "填报资金总额_全年执行": None},
        [],
        "",
    ),
    (
        {"其他资金_年初预算": None, "其他资金_全年预算": None, "其他资金_全年执行": None},
        [],
        "",
    ),
    (
        {"当年财政拨款_全年执行": None, "填报资金总额_全年执行": None},
        ["错误 项目资金!E7〔当年财政拨款／全年执行数〕没有填写；请填写；没有发生额填 0"],
        "预算执行率",
    ),
    (
        {"上年结转资金_全年预算": 31000, "填报资金总额_全年预算": 431000},
        [
            "警告 项目资金!D8 上年结转资金执行不超过预算：上年结转资金_全年执行 ＝ 3.2万元，"
            "上年结转资金_全年预算 ＝ 3.1万元，前者大于后者，相差 0.1万元；"
            "请核对上年结转资金的全年执行数和全年预算数"
        ],
        "",
    ),
    (
        {
            "当年财政拨款_全年预算": 0,
            "上年结转资金_全年预算": 0,
            "填报资金总额_全年预算": 0,
            "上年结转资金_全年执行": 0,
            "填报资金总额_全年执行": 340400,
        },
        [
            "警告 项目资金!D7〔预算执行率〕算不出“预算执行率”：分母（年度资金总额_全年预算）为 0，分子不为 0；"
            "按超过标准计，不得分；请核对这些单元格：项目资金!D7〔当年财政拨款_全年预算〕、"
            "项目资金!D8〔上年结转资金_全年预算〕、项目资金!D9〔其他资金_全年预算〕；确实是 0 的不用改"
        ],
        None,
    ),
]


@pytest.mark.parametrize(("changes", "expected", "unscored"), FAULTS)
def test_faults(changes, expected, unscored, tmp_path):
    examination = edited(changes, tmp_path)
    assert said(examination) == expected
    pending = [row.level3 for row in examination.report.scorecard.rows if row.pending]
    assert pending == ([unscored] if unscored else [])


def test_zeros_above_filled_parts_name_their_cells(tmp_path):
    found = edited({"填报资金总额_全年执行": 0}, tmp_path).findings
    assert [(each.code, str(each.at)) for each in found] == [("tie.broken", "项目资金!E6")]
    assert [(o.name, str(o.at)) for o in found[0].related if o.at] == [
        ("当年财政拨款_全年执行", "项目资金!E7"),
        ("上年结转资金_全年执行", "项目资金!E8"),
        ("其他资金_全年执行", "项目资金!E9"),
        ("填报资金总额_全年执行", "项目资金!E6"),
    ]


GRADES = [
    # how many trained of 8 points, executed, the total, the grade
    (600, 400000, "97", "优"),
    (0, 340400, "87.62", "良"),
    (0, 0, "79.74", "中"),
]


@pytest.mark.parametrize(("trained", "executed", "total", "grade"), GRADES)
def test_grades(trained, executed, total, grade, tmp_path):
    changes = {
        f"{MORE}.实际完成值": trained,
        "当年财政拨款_全年执行": executed,
        "填报资金总额_全年执行": None,
    }
    card = edited(changes, tmp_path).report.scorecard
    assert (card.total, card.grade) == (Decimal(total), grade)


def printed(changes, path):
    """The official table of an edited sample, row by row."""
    document, findings = render(edited(changes, path).report, FORM)
    assert findings == []
    return tables(document)[0]


PRINTED = [
    # what is changed in a row, the row, how target and result are printed
    ({}, "举办培训班", "≥12期", "12期"),
    ({}, LESS, "≤720元", "674.64元"),
    ({}, RANGE, "40—50人", "46人"),
    ({}, PLEASED, "≥98%", "98%"),
    ({"年度指标值": 98, "实际完成值": 98, "计量单位": "%"}, PLEASED, "≥98%", "98%"),
    ({"计量单位": "%"}, PLEASED, "≥98%", "98%"),
    ({"年度指标值": "90%", "指标值上限": "99%", "计分方式": "区间"}, PLEASED, "90%—99%", "98%"),
    ({}, TIER, "建立健全", TIERS[1]),
    ({"实际完成值": "已签订4份协议"}, TIER, "建立健全", "已签订4份协议"),
    ({"实际完成值": 0}, LESS, "≤720元", "0元"),
]


@pytest.mark.parametrize(("changes", "row", "target", "result"), PRINTED)
def test_target_and_result_as_printed(changes, row, target, result, tmp_path):
    table = printed({f"{row}.{column}": value for column, value in changes.items()}, tmp_path)
    # python-docx repeats a cell for every grid column that it spans.
    cells = next(list(dict.fromkeys(each)) for each in table if row in each)
    assert cells[cells.index(row) + 1 :][: 1 if target == result else 2] == list(
        dict.fromkeys((target, result))
    )


def test_a_source_without_a_budget_has_no_rate(tmp_path):
    blank = printed(dict.fromkeys(("其他资金_年初预算", "其他资金_全年预算", "其他资金_全年执行")), tmp_path)
    row = next(each for each in blank if "其他资金" in each)
    assert [row[number] for number in (4, 5, 6, 7, 8, 9)] == ["", "", "", "—", "—", "—"]


def test_rows_in_any_number(tmp_path):
    book = Workbook(SAMPLE, FORM)
    head = {"一级指标": "产出指标", "二级指标": "数量指标", "计分方式": "正向", "计量单位": "项"}
    many = [
        {**head, "三级指标": f"第{n}项", "年度指标值": n, "实际完成值": n, "分值": Decimal("0.5")}
        for n in range(1, 101)
    ]
    many += [{**many[0], "一级指标": level1, "二级指标": level2, "三级指标": level2, "分值": points} for level1, level2, points in (
        ("效益指标", "经济效益指标", 30), ("满意度指标", "服务对象满意度指标", 10))]  # fmt: skip
    first = {"一级指标": "预算执行", "二级指标": "预算执行率", "三级指标": "预算执行率", "分值": 10}
    examination = examine(book.fill("评分表", first, *many).save(tmp_path / "x.xlsx"))
    assert said(examination) == []
    assert examination.report.scorecard.total == Decimal("98.62")
    document, findings = render(examination.report, FORM)
    assert findings == []
    assert sum("≥" in "".join(row) for row in tables(document)[0]) == 102


def test_a_blank_workbook_names_what_every_level_may_hold(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(blank(FORM, 2020))
    book = Workbook(tmp_path / "x.xlsx", FORM)
    rows = [
        book.book["评分表"][book.cell("评分表", number, "二级指标").split("!")[1]].value
        for number in range(10)
    ]
    assert rows == ["预算执行率", *(group for level in FORM.levels for group in level.groups)]


def test_sample_document(golden):
    examination = examine(SAMPLE)
    document, findings = render(examination.report, FORM)
    assert (said(examination), findings) == ([], [])
    golden("2020-project.txt", "\n".join(lines(document)) + "\n")


def test_form_is_clean():
    assert lint_form(FORM.folder)[1] == []


def test_what_rounding_gives_back_is_no_loss(tmp_path):
    """599999 of 600000 is 8 of 8 points as printed: nothing to explain, and no reason is printed."""
    changes = {f"{MORE}.年度指标值": 600000, f"{MORE}.实际完成值": 599999, f"{MORE}.{REASON}": None}
    examination = edited(changes, tmp_path)
    row = score_of(examination, MORE)
    assert (row.score, row.reason, said(examination)) == (8, "", [])


def test_what_a_qualitative_row_needs_is_asked_for(tmp_path):
    examination = edited({f"{TIER}.年度指标值": None}, tmp_path)
    assert said(examination) == [
        "错误 评分表!F16〔年度指标值〕“培训长效机制”按所选方法计分，没有填写“年度指标值”；请填写"
    ]


def test_a_misspelt_first_level_is_told_with_the_right_one(tmp_path):
    examination = edited({f"{PLEASED}.一级指标": "满意指标"}, tmp_path)
    assert said(examination) == [
        '错误 评分表!B17〔一级指标〕表样里没有叫 "满意指标" 的一级指标；'
        "请从下列名称中选一个：预算执行、产出指标、效益指标、满意度指标（是不是“满意度指标”？）"
    ]


def test_a_draft_marks_what_a_row_lacks(tmp_path):
    book = Workbook(SAMPLE, FORM)
    book.row("评分表", book.find_row("评分表", "三级指标", MORE), 实际完成值=None)
    outcome = produce(book.save(tmp_path / "x.xlsx"), wanted=Wanted(draft=True))
    assert "【待填：实际完成值】人" in lines(outcome.output)


def test_nothing_fits_any_unit(tmp_path):
    """0 against a goal of 98% is plain enough."""
    examination = edited({f"{PLEASED}.实际完成值": 0, f"{PLEASED}.{REASON}": "没有开展调查。"}, tmp_path)
    assert (said(examination), score_of(examination, PLEASED).score) == ([], 0)


def test_an_amount_in_the_other_unit_is_told(tmp_path):
    examination = edited({"当年财政拨款_全年执行": 34.04, "填报资金总额_全年执行": None}, tmp_path)
    assert said(examination) == [
        '警告 项目资金!E7〔当年财政拨款／全年执行数〕"34.04" 与“当年财政拨款_全年预算”（40万元）相差一万倍左右；'
        "请核对金额单位是元还是万元，和小数点、位数"
    ]


def test_explain_tells_where_a_score_was_typed_and_what_a_row_rests_on():
    told = {each.name: each for each in explain(examine(SAMPLE), ()).scores}
    assert told[TIER].by_hand
    assert [each.name for each in told[TIER].data] == ["完成档次"]
    assert [(each.name, str(each.at)) for each in told[RANGE].data] == [
        ("实际完成值", "评分表!H9"),
        ("年度指标值", "评分表!F9"),
        ("指标值上限", "评分表!G9"),
    ]
    assert not told[RANGE].by_hand
