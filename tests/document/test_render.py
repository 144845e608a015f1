"""Rendering: what data may hold, what a template may ask, and what the audit stops."""

import io
import zipfile

import pytest
from documents import lines, text
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import FORM, SAMPLE, Workbook

from generator.document import environment
from generator.document.audit import audit_parts, audit_values
from generator.document.context import context
from generator.document.render import render, render_parts
from generator.document.template import load_template
from generator.form import FormError
from generator.pipeline import examine, produce

# What was probably meant as a reference is refused before anything is printed (tests/rules/test_references.py).
NASTY = ["<w:p>&amp;</w:p>", "a & b < c > d", "=cmd|' /C calc'!A0",
         "None", "undefined", "{甲}", "}}", "①②③", "㈠", "😀", "שלום", "%}", "“引号”", "\t制表", "_x005F_x0041_"]  # fmt: skip


def template_of(tmp_path, *paragraphs, cells=()):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(rows=0, cols=len(cells[0]))
        for row in cells:
            for cell, content in zip(table.add_row().cells, row, strict=True):
                cell.text = content
    path = tmp_path / "template.docx"
    document.save(path)
    return path


def rendered(path, **names):
    template = load_template(path)
    parts, faults = render_parts(template, names, FORM)
    parts = {**template.parts, **parts}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue(), faults


@pytest.mark.parametrize("nasty", NASTY)
def test_what_is_only_text_prints_exactly_as_typed(tmp_path, nasty):
    outcome = produce(Workbook().set(部门名称=f"甲{nasty}乙").save(tmp_path / "x.xlsx"))
    assert outcome.output is not None, [f.line() for f in outcome.findings]
    expected = f"甲{nasty}乙".replace("\t", " ").replace("_x005F_", "_")
    assert any(expected in line for line in lines(outcome.output))


@settings(max_examples=60, deadline=None)
@given(value=st.text(max_size=40))
def test_any_text_is_printed_or_cleaned_and_passes_the_audit(tmp_path_factory, value):
    path = tmp_path_factory.getbasetemp() / "any.docx"
    if not path.exists():
        template_of(path.parent, "始{{ 值 }}终").rename(path)
    document, faults = rendered(path, 值=value)
    assert faults == []
    said = "".join(p.text for p in Document(io.BytesIO(document)).paragraphs)
    assert said.startswith("始")
    assert said.endswith("终")


@pytest.mark.parametrize(
    "tag, message",
    [
        ("{{ 没有的名称 }}", "'没有的名称' is undefined"),
        ("{{ 行.没有的列 }}", "没有的列"),
        ("{{ ''.__class__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ 空 }}", "a template printed None"),
        ("{{ 1/0 }}", "模板中的标签用不了"),
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_refused(tmp_path, tag, message):
    with pytest.raises(FormError, match=message):
        rendered(template_of(tmp_path, tag), 行={}, 空=None)


def test_a_wrong_tag_is_refused_with_its_file(tmp_path):
    with pytest.raises(FormError, match=r"template\.docx（word/document\.xml）：标签写法不对"):
        load_template(template_of(tmp_path, "{{ 甲 乙 }}"))


@pytest.mark.parametrize(
    "names, expected",
    [([], ""), (["甲"], "甲"), (["甲", "乙"], "甲和乙"), (["甲", "乙", "丙"], "甲、乙和丙")],
)
def test_enumerations_end_correctly(tmp_path, names, expected):
    rows = [{"名": name} for name in names]
    document, _ = rendered(template_of(tmp_path, "有：{{ 行 | 枚举('名') }}。"), 行=rows)
    assert lines(document) == [f"有：{expected}。"]


def test_lines_become_paragraphs_of_the_same_style(tmp_path):
    document, _ = rendered(template_of(tmp_path, "{{ 长文 }}"), 长文="第一段\n第二段\r\n第三段")
    assert [p.text for p in Document(io.BytesIO(document)).paragraphs] == ["第一段", "第二段", "第三段"]


def test_two_levels_merge_in_a_loop(tmp_path):
    cells = [
        ["{%tr for r in 行 %}", "", ""],
        ["{{ r.a | 向下合并 }}", "{{ r.b | 向下合并(r.a) }}", "{{ r.c }}"],
        ["{%tr endfor %}", "", ""],
    ]
    rows = [dict(zip("abc", row, strict=True)) for row in ("一子1", "一子2", "一丑3", "二丑4")]
    document, faults = rendered(template_of(tmp_path, cells=cells), 行=rows)
    assert faults == []
    assert lines(document) == ["一", "子", "1", "2", "丑", "3", "二", "丑", "4"]


@pytest.mark.parametrize(
    "said, printed, fault",
    [
        ("甲乙丙", ["甲", "丙"], None),
        ("甲乙", ["丙"], "“丙”没有印出"),
        ("乙甲", ["甲", "乙"], "“乙”没有印出"),
        ("甲{{ x }}", ["甲"], "留有“{{”"),
        ("{{ x }}", ["{{ x }}"], None),
        ("None", [], "留有“None”"),
        ("甲 undefined", ["甲"], "留有“undefined”"),
    ],
)
def test_audit_of_values(said, printed, fault):
    xml = f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"
    assert fault in [*audit_values(xml, printed), None]
    assert (fault is None) == (audit_values(xml, printed) == [])


def test_audit_of_parts():
    assert audit_parts({"word/a.xml": b"<a/>", "media/x.png": b"<"}) == []
    assert audit_parts({"word/a.xml": b"<a>"})[0].startswith("word/a.xml 不是正确的 XML")
    assert audit_parts({"word/a.xml": "<a>\ufdd0</a>".encode()}) == ["word/a.xml 里留有内部标记"]


def test_our_path_gives_the_text_that_docxtpl_gives():
    """docxtpl itself renders the same template with the same context; line marks and merges aside."""
    examination = examine(SAMPLE)
    names = context(examination.report, FORM)
    reference = DocxTemplate(FORM.template)
    reference.render(names, environment.make())
    buffer = io.BytesIO()
    reference.save(buffer)
    ours = load_template(FORM.template).compiled["word/document.xml"].render(names)
    theirs = zipfile.ZipFile(buffer).read("word/document.xml").decode()
    strip = environment.KEY_START  # both still hold the marks of lines and merges
    assert strip in ours
    assert words(ours) == words(theirs)


def words(xml):
    from lxml import etree

    root = etree.fromstring(xml.encode())
    return [
        t.text for t in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t") if t.text
    ]


def test_package_is_sorted_dated_and_complete():
    document, findings = render(examine(SAMPLE).report, FORM)
    assert findings == []
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        infos = archive.infolist()
        assert [i.filename for i in infos] == sorted(i.filename for i in infos)
        assert infos[0].filename == "[Content_Types].xml"
        assert {i.date_time for i in infos} == {(1980, 1, 1, 0, 0, 0)}
    with zipfile.ZipFile(FORM.template) as template:
        assert sorted(template.namelist()) == [i.filename for i in infos]


def test_rendering_twice_gives_the_same_bytes():
    report = examine(SAMPLE).report
    assert render(report, FORM)[0] == render(report, FORM)[0]


def test_long_text_flows_as_paragraphs_not_line_breaks():
    document = render(examine(SAMPLE).report, FORM)[0]
    xml = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    assert "<w:br/>" not in xml
    assert "评价等次" in text(document)
