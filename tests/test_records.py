"""What is kept between runs: the change report, hand edits kept aside, records that are damaged."""

import json

import pytest
from documents import lines
from docx import Document
from workbooks import Workbook, news

from generator import records
from generator.changes import Change, Changes, compare
from generator.cli.output import change_lines, report_json
from generator.pipeline import produce


@pytest.fixture
def project(tmp_path):
    Workbook().save(tmp_path / "inputs" / "2020.xlsx")
    return tmp_path


def run(project, **changes):
    path = Workbook().set(**changes).save(project / "inputs" / "2020.xlsx") if changes else None
    return produce(path or project / "inputs" / "2020.xlsx")


def files(project):
    return sorted(p.name for p in (project / "outputs").iterdir())


def edit(path):
    document = Document(path)
    document.paragraphs[0].add_run("（手工修改）")
    document.save(path)


def test_the_first_run_has_nothing_to_compare_with(project):
    outcome = run(project)
    assert outcome.changes is None
    assert list(change_lines(outcome.changes)) == []
    assert files(project) == [".gen-report", "2020.docx"]


def test_the_same_again_touches_nothing(project):
    run(project)
    before = (project / "outputs" / "2020.docx").stat().st_mtime_ns
    outcome = run(project)
    assert outcome.changes == Changes()
    assert list(change_lines(outcome.changes)) == ["与上次生成相同，文件没有改动。"]
    assert (project / "outputs" / "2020.docx").stat().st_mtime_ns == before
    assert news(outcome.findings) == []


def test_a_corrected_figure_is_told_with_all_it_changes(project):
    run(project)
    outcome = run(project, 结余口径="累计")
    said = list(change_lines(outcome.changes))
    assert said[:2] == ["与上次生成相比：", "  结余口径：当年 → 累计"]
    assert "  考核结余：548.69 → 1680.25" in said
    assert (
        "  得分 预算执行／资金结余：2 → 0（资金结余：累计结余1680.25万元，超过上年结转1131.56万元，计0分）"
        in said
    )
    assert "  总分：99 → 97" in said
    assert "    97分" in said
    assert "97分" in lines(outcome.output)


def test_the_answer_as_json(project):
    run(project)
    answer = report_json(run(project, 结余口径="累计"))
    assert answer["output"].endswith("2020.docx")
    assert answer["changes"]["total"] == {"name": "总分", "old": "99", "new": "97"}
    assert {"name": "考核结余", "old": "548.69", "new": "1680.25"} in answer["changes"]["figures"]
    assert json.dumps(answer, ensure_ascii=False)


def test_an_edited_document_stays_when_the_workbook_says_the_same(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    edit(path)
    edited = path.read_bytes()
    outcome = run(project)
    assert path.read_bytes() == edited
    assert news(outcome.findings) == []


def test_an_edited_document_is_kept_aside_when_the_figures_change(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    edit(path)
    edited = path.read_bytes()
    outcome = run(project, 结余口径="累计")
    [kept] = list((project / "outputs").glob("2020-*.docx"))
    assert kept.read_bytes() == edited
    assert "97分" in lines(path)
    [warning] = [f for f in outcome.findings if f.code == "output.edited"]
    assert warning.line() == (
        f"警告 {path} 不是上次生成的原样（可能有人改过），已先另存为 {kept}；请把要保留的改动抄到工作簿里，或抄到新的报告里"
    )


def test_a_document_that_was_never_ours_is_kept_aside(project):
    path = project / "outputs" / "2020.docx"
    path.parent.mkdir()
    path.write_bytes(b"somebody else's")
    run(project)
    [kept] = list(path.parent.glob("2020-*.docx"))
    assert kept.read_bytes() == b"somebody else's"
    assert path.read_bytes().startswith(b"PK")


def test_our_own_document_is_replaced_without_copies(project):
    run(project)
    run(project, 结余口径="累计")
    assert files(project) == [".gen-report", "2020.docx"]


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "record.damaged"),
        (b"not json", "record.damaged"),
        (b"[]", "record.damaged"),
        (b"{}", "record.damaged"),
        (b'{"version": 1}', "record.damaged"),
        (b'{"version": 1, "form": "x", "document": "", "total": "", "grade": "", "figures": [], "scores": {}, "paragraphs": []}', "record.damaged"),
        (b"\xff\xfe\x00", "record.damaged"),
        (b'{"version": 99, "form": "x"}', "record.other-version"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_used_never_blocks(project, content, code):
    run(project)
    record = project / "outputs" / ".gen-report" / "2020.json"
    record.write_bytes(content)
    outcome = run(project)
    [note] = [f for f in outcome.findings if f.code == code]
    assert outcome.output is not None
    [aside] = list(record.parent.glob("2020-*.json"))
    assert str(aside) in note.message
    assert aside.read_bytes() == content
    assert run(project).changes == Changes()


def test_the_record_holds_document_and_figures(project):
    outcome = run(project)
    record, findings = records.load(outcome.output)
    assert findings == []
    assert record.document == records.digest(outcome.output.read_bytes())
    assert record.figures["收入合计"] == "5237.85"
    assert record.scores["预算执行／资金结余"][0] == "2"
    assert (record.total, record.grade) == ("99", "优秀")
    kept = project / "outputs" / ".gen-report" / "2020.docx"
    assert kept.read_bytes() == outcome.output.read_bytes()


def record(**parts):
    blank = {
        "form": "x",
        "document": "",
        "figures": {},
        "scores": {},
        "total": "1",
        "grade": "甲",
        "paragraphs": (),
    }
    return records.Record(**{**blank, **parts})


def test_comparison_counts_repeated_paragraphs():
    changes = compare(record(paragraphs=("甲", "甲", "乙")), record(paragraphs=("甲", "丙", "乙", "乙")))
    assert (changes.removed, changes.added) == (("甲",), ("丙", "乙"))


def test_comparison_of_figures_and_scores_that_come_and_go():
    old = record(figures={"甲": "1", "乙": "2"}, scores={"一": ("5", "")}, total="5", grade="差")
    new = record(figures={"乙": "2", "丙": ""}, scores={"二": ("3", "因为")}, total="3", grade="差")
    changes = compare(old, new)
    assert changes.figures == (Change("甲", "1", ""),)
    assert changes.scores == (Change("一", "5", ""), Change("二", "", "3", "因为"))
    assert changes.total == Change("总分", "5", "3")
    assert changes.grade is None


def test_a_long_list_of_paragraphs_is_cut_short():
    said = list(change_lines(Changes(added=tuple(f"第{n}段" for n in range(30)))))
    assert len(said) == 13
    assert said[-1] == "    ……等 30 处"


def test_a_corrected_number_that_still_stands_in_a_text_is_told(project):
    book = Workbook().set(存在的主要问题="受理1136件，项目支出2528.92万元，占11360件的一成。")
    produce(book.save(project / "inputs" / "2020.xlsx"))
    index = book.find_row("工作数据", "名称", "进厅事项")
    book.row("工作数据", index, 数值=1200)
    outcome = produce(book.save(project / "inputs" / "2020.xlsx"))
    [stale] = [f for f in outcome.findings if f.code == "text.stale"]
    assert stale.line() == (
        f"警告 {book.a1('存在的主要问题')}〔存在的主要问题〕“进厅事项”已由 1136 改为 1200，"
        '文字里还写着 "受理1136件，项目支出25"；请改正这句话，或改写成 {{进厅事项}}'
    )


def test_numbers_written_as_tags_are_never_stale(project):
    run(project)
    book = Workbook()
    book.row("工作数据", book.find_row("工作数据", "名称", "进厅事项"), 数值=1200)
    outcome = produce(book.save(project / "inputs" / "2020.xlsx"))
    assert "text.stale" not in {f.code for f in outcome.findings}


def test_an_output_held_by_word_is_written_beside_it(project, monkeypatch):
    run(project)
    target = project / "outputs" / "2020.docx"
    old, replace = target.read_bytes(), records.replace

    def held(path, data):
        if path == target:
            raise PermissionError(13, "拒绝访问")
        replace(path, data)

    monkeypatch.setattr(records, "replace", held)
    outcome = run(project, 结余口径="累计")
    [beside] = list(target.parent.glob("2020-*.docx"))
    assert outcome.output == beside
    assert target.read_bytes() == old
    assert "97分" in lines(beside)
    [warning] = [f for f in outcome.findings if f.code == "output.beside"]
    assert warning.line() == (
        f"警告 写不进 {target}（拒绝访问），这一次先存为 {beside}；请关闭正在打开它的 Word 或 WPS，再运行一次"
    )
