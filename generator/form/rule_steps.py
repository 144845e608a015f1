"""Rules over a measure that both add and take away, go up evenly, or set a range for the unit's own score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.form.rule_parts import Band, Operand


@dataclass(frozen=True, slots=True)
class GainLoss:
    """From ``start`` points at ``base`` on: ``add`` for each ``step`` on the ``better`` side, ``deduct`` for
    each on the other. Without ``start`` it is nothing where points are added, else all
    of the row's points."""

    measure: str
    better: Literal["above", "below"]
    base: Operand
    add: Decimal
    deduct: Decimal
    part_of_point: str
    step: Decimal | None = None  # None: one percentage point
    start: Decimal | None = None

    @property
    def size(self) -> Decimal:
        """One step."""
        return Decimal("0.01") if self.step is None else self.step


@dataclass(frozen=True, slots=True)
class Linear:
    """No points at ``none``, all of them at ``full``, evenly between; ``full`` may be the lower end."""

    measure: str
    none: Operand
    full: Operand


@dataclass(frozen=True, slots=True)
class Range:
    """While the measure lies in ``band``, the unit's score must lie in ``score`` (points)."""

    band: Band
    score: Band


@dataclass(frozen=True, slots=True)
class Ranged:
    """The unit gives the score, within the range that the band of ``measure`` allows."""

    measure: str
    ranges: tuple[Range, ...]
