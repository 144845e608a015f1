"""docxtpl is the reference: on templates with every kind of tag both give equal XML, part by part."""

import copy
import io
import shutil
import subprocess

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree
from workbooks import FORM

from generator.document import environment
from generator.document.audit import audit_parts
from generator.document.render import Traces, pack, render_parts
from generator.document.template import load_template
from generator.package import parts_of, to_bytes

NAMES = {
    "名": "甲&乙<丙>",
    "真": True,
    "假": False,
    "空": "",
    "行": [
        {"a": "一", "b": "1", "色": "FF0000"},
        {"a": "二", "b": "2", "色": "00FF00"},
        {"a": "三", "b": "3", "色": "0000FF"},
    ],
    "列": ["甲", "乙", "丙", "丁"],
    "宽": 2,
}


def paragraph(*texts):
    """One paragraph, each text in a run of its own: tags may be split between them."""

    def make(document):
        made = document.add_paragraph()
        for text in texts:
            made.add_run(text)

    return make


def paragraphs(*texts):
    def make(document):
        for text in texts:
            document.add_paragraph(text)

    return make


def table(*rows, span=False):
    def make(document):
        made = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        if span:
            made.rows[0].cells[0].merge(made.rows[0].cells[1])

    return make


def breaks(document):
    run = document.add_paragraph().add_run("前{{ 名 }}")
    run.add_tab()
    run.add_text("中{{ 名 }}")
    run.add_break()
    run.add_text("{% if 真 %}后{% endif %}")
    run.add_break(WD_BREAK.PAGE)
    document.add_paragraph("第二页{{ 名 }}")


def edges(document):
    document.add_paragraph("正文{{ 名 }}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉{{ 名 }}{% if 假 %}没有{% endif %}"
    section.footer.paragraphs[0].text = "页脚{% for r in 行 %}{{ r.a }}{% endfor %}"


def formatted(document):
    """A tag whose signs have formats of their own, as Word splits them."""
    made = document.add_paragraph("值：")
    for number, piece in enumerate(("{", "{ 名", " }", "}")):
        made.add_run(piece).bold = bool(number % 2)


def nested(document):
    outer = document.add_table(1, 1)
    inner = outer.rows[0].cells[0].add_table(3, 1)
    for row, text in zip(inner.rows, ("{%tr for r in 行 %}", "{{ r.a }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = text


LOOP = ("{%tr for r in 行 %}", ""), ("{{ r.a }}", "{{ r.b }}"), ("{%tr endfor %}", "")
KINDS = {
    "a value": paragraphs("值：{{ 名 }}。", "没有标签"),
    "a condition in a line": paragraphs("{% if 真 %}是{% else %}否{% endif %}{% if 空 %}有{% endif %}"),
    "a loop in a line": paragraphs(
        "{% for r in 行 %}{{ r.a }}{% if not loop.last %}、{% endif %}{% endfor %}"
    ),
    "paragraphs": paragraphs("{%p for r in 行 %}", "{{ r.a }}{{ r.b }}", "{%p endfor %}", "尾"),
    "paragraphs on a condition": paragraphs("{%p if 假 %}", "没有", "{%p else %}", "有", "{%p endif %}"),
    "rows": table(*LOOP),
    "rows on a condition": table(
        ("头", ""), ("{%tr if 假 %}", ""), ("没有", ""), ("{%tr endif %}", ""), ("尾", "")
    ),
    "columns": table(
        ("{%tc for c in 列 %}", "{{ c }}", "{%tc endfor %}"),
        ("{%tc for c in 列 %}", "值{{ c }}", "{%tc endfor %}"),
    ),
    "runs": paragraph("前", "{%r if 真 %}", "中", "{%r endif %}", "后"),
    "columns joined": table(("{% colspan 宽 %}{{ 名 }}", "丙"), ("甲", "乙")),
    "a cell's colour": table(
        ("{%tr for r in 行 %}", ""), ("{% cellbg r.色 %}{{ r.a }}", "乙"), ("{%tr endfor %}", "")
    ),
    "cells merged downwards": table(
        ("{%tr for r in 行 %}", ""), ("{% vm %}同", "{{ r.a }}"), ("{%tr endfor %}", "")
    ),
    "cells merged across": table(
        ("{%tc for c in 列 %}", "{% hm %}同", "{%tc endfor %}"),
        ("{%tc for c in 列 %}", "{{ c }}", "{%tc endfor %}"),
    ),
    "tags split between runs": paragraph("值：{", "{ 名", " }", "}。{% if", " 真 %}是{% en", "dif %}"),
    "tags split by formats": formatted,
    "comments": paragraphs("前{# 不印 #}后{{ 名 }}", "{#p 整段不印 #}", "尾"),
    "spaces taken away": paragraphs("前{%- if 真 -%}中{%- endif -%}后"),
    "typographic quotes": paragraphs("{% if 名 == “甲” %}是{% else %}否{% endif %}{{ ‘丙’ }}"),
    "filters": paragraphs("{{ 列 | join('、') }}{{ 列 | length }}{{ 列 | 枚举 }}"),
    "tabs, line breaks and page breaks": breaks,
    "headers and footers": edges,
    "a table inside a cell": nested,
    "a joined cell in a table with a loop": table(
        ("头", "", ""),
        ("{%tr for r in 行 %}", "", ""),
        ("{{ r.a }}", "{{ r.b }}", "丙"),
        ("{%tr endfor %}", "", ""),
        span=True,
    ),
}


def template(make):
    document = Document()
    make(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def footnote(data):
    """A footnote with a tag, put in by hand because python-docx makes none."""
    parts = parts_of(io.BytesIO(data))
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/footnotes.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{w}">'
        '<w:footnote w:id="1"><w:p><w:r><w:t>注：{{ 名 }}{% if 假 %}没有{% endif %}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = "word/_rels/document.xml.rels"
    added = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", added.encode())
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    return to_bytes(parts)


def ours(path):
    made = load_template(path)
    content, faults = pack(made, *render_parts(made, NAMES, FORM))
    assert faults == []
    return parts_of(io.BytesIO(content))


def theirs(path):
    document = DocxTemplate(path)
    document.render(copy.deepcopy(NAMES), environment.make(), autoescape=True)
    target = io.BytesIO()
    document.save(target)
    return parts_of(target)


def same(data, folder):
    """Both renderings, and that they are equal in every part that a tag may stand in."""
    path = folder / "t.docx"
    path.write_bytes(data)
    one, other = ours(path), theirs(path)
    tagged = [
        name
        for name in one
        if name.startswith(("word/document", "word/header", "word/footer", "word/footnotes"))
    ]
    assert "word/document.xml" in tagged
    for name in tagged:
        assert canonical(one[name]) == canonical(other[name]), name
    return one


def canonical(part):
    """Independent of who wrote it; spaces that a run keeps are kept by both or do not matter."""
    root = etree.fromstring(part)
    for text in root.iter(qn("w:t")):
        text.attrib.pop(qn("xml:space"), None)
        if not text.text:
            text.text = None
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("kind", KINDS)
def test_both_paths_give_equal_xml(kind, tmp_path):
    rendered = same(template(KINDS[kind]), tmp_path)
    assert b"{%" not in rendered["word/document.xml"]


def test_footnotes(tmp_path):
    rendered = same(footnote(template(paragraphs("正文{{ 名 }}"))), tmp_path)
    assert "注：甲&amp;乙".encode() in rendered["word/footnotes.xml"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_templates_saved_by_libreoffice(tmp_path):
    (tmp_path / "in").mkdir()
    kinds = [kind for kind in KINDS if kind != "typographic quotes"]
    for number, kind in enumerate(kinds):
        (tmp_path / "in" / f"{number}.docx").write_bytes(template(KINDS[kind]))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx"]
    files = sorted((tmp_path / "in").iterdir())
    subprocess.run(
        [*command, "--outdir", tmp_path / "out", *files], check=True, capture_output=True, timeout=300
    )
    for number in range(len(kinds)):
        same((tmp_path / "out" / f"{number}.docx").read_bytes(), tmp_path)


@pytest.mark.parametrize("kind", ["columns joined", "a cell's colour", "a value"])
def test_values_in_attributes_carry_no_marks(kind, tmp_path):
    (tmp_path / "t.docx").write_bytes(template(KINDS[kind]))
    made, traces = load_template(tmp_path / "t.docx"), Traces([], [])
    rendered, faults = render_parts(made, NAMES, FORM, traces=traces)
    assert (faults, audit_parts(rendered)) == ([], [])
    assert traces.runs
