"""The walk through three documents at once, block by block, row by row, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from generator.document.adopt import Adoption, ForeignError
from generator.document.alignment import ANY, Pairs, align
from generator.document.comments import Comments
from generator.document.edits import CHANGED, DELETED, EMPTIED, GONE, HandEdit, Kind
from generator.document.layout import Element, w
from generator.document.places import place
from generator.document.sentence import figures_in_place
from generator.document.shown import OBJECT, canonical, replace_range, rewrite, shown, words
from generator.document.stories import (
    BODY,
    block_text,
    cells,
    items,
    merge_state,
    paragraphs_of,
    rows,
    set_merge_state,
    visible_paragraph,
)

_PROPERTIES = frozenset(w(tag) for tag in ("tblPr", "tblGrid", "trPr", "tblPrEx", "tcPr"))


class Walk:
    """Changes the document on the disk into the merged one and notes every hand edit on the way."""

    def __init__(self, after: Mapping[str, bytes], disk: dict[str, bytes]) -> None:
        self.edits: list[HandEdit] = []
        self._adoption = Adoption(after, disk)
        self._comments = Comments(disk)
        self._story = BODY
        self._dropped: list[tuple[Element, str]] = []  # with the hand's words, if there are any

    def story(self, name: str, old: Element, hand: Element, new: Element) -> None:
        """Merge the body, a header or a footer. Raises ForeignError."""
        self._story = name
        self._blocks(old, hand, new)
        self._clear()

    def save(self) -> None:
        """Write the comments and styles that were added into the parts of the document on the disk."""
        self._comments.save()
        self._adoption.save()

    def _blocks(self, old: Element, hand: Element, new: Element) -> None:
        self._sequence(items(old), items(hand), items(new), hand, self._block)

    def _block(self, old: Element, hand: Element, new: Element) -> Element:
        if new.tag == w("p"):
            self._paragraph(old, hand, new)
        else:
            self._sequence(rows(old), rows(hand), rows(new), hand, self._row, ANY)
        return hand

    def _row(self, old: Element, hand: Element, new: Element) -> Element:
        old_cells, hand_cells, new_cells = cells(old), cells(hand), cells(new)
        before, here = [block_text(c) for c in old_cells], [block_text(c) for c in hand_cells]
        if len(before) == len(here) == len(new_cells):
            pairs: Pairs = {n: n for n in range(len(before))}
        else:
            pairs = align(before, here, lambda i, j: True, ANY)
        changed = {n for n, cell in enumerate(new_cells) if before[n : n + 1] != [block_text(cell)]}
        if len(before) != len(new_cells) or changed - set(pairs):
            return self._replace_row(old, hand, new)
        for n, j in pairs.items():
            self._cell(old_cells[n], hand_cells[j], new_cells[n])
        added = [here[j] for j in range(len(here)) if j not in pairs.values()]
        lost = [before[n] for n in range(len(before)) if n not in pairs]
        if any(added) or any(lost):
            self._note(Kind.KEPT, hand, _lines(added), _lines(lost))
        return hand

    def _replace_row(self, old: Element, hand: Element, new: Element) -> Element:
        """The columns no longer fit: the new row, with what was typed into the old one in a comment."""
        text = block_text(hand)
        edited = text not in (block_text(old), block_text(new))
        where = place(hand, self._story)
        made = self._put(new, hand, hand)
        _remove(hand)
        if edited:
            commented = self._comment(made, [CHANGED, text])
            self.edits.append(HandEdit(Kind.CONFLICT, where, text, block_text(new), (), commented))
        return made

    def _cell(self, old: Element, hand: Element, new: Element) -> None:
        was, now = merge_state(old), merge_state(new)
        if was != now and merge_state(hand) == was:
            set_merge_state(hand, now)
        self._sequence(items(old), items(hand), items(new), hand, self._block, ANY)

    def _sequence(
        self,
        old: Sequence[Element],
        hand: Sequence[Element],
        new: Sequence[Element],
        parent: Element,
        pair: Callable[[Element, Element, Element], Element],
        slots: int = 0,
    ) -> None:
        """Merge a sequence of blocks or rows; ``pair`` merges one that is in all three and returns it."""
        changed, edited = _pairs(old, new, max(slots, 1)), _pairs(old, hand, slots)
        came_from = {k: i for i, k in changed.items()}
        added = set(range(len(hand))) - set(edited.values())
        for i, j in edited.items():
            if i not in changed:
                self._drop(old[i], hand[j])
        anchor: Element | None = None
        for k, item in enumerate(new):
            i = came_from.get(k, -1)
            j = edited.get(i, -1)
            if j >= 0:
                anchor = pair(old[i], hand[j], item)
            elif i >= 0 and block_text(old[i]) == block_text(item):
                self._stays_deleted(item)
            elif (twin := _twin(hand, added, item)) is not None:
                added.discard(twin)
                anchor = hand[twin]
            else:
                following = _following(hand, edited, came_from, k, len(new))
                anchor = self._insert(item, parent, anchor, following, restored=i >= 0)
        for j in sorted(added):
            if block_text(hand[j]):
                self._note(Kind.KEPT, hand[j], block_text(hand[j]))

    def _drop(self, old: Element, hand: Element) -> None:
        """The report no longer has it; what somebody typed there goes into a comment beside it."""
        text = block_text(hand)
        edited = words(text) != words(block_text(old))
        if edited:
            where, commented = place(hand, self._story), self._story == BODY
            self.edits.append(HandEdit(Kind.DROPPED, where, text, "", (), commented))
        self._dropped.append((hand, text if edited else ""))

    def _clear(self) -> None:
        """Take out what was dropped, now that everything else has found its place."""
        for element, text in self._dropped:
            if text and (beside := self._beside(element)) is not None:
                self._comment(beside, [GONE, text])
        for element, _ in self._dropped:
            if element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
                rewrite(element, "")
            else:
                _remove(element)
        self._dropped = []

    def _beside(self, element: Element) -> Element | None:
        """The nearest paragraph before an element that stays, else after it."""
        going = {each for each, _ in self._dropped}
        for axis in ("preceding", "following"):
            found = element.xpath(f"{axis}::w:p", namespaces={"w": w("")[1:-1]})
            assert isinstance(found, list)
            for paragraph in reversed(found) if axis == "preceding" else found:
                assert isinstance(paragraph, etree._Element)
                if not going.intersection((paragraph, *paragraph.iterancestors())):
                    return paragraph
        return None

    def _stays_deleted(self, item: Element) -> None:
        if block_text(item):
            self._note(Kind.KEPT, item, "", block_text(item))

    def _insert(
        self,
        item: Element,
        parent: Element,
        anchor: Element | None,
        following: Element | None,
        restored: bool,
    ) -> Element:
        made = self._put(item, anchor, following, parent)
        if restored and block_text(item):
            commented = self._comment(made, [DELETED])
            self.edits.append(
                HandEdit(Kind.RESTORED, place(made, self._story), "", block_text(item), (), commented)
            )
        return made

    def _put(
        self, item: Element, after: Element | None, before: Element | None, parent: Element | None = None
    ) -> Element:
        made = self._adoption.take(item)
        if after is not None:
            after.addnext(made)
        elif before is not None:
            before.addprevious(made)
        else:
            assert parent is not None
            parent.insert(sum(1 for child in parent if child.tag in _PROPERTIES), made)
        return made

    def _paragraph(self, old: Element, hand: Element, new: Element) -> None:
        before, here, after = (words(shown(each)) for each in (old, hand, new))
        if here in (before, after):
            if here != after or canonical(old) == canonical(hand) != canonical(new):
                self._take(old, hand, new)
            if before == after and shown(hand).count(OBJECT) > shown(old).count(OBJECT):
                self._note(Kind.KEPT, hand, here, after)
        elif before == after:
            self._note(Kind.KEPT, hand, here, after)
        elif places := figures_in_place(shown(old), shown(hand), shown(new)):
            for start, end, _, figure in reversed(places):
                replace_range(hand, start, end, figure)
            figures = tuple(dict.fromkeys((each.old, each.new) for each in places))
            self._note(Kind.UPDATED, hand, words(shown(hand)), after, figures)
        else:
            where = place(hand, self._story)
            rewrite(hand, shown(new))
            commented = self._comment(hand, [CHANGED, here] if here else [EMPTIED])
            self.edits.append(HandEdit(Kind.CONFLICT, where, here, after, (), commented))

    def _take(self, old: Element, hand: Element, new: Element) -> None:
        """The new paragraph whole if nothing was done to the old one, else its words in the hand's format."""
        if canonical(old) == canonical(hand):
            try:
                made = self._adoption.take(new)
            except ForeignError:  # a section with its footer, for one
                rewrite(hand, shown(new))
                return
            for child in list(hand):
                hand.remove(child)
            hand.extend(list(made))
        else:
            rewrite(hand, shown(new))

    def _note(
        self,
        kind: Kind,
        element: Element,
        hand: str,
        new: str = "",
        figures: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.edits.append(HandEdit(kind, place(element, self._story), hand, new, figures))

    def _comment(self, block: Element, lines: Sequence[str]) -> bool:
        """Put a comment at the block; Word has none in headers and footers."""
        if self._story != BODY:
            return False
        split = [line.replace(OBJECT, "〔图〕") for text in lines for line in text.split("\n")]
        self._comments.add_to_paragraph(visible_paragraph(paragraphs_of(block)[0]), split)
        return True


def _pairs(old: Sequence[Element], other: Sequence[Element], slots: int) -> Pairs:
    return align(
        [block_text(each) for each in old],
        [block_text(each) for each in other],
        lambda i, j: old[i].tag == other[j].tag,
        slots,
    )


def _twin(hand: Sequence[Element], added: set[int], item: Element) -> int | None:
    """The same thing, already added by hand."""
    text = block_text(item)
    return next((j for j in sorted(added) if text and block_text(hand[j]) == text), None)


def _following(
    hand: Sequence[Element], edited: Pairs, came_from: Mapping[int, int], k: int, count: int
) -> Element | None:
    """The next thing on the disk that the new document has too."""
    for later in range(k + 1, count):
        i = came_from.get(later)
        if i is not None and i in edited:
            return hand[edited[i]]
    return None


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(text for text in texts if text)


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
