"""What a person sees of a paragraph, and changing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.document.shown import OBJECT, canonical, rewrite, shown

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(inner):
    return etree.fromstring(f"<w:p {W}>{inner}</w:p>")


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


SEEN = [
    (run("甲") + run("乙"), "甲乙"),
    ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:noBreakHyphen/></w:r>", "甲\t乙\n-"),
    (f'<w:ins w:id="1">{run("增")}</w:ins><w:del w:id="2"><w:r><w:delText>删</w:delText></w:r></w:del>', "增"),
    (f'<w:moveFrom w:id="1">{run("原处")}</w:moveFrom><w:moveTo w:id="1">{run("新处")}</w:moveTo>', "新处"),
    (f"<w:hyperlink>{run('链接')}</w:hyperlink>", "链接"),
    (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
    ("<w:r><w:drawing><w:t>框里的字</w:t></w:drawing></w:r>", OBJECT),
    (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("页")}',
        f"{OBJECT}页",
    ),
    (f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>', OBJECT),
    (f'<w:pPr><w:pStyle w:val="a"/></w:pPr>{run("字")}<w:proofErr w:type="spellStart"/>', "字"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "text"), SEEN)
def test_what_is_seen(inner, text):
    assert shown(p(inner)) == text


BOLD = "<w:rPr><w:b/></w:rPr>"


def test_words_that_stay_keep_their_format():
    paragraph = p(run("共") + run("31", BOLD) + run("人，退休") + run("2", BOLD) + run("人"))
    rewrite(paragraph, "共34人，退休5人。")
    bold = [r.find(f"{{{r.nsmap['w']}}}t").text for r in paragraph if len(r) == 2]
    assert (shown(paragraph), bold) == ("共34人，退休5人。", ["34", "5"])


def test_pictures_stay_whatever_the_words_become():
    paragraph = p(run("甲") + "<w:r><w:drawing/></w:r>" + run("乙"))
    rewrite(paragraph, "完全不同")
    assert sorted(shown(paragraph)) == sorted(f"{OBJECT}完全不同")


def test_an_empty_paragraph_takes_the_format_of_its_mark():
    paragraph = p("<w:pPr><w:rPr><w:b/></w:rPr></w:pPr>")
    rewrite(paragraph, "字")
    assert b"<w:rPr><w:b/></w:rPr><w:t" in etree.tostring(paragraph)


def test_runs_that_say_nothing_any_more_go():
    paragraph = p(run("甲", BOLD) + run("乙"))
    rewrite(paragraph, "乙")
    assert len(paragraph) == 1
    rewrite(paragraph, "")
    assert (len(paragraph), shown(paragraph)) == (1, "")


words = st.text(st.sampled_from("甲乙丙1234.%，人 "), max_size=12)


@given(st.lists(words, max_size=4), words)
def test_a_rewritten_paragraph_shows_the_new_words(old, new):
    paragraph = p("".join(run(text) for text in old))
    rewrite(paragraph, new)
    assert shown(paragraph) == new


SAME = [
    (run("甲"), f'<w:proofErr w:type="x"/>{run("甲")}<w:bookmarkStart w:id="1"/>'),
    (run("甲"), '<w:r w:rsidR="00A1"><w:t>甲</w:t></w:r>'),
    (run("甲"), "<w:r><w:lastRenderedPageBreak/><w:t>甲</w:t></w:r>"),
]
DIFFERENT = [(run("甲"), run("乙")), (run("甲"), run("甲", BOLD)), (run("甲乙"), run("甲") + run("乙"))]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_marks_that_programs_write_make_no_difference(one, other):
    assert canonical(p(one)) == canonical(p(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_is_seen_makes_a_difference(one, other):
    assert canonical(p(one)) != canonical(p(other))
