"""What a form says of scoring beyond the plain kinds, with one fault each: refused, with file and key."""

import pytest
from samples import FORMS
from variants import variant
from workbooks import FORM

from generator.form import FormError, load
from generator.form.rule_types import OneOf, Tiered, inner_rules, measures, part_of_point

PROJECT, HUNAN = FORMS["mof-project-2020"], FORMS["hunan-department-2018"]
I = "indicators.toml"  # noqa: E741
TIER = '{ is = "部分达成年度指标并具有一定效果", range = "[60%, 80%)" }'
NOT_APPLICABLE = 'not_applicable = { unless = "有新建楼堂馆所", policy = "full"'
CAP = '[[cap]]\nname = "封顶"\nsource = ["tool"]\n'

FAULTS = [
    (PROJECT, I, 'kind = "one-of"', 'kind = "one-off"', "indicators.toml: own: rule：kind 只能是"),
    (PROJECT, I, 'by = "计分方式"', 'by = "计分方法"', "indicators.toml: own：by 计分方法 不是选项栏目"),
    (PROJECT, I, '{ is = "区间",', '{ is = "范围",', "indicators.toml: own：计分方式 的选项“区间”应有一项，现有 0 项"),
    (PROJECT, "fields.toml", '"区间", "定性"]', '"定性"]', "indicators.toml: own：计分方式 没有选项“区间”"),
    (PROJECT, I, '{ is = "区间",', '{ is = "反向",', "indicators.toml: own：计分方式 的选项“反向”应有一项，现有 2 项"),
    (PROJECT, I, 'high = "指标值上限"', 'high = "上限"', "indicators.toml: own：没有名为 上限 的栏目或数"),
    (PROJECT, I, 'high = "指标值上限"', 'high = "三级指标"', "indicators.toml: own：三级指标 不是数，不能参加计算"),
    (PROJECT, I, 'low = "年度指标值", high = "指标值上限"', "low = 5, high = 3", "indicators.toml: own：low 5 大于 high 3"),
    (PROJECT, I, 'needs = ["年度指标值"]', 'needs = ["指标值"]', "indicators.toml: own：needs 里的 指标值 不是栏目"),
    (PROJECT, I, TIER, TIER.replace("[60%", "[70%"), "[0%, 60%) 与 [70%, 80%) 之间有空档或重叠"),
    (PROJECT, I, 'range = "[80%, 100%]"', 'range = "[80%, 90%]"', "indicators.toml: own：各档合起来应是 0%（含）至 100%（含）"),
    (PROJECT, I, 'open = ["产出指标", "效益指标", "满意度指标"]', "open = []", "indicators.toml: own：没有单位可以增减的一级指标，请写 open"),
    (PROJECT, I, 'open = ["产出指标", "效益指标", ', 'open = ["产出指标", ', "indicators.toml: level 效益指标：不在 open 里"),
    (PROJECT, I, "points = 50", "points = 55", "indicators.toml：各指标分值合计 105，不等于 total 100"),
    (PROJECT, I, 'source = ["mof-2020-10", "tool"]\n# 没', "source = []\n# 没", "own：没有写明来源 source"),
    (PROJECT, I, "", CAP, "indicators.toml: cap 封顶：须写 at_most 或 at_least"),
    (PROJECT, I, "", f"{CAP}at_most = 3\nat_least = 4", "indicators.toml: cap 封顶：at_least 大于 at_most"),
    (PROJECT, I, "", f'{CAP}at_most = 90\nwhen = "执行率 < 0.8"', "indicators.toml: cap 封顶：公式里的 执行率 不是栏目"),
    (PROJECT, I, "", f'{CAP}at_most = 90\nindicators = ["甲"]', "indicators.toml: cap 封顶：没有名为 甲 的指标"),
    (PROJECT, I, "", f'{CAP.replace("tool", "nix")}at_most = 90', "来源 nix 没有在 form.toml 的 [[source]] 里列出"),
    (PROJECT, I, "", f"{CAP}at_most = 790", "indicators.toml: cap 封顶：at_most 790 高于可能的最高分 100，不起作用"),
    (PROJECT, I, "", f"{CAP}at_most = -5", "indicators.toml: cap 封顶：at_most 不能小于 0"),
    (PROJECT, I, "", f'{CAP}at_most = 90\nwhen = "预算执行率 < 80"', "indicators.toml: cap 封顶：when：“预算执行率”是百分比，80 是 8000%，请写 80% 或 0.8"),
    (PROJECT, I, "", f'{CAP}at_most = 9\nindicators = ["预算执行"]', "没有名为 预算执行 的指标（是不是“预算执行率”？）"),
    (PROJECT, "fields.toml", '{ label = "其他资金"', '{ label = "其他（资金）"', "label '其他（资金）' 不能用作名称"),
    (PROJECT, "fields.toml", 'sums = ["columns"]', 'sums = ["column"]', "matrices 项目资金：sums 只能是 rows、columns"),
    (PROJECT, "fields.toml", '{ name = "填报人",', '{ name = "总分调整",', "fields.toml：总分调整 是工具自己的名称，请换一个"),
    (PROJECT, "fields.toml", '{ name = "指标值上限", type', '{ name = "得分原因", type', "fields.toml: 评分表：得分原因 是工具自己的名称，请换一个"),
    (HUNAN, I, NOT_APPLICABLE, NOT_APPLICABLE.replace("full", "half"), "楼堂馆所面积控制率: not_applicable：policy 只能是 full、zero、rescale、ask"),
    (HUNAN, I, NOT_APPLICABLE, NOT_APPLICABLE.replace("有新", "有"), "楼堂馆所面积控制率: not_applicable：公式里的 有建楼堂馆所 不是栏目"),
    (HUNAN, I, NOT_APPLICABLE, NOT_APPLICABLE.replace("有新建楼堂馆所", "批准建设面积 >"), "not_applicable：unless：公式写法不对"),
    (HUNAN, I, NOT_APPLICABLE, NOT_APPLICABLE.replace(', policy = "full"', ""), "楼堂馆所面积控制率: not_applicable：policy 和 policy_by 须写一个，也只能写一个"),
    (HUNAN, I, NOT_APPLICABLE, f'{NOT_APPLICABLE}, policy_by = "无此项口径"', "not_applicable：policy 和 policy_by 须写一个，也只能写一个"),
    (HUNAN, I, NOT_APPLICABLE, NOT_APPLICABLE.replace('policy = "full"', 'policy_by = "不足一档的部分"'), 'not_applicable：policy_by 不足一档的部分 的选项没有写明意思，请加上 [policies."不足一档的部分"]'),
    (HUNAN, I, '"折算" = "rescale"', "", "indicators.toml: policies: 无此项口径：没有写明选项“折算”的意思"),
    (HUNAN, I, '"折算" = "rescale"', '"折算" = "rescale"\n"折算法" = "zero"', "indicators.toml: policies: 无此项口径：栏目没有选项“折算法”（是不是“折算”？）"),
    (HUNAN, I, '"折算" = "rescale"', '"折算" = "scale"', "indicators.toml: policies: 无此项口径：折算 只能是 full、zero、rescale、ask，现在是 'scale'"),
    (HUNAN, I, '"折算" = "rescale"', '"折算" = "rescale"\n[policies."不足一档的部分"]\n"不扣" = "full"\n"按比例" = "full"\n"按一个点" = "full"', "indicators.toml: policies: 不足一档的部分：没有指标用到，请在 not_applicable 里写 policy_by"),
    (HUNAN, I, '"折算" = "rescale"', '"折算" = "rescale"\n[policies."无此口径"]\n"折算" = "zero"', "indicators.toml: policies: 无此口径：不是选项栏目（是不是“无此项口径”？）"),
    (PROJECT, I, 'undefined = "over", undefined_because', "undefined_because", 'indicator 预算执行率: rule：undefined_because 只和 undefined = "over" 一起写'),
    (PROJECT, I, '"more", undefined = "over", undefined_because = "没有预算而有执行，按超预算计"', '"more", undefined = "more"', "indicator 预算执行率: rule：undefined 只能是 error、zero、over，现在是 'more'"),
    (PROJECT, I, 'not_applicable = { unless = "年度资金总额_全年预算 != 0 or 年度资金总额_全年执行 != 0", policy_by = "无此项口径", because = "全年预算数和全年执行数都为0，没有预算可执行" }', "", 'indicators.toml: 预算执行率：写了 undefined = "over" 的，须写 not_applicable：分子、分母都是 0 时怎样计'),
    (PROJECT, I, 'direction = "more", explain_beyond = 0.3', 'direction = "more", undefined = "over"', 'indicators.toml: own：undefined = "over" 不能用于单位自己的指标'),
    (PROJECT, "figures.toml", 'undefined = "dash"', 'undefined = "zero"', "figures.toml: figure 当年财政拨款_执行率：undefined 只能是 error、dash，现在是 'zero'"),
    (PROJECT, "fields.toml", 'default = "按满分"', 'default = "满分"', "sheet 项目资金: fields 无此项口径：default 满分 不是 choices 里的选项"),
    (PROJECT, "fields.toml", 'default = "按满分"', 'default = "按满分", required = true', "fields 无此项口径：写了 default 的栏目可以不填，不能再写 required = true"),
    (PROJECT, "fields.toml", 'choices = ["正向", "反向", "区间", "定性"]', 'choices = ["正向", "反向", "区间", "定性"], default = "正向"', "tables 评分表：计分方式 是表格的列，不能写 default"),
    (HUNAN, I, 'shared = "履职效益共性指标"', 'shared = "履职效益共性指标"\neffect = "bonus"', "经济效益：加分项、扣分项不能与别的指标合用分值"),
    (HUNAN, I, 'shared = "履职效益共性指标"', 'effect = "bonus"', "indicators.toml：各指标分值合计 97，不等于 total 100"),
    (HUNAN, I, '"(0%, 10%]", points = 6', '"(10%, 10%]", points = 6', "indicators.toml: 预算控制率：(10%, 10%] 里没有数"),
    (HUNAN, I, 'open = ["产出及效率"]', 'open = ["产出和效率"]', "indicators.toml: open：没有叫 产出和效率 的一级指标（是不是“产出及效率”？）"),
    (HUNAN, I, "base = 1.00, deduct = 0.5", "base = 100, deduct = 0.5", "在职人员控制率：base = 100 是 10000%，百分比写成小数，如 1% 写 0.01"),
    (HUNAN, I, "deduct = 2, step = 0.05", "deduct = 2, step = 5", "预算完成率：step = 5 是 500%，百分比写成小数，如 1% 写 0.01"),
    (HUNAN, "fields.toml", 'choices = ["不扣", "按比例", "按一个点"]', 'choices = ["不扣", "按比例"]', "part_of_point 不足一档的部分 的选项应是 不扣、按比例、按一个点"),
    (HUNAN, "form.toml", "at_least = 90", "at_least = 101", "form.toml: grade 优秀：at_least 101 超过满分 100"),
    (HUNAN, I, 'source = ["hunan-form", "tool"]', 'source = ["hunan-from"]', "indicators.toml: 在职人员控制率：来源 hunan-from 没有在 form.toml 的 [[source]] 里列出（是不是“hunan-form”？）"),
    (HUNAN, I, "deduct = 2, step = 0.05", "deduct = 2, step = 0", "indicators.toml: 预算完成率：step 应大于 0"),
]  # fmt: skip


@pytest.mark.parametrize("form, file, old, new, message", FAULTS)
def test_a_fault_is_refused_with_file_and_key(tmp_path, form, file, old, new, message):
    with pytest.raises(FormError) as error:
        load(variant(tmp_path, (file, old, new), source=form.folder))
    assert message in str(error.value)


def test_groups_of_one_kind_only(tmp_path):
    bonus = ('shared = "履职效益共性指标"', 'effect = "bonus"')
    cap = f'{CAP}at_most = 3\nindicators = ["经济效益", "行政效能"]'
    with pytest.raises(FormError, match="加分项、扣分项和一般指标不能合在一起"):
        load(
            variant(
                tmp_path, (I, *bonus), (I, "", cap), (I, "total = 100", "total = 97"), source=HUNAN.folder
            )
        )


def test_a_group_with_a_bound_counts_no_more(tmp_path):
    cap = f'{CAP}at_most = 10\nindicators = ["行政效能", "满意度"]'
    form = load(variant(tmp_path, (I, "", cap), (I, "total = 100", "total = 98"), source=HUNAN.folder))
    assert form.full_points == 98


def test_rules_within_a_rule():
    rule = PROJECT.own.rule
    assert isinstance(rule, OneOf)
    assert measures(rule) == ("计分方式", "实际完成值", "年度指标值", "指标值上限", "完成档次")
    assert [type(each) is Tiered for each in inner_rules(rule)] == [False, False, False, True]
    assert part_of_point(rule) == ""
    assert part_of_point(FORM.indicators[0].rule) == "不足一个百分点"
    assert PROJECT.own_columns == {"计分方式", "实际完成值", "年度指标值", "指标值上限", "完成档次"}


def test_what_a_score_rests_on_includes_whether_it_applies():
    official = {each.name: each for each in HUNAN.indicators}
    building, staff = official["楼堂馆所面积控制率"], official["在职人员控制率"]
    assert HUNAN.rests_on(building) == {"有新建楼堂馆所", "批准建设面积", "实际建设面积"}
    assert HUNAN.rests_on(staff) == {"编制数", "实际在职人数", "无此项口径"}


def test_a_control_row_is_no_part_of_the_sums():
    matrix = PROJECT.sheets[2].matrices[0]
    assert matrix.controls == ("年度资金总额",)
    assert not matrix.cells["年度资金总额", "年初预算数"].required
    assert matrix.cells["年度资金总额", "年初预算数"].name == "填报资金总额_年初预算"
    assert matrix.cells["当年财政拨款", "年初预算数"].required
    assert not matrix.cells["其他资金", "年初预算数"].required
