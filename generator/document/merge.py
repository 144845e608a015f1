"""What somebody changed in the report by hand, brought together with what the new figures change.

Three documents: what was last generated, what lies on the disk, what is newly generated. The one on the
disk is the ground: what the tool changed between the other two is carried over into it, so whatever was
done by hand (words, formatting, pictures, comments) stays unless the same place says something new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from io import BytesIO

from lxml import etree

from generator.document.adopt import ForeignError
from generator.document.edits import HandEdit, Kind
from generator.document.layout import mend, w
from generator.document.shown import canonical, shown, words
from generator.document.stories import BODY, NOTES, Story, boxes, paragraphs_of, stories
from generator.document.walk import Walk
from generator.package import parts_of, to_bytes


class _Why(Enum):
    """Why a document cannot be merged."""

    NOT_WORD = "它打不开，或不是 Word 文件"
    EDGES = "页眉、页脚、脚注或文本框里的数据变了，合不进去"
    OBJECTS = "新的内容带有图片之类的对象，合不进去"


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged document and what became of every hand edit.

    ``layout_changed``: the template has another layout than before, and the document on disk keeps its own.
    """

    document: bytes
    edits: tuple[HandEdit, ...]
    layout_changed: bool


class UnmergeableError(Exception):
    """The document on the disk cannot be merged; says why in Chinese."""


def merge(last: bytes, disk: bytes, new: bytes) -> Merged:
    """Merge what was last generated, what is on the disk and what is new. Raises UnmergeableError."""
    before, after = parts_of(BytesIO(last)), parts_of(BytesIO(new))
    try:
        parts = parts_of(BytesIO(disk))
        hand = stories(parts)
    # A file of any kind may lie there; whatever is wrong with it, it is kept aside and nothing is lost.
    except Exception as error:
        raise UnmergeableError(_Why.NOT_WORD.value) from error
    if BODY not in hand:
        raise UnmergeableError(_Why.NOT_WORD.value)
    old_stories, new_stories = stories(before), stories(after)
    walk = Walk(after, parts)
    try:
        for name in _to_merge(old_stories, hand, new_stories):
            walk.story(name, old_stories[name].blocks, hand[name].blocks, new_stories[name].blocks)
    except ForeignError as error:
        raise UnmergeableError(_Why.OBJECTS.value) from error
    faults = _audit(hand, new_stories, walk.edits)
    if faults:
        raise UnmergeableError(faults)
    for story in hand.values():
        mend(story.root)
        parts[story.part] = etree.tostring(
            story.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    walk.save()
    return Merged(to_bytes(parts), tuple(walk.edits), _layout(before) != _layout(after))


def _to_merge(old: Mapping[str, Story], hand: Mapping[str, Story], new: Mapping[str, Story]) -> Iterable[str]:
    """The stories that are in all three. Raises UnmergeableError when another one says something new."""
    for name in dict.fromkeys((*old, *new)):
        whole = name in old and name in hand and name in new and name not in NOTES
        if whole and boxes(old[name].root) == boxes(new[name].root):
            yield name
        elif _texts(old.get(name)) != _texts(new.get(name)):
            raise UnmergeableError(_Why.EDGES.value)


def _texts(story: Story | None) -> list[str]:
    """Everything that is printed in a story, boxes included."""
    return [] if story is None else [words(shown(p)) for p in story.root.iter(w("p"))]


def _audit(hand: Mapping[str, Story], new: Mapping[str, Story], edits: Iterable[HandEdit]) -> str:
    """Every paragraph of the new report stands in the merged one, but for what the edits say, and no other.

    Counts the finished documents anew, independent of how the merge came about.
    """
    said = Counter(text for name in hand if name in new for text in _said(hand[name]))
    expected = Counter(text for name in new if name in hand for text in _said(new[name]))
    for edit in edits:
        if edit.kind in (Kind.KEPT, Kind.UPDATED):
            expected.subtract(text for line in edit.new.split("\n") if (text := words(line)))
            expected.update(text for line in edit.hand.split("\n") if (text := words(line)))
    wrong = (said - expected) + (expected - said) + Counter({t: n for t, n in expected.items() if n < 0})
    return f"合并后“{next(iter(wrong))[:20]}”对不上" if wrong else ""


def _said(story: Story) -> Iterable[str]:
    return (text for p in paragraphs_of(story.blocks) if (text := words(shown(p))))


def _layout(parts: Mapping[str, bytes]) -> tuple[bytes, frozenset[str]]:
    """What a template says about the layout beyond single paragraphs: styles, pages, columns."""
    root = etree.fromstring(parts["word/document.xml"])
    return parts.get("word/styles.xml", b""), frozenset(
        canonical(each) for tag in ("sectPr", "tblPr", "tblGrid") for each in root.iter(w(tag))
    )
