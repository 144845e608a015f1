"""元 and 万元 mixed up: amounts that are ten thousand times too large or too small."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from generator.amounts import HALF, Interval, plain
from generator.expression import Node, names
from generator.findings import Finding, Operand, finding
from generator.form.records import Check
from generator.form.schema import Form
from generator.formula import Value, evaluate
from generator.model import CellRef, Figure, Figures, Intake
from generator.rules.derive import raw_cells

FACTOR = Decimal(10_000)
# Amounts that belong together seldom differ tenfold; a slip of the unit is ten thousandfold.
_NEAR = Decimal(5)
_SMALL, _LARGE = Decimal(100_000), Decimal("1E+11")  # 元; all amounts below, or some above, are no unit's


def slips(broken: list[Check], figures: Figures, form: Form) -> dict[str, list[Check]]:
    """For each typed amount that would mend broken ties if it were in the other unit: those ties.

    Every tie is put down to one amount only, the one that mends most, so that one slip is one fault.
    """
    mends: dict[str, list[Check]] = {}
    for tie in broken:
        if tie.relation != "=":
            continue
        for figure in _typed(tie, figures, form):
            if any(_mended(tie, figures, figure, scale) for scale in (FACTOR, 1 / FACTOR)):
                mends.setdefault(figure.name, []).append(tie)
    chosen: dict[str, list[Check]] = {}
    left = list(broken)
    for name in sorted(mends, key=lambda each: -len(mends[each])):
        own = [tie for tie in mends[name] if tie in left]
        if own:
            chosen[name] = own
            left = [tie for tie in left if tie not in own]
    # An inequality proves nothing by itself, but it is no second fault either when the slip mends it.
    for name in chosen:
        for tie in left:
            if tie.relation != "=" and _mendable(tie, name, figures, form):
                chosen[name].append(tie)
    return chosen


def _mendable(tie: Check, name: str, figures: Figures, form: Form) -> bool:
    typed = [each for each in _typed(tie, figures, form) if each.name == name]
    return any(_mended(tie, figures, each, scale) for each in typed for scale in (FACTOR, 1 / FACTOR))


def slip_finding(name: str, ties: list[Check], figures: Figures, form: Form) -> Finding:
    """The finding for an amount that mends ``ties`` in the other unit."""
    figure = figures.values[name]
    assert isinstance(figure.value, Interval)
    larger = _mended(ties[0], figures, figure, FACTOR)
    meant = figure.value.value * FACTOR if larger else figure.value.value / FACTOR
    text = f"按 {plain(meant)} 元理解"
    operands = tuple(
        Operand(each.name, each.text, each.at) for each in _typed(ties[0], figures, form) if each.at
    )
    tied = "、".join(tie.name for tie in ties if tie.relation == "=")
    typed = figure.typed
    return finding(
        "amount.scale", figure.at, name, typed, related=operands, rule=tied, as_meant=text, tie=tied
    )


def _typed(tie: Check, figures: Figures, form: Form) -> list[Figure]:
    found: dict[str, Figure] = {}
    for name in (*names(tie.left), *names(tie.right)):
        found.update({each.name: each for each in raw_cells(name, form, figures.values)})
    return [
        each
        for each in found.values()
        if each.at and isinstance(each.value, Interval) and _is_amount(each.name, form)
    ]


def _mended(tie: Check, figures: Figures, figure: Figure, scale: Decimal) -> bool:
    assert isinstance(figure.value, Interval)
    if figure.value.value == 0:
        return False
    # What was typed in 万元 carries two decimals at most.
    changed = Interval.rounded(figure.value.value * scale, HALF * 100 if scale > 1 else HALF / 100)
    override = {figure.name: changed}
    left, right = (_again(side, figures.values, override) for side in (tie.left, tie.right))
    return isinstance(left, Interval) and isinstance(right, Interval) and holds(tie, left, right)


def holds(tie: Check, left: Interval, right: Interval) -> bool:
    """Whether a tie can be true of some numbers within both intervals."""
    return left.meets(right) if tie.relation == "=" else left.low <= right.high


def _again(node: Node, values: Mapping[str, Figure], override: Mapping[str, Interval]) -> Value:
    """Evaluate down to the cells, with some of them changed."""

    def lookup(name: str) -> Value:
        if name in override:
            return override[name]
        figure = values[name]
        return figure.value if figure.formula is None else evaluate(figure.formula, lookup)

    return evaluate(node, lookup)


def check_magnitudes(
    intake: Intake, figures: Figures, form: Form, known: Collection[CellRef]
) -> list[Finding]:
    """Amounts that no tie holds, against the amount they resemble; and all of them against the unit.

    ``known`` are the cells of slips that ties have proved already.
    """
    findings = []
    for field in form.fields().values():
        figure, fellow = figures.values[field.name], figures.values.get(field.like)
        if fellow is None or not _apart(figure, fellow):
            continue
        if not any(each.at in known for each in raw_cells(fellow.name, form, figures.values)):
            at, label, typed = figure.at, field.label, figure.typed
            other, shown = fellow.name, fellow.text + form.amount_unit
            findings.append(finding("amount.magnitude", at, label, typed, other=other, other_value=shown))
    return findings + _wrong_unit(intake, figures, form)


def _apart(figure: Figure, fellow: Figure) -> bool:
    if not isinstance(figure.value, Interval) or not isinstance(fellow.value, Interval):
        return False
    value, other = abs(figure.value.value), abs(fellow.value.value)
    if not value or not other:
        return False
    ratio = max(value / other, other / value)
    return FACTOR / _NEAR <= ratio <= FACTOR * _NEAR


def _wrong_unit(intake: Intake, figures: Figures, form: Form) -> list[Finding]:
    amounts = [
        abs(figure.value.value)
        for name, figure in figures.values.items()
        if isinstance(figure.value, Interval) and figure.at and _is_amount(name, form)
    ]
    unit = intake.fields.get(form.unit_field)
    if unit is None or not any(amounts):
        return []
    size = "很小" if max(amounts) < _SMALL else "极大" if max(amounts) > _LARGE else ""
    if not size:
        return []
    return [finding("amount.unit", unit.at, form.unit_field, unit.typed, size=size, label=form.unit_field)]


def _is_amount(name: str, form: Form) -> bool:
    fields, columns = form.fields(), form.columns()
    field = fields.get(name) or (columns[name][1] if name in columns else None)
    return field is not None and field.type == "amount"
