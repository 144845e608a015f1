"""What several kinds of scoring rules are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# A number of the form's own, or the name of a figure or of a column of the scored row.
Operand = Decimal | str


# The three readings of 每超过一个百分点: what a part of a point counts.
WHOLE_ONLY, PRORATED, EVERY_STARTED = READINGS = ("不扣", "按比例", "按一个点")


@dataclass(frozen=True, slots=True)
class Band:
    """``low`` to ``high`` (None: no bound), each end closed or not, and the points it gives."""

    low: Decimal | None
    low_closed: bool
    high: Decimal | None
    high_closed: bool
    points: Decimal
    text: str

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below


UNDEFINED = ("error", "zero", "over")


@dataclass(frozen=True, slots=True)
class Undefined:
    """What holds where a measure has no value because its denominator is 0: ``error``; no points and the
    unit's reason (``zero``); or no points, being ``over`` any bound, which ``because`` says in words."""

    what: Literal["error", "zero", "over"] = "error"
    because: str = ""


FAULT = Undefined()
