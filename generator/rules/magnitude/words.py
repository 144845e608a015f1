"""How located faults of magnitude are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.amounts import plain
from generator.catalogue import Severity
from generator.expression import Name
from generator.findings import Finding, Operand, finding
from generator.form.records import Check
from generator.form.schema import Form
from generator.model import Figures
from generator.notation import words
from generator.rules.magnitude.blocks import bounds
from generator.rules.magnitude.cells import AmountCell, Trial, amount_cells, raw_names
from generator.rules.magnitude.ratios import Unlikely, quotient, told

if TYPE_CHECKING:
    from generator.rules.magnitude.locate import Explanation

_TIMES = {1: "十倍", 2: "一百倍", 3: "一千倍", 4: "一万倍"}
_APART = ((5_000, "一万倍"), (500, "一千倍"), (0, "一百倍"))
_UNIT_FIX = "请核对是不是把万元数填成了元，或把元数填成了万元"
_DIGITS_FIX = "请核对小数点和位数"


def by_ties(best: Explanation, others: Sequence[Explanation], figures: Figures, form: Form) -> Finding:
    """One amount, proved by ties that hold exactly when it is read otherwise."""
    cell = best.cells[0]
    tied = "、".join(tie.name for tie in best.ties if tie.relation == "=")
    return finding(
        "amount.scale",
        cell.at,
        cell.name,
        cell.typed,
        related=_operands(best.ties[0], figures, form),
        rule=tied,
        times=_TIMES[abs(best.exponent)],
        as_meant=f"按 {_meant(cell, best.exponent)} 元理解",
        tie=tied,
        fix=_fix(best.exponent) + _or(others),
    )


def of_block(best: Explanation, others: Sequence[Explanation], figures: Figures, form: Form) -> Finding:
    """Amounts of a sheet, a row or a column that were all typed in another unit."""
    tied = "、".join(tie.name for tie in best.ties if tie.relation == "=")
    return finding(
        "amount.block",
        best.cells[0].at,
        "",
        "",
        related=_operands(best.ties[0], figures, form),
        rule=tied,
        sheet=best.cells[0].at.sheet,
        range=bounds(best.cells),
        factor="扩大" if best.exponent > 0 else "缩小",
        tie=tied,
    )


def by_ratio(
    strange: Unlikely, best: Explanation, others: Sequence[Explanation], figures: Figures, form: Form
) -> Finding:
    """One amount that its fellows do not fit; an error when no unit can have it so."""
    cell = best.cells[0]
    # In the place of a tie that stops the report stands a finding that stops it too.
    stops = any(tie.severity == "error" for tie in best.ties)
    if strange.pair:
        made = _of_pair(strange, cell, others, figures, form)
        return replace(made, severity=Severity.ERROR) if stops else made
    trial = Trial(figures, form, {cell: cell.times(best.exponent)})
    after = quotient(strange.rule, trial, strange.table, strange.row)
    return finding(
        "amount.impossible" if strange.is_impossible or stops else "amount.unusual",
        cell.at,
        cell.name,
        cell.typed,
        related=_parts(strange, figures, form),
        rule=strange.rule.name,
        ratio=words(strange.rule.value),
        now=told(strange.value, strange.rule),
        as_meant=f"按 {_meant(cell, best.exponent)} 元理解",
        then=told(after, strange.rule),
        fix=_fix(best.exponent) + _or(others),
    )


def _of_pair(
    strange: Unlikely, cell: AmountCell, others: Sequence[Explanation], figures: Figures, form: Form
) -> Finding:
    """An amount against the one that it should resemble, the other of the pair."""
    fields = form.fields()
    resting = {name: raw_names(Name(name), figures, form) for name in strange.pair}
    other = next((name for name in strange.pair if cell.name not in resting[name]), strange.pair[1])
    apart = max(strange.value, 1 / strange.value)
    return finding(
        "amount.magnitude",
        cell.at,
        fields[cell.name].label if cell.name in fields else cell.name,
        cell.typed,
        other=other,
        other_value=figures.values[other].text + form.amount_unit,
        times=next(name for least, name in _APART if apart >= least),
        fix=_or(others),
    )


def of_ratio(strange: Unlikely, figures: Figures, form: Form) -> Finding:
    """A quotient that no unit has, where no single amount explains it."""
    if strange.pair:
        first = figures.values[strange.pair[0]]
        cell = next((each for each in amount_cells(figures, form) if each.at == first.at), None)
        if cell is not None:
            return _of_pair(strange, cell, (), figures, form)
    parts = _parts(strange, figures, form)
    at = next((each.at for each in parts if each.at), None)
    return finding(
        "amount.ratio",
        at,
        related=parts,
        rule=strange.rule.name,
        name=strange.rule.name,
        ratio=words(strange.rule.value),
        now=told(strange.value, strange.rule),
        low=told(strange.rule.possible[0], strange.rule),
        high=told(strange.rule.possible[1], strange.rule),
    )


def _meant(cell: AmountCell, exponent: int) -> str:
    return plain(cell.amount.value * Decimal(10) ** exponent)


def _fix(exponent: int) -> str:
    return _UNIT_FIX if abs(exponent) == 4 else _DIGITS_FIX


def _or(others: Sequence[Explanation]) -> str:
    """The other cells that explain as much."""
    single = [each.cells[0] for each in others if len(each.cells) == 1]
    cells = "、".join(f"{cell.at}〔{cell.name}〕" for cell in single)
    return f"；也可能是 {cells}" if cells else ""


def _operands(tie: Check, figures: Figures, form: Form) -> tuple[Operand, ...]:
    resting = raw_names(tie.left, figures, form) | raw_names(tie.right, figures, form)
    return _typed(resting, figures, form)


def _parts(strange: Unlikely, figures: Figures, form: Form) -> tuple[Operand, ...]:
    resting = raw_names(strange.rule.value, figures, form)
    cells = _typed(resting, figures, form)
    if not strange.table:
        return cells
    row = figures.rows[strange.table][strange.row]
    parts = [each for name, each in row.items() if name in resting and each.text]
    return tuple(Operand(each.name, each.text, each.at) for each in parts)


def _typed(resting: frozenset[str], figures: Figures, form: Form) -> tuple[Operand, ...]:
    unit = form.amount_unit
    format_name = form.prints.get("amount")
    return tuple(
        Operand(cell.name, _printed(cell, form, format_name) + ("" if format_name else unit), cell.at)
        for cell in amount_cells(figures, form)
        if cell.name in resting
    )


def _printed(cell: AmountCell, form: Form, format_name: str | None) -> str:
    return form.formats[format_name].text(cell.amount.value) if format_name else plain(cell.amount.value)
