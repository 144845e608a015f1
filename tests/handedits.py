"""Edits that a person makes in the finished report, done with python-docx."""

from __future__ import annotations

import base64
import copy
import io
from collections.abc import Callable

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

# A PNG of one red pixel.
_RED_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)


def find(document, text: str, nth: int = 1) -> Paragraph:
    """The paragraph that says ``text``, cells included, of several the ``nth``."""
    found = 0
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        if text in paragraph.text:
            found += 1
            if found == nth:
                return paragraph
    raise AssertionError(f"nothing says {text}")


def row_of(paragraph: Paragraph):
    return next(paragraph._p.iterancestors(qn("w:tr")))


def table_of(paragraph: Paragraph):
    return next(paragraph._p.iterancestors(qn("w:tbl")))


def _type(paragraph: Paragraph, text: str) -> None:
    """Type over a paragraph: the first run keeps its format."""
    first, *rest = paragraph.runs or [paragraph.add_run()]
    first.text = text
    for run in rest:
        run._r.getparent().remove(run._r)


def append(document, at, text, nth=1):
    find(document, at, nth).add_run(text)


def replace(document, at, text, nth=1):
    """Replace the words ``at`` where they stand, as many signs as they are."""
    paragraph = find(document, at, nth)
    _type(paragraph, paragraph.text.replace(at, text, 1))


def retype(document, at, text, nth=1):
    _type(find(document, at, nth), text)


def clear(document, at, nth=1):
    _type(find(document, at, nth), "")


def delete(document, at, nth=1):
    element = find(document, at, nth)._p
    element.getparent().remove(element)


def after(document, at, text, nth=1):
    paragraph = find(document, at, nth)
    made = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(made)
    _type(Paragraph(made, document), text)


def split(document, at, nth=1):
    """Press Enter before the words ``at``."""
    paragraph = find(document, at, nth)
    head, tail = paragraph.text.split(at, 1)
    after(document, at, at + tail, nth)
    _type(find(document, head + at, 1), head)


def move(document, at, text):
    """Cut the paragraph ``at`` and put it down after the one that says ``text``."""
    element = find(document, at)._p
    find(document, text)._p.addnext(element)


def bold(document, at, nth=1):
    """Make just these words bold."""
    paragraph = find(document, at, nth)
    head, tail = paragraph.text.split(at, 1)
    first = paragraph.runs[0]
    _type(paragraph, head)
    for text in (at, tail):
        made = copy.deepcopy(first._r)
        paragraph._p.append(made)
        paragraph.runs[-1].text = text
    paragraph.runs[1].bold = True


def size(document, at, nth=1):
    for run in find(document, at, nth).runs:
        run.font.size = Pt(18)


def picture(document, at, nth=1):
    run = document.add_paragraph().add_run()
    run.add_picture(io.BytesIO(_RED_DOT))
    element = run._r.getparent()
    find(document, at, nth)._p.append(run._r)
    element.getparent().remove(element)


def picture_after(document, at, nth=1):
    """A picture in a paragraph of its own."""
    after(document, at, "", nth)
    made = Paragraph(find(document, at, nth)._p.getnext(), document)
    made.add_run("插图：")
    picture(document, "插图：")


def delete_row(document, at, nth=1):
    row = row_of(find(document, at, nth))
    row.getparent().remove(row)


def add_row(document, at, text, nth=1):
    """Insert a row below, as Word does: a copy of the row with other words, parts of them by ``|``."""
    paragraph = find(document, at, nth)
    row = row_of(paragraph)
    made = copy.deepcopy(row)
    row.addnext(made)
    cells = _Row(made, Table(table_of(paragraph), document)).cells
    texts = text.split("|")
    for number, cell in enumerate(cells):
        for extra in cell.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        _type(cell.paragraphs[0], texts[number] if number < len(texts) else "")


def add_column(document, at, text, nth=1):
    """A column at the right of the table, with ``text`` in its first cell."""
    table = table_of(find(document, at, nth))
    for number, row in enumerate(table.iterchildren(qn("w:tr"))):
        last = row.findall(qn("w:tc"))[-1]
        made = copy.deepcopy(last)
        for merge in list(made.iter(qn("w:vMerge"))):
            merge.getparent().remove(merge)
        last.addnext(made)
        paragraphs = made.findall(qn("w:p"))
        for extra in paragraphs[1:]:
            made.remove(extra)
        _type(Paragraph(paragraphs[0], document), text if number == 0 else "")


def delete_table(document, at, nth=1):
    table = table_of(find(document, at, nth))
    table.getparent().remove(table)


def add_table(document, at, text, nth=1):
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = text
    table.rows[0].cells[1].text = "手工表"
    find(document, at, nth)._p.addnext(table._tbl)


def tracked_insert(document, at, text, nth=1):
    """Typed with revision marks on."""
    paragraph = find(document, at, nth)
    run = copy.deepcopy(paragraph.runs[0]._r)
    mark = OxmlElement("w:ins")
    mark.set(qn("w:id"), "900")
    mark.set(qn("w:author"), "同事")
    paragraph._p.append(mark)
    mark.append(run)
    run.find(qn("w:t")).text = text


def tracked_delete(document, at, nth=1):
    """The words ``at`` struck out with revision marks on."""
    bold(document, at, nth)
    run = find(document, at, nth).runs[1]._r
    run.find(qn("w:rPr")).remove(run.find(qn("w:rPr")).find(qn("w:b")))
    mark = OxmlElement("w:del")
    mark.set(qn("w:id"), "901")
    mark.set(qn("w:author"), "同事")
    run.addprevious(mark)
    mark.append(run)
    text = run.find(qn("w:t"))
    struck = OxmlElement("w:delText")
    struck.text = text.text
    run.replace(text, struck)


def comment(document, at, text, nth=1):
    document.add_comment(find(document, at, nth).runs, text, author="同事")


def header(document, at, text):
    """A header for all pages; ``at`` is not used."""
    document.sections[0].header.paragraphs[0].text = text


def resave(document, at):
    """What Word writes without anybody's doing: split runs, revision ids, proofing marks, bookmarks."""
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        paragraph.set(qn("w:rsidR"), "00AB12CD")
        for run in paragraph.findall(qn("w:r")):
            text = run.find(qn("w:t"))
            if text is None or len(text.text or "") < 4 or len(run.findall("*")) > 2:
                continue
            half = copy.deepcopy(run)
            run.addnext(half)
            middle = len(text.text) // 2
            half.find(qn("w:t")).text = text.text[middle:]
            half.find(qn("w:t")).set(qn("xml:space"), "preserve")
            text.text = text.text[:middle]
            text.set(qn("xml:space"), "preserve")
            for tag, kind in (("w:proofErr", "spellStart"), ("w:bookmarkStart", None)):
                mark = OxmlElement(tag)
                if kind:
                    mark.set(qn("w:type"), kind)
                else:
                    mark.set(qn("w:id"), "77")
                    mark.set(qn("w:name"), "_GoBack")
                half.addprevious(mark)


OPERATIONS: dict[str, Callable] = {
    each.__name__: each
    for each in (
        append, replace, retype, clear, delete, after, split, move, bold, size, picture, picture_after,
        delete_row, add_row, add_column, delete_table, add_table, tracked_insert, tracked_delete, comment,
        header, resave,
    )
}  # fmt: skip


def edited(source: bytes, edits: list[dict]) -> bytes:
    """The document after the edits, each a mapping with ``do`` and its arguments."""
    document = Document(io.BytesIO(source))
    for edit in edits:
        arguments = dict(edit)
        OPERATIONS[arguments.pop("do")](document, **arguments)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
