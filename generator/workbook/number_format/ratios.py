"""Fractions: ``# ?/?``, ``# ??/??``, ``# ?/8``, ``?/?``."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from generator.workbook.number_format.scan import Token

_LARGEST_DENOMINATOR = 7  # digits
_SLOTS = ("0", "#", "?")
_PAD = {"0": "0", "?": " ", "#": ""}


def show_ratio(tokens: list[Token], slash: int, value: Decimal, texts: list[str]) -> bool:
    """Fills in the texts of the tokens; says whether the number shows as zero."""
    start, end = slash - 1, slash + 2
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    while end < len(tokens) and tokens[end][0] == tokens[end - 1][0] == "digit":
        end += 1
    ahead = [at for at in range(start) if tokens[at][0] == "digit"]
    above = "".join(text for _, text in tokens[start:slash])
    below = "".join(text for _, text in tokens[slash + 1 : end])
    whole = int(value) if ahead else 0
    over, under = _nearest(value - whole, below)
    if ahead and over == under:
        whole, over = whole + 1, 0
    if ahead:
        digits = str(whole) if whole or not over else ""
        slots = "".join(tokens[at][1] for at in ahead)
        texts[ahead[0]] = _padded(digits, slots)
    for at in range(start, end):
        texts[at] = ""
    if ahead and not over and "0" not in above:
        texts[start] = " " * (above.count("?") + 1 + (below.count("?") if below[0] in _SLOTS else len(below)))
    else:
        texts[start] = f"{_padded(str(over), above)}/{_below(str(under), below)}"
    return whole == 0 and over == 0


def _nearest(value: Decimal, below: str) -> tuple[int, int]:
    if below[0] in _SLOTS:
        return _convergent(Fraction(value), 10 ** min(len(below), _LARGEST_DENOMINATOR) - 1)
    return int((value * int(below)).to_integral_value(ROUND_HALF_UP)), int(below)


def _convergent(value: Fraction, most: int) -> tuple[int, int]:
    """The last convergent of the continued fraction with a denominator up to ``most``, as Excel takes it."""
    over, under, over_before, under_before = 1, 0, 0, 1
    while True:
        whole = value.numerator // value.denominator
        if under and whole * under + under_before > most:
            return over, under
        over, over_before = whole * over + over_before, over
        under, under_before = whole * under + under_before, under
        if value == whole:
            return over, under
        value = 1 / (value - whole)


def _padded(digits: str, slots: str) -> str:
    return "".join(_PAD[slot] for slot in slots[: max(0, len(slots) - len(digits))]) + digits


def _below(digits: str, slots: str) -> str:
    if slots[0] not in _SLOTS:
        return slots
    digits = digits.rjust(slots.count("0"), "0")
    return digits + " " * min(slots.count("?"), max(0, len(slots) - len(digits)))
