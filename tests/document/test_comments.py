"""Word comments: the part, its relation, its type, and where the marks stand."""

import io

from docx import Document
from lxml import etree

from generator.document.comments import Comments
from generator.document.layout import w
from generator.package import parts_of, to_bytes


def document(*texts, comment=None):
    made = Document()
    for text in texts:
        paragraph = made.add_paragraph(text)
        if comment:
            made.add_comment(paragraph.runs, comment, author="同事")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def commented(source, lines):
    parts = parts_of(io.BytesIO(source))
    root = etree.fromstring(parts["word/document.xml"])
    comments = Comments(parts)
    for paragraph in list(root.iter(w("p"))):
        comments.add_to_paragraph(paragraph, lines)
    comments.save()
    parts["word/document.xml"] = etree.tostring(root)
    return to_bytes(parts)


def read(source):
    return [(c.comment_id, c.author, c.text) for c in Document(io.BytesIO(source)).comments]


def test_comments_are_read_by_another_program():
    assert read(commented(document("甲", "乙"), ["一行", "又一行"])) == [
        (0, "自动核算", "一行\n又一行"),
        (1, "自动核算", "一行\n又一行"),
    ]


def test_comments_of_others_stay_and_keep_their_numbers():
    made = commented(document("甲", comment="同事的"), ["我们的"])
    assert read(made) == [(0, "同事", "同事的"), (1, "自动核算", "我们的")]
    assert read(commented(made, ["再来"]))[2] == (2, "自动核算", "再来")


def test_the_marks_stand_around_the_words():
    parts = parts_of(io.BytesIO(commented(document("甲"), ["一"])))
    [paragraph] = etree.fromstring(parts["word/document.xml"]).iter(w("p"))
    tags = [etree.QName(child).localname for child in paragraph]
    assert tags == ["commentRangeStart", "r", "commentRangeEnd", "r"]


def test_an_empty_paragraph_can_be_commented():
    assert [text for _, _, text in read(commented(document(""), ["空"]))] == ["空"]


def test_nothing_added_changes_nothing():
    source = document("甲")
    parts = parts_of(io.BytesIO(source))
    Comments(parts).save()
    assert parts == parts_of(io.BytesIO(source))
