"""Amounts by themselves: below what is usual (``least``), with parts of a 分, of a size that no unit has."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from generator.amounts import Interval, plain, round_half_up
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.model import CellRef, Figure, Figures
from generator.rules.magnitude.cells import amount_cells

# 元: all amounts below the first, half of them above the second or one above the third are no unit's.
_SMALL, _LARGE, _HUGE = Decimal(100_000), Decimal("1E+10"), Decimal("1E+12")


# Findings whose cell is the cause of what else its amount does not fit.
_LOCATED = frozenset({"amount.scale", "amount.block", "amount.impossible", "amount.unusual", "amount.unit"})


def check_single(figures: Figures, form: Form, told: Collection[Finding]) -> list[Finding]:
    """Warnings. ``told`` are the findings so far; where some are about a whole block or the unit, small
    amounts are no second fault."""
    located = [each for each in told if each.code in _LOCATED]
    if any(each.code in ("amount.block", "amount.unit") for each in located):
        return _below(figures, form)
    known = {each.at for each in located if each.at is not None}
    return [*_below(figures, form), *_parts_of_fen(figures, form, known), *_size(figures, form, known)]


def _below(figures: Figures, form: Form) -> list[Finding]:
    """Amounts below what is usual: a balance brought forward that is negative."""
    fields: list[tuple[Field, Figure]] = [(f, figures.values[f.name]) for f in form.fields().values()]
    for table in form.tables().values():
        for row in figures.rows.get(table.name, ()):
            fields += [(column, row[column.name]) for column in table.columns if column.name in row]
    return [
        finding("amount.below", figure.at, field.label, figure.typed)
        for field, figure in fields
        if field.least is not None and isinstance(figure.value, Interval) and figure.value.value < field.least
    ]


def _parts_of_fen(figures: Figures, form: Form, known: Collection[CellRef]) -> list[Finding]:
    """Small amounts in 元 with more than two decimals: nothing is below 分, but 万元 have such decimals."""
    unit = figures.values.get(form.unit_field)
    chosen = form.units.get(unit.text) if unit is not None else None
    if chosen is None or not chosen.exact:
        return []
    return [
        finding("amount.parts-of-fen", cell.at, cell.name, plain(cell.amount.value / chosen.yuan))
        for cell in amount_cells(figures, form)
        if abs(cell.amount.value) < _SMALL
        and cell.at not in known
        and cell.amount.value != round_half_up(cell.amount.value, 2)
    ]


def _size(figures: Figures, form: Form, known: Collection[CellRef]) -> list[Finding]:
    """All amounts very small or very large, or single ones beyond any unit's."""
    cells = amount_cells(figures, form)
    unit = figures.values.get(form.unit_field)
    if unit is None or not cells or unit.at is None or unit.at in known:
        return []
    amounts = sorted(abs(cell.amount.value) for cell in cells)
    size = "很小" if amounts[-1] < _SMALL else "极大" if amounts[len(amounts) // 2] > _LARGE else ""
    if size:
        label = form.unit_field
        return [finding("amount.size", unit.at, label, unit.typed, size=size, label=label)]
    huge = [cell for cell in cells if abs(cell.amount.value) > _HUGE and cell.at not in known]
    return [finding("amount.huge", cell.at, cell.name, cell.typed) for cell in huge]
