"""A corrected number that still stands in a text as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.findings import Finding, finding
from generator.form.schema import Form
from generator.model import Figures
from generator.rules.prose import texts

_TAG = re.compile(r"\{\{.*?\}\}")
_LEAST_DIGITS = 3  # shorter numbers coincide by chance


# A changed figure: name, old text, new text.
Changed = tuple[str, str, str]


def check_stale(figures: Figures, form: Form, changed: Iterable[Changed]) -> list[Finding]:
    """The texts of the workbook that still say the old number of a changed figure."""
    numbers = _numbers(changed)
    return [
        finding("text.stale", figure.at, field.label, phrase, name=name, old=old, new=new)
        for field, figure in texts(figures, form)
        if field.name not in (form.scores.standard, form.goals.target if form.goals else "")
        for name, old, new, phrase in _found(_TAG.sub("{}", figure.typed), numbers)
    ]


def check_hand(by_hand: Iterable[tuple[str, str]], changed: Iterable[Changed]) -> list[Finding]:
    """The same for (place, text) of what somebody wrote in the report itself."""
    numbers = _numbers(changed)
    return [
        finding("merge.stale", None, "", phrase, place=place, name=name, old=old, new=new)
        for place, text in by_hand
        for name, old, new, phrase in _found(text, numbers)
    ]


def _numbers(changed: Iterable[Changed]) -> list[tuple[Changed, re.Pattern[str]]]:
    return [
        ((name, old, new), re.compile(rf"(?<![\d.]){re.escape(old)}(?![\d.]*\d)"))
        for name, old, new in changed
        if re.fullmatch(r"-?\d+(\.\d+)?%?", old) and len(re.sub(r"\D", "", old)) >= _LEAST_DIGITS
    ]


def _found(text: str, numbers: list[tuple[Changed, re.Pattern[str]]]) -> Iterator[tuple[str, str, str, str]]:
    """Every changed figure whose old number the text says, with the words around it."""
    for (name, old, new), pattern in numbers:
        match = pattern.search(text)
        if match is not None:
            yield name, old, new, text[max(0, match.start() - 8) : match.end() + 8]
