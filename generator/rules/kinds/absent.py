"""What an indicator gives that does not apply."""

from __future__ import annotations

from decimal import Decimal

from generator.amounts import ZERO
from generator.form.indicators import Policy
from generator.rules.kinds.awards import Award


def without(because: str, policy: Policy, points: Decimal) -> Award | None:
    """What an indicator gives that does not apply; None when the unit is asked for its own score."""
    match policy:
        case "full":
            return Award(points, f"{because}，按满分计", told=True)
        case "zero":
            return Award(ZERO, f"{because}，不得分")
        case "rescale":
            return Award(ZERO, f"{because}，不计分，综合得分按其余指标折算", told=True, excluded=True)
        case "ask":
            return None
