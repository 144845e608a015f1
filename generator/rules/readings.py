"""口径: what another reading of the official text would give. Every choice of reading is tried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.amounts import plain
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import Entry, Figures, Intake, Scorecard
from generator.rules.derive import rederive
from generator.rules.lines import Line, read_lines
from generator.rules.scoring import score


def check_readings(intake: Intake, figures: Figures, card: Scorecard, form: Form) -> list[Finding]:
    """A warning for every other reading that would change a score."""
    findings = []
    lines, _ = read_lines(figures, form)
    for field in form.fields().values():
        entry = intake.fields.get(field.name)
        if not field.reading or entry is None or isinstance(entry.value, Underived):
            continue
        for choice, other in _others(field, entry, figures, lines, form):
            changes = _changes(card, other)
            if changes:
                findings.append(
                    finding(
                        "score.other-reading",
                        entry.at,
                        field.label,
                        entry.typed,
                        choice=choice,
                        changes=changes,
                        total=plain(card.total),
                        other=plain(other.total),
                    )
                )
    return findings


def _others(
    field: Field, entry: Entry, figures: Figures, lines: list[Line], form: Form
) -> Iterator[tuple[str, Scorecard]]:
    """The scorecard of every choice that the unit did not take."""
    for choice in field.choices:
        if choice != entry.value:
            taken = replace(figures.values[field.name], value=choice, text=choice)
            yield choice, score(rederive(figures, taken, form), form, lines)[0]


def _changes(card: Scorecard, other: Scorecard) -> str:
    pairs = zip(card.rows, other.rows, strict=True)
    return "，".join(
        f"{a.level3}由 {plain(a.score)} 分变为 {plain(b.score)} 分" for a, b in pairs if a.score != b.score
    )
