"""The numbers that an official wording states: points, percentages, counts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

Kind = Literal["points", "percent", "count"]
_ONE = Decimal(1)
_DIGITS = "零一二三四五六七八九"
_CHINESE = r"[一二两三四五六七八九十百]+"
_NUMBER = r"\d+(?:\.\d+)?"
_COUNTERS = (
    "例|起|件|次|处|项|个(?!百分点)|天|日|人次|人|名|岁|年|个月|月|小时|万元|亿元|元"
    "|户|家|条|份|篇|场|班|台|套|位"
)
# Years, numbers of documents, dates, headings and enclosures are no numbers of a rule.
_ASIDE = re.compile(
    r"《[^》]*》|[〔\[（(]?\d{4}[〕\]）)]?(?:年度|年|号)?|\d+号|附件\s*\d+|\d+月(?:底|份|初|末|\d+日)?"
    r"|第[一二三四五六七八九十\d]+(?:大项|项|条|款|类|季度|档)?|[此上下以其]+[一二两三四五六七八九十\d]+[项条类档]"
)
_TOKEN = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<lowsign>%)?\s*(?:-|－|—|–|~|～|至|到)\s*(?P<high>{_NUMBER})\s*(?P<highsign>%|分)"
    rf"|(?P<points>{_NUMBER})\s*分(?!之|钟|类|档|别|析|项)"
    rf"|(?P<percent>{_NUMBER})\s*(?:%|个百分点)"
    rf"|(?P<words>{_CHINESE})个百分点"
    rf"|百分之(?P<hundredths>{_CHINESE})"
    rf"|(?P<counted>{_NUMBER})\s*(?:{_COUNTERS})"
    rf"|(?P<cases>{_CHINESE})(?:{_COUNTERS})"
)
_SIGNS = str.maketrans("０１２３４５６７８９．％﹪", "0123456789.%%")


def read_numbers(text: str) -> dict[Kind, list[Decimal]]:
    """The numbers that a wording states, by kind: points, percentages as fractions, counts."""
    found: dict[Kind, list[Decimal]] = {}

    def add(kind: Kind, number: Decimal) -> None:
        if number not in found.setdefault(kind, []):
            found[kind].append(number)

    for match in _TOKEN.finditer(_ASIDE.sub("；", text.translate(_SIGNS))):
        if match["low"]:
            kind: Kind = "percent" if match["highsign"] == "%" else "points"
            worth = Decimal("0.01") if kind == "percent" else _ONE
            add(kind, Decimal(match["low"]) * worth)
            add(kind, Decimal(match["high"]) * worth)
        elif match["points"]:
            add("points", Decimal(match["points"]))
        elif match["percent"]:
            add("percent", Decimal(match["percent"]) / 100)
        elif match["words"] or match["hundredths"]:
            add("percent", Decimal(chinese(match["words"] or match["hundredths"])) / 100)
        else:
            add("count", Decimal(match["counted"] or chinese(match["cases"])))
    return found


def chinese(text: str) -> int:
    """``三`` → 3, ``十五`` → 15, ``二十`` → 20, ``一百`` → 100."""
    total = digit = 0
    for sign in text.replace("两", "二"):
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit
