"""Rows outside the full points: a rule says there what it gives (bonus) or takes (malus)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.form.rule_types import DEDUCTING, CheckList, Rule
from generator.rules.kinds import Award, met_words


def as_taken(rule: Rule, made: Award, points: Decimal, effect: str, answers: Sequence[bool] | None) -> Award:
    """What a rule gives as a bonus or takes as a malus, ``points`` at most; ``answers`` to a check-list."""
    word = "扣" if effect == "malus" else "加"
    if isinstance(rule, CheckList) and answers is not None:
        made = replace(made, because=met_words(rule, answers, word) or "没有所列情况")
    if effect != "malus":
        return made
    if made.demands_reason:
        return replace(made, points=ZERO)  # without a ratio nothing is taken
    if isinstance(rule, DEDUCTING):
        return replace(made, points=points - made.points)
    told = made.because if isinstance(rule, CheckList) else f"{made.because}，{taken_words(made.points)}"
    return replace(made, points=made.points, because=told)


def taken_words(points: Decimal) -> str:
    """``扣2分``, ``不扣分``."""
    return f"扣{plain(points, 2)}分" if points > 0 else "不扣分"
