"""This year there is none of it: truthful zeros give a report, the row says how it counts, no number is
invented; whatever base of whatever ratio is 0, in every form."""

import re
from dataclasses import fields, is_dataclass

import openpyxl
import pytest
from documents import lines
from samples import FORMS, SAMPLES
from workbook.test_workpaper import Agreement, needs_office, paper, recalculated
from workbooks import Workbook

from generator.amounts import plain
from generator.document.render import render
from generator.explain import explain
from generator.expression import Arithmetic, names
from generator.pipeline import examine
from generator.workbook.blank import blank

CHOICE = "无此项口径"
YUEYANG, HUNAN, PROJECT = (FORMS[n] for n in ("yueyang-2020", "hunan-department-2018", "mof-project-2020"))
NO_PROJECTS = {
    "项目支出": 0,
    "重点项目支出": 0,
    "专项资金总收入": 0,
    "商品和服务支出_项目": 0,
    "资本性支出_项目": 0,
    "工资福利支出_项目": 0,
    "对个人和家庭的补助_项目": 0,
    "其他支出_项目": 0,
}
NO_THREE = {"公务接待费": 0, "公务用车运维费": 0, "公务用车购置费": 0, "因公出国费": 0}
FULL, RESCALED = "按满分计", "不计分，综合得分按其余指标折算"

# Form, what is typed, the choice (None: the workbook has no such label), indicator, score, reason.
CASES = [
    (YUEYANG, {"政府采购预算数": 0, "实际政府采购金额": 0}, None, "政府采购执行率", "3", f"本年度没有政府采购预算和支出，{FULL}，计3分"),
    (YUEYANG, {"政府采购预算数": 0, "实际政府采购金额": 0}, "按满分", "政府采购执行率", "3", f"本年度没有政府采购预算和支出，{FULL}，计3分"),
    (YUEYANG, {"政府采购预算数": 0, "实际政府采购金额": 0}, "", "政府采购执行率", "3", f"本年度没有政府采购预算和支出，{FULL}，计3分"),
    (YUEYANG, {"政府采购预算数": 0, "实际政府采购金额": 0}, "折算", "政府采购执行率", "不计分", f"本年度没有政府采购预算和支出，{RESCALED}"),
    (YUEYANG, {"政府采购预算数": 0}, "折算", "政府采购执行率", "0", "政府采购预算数为0，实际政府采购金额为865万元，没有采购预算而有采购，按超预算计，计0分"),
    (YUEYANG, {"公务卡应刷卡支出": 0, "公务卡实际刷卡金额": 0}, None, "公务卡刷卡率", "3", f"本年度没有公务卡应刷卡支出，{FULL}，计3分"),
    (YUEYANG, {"公务卡应刷卡支出": 0}, None, "公务卡刷卡率", "0", "公务卡应刷卡支出为0，公务卡实际刷卡金额为31.5万元，没有应刷卡支出而有刷卡，数据不符，计0分"),
    (YUEYANG, NO_PROJECTS, None, "重点支出安排率", "5", f"本年度没有项目支出，{FULL}，计5分"),
    (YUEYANG, {"年初预算数": 0, "预算调整数": 0}, None, "预算调整率", "3", f"本年度没有年初预算和预算调整，{FULL}，计3分"),
    (YUEYANG, {"年初预算数": 0, "预算调整数": -5000}, None, "预算调整率", "0", "年初预算数为0，预算调整数为-0.5万元，没有年初预算而有预算调整，按大于30%计，计0分"),
    (YUEYANG, {"三公经费预算数": 0}, None, "三公经费控制率", "0", "三公经费预算数为0，三公经费合计为8.38万元，没有“三公经费”预算而有支出，按超预算计，计0分"),
    (YUEYANG, {"三公经费预算数": 0, **NO_THREE}, "折算", "三公经费控制率", "不计分", f"本年度没有“三公经费”预算和支出，{RESCALED}"),
    (YUEYANG, {"三公经费预算数": 1000, **NO_THREE}, "折算", "三公经费控制率", "6", ""),
    (YUEYANG, {"上年三公经费": 0, **NO_THREE}, None, "三公经费变动率", "5", f"上年度和本年度都没有“三公经费”支出，{FULL}，计5分"),
    (YUEYANG, {"在用固定资产": 0, "出租固定资产": None, "其他固定资产": 0}, None, "固定资产利用率", "3", f"本单位没有固定资产，{FULL}，计3分"),
    (YUEYANG, {"人员编制": 0, "实有人数": 0, "退休人数": None}, None, "财政供养人员控制率", "5", f"本单位没有人员编制和在职人员，{FULL}，计5分"),
    (YUEYANG, {"人员编制": 0}, None, "财政供养人员控制率", "0", "人员编制为0，实有人数为29人，没有编制而有在职人员，按超编计，计0分"),
    (HUNAN, {"政府采购金额_本年预算": 0, "政府采购金额_本年决算": 0}, "折算", "政府采购执行率", "不计分", f"本年度没有政府采购预算和支出，{RESCALED}"),
    (HUNAN, {"公用经费_本年预算": 0}, None, "公用经费控制率", "0", "公用经费本年预算为0，公用经费本年决算为242.52万元，没有公用经费预算而有支出，按超预算计，计0分"),
    (HUNAN, {"上年结转": 0, "年初预算": 0, "本年追加预算": 0, "年末结余": 0}, None, "预算完成率", "8", f"本年度没有预算和结转结余，{FULL}，计8分"),
    (HUNAN, {"上年结转": 0, "年初预算": 0, "本年追加预算": 0, "年末结余": 0}, None, "预算控制率", "8", f"本年度没有年初预算和追加预算，{FULL}，计8分"),
    (HUNAN, {"有新建楼堂馆所": "是", "批准建设面积": 0, "实际建设面积": 500}, "折算", "楼堂馆所面积控制率", "0", "批准建设面积为0，实际建设面积为500㎡，没有批准面积，按超面积计，计0分"),
    (HUNAN, {"有新建楼堂馆所": "否"}, "折算", "楼堂馆所面积控制率", "5", f"没有新建楼堂馆所项目，{FULL}，计5分"),
    (PROJECT, {"当年财政拨款_全年预算": 0, "上年结转资金_全年预算": 0, "其他资金_全年预算": None, "当年财政拨款_全年执行": 0, "上年结转资金_全年执行": None, "其他资金_全年执行": None}, None, "预算执行率", "10", f"全年预算数和全年执行数都为0，没有预算可执行，{FULL}，计10分"),
    (PROJECT, {"当年财政拨款_全年预算": 0, "上年结转资金_全年预算": 0, "当年财政拨款_全年执行": 0, "上年结转资金_全年执行": 0}, "折算", "预算执行率", "不计分", f"全年预算数和全年执行数都为0，没有预算可执行，{RESCALED}"),
    (PROJECT, {"当年财政拨款_全年预算": 0, "上年结转资金_全年预算": 0}, "折算", "预算执行率", "0", "年度资金总额全年预算为0，年度资金总额全年执行为37.24万元，没有预算而有执行，按超预算计，计0分"),
]  # fmt: skip


def chosen(book: Workbook, choice: str | None) -> Workbook:
    """The workbook with the choice in a row of its own; None: without that label."""
    if choice is not None:
        sheet = book.form.place(CHOICE)
        labels = book.layouts[sheet].labels
        column = next(iter(labels.values()))[1] if labels else 2
        page = book.book[sheet]
        row = page.max_row + 1
        page.cell(row, column).value, page.cell(row, column + 1).value = CHOICE, choice or None
    return book


def made(form, values, choice, folder):
    book = chosen(Workbook(SAMPLES[form.id], form).set(**values), choice)
    return examine(book.save(folder / "x.xlsx"))


def check_document(examination, form):
    """The document, in which nothing is missing, no None stands, and no sentence tells a ratio as a dash."""
    document, faults = render(examination.report, form)
    printed = lines(document)
    assert faults == []
    assert not [t for t in printed if "None" in t or "待填" in t or re.search("率[为＝]?—|占比?—|＝—", t)]
    return printed


@pytest.mark.parametrize(("form", "values", "choice", "indicator", "points", "reason"), CASES)
def test_how_it_counts(form, values, choice, indicator, points, reason, tmp_path):
    examination = made(form, values, choice, tmp_path)
    card = examination.report.scorecard
    row = next(each for each in card.rows if each.indicator == indicator)
    assert (row.excluded, row.pending) == (points == "不计分", False)
    assert plain(row.score) == ("0" if row.excluded else points)
    assert row.reason == (f"{row.level3}：{reason}" if reason else "")
    printed = "\n".join(check_document(examination, form))
    assert row.reason in printed
    assert (card.adjustments == ()) == (points != "不计分")
    assert all(step.reason in printed for step in card.adjustments)
    told = next(each for each in explain(examination, ()).scores if each.row is row)
    assert reason.partition("，计")[0] in told.reason


def test_the_total_is_rescaled_to_the_full_points_and_says_how(tmp_path):
    nothing = {"政府采购预算数": 0, "实际政府采购金额": 0, "公务卡应刷卡支出": 0, "公务卡实际刷卡金额": 0}
    card = made(YUEYANG, nothing, "折算", tmp_path).report.scorecard
    [step] = card.adjustments
    assert (plain(card.total), plain(step.points)) == ("98.94", "5.94")
    assert step.reason == "不适用的指标6分不计，其余指标94分折算为100分：93×100÷94＝98.94分"


READINGS = [
    (None, "score.default-reading", "没有填写“无此项口径”，按“按满分”计；如果选“折算”，政府采购执行率由 3 分变为不计分，总分由 99 分变为 98.97 分"),
    ("", "score.default-reading", "没有填写“无此项口径”，按“按满分”计；如果选“折算”，政府采购执行率由 3 分变为不计分，总分由 99 分变为 98.97 分"),
    ("按满分", "score.other-reading", "“无此项口径”如果选“折算”，政府采购执行率由 3 分变为不计分，总分由 99 分变为 98.97 分"),
    ("折算", "score.other-reading", "“无此项口径”如果选“按满分”，政府采购执行率由不计分变为 3 分，总分由 98.97 分变为 99 分"),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "code", "message"), READINGS)
def test_the_other_choice_is_told(choice, code, message, tmp_path):
    findings = made(YUEYANG, {"政府采购预算数": 0, "实际政府采购金额": 0}, choice, tmp_path).findings
    assert [(each.code, each.message) for each in findings if CHOICE in each.message] == [(code, message)]
    assert not [each for each in findings if each.code == "label.missing"]


def test_a_choice_that_there_is_not_is_an_error(tmp_path):
    findings = made(YUEYANG, {}, "满分", tmp_path).findings
    assert [each.line().split("〕", 1)[1] for each in findings if each.code == "cell.not-a-choice"] == [
        '"满分" 不在可选范围内；请从下列选项中选一个：按满分、折算（是不是“按满分”？）'
    ]


def test_where_nothing_is_zero_the_choice_changes_nothing(tmp_path):
    for form in FORMS.values():
        findings = examine(SAMPLES[form.id]).findings
        assert not [each for each in findings if CHOICE in each.message]


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_the_blank_workbook_has_the_choice_filled_in_with_its_note(form, tmp_path):
    (tmp_path / "x.xlsx").write_bytes(blank(form, form.year))
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")[form.place(CHOICE)]
    [row] = [row for row in page.iter_rows() if any(cell.value == CHOICE for cell in row)]
    texts = [cell.value for cell in row if cell.value]
    assert texts[:2] == [CHOICE, "按满分"]
    assert "不填为按满分" in texts[-1]


def test_a_share_of_nothing_may_be_named_in_a_text(tmp_path):
    values = {**NO_PROJECTS, "绩效情况": "资本性支出占项目支出的{{资本性支出占项目支出比}}。"}
    examination = made(YUEYANG, values, None, tmp_path)
    assert not [each for each in examination.findings if each.code.startswith("text.")]
    printed = lines(render(examination.report, YUEYANG)[0])
    assert "资本性支出占项目支出的—。" in printed
    assert "本年没有专项支出。" in printed


def test_an_institution_without_a_base_of_its_own_is_no_fault(tmp_path):
    book = Workbook()
    first = {"机构名称": "机关", "上年结转": 11315600, "公共财政拨款": 39637500, "其他收入": 1425400}
    first |= {"人员支出": 3966000, "公用支出": 6320862, "项目支出": 25289151, "公务接待费": 53000}
    first |= {"公务用车运维费": 30800, "公务用车购置费": 0, "因公出国费": 0, "在用固定资产": 30261200}
    other = dict.fromkeys(first, 0) | {"机构名称": "二级单位"}
    examination = examine(book.fill("收入支出", first, other).save(tmp_path / "x.xlsx"))
    rows = examination.report.figures.rows["收入支出"]
    assert [row["固定资产利用率"].text for row in rows] == ["100.00%", "—"]
    assert not [each for each in examination.findings if each.code.startswith("figure.")]


# Every base of every ratio, one at a time.


def divisions(node):
    if isinstance(node, Arithmetic) and node.operator == "/":
        yield node
    for field in fields(node) if is_dataclass(node) else ():
        inner = getattr(node, field.name)
        for each in inner if isinstance(inner, tuple) else (inner,):
            yield from divisions(each)


def typed(form, *given):
    """What is typed that these names rest on, the year aside."""
    formulas = {spec.name: form.names_in(spec) for spec in form.figures}
    found, left = {}, list(given)
    while left:
        name = left.pop()
        found[name] = None
        left += formulas.get(name, ())
    return [name for name in found if name not in formulas and name != form.year_field]


def bases(form):
    """What is 0 together: a base, a base with what is held against it, a whole with its parts, all."""
    for spec in form.figures:
        for each in divisions(spec.formula):
            yield typed(form, *names(each.right))
            yield typed(form, *names(each.right), *names(each.left))
    for share in form.shares:
        yield typed(form, share.whole, *(part.part for part in share.parts))
    money = [field.name for field in form.fields().values() if field.type == "amount"]
    yield [*money, *(name for name, (_, column) in form.columns().items() if column.type == "amount")]


INVENTED = {
    "figure.zero-denominator",
    "cell.required",
    "score.no-data",
    "score.reason-missing",
    "label.missing",
}


@pytest.mark.parametrize("choice", [None, "折算"])
@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_base_may_be_zero(form, choice, tmp_path):
    for zeros in bases(form):
        examination = made(form, dict.fromkeys(zeros, 0), choice, tmp_path)
        said = [each.line() for each in examination.findings]
        assert not [line for line in said if "None" in line], (zeros, said)
        assert not {each.code for each in examination.findings} & INVENTED, (zeros, said)
        errors = {each.code for each in examination.findings if each.severity.value == "error"}
        assert errors <= {"tie.broken"}, (zeros, said)
        check_document(examination, form)
        card = examination.report.scorecard
        assert not card.pending
        assert (
            sum(each.score for each in card.rows) + sum(each.points for each in card.adjustments)
            == card.total
        )
        assert 0 <= card.total <= card.full
        for row in card.rows:
            indicator = next((each for each in form.indicators if each.name == row.indicator), None)
            if indicator is not None and indicator.not_applicable is not None and row.score != row.part:
                assert row.reason, (zeros, row.level3)


@needs_office
def test_working_papers_of_zeros_recalculate(tmp_path):
    reports = []
    for form in FORMS.values():
        every = list(bases(form))
        for number, zeros in enumerate((every[0], every[1], every[-1], every[len(every) // 2])):
            for choice in (None, "折算"):
                folder = tmp_path / f"{form.id}-{number}-{choice}"
                reports.append((form, made(form, dict.fromkeys(zeros, 0), choice, folder).report))
    agreement = Agreement()
    books = recalculated([paper(report, form) for form, report in reports], tmp_path / "office")
    for book, (form, report) in zip(books, reports, strict=True):
        agreement.compare(book, report, form)
    assert agreement.differences == []
    assert agreement.compared > 50 * len(reports)
