"""What is kept between runs: the change report, hand edits kept aside, records that are damaged."""

import io
import json
import os

import pytest
from documents import lines
from docx import Document
from handedits import edited
from workbooks import SAMPLE, Workbook, news

from generator import deliver, records
from generator.changes import Change, Changes, compare
from generator.cli.output import change_lines, report_json
from generator.package import parts_of, to_bytes
from generator.pipeline import examine, produce
from generator.wanted import Wanted


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


def copies(project):
    """The dated copies beside the report and among the records."""
    outputs = project / "outputs"
    return sorted(outputs.glob("2020-*.docx")), sorted((outputs / ".gen-report").glob("2020-*.docx"))


def told(outcome):
    return [item.line() for item in outcome.findings if item.code.startswith(("merge.", "output."))]


def test_an_edit_is_kept_when_the_figures_change(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    edit(path)
    before = path.read_bytes()
    outcome = run(project, 结余口径="累计")
    said = lines(path)
    assert said[0].endswith("（手工修改）")
    assert "97分" in said
    beside, [kept] = copies(project)
    assert beside == []
    assert kept.read_bytes() == before
    assert told(outcome) == [f"提示 报告有人改过，1 处手工改动都保留了，合并前的文件存为 {kept}；不用处理"]
    assert report_json(outcome)["changes"]["total"] == {"name": "总分", "old": "99", "new": "97"}


def test_a_merged_report_is_not_touched_by_the_next_run(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    edit(path)
    run(project, 结余口径="累计")
    merged, moment = path.read_bytes(), path.stat().st_mtime_ns
    outcome = run(project)
    assert outcome.changes == Changes()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (merged, moment)
    assert told(outcome) == []


def test_an_edit_outlives_many_corrections_and_is_copied_once(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    edit(path)
    for number in (41, 42, 43):
        outcome = run(project, 人员编制=number)
        assert lines(path)[0].endswith("（手工修改）")
        assert str(number) in lines(path)
    assert len(copies(project)[1]) == 1
    assert told(outcome) == ["提示 报告有人改过，1 处手工改动都保留了；不用处理"]


EDITS = [
    (
        "a figure in a polished sentence",
        {"do": "replace", "at": "年末本单位实有在职在编人员29人，", "text": "截至年末在职在编29人，"},
        "提示 “3．人员情况。截至年末在…”一段的文字有人改过，其中的数字已换成新的：2 → 5，31 → 34；不用处理",
    ),
    (
        "both changed it",
        {"do": "append", "at": "年末本单位实有在职在编人员29人，", "text": "另有31人借调。"},
        "警告 “3．人员情况。年末本单位…”一段有人改过，数据也变了：已换成新的内容，手工写的 "
        '"3．人员情况。年末本单位实有在职在编人员29人，退休2人，共31人。另有31人借…" 在批注里；'
        "请打开报告核对，要保留的文字请抄回去",
    ),
    (
        "deleted by hand",
        {"do": "delete", "at": "年末本单位实有在职在编人员29人，"},
        "警告 “3．人员情况。年末本单位…”一段有人删去了，但数据变了：已按新数据写回；请打开报告核对，确实不要的请再删去",
    ),
]


@pytest.mark.parametrize(("edits", "line"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS])
def test_what_became_of_an_edit_is_told(project, edits, line):
    run(project)
    path = project / "outputs" / "2020.docx"
    path.write_bytes(edited(path.read_bytes(), [edits]))
    outcome = run(project, 退休人数=5)
    _, [kept] = copies(project)
    assert sorted(told(outcome)) == sorted([line, f"提示 报告有人改过，合并前的文件存为 {kept}；不用处理"])


def test_an_edited_row_that_is_gone_is_told(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    path.write_bytes(
        edited(path.read_bytes(), [{"do": "append", "at": "机关党委专职副书记", "text": "（兼）"}])
    )
    book = Workbook()
    people = ({"姓名": "张某", "职务职称": "综合科科长", "单位": "岳阳市政务服务中心"},)
    outcome = produce(book.fill("评价人员", *people).save(project / "inputs" / "2020.xlsx"))
    assert (
        "警告 新的报告里没有“李某”一行了，手工写的 "
        '"李某 机关党委专职副书记（兼） 岳阳市政务服务中心" 在批注里；'
        "请打开报告核对，要保留的文字请抄到合适的地方"
    ) in told(outcome)


def test_an_old_number_in_words_typed_by_hand_is_told(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    sentence = {
        "do": "after",
        "at": "各项专项资金明确责任人",
        "text": "如前所述，累计结余1680.25万元，已上报。",
    }
    path.write_bytes(edited(path.read_bytes(), [sentence]))
    book = Workbook().set(上年结转=11000000)
    report = examine(book.save(project / "inputs" / "2020.xlsx")).report
    outcome = produce(project / "inputs" / "2020.xlsx", path, Wanted(draft=True))
    new = report.figures.values["累计结余"].text
    assert (
        f'警告 报告里“如前所述，累计结余168…”一段有手工写的 "前所述，累计结余1680.25万元，已上报。"，'
        f"“累计结余”已由 1680.25 改为 {new}；请在报告里改正这句话"
    ) in told(outcome)


def test_force_takes_the_new_report_as_it_is(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    edit(path)
    before = path.read_bytes()
    book = Workbook().set(结余口径="累计").save(project / "inputs" / "2020.xlsx")
    outcome = produce(book, wanted=Wanted(force=True))
    [kept], _ = copies(project)
    assert kept.read_bytes() == before
    assert path.read_bytes() == (project / "outputs" / ".gen-report" / "2020.docx").read_bytes()
    assert told(outcome) == [
        f"提示 按 --force 换成新生成的报告，原来的已另存为 {kept}；不用处理；要找回手工改动，请打开另存的文件"
    ]


def test_force_also_when_the_workbook_says_the_same(project):
    run(project)
    path = project / "outputs" / "2020.docx"
    ours = path.read_bytes()
    edit(path)
    produce(project / "inputs" / "2020.xlsx", wanted=Wanted(force=True))
    assert path.read_bytes() == ours
    assert len(copies(project)[0]) == 1
    produce(project / "inputs" / "2020.xlsx", wanted=Wanted(force=True))
    assert len(copies(project)[0]) == 1


UNMERGEABLE = [
    ("no Word file", lambda data: b"PK but no zip", "它打不开，或不是 Word 文件"),
    ("cut off", lambda data: data[: len(data) // 2], "它打不开，或不是 Word 文件"),
    ("a workbook", lambda data: SAMPLE.read_bytes(), "它打不开，或不是 Word 文件"),
    ("damaged text", lambda data: damaged(data), "它打不开，或不是 Word 文件"),
]


def damaged(data):
    parts = parts_of(io.BytesIO(data))
    return to_bytes({**parts, "word/document.xml": parts["word/document.xml"][:5000]})


@pytest.mark.parametrize(("make", "why"), [u[1:] for u in UNMERGEABLE], ids=[u[0] for u in UNMERGEABLE])
def test_what_cannot_be_merged_is_kept_aside(project, make, why):
    run(project)
    path = project / "outputs" / "2020.docx"
    path.write_bytes(make(path.read_bytes()))
    before = path.read_bytes()
    outcome = run(project, 结余口径="累计")
    [kept], _ = copies(project)
    assert kept.read_bytes() == before
    assert "97分" in lines(path)
    assert told(outcome) == [
        f"警告 {path} 不是上次生成的原样（可能有人改过），{why}，已先另存为 {kept}；请把要保留的改动抄到工作簿里，或抄到新的报告里"
    ]


@pytest.mark.parametrize("lost", ["2020.json", "2020.docx"])
def test_without_a_record_an_edited_report_is_kept_aside(project, lost):
    run(project)
    path = project / "outputs" / "2020.docx"
    (project / "outputs" / ".gen-report" / lost).unlink()
    edit(path)
    outcome = run(project, 结余口径="累计")
    [kept], _ = copies(project)
    assert told(outcome) == [
        f"警告 {path} 不是上次生成的原样（可能有人改过），没有上次的生成记录，不能合并，已先另存为 {kept}；"
        "请把要保留的改动抄到工作簿里，或抄到新的报告里"
    ]


# A run that is cut off between two of its steps.
STEPS = ["stage", "write", "commit"]


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_is_cut_off_leaves_a_record_that_fits(project, monkeypatch, step):
    run(project)
    path = project / "outputs" / "2020.docx"
    place = {"stage": (records, "stage"), "write": (deliver, "write"), "commit": (records, "commit")}[step]

    def cut_off(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*place, cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(project, 人员编制=41)
    assert ("41" in lines(path)) == (step == "commit")
    outcome = run(project, 人员编制=42)
    assert "42" in lines(path)
    assert told(outcome) == []
    old = "41" if step == "commit" else "30"
    assert [(c.name, c.old, c.new) for c in outcome.changes.figures][:1] == [("人员编制", old, "42")]
    assert copies(project) == ([], [])
    assert sorted(p.name for p in (project / "outputs" / ".gen-report").iterdir()) == [
        "2020.docx",
        "2020.json",
    ]


def test_what_was_left_half_written_is_swept_away_in_time(project):
    run(project)
    old, young = (project / "outputs" / f".~gen-report-{name}.tmp" for name in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    run(project)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_run_that_is_cut_off_between_the_two_files_of_a_record(project, monkeypatch):
    run(project)
    path = project / "outputs" / "2020.docx"
    real = os.replace

    def cut_off(source, target):
        if str(target).endswith("2020.json"):
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(project, 人员编制=41)
    edit(path)
    outcome = run(project, 人员编制=42)
    assert "42" in lines(path)
    assert lines(path)[0].endswith("（手工修改）")
    assert [(c.name, c.old, c.new) for c in outcome.changes.figures][:1] == [("人员编制", "41", "42")]


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
        (b'{"version": 2}', "record.damaged"),
        (b'{"version": 2, "form": "x", "document": "", "written": "", "total": "", "grade": "", "figures": [], "scores": {}, "paragraphs": []}', "record.damaged"),
        (b"\xff\xfe\x00", "record.damaged"),
        (b'{"version": 99, "form": "x"}', "record.other-version"),
        (b'{"version": 1, "form": "x"}', "record.other-version"),
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
        "written": "",
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
