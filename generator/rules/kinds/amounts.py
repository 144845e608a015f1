"""The rule that compares one amount with another."""

from __future__ import annotations

from decimal import Decimal

from generator.form.rule_types import Against
from generator.rules.kinds.awards import Award


def comparison(
    rule: Against, amount: Decimal, against: Decimal, shown: tuple[str, str], titles: tuple[str, str]
) -> Award:
    """Full when there is none, less when within the other amount, least when over it.

    ``shown`` and ``titles`` are the two amounts as printed with their unit, and their names.
    """
    (amount_text, against_text), (title, other) = shown, titles
    if amount <= 0:
        return Award(rule.none, f"{title}{amount_text}，无{rule.what}")
    if amount <= against:
        return Award(rule.within, f"{title}{amount_text}，不超过{other}{against_text}")
    return Award(rule.over, f"{title}{amount_text}，超过{other}{against_text}")
