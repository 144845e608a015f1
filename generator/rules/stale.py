"""A corrected number that still stands in a text as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.findings import Finding, finding
from generator.form.schema import Form
from generator.model import Figures
from generator.rules.prose import texts

_TAG = re.compile(r"\{\{.*?\}\}")
_LEAST_DIGITS = 3  # shorter numbers coincide by chance


def check_stale(figures: Figures, form: Form, changed: Iterable[tuple[str, str, str]]) -> list[Finding]:
    """For every changed figure (name, old text, new text): the texts that still say the old number."""
    numbers = [
        (name, old, new, re.compile(rf"(?<![\d.]){re.escape(old)}(?![\d.]*\d)"))
        for name, old, new in changed
        if re.fullmatch(r"-?\d+(\.\d+)?%?", old) and len(re.sub(r"\D", "", old)) >= _LEAST_DIGITS
    ]
    findings = []
    for field, figure in texts(figures, form):
        if field.name in (form.scores.standard, form.goals.target):
            continue
        literal = _TAG.sub("{}", figure.typed)
        for name, old, new, pattern in numbers:
            match = pattern.search(literal)
            if match is not None:
                phrase = literal[max(0, match.start() - 8) : match.end() + 8]
                findings.append(
                    finding("text.stale", figure.at, field.label, phrase, name=name, old=old, new=new)
                )
    return findings
