"""Several rules in one row, and points by a formula."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.expression import Node

if TYPE_CHECKING:
    from generator.form.rule_types import Rule


@dataclass(frozen=True, slots=True)
class Portion:
    """A rule and the points that it can give, ``name`` being what it is about (may be blank)."""

    name: str
    rule: Rule
    points: Decimal | None  # None: all of the row's


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of what several rules give."""

    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class BestOf:
    """The best of what several rules give."""

    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class ByFormula:
    """The points are a formula's value, from nothing to all of them; ``because`` is the sentence that says
    so, in which ``{名称}`` stands for a value as printed."""

    formula: Node
    because: str
