"""Totals, rows and columns in a form's data: what is refused, with the exact words, and what is understood."""

import pytest
from projects import figure, projects

from generator import form as forms

FIELDS, FIGURES, CHECKS = "fields.toml", "figures.toml", "checks.toml"
ASK = (
    "这个公式对“项目表”的每一行各算一次，全表的合计有两种算法，工具不能代定，请写明一种："
    'total = "sum" 是把各行的结果加起来；total = "formula" 是把各列的合计数代入公式再算一次'
)


def faults(folder):
    return forms.faults(folder)[1]


def new(formula, more="", shown="万元"):
    return (FIGURES, "", figure("新数", formula, shown, more))


# Formulas over a row for which the sum of the rows and the formula with the totals differ.
NEITHER = [
    ("数量 * 单价", "万元"),
    ("项目决算 * 项目完成率", "万元"),
    ("项目决算 + 1", "万元"),
    ("数量 / 项目完成率", "计算数"),
    ("100 / 项目决算", "计算数"),
    ("abs(项目结余)", "万元"),
    ("min(项目预算, 项目决算)", "万元"),
    ("max(项目预算, 项目决算)", "万元"),
    ("0 if 项目预算 == 0 else 项目决算 / 项目预算", "百分比"),
    ("项目完成率 * 项目完成率", "百分比"),
]
EITHER = [
    ("项目预算 + 项目决算 - 单价", "万元"),
    ("sum(项目预算, 项目决算)", "万元"),
    ("-项目预算 * 0.5", "万元"),
    ("2 * (项目预算 - 项目决算) / 3", "万元"),
    ("项目投资 - 项目决算", "万元"),
    ("项目投资 / 数量", "万元"),
    ("(项目决算 - 项目预算) / 项目预算", "百分比"),
    ("项目完成率 - 1", "百分比"),
    ("1 - 项目决算 / 项目预算", "百分比"),
    ("项目完成率 * 100", "计算数"),
]


@pytest.mark.parametrize(("formula", "shown"), NEITHER)
def test_a_total_that_may_be_two_things_is_asked_for(tmp_path, formula, shown):
    assert faults(projects(tmp_path, new(formula, shown=shown))) == [f"figures.toml: 新数：{ASK}"]


@pytest.mark.parametrize("way", ["sum", "formula"])
@pytest.mark.parametrize(("formula", "shown"), NEITHER)
def test_either_answer_will_do(tmp_path, formula, shown, way):
    folder = projects(tmp_path, new(formula, f'total = "{way}"', shown))
    assert faults(folder) == []
    assert forms.load(folder).specs()["新数"].total == way


@pytest.mark.parametrize(("formula", "shown"), EITHER)
def test_sums_and_quotients_of_sums_ask_nothing(tmp_path, formula, shown):
    assert faults(projects(tmp_path, new(formula, shown=shown))) == []


REFUSED = [
    ("total of no row", new("实有人数 * 2", 'total = "sum"'),
     "figures.toml: 新数：total 只用于公式里的名字都是同一个表格各列的数，这里没有各行的结果"),
    ("another total", new("数量 * 单价", 'total = "average"'),
     "figures.toml: figure 新数：total 只能是 sum、formula，现在是 'average'"),
    ("a word that is no choice", new('合计(项目决算, 项目类别 = "业务项目")'),
     "figures.toml: 新数：合计（项目决算，其中 项目类别 ＝ “业务项目”）：“业务项目”不是“项目类别”的选项（是不是“业务专项”？），"
     "选项有 业务专项、运维专项、其他专项"),
    ("a wrong word beside a right one", new('个数(项目类别 == "业务专项" or 项目类别 == "杂项")'),
     "figures.toml: 新数：个数（其中 项目类别 ＝ “业务专项” 或 项目类别 ＝ “杂项”）：“杂项”不是“项目类别”的选项，"
     "选项有 业务专项、运维专项、其他专项"),
    ("yes and no as a word", new('合计(项目决算, 有合同 = "是")'),
     "figures.toml: 新数：合计（项目决算，其中 有合同 ＝ “是”）：有合同 是“是/否”的列，不用写等于，条件就写 有合同"),
    ("no as a word", new('合计(项目决算, 有合同 = "否")'),
     "figures.toml: 新数：合计（项目决算，其中 有合同 ＝ “否”）：有合同 是“是/否”的列，不用写等于，条件就写 not 有合同"),
    ("a choice as a condition", new("合计(项目决算, 项目类别)"),
     "figures.toml: 新数：合计（项目决算，其中 项目类别）：项目类别 不是“是/否”的列，请写明等于什么，如 项目类别 = \"…\""),
    ("a number and a word", new('合计(项目决算, 项目预算 = "很多")'),
     "figures.toml: 新数：合计（项目决算，其中 项目预算 ＝ “很多”）：项目预算 是数，不能和文字“很多”比较"),
    ("a word and a number", new("合计(项目决算, 项目类别 = 3)"),
     "figures.toml: 新数：合计（项目决算，其中 项目类别 ＝ 3）：项目类别 是文字，只能写成 项目类别 = \"…\""),
    ("a text is no sum", new("合计(项目名称)"),
     "figures.toml: 新数：合计（项目名称）：项目名称 不是数，不能合计；要数有几行，请用 个数(…)"),
    ("a column that is none", new('合计(项目结算, 项目类别 = "业务专项")'),
     "figures.toml: 新数：合计（项目结算，其中 项目类别 ＝ “业务专项”）：“项目表”没有名为 项目结算 的列（是不是“项目预算”？）"),
    ("two tables", new("合计(项目决算, 公用支出 > 0)"),
     "figures.toml: 新数：合计（项目决算，其中 公用支出 ＞ 0）：里面的列不是同一个表格的"),
    ("no table", new("合计(实有人数)"),
     "figures.toml: 新数：合计（实有人数）：里面没有表格的列，不知道是哪个表格的各行"),
    ("a table that is none", new("个数(项目明细表)"),
     "figures.toml: 新数：个数（项目明细表）：没有名为 项目明细表 的表格（是不是“项目表”？）"),
    ("one in another", new("合计(合计(项目决算))"),
     "figures.toml: figure 新数：formula：合计(…)、个数(…) 里面不能再写 合计、个数"),
    ("a condition first", new("合计(有合同 = 1, 项目决算)"),
     'figures.toml: figure 新数：formula：合计(…) 先写合计哪一列，再写条件，如 合计(金额, 类别 = "甲")'),
    ("no condition", new("合计(项目决算, 3)"),
     'figures.toml: figure 新数：formula：合计(…) 里逗号后面应是条件，如 类别 = "甲"'),
    ("in a tie", (CHECKS, '项目类别 = "业务专项"', '项目类别 = "业务项目"'),
     "checks.toml: 业务专项两处相符：合计（项目决算，其中 项目类别 ＝ “业务项目”）：“业务项目”不是“项目类别”的选项"
     "（是不是“业务专项”？），选项有 业务专项、运维专项、其他专项"),
    ("columns of no matrix", (FIGURES, 'for_columns = "分类表"', 'for_columns = "分类"'),
     "figures.toml: figure 业务占全年：for_columns 里的 分类 不是固定行列表的名称，也不是它哪一列的 suffix（是不是“分类表”？）"),
    ("a suffix that is none", (CHECKS, '["_上半年", "_下半年"]', '["_上半年", "_下年"]'),
     "checks.toml: check 专项不为负：for_columns 里的 _下年 不是固定行列表的名称，也不是它哪一列的 suffix（是不是“_下半年”？）"),
    ("no name of a row", (FIGURES, 'formula = "业务专项 / 专项合计"', 'formula = "实有人数 / 人员编制"'),
     "figures.toml: figure 业务占全年：for_columns：公式里的 实有人数、人员编制 后面加上 _上年，没有一个是这一列的数"),
    ("a sum of itself", (FIELDS, 'sum = ["业务专项", "运维专项", "其他专项"]', 'sum = ["业务专项", "专项合计"]'),
     "fields.toml: sheet 项目分类: matrices 分类表：行 专项合计：sum 里的 专项合计 不是本表别的行"),
    ("a sum of no column", (FIELDS, 'sum = ["_上半年", "_下半年"]', 'sum = ["_上半年", "下半年"]'),
     "fields.toml: sheet 项目分类: matrices 分类表：列 全年：sum 里的 下半年 不是本表别的列（写 suffix）（是不是“_下半年”？）"),
    ("a part twice", (FIELDS, 'sum = ["_上半年", "_下半年"]', 'sum = ["_上半年", "_上半年"]'),
     "fields.toml: sheet 项目分类: matrices 分类表：列 全年：sum 里的 _上半年 写了两次"),
    ("sums of each other", (FIELDS, '{ label = "其他专项" },\n  { label', '{ label = "其他专项", sum = ["专项合计"] },\n  { label'),
     "fields.toml: sheet 项目分类: matrices 分类表：行的 sum 互相包含：专项合计 → 其他专项 → 专项合计"),
    ("a column that the engine has in groups", (FIELDS, '{ name = "数量"', '{ name = "明细"'), "fields.toml: 项目表：明细 是工具自己的名称，请换一个"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "line"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_refused(tmp_path, change, line):
    assert line in faults(projects(tmp_path, change))


SAME = [
    '合计(项目决算, 项目类别 = "业务专项")',
    "合计(项目决算, 项目类别 == '业务专项')",
    "合计（项目决算，项目类别＝“业务专项”）",
    "合计( 项目决算 , “业务专项” = 项目类别 )",
]


@pytest.mark.parametrize("formula", SAME)
def test_one_thing_written_in_several_ways(tmp_path, formula):
    form = forms.load(
        projects(
            tmp_path, (FIGURES, '合计(项目决算, 项目类别 = \\"业务专项\\")', formula.replace('"', '\\"'))
        )
    )
    [total] = [
        each for each in form.row_totals.values() if each.name in form.names_in(form.specs()["业务决算"])
    ]
    assert (total.table, total.format) == ("项目表", form.formats["万元"])


def test_a_tie_for_every_column_says_which_in_its_remedy(tmp_path):
    form = forms.load(projects(tmp_path, (CHECKS, 'fix = "请核对{列}"', 'fix = "请核对{列}"')))
    found = {check.name: check.fix for check in form.checks if check.name.startswith("专项不为负")}
    assert found == {"专项不为负_上半年": "请核对上半年", "专项不为负_下半年": "请核对下半年"}
