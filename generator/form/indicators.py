"""The indicators and what bounds them, as read from indicators.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from generator.expression import Node, names
from generator.form.rule_types import Operand, Rule, measures

Effect = Literal["", "bonus", "malus", "both"]
EFFECTS: tuple[str, ...] = get_args(Effect)

Policy = Literal["full", "zero", "rescale", "ask"]
POLICIES: tuple[str, ...] = get_args(Policy)


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """What holds where the condition ``unless`` does not: full points, none, no count at all (the total is
    rescaled), or the unit's own score with its reason. ``because`` says so in words.

    Either the form fixes one ``policy``, or the choice field ``policy_by`` takes one of ``policies``.
    """

    unless: Node
    policy: Policy | None
    because: str
    policy_by: str = ""
    policies: Mapping[str, Policy] = field(default_factory=dict)

    def policy_for(self, choice: object) -> Policy | None:
        """The policy under a choice of ``policy_by``; None when the choice is none that is known."""
        return self.policy or (self.policies.get(choice) if isinstance(choice, str) else None)

    def possible(self) -> frozenset[Policy]:
        """Every policy that may come to hold."""
        return frozenset([self.policy] if self.policy else self.policies.values())

    def names(self) -> tuple[str, ...]:
        """Every name that this rests on."""
        return (*names(self.unless), *([self.policy_by] if self.policy_by else ()))


@dataclass(frozen=True, slots=True)
class Indicator:
    """An official indicator: its place, points, standard to the letter, and rule.

    One with an ``effect`` stands outside the full points: a bonus adds to the total, a malus takes away,
    and ``both`` may do either. Its rule says what it gives, or takes.
    """

    name: str
    level1: str
    level2: str
    level3: str
    points: Decimal
    standard: str
    rule: Rule
    source: tuple[str, ...]
    definition: str = ""
    shared: str = ""
    goal: str = ""  # the kind of goal without which a score has nothing to rest on
    not_applicable: NotApplicable | None = None
    effect: Effect = ""
    takes: Decimal | None = None  # the most that an effect both ways may take; None: as much as it may give

    @property
    def least(self) -> Decimal:
        """The least that the score can be."""
        match self.effect:
            case "malus":
                return -self.points
            case "both":
                return -(self.points if self.takes is None else self.takes)
            case _:
                return Decimal(0)

    def names(self) -> tuple[str, ...]:
        """Every name that the score may rest on."""
        condition = self.not_applicable.names() if self.not_applicable else ()
        return (*measures(self.rule), *condition)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """The rule of rows that a unit adds itself; with ``explain_loss`` every lost point wants its words."""

    rule: Rule
    source: tuple[str, ...]
    explain_loss: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator under which the unit's own rows stand: their points, and the second levels."""

    name: str
    points: Decimal
    severity: Literal["error", "warning"]
    groups: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """A bound on the total, on what a group of ``indicators`` gives together, or on the grade; only
    ``when`` it holds."""

    name: str
    source: tuple[str, ...]
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    when: Node | None = None
    indicators: tuple[str, ...] = ()
    grade_at_most: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """What the total, or a group of ``indicators`` together, is multiplied by; only ``when`` it holds."""

    name: str
    source: tuple[str, ...]
    times: Operand
    when: Node | None = None
    indicators: tuple[str, ...] = ()
