"""Reading generated documents in tests, independent of the code that wrote them (python-docx)."""

from __future__ import annotations

import io
import re

from docx import Document
from docx.oxml.ns import qn


def open_document(source):
    return Document(io.BytesIO(source) if isinstance(source, bytes) else str(source))


def blocks(parent):
    """Paragraph texts in reading order; of vertically merged cells the first only."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield "".join(t.text or "" for t in child.iter(qn("w:t")))
        elif child.tag == qn("w:tbl"):
            for row in child.iterchildren(qn("w:tr")):
                for cell in row.iterchildren(qn("w:tc")):
                    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                    if merge is None or merge.get(qn("w:val")) == "restart":
                        yield from blocks(cell)


def lines(source) -> list[str]:
    """All paragraphs that say something."""
    return [text for text in blocks(open_document(source).element.body) if text.strip()]


def text(source) -> str:
    return "\n".join(lines(source))


def squeezed(source) -> str:
    return re.sub(r"\s+", "", text(source))


def tables(source) -> list[list[list[str]]]:
    """Every table as rows of cell texts, merged cells repeated as python-docx does."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in open_document(source).tables
    ]
