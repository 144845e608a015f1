"""What stands behind a reference: the figure's unit once, another unit, or none."""

import pytest
from workbooks import Workbook, news

from generator.amounts import Interval
from generator.formula import Underived
from generator.model import CellRef, Figure
from generator.pipeline import examine
from generator.rules.texts import Facts
from generator.unit_words import at_end, compare, named, read

CELL = CellRef("综述", "C7")


def number(name, text, unit):
    return Figure(name, Interval.exact(1), text, unit=unit)


def words(name, text, unit=""):
    return Figure(name, text, text, unit=unit)


FIGURES = (
    number("收入", "5237.85", "万元"),
    number("问题金额", "4.28", "亿元"),
    number("小额", "800", "元"),
    number("圆额", "800", "圆"),
    number("简写", "4.28", "亿"),
    number("外汇", "5", "万美元"),
    number("含税", "5", "万元（含税）"),
    number("人均", "3500", "元/人"),
    number("项目", "66", "个"),
    number("人数", "1200", "人"),
    number("人次", "1200", "人次"),
    number("浏览", "47", "万条"),
    number("扩容", "200", "T"),
    number("满意度", "97.6%", "%"),
    number("裸率", "92.49", "％"),
    number("点数", "2.3", "个百分点"),
    number("年度", "2023", "年"),
    number("个数", "66个", "个"),
    number("无单位", "5", ""),
    Figure("变动率", Underived("zero", ()), "—", unit="%"),
    words("专项", "460万元"),
    words("专项又", "460万元", "亿元"),
    words("约数", "5.3万"),
    words("户数", "130户"),
    words("条数", "47万条"),
    words("区间", "95%—98%"),
    words("日期", "2023年9月30日"),
    words("若干", "若干", "项"),
    words("二期", "大厅扩建2期"),
)
FACTS = Facts({figure.name: figure for figure in FIGURES}, "工作数据", "公式")


def filled(text, alone=False):
    """The text as printed; severity, code and value of what is told."""
    made, findings = FACTS.fill(Figure("绩效情况", text, text, at=CELL), alone)
    assert "".join(piece for piece, _ in made.fragments) == made.text
    assert all(each.at == CELL and each.field == "绩效情况" for each in findings)
    return made.text, [(each.code, each.value) for each in findings]


RIGHT = [
    # the figure's own unit, in its spellings
    ("{{收入}}万元。", "5237.85万元。"),
    ("{{收入}} 万元。", "5237.85 万元。"),
    ("{{收入}}万。", "5237.85万。"),
    ("{{收入}}万余元", "5237.85万余元"),
    ("{{收入}}余万元", "5237.85余万元"),
    ("{{收入}}万圆整", "5237.85万圆整"),
    ("{{收入}}万元人民币", "5237.85万元人民币"),
    ("{{收入}}万元/年", "5237.85万元/年"),
    ("{{问题金额}}亿元", "4.28亿元"),
    ("{{问题金额}}亿，", "4.28亿，"),
    ("{{简写}}亿元", "4.28亿元"),
    ("{{小额}}元", "800元"),
    ("{{小额}}圆。", "800圆。"),
    ("{{圆额}}元。", "800元。"),
    ("{{外汇}}万美元", "5万美元"),
    ("{{含税}}万元", "5万元"),
    ("{{人均}}元/人", "3500元/人"),
    ("{{人均}}元", "3500元"),
    ("{{裸率}}%", "92.49%"),
    ("{{点数}}个百分点", "2.3个百分点"),
    ("{{扩容}}T，", "200T，"),
    ("{{浏览}}万余条", "47万余条"),
    # counters are much alike
    ("{{项目}}个", "66个"),
    ("{{项目}}项", "66项"),
    ("{{项目}}件，", "66件，"),
    ("{{人数}}名干部", "1200名干部"),
    ("{{人次}}人", "1200人"),
    ("{{浏览}}万次", "47万次"),
    # what is counted needs no counter
    ("{{项目}}审计项目", "66审计项目"),
    ("{{项目}}“四好”农村路", "66“四好”农村路"),
    # words that only begin like a unit
    ("{{项目}}元旦", "66元旦"),
    ("{{项目}}元宵", "66元宵"),
    ("{{项目}}圆满完成", "66圆满完成"),
    ("{{项目}}万分感谢", "66万分感谢"),
    ("{{项目}}万家灯火", "66万家灯火"),
    ("{{满意度}}分别为", "97.6%分别为"),
    ("{{满意度}}个人", "97.6%个人"),
    # a percentage prints its own sign
    ("{{满意度}}%", "97.6%"),
    ("{{满意度}}％。", "97.6%。"),
    ("{{满意度}} %。", "97.6%。"),
    ("{{满意度}}\u200b%。", "97.6%。"),
    ("{{满意度}}，", "97.6%，"),
    ("{{满意度}}以上", "97.6%以上"),
    ("{{满意度}}个百分点", "97.6个百分点"),
    ("{{变动率}}%。", "—。"),
    ("{{变动率}}。", "—。"),
    # so does a text, and a number whose cell shows its unit
    ("{{专项}}万元", "460万元"),
    ("{{专项}}。", "460万元。"),
    ("{{专项}}余万元", "460余万元"),
    ("{{专项又}}万元", "460万元"),
    ("{{约数}}元", "5.3万元"),
    ("{{约数}}万元", "5.3万元"),
    ("{{约数}}人", "5.3万人"),
    ("{{户数}}户", "130户"),
    ("{{条数}}万条", "47万条"),
    ("{{条数}}条", "47万条"),
    ("{{条数}}万余条", "47万余条"),
    ("{{区间}}%", "95%—98%"),
    ("{{个数}}个", "66个"),
    ("{{个数}}，", "66个，"),
    # years, dates, texts and what has no unit need none
    ("{{年度}}年", "2023年"),
    ("{{年度}}，", "2023，"),
    ("{{日期}}，", "2023年9月30日，"),
    ("{{若干}}，", "若干，"),
    ("{{二期}}期间", "大厅扩建2期期间"),
    ("{{无单位}}，", "5，"),
    ("{{无单位}}万元", "5万元"),
    # the unit stands near
    ("{{收入}}（万元）", "5237.85（万元）"),
    ("收入（万元）：{{收入}}", "收入（万元）：5237.85"),
    ("（单位：万元）收入{{收入}}", "（单位：万元）收入5237.85"),
    ("分别为{{收入}}、{{收入}}和{{收入}}万元", "分别为5237.85、5237.85和5237.85万元"),
    ("从{{收入}}增加到了{{收入}}万元", "从5237.85增加到了5237.85万元"),
    ("{{收入}}—6000万元", "5237.85—6000万元"),
    ("{{项目}}、{{项目}}个", "66、66个"),
    ("{{扩容}}、{{扩容}}T", "200、200T"),
]

WRONG = [
    # another unit of money
    ("{{收入}}元。", "text.wrong-unit", "{{收入}}元"),
    ("{{收入}}亿元", "text.wrong-unit", "{{收入}}亿元"),
    ("{{收入}}千元", "text.wrong-unit", "{{收入}}千元"),
    ("{{收入}}万美元", "text.wrong-unit", "{{收入}}万美元"),
    ("{{问题金额}}万元。", "text.wrong-unit", "{{问题金额}}万元"),
    ("{{问题金额}} 万元。", "text.wrong-unit", "{{问题金额}} 万元"),
    ("{{ 问题金额 }}万元。", "text.wrong-unit", "{{问题金额}}万元"),
    ("{{问题金额}}万。", "text.wrong-unit", "{{问题金额}}万"),
    ("{{小额}}万元", "text.wrong-unit", "{{小额}}万元"),
    ("{{简写}}万元", "text.wrong-unit", "{{简写}}万元"),
    ("{{外汇}}万元", "text.wrong-unit", "{{外汇}}万元"),
    ("{{含税}}元", "text.wrong-unit", "{{含税}}元"),
    ("{{人均}}万元", "text.wrong-unit", "{{人均}}万元"),
    ("{{专项}}元", "text.wrong-unit", "{{专项}}元"),
    # money or a percentage, and something else
    ("{{收入}}个，", "text.wrong-unit", "{{收入}}个"),
    ("{{收入}}%", "text.wrong-unit", "{{收入}}%"),
    ("{{收入}}个百分点", "text.wrong-unit", "{{收入}}个百分点"),
    ("{{项目}}万元", "text.wrong-unit", "{{项目}}万元"),
    ("{{项目}}元。", "text.wrong-unit", "{{项目}}元"),
    ("{{项目}}%", "text.wrong-unit", "{{项目}}%"),
    ("{{满意度}}万元", "text.wrong-unit", "{{满意度}}万元"),
    ("{{满意度}}分，", "text.wrong-unit", "{{满意度}}分"),
    ("{{满意度}}‰", "text.wrong-unit", "{{满意度}}‰"),
    ("{{若干}}万元", "text.wrong-unit", "{{若干}}万元"),
    # another order of magnitude
    ("{{人次}}万人次", "text.other-magnitude", "{{人次}}万人次"),
    ("{{项目}}万件", "text.other-magnitude", "{{项目}}万件"),
    ("{{项目}}万，", "text.other-magnitude", "{{项目}}万"),
    ("{{浏览}}条，", "text.other-magnitude", "{{浏览}}条"),
    ("{{浏览}}条信息", "text.other-magnitude", "{{浏览}}条"),
    ("{{浏览}}亿条", "text.other-magnitude", "{{浏览}}亿条"),
    ("{{户数}}万户", "text.other-magnitude", "{{户数}}万户"),
    ("{{点数}}%", "text.other-magnitude", "{{点数}}%"),
    # no unit at all
    ("增收{{收入}}", "text.no-unit", "{{收入}}"),
    ("增收{{ 收入 }}，其中", "text.no-unit", "{{收入}}"),
    ("{{收入}}左右", "text.no-unit", "{{收入}}"),
    ("{{收入}}元旦", "text.no-unit", "{{收入}}"),
    ("{{收入}}万里长征", "text.no-unit", "{{收入}}"),
    ("{{收入}}人民币", "text.no-unit", "{{收入}}"),
    ("{{收入}}元/人", "text.no-unit", "{{收入}}"),
    ("{{收入}}和{{问题金额}}亿元", "text.no-unit", "{{收入}}"),
    ("完成{{项目}}，", "text.no-unit", "{{项目}}"),
    ("完成{{项目}}", "text.no-unit", "{{项目}}"),
    ("完成{{项目}}、{{人数}}人", "text.no-unit", "{{项目}}"),
    ("完成{{项目}}{{人数}}人", "text.no-unit", "{{项目}}"),
    ("完成{{项目}}\n其次", "text.no-unit", "{{项目}}"),
    ("{{裸率}}。", "text.no-unit", "{{裸率}}"),
    ("{{点数}}。", "text.no-unit", "{{点数}}"),
    ("{{扩容}}。", "text.no-unit", "{{扩容}}"),
]


def test_the_tables_are_long_enough():
    assert len(RIGHT) + len(WRONG) >= 60


@pytest.mark.parametrize(("text", "printed"), RIGHT)
def test_a_fitting_unit_prints_once_and_is_not_told(text, printed):
    assert filled(text) == (printed, [])


@pytest.mark.parametrize(("text", "code", "value"), WRONG)
def test_a_wrong_or_missing_unit_is_told(text, code, value):
    assert filled(text)[1] == [(code, value)]


def test_a_name_is_told_once_in_a_text():
    text = "增收{{收入}}，{{ 收入 }}，{{收入}}元，{{收入}}元。"
    assert filled(text)[1] == [("text.no-unit", "{{收入}}"), ("text.wrong-unit", "{{收入}}元")]


def test_a_cell_of_its_own_has_its_unit_beside_it():
    assert filled("{{收入}}", alone=True) == ("5237.85", [])
    assert filled("{{满意度}}%", alone=True) == ("97.6%", [])
    assert filled("{{收入}}元", alone=True)[1] == [("text.wrong-unit", "{{收入}}元")]


def test_what_is_missing_says_nothing_of_its_unit():
    facts = Facts({"空": Figure("空", Underived("missing", ()), "", unit="万元")}, "工作数据", "公式")
    made, findings = facts.fill(Figure("绩效情况", "", "收入{{空}}元", at=CELL))
    assert (made.text, findings) == ("收入【待填：空】元", [])


FACT = {"名称": "问题金额", "数值": 4.28, "数据单位": "亿元"}
IN_A_WORKBOOK = [
    (
        "收入{{收入合计}}元。",
        '错误 {格}〔机构情况〕"{{收入合计}}元" 会印成“5237.85元”，但“收入合计”印出的是 5237.85，'
        "单位是“万元”，不是“元”；请改成 {{收入合计}}万元，或核对名称",
    ),
    (
        "金额{{问题金额}}万元。",
        '错误 {格}〔机构情况〕"{{问题金额}}万元" 会印成“4.28万元”，但“问题金额”印出的是 4.28，'
        "单位是“亿元”，不是“万元”；请改成 {{问题金额}}亿元，或核对名称",
    ),
    (
        "满意度{{服务对象满意度}}分。",
        '错误 {格}〔机构情况〕"{{服务对象满意度}}分" 会印成“99.9%分”，但“服务对象满意度”印出的是 99.9%，'
        "单位是“%”，不是“分”；请改成 {{服务对象满意度}}，或核对名称",
    ),
    (
        "编制{{人员编制}}万人。",
        '警告 {格}〔机构情况〕"{{人员编制}}万人" 会印成“30万人”，但“人员编制”印出的是 30，'
        "单位是“人”；请改成 {{人员编制}}人，或核对数值和单位",
    ),
    (
        "金额{{问题金额}}。",
        '提示 {格}〔机构情况〕"{{问题金额}}" 会印成“4.28”，后面没有单位，“问题金额”的单位是“亿元”；'
        "请写成 {{问题金额}}亿元；本来就不要单位的不用改",
    ),
    ("占{{财政拨款收入占比}}%，支出{{支出合计}}万元，编制{{人员编制}}名，{{年度}}年。", None),
]


@pytest.mark.parametrize(("text", "line"), IN_A_WORKBOOK)
def test_in_a_workbook_it_is_told_with_cell_and_words(tmp_path, text, line):
    book = Workbook().set(机构情况=text)
    book.row("工作数据", len(book.rows("工作数据")), **FACT)
    found = [each.line() for each in news(examine(book.save(tmp_path / "x.xlsx")).findings)]
    assert found == ([] if line is None else [line.replace("{格}", book.a1("机构情况"))])


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("收入合计", "万元"),
        ("公共财政拨款", "万元"),
        ("上年三公经费", "万元"),
        ("财政拨款收入占比", "%"),
        ("三公经费变动率", "%"),
        ("服务对象满意度", "%"),
        ("人员编制", "人"),
        ("年度", "年"),
        ("部门名称", ""),
    ],
)
def test_figures_carry_their_unit(tmp_path, name, unit):
    report = examine(Workbook().save(tmp_path / "x.xlsx")).report
    assert report.figures.values[name].unit == unit


def test_the_total_of_several_rows_and_a_missing_sheet_carry_it_too(tmp_path):
    book = Workbook()
    book.row(
        "收入支出", 1, **{name: 0 for name, (t, _) in book.form.columns().items() if t.name == "收入支出"}
    )
    book.row("收入支出", 1, 机构名称="二级机构")
    del book.book["决算核对数"]
    values = examine(book.save(tmp_path / "x.xlsx")).report.figures.values
    assert (values["公共财政拨款"].at, values["公共财政拨款"].unit) == (None, "万元")
    assert values["决算收入合计"].unit == "万元"


@pytest.mark.parametrize(
    ("unit", "kind", "base", "power"),
    [
        ("万元", "money", "元", 4),
        ("圆", "money", "元", 0),
        ("百万元", "money", "元", 6),
        ("万亿元", "money", "元", 12),
        ("人民币万元", "money", "元", 4),
        ("（万元）", "money", "元", 4),
        ("万美元", "money", "美元", 4),
        ("元／平方米", "rate", "元", 0),
        ("万", "bare", "", 4),
        ("％", "percent", "", 0),
        ("百分点", "points", "", 0),
        ("亿人次", "count", "人次", 8),
        ("千米", "count", "千米", 0),
        ("㎡", "count", "m2", 0),
    ],
)
def test_units_of_cells(unit, kind, base, power):
    found = named(unit)
    assert (found.kind, found.base, found.power) == (kind, base, power)


@pytest.mark.parametrize("unit", ["", "—", "无", "/", "公元前"])
def test_cells_that_name_no_unit(unit):
    assert named(unit) is None


@pytest.mark.parametrize("text", ["", "元旦", "圆满", "万里长征", "以上", "，", "的", "\n万元"])
def test_texts_that_begin_with_no_unit(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["", "460", "大厅2期", "2023年9月", "万元", "第3批"])
def test_texts_that_are_no_number_with_its_unit(text):
    assert at_end(text) is None


@pytest.mark.parametrize("own", ["万元", "亿元", "个", "万条", "%", "‰", "个百分点", "元/人", "万"])
def test_every_unit_is_the_same_as_itself(own):
    assert compare(named(own), named(own)) == "same"
