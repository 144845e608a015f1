"""Kinds and units in a form's data: unlike things are refused with file and key, formats must fit, and what a
format does not say follows from what it prints."""

import pytest
from variants import variant
from workbooks import Workbook

from generator import form as forms
from generator.pipeline import examine

FIGURES, CHECKS, INDICATORS, FORM, FIELDS = (
    f"{name}.toml" for name in ("figures", "checks", "indicators", "form", "fields")
)
SURPLUS = "formula = \"当年结余 if 结余口径 == '当年' else 累计结余\""
OPTIONAL = (
    FIELDS,
    'name = "机构情况", type = "long-text", any_year = true, required = true',
    'name = "机构情况", type = "long-text"',
)
CAP = '[[cap]]\nname = "封顶"\nsource = ["tool"]\nat_most = 90\n'


def figure(formula, shown="万元"):
    return f'[[figure]]\nname = "新数"\nformula = "{formula}"\nformat = "{shown}"\nsource = ["tool"]\n'


def check(left, right="0"):
    return (
        f'[[check]]\nname = "新勾稽"\nleft = "{left}"\nrelation = "<="\nright = "{right}"\n'
        'severity = "error"\nfix = "请核对"\nsource = ["tool"]\n'
    )


def new(formula, shown="万元"):
    return (FIGURES, "", figure(formula, shown))


REFUSED = [
    # formulas of figures
    (new("支出合计 + 实有人数"), "figures.toml: figure 新数：formula：“支出合计”是金额，“实有人数”是个数（人），不能相加"),
    (new("服务对象满意度 + 支出合计"), "figures.toml: figure 新数：formula：“服务对象满意度”是百分比，“支出合计”是金额，不能相加"),
    (new("报告日期 + 支出合计"), "figures.toml: figure 新数：formula：“报告日期”是日期，不能参加计算"),
    (new("0 if 部门名称 < 5 else 1", "整数"), "figures.toml: figure 新数：formula：“部门名称”是文字，5 是数，不能比较"),
    (new("0 if 部门名称 else 支出合计"), "figures.toml: figure 新数：formula：“部门名称”是文字，不能直接作条件，请写 有值(部门名称)"),
    (new("财政供养人员控制率 + 基本支出占比 + 支出合计", "百分比"),
     "figures.toml: figure 新数：formula：“财政供养人员控制率 ＋ 基本支出占比”是百分比，“支出合计”是金额，不能相加"),
    ((FIGURES, SURPLUS, SURPLUS.replace("'当年'", "'本年'")),
     "figures.toml: figure 考核结余：formula：“结余口径”没有选项“本年”，只有 当年、累计（是不是“当年”？）"),
    # and their formats
    (new("支出合计", "百分比"), "figures.toml: figure 新数：format：算出来是金额，格式“百分比”印的是百分比，单位 %"),
    (new("实有人数", "万元"), "figures.toml: figure 新数：format：算出来是个数（人），格式“万元”印的是金额，单位 万元"),
    (new("支出合计 / 本年收入", "万元"), "figures.toml: figure 新数：format：算出来是比率，格式“万元”印的是金额，单位 万元"),
    (new("'甲' if 实有人数 > 3 else '乙'"), "figures.toml: figure 新数：format：算出来是文字，不是数，印不成“万元”"),
    (new("支出合计 > 0"), "figures.toml: figure 新数：format：算出来是判断，不是数，印不成“万元”"),
    # ties
    ((CHECKS, "", check("支出合计", "实有人数")), "checks.toml: check 新勾稽：“支出合计”是金额，“实有人数”是个数（人），不能比较"),
    ((CHECKS, "", check("支出合计 if 部门名称 else 0")),
     "checks.toml: check 新勾稽：left：“部门名称”是文字，不能直接作条件，请写 有值(部门名称)"),
    ((CHECKS, "", check("部门名称")), "checks.toml: check 新勾稽：left：两边都要是数，这里是文字"),
    ((CHECKS, "", check("支出合计", "80%")), "checks.toml: check 新勾稽：“支出合计”是金额，80% 是百分比，不能比较"),
    # shares, likenesses
    ((FIGURES, 'part = "公共财政拨款"', 'part = "实有人数"'),
     "figures.toml: 收入构成：“本年收入”是金额，“实有人数”是个数（人），不能是整体和部分"),
    ((FIGURES, 'whole = "本年收入"', 'whole = "部门名称"'), "figures.toml: 收入构成：部门名称 是文字，不能参加计算"),
    # conditions of scoring
    ((INDICATORS, "", f'{CAP}when = "支出合计 > 实有人数"'),
     "indicators.toml: cap 封顶：when：“支出合计”是金额，“实有人数”是个数（人），不能比较"),
    ((INDICATORS, "", f'{CAP}when = "部门名称"'), "indicators.toml: cap 封顶：when：“部门名称”是文字，不能直接作条件，请写 有值(部门名称)"),
    ((INDICATORS, "", f'{CAP}when = "三公经费变动率 > 5 and 三公经费控制率 > 50"'),
     "indicators.toml: cap 封顶：when：“三公经费控制率”是百分比，50 是 5000%，请写 50% 或 0.5"),
    ((INDICATORS, 'measure = "考核结余", against = "上年结转"', 'measure = "考核结余", against = "实有人数"'),
     "indicators.toml: 资金结余：measure 考核结余 是金额，against 实有人数 是个数（人），不能相比"),
    ((INDICATORS, 'count = "资金使用不合规例数"', 'count = "上年三公经费"'),
     "indicators.toml: 资金使用合规性：count 上年三公经费 是金额，不是例数"),
    # formats
    ((FORM, 'amount = "万元"\n', ""), "form.toml: print：缺少 amount：有金额栏目（如 财政拨款支出），请写明用 [formats] 里的哪种格式印出"),
    ((FORM, 'percent = "填报百分比"\n', ""), "form.toml: print：缺少 percent：有百分比栏目（如 服务对象满意度），请写明用 [formats] 里的哪种格式印出"),
    ((FORM, 'percent = "填报百分比"\ninteger', 'percent = "万元"\ninteger'),
     "form.toml: print：percent：栏目 服务对象满意度 是百分比，格式“万元”印的是金额，单位 万元"),
    ((FORM, '"万元" = { divide = 10000, places = 2, trim = true, suffix = "", unit = "万元" }',
      '"万元" = { divide = 5000, places = 2, trim = true }'),
     "form.toml: print：amount：栏目 财政拨款支出 是金额，格式“万元”没有写印出的数是什么单位，请在 [formats] 里写 unit"),
    ((FORM, '"百分比" = { divide = 0.01,', '"百分比" = { divide = 1,'), "form.toml: formats: 百分比：unit 是 %，divide 应是 0.01"),
    ((FORM, '"计算数" = { divide = 1, places = 2, trim = true, suffix = "" }',
      '"计算数" = { divide = 1, places = 2, trim = true, unit = "亿元" }'),
     "form.toml: formats: 计算数：unit 是 亿元，divide 应是 100000000"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), REFUSED, ids=[line for _, line in REFUSED])
def test_refused_with_file_and_key(tmp_path, change, line):
    assert line in forms.faults(variant(tmp_path, change))[1]


@pytest.mark.parametrize(
    ("formula", "shown", "unit"),
    [
        ("支出合计 / 实有人数", "万元", "万元"),
        ("支出合计 * 服务对象满意度", "万元", "万元"),
        ("年初预算数 - 5万元", "万元", "万元"),
        ("0 if 年初预算数 > 100万元 else 年初预算数", "万元", "万元"),
        ("支出合计", "计算数", "元"),
        ("1 - 服务对象满意度", "百分比", "%"),
        ("1 if 服务对象满意度 < 80% else 0", "整数", ""),
        ("1 if 有值(部门名称) else 0", "整数", ""),
        ("1 if not 有值(退休人数) else 0", "整数", ""),
        ("1 if 报告日期 > '2021-01-31' else 0", "整数", ""),
        ("实有人数 - 退休人数", "整数", "人"),
        ("年度 - 1", "整数", "年"),
    ],
)
def test_accepted_and_printed_in_its_unit(tmp_path, formula, shown, unit):
    folder = variant(tmp_path, new(formula, shown))
    assert forms.faults(folder)[1] == []
    assert forms.load(folder).specs()["新数"].format.unit == unit


def test_a_condition_on_a_text_holds_once_it_is_filled_in(tmp_path):
    condition = check("0 if 有值(机构情况) else 0.9", "服务对象满意度 - 0.5")
    form = forms.load(variant(tmp_path, (CHECKS, "", condition), OPTIONAL))
    for text, told in (("本单位内设科室3个。", False), (None, True)):
        book = Workbook(form=form).set(机构情况=text)
        lines = [each.line() for each in examine(book.save(tmp_path / "x.xlsx"), str(form.folder)).findings]
        assert any("新勾稽" in line for line in lines) is told


def test_a_tie_of_percentages_is_told_in_percent(tmp_path):
    form = forms.load(variant(tmp_path, (CHECKS, "", check("99.95%", "服务对象满意度"))))
    book = Workbook(form=form).set(服务对象满意度="92.6%")
    lines = [each.line() for each in examine(book.save(tmp_path / "x.xlsx"), str(form.folder)).findings]
    assert [line.partition("；")[0] for line in lines if "新勾稽" in line] == [
        "错误 评分数据!C15 新勾稽：99.95% ＝ 99.95%，服务对象满意度 ＝ 92.6%，前者大于后者，相差 7.35个百分点"
    ]


def test_a_percentage_whose_format_prints_no_sign_has_its_sign_in_reasons(tmp_path):
    bare = '"不带号" = { divide = 0.01, places = 2, trim = false }\n"整数"'
    rule = 'kind = "proportional", measure = "政府采购执行率"'
    old = 'kind = "per-point", measure = "政府采购执行率", direction = "below", base = 1.00, deduct = 0.2, part_of_point = "不足一个百分点"'
    formula = 'formula = "实际政府采购金额 / 政府采购预算数"\nformat = '
    form = forms.load(
        variant(
            tmp_path,
            (FORM, '"整数"', bare),
            (FIGURES, f'{formula}"百分比"', f'{formula}"不带号"'),
            (INDICATORS, old, rule),
        )
    )
    assert form.specs()["政府采购执行率"].format.unit == "%"
    book = Workbook(form=form).set(实际政府采购金额=800000, 政府采购预算数=1000000)
    report = examine(book.save(tmp_path / "x.xlsx"), str(form.folder)).report
    [row] = [row for row in report.scorecard.rows if row.indicator == "政府采购执行率"]
    assert "80.00%，目标100%" in row.reason
    assert report.figures.values["政府采购执行率"].text == "80.00"


def test_a_quotient_in_a_tie_is_told_with_as_many_decimals_as_tell_it_apart(tmp_path):
    form = forms.load(variant(tmp_path, (CHECKS, "", check("90%", "财政供养人员控制率 - 0.1"))))
    book = Workbook(form=form).set(人员编制=30, 实有人数=29)
    lines = [each.line() for each in examine(book.save(tmp_path / "x.xlsx"), str(form.folder)).findings]
    [line] = [line for line in lines if "新勾稽" in line]
    assert line.startswith(
        "错误 基本情况!C10 新勾稽：90% ＝ 90%，财政供养人员控制率 － 0.1 ＝ 86.67%，前者大于后者，相差 3.33个百分点；"
    )
