"""A form folder with one fault: refused, with file and key."""

import shutil

import pytest
from workbooks import FORM

from generator.form import FormError, available, faults, find, load


def damaged(tmp_path, file, old, new):
    folder = tmp_path / "form"
    shutil.copytree(FORM.folder, folder)
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


FAULTS = [
    ("form.toml", 'unit = "万元" }', "unit = 10000 }", "form.toml: formats: 万元：unit 应是文字，现在是 10000"),
    ("form.toml", 'issuer = "', 'isuer = "', "form.toml：缺少 issuer"),
    ("form.toml", "year = 2020", 'year = "2020"', "form.toml：year 应是整数，现在是 '2020'"),
    ("form.toml", "year = 2020", "year = 2020\nyear2 = 1", "form.toml：不认识的键 year2"),
    ("form.toml", "year = 2020", "year = ", "不是正确的 TOML"),
    ("form.toml", 'amount = "万元"', 'amount = "亿元"', "form.toml: print：amount 的格式 亿元 不在 [formats] 里"),
    ("form.toml", "at_least = 80", "at_least = 95", "form.toml: grade：at_least 须从高到低，最后一等为 0"),
    ("form.toml", 'id = "gbt-9704"', 'id = "gbt"', "来源 gbt-9704 没有在 form.toml 的 [[source]] 里列出"),
    ("form.toml", 'based_on = ["yueyang-form", "gbt-9704"]', "", "form.toml: source gbt-9704：没有被引用"),
    ("form.toml", 'table = "评分表"', 'table = "打分表"', "form.toml: scores：没有名为 打分表 的表格"),
    ("form.toml", 'remark = "扣分原因和其他说明"', 'remark = "说明"', "form.toml: scores：表格 评分表 没有名为 说明 的列"),
    ("form.toml", 'unit = "金额单位"', 'unit = "单位制"', "form.toml: fields：没有名为 单位制 的栏目"),
    ("fields.toml", 'type = "integer", unit = "年"', 'type = "int", unit = "年"', "fields.toml: sheet 填表说明: fields 年度：type 只能是"),
    ("fields.toml", 'name = "部门名称"', 'name = "部门（名称）"', "name '部门（名称）' 不能用作名称"),
    ("fields.toml", 'name = "预算编码"', 'name = "部门名称"', "fields.toml：名称 部门名称 用了两次"),
    ("fields.toml", 'choices = ["元", "万元"], ', "", "fields.toml: sheet 填表说明: fields 金额单位：type 为 choice 时须写 choices"),
    ("fields.toml", 'key = ["机构名称"]', 'key = ["机构"]', "fields.toml: sheet 收入支出: tables 收入支出：没有名为 机构 的列"),
    ("fields.toml", '["产出目标", "质量指标"],', '["产出目标"],', "groups 的每一项须与 group_by 一样多"),
    ("fields.toml", "required = true", 'required = "是"', "required 应是 true 或 false，现在是 '是'"),
    ("figures.toml", '"上年结转 + 本年收入"', '"上年结转 + 本年收人"', "figures.toml: 收入合计：公式里的 本年收人 不是栏目，也不是本表样的数"),
    ("figures.toml", '"上年结转 + 本年收入"', '"上年结转 ** 2"', "figures.toml: figure 收入合计：formula：公式里不能用“上年结转 ** 2”"),
    ("figures.toml", '"上年结转 + 本年收入"', '"上年结转 +"', "figures.toml: figure 收入合计：formula：公式写法不对：上年结转 +"),
    ("figures.toml", '"上年结转 + 本年收入"', '"上年结转 + 部门名称"', "figures.toml: figure 收入合计：formula：“部门名称”是文字，不能参加计算"),
    ("figures.toml", '"上年结转 + 本年收入"', '"上年结转 + 累计结余 - 收入合计"', "figures.toml：公式互相引用，成了循环：收入合计 → 收入合计"),
    ("figures.toml", 'name = "收入合计"', 'name = "本年收入"', "figures.toml: figure 本年收入：这个名称用了两次"),
    ("figures.toml", 'format = "万元"', 'format = "元"', "figures.toml: figure 本年收入：format 只能是"),
    ("figures.toml", 'whole = "本年收入"', 'whole = "全年收入"', "figures.toml: 收入构成：没有名为 全年收入 的栏目或数"),
    ("figures.toml", 'group = "收入构成"', 'group = "收入支出"', "figures.toml：名称 收入支出 用了两次"),
    ("figures.toml", 'source = ["yueyang-form"]', "source = []", "本年收入：没有写明来源 source"),
    ("checks.toml", 'relation = "="', 'relation = "=="', "checks.toml: check 支出经济分类与基本支出：relation 只能是 =、<=，现在是 '=='"),
    ("checks.toml", 'right = "基本支出"', 'right = "基本开支"', "checks.toml: 支出经济分类与基本支出：公式里的 基本开支 不是栏目"),
    ("checks.toml", "usual = [8000, 1500000]", "usual = [1500000, 8000]", "checks.toml: plausible 人均人员支出：usual 的前一个数应小于后一个数"),
    ("checks.toml", "usual = [8000, 1500000]", "usual = 8000", "checks.toml: plausible 人均人员支出：usual 应是两个数的列表，现在是 8000"),
    ("checks.toml", "usual = [8000, 1500000]", "usual = [8000]", "checks.toml: plausible 人均人员支出：usual 应是两个数，如 [0.5, 8]"),
    ("checks.toml", "usual = [8000, 1500000]", "usual = [800, 1500000]", "checks.toml: plausible 人均人员支出：possible 的范围应包含 usual 的范围"),
    ("checks.toml", "人员支出 / 实有人数", "人员支出 / 实有人员", "checks.toml: plausible 人均人员支出：公式里的 实有人员 不是栏目"),
    ("indicators.toml", "total = 100", "total = 99", "indicators.toml：各指标分值合计 100，不等于 total 99"),
    ("indicators.toml", 'kind = "per-point"', 'kind = "per-points"', "indicators.toml: indicator 财政供养人员控制率: rule：kind 只能是"),
    ("indicators.toml", 'measure = "财政供养人员控制率"', 'measure = "控制率"', "indicators.toml: 财政供养人员控制率：没有名为 控制率 的栏目或数"),
    ("indicators.toml", 'part_of_point = "不足一个百分点"', 'part_of_point = "部门名称"', "indicators.toml: 财政供养人员控制率：part_of_point 部门名称 不是选项栏目"),
    ("indicators.toml", '"[80%, 90%)", points = 4', '"[80%, 90%]", points = 4', "indicators.toml: 重点支出安排率：[80%, 90%] 与 [90%, ) 之间有空档或重叠"),
    ("indicators.toml", '"[80%, 90%)", points = 4', '"[81%, 90%)", points = 4', "indicators.toml: 重点支出安排率：[70%, 80%) 与 [81%, 90%) 之间有空档或重叠"),
    ("indicators.toml", '"[80%, 90%)"', '"80%-90%"', "range '80%-90%' 写法不对，应如 [80%, 90%)、(30%, ) 或 =0%"),
    ("indicators.toml", '"( , 60%)", points = 0', '"[50%, 60%)", points = 0', "indicators.toml: 重点支出安排率：[50%, 60%) 以下没有档次"),
    ("indicators.toml", '"[90%, )", points = 5', '"[90%, 200%)", points = 5', "indicators.toml: 重点支出安排率：[90%, 200%) 以上没有档次"),
    ("indicators.toml", '"[90%, )", points = 5', '"[90%, )", points = 6', "indicators.toml: 重点支出安排率：按规则最高 6 分，与分值 5 不符"),
    ("indicators.toml", 'field = "有预算管理制度"', 'field = "部门名称"', "indicators.toml: 预算管理制度健全性：部门名称 不是“是/否”栏目"),
    ("indicators.toml", "none = 3", "none = 2", "indicators.toml: 资金结余：按规则最高 2 分，与分值 3 不符"),
]  # fmt: skip


@pytest.mark.parametrize("file, old, new, message", FAULTS)
def test_a_fault_is_refused_with_file_and_key(tmp_path, file, old, new, message):
    with pytest.raises(FormError) as error:
        load(damaged(tmp_path, file, old, new))
    assert message in str(error.value)


@pytest.mark.parametrize(
    "file", ["fields.toml", "figures.toml", "checks.toml", "indicators.toml", "report.docx"]
)
def test_a_missing_file_is_refused(tmp_path, file):
    folder = tmp_path / "form"
    shutil.copytree(FORM.folder, folder)
    (folder / file).unlink()
    with pytest.raises(FormError, match=file):
        load(folder)


def test_forms_are_found_by_id_and_by_path(tmp_path):
    assert find("yueyang-2020") == available()["yueyang-2020"]
    copy = tmp_path / "甲 表"
    shutil.copytree(FORM.folder, copy)
    assert find(str(copy)) == copy
    assert find("nix") is None
    assert find("长" * 5000) is None
    assert load(copy).title == FORM.title


def test_figures_come_in_the_order_of_dependency_with_their_rows():
    order = [spec.name for spec in FORM.figures]
    assert order.index("本年收入") < order.index("收入合计")
    assert order.index("当年结余") < order.index("累计结余")
    scopes = {spec.name: spec.table for spec in FORM.figures}
    assert scopes["累计结余"] == "收入支出"
    assert scopes["三公经费变动率"] is None
    assert scopes["工资福利支出"] is None


def test_all_that_the_official_form_has_is_there():
    assert len(FORM.indicators) == 25
    assert sum(indicator.points for indicator in FORM.indicators) == 100
    assert len(FORM.sheets) == 11
    assert all(FORM.sources[s].number for i in FORM.indicators for s in i.source)


def test_every_cycle_and_every_doubled_name_is_told(tmp_path):
    folder = tmp_path / FORM.id
    shutil.copytree(FORM.folder, folder)
    extra = (("甲甲", "乙乙 + 1"), ("乙乙", "甲甲 + 1"), ("丙丙", "丙丙 * 2"), ("本年收入", "上年结转"))
    with (folder / "figures.toml").open("a", encoding="utf-8") as file:
        for name, formula in extra:
            file.write(
                f'[[figure]]\nname = "{name}"\nformula = "{formula}"\nformat = "万元"\nsource = ["tool"]\n'
            )
    _, told = faults(folder)
    assert sorted(told) == [
        "figures.toml: figure 本年收入：这个名称用了两次",
        "figures.toml：公式互相引用，成了循环：丙丙 → 丙丙",
        "figures.toml：公式互相引用，成了循环：甲甲 → 乙乙 → 甲甲",
    ]


def test_all_doubled_names_are_told(tmp_path):
    folder = damaged(tmp_path, "fields.toml", 'name = "预算编码"', 'name = "部门名称"')
    path = folder / "fields.toml"
    path.write_text(path.read_text("utf-8").replace('name = "退休人数"', 'name = "实有人数"'), "utf-8")
    _, told = faults(folder)
    assert told[:2] == ["fields.toml：名称 部门名称 用了两次", "fields.toml：名称 实有人数 用了两次"]


def test_formats_that_cannot_be_read_are_one_fault(tmp_path):
    folder = damaged(tmp_path, "form.toml", "[formats]", "[formates]")
    _, told = faults(folder)
    assert told == ["form.toml：缺少 formats"]


def test_the_third_level_is_called_like_the_indicator_if_nothing_is_said(tmp_path):
    folder = damaged(tmp_path, "indicators.toml", 'level3 = "财政供养人员控制率"\n', "")
    assert load(folder).indicators[0].level3 == "财政供养人员控制率"


@pytest.mark.parametrize(
    ("old", "new", "unit"),
    [
        ('unit = "万元" }', 'unit = "万元" }', "万元"),
        (', suffix = "", unit = "万元" }', " }", "万元"),  # what amounts are divided by says it
        ('suffix = "", unit = "万元" }', 'suffix = "万" }', "万"),
        ('amount = "万元"', 'amount = "计算数"', "元"),  # as it is
    ],
)
def test_what_amounts_are_printed_in(tmp_path, old, new, unit):
    form = load(damaged(tmp_path, "form.toml", old, new))
    assert form.amount_unit == unit


def test_a_format_without_a_unit_of_its_own_is_in_what_its_suffix_says(tmp_path):
    form = load(damaged(tmp_path, "form.toml", 'suffix = "%", unit = "%" }', 'suffix = "%" }'))
    assert [form.formats[name].unit for name in ("百分比", "填报百分比", "整数")] == ["%", "%", ""]
