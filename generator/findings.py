"""Findings: what is wrong in a workbook, where, and what to do about it.

A fault of the data is a value, never an exception. All wording is in ``catalogue``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.catalogue import CATALOGUE, Severity
from generator.model import CellRef


@dataclass(frozen=True, slots=True)
class Operand:
    """A value that a finding rests on, as printed, with its cell if it was typed."""

    name: str
    value: str
    at: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: ``message`` says what is wrong, ``fix`` what to do; ``value`` is as found."""

    code: str
    severity: Severity
    message: str
    fix: str
    at: CellRef | None = None
    field: str = ""
    value: str = ""
    related: tuple[Operand, ...] = ()
    rule: str = ""

    def line(self) -> str:
        """The finding as one line for a person."""
        place = str(self.at) if self.at else ""
        field = f"〔{self.field}〕" if self.field else ""
        head = f"{self.severity.label} {place}{field}".rstrip()
        separator = "" if field else " "
        return (
            f"{head}{separator}{self.message}；{self.fix}" if self.fix else f"{head}{separator}{self.message}"
        )


def finding(
    code: str,
    at: CellRef | None = None,
    field: str = "",
    value: str = "",
    *,
    severity: Severity | None = None,
    related: tuple[Operand, ...] = (),
    rule: str = "",
    **details: object,
) -> Finding:
    """Make a finding of the catalogue; ``details`` fill its message. Raises KeyError for a wrong code."""
    entry = CATALOGUE[code]
    details = {"value": quoted(value), "field": field, "hint": "", **details}
    # A finding is one line, whatever stood in the workbook.
    details = {k: " ".join(v.split()) if isinstance(v, str) and "\n" in v else v for k, v in details.items()}
    if "name" in details:
        # The message puts a name in quotation marks; its own become the inner kind.
        details["name"] = str(details["name"]).replace("“", "‘").replace("”", "’")
    return Finding(
        code=code,
        severity=severity or entry.severity,
        message=entry.message.format(**details),
        fix=entry.fix.format(**details),
        at=at,
        field=field,
        value=value,
        related=related,
        rule=rule,
    )


def quoted(value: str, limit: int = 40) -> str:
    """A value as found, in straight quotes, on one line and not too long."""
    line = " ".join(value.split())
    return f'"{line[:limit]}…"' if len(line) > limit else f'"{line}"'


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that was probably meant."""
    import difflib  # only faults need it

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``（是不是“…”？）`` when a known word is close, else nothing."""
    close = closest(word, known)
    return f"（是不是“{close}”？）" if close else ""


_CELL = re.compile(r"([A-Z]+)(\d+)")


def sort_key(item: Finding, sheets: tuple[str, ...] = ()) -> tuple[int, int, int, str]:
    """Order of printing: by sheet as in the form, then by row and column; findings without a place last."""
    if item.at is None:
        return (len(sheets) + 1, 0, 0, item.code)
    sheet = sheets.index(item.at.sheet) if item.at.sheet in sheets else len(sheets)
    match = _CELL.fullmatch(item.at.cell)
    column, row = (match[1], int(match[2])) if match else ("", 0)
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return (sheet, row, number, item.code)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the report."""
    return any(item.severity is Severity.ERROR for item in findings)
