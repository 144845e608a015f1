"""What a form may say beyond the official hundred points, from the workbook to document and working paper:
indicators that do not apply, bonus and malus, bounds, one of several rules, judgement within a tier."""

from decimal import Decimal

import pytest
from documents import text
from variants import variant
from workbook.test_workpaper import Agreement, needs_office, paper, recalculated
from workbooks import STANDING, Workbook

from generator import form as forms
from generator.document.render import render
from generator.explain import explain
from generator.explanation import total_lines
from generator.pipeline import examine

FIELDS = """
  { name = "有公务卡", type = "yes-no", required = true, sample = "是" },
  { name = "违规例数", type = "integer", min = 0, required = true, sample = "0" },
  { name = "获得表彰", type = "yes-no", required = true, sample = "否" },
  { name = "采购方式", type = "choice", choices = ["按执行率", "按例数"], required = true, sample = "按执行率" },
  { name = "社会效益档次", type = "choice", choices = ["达成", "部分达成", "未达成"], required = true, sample = "达成" },
"""
INDICATORS = """
[[indicator]]
name = "表彰加分"
level1 = "加分"
level2 = "加分项"
level3 = "获得表彰"
points = 3
effect = "bonus"
standard = "获得省级以上表彰的加3分。"
rule = { kind = "check-list", items = [{ field = "获得表彰", text = "获得省级以上表彰", points = 3 }] }
source = ["tool"]

[[indicator]]
name = "创新加分"
level1 = "加分"
level2 = "加分项"
level3 = "工作创新"
points = 2
effect = "bonus"
standard = "由单位自评，最多加2分。"
rule = { kind = "judged" }
source = ["tool"]

[[indicator]]
name = "违规扣分"
level1 = "扣分"
level2 = "扣分项"
level3 = "违规违纪"
points = 8
effect = "malus"
standard = "每出现一例扣3分，最多扣8分。"
rule = { kind = "per-case", count = "违规例数", unit = "例", what = "违规违纪", deduct = 3 }
source = ["tool"]

[[cap]]
name = "加分合计"
at_most = 4
indicators = ["表彰加分", "创新加分"]
source = ["tool"]

[[cap]]
name = "项目支出低于支出合计一半的，最高80分"
when = "项目支出占比 < 0.5"
at_most = 80
source = ["tool"]

[[cap]]
name = "总分不超过100分"
at_most = 100
source = ["tool"]
"""
CARD = (
    'not_applicable = { unless = "公务卡应刷卡支出 != 0 or 公务卡实际刷卡金额 != 0", '
    'policy_by = "无此项口径", because = "本年度没有公务卡应刷卡支出" }'
)
BUYING = (
    'rule = { kind = "per-point", measure = "政府采购执行率", direction = "below", base = 1.00, '
    'deduct = 0.2, part_of_point = "不足一个百分点", undefined = "over", '
    'undefined_because = "没有采购预算而有采购，按超预算计" }'
)
SOCIAL = """shared = "履职效益共性指标"
rule = { kind = "judged" }
source = ["mof-2013-53", "yueyang-form"]

[[indicator]]
name = "生态效益\""""
TIERS = """rule = { kind = "tier", by = "社会效益档次", tiers = [
  { is = "达成", range = "[80%, 100%]" },
  { is = "部分达成", range = "[60%, 80%)" },
  { is = "未达成", range = "[0%, 60%)" },
] }"""


def changes(policy="rescale"):
    known = f'not_applicable = {{ unless = "有公务卡", policy = "{policy}", because = "没有公务卡" }}'
    one_of = (
        'rule = { kind = "one-of", by = "采购方式", rules = [ { is = "按执行率", ' + BUYING + " }, "
        '{ is = "按例数", rule = { kind = "per-case", count = "违规例数", unit = "例", what = "违规采购", deduct = 1 } } ] }'
    )
    return (
        ("fields.toml", '  { name = "结余口径"', FIELDS + '  { name = "结余口径"'),
        ("indicators.toml", "", INDICATORS),
        ("indicators.toml", CARD, known),
        ("indicators.toml", BUYING, one_of),
        ("indicators.toml", SOCIAL, SOCIAL.replace('rule = { kind = "judged" }', TIERS, 1)),
    )


ANSWERS = {"有公务卡": "是", "违规例数": 0, "获得表彰": "否", "采购方式": "按执行率", "社会效益档次": "达成"}
ROWS = (
    ("加分", "加分项", "获得表彰", 3),
    ("加分", "加分项", "工作创新", 2),
    ("扣分", "扣分项", "违规违纪", 8),
)


class Made(Workbook):
    """The sample with the fields and rows that the extended form has besides."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = self.book["评分数据"]
        below = self.address("不足一个百分点")[1][0] + 1
        self.sheet.insert_rows(below, len(ANSWERS))
        self.places = {name: below + n for n, name in enumerate(ANSWERS)}
        for name, row in self.places.items():
            self.sheet.cell(row, 2, name)
            self.sheet.cell(row, 3, ANSWERS[name])
        for number, (level1, level2, level3, points) in enumerate(ROWS, 25):
            self.row("评分表", number, 一级指标=level1, 二级指标=level2, 三级指标=level3, 分值=points)
        self.row("评分表", 26, 自评得分=0)

    def answer(self, **values) -> "Made":
        for name, value in values.items():
            self.sheet.cell(self.places[name], 3).value = value
        return self


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return variant(tmp_path_factory.mktemp("form"), *changes())


def examined(folder, tmp_path, book):
    return examine(book.save(tmp_path / "x.xlsx"), str(folder))


def told(examination):
    return [each.line() for each in examination.findings if each.code not in STANDING]


def test_nothing_of_it_used_gives_the_score_of_the_sample(folder, tmp_path):
    examination = examined(folder, tmp_path, Made())
    card = examination.report.scorecard
    assert told(examination) == []
    assert (card.total, card.full, card.adjustments) == (99, 100, ())


CASES = [
    ("a bonus by rule", lambda b: b.answer(获得表彰="是"), "100",
     ["总分不超过100分：综合得分102分，最高计100分"]),
    ("a malus by rule", lambda b: b.answer(违规例数=2), "93", []),
    ("a malus is bounded by its points", lambda b: b.answer(违规例数=9), "91", []),
    ("bonuses have a bound together",
     lambda b: b.answer(获得表彰="是", 违规例数=1).row("评分表", 26, 自评得分=2, 扣分原因和其他说明="省级试点"), "100",
     ["加分合计：合计5分，最高计4分"]),
    ("what does not apply is rescaled", lambda b: b.answer(有公务卡="否"), "98.97",
     ["不适用指标折算：不适用的指标3分不计，其余指标97分折算为100分：96×100÷97＝98.97分"]),
    ("a denominator of nothing is no fault then",
     lambda b: b.answer(有公务卡="否").set(公务卡应刷卡支出=0, 公务卡实际刷卡金额=0), "98.97",
     ["不适用指标折算：不适用的指标3分不计，其余指标97分折算为100分：96×100÷97＝98.97分"]),
    ("one of two rules", lambda b: b.answer(采购方式="按例数", 违规例数=1), "95", []),
    ("the total is bounded by a condition",
     lambda b: b.set(项目支出=9000000), "80", None),
    ("judged within a tier",
     lambda b: b.answer(社会效益档次="部分达成").row("评分表", 22, 自评得分=3.5, 扣分原因和其他说明="宣传不够"), "97.5", []),
]  # fmt: skip


@pytest.mark.parametrize("edit, total, steps", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_total_and_its_steps(folder, tmp_path, edit, total, steps):
    book = Made()
    edit(book)
    examination = examined(folder, tmp_path, book)
    card = examination.report.scorecard
    if steps is None:
        assert card.adjustments[-1].name == "项目支出低于支出合计一半的，最高80分"
    else:
        assert [f"{each.name}：{each.reason}" for each in card.adjustments] == steps
    assert card.total == Decimal(total)
    assert card.total == sum(r.score for r in card.rows) + sum(a.points for a in card.adjustments)


FAULTS = [
    ("a bonus without a ground", lambda b: b.row("评分表", 26, 自评得分=2),
     "错误 评分表!H32〔扣分原因和其他说明〕“工作创新”加了 2 分，没有说明依据；请在“扣分原因和其他说明”栏写明加分的依据"),
    ("a score outside its tier", lambda b: b.answer(社会效益档次="部分达成"),
     "错误 评分表!G28〔自评得分〕自评得分 \"5\" 不在“部分达成”一档的 3（含）至4 分之间；请改正得分，或改选档次"),
    ("a loss within a tier without a reason",
     lambda b: b.answer(社会效益档次="部分达成").row("评分表", 22, 自评得分=3.5),
     "错误 评分表!H28〔扣分原因和其他说明〕“社会效益”扣了 1.5 分，没有说明原因；请在“扣分原因和其他说明”栏写明原因"),
    ("a bonus out of range", lambda b: b.row("评分表", 26, 自评得分=3),
     "错误 评分表!G32〔自评得分〕自评得分 \"3\" 超出 0 至 2 的范围；请核对得分"),
]  # fmt: skip


@pytest.mark.parametrize("edit, line", [c[1:] for c in FAULTS], ids=[c[0] for c in FAULTS])
def test_a_fault_is_told(folder, tmp_path, edit, line):
    book = Made()
    edit(book)
    assert told(examined(folder, tmp_path, book)) == [line]


POLICIES = [
    ("full", {}, "99", "公务卡刷卡率：没有公务卡，按满分计，计3分", []),
    ("zero", {}, "96", "公务卡刷卡率：没有公务卡，不得分，计0分", []),
    ("ask", {"自评得分": 2, "扣分原因和其他说明": "参照上年"}, "98", "公务卡刷卡率：没有公务卡，由单位自评，计2分", []),
    ("ask", {"自评得分": 3}, "99", "公务卡刷卡率：没有公务卡，由单位自评，计3分",
     ["错误 评分表!H17〔扣分原因和其他说明〕“公务卡刷卡率”没有公务卡，由单位自评，没有说明理由；"
      "请在“扣分原因和其他说明”栏写明给这个分的理由"]),
    ("ask", {}, None, "",
     ["错误 评分表!G17〔自评得分〕没有填写自评得分；请填写 0 至 3 之间的得分"]),
]  # fmt: skip


@pytest.mark.parametrize("policy, cells, total, reason, lines", POLICIES)
def test_what_does_not_apply(tmp_path, policy, cells, total, reason, lines):
    folder = variant(tmp_path, *changes(policy))
    book = Made().answer(有公务卡="否")
    book.row("评分表", book.find_row("评分表", "三级指标", "公务卡刷卡率"), **cells)
    examination = examined(folder, tmp_path, book)
    card = examination.report.scorecard
    row = next(each for each in card.rows if each.indicator == "公务卡刷卡率")
    assert told(examination) == lines
    assert (row.reason, card.pending) == (reason, total is None)
    assert total is None or card.total == Decimal(total)


def test_a_ruled_score_that_applies_is_not_asked_for(tmp_path):
    examination = examined(variant(tmp_path, *changes("ask")), tmp_path, Made())
    assert told(examination) == []


def test_document_and_explanation_say_it(folder, tmp_path):
    examination = examined(folder, tmp_path, Made().answer(有公务卡="否", 违规例数=2, 获得表彰="是"))
    report, form = examination.report, examination.form
    document = text(render(report, form)[0])
    assert "公务卡刷卡率：没有公务卡，不计分，综合得分按其余指标折算" in document
    assert "违规违纪：2例违规违纪，每例扣3分，扣6分，计-6分" in document
    assert "不适用" in document
    lines = [line for _, line in total_lines(report, form)]
    assert lines[0].endswith("＋ 3 ＋ 0 ＋ （-6） ＋ 2.97 ＝ 95.97 分（满分 100 分）")
    assert lines[1].startswith("不适用指标折算：")
    rules = {each.name: (each.rule, each.reason) for each in explain(examination, ()).scores}
    assert rules["公务卡刷卡率"] == (
        "没有公务卡的，不计分，综合得分按其余指标折算",
        "没有公务卡，不计分，综合得分按其余指标折算",
    )
    assert rules["政府采购执行率"][0].startswith("比100%每低一个百分点扣0.2分")


def test_a_target_in_days_prints_in_days(tmp_path):
    """Not as 3000%."""
    field = '  { name = "平均采购天数", type = "number", unit = "天", required = true, sample = "40" },\n  { name = "结余口径"'
    rule = 'rule = { kind = "proportional", measure = "平均采购天数", target = 30, direction = "less" }'
    made = variant(
        tmp_path, ("fields.toml", '  { name = "结余口径"', field), ("indicators.toml", BUYING, rule)
    )
    book = Workbook()
    below = book.address("不足一个百分点")[1][0] + 1
    book.book["评分数据"].insert_rows(below, 1)
    book.book["评分数据"].cell(below, 2, "平均采购天数")
    book.book["评分数据"].cell(below, 3, 40)
    examination = examined(made, tmp_path, book)
    row = next(each for each in examination.report.scorecard.rows if each.indicator == "政府采购执行率")
    assert row.reason == "政府采购执行率：40天，目标30天，按目标 ÷ 实际 ＝ 75.00%计分，计2.25分"
    told_of = next(each for each in explain(examination, ()).scores if each.name == "政府采购执行率")
    assert told_of.rule == "得分 ＝ 分值 × 目标 ÷ 实际（目标为30天），不超过分值"


def test_a_bonus_that_is_not_earned_is_no_deduction(folder, tmp_path):
    report = examined(folder, tmp_path, Made()).report
    rows = {row.indicator: row for row in report.scorecard.rows}
    assert (rows["表彰加分"].score, rows["表彰加分"].reason) == (0, "")
    report = examined(folder, tmp_path, Made().answer(获得表彰="是")).report
    rows = {row.indicator: row for row in report.scorecard.rows}
    assert rows["表彰加分"].reason == "获得表彰：获得省级以上表彰（加3分），计3分"


def test_a_renamed_row_does_not_escape_its_rule_unseen(tmp_path):
    book = Workbook()
    number = book.find_row("评分表", "三级指标", "社会公众或服务对象满意度")
    book.row("评分表", number, 三级指标="群众满意度", 自评得分=5)
    findings = examine(book.save(tmp_path / "x.xlsx")).findings
    assert [each.line() for each in findings if each.code not in STANDING] == [
        "警告 评分表 评分表里没有“社会公众或服务对象满意度”，表样给它规定的计分办法没有用上；"
        "只是改了名的，请改回原名；确实不设这一项的不用改"
    ]


@needs_office
def test_the_working_paper_recalculates_all_of_it(folder, tmp_path):
    form = forms.load(folder)
    books = []
    for _, edit, _, _ in CASES:
        book = Made()
        edit(book)
        books.append(book)
    reports = []
    for number, book in enumerate(books):
        reports.append(examine(book.save(tmp_path / f"{number}.xlsx"), str(folder)).report)
    agreement = Agreement()
    for book, report in zip(
        recalculated([paper(r, form) for r in reports], tmp_path / "o"), reports, strict=True
    ):
        agreement.compare(book, report, form)
    assert agreement.differences == []
    assert agreement.compared > 1000
