"""Units as people write them: what a text begins with, what a cell names, and whether two agree.

Only money and percentages contradict what they are not; counters (个, 项, 件, …) are too much alike for that.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator.patterns import lazy

# "rate" is money for each of something (元/人), "bare" a 万 or 亿 with nothing behind it.
Kind = Literal["money", "rate", "bare", "percent", "permille", "points", "count"]
Verdict = Literal["same", "points", "contradiction", "magnitude", "unknown"]

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SPACE = r"[ \t\u00a0\u3000]*"
_MANY = r"[十百千]?(?:万亿|[万亿])"
# Behind 元 these make another word: 元旦, 元宵, 元素, …
_NO_YUAN = "旦宵素件首月年老帅凶气音曲代朝勋宝器谋配"
_YUAN = rf"元(?![{_NO_YUAN}])|(?<=[百千万亿余多])元|[美港欧日澳]元|英镑|圆(?!\w)|圆(?=[整钱])"
_MONEY = rf"(?P<scale>(?:{_MANY}|[百千](?=元))?)[余多来]?(?P<base>{_YUAN})"
_EACH = lazy(r"[/／每]\w")
_COUNTERS = (
    "平方公里|平方米|立方米|千瓦时|公里|千米|千克|公斤|公顷|人次|人天|人日|家次|户次|件次|台次|批次|场次|班次|车次|课时|学时|小时|分钟"
    "|[个项人户件家名份次条台处期篇辆座亩吨张间批场例起宗笔套门种类株只头册本部幅块根艘架栋幢层村届轮天岁米倍位孔分级所]"
)
# Behind 万 some are words (万分, 万家灯火, 万人空巷), and only these are counted in such numbers.
_COUNTED = (
    "人次|家次|户次|件次|公里|平方米|立方米|千瓦时|小时|学时|人(?!空巷)|户(?!侯)|家(?!灯火)"
    "|[个项件名份次条台期篇辆座亩吨张间批场例起笔套册株只]"
)
_UNIT = lazy(
    rf"(?P<points>个?百分点)|(?P<percent>[%％﹪])|(?P<permille>[‰])|(?P<money>[余多来]?{_MONEY})"
    rf"|(?P<many>[余多来]?(?P<power>{_MANY})[余多来]?(?P<counted>{_COUNTED}))"
    rf"|(?P<bare>[余多来]?{_MANY}[余多来]?(?!\w)|{_MANY}(?=左右|以上|以下))"
    rf"|(?P<count>[余多来]?(?P<counter>{_COUNTERS}))"
)
_CLOSED = lazy(r"\W|$|左右|以上|以下|以内|的")
_OWN_MONEY = lazy(rf"(?:人民币)?{_MONEY}(?:人民币)?")
_OWN = lazy(rf"(?P<power>(?:{_MANY})?)(?P<counted>.+)", re.DOTALL)
_NUMBER = lazy(r"[约近达超过逾共]*[\d\s.,，．%％—–~～至到+-]*\d")
_SHARES: dict[str, Kind] = {
    "%": "percent",
    "百分比": "percent",
    "百分数": "percent",
    "‰": "permille",
    "百分点": "points",
    "个百分点": "points",
}
_DASHES = lazy(r"[-—–－/／\\]+|无|没有")
# What stands behind the unit in its cell: 万元（含税）, 万元，含税.
_REMARK = lazy(r"(?<=[^\s(])\s*[(,;].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: of what kind, of what, times which power of ten; ``length`` characters of the text.

    ``closed``: no word goes on behind it, so that it can be nothing but a unit.
    """

    kind: Kind
    base: str
    power: int = 0
    length: int = 0
    closed: bool = True


def read(text: str) -> Unit | None:
    """The unit that a text begins with, spaces before it aside; None when it begins with something else."""
    start = len(text) - len(text.lstrip(" \t\u00a0\u3000"))
    match = _UNIT.match(text, start)
    if match is None:
        return None
    end = match.end()
    closed = _CLOSED.match(text, end) is not None
    match match.lastgroup:
        case "money":
            kind: Kind = "rate" if _EACH.match(text, end) else "money"
            return Unit(kind, _currency(match["base"]), power(match["scale"]), end, closed)
        case "many":
            return Unit("count", match["counted"], power(match["power"]), end, closed)
        case "bare":
            return Unit("bare", "", power(match["bare"]), end, closed)
        case "count":
            return Unit("count", match["counter"], 0, end, closed)
        case "points" | "percent" | "permille" as share:
            return Unit(share, "", 0, end, closed)
    return None


def spelled(cell: str) -> str:
    """The unit that a cell says, percent signs alike; a dash, a slash or 无 is none."""
    unit = cell.strip()
    return "%" if unit in ("%", "％", "﹪") else "" if _DASHES.fullmatch(unit) else unit


@lru_cache(maxsize=1024)
def named(unit: str) -> Unit | None:
    """The unit that a whole cell names; a word that we do not know counts something."""
    word = _REMARK.sub("", unicodedata.normalize("NFKC", spelled(unit))).strip("() \n")
    if not word:
        return None
    if word in _SHARES:
        return Unit(_SHARES[word], "")
    if re.fullmatch(_MANY, word):
        return Unit("bare", "", power(word))
    money = _OWN_MONEY.match(word)
    if money is not None and (money.end() == len(word) or _EACH.match(word, money.end())):
        kind: Kind = "money" if money.end() == len(word) else "rate"
        return Unit(kind, _currency(money["base"]), power(money["scale"]))
    match = _OWN.fullmatch(word)
    # Some other way of writing money: nothing can be said of it.
    return None if match is None or "元" in word else Unit("count", match["counted"], power(match["power"]))


def at_end(text: str) -> Unit | None:
    """The unit of a text that is a number and its unit, and nothing else: 460万元, 66 个, 95%—98%."""
    number = _NUMBER.match(text)
    unit = read(text[number.end() :]) if number is not None else None
    return (
        unit if number is not None and unit is not None and number.end() + unit.length == len(text) else None
    )


def power(scale: str) -> int:
    """Of ten: 万 is 4, 百万 is 6."""
    return sum(_POWERS.get(sign, 0) for sign in scale)


def compare(own: Unit, typed: Unit) -> Verdict:
    """How what is typed behind a figure stands to the figure's own unit."""
    money, share = ("money", "rate", "bare"), ("percent", "permille")
    if own.kind == "percent" and typed.kind == "points":
        return "points"
    if own.kind == "points" and typed.kind == "percent":
        return "magnitude"
    if own.kind == typed.kind and own.kind in ("percent", "permille", "points"):
        return "same"
    if own.kind in money and typed.kind in money:
        return _money(own, typed)
    if own.kind in ("count", "bare") and typed.kind in ("count", "bare"):
        return _counters(own, typed)
    if typed.kind == "count":
        # 人 begins 人民币: a counter contradicts only where it can be nothing else.
        return "contradiction" if typed.closed and own.kind != "points" else "unknown"
    if own.kind == "bare" and typed.kind in share:
        return "contradiction"
    return "unknown" if own.kind == "count" and typed.kind == "points" else "contradiction"


def disagree(one: str, other: str) -> bool:
    """Whether two units, as cells name them, cannot both be the unit of one number."""
    own, typed = named(one), named(other)
    return own is not None and typed is not None and compare(own, typed) in ("contradiction", "magnitude")


def _money(own: Unit, typed: Unit) -> Verdict:
    currency = own.base == typed.base or "" in (own.base, typed.base)
    if currency and own.power == typed.power:
        return "same"
    return "unknown" if typed.kind == "rate" and own.kind != "rate" else "contradiction"


def _counters(own: Unit, typed: Unit) -> Verdict:
    if own.power == typed.power:
        return "same"
    sure = typed.power > 0 or typed.closed or typed.base == own.base
    return "magnitude" if sure else "unknown"


def _currency(base: str) -> str:
    return "元" if base == "圆" else base
