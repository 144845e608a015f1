"""What a batch knows of one unit when its report is made: small, and safe to send between processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """What became of one unit."""

    DONE = "done"
    UP_TO_DATE = "up-to-date"  # nothing to do: the same workbook, form and program as last time
    FAILED = "failed"
    MISSING = "missing"  # never finished: interrupted, or its process ended


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One indicator's points; ``part`` is what falls to it, ``lost`` what it did not get.

    ``own``: a row that the unit added itself, which no other unit has.
    """

    level1: str
    level2: str
    level3: str
    part: Decimal
    score: Decimal
    lost: Decimal
    reason: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What the summary says of one unit; ``figures`` as printed, by name; ``problems`` a line each."""

    path: str
    status: Status
    output: str = ""
    form: str = ""
    unit: str = ""
    year: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    scores: tuple[UnitScore, ...] = ()
    total: Decimal | None = None
    full: Decimal | None = None
    grade: str = ""
    errors: int = 0
    warnings: int = 0
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is a report that fits the workbook."""
        return self.status in (Status.DONE, Status.UP_TO_DATE)
