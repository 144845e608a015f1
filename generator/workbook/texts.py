"""Texts of cells, without what nobody sees."""

from __future__ import annotations

import re

from generator.typed import without_invisible

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_LINE_END = re.compile("_x000[dD]_\n?|\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Text without control characters and invisible signs; ``_x000D_`` and every kind of line end become
    one ``\\n``."""
    if text.isprintable() and "_x" not in text:
        return without_invisible(text)
    return _CONTROL.sub("", without_invisible(_LINE_END.sub("\n", text)))


def one_line(text: str) -> str:
    """A text that may not have several lines, its lines joined by a blank."""
    return " ".join(clean(text).strip().split("\n"))


def paragraphs(text: str) -> str:
    """A long text: its lines without blank ones and without blanks around them."""
    lines = (line.strip() for line in clean(text).strip().split("\n"))
    return "\n".join(line for line in lines if line)
