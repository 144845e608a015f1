"""Paragraphs out of lines, and cells merged downwards: small trees in, small trees out."""

import pytest
from lxml import etree

from generator.document import flow
from generator.document.layout import mend, text_of, w
from generator.document.values import KEY_END, KEY_START, LINE

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def tree(xml):
    return etree.fromstring(f"<w:body {NS}>{xml}</w:body>")


def through(step, xml):
    """A tree of what a step makes of the XML."""
    return etree.fromstring(step(f"<w:body {NS}>{xml}</w:body>"))


def paragraphs(root):
    """Each paragraph as style, then (bold?, text) of its runs."""
    found = []
    for paragraph in root.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        runs = [
            ("b" if run.find(f"{w('rPr')}/{w('b')}") is not None else "") + text_of(run)
            for run in paragraph.findall(w("r"))
        ]
        found.append((style.get(w("val")) if style is not None else "", runs))
    return found


STYLE = '<w:pPr><w:pStyle w:val="正文"/></w:pPr>'


@pytest.mark.parametrize(
    "xml, expected",
    [
        (f"<w:p>{STYLE}<w:r><w:t>一行</w:t></w:r></w:p>", [("正文", ["一行"])]),
        (
            f"<w:p>{STYLE}<w:r><w:t>甲{LINE}乙{LINE}丙</w:t></w:r></w:p>",
            [("正文", ["甲"]), ("正文", ["乙"]), ("正文", ["丙"])],
        ),
        (
            f"<w:p>{STYLE}<w:r><w:rPr><w:b/></w:rPr><w:t>甲{LINE}乙</w:t></w:r><w:r><w:t>尾</w:t></w:r></w:p>",
            [("正文", ["b甲"]), ("正文", ["b乙", "尾"])],
        ),
        (
            f"<w:p><w:r><w:t>头：</w:t></w:r><w:r><w:t>甲{LINE}乙</w:t></w:r></w:p>",
            [("", ["头：", "甲"]), ("", ["乙"])],
        ),
        (
            f"<w:p><w:r><w:t>甲{LINE}乙</w:t></w:r><w:r><w:t>丙{LINE}丁</w:t></w:r></w:p>",
            [("", ["甲"]), ("", ["乙", "丙"]), ("", ["丁"])],
        ),
    ],
)
def test_every_line_is_a_paragraph_of_the_tags_own_style(xml, expected):
    assert paragraphs(through(flow.split_lines, xml)) == expected


def test_a_section_break_stays_with_the_last_paragraph():
    xml = f"<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>甲{LINE}乙</w:t></w:r></w:p>"
    root = through(flow.split_lines, xml)
    assert [p.find(f"{w('pPr')}/{w('sectPr')}") is not None for p in root] == [False, True]


def test_a_line_inside_a_hyperlink_becomes_a_space():
    xml = f"<w:p><w:hyperlink><w:r><w:t>甲{LINE}乙</w:t></w:r></w:hyperlink></w:p>"
    assert text_of(through(flow.split_lines, xml)) == "甲 乙"


def test_lines_inside_a_text_box_split_the_box_not_the_paragraph_around_it():
    box = f"<w:txbxContent><w:p><w:r><w:t>甲{LINE}乙</w:t></w:r></w:p></w:txbxContent>"
    xml = f"<w:p><w:r><w:t>前</w:t></w:r><w:r>{box}</w:r><w:r><w:t>后{LINE}尾</w:t></w:r></w:p>"
    root = through(flow.split_lines, xml)
    assert [text_of(p) for p in root] == ["前甲乙后", "尾"]
    assert [text_of(p) for p in root.iter(w("p"))] == ["前甲乙后", "甲", "乙", "尾"]


def table(*rows):
    """Cells as ``text`` or ``text|key`` or ``text|key|span``."""
    made = ""
    for row in rows:
        made += "<w:tr>"
        for cell in row:
            text, key, span = (*cell.split("|"), "", "")[:3]
            mark = f"{KEY_START}{key}{KEY_END}" if key else ""
            grid = f'<w:gridSpan w:val="{span}"/>' if span else ""
            made += (
                f'<w:tc><w:tcPr><w:tcW w:w="1"/>{grid}<w:vAlign w:val="center"/></w:tcPr>'
                f"<w:p><w:r><w:t>{text}{mark}</w:t></w:r></w:p></w:tc>"
            )
        made += "</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def merges(root):
    """Per row, every cell's text with its merge: + restarts, ^ continues."""
    signs = {"restart": "+", "continue": "^"}
    found = []
    for row in root.iter(w("tr")):
        cells = []
        for cell in row.findall(w("tc")):
            merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            cells.append((signs[merge.get(w("val"))] if merge is not None else "") + text_of(cell))
        found.append(cells)
    return found


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([["甲|1", "x"], ["甲|1", "y"]], [["+甲", "x"], ["^", "y"]]),
        ([["甲|1"], ["甲|1"], ["乙|2"], ["乙|2"]], [["+甲"], ["^"], ["+乙"], ["^"]]),
        ([["甲|1"], ["乙|1"]], [["甲"], ["乙"]]),  # equal key, other text: nothing may be lost
        ([["甲|1"], ["甲|2"]], [["甲"], ["甲"]]),  # equal text under another first level
        ([["甲"], ["甲"]], [["甲"], ["甲"]]),
        ([["甲|1"], ["间"], ["甲|1"]], [["甲"], ["间"], ["甲"]]),
        # second level inside the first, and a column found by the grid, not by counting cells
        (
            [["一|a", "子|a1", "x"], ["一|a", "子|a1", "y"], ["一|a", "丑|a2", "z"]],
            [["+一", "+子", "x"], ["^", "^", "y"], ["^", "丑", "z"]],
        ),
        ([["宽||2", "甲|1"], ["a", "b", "甲|1"]], [["宽", "+甲"], ["a", "b", "^"]]),
    ],
)
def test_cells_with_equal_keys_and_text_merge_downwards(rows, expected):
    assert merges(through(flow.merge_down, table(*rows))) == expected


def test_merge_stands_where_the_schema_wants_it():
    root = through(flow.merge_down, table(["甲|1||"], ["甲|1"]))
    properties = root.find(f".//{w('tcPr')}")
    assert [etree.QName(child).localname for child in properties] == ["tcW", "vMerge", "vAlign"]


def test_a_merge_that_is_there_already_is_replaced_and_properties_are_made():
    mark = f"<w:p><w:r><w:t>甲{KEY_START}1{KEY_END}</w:t></w:r></w:p>"
    old = f'<w:tc><w:tcPr><w:tcW w:w="1"/><w:vMerge w:val="restart"/></w:tcPr>{mark}</w:tc>'
    for cell in (old, f"<w:tc><w:tcPr/>{mark}</w:tc>", f"<w:tc>{mark}</w:tc>"):
        root = through(flow.merge_down, f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>")
        assert merges(root) == [["+甲"], ["^"]]


def test_a_merged_cell_keeps_the_style_of_its_paragraph():
    cell = f"<w:tc><w:p>{STYLE}<w:r><w:t>甲{KEY_START}1{KEY_END}</w:t></w:r></w:p></w:tc>"
    root = through(flow.merge_down, f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>")
    assert paragraphs(root) == [("正文", ["甲"]), ("正文", [])]


def test_tables_inside_cells_merge_by_themselves():
    inner = table(["甲|1"], ["甲|1"])
    root = through(flow.merge_down, f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>")
    assert merges(root)[1:] == [["+甲"], ["^"]]


def test_rows_that_begin_further_right_are_told_by_the_grid():
    row = table(["甲|1"])[7:-8]
    indented = row.replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    first = table(["x", "甲|1"])[7:-8]
    assert merges(through(flow.merge_down, f"<w:tbl>{first}{indented}</w:tbl>")) == [["x", "+甲"], ["^"]]


BARE = "<w:tbl><w:tr><w:tc/></w:tr></w:tbl><w:tbl><w:tblPr></w:tblPr></w:tbl>"


@pytest.mark.parametrize("step", ["text", "tree"])
def test_cells_keep_a_paragraph_and_empty_tables_go(step):
    root = through(flow.mend, BARE) if step == "text" else tree(BARE)
    if step == "tree":
        mend(root)
    assert len(root) == 1
    assert root.find(f".//{w('tc')}/{w('p')}") is not None


def test_a_cell_that_ends_with_a_table_gets_a_paragraph_after_it():
    inner = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    root = through(flow.mend, f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>")
    assert [etree.QName(child).localname for child in root[0][0][0]] == ["tbl", "p"]
