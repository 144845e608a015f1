"""forms check, data by data: what is worth a look, and what no workbook or report can be made of."""

import shutil

import pytest
from test_lint import change, edit, told
from workbooks import FORM

from generator import form as forms
from generator.form.advice import Bounds, bounds_of, needed

INDICATORS, FIELDS, FIGURES, MAIN = "indicators.toml", "fields.toml", "figures.toml", "form.toml"
LOST = "请核对端点，或并入相邻的一档"
UNUSED = "没有印出、也不参加计算、核对和评分的，可以删去"
WRONG = "请按说明改正表样文件"
LAST = 'name = "绩效情况", type = "long-text"'


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FORM.folder, tmp_path / FORM.id)


def figure(name, formula, text="万元"):
    return f'[[figure]]\nname = "{name}"\nformula = "{formula}"\nformat = "{text}"\nsource = ["tool"]\n\n'


BANDS = [
    ("below a quotient of what cannot be negative", '"( , 60%)", points = 0 }', '"[0%, 60%)", points = 0 }, { range = "( , 0%)", points = 0 }',
     f"警告 indicators.toml: indicator 重点支出安排率: rule: bands 6：“重点支出安排率”不会小于 0%，\"( , 0%)\" 这一档永远到不了；{LOST}"),
    ("above the max of a field", '"[95%, )", points = 5 }', '"[95%, 1]", points = 5 }, { range = "(100%, )", points = 0 }',
     f"警告 indicators.toml: indicator 社会公众或服务对象满意度: rule: bands 2：“服务对象满意度”不会大于 100%，\"(100%, )\" 这一档永远到不了；{LOST}"),
    ("below an absolute value", '"=0%", points = 3 }', '"[0%, 0%]", points = 3 }, { range = "( , 0)", points = 0 }',
     f"警告 indicators.toml: indicator 预算调整率: rule: bands 2：“预算调整率”不会小于 0，\"( , 0)\" 这一档永远到不了；{LOST}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), [c[1:] for c in BANDS], ids=[c[0] for c in BANDS])
def test_a_band_that_nothing_falls_into(folder, old, new, line):
    change(folder, INDICATORS, (old, new))
    assert told(folder) == [line]


def test_a_band_inside_a_choice_of_rules(folder):
    rule = (
        'rule = { kind = "one-of", by = "结余口径", rules = [{ is = "当年", rule = { kind = "judged" } }, '
        '{ is = "累计", rule = { kind = "bands", measure = "服务对象满意度", bands = ['
        '{ range = "( , 0)", points = 5 }, { range = "[0, )", points = 5 }] } }] }'
    )
    text = (folder / INDICATORS).read_text("utf-8")
    start = text.index("rule = ", text.index('name = "社会效益"'))
    (folder / INDICATORS).write_text(text[:start] + rule + text[text.index("\n", start) :], "utf-8")
    assert [line for line in told(folder) if "永远到不了" in line] == [
        "警告 indicators.toml: indicator 社会效益: rule: bands 1：“服务对象满意度”不会小于 0，"
        f'"( , 0)" 这一档永远到不了；{LOST}'
    ]


BOUNDS = [
    ("服务对象满意度", (0, 1)),
    ("实有人数", (0, None)),
    ("项目支出", (0, None)),
    ("上年结转", (None, None)),
    ("当年结余", (None, None)),
    ("基本支出", (0, None)),
    ("基本支出分类合计", (0, None)),
    ("财政供养人员控制率", (0, None)),
    ("三公经费变动率", (None, None)),
    ("没有这个数", (None, None)),
]


@pytest.mark.parametrize(("name", "bounds"), BOUNDS)
def test_what_a_value_can_be(name, bounds):
    found = bounds_of(name, FORM)
    assert (found.low, found.high) == bounds


def test_bounds_are_reckoned_with():
    half, minus, free = Bounds(0, 2), Bounds(-3, -1), Bounds()
    assert half + minus == Bounds(-3, 1)
    assert -half == Bounds(-2, 0)
    assert half * half == Bounds(0, 4)
    assert half * minus == half / minus == half * free == half + free == free
    assert half / half == Bounds(0)
    assert abs(minus) == Bounds(0, 3)
    assert abs(free) == Bounds(0)
    assert half | minus == Bounds(-3, 2)


TABLE = """[[sheet.tables]]
name = "附表"
columns = [{ name = "附项", type = "text", sample = "甲" }]

[[sheet]]
name = "绩效目标\""""
OWN_NAME = '{ name = "姓名", type = "text", required = true, sample = "张某" },'
# File, what is changed in it, and all that is told.
NOBODY = [
    (MAIN, '"整数" = {', '"旧格式" = { divide = 1, places = 0, trim = true, suffix = "" }\n"整数" = {', f"提示 form.toml: formats: 旧格式 没有用到；{UNUSED}"),
    (FIGURES, "[[figure]]", figure("白算的数", "实有人数 + 1", "整数") + "[[figure]]", f"提示 figures.toml：figure“白算的数” 没有用到；{UNUSED}"),
    (FIGURES, "[[share]]", '[[share]]\ngroup = "白分的组"\nwhole = "支出合计"\nformat = "百分比"\nsource = ["tool"]\nparts = [{ name = "白分的", part = "基本支出", title = "基本" }]\n\n[[share]]', f"提示 figures.toml：share“白分的组” 没有用到；{UNUSED}"),
    (FIELDS, '[[sheet]]\nname = "绩效目标"', TABLE, f"提示 fields.toml：表格“附表” 没有用到；{UNUSED}"),
    (FIELDS, OWN_NAME, f'{OWN_NAME}\n  {{ name = "性别", type = "text" }},', f"提示 fields.toml：表格“评价人员”的“性别”一列 没有用到；{UNUSED}"),
    (FIELDS, f"{{ {LAST}", f'{{ name = "旧口径", type = "choice", choices = ["甲", "乙"], reading = true }},\n  {{ {LAST}', "提示 栏目“旧口径”没有印在报告里，也没有用来计算或核对；确实不用的可以从 fields.toml 删去"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line"), NOBODY, ids=[c[3][3:30] for c in NOBODY])
def test_what_nobody_uses(folder, file, old, new, line):
    change(folder, file, (old, new))
    assert told(folder) == [line]


def test_the_scoring_table_must_be_printed(folder):
    edit(folder, ("{%tr for 指标 in 评分表 %}", "{%tr for 指标 in [] %}"))
    assert told(folder) == [f"提示 fields.toml：表格“评分表” 没有用到；{UNUSED}"]


USES = [
    (FIELDS, 'roll = "累计结余"', 'roll = "白算的数"'),
    (FIELDS, 'like = "支出合计"', 'like = "白算的数"'),
    (MAIN, '"支出合计", "基本支出"', '"支出合计", "白算的数"'),
    (INDICATORS, 'open = ["产出", "效果"]', 'open = ["产出", "效果"]\n[[cap]]\nname = "封顶"\nat_most = 99\nwhen = "白算的数 > 1"\nsource = ["tool"]'),
    ("checks.toml", 'right = "决算收入合计"', 'right = "决算收入合计 + 白算的数"'),
    (FIGURES, 'formula = "实有人数 + 退休人数"', 'formula = "实有人数 + 退休人数 + 白算的数"'),
    (FIGURES, 'whole = "项目支出"', 'whole = "白算的数"'),
    (INDICATORS, 'measure = "公务卡刷卡率"', 'measure = "白算的数"'),
    (INDICATORS, 'count = "资金使用不合规例数"', 'count = "白算的数"'),
    (INDICATORS, 'against = "上年结转"', 'against = "白算的数"'),
    (INDICATORS, 'goal = "社会效益"', 'goal = "社会效益"\nnot_applicable = { unless = "白算的数 > 1", policy = "full", because = "没有" }'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), USES, ids=[c[1][:24] for c in USES])
def test_every_way_to_use_a_figure_is_known(folder, file, old, new):
    change(folder, FIGURES, ("[[figure]]", figure("白算的数", "实有人数 + 1", "整数") + "[[figure]]"))
    assert "白算的数" not in needed(forms.faults(folder)[0])
    change(folder, file, (old, new))
    assert "白算的数" in needed(forms.faults(folder)[0])


SAMPLES = [
    ('sample = "29"', 'sample = "二十九"', '警告 栏目“实有人数”的样例 "二十九" 填不进这个栏目'),
    ('sample = "29"', 'sample = "-3"', '警告 栏目“实有人数”的样例 "-3" 填不进这个栏目'),
    ('sample = "98%"', 'sample = "198%"', '警告 栏目“服务对象满意度”的样例 "198%" 填不进这个栏目'),
    ('sample = "2021-03-31"', 'sample = "三月底"', '警告 栏目“报告日期”的样例 "三月底" 填不进这个栏目'),
    ('sample = "当年"', 'sample = "去年"', '警告 栏目“结余口径”的样例 "去年" 填不进这个栏目'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), SAMPLES)
def test_a_sample_that_its_own_field_refuses(folder, old, new, line):
    change(folder, FIELDS, (old, new))
    assert told(folder) == [f"{line}；请改正 fields.toml 里的 sample，或核对 type、min、max、choices"]


YEAR = '{ name = "年度", type = "integer", unit = "年", required = true, min = 2000, max = 2099,'
UNITS = '"元" = { yuan = 1, exact = true }\n"万元" = { yuan = 10000, exact = false, places = 2 }'
UNSOUND = [
    (FIELDS, 'name = "基本情况"', 'name = "基本[1]"', "fields.toml: sheet 基本[1]：工作表名须有 1 至 31 个字，不能有 [ ] : * ? / \\"),
    (FIELDS, 'name = "基本情况"', 'name = ""', "fields.toml: sheet ：工作表名须有 1 至 31 个字，不能有 [ ] : * ? / \\"),
    (FIELDS, 'name = "基本情况"', 'name = "收入支出"', "fields.toml: sheet 收入支出：这个工作表名用了两次"),
    (FIELDS, 'choices = ["元", "万元"]', 'choices = ["元", "亿元"]', "fields.toml: 金额单位：应是选项，只能选 form.toml 的 [units] 里的 元、万元"),
    (FIELDS, 'type = "choice", choices = ["元", "万元"]', 'type = "text"', "fields.toml: 金额单位：应是选项，只能选 form.toml 的 [units] 里的 元、万元"),
    (FIELDS, YEAR, '{ name = "年度", type = "text",', "fields.toml: 年度：type 应是 integer，这一栏是报告年度"),
    (FIELDS, 'note = "报告年度"', 'note = "报告\\u0001年度"', "fields.toml: 年度：文字里有看不见的控制符"),
    (FIELDS, "min = 0, max = 1,", "min = 2, max = 1,", "fields.toml: 服务对象满意度：min 大于 max"),
    (FIELDS, 'choices = ["当年", "累计"]', 'choices = ["当年", "当年"]', "fields.toml: 结余口径：choices 里有重复的"),
    (FIELDS, "min = 0, max = 1,", "min = nan, max = 1,", "fields.toml: sheet 评分数据: fields 服务对象满意度：min = NaN 太大或太小，不能用"),
    (MAIN, UNITS, "", "form.toml: units：至少要有一个金额单位"),
    (MAIN, "yuan = 10000", "yuan = 0", "form.toml: units: 万元：yuan 应大于 0"),
    (MAIN, "divide = 10000", "divide = 0", "form.toml: formats: 万元：divide 不能是 0"),
    (MAIN, "divide = 10000, places = 2", "divide = 10000, places = 99", "form.toml: formats: 万元：places 应在 0 和 10 之间"),
    (MAIN, 'suffix = "", unit = "万元"', 'suffix = "", unit = "元"', "form.toml: formats: 万元：unit 是 元，divide 应是 1"),
    (MAIN, "{year}年", "{yeah}年", "form.toml: date：format 里只能用 {year}、{month}、{day}"),
    (INDICATORS, "base = 1.00", "base = 1e99", "indicators.toml: indicator 财政供养人员控制率: rule：base = 1E+99 太大或太小，不能用"),
    (FIGURES, '"实有人数 + 退休人数"', '"实有人数 + 1e99"', "figures.toml: figure 人员合计：formula：公式里的数太大或太小：实有人数 + 1e99"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "why"), UNSOUND, ids=[c[3] for c in UNSOUND])
def test_what_no_workbook_can_be_made_of(folder, file, old, new, why):
    change(folder, file, (old, new))
    assert f"错误 {why}；{WRONG}" in told(folder)
