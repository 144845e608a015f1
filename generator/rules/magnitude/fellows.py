"""Amounts that no tie holds: against the amount they resemble (``like``), and against what is usual
(``least``)."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.schema import Form
from generator.model import CellRef, Figure, Figures
from generator.rules.derive import raw_cells
from generator.rules.magnitude.cells import amount_cells

# Amounts that belong together seldom differ a hundredfold.
_FAR = Decimal(80)
_TIMES = ((5_000, "一万倍"), (500, "一千倍"), (0, "一百倍"))
_SMALL, _LARGE = Decimal(100_000), Decimal("1E+11")  # 元; all amounts below, or some above, are no unit's


def check_fellows(figures: Figures, form: Form, known: Collection[CellRef]) -> list[Finding]:
    """Warnings. ``known`` are the cells of amounts that are told already."""
    findings = []
    for field in form.fields().values():
        figure, fellow = figures.values[field.name], figures.values.get(field.like)
        if fellow is None or (times := _apart(figure, fellow)) == "":
            continue
        cells = {each.at for each in raw_cells(fellow.name, form, figures.values)} | {figure.at}
        if cells.isdisjoint(known):
            shown = fellow.text + form.amount_unit
            findings.append(
                finding(
                    "amount.magnitude",
                    figure.at,
                    field.label,
                    figure.typed,
                    other=fellow.name,
                    other_value=shown,
                    times=times,
                )
            )
    return [*findings, *_below(figures, form), *_size(figures, form, known)]


def _apart(figure: Figure, fellow: Figure) -> str:
    if not isinstance(figure.value, Interval) or not isinstance(fellow.value, Interval):
        return ""
    value, other = abs(figure.value.value), abs(fellow.value.value)
    if not value or not other:
        return ""
    ratio = max(value / other, other / value)
    return next(name for least, name in _TIMES if ratio >= least) if ratio >= _FAR else ""


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


def _size(figures: Figures, form: Form, known: Collection[CellRef]) -> list[Finding]:
    """All amounts very small, or some beyond any unit's."""
    amounts = [abs(cell.amount.value) for cell in amount_cells(figures, form)]
    unit = figures.values.get(form.unit_field)
    if unit is None or not amounts or unit.at is None or unit.at in known:
        return []
    size = "很小" if max(amounts) < _SMALL else "极大" if max(amounts) > _LARGE else ""
    if not size:
        return []
    return [finding("amount.size", unit.at, form.unit_field, unit.typed, size=size, label=form.unit_field)]
