"""The whole workbook in another unit than the one that is chosen: no tie can see that, but people can."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.findings import Finding, finding
from generator.form.records import Check
from generator.form.schema import Form
from generator.model import Figures
from generator.rules.magnitude.cells import AmountCell, Trial
from generator.rules.magnitude.ratios import Unlikely, is_usual, quotient, told

# 元: when the largest amount of a workbook is below it was hardly typed in 元, whatever the unit.
_SMALL, _LARGE = Decimal(1_000_000), Decimal("1E+9")


def other_unit(
    broken: Sequence[Check],
    strange: Sequence[Unlikely],
    figures: Figures,
    form: Form,
    cells: list[AmountCell],
) -> Finding | None:
    """The finding at the cell of the unit: impossible quotients that become usual when every amount is ten
    thousand times more or less. Equalities that stay broken speak against it: but for rounding they would
    hold in any unit."""
    wrong = [each for each in strange if each.is_impossible]
    unit = figures.values.get(form.unit_field)
    if not wrong or not cells or unit is None:
        return None
    most = max(abs(cell.amount.value) for cell in cells)
    for exponent, is_likely in ((4, most < _SMALL), (-4, most > _LARGE)):
        trial = Trial(figures, form, {cell: cell.times(exponent) for cell in cells})
        mended = [
            (each, after)
            for each in wrong
            if is_usual(each.rule, after := quotient(each.rule, trial, each.table, each.row))
        ]
        stays_broken = any(tie.relation == "=" and not trial.holds(tie) for tie in broken)
        if is_likely and mended and len(mended) == len(wrong) and not stays_broken:
            each, after = mended[0]
            return finding(
                "amount.unit",
                unit.at,
                form.unit_field,
                unit.typed,
                ratio=each.rule.name,
                now=told(each.value, each.rule),
                then=told(after, each.rule),
                factor="扩大" if exponent > 0 else "缩小",
                label=form.unit_field,
            )
    return None
