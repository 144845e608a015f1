"""What became of the edits that somebody made by hand in the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What became of one place that somebody changed by hand."""

    KEPT = "kept"  # only the hand changed it
    UPDATED = "updated"  # figures in a polished sentence were put in their place
    CONFLICT = "conflict"  # both changed it: the new text, the hand's in a comment
    RESTORED = "restored"  # deleted by hand, but its figures changed: written again
    DROPPED = "dropped"  # changed by hand, but the report no longer has it


@dataclass(frozen=True, slots=True)
class HandEdit:
    """One place: ``hand`` is what it says by hand, ``new`` what the report alone would say; lines by \\n.

    ``figures`` are the corrected ones, old and new. ``commented``: ``hand`` stands in a Word comment.
    """

    kind: Kind
    place: str
    hand: str
    new: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    commented: bool = False

    @property
    def stands(self) -> bool:
        """Whether the hand's words stand in the merged document itself."""
        return self.kind in (Kind.KEPT, Kind.UPDATED) and bool(self.hand)


# What the comments say before the words themselves.
CHANGED = "这里手工改过，数据也变了，正文已换成新的内容。手工写的是："
EMPTIED = "这里手工删去了内容，但数据变了，正文已写上新的内容。"
DELETED = "这里手工删去了，但数据变了，已按新数据写回。"
GONE = "新的报告里没有下面这些内容了，它们手工改过："
