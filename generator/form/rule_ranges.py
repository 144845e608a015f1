"""Ranges as a form writes them: ``[80%, 90%)``, ``(30%, )``, ``=0%``, ``[5天, 10天)``, ``[8分, 10分]``."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.form.rule_parts import Band
from generator.form.section import Section

_RANGE = re.compile(r"([\[(])\s*([^,]*?)\s*,\s*([^,]*?)\s*([\])])")
_BOUND = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([^\d\s.,+-]*)")
# What one of a unit is worth in what values are kept in; every other unit is what it counts.
_WORTH = {"%": Decimal("0.01"), "％": Decimal("0.01"), "元": Decimal(1), "万元": Decimal(10000)}
_WORTH["亿元"] = Decimal(100000000)


def read_range(section: Section, points: Decimal, key: str = "range") -> Band:
    """``[80%, 90%)``, ``(30%, )`` (no upper bound), ``=0%``."""
    text = section.text(key).translate(_HALF_WIDTH)
    if text.startswith("="):
        value = _bound(text[1:], section)
        return Band(value, True, value, True, points, text)
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        raise section.error(f"{key} {text!r} 写法不对，应如 [80%, 90%)、(30%, ) 或 =0%")
    low, high = _bound(match[2], section), _bound(match[3], section)
    return Band(low, match[1] == "[", high, match[4] == "]", points, text)


_HALF_WIDTH = str.maketrans("（），％", "(),%")


def _bound(text: str, section: Section) -> Decimal | None:
    text = text.strip()
    if not text:
        return None
    match = _BOUND.fullmatch(text)
    if match is None:
        raise section.error(f"端点 {text!r} 不是数，应如 80% 或 0.8")
    return Decimal(match[1]) * _WORTH.get(match[2], Decimal(1))
