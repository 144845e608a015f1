"""A corrected figure inside a sentence that somebody polished."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.document.shown import tokens

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?[%％]?")
_SHORT = 3  # digits; a shorter number must stand between the same signs as before
_PUNCTUATION = re.compile(r"[\s，。、；：！？（）()“”,.;:]?")


class Place(NamedTuple):
    """A figure to be put in the place of another: signs ``start`` to ``end``, what was and what is."""

    start: int
    end: int
    old: str
    new: str


def figures_in_place(old: str, edited: str, new: str) -> list[Place] | None:
    """What to replace in ``edited`` so that it says the new figures; None when that is not certain.

    ``old`` and ``new`` must differ in figures only. A figure's place is certain when every one of its
    occurrences became the same new figure, the edit left as many of them as there were, and the sign
    after it (its unit) is the same; of a short one also the sign before it.
    """
    before, after, hand = tokens(old), tokens(new), tokens(edited)
    became = _became(before, after)
    if became is None:
        return None
    places = []
    starts = _starts(hand)
    for figure, images in became.items():
        if images == {figure}:
            continue
        here = [n for n, token in enumerate(hand) if token == figure]
        there = [n for n, token in enumerate(before) if token == figure]
        if len(images) != 1 or len(here) != len(there) or not _same_surroundings(before, there, hand, here):
            return None
        [image] = images
        places += [Place(starts[n], starts[n] + len(figure), figure, image) for n in here]
    return sorted(places)


def _became(before: list[str], after: list[str]) -> dict[str, set[str]] | None:
    """What each figure has become; None when more than figures has changed."""
    became: dict[str, set[str]] = defaultdict(set)
    for what, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal" and i_end - i != j_end - j:
            return None
        for old, new in zip(before[i:i_end], after[j:j_end], strict=True):
            if old != new and not (_NUMBER.fullmatch(old) and _NUMBER.fullmatch(new)):
                return None
            if _NUMBER.fullmatch(old):
                became[old].add(new)
    return became


def _starts(hand: list[str]) -> list[int]:
    starts, position = [], 0
    for token in hand:
        starts.append(position)
        position += len(token)
    return starts


def _same_surroundings(before: list[str], there: list[int], hand: list[str], here: list[int]) -> bool:
    """Whether the edit left the figure between the signs that it stood between."""
    for old, new in zip(there, here, strict=True):
        figure = before[old]
        after_old, after_new = _at(before, old + 1), _at(hand, new + 1)
        if after_old != after_new and not (
            _PUNCTUATION.fullmatch(after_old) and _PUNCTUATION.fullmatch(after_new)
        ):
            return False
        short = len(re.sub(r"\D", "", figure)) < _SHORT
        if short and _at(before, old - 1) != _at(hand, new - 1):
            return False
    return True


def _at(words: list[str], index: int) -> str:
    return words[index] if 0 <= index < len(words) else ""
