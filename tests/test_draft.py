"""--draft: a document in spite of errors, under its own name, with what is missing marked in yellow."""

import pytest
from documents import lines, open_document
from docx.enum.text import WD_COLOR_INDEX
from workbooks import Workbook

from generator.pipeline import produce
from generator.wanted import Wanted


def draft(book, tmp_path):
    outcome = produce(book.save(tmp_path / "inputs" / "2020.xlsx"), wanted=Wanted(draft=True))
    assert outcome.output is not None
    return outcome


def marked(path):
    """The texts that are highlighted, each once."""
    runs = open_document(path).element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"
    )
    found = []
    for run in runs:
        properties = run.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rPr")
        if properties is not None and properties.highlight_val == WD_COLOR_INDEX.YELLOW:
            found.append(run.text)
    return list(dict.fromkeys(found))


def test_missing_values_are_marked_and_everything_else_is_there(tmp_path):
    outcome = draft(Workbook().set(联系人=None, 公共财政拨款="三千"), tmp_path)
    assert outcome.output.name == "2020-草稿.docx"
    assert not (tmp_path / "outputs" / "2020.docx").exists()
    assert marked(outcome.output)[:4] == [
        "【待填：联系人】",
        "【待填：收入合计】",
        "【待填：公共财政拨款】",
        "【待填：当年结余】",
    ]
    assert "1028.69" in lines(outcome.output)


def test_missing_scores_leave_total_and_grade_open(tmp_path):
    book = Workbook()
    book.row("评分表", book.find_row("评分表", "三级指标", "其他工作实绩指标完成情况"), 自评得分=None)
    said = lines(draft(book, tmp_path).output)
    assert "【待填：综合得分】分" in said
    assert "【待填：评价等次】" in said
    assert "【待填：自评得分】" in said


def test_unknown_names_in_texts_are_marked_inside_their_sentence(tmp_path):
    outcome = draft(Workbook().set(存在的主要问题="全年{{没有}}项，其余正常。"), tmp_path)
    assert "全年【待填：没有】项，其余正常。" in lines(outcome.output)
    assert marked(outcome.output) == ["【待填：没有】"]


def test_broken_ties_alone_mark_nothing(tmp_path):
    assert marked(draft(Workbook().set(决算收入合计=1), tmp_path).output) == []


@pytest.mark.parametrize("draft_too", [False, True])
def test_without_errors_a_draft_is_the_report(tmp_path, draft_too):
    path = Workbook().save(tmp_path / "2020.xlsx")
    outcome = produce(path, tmp_path / f"{draft_too}.docx", Wanted(draft=draft_too))
    other = produce(path, tmp_path / "other.docx")
    assert outcome.output.read_bytes() == other.output.read_bytes()
