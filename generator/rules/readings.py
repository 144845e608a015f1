"""口径: what another reading of the official text would give. Every choice of reading is tried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.amounts import plain
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import CellRef, Entry, Figures, Intake, Score, Scorecard
from generator.rules.derive import rederive
from generator.rules.lines import Line, read_lines
from generator.rules.scoring import absent, names_of, score


def check_readings(intake: Intake, figures: Figures, card: Scorecard, form: Form) -> list[Finding]:
    """A warning for every other reading that would change a score."""
    findings = []
    lines, _ = read_lines(figures, form)
    for field in form.fields().values():
        entry = intake.fields.get(field.name) or _default(field, form)
        if not field.reading or entry is None or isinstance(entry.value, Underived):
            continue
        if field.name in form.policies and not _is_asked(field.name, lines, figures):
            continue
        for choice, other in _others(field, entry, figures, lines, form):
            changes = _changes(card, other)
            if changes:
                code = "score.other-reading" if entry.typed else "score.default-reading"
                findings.append(
                    finding(
                        code,
                        entry.at,
                        field.label,
                        entry.typed,
                        choice=choice,
                        changes=changes,
                        total=plain(card.total),
                        other=plain(other.total),
                        default=field.default,
                        sheet=entry.at.sheet,
                    )
                )
    return findings


def _is_asked(name: str, lines: list[Line], figures: Figures) -> bool:
    """Whether any indicator that does not apply is scored by the choice."""
    for line in lines:
        known = line.indicator.not_applicable if line.indicator is not None else None
        if known is not None and known.policy_by == name and absent(line, names_of(line, figures)):
            return True
    return False


def _default(field: Field, form: Form) -> Entry | None:
    """The choice that holds in a workbook which does not have the field."""
    return Entry(field.name, field.default, CellRef(form.place(field.name))) if field.default else None


def _others(
    field: Field, entry: Entry, figures: Figures, lines: list[Line], form: Form
) -> Iterator[tuple[str, Scorecard]]:
    """The scorecard of every choice that the unit did not take."""
    for choice in field.choices:
        if choice != entry.value:
            taken = replace(figures.values[field.name], value=choice, text=choice)
            yield choice, score(rederive(figures, taken, form), form, lines)[0]


def _changes(card: Scorecard, other: Scorecard) -> str:
    # What ceases to count, or counts in full, and leaves the total alone changes nothing.
    moved = card.total != other.total
    pairs = zip(card.rows, other.rows, strict=True)
    return "，".join(
        f"{a.level3}由{_points(a)}变为{_points(b)}"
        for a, b in pairs
        if (moved if a.excluded != b.excluded else a.score != b.score)
    )


def _points(row: Score) -> str:
    return "不计分" if row.excluded else f" {plain(row.score)} 分"
