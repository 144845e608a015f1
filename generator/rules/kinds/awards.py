"""What a rule gives a row, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import plain

# Numbers as printed, in the order in which a rule names them.
Shown = Sequence[str]


@dataclass(frozen=True, slots=True)
class Award:
    """Points given, and why: the fact and the rule as one clause, without name and points.

    ``demands_reason``: the clause alone does not explain the loss, the unit must say more; ``asks``: what
    the unit must explain though nothing is lost. ``told``: the clause is printed in any case. ``excluded``:
    the indicator does not count at all.
    """

    points: Decimal
    because: str
    demands_reason: bool = False
    asks: str = ""
    told: bool = False
    excluded: bool = False


def percent(fraction: Decimal, places: int = 2, trim: bool = False) -> str:
    """A fraction as printed in reasons: ``0.8`` → ``80.00%``, trimmed ``80%``."""
    return plain(fraction * 100, places, trim=trim) + "%"
