"""What somebody wants of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is to be made, and what is to be made besides it.

    A ``draft`` is written in spite of errors. With ``force`` edits made by hand in an old report are not
    merged in. ``workpaper`` recalculates the report, ``annotate`` explains its figures in Word comments,
    ``pdf`` is the report as it prints.
    """

    form_name: str | None = None
    draft: bool = False
    force: bool = False
    workpaper: bool = False
    annotate: bool = False
    pdf: bool = False
