"""The working paper: recalculated by LibreOffice, every value equals the tool's. Two engines, one result."""

import shutil
import subprocess
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from workbooks import FORM, SAMPLE, Workbook

from generator.amounts import Interval
from generator.formula import evaluate
from generator.pipeline import examine
from generator.rules.explain_scores import explain_scores
from generator.rules.magnitude.cells import holds
from generator.workbook.workpaper import workpaper

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def paper(report, form=FORM):
    return workpaper(report, form, explain_scores(report, form))


def recalculated(papers, folder):
    """All papers, opened and recalculated by LibreOffice in one run."""
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    for number, content in enumerate(papers):
        (source / f"{number}.xlsx").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", target, *sorted(source.iterdir())]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [openpyxl.load_workbook(target / f"{n}.xlsx", data_only=True) for n in range(len(papers))]


def table(book, sheet):
    """The rows of a sheet as mappings by header, those without a first cell left out."""
    rows = book[sheet].iter_rows(min_row=3, values_only=True)
    header = next(rows)
    return [dict(zip(header, row, strict=True)) for row in rows if row[0]]


class Agreement:
    """Compares a recalculated paper with the report and counts."""

    def __init__(self):
        self.compared = 0
        self.differences = []

    def equal(self, what, found, expected):
        self.compared += 1
        if found != expected:
            self.differences.append((what, found, expected))

    def close(self, what, found, value):
        """Numbers to 12 digits: what binary numbers can hold for certain."""
        if isinstance(value, str):
            self.equal(what, found, value)
            return
        if not isinstance(value, Interval):
            self.equal(what, found in (None, "", "算不出"), True)
            return
        ours = float(value.value)
        self.equal(
            what, isinstance(found, int | float) and abs(found - ours) <= 1e-12 * max(1, abs(ours)), True
        )

    def compare(self, book, report, form=FORM):
        figures, card = report.figures, report.scorecard
        for row in table(book, "计算"):
            if "核对" not in row or row["核对"] not in ("相符", "不符"):
                continue
            if not row["所属行"]:
                figure = figures.facts.get(row["名称"]) or figures.values[row["名称"]]
                self.close(row["名称"], row["计算值"], figure.value)
                shown = Decimal(figure.text.rstrip("%")) if isinstance(figure.value, Interval) else None
                printed = None if row["印出数"] in (None, "") else Decimal(repr(row["印出数"]))
                self.equal(f"{row['名称']}印出数", printed, shown)
            self.equal(f"{row['名称']}核对", row["核对"], "相符")
        results = {row["名称"]: row for row in table(book, "勾稽") if row["结果"]}
        for tie in form.checks:
            self.equal(tie.name, results[tie.name]["结果"], outcome(tie, figures))
            for side, node in (("左边的数", tie.left), ("右边的数", tie.right)):
                self.close(f"{tie.name}{side}", results[tie.name][side], value(node, figures))
        rows = [row for row in table(book, "评分") if row["三级指标"] and row["计分办法"]]
        for row, score in zip(rows, card.rows, strict=True):
            found = row["重新计算"]
            expected = None if score.pending else score.score
            self.equal(score.level3, None if found is None else Decimal(repr(found)), expected)
            if not score.pending:
                self.equal(f"{score.level3}扣分", Decimal(repr(row["扣分"])), round(score.lost, 2))
        steps = {row["一级指标"]: row["重新计算"] for row in table(book, "评分") if not row["计分办法"]}
        for step in card.adjustments:
            self.equal(step.name, Decimal(repr(steps[step.name])), step.points)
        if not card.pending:
            total, grade = (row for row in table(book, "评分") if row["一级指标"] in ("合计", "等次"))
            self.equal("综合得分", Decimal(repr(total["重新计算"])), card.total)
            self.equal("评价等次", grade["重新计算"] or "", card.grade)


def value(node, figures):
    return evaluate(node, lambda name: figures.values[name].value)


def outcome(tie, figures):
    left, right = value(tie.left, figures), value(tie.right, figures)
    if not isinstance(left, Interval) or not isinstance(right, Interval):
        return "未核对"
    return "通过" if holds(tie, left, right) else "未通过"


@needs_office
def test_the_sample_recalculated(tmp_path, capsys):
    report = examine(SAMPLE).report
    agreement = Agreement()
    [book] = recalculated([paper(report)], tmp_path)
    agreement.compare(book, report)
    with capsys.disabled():
        print(f"\nsample: {agreement.compared} values recalculated by LibreOffice, ", end="")
        print(f"{len(agreement.differences)} differences")
    assert agreement.differences == []
    assert agreement.compared >= 200


AMOUNTS = [
    *("上年结转", "公共财政拨款", "政府基金拨款", "专户非税收入拨款", "其他收入", "人员支出", "公用支出"),
    *("项目支出", "公务接待费", "公务用车运维费", "公务用车购置费", "因公出国费", "在用固定资产"),
    *("出租固定资产", "其他固定资产", "财政拨款支出", "其他资金支出", "上年三公经费", "三公经费预算数"),
    *("重点项目支出", "年初预算数", "预算调整数", "专项资金总收入", "政府采购预算数", "实际政府采购金额"),
    *("公务卡应刷卡支出", "公务卡实际刷卡金额"),
]
# Halves of the last printed decimal among them: ties of rounding.
amounts = st.one_of(
    st.none(),
    st.just(0),
    st.integers(0, 10**10).map(lambda n: n / 100),
    st.integers(0, 10**6).map(lambda n: 100 * n + 50),
    st.integers(1, 1000).map(lambda n: n * 10000),
)
counts = st.integers(0, 9)
yes = st.sampled_from(["是", "否"])


@st.composite
def changes(draw):
    names = draw(st.lists(st.sampled_from(AMOUNTS), min_size=3, max_size=12, unique=True))
    made = {name: draw(amounts) for name in names}
    made |= {"人员编制": draw(st.integers(1, 60)), "实有人数": draw(st.integers(0, 60))}
    made |= {"未按进度下达专项数": draw(counts), "资金使用不合规例数": draw(counts)}
    made |= {name: draw(yes) for name in ("有预算管理制度", "按规定时限公开", "资产管理制度有效执行")}
    made["结余口径"] = draw(st.sampled_from(["当年", "累计"]))
    made["不足一个百分点"] = draw(st.sampled_from(["不扣", "按比例", "按一个点"]))
    made["服务对象满意度"] = draw(st.integers(7000, 10000)) / 10000
    made["金额单位"] = draw(st.sampled_from(["元", "元", "万元"]))
    return made


def second_institution(book):
    """The sample with a second row of income and expenditure."""
    first = {"机构名称": "机关", "上年结转": 11315600, "公共财政拨款": 39637500, "其他收入": 1425400}
    first |= {"人员支出": 3966000, "公用支出": 6320862, "项目支出": 25289151, "公务接待费": 53000}
    first |= {"公务用车运维费": 30800, "公务用车购置费": 0, "因公出国费": 0, "在用固定资产": 30261200}
    other = {**first, "机构名称": "二级单位", "其他收入": None, "项目支出": 1234.5, "在用固定资产": 99.99}
    return book.fill("收入支出", first, other)


@needs_office
def test_made_inputs_recalculated(tmp_path_factory, capsys):
    total = Agreement()

    @settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(batch=st.lists(changes(), min_size=20, max_size=20))
    def compare(batch):
        folder = tmp_path_factory.mktemp("made")
        reports = [made(values, number, folder) for number, values in enumerate(batch)]
        books = recalculated([paper(report) for report in reports], folder)
        for book, report in zip(books, reports, strict=True):
            total.compare(book, report)

    compare()
    with capsys.disabled():
        print(f"\nmade inputs: {total.compared} values recalculated by LibreOffice, ", end="")
        print(f"{len(total.differences)} differences")
    assert total.differences == []
    assert total.compared >= 2000


def made(values, number, folder):
    """The report of the sample with these values, every fourth with a second institution."""
    book = Workbook().set(**values)
    book = second_institution(book) if number % 4 == 3 else book
    return examine(book.save(folder / "inputs" / f"{number}.xlsx")).report


@needs_office
def test_percentages_among_the_units_own_facts_recalculated(tmp_path):
    book = Workbook()
    start, percent = len(book.rows("工作数据")), {"数据单位": "%"}
    facts = (
        {"名称": "整改率", "数值": 95.87, **percent},
        {"名称": "上年整改率", "数值": "93.2%", **percent},
        {"名称": "办结率", "数值": 0.9587, **percent},
        {"名称": "提高", "数据单位": "个百分点", "公式": "整改率 - 上年整改率"},
        {"名称": "平均", "公式": "(整改率 + 办结率) / 2", **percent},
    )
    for number, fact in enumerate(facts):
        book.row("工作数据", start + number, **fact)
    report = examine(book.save(tmp_path / "x.xlsx")).report
    [made] = recalculated([paper(report)], tmp_path)
    agreement = Agreement()
    agreement.compare(made, report)
    assert agreement.differences == []
    found = {row["名称"]: row["印出数"] for row in table(made, "计算")}
    assert (found["提高"], found["平均"]) == (2.67, 95.9)


def test_the_same_report_gives_the_same_bytes():
    report = examine(SAMPLE).report
    assert paper(report) == paper(report)


def test_every_derived_figure_is_a_live_formula(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(paper(examine(SAMPLE).report))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rows = [row for row in table(book, "计算") if row["公式"]]
    assert len(rows) > 40
    assert all(str(row["计算值"]).startswith("=") and str(row["印出数"]).startswith("=") for row in rows)
    scores = [row for row in table(book, "评分") if row["计分办法"]]
    assert all(str(row["重新计算"]).startswith("=ROUND(") for row in scores)
    assert len(book["评分"]._charts) == 1


def test_texts_of_the_unit_are_never_formulas(tmp_path):
    book = second_institution(Workbook())
    book.row("收入支出", 1, 机构名称="+1+1")
    (tmp_path / "p.xlsx").write_bytes(paper(examine(book.save(tmp_path / "x.xlsx")).report))
    sheets = openpyxl.load_workbook(tmp_path / "p.xlsx")
    cells = [c for sheet in sheets for row in sheet.iter_rows() for c in row if c.value == "+1+1"]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_what_cannot_be_derived_stays_a_paper(tmp_path):
    report = examine(Workbook().set(人员编制=None, 政府采购预算数=0).save(tmp_path / "x.xlsx")).report
    (tmp_path / "p.xlsx").write_bytes(paper(report))
    rows = {row["名称"]: row for row in table(openpyxl.load_workbook(tmp_path / "p.xlsx"), "计算")}
    assert rows["财政供养人员控制率"]["计算值"] == "算不出"
    # A denominator of zero is seen by the spreadsheet itself.
    assert rows["政府采购执行率"]["计算值"].startswith("=IFERROR(")
    assert rows["政府采购执行率"]["计算值"].endswith(',"算不出")')


UNITS = (
    {"名称": "上年收入", "数值": 602.97, "数据单位": "万元"},
    {"名称": "欠款", "数值": "0.5亿元"},
    {"名称": "发布", "数值": 47, "数据单位": "万条"},
    {"名称": "称号", "数值": "先进单位"},
    {"名称": "增加额", "数据单位": "万元", "公式": "本年收入 - 上年收入"},
    {"名称": "增长率", "数据单位": "%", "公式": "(本年收入 - 上年收入) / 上年收入"},
    {"名称": "两项", "数据单位": "亿元", "公式": "欠款 + 上年收入 + 2万元"},
    {"名称": "人均", "数据单位": "元/人", "公式": "上年收入 / 实有人数"},
    {"名称": "八成", "数据单位": "万条", "公式": "发布 * 80%"},
    {"名称": "有称号", "数据单位": "个", "公式": "1 if 有值(称号) and not 有值(其他收入) else 0"},
    {"名称": "日后", "数据单位": "个", "公式": "1 if 报告日期 > '2021-01-31' else 0"},
    {"名称": "评语", "公式": "'高' if 上年收入 > 600万元 and 称号 == '先进单位' else '低'"},
)


@needs_office
def test_units_of_the_units_own_facts_recalculated(tmp_path):
    book = (
        Workbook()
        .fill("工作数据", *UNITS)
        .set(其他收入=None, 年度总体运行情况及取得的成绩="如上。", 绩效情况="如上。")
    )
    report = examine(book.save(tmp_path / "x.xlsx")).report
    [made] = recalculated([paper(report)], tmp_path)
    agreement = Agreement()
    agreement.compare(made, report)
    assert agreement.differences == []
    raw = {row["名称"]: (row["数值"], row["单位"]) for row in table(made, "原始数据")}
    assert raw["上年收入"] == (6029700, "元")
    assert raw["欠款"] == (50000000, "元")
    assert raw["发布"] == (470000, "条")
    found = {row["名称"]: (row["印出数"], row["核对"]) for row in table(made, "计算")}
    printed = {name: fact.printed for name, fact in report.figures.facts.items() if fact.formula is not None}
    assert printed["增加额"] == Decimal("3360.78")
    for name, number in printed.items():
        if number is not None:
            assert (Decimal(repr(found[name][0])), found[name][1]) == (number, "相符"), name
    values = {row["名称"]: row["计算值"] for row in table(made, "计算")}
    assert values["评语"] == "高"
