"""The text of a .docx, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from generator.document import flow
from generator.package import parts_of

# The standard library's own unescape imports half of its network code.
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_BODY = "word/document.xml"


def paragraphs(document: bytes) -> tuple[str, ...]:
    """Every paragraph of the body that says something, in reading order."""
    with ZipFile(BytesIO(document)) as archive:
        return tuple(_texts(archive.read(_BODY)))


def lines(document: bytes) -> Iterator[tuple[str, str]]:
    """The part and the text of every paragraph that says something, headers and footers included."""
    for name, data in sorted(parts_of(BytesIO(document)).items()):
        if name.startswith("word/") and name.endswith(".xml"):
            for text in _texts(data):
                yield name.removeprefix("word/"), text


def _texts(part: bytes) -> Iterator[str]:
    for piece in part.decode("utf-8").split("</w:p>"):
        if "<w:t" in piece:
            text = flow.said(piece)
            if "&" in text:
                for entity, sign in _ENTITIES.items():
                    text = text.replace(entity, sign)
            if text.strip():
                yield text
