"""Shares of one whole, rounded together so that what is printed adds up to 100.00%."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from generator.amounts import Interval, largest_remainder, round_half_up
from generator.expression import Arithmetic, Name
from generator.form.records import ShareSpec
from generator.formula import Underived, evaluate
from generator.model import NO_RATIO, Figure, Part


def derive_shares(spec: ShareSpec, values: dict[str, Figure]) -> tuple[Part, ...]:
    """Add a share for every part to ``values``; returns the parts that are neither blank nor zero.

    ``value`` is the exact fraction; the printed text is rounded by largest remainder over all parts,
    and ``note`` says where that moved a tail.
    """
    whole = values[spec.whole].value
    formulas = {part.name: Arithmetic("/", Name(part.part), Name(spec.whole)) for part in spec.parts}
    exact = {name: evaluate(formula, lambda each: values[each].value) for name, formula in formulas.items()}
    fractions = {n: v.value for n, v in exact.items() if isinstance(v, Interval)}
    rounded = _round_together(spec, fractions)
    parts = []
    for part in spec.parts:
        value = exact[part.name]
        made = Figure.formatted(part.name, value, spec.format)
        figure = replace(made, formula=formulas[part.name])
        if part.name in rounded:
            number = rounded[part.name]
            text, note = spec.format.text_of_rounded(number), _note(spec, fractions[part.name], number)
            figure = replace(figure, text=text, printed=number, note=note)
        if isinstance(value, Underived) and value.kind == "zero":
            figure = replace(
                figure, text=NO_RATIO
            )  # without a whole there are no shares, and nothing is wrong
        values[part.name] = figure
        if fractions.get(part.name) and isinstance(whole, Interval):
            parts.append(Part(part.title, values[part.part], figure))
    return tuple(parts)


def _round_together(spec: ShareSpec, fractions: dict[str, Decimal]) -> dict[str, Decimal]:
    if not fractions:
        return {}
    unit = Decimal(1).scaleb(-spec.format.places)
    scaled = [value / spec.format.divide for value in fractions.values()]
    total = round_half_up(sum(scaled, Decimal(0)), spec.format.places)
    if any(value < 0 for value in scaled):
        return {name: spec.format.round(value) for name, value in fractions.items()}
    return dict(zip(fractions, largest_remainder(scaled, total, unit), strict=True))


def _note(spec: ShareSpec, fraction: Decimal, rounded: Decimal) -> str:
    alone = spec.format.round(fraction)
    if alone == rounded:
        return ""
    return f"尾差调整：单独四舍五入为{spec.format.text_of_rounded(alone)}，为使合计为100%按最大余数法取整"
