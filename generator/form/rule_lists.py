"""Rules over choices and counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ChoicePoints:
    """What a choice gives."""

    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class ByChoice:
    """Fixed points for each choice of the field ``by``."""

    by: str
    choices: tuple[ChoicePoints, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Cases counted in the field ``count``, each of which adds or takes (negative) ``points``."""

    count: str
    unit: str
    what: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Cases:
    """From ``start`` points on, each case of several kinds adds or takes; ``at_most`` is lost. Without
    ``start`` it is nothing where some kind adds, else all of the row's points."""

    cases: tuple[Case, ...]
    start: Decimal | None = None
    at_most: Decimal | None = None
