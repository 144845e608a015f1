"""Damaged form folders: whatever is broken is told, and never with a traceback."""

import io
import shutil
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from handedits import retype
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_lint import told
from workbooks import FORM, SAMPLE

from generator import form as forms
from generator.document.render import render
from generator.findings import has_errors
from generator.lint import lint_form
from generator.pipeline import examine

FILES = ("form.toml", "fields.toml", "figures.toml", "checks.toml", "indicators.toml")
DOCUMENT = "word/document.xml"
RAW = FORM.template.read_bytes()
with zipfile.ZipFile(io.BytesIO(RAW)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}
TEXT = PARTS[DOCUMENT].decode("utf-8")
TEL = "{{ 联络电话 }}"
HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
FOOT = "</w:body></w:document>"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FORM.folder, tmp_path / FORM.id)


def package(**changed):
    """The template with parts changed; None leaves one out."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**PARTS, **changed}.items():
            if part is not None:
                archive.writestr(name, part)
    return target.getvalue()


def with_document(xml):
    return package(**{DOCUMENT: xml})


def bomb():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    text = f"<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>{FOOT}"
    return with_document(f'<?xml version="1.0"?><!DOCTYPE w:document [{entities}]>{HEAD}{text}')


def wrong_sum():
    """A sign of the compressed document changed, so that its CRC does not hold."""
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        start = archive.getinfo(DOCUMENT).header_offset + 200
    return RAW[:start] + bytes([RAW[start] ^ 255]) + RAW[start + 1 :]


def encrypted():
    """The flag that says a member is encrypted, in every directory entry."""
    data = bytearray(RAW)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


DAMAGED = {
    "cut off in the middle": RAW[: len(RAW) // 2],
    "cut off at the end": RAW[:-30],
    "no document": with_document(None),
    "no list of types": package(**{"[Content_Types].xml": None}),
    "XML cut off": with_document(TEXT[:5000]),
    "entities of entities": bomb(),
    "another document": with_document("<a/>"),
    "elements without end": with_document(HEAD + "<w:p><w:r>" * 3000 + "</w:r></w:p>" * 3000 + FOOT),
    "a wrong sum": wrong_sum(),
    "a password": encrypted(),
    "unpacks to far too much": with_document(b" " * 110_000_000),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_template(folder, content):
    path = folder / "report.docx"
    path.write_bytes(content)
    assert told(folder) == [
        f"错误 {path} 打不开，或不是 Word 文件；请用 Word、WPS 或 LibreOffice 重新保存为 .docx"
    ]


def test_a_template_that_is_missing_or_a_folder(folder):
    path = folder / "report.docx"
    path.unlink()
    assert told(folder) == [f"错误 {path}：缺少 Word 模板；请按说明改正表样文件"]
    path.mkdir()
    assert told(folder) == [f"错误 {path}：缺少 Word 模板；请按说明改正表样文件"]


def test_a_folder_that_is_none(folder):
    for path in (folder / "form.toml", folder / "nothing"):
        assert told(path) == [f"错误 找不到表样文件夹 {path}；请给出表样的编号，或表样文件夹的路径"]


ODD = {
    "brackets in brackets": "{{ " + "(" * 5000 + "联络电话" + ")" * 5000 + " }}",
    "a long tag": "{{ " + "联络电话 ~ " * 2000 + "联络电话 }}",
    "many conditions": "{% if 联络电话 %}" * 2000,
    "many braces": "{{" * 20000,
    "many braces with blanks": "{ " * 20000,
    "many full-width braces": "｛｛ " * 20000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_tag_takes_no_long_time(folder, text):
    (folder / "report.docx").write_bytes(with_document(TEXT.replace(TEL, text)))
    findings = lint_form(folder)[1]
    assert len(findings) < 5
    assert all(len(each.line()) < 400 for each in findings)
    assert all(each.code != "form.unexpected" for each in findings)


def test_a_document_in_another_encoding_and_a_table_without_cells(folder):
    path = folder / "report.docx"
    path.write_bytes(with_document(TEXT.replace("UTF-8", "UTF-16", 1).encode("utf-16")))
    assert told(folder) == []
    odd = "<w:tbl><w:tr><w:p><w:r><w:t>{{ 甲 }}</w:t></w:r></w:p></w:tr></w:tbl><w:tc/><w:tr/>"
    path.write_bytes(with_document(HEAD + odd + FOOT))
    assert told(folder) == [
        '错误 第 1 个表格的第 1 行第 0 列："甲" 没有对应的数据；请改成 fields.toml、figures.toml 里的名称'
    ]


CONTENTS = {
    "other encoding": '名称 = "表"'.encode("gbk"),
    "another kind of text": "title: 表\n".encode(),
    "lists in lists": b"x = " + b"[" * 3000 + b"]" * 3000,
    "a number without end": b"x = " + b"9" * 6000,
    "wrong types": b"fields = 1\nsummary = 2\nsheet = 3\nfigure = 'a'\ncheck = [1]\nindicator = {}\n",
    "lists of nothing": b"sheet = [[]]\nfigure = [[]]\ncheck = [[]]\nindicator = [[]]\ngrade = [[]]\n",
    "zeros": b"\x00" * 100,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_damaged_file_of_data(folder, name, content):
    (folder / name).write_bytes(content)
    assert has_errors(lint_form(folder)[1])


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_data_that_is_missing_or_a_folder(folder, name):
    (folder / name).unlink()
    assert has_errors(lint_form(folder)[1])
    (folder / name).mkdir()
    assert has_errors(lint_form(folder)[1])


FORMULAS = [
    "(" * 10000 + "上年结转" + ")" * 10000,
    "上年结转 + " * 10000 + "1",
    "-" * 5000 + "上年结转",
    "9" * 5000,
]


@pytest.mark.parametrize("formula", FORMULAS, ids=["brackets", "a long sum", "signs", "a long number"])
def test_a_formula_without_end(folder, formula):
    text = (folder / "figures.toml").read_text("utf-8")
    (folder / "figures.toml").write_text(text.replace("上年结转 + 本年收入", formula), "utf-8")
    assert has_errors(lint_form(folder)[1])


few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = [
    "3",
    "-1",
    '""',
    '"甲"',
    "[]",
    "{}",
    "true",
    "nan",
    "1e99",
    "[[1]]",
    '["甲"]',
    "2020-01-01",
    '"= 1 +"',
]


@st.composite
def damaged_data(draw):
    """A file of data with one line damaged."""
    name = draw(st.sampled_from(FILES))
    lines = (FORM.folder / name).read_text("utf-8").splitlines()
    at = draw(st.sampled_from([n for n, line in enumerate(lines) if line and not line.startswith("#")]))
    key, equals, _ = lines[at].partition(" = ")
    match draw(st.sampled_from(("value", "gone", "twice", "sign"))):
        case "value" if equals:
            lines[at] = f"{key} = {draw(st.sampled_from(VALUES))}"
        case "gone":
            del lines[at]
        case "twice":
            lines.insert(at, lines[at])
        case _:
            place = draw(st.integers(0, len(lines[at]) - 1))
            sign = draw(st.sampled_from(["", "x", '"', "{", "]", "=", "，"]))
            lines[at] = lines[at][:place] + sign + lines[at][place + 1 :]
    return name, "\n".join(lines)


@few
@given(damage=damaged_data())
def test_data_with_a_damaged_line_is_told_or_can_be_used(folder, damage):
    name, text = damage
    before = (folder / name).read_bytes()
    try:
        (folder / name).write_text(text, "utf-8")
        forms.load.cache_clear()
        form, findings = lint_form(folder)
        if not has_errors(findings):
            assert forms.load(folder) == form
    finally:
        (folder / name).write_bytes(before)
        forms.load.cache_clear()


@st.composite
def damaged_texts(draw):
    """Which paragraph with a tag is to say something else, and what."""
    document = Document(io.BytesIO(RAW))
    texts = [Paragraph(each, document).text for each in document.element.body.iter(qn("w:p"))]
    tagged = sorted({text for text in texts if "{" in text})
    text = draw(st.sampled_from(tagged))
    place = draw(st.integers(0, len(text) - 1))
    sign = draw(
        st.sampled_from(["", "{", "}", "%", "｛", " ", "p ", "-", "行", "{% endif %}", "{%tr if 1 %}"])
    )
    return text, text[:place] + sign + text[place + draw(st.integers(0, 1)) :]


@few
@given(damage=damaged_texts())
def test_a_template_with_a_damaged_tag_is_told_or_prints(folder, damage):
    old, new = damage
    document = Document(io.BytesIO(RAW))
    retype(document, old, new)
    document.save(folder / "report.docx")
    findings = lint_form(folder)[1]
    assert all(each.code != "form.unexpected" for each in findings)
    if not has_errors(findings):
        _, faults = render(examine(SAMPLE).report, replace(FORM, folder=folder))
        assert faults == []
