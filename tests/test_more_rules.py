"""Rules that give and take outside the full points, several rules in one row, factors and limits of the grade: from
the workbook to document, explanation and working paper, held against a scorer of its own in plain fractions."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from documents import text
from variants import variant
from workbook.test_workpaper import Agreement, needs_office, paper, recalculated
from workbooks import FORM, STANDING, Workbook

from generator import form as forms
from generator.document.render import render
from generator.explain import explain
from generator.explanation import total_lines
from generator.lint import lint_form
from generator.pipeline import examine

FIELDS = """
  { name = "平均天数", type = "number", unit = "天", required = true, min = 0, sample = "4" },
  { name = "表彰次数", type = "integer", unit = "次", required = true, min = 0, sample = "0" },
  { name = "通报次数", type = "integer", unit = "次", required = true, min = 0, sample = "0" },
  { name = "制度评定", type = "choice", choices = ["健全", "基本健全", "不健全"], required = true, sample = "健全" },
  { name = "有重大违纪", type = "yes-no", required = true, sample = "否" },
  { name = "考核分", type = "number", unit = "分", required = true, min = 0, max = 100, sample = "100" },
  { name = "管理系数", type = "number", required = true, min = 0, max = 1, sample = "1" },
"""


def extra(name, points, effect, rule, more=""):
    return f"""
[[indicator]]
name = "{name}"
level1 = "加分扣分"
level2 = "加分扣分"
level3 = "{name}"
points = {points}
effect = "{effect}"
{more}
standard = "见规则。"
rule = {rule}
source = ["tool"]
"""


EXTRA = (
    ("办理扣分", 3, "malus", """{ kind = "bands", measure = "平均天数", bands = [
  { range = "( , 5天]", points = 0 }, { range = "(5天, 10天)", points = 1 }, { range = "[10天, )", points = 3 } ] }"""),
    ("制度扣分", 2, "malus", """{ kind = "choice", by = "制度评定", choices = [
  { is = "健全", points = 0 }, { is = "基本健全", points = 1 }, { is = "不健全", points = 2 } ] }"""),
    ("酌情扣分", 5, "malus", '{ kind = "judged" }'),
    ("奖惩", 3, "both", """{ kind = "cases", items = [ { count = "表彰次数", unit = "次", what = "表彰", add = 1 },
  { count = "通报次数", unit = "次", what = "通报", deduct = 2 } ] }""", "takes = 4"),
    ("超时扣分", 4, "malus", '{ kind = "per-point", measure = "平均天数", direction = "above", base = 5, deduct = 0.5, part_of_point = "按一个点" }'),
    ("考核加分", 2, "bonus", """{ kind = "formula", formula = "考核分 / 100 * 2", because = "考核{考核分}，按比例加分" }"""),
)  # fmt: skip
SUMS = """rule = { kind = "sum", rules = [
  { name = "时效", points = 2, rule = { kind = "linear", measure = "平均天数", none = 15, full = 5 } },
  { name = "制度", points = 1, rule = { kind = "choice", by = "制度评定", choices = [
    { is = "健全", points = 1 }, { is = "基本健全", points = 0.5 }, { is = "不健全", points = 0 } ] } },
] }"""
LIMITS = """
[[factor]]
name = "管理系数"
times = "管理系数"
when = "管理系数 < 1"
source = ["tool"]

[[cap]]
name = "一票否优"
when = "有重大违纪"
grade_at_most = "合格"
source = ["tool"]

[[cap]]
name = "采购不足2分的，最高95分"
when = "指标得分.政府采购执行率 < 2"
at_most = 95
source = ["tool"]
"""
BUYING = next(
    line
    for line in (FORM.folder / "indicators.toml").read_text("utf-8").splitlines()
    if line.startswith('rule = { kind = "per-point", measure = "政府采购执行率"')
)
ANSWERS = {
    "平均天数": 4,
    "表彰次数": 0,
    "通报次数": 0,
    "制度评定": "健全",
    "有重大违纪": "否",
    "考核分": 100,
    "管理系数": 1,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return variant(
        tmp_path_factory.mktemp("form"),
        ("fields.toml", '  { name = "结余口径"', FIELDS + '  { name = "结余口径"'),
        ("indicators.toml", BUYING, SUMS),
        ("indicators.toml", "", "".join(extra(*each) for each in EXTRA) + LIMITS),
    )


class Made(Workbook):
    """The sample with the fields and rows that this form has besides."""

    def __init__(self, taken=0, **answers) -> None:
        super().__init__()
        sheet = self.book["评分数据"]
        below = self.address("不足一个百分点")[1][0] + 1
        sheet.insert_rows(below, len(ANSWERS))
        for number, (name, value) in enumerate({**ANSWERS, **answers}.items()):
            sheet.cell(below + number, 2, name)
            sheet.cell(below + number, 3, value)
        for number, (name, points, *_) in enumerate(EXTRA, 25):
            self.row("评分表", number, 一级指标="加分扣分", 二级指标="加分扣分", 三级指标=name, 分值=points)
        self.row("评分表", 27, 自评得分=taken, 扣分原因和其他说明="管理不严" if taken else None)


@dataclass
class Official:
    """The scores by the official wording, with nothing of ours."""

    scores: dict
    total: Fraction
    grade: str


def rounded(number: Fraction) -> Fraction:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return Fraction(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def official(taken, **answers) -> Official:
    days_, praised, blamed, rules, grave, mark, factor = answers.values()
    days = Fraction(str(days_))
    started = -floor(-(days - 5)) if days > 5 else 0
    evenly = min(Fraction(1), max(Fraction(0), (15 - days) / 10))
    scores = {
        "政府采购执行率": rounded(2 * evenly + {"健全": 1, "基本健全": Fraction(1, 2), "不健全": 0}[rules]),
        "办理扣分": -(0 if days <= 5 else 1 if days < 10 else 3),
        "制度扣分": -{"健全": 0, "基本健全": 1, "不健全": 2}[rules],
        "酌情扣分": -Fraction(str(taken)),
        "奖惩": min(3, max(-4, praised - 2 * blamed)),
        "超时扣分": -min(Fraction(4), Fraction(started, 2)),
        "考核加分": rounded(Fraction(str(mark)) * 2 / 100),
    }
    total = 96 + sum(scores.values())  # the sample has 99 with 3 for 政府采购执行率
    if factor < 1:
        total = rounded(total * Fraction(str(factor)))
    if scores["政府采购执行率"] < 2:
        total = min(total, Fraction(95))
    grade = "优秀" if total >= 90 else "良好" if total >= 80 else "合格" if total >= 60 else "差"
    if grave == "是" and grade in ("优秀", "良好"):
        grade = "合格"
    return Official(scores, total, grade)


CASES = [
    {"taken": taken, **ANSWERS, "平均天数": days, "制度评定": rules, "有重大违纪": grave, "表彰次数": praised,
     "通报次数": blamed, "考核分": mark, "管理系数": factor}
    for number, (days, rules, taken) in enumerate(product(
        (0, 5, 5.01, 7, 9.99, 10, 14.5, 15, 40), ("健全", "基本健全", "不健全"), (0, 2.5)))
    for praised, blamed in [((0, 0), (2, 0), (9, 0), (1, 1), (0, 3))[number % 5]]
    for mark, factor, grave in [((100, 1, "否"), (66.66, 0.9, "是"), (0, 1, "是"), (33.5, 0.95, "否"))[number % 4]]
]  # fmt: skip


def told(examination):
    return [each.line() for each in examination.findings if each.code not in STANDING]


def test_scores_are_those_of_the_official_wording(folder, tmp_path):
    for case in CASES:
        examination = examine(Made(**case).save(tmp_path / "x.xlsx"), str(folder))
        card, expected = examination.report.scorecard, official(**case)
        assert told(examination) == []
        found = {row.indicator: Fraction(row.score) for row in card.rows if row.indicator in expected.scores}
        assert (case, found) == (case, expected.scores)
        assert (case, Fraction(card.total), card.grade) == (case, expected.total, expected.grade)
        assert card.total == sum(r.score for r in card.rows) + sum(a.points for a in card.adjustments)


REASONS = [
    ({"平均天数": 7}, "办理扣分", "办理扣分：7天，属于5天至10天一档，扣1分，计-1分"),
    ({"平均天数": 12}, "办理扣分", "办理扣分：12天，属于10天（含）以上一档，扣3分，计-3分"),
    ({}, "办理扣分", ""),
    ({"平均天数": 7}, "超时扣分", "超时扣分：7天，比5天多2天，扣1分（每多1天扣0.5分），计-1分"),
    ({"平均天数": 6.2}, "超时扣分",
     "超时扣分：6.2天，比5天多1.2天，不足1天的部分按一个点，按2天计，扣1分（每多1天扣0.5分），计-1分"),
    ({"制度评定": "不健全"}, "制度扣分", "制度扣分：制度评定为“不健全”，扣2分，计-2分"),
    ({"表彰次数": 2}, "奖惩", "奖惩：2次表彰，每次加1分，加2分，计2分"),
    ({"表彰次数": 5}, "奖惩", "奖惩：5次表彰，每次加1分，加5分；最多加3分，计3分"),
    ({"表彰次数": 1, "通报次数": 1}, "奖惩", "奖惩：1次表彰，每次加1分，加1分；1次通报，每次扣2分，扣2分，计-1分"),
    ({"通报次数": 3}, "奖惩", "奖惩：3次通报，每次扣2分，扣6分；最多扣4分，计-4分"),
    ({}, "奖惩", ""),
    ({"考核分": 50}, "考核加分", "考核加分：考核50分，按比例加分，计1分"),
    ({"平均天数": 10}, "政府采购执行率",
     "政府采购执行率：时效：10天，在15天（不得分）与5天（满分）之间，按比例 ＝ 50.00%计分（得1分），计2分"),
    ({"制度评定": "基本健全"}, "政府采购执行率", "政府采购执行率：制度：制度评定为“基本健全”（得0.5分），计2.5分"),
]  # fmt: skip


@pytest.mark.parametrize("answers, name, reason", REASONS)
def test_reasons_speak_in_the_unit_and_of_what_is_given_or_taken(folder, tmp_path, answers, name, reason):
    report = examine(Made(**answers).save(tmp_path / "x.xlsx"), str(folder)).report
    assert next(row.reason for row in report.scorecard.rows if row.indicator == name) == reason


def test_explanation_and_document(folder, tmp_path):
    case = {"平均天数": 12, "有重大违纪": "是", "管理系数": 0.95, "taken": 1}
    examination = examine(Made(**case).save(tmp_path / "x.xlsx"), str(folder))
    rules = {each.name: each.rule for each in explain(examination, ()).scores}
    assert rules["办理扣分"] == "5天（含）以下，不扣分；5天至10天，扣1分；10天（含）以上，扣3分"
    assert rules["制度扣分"] == "制度评定为“健全”，不扣分；“基本健全”，扣1分；“不健全”，扣2分"
    assert rules["酌情扣分"] == "由单位自评扣分，须说明原因"
    assert rules["奖惩"] == "每有一次表彰加1分；每有一次通报扣2分；在加分、扣分的限度以内"
    assert rules["超时扣分"] == "比5天每多1天扣0.5分，扣满为止；不足1天的部分按一个点"
    assert rules["考核加分"] == "得分 ＝ 考核分 ÷ 100 × 2，不超过最多加的分"
    assert rules["政府采购执行率"].startswith(
        "各部分相加。时效（2分）：平均天数为15天时不得分，5天时计满分，两者之间按比例计算。制度（1分）："
    )
    lines = [line for _, line in total_lines(examination.report, examination.form)]
    assert "管理系数：综合得分" in lines[1]
    assert "，乘以管理系数0.95，计" in lines[1]
    assert lines[-1].startswith("一票否优：综合得分")
    assert lines[-1].endswith("，原为“良好”，等次最高为“合格”")
    document = text(render(examination.report, examination.form)[0])
    assert "比5天多7天，扣3.5分（每多1天扣0.5分），计-3.5分" in document


FAULTS = [
    ("酌情扣分", {"自评得分": 6}, "错误 评分表!G33〔自评得分〕自评得分 \"6\" 超出 0 至 5 的范围；请核对得分"),
    ("酌情扣分", {"自评得分": None}, "错误 评分表!G33〔自评得分〕没有填写自评得分；请填写 0 至 5 之间的得分"),
    ("酌情扣分", {"自评得分": 2},
     "错误 评分表!H33〔扣分原因和其他说明〕“酌情扣分”扣了 2 分，没有说明原因；请在“扣分原因和其他说明”栏写明原因"),
]  # fmt: skip


@pytest.mark.parametrize("name, cells, line", FAULTS)
def test_a_fault_is_told(folder, tmp_path, name, cells, line):
    book = Made()
    book.row("评分表", book.find_row("评分表", "三级指标", name), **cells)
    assert told(examine(book.save(tmp_path / "x.xlsx"), str(folder))) == [line]


def test_the_form_passes_its_check(folder):
    found = {(each.code, each.line()) for each in lint_form(folder)[1]}
    assert {code for code, _ in found} == {"form.standard-differs", "form.unused"}
    [line] = [line for code, line in found if code == "form.standard-differs"]
    assert line == (
        "警告 indicators.toml: indicator 政府采购执行率：standard 的文字和规则里的数不一样："
        "规则里的 1分、0.5分 文字里没有；文字里的 0.2分 规则里没有；请核对 standard 和 rule，改正写错的一边"
    )


@needs_office
def test_the_working_paper_recalculates_all_of_it(folder, tmp_path):
    form = forms.load(folder)
    reports = [
        examine(Made(**case).save(tmp_path / f"{number}.xlsx"), str(folder)).report
        for number, case in enumerate(CASES[::9])
    ]
    agreement = Agreement()
    books = recalculated([paper(report, form) for report in reports], tmp_path / "o")
    for book, report in zip(books, reports, strict=True):
        agreement.compare(book, report, form)
    assert agreement.differences == []
    assert agreement.compared > 500
