"""Ties (勾稽) by interval arithmetic: each one passes, fails, or could not be checked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import Interval, NumberFormat, decimal_places, plain, round_half_up
from generator.catalogue import Severity
from generator.expression import Node, names
from generator.findings import Finding, Operand, finding
from generator.form.records import Check
from generator.form.schema import MOST_PLACES, Form
from generator.formula import evaluate
from generator.formula_types import kind_of
from generator.model import Figure, Figures, Ties
from generator.notation import words
from generator.quantities import Quantity, together
from generator.rules.derive import raw_cells
from generator.rules.magnitude import locate
from generator.rules.magnitude.cells import holds


def check(figures: Figures, form: Form, doubtful: frozenset[str] = frozenset()) -> tuple[Ties, list[Finding]]:
    """All ties of the form, but for those that rest on a ``doubtful`` table. Within the slack of rounded
    parts but not equal is a note, not a fault."""
    passed = failed = not_checked = 0
    findings: list[Finding] = []
    broken: list[tuple[Check, Interval, Interval]] = []
    held: list[Check] = []
    for tie in form.checks:
        left, right = (_side(node, figures) for node in (tie.left, tie.right))
        if left is None or right is None or _rests_on(tie, doubtful, figures, form):
            not_checked += 1
        elif holds(tie, left, right):
            passed += 1
            held.append(tie)
            if tie.relation == "=" and left.value != right.value:
                findings.append(_finding("tie.rounding", tie, left, right, figures, form))
        else:
            failed += 1
            broken.append((tie, left, right))
    located = locate([tie for tie, _, _ in broken], held, figures, form, doubtful)
    findings += located.findings
    told = located.explained
    findings += [_finding("tie.broken", *each, figures, form) for each in broken if each[0] not in told]
    return Ties(passed, failed, not_checked), findings


def _rests_on(tie: Check, tables: frozenset[str], figures: Figures, form: Form) -> bool:
    """Whether a tie rests on any column of some tables."""
    if not tables:
        return False
    columns = form.columns()
    raw = (
        each
        for name in (*names(tie.left), *names(tie.right))
        for each in raw_cells(name, form, figures.values)
    )
    return any(each.name in columns and columns[each.name][0].name in tables for each in raw)


def _side(node: Node, figures: Figures) -> Interval | None:
    value = evaluate(node, lambda name: figures.values[name].value)
    return value if isinstance(value, Interval) else None


def _finding(code: str, tie: Check, left: Interval, right: Interval, figures: Figures, form: Form) -> Finding:
    tell = _teller(tie, left.value, right.value, form)
    operands = _operands(tie, figures, form)
    right_cells = [o for o in operands if o.at and o.name in names(tie.right)]
    at = next((o.at for o in right_cells), None) or next((o.at for o in operands if o.at), None)
    return finding(
        code,
        at,
        severity=Severity(tie.severity) if code == "tie.broken" else None,
        related=operands,
        rule=tie.name,
        name=tie.name,
        left_words=words(tie.left),
        right_words=words(tie.right),
        left=tell.number(left.value),
        right=tell.number(right.value),
        relation="两者不等" if tie.relation == "=" else "前者大于后者",
        difference=tell.apart(abs(left.value - right.value)),
        fix=tie.fix,
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the numbers of a tie as the document prints them, with more decimals where those would hide the
    difference, and with their unit."""

    format: NumberFormat
    places: int  # at least so many decimals tell the two sides apart

    def number(self, value: Decimal) -> str:
        """A side of the tie."""
        return self._digits(value) + (self.format.suffix or self.format.unit)

    def apart(self, value: Decimal) -> str:
        """How far the sides lie apart; percentages in percentage points."""
        return f"{self._digits(value)}个百分点" if self.format.unit == "%" else self.number(value)

    def _digits(self, value: Decimal) -> str:
        rounded, exact = self.format.round(value), value / self.format.divide
        if rounded == exact:
            return plain(rounded, self.format.places, self.format.trim)
        return plain(exact, None if decimal_places(exact) <= _EXACT else self.places)


# A number with more decimals is a quotient, and nobody wants all of them.
_EXACT = 6


def _teller(tie: Check, left: Decimal, right: Decimal, form: Form) -> _Teller:
    chosen = form.format_of_kind(_kind(tie, form))
    sides = (left / chosen.divide, right / chosen.divide)
    places = chosen.places
    while places < MOST_PLACES and len({round_half_up(side, places) for side in sides}) == 1:
        places += 1
    return _Teller(chosen, places)


def _kind(tie: Check, form: Form) -> Quantity:
    """What both sides are; the form's loader has seen that they go together."""
    left, right = (kind_of(side, form.kinds.__getitem__) for side in (tie.left, tie.right))
    return together(left, right) or left


def _operands(tie: Check, figures: Figures, form: Form) -> tuple[Operand, ...]:
    """Both sides' names with their values, opened down to the cells."""
    found: dict[str, Figure] = {}
    for name in (*names(tie.left), *names(tie.right)):
        found[name] = figures.values[name]
        for figure in raw_cells(name, form, figures.values):
            found[figure.name] = figure
    return tuple(Operand(f.name, f.text, f.at) for f in found.values())
