"""The annotated report: the same words, with a comment on every derived figure and every lost point."""

import io
import re

import pytest
from documents import lines
from docx import Document
from docx.oxml.ns import qn
from workbooks import FORM, SAMPLE, Workbook

from generator.document.annotate import render_annotated
from generator.document.render import render
from generator.pipeline import examine, produce
from generator.rules.notes import Notes
from generator.wanted import Wanted


def annotated(report, form=FORM):
    document, faults = render_annotated(report, form, Notes(report, form))
    assert faults == []
    return document


def comments(document):
    """The commented words of the text with what is said of them, in the order of the text."""
    opened = Document(io.BytesIO(document))
    said = {str(each.comment_id): each.text for each in opened.comments}
    found, current = [], {}
    for element in opened.element.body.iter():
        number = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            current[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            found.append((current.pop(number), said[number]))
        elif element.tag == qn("w:t"):
            current = {key: text + (element.text or "") for key, text in current.items()}
    return found


@pytest.fixture(scope="module")
def sample():
    report = examine(SAMPLE).report
    return report, annotated(report)


def test_without_its_comments_it_says_the_same(sample):
    report, document = sample
    assert lines(document) == lines(render(report, FORM)[0])


def test_every_comment_stands_at_the_number_it_explains(sample):
    _, document = sample
    found = comments(document)
    assert len(found) > 60
    for words, text in found:
        number = re.sub(r"[^\d.%-]", "", words) or words
        assert number in text.splitlines()[0] or number in text, (words, text)


def test_every_derived_figure_that_is_printed_has_a_comment(sample):
    report, document = sample
    commented = {text.split(" ＝ ")[0] for _, text in comments(document)}
    template = "".join(line for line in template_text())
    for spec in FORM.figures:
        if re.search(r"\{\{\s*(\w+\.)?" + spec.name + r"\s*\}\}", template):
            assert spec.name in commented, spec.name
    for share in FORM.shares:
        printed = {part.share.name for part in report.figures.groups[share.group]}
        assert printed <= commented
    assert "综合得分" in commented


def template_text():
    for element in Document(str(FORM.template)).element.body.iter(qn("w:p")):
        yield "".join(t.text or "" for t in element.iter(qn("w:t")))


def test_every_lost_point_has_a_comment(sample):
    _, document = sample
    [lost] = [(words, text) for words, text in comments(document) if "，扣 " in text.splitlines()[0]]
    assert lost[0] == "2"
    assert lost[1].splitlines()[0] == "过程／预算执行／资金结余：分值 3 分，得 2 分，扣 1 分"
    assert "　得分原因：当年结余548.69万元，不超过上年结转1131.56万元；资金有结余" in lost[1].splitlines()


def test_a_judged_score_that_lost_points_has_a_comment(tmp_path):
    book = Workbook()
    index = book.find_row("评分表", "三级指标", "其他工作实绩指标完成情况")
    book.row("评分表", index, 自评得分=3, 扣分原因和其他说明="一项工作延期")
    document = annotated(examine(book.save(tmp_path / "x.xlsx")).report)
    [text] = [text for _, text in comments(document) if "其他工作实绩指标完成情况" in text.splitlines()[0]]
    assert "得 3 分，扣 1 分" in text
    assert "　得分原因：一项工作延期" in text.splitlines()


def test_figures_inside_a_text_of_the_unit_are_explained(sample):
    _, document = sample
    assert ("70.1%", "一窗通办占比 ＝ 一窗通办事项 ÷ 进厅事项 ＝ 796（工作数据!C8） ÷ 1136（工作数据!C6） ＝ 70.1%") in comments(document)  # fmt: skip


def test_rows_of_several_institutions_are_explained_one_by_one(tmp_path):
    first = {"机构名称": "甲局", "上年结转": 100000, "公共财政拨款": 200000}
    rest = dict.fromkeys(("人员支出", "公用支出", "项目支出", "在用固定资产"), 0)
    book = Workbook().fill(
        "收入支出", {**first, **rest}, {**first, **rest, "机构名称": "乙所", "上年结转": 300000}
    )
    found = comments(annotated(examine(book.save(tmp_path / "x.xlsx")).report))
    assert ("30", "收入合计（甲局） ＝ 上年结转 ＋ 本年收入 ＝ 10（收入支出!C6） ＋ 20 ＝ 30万元") in [
        (words, text.splitlines()[0]) for words, text in found
    ]
    assert any(
        text.startswith("上年结转 ＝ 各行合计 ＝ 10（收入支出!C6） ＋ 30（收入支出!C7） ＝ 40万元")
        for _, text in found
    )


def test_the_same_report_gives_the_same_bytes(sample):
    report, document = sample
    assert annotated(report) == document


def test_the_author_is_the_tool_and_there_is_no_clock(sample):
    opened = Document(io.BytesIO(sample[1]))
    assert {each.author for each in opened.comments} == {"自动核算"}
    assert {each.timestamp for each in opened.comments} == {None}


def test_the_plain_report_stays_untouched(tmp_path):
    path = Workbook().save(tmp_path / "inputs" / "2020.xlsx")
    plain = produce(path).output.read_bytes()
    outcome = produce(path, wanted=Wanted(annotate=True, workpaper=True))
    assert outcome.output.read_bytes() == plain
    assert [each.name for each in outcome.extras] == ["2020-底稿.xlsx", "2020-审核.docx"]


def test_an_extra_that_cannot_be_written_is_a_warning(tmp_path):
    path = Workbook().save(tmp_path / "inputs" / "2020.xlsx")
    (tmp_path / "outputs" / "2020-审核.docx").mkdir(parents=True)
    outcome = produce(path, wanted=Wanted(annotate=True))
    assert outcome.output is not None
    assert outcome.extras == ()
    [warning] = [each for each in outcome.findings if each.code == "output.locked"]
    assert warning.severity.value == "warning"
