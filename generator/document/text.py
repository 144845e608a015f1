"""The text of a .docx, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from generator.document.layout import text_of, w
from generator.package import parts_of


def paragraphs(document: bytes) -> tuple[str, ...]:
    """Every paragraph of the body that says something, in reading order."""
    return tuple(text for name, text in lines(document) if name == "document.xml")


def lines(document: bytes) -> Iterator[tuple[str, str]]:
    """The part and the text of every paragraph that says something, headers and footers included."""
    for name, data in sorted(parts_of(BytesIO(document)).items()):
        if name.startswith("word/") and name.endswith(".xml"):
            for paragraph in etree.fromstring(data).iter(w("p")):
                text = text_of(paragraph)
                if text.strip():
                    yield name.removeprefix("word/"), text
