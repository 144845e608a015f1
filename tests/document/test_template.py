"""The form's Word template as a file that people edit: its styles, fonts, and the tags in it."""

import re
import zipfile

import pytest
from lxml import etree
from workbooks import FORM

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(FORM.template) as archive:
        return {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xml")}


def values(root, tag):
    return [element.get(f"{W}val") for element in root.iter(W + tag)]


def test_styles_are_defined_once_and_every_used_style_is_defined(parts):
    styles = parts["word/styles.xml"]
    ids = [style.get(f"{W}styleId") for style in styles.iter(W + "style")]
    assert len(ids) == len(set(ids))
    used = {v for tag in ("pStyle", "rStyle", "tblStyle") for v in values(parts["word/document.xml"], tag)}
    assert used <= set(ids)


def test_every_font_of_a_style_is_set_for_chinese_too(parts):
    for fonts in parts["word/styles.xml"].iter(W + "rFonts"):
        assert fonts.get(f"{W}eastAsia"), etree.tostring(fonts)


def test_formatting_comes_from_styles(parts):
    """No run of the body sets a font, a size or a weight of its own."""
    direct = {f"{W}sz", f"{W}b", f"{W}i", f"{W}color", f"{W}u"}
    for properties in parts["word/document.xml"].iter(W + "rPr"):
        assert not direct & {child.tag for child in properties}, etree.tostring(properties)


def test_page_is_a4_with_the_margins_of_the_standard(parts):
    for section in parts["word/document.xml"].iter(W + "sectPr"):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        assert {size.get(f"{W}w"), size.get(f"{W}h")} == {"11906", "16838"}
        millimetres = [
            round(int(margins.get(W + side)) / 56.69) for side in ("top", "bottom", "left", "right")
        ]
        assert millimetres == [37, 35, 28, 26]


def test_every_tag_stands_in_one_run(parts):
    for text in parts["word/document.xml"].iter(W + "t"):
        said = text.text or ""
        assert said.count("{{") == said.count("}}"), said
        assert said.count("{%") == said.count("%}"), said


def test_scoring_table_repeats_its_header(parts):
    tables = list(parts["word/document.xml"].iter(W + "tbl"))
    scoring = next(t for t in tables if "评分标准" in "".join(t.itertext()))
    assert scoring.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def test_every_field_that_the_official_form_shows_has_its_tag(parts):
    """All raw fields but those that only steer, score or control."""
    said = "".join(t.text or "" for t in parts["word/document.xml"].iter(W + "t"))
    shown = set(re.findall(r"[^\W\d]\w*", "".join(re.findall(r"\{[{%].*?[%}]\}", said))))
    silent = {"填表说明", "评分数据", "决算核对数", "工作数据", "支出分类"}
    wanted = {f.name for s in FORM.sheets if s.name not in silent for f in s.fields} | {"年度"}
    assert wanted - shown == set()
