"""What a new document changes against the last one: figures, scores, total, grade, paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.records import Record


@dataclass(frozen=True, slots=True)
class Change:
    """One thing as it was printed and as it is now; ``reason`` belongs to a changed score."""

    name: str
    old: str
    new: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs; ``removed`` and ``added`` are whole paragraphs, in the order of the documents."""

    figures: tuple[Change, ...] = ()
    scores: tuple[Change, ...] = ()
    total: Change | None = None
    grade: Change | None = None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def compare(old: Record, new: Record) -> Changes:
    """The changes from one record to another."""
    scores = [
        Change(name, old.scores.get(name, ("", ""))[0], new.scores.get(name, ("", ""))[0], reason)
        for name in dict.fromkeys((*old.scores, *new.scores))
        if old.scores.get(name) != new.scores.get(name)
        for reason in (new.scores.get(name, ("", ""))[1],)
    ]
    figures = [
        Change(name, old.figures.get(name, ""), new.figures.get(name, ""))
        for name in dict.fromkeys((*old.figures, *new.figures))
        if old.figures.get(name, "") != new.figures.get(name, "")
    ]
    return Changes(
        figures=tuple(figures),
        scores=tuple(scores),
        total=_single("总分", old.total, new.total),
        grade=_single("等次", old.grade, new.grade),
        removed=_without(old.paragraphs, new.paragraphs),
        added=_without(new.paragraphs, old.paragraphs),
    )


def _single(name: str, old: str, new: str) -> Change | None:
    return Change(name, old, new) if old != new else None


def _without(paragraphs: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs that the others do not have, as often as they do not."""
    left = Counter(others)
    found = []
    for paragraph in paragraphs:
        if left[paragraph]:
            left[paragraph] -= 1
        else:
            found.append(paragraph)
    return tuple(found)
