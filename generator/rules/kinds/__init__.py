"""The kinds of scoring rules, one module a family: each a pure function from a measure to points and why.

Ratios are fractions (1.05 is 105%), other measures are in their own unit; points are exact until the
scorecard rounds them.
"""

from generator.rules.kinds.absent import without
from generator.rules.kinds.amounts import comparison
from generator.rules.kinds.awards import Award, percent
from generator.rules.kinds.bands import (
    band_words,
    bands,
    ranged,
    score_words,
    telling,
    tier_words,
    tiered,
)
from generator.rules.kinds.lists import (
    by_choice,
    cases,
    check_list,
    deduct_list,
    met_words,
    per_case,
)
from generator.rules.kinds.steps import gain_loss, linear, per_point
from generator.rules.kinds.targets import proportional, within

__all__ = [
    "Award",
    "band_words",
    "bands",
    "by_choice",
    "cases",
    "check_list",
    "comparison",
    "deduct_list",
    "gain_loss",
    "linear",
    "met_words",
    "per_case",
    "per_point",
    "percent",
    "proportional",
    "ranged",
    "score_words",
    "telling",
    "tier_words",
    "tiered",
    "within",
    "without",
]
