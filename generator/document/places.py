"""Where in a document something stands, in words."""

from __future__ import annotations

from generator.document.layout import Element, w
from generator.document.shown import words
from generator.document.stories import BODY, block_text, cells, merge_state

_LONG = 12  # signs of a paragraph that name it


def place(element: Element, story: str = BODY) -> str:
    """``“一、部门概况…”一段`` or, inside a table, ``“收入”一行``; ``element`` is a block, row or cell."""
    if story != BODY:
        return "页眉页脚"
    row = element if element.tag == w("tr") else next(element.iterancestors(w("tr")), None)
    if row is not None:
        return f"“{_label(row)}”一行"
    if element.tag == w("tbl"):
        return f"“{_short(block_text(element))}”一表"
    return f"“{_short(block_text(element))}”一段"


def _label(row: Element) -> str:
    """The first cell that is this row's own, not merged with the next rows."""
    said = [(merge_state(cell), words(block_text(cell))) for cell in cells(row)]
    own = [text for state, text in said if text and not state]
    return _short(next(iter(own or [text for _, text in said if text]), ""))


def _short(text: str) -> str:
    text = words(text)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
