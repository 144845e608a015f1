"""Which items of one sequence are which of another: equal ones first, then the most alike between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

Pairs = dict[int, int]
ANY = 1_000_000  # slots: gaps of any length
_LEAST = 0.4  # what is less alike is another paragraph
_LARGEST_GAP = 40_000  # pairs in one gap that are compared one by one
_MOVED = 8  # signs; a shorter text elsewhere is coincidence


def align(old: Sequence[str], new: Sequence[str], kinds: Callable[[int, int], bool], slots: int = 0) -> Pairs:
    """Index of ``old`` → index of ``new``. ``kinds(i, j)`` says whether two items may be the same thing.

    Gaps of the same length, up to ``slots``, are paired one by one, however little alike: the only line
    of a cell is that line, whatever it says.
    """
    pairs: Pairs = {}
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i, i_end, j, j_end in matcher.get_opcodes():
        if what == "equal" or i_end - i == j_end - j <= slots:
            pairs.update((i + n, j + n) for n in range(i_end - i) if kinds(i + n, j + n))
        elif what == "replace":
            pairs.update(_alike(old, new, range(i, i_end), range(j, j_end), kinds))
    _moved(old, new, kinds, pairs)
    return pairs


def _alike(
    old: Sequence[str], new: Sequence[str], left: range, right: range, kinds: Callable[[int, int], bool]
) -> Pairs:
    """The pairing of a gap, in order, whose likeness adds up to the most."""
    if len(left) * len(right) > _LARGEST_GAP:
        return {i: j for i, j in zip(left, right, strict=False) if kinds(i, j)}
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    like = [[likeness(old[i], new[j]) if kinds(i, j) else 0.0 for j in right] for i in left]
    for a in range(len(left) - 1, -1, -1):
        for b in range(len(right) - 1, -1, -1):
            paired = like[a][b] + best[a + 1][b + 1] if like[a][b] >= _LEAST else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    pairs, a, b = {}, 0, 0
    while a < len(left) and b < len(right):
        if like[a][b] >= _LEAST and best[a][b] == like[a][b] + best[a + 1][b + 1]:
            pairs[left[a]] = right[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def likeness(one: str, other: str) -> float:
    """0 to 1; a text that stands whole in the other is the same text, added to.

    Rows, whose cells are lines, are as alike as the cells that are equal.
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return 0.9
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    cells, others = one.split("\n"), other.split("\n")
    if len(cells) == 1 or len(others) == 1:
        return ratio
    same = sum((Counter(cells) & Counter(others)).values())
    return max(ratio, same / max(len(cells), len(others)))


def _moved(old: Sequence[str], new: Sequence[str], kinds: Callable[[int, int], bool], pairs: Pairs) -> None:
    """Pair what was cut out in one place and put down in another."""
    taken = set(pairs.values())
    free: dict[str, int] = {}
    for j, text in enumerate(new):
        if j not in taken and len(text) >= _MOVED:
            free.setdefault(text, j)
    for i, text in enumerate(old):
        if i not in pairs and text in free and kinds(i, free[text]):
            pairs[i] = free.pop(text)
