"""Numbers as people type them: which texts are a number, and why another text is none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.amounts import decimal_places
from generator.patterns import lazy

BLANK_MARKS = frozenset({"", "-", "--", "—", "——", "/", "无", "\\", "−", "―", "──", "–", "//"})

# Zero-width signs, direction marks, joiners, soft hyphens, byte order marks: nobody sees them.
_INVISIBLE = lazy(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
# Full-width forms of ASCII signs, and what else stands for one of them. Not NFKC: it makes ① a 1 and ² a 2.
_HALF_WIDTH: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(a): b for a, b in {"　": " ", "\u00a0": " ", "￥": "¥", "−": "-", "﹣": "-", "﹪": "%"}.items()},
}
_NUMBER = lazy(
    r"(?P<sign>[+-]?)(?P<money>¥?) ?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE](?P<exponent>[+-]?[0-9]{1,2})(?![0-9]))?(?: ?(?P<unit>[^\s0-9.,][^0-9]*))?"
)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number as it stands in a cell: its value, its decimals (trailing zeros not counted), the unit typed
    after it, and the decimals as written (negative when the last digits of a whole number are not shown)."""

    number: Decimal
    places: int
    unit: str = ""
    written: int = 0


def without_invisible(text: str) -> str:
    """The text without zero-width signs, direction marks and soft hyphens."""
    if text.isascii():
        return text
    return _short_without_invisible(text) if len(text) <= _SHORT else _INVISIBLE.sub("", text)


# Labels and names come back in every stage; long texts are not worth keeping.
_SHORT = 48


@lru_cache(maxsize=4096)
def _short_without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones; nothing else is changed, ① stays ①."""
    return without_invisible(text).translate(_HALF_WIDTH)


def is_blank(text: str) -> bool:
    """Blank, a dash, a slash or 无: not filled in, which is not zero."""
    return len(text) <= _SHORT and half_width(text).strip() in BLANK_MARKS


def parse_number(text: str) -> TypedNumber | None:
    """Read ``1,234.56``, ``１２３``, ``￥5``, ``5.3万元``, ``96.5%``; None unless the whole text is one
    number.

    The unit is whatever stands after the digits and holds no digit; whether it fits is for the field to say.
    """
    match = _NUMBER.fullmatch(half_width(text).strip())
    if match is None:
        return None
    digits = match["digits"].replace(",", "")
    number = Decimal(match["sign"] + digits)
    exponent = int(match["exponent"] or 0)
    written = len(digits.partition(".")[2]) - exponent
    if exponent:
        number = number.scaleb(exponent)
    return TypedNumber(number, decimal_places(number), (match["unit"] or "").strip(), written)


_NOTE_MARK = lazy("[\u2460-\u24ff\u2776-\u2793\u3220-\u3247\u3280-\u32b0⁰¹²³⁴-⁹₀-₉*†‡※]")
_RANGE = lazy(r"[0-9.,]+\s*[%a-zA-Z\u4e00-\u9fff]*\s*[-~～—–至到]\s*[0-9.,]+\s*[%a-zA-Z\u4e00-\u9fff]*")
_DOTS = lazy(r"[0-9]*\.[0-9]*\.[0-9.]*")
_FULL_STOP = lazy(r"[0-9,]+[。·、．][0-9]+")
_COMMAS = lazy(r"[¥$+-]*[0-9]*(?:,[0-9]*)+(?:\.[0-9]*)?")
_THREE = lazy(r"[0-9.,]+(?:[^\S\n]+[0-9.,]+){2,}\D*")
_BRACKETS = lazy(r"[(（〔\[]\s*[¥-]?[0-9.,]+[^0-9]*[)）〕\]][^0-9]*")
_MINUS = lazy(r"([–—―△▲])\s*[¥]?[0-9.,]+\D*")
_MINUS_BEHIND = lazy(r"[0-9.,]+\s*[-–—]")
_POINTS_FOR_COMMAS = lazy(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_TWO = lazy(r"[0-9.,]+[^\S\n]+[0-9.,]+\D*")
_TAIL = lazy(r"[¥$+-]*[0-9][0-9,]*(?:\.[0-9]+)?\s*(\D.*)", re.DOTALL)
_HEAD = lazy(r"(\D+?)[-+]?[0-9].*", re.DOTALL)


def why_no_number(text: str) -> str:
    """In Chinese, what keeps a text that holds digits from being one number; "" when nothing certain can be
    said."""
    plain = half_width(text[:200]).strip()
    if mark := _NOTE_MARK.search(plain):
        return f"数字旁边有“{mark[0]}”，不知道是注号还是数字"
    if not re.search("[0-9]", plain):
        return ""
    if _RANGE.fullmatch(plain):
        return "写的是一个范围，不是一个数"
    if _FULL_STOP.fullmatch(plain):
        return "小数点写成了别的标点"
    if _DOTS.fullmatch(plain):
        return "有两个小数点"
    if _COMMAS.fullmatch(plain):
        return "逗号的位置不对，看不出是千分位还是小数点"
    if _THREE.fullmatch(plain):
        return "数字之间有空格，看不出是一个数还是几个数"
    if _POINTS_FOR_COMMAS.fullmatch(plain):
        return "小数点和千分位的逗号用反了"
    if _BRACKETS.fullmatch(plain):
        return "写在括号里，看不出是不是负数"
    if minus := _MINUS.fullmatch(plain):
        return f"前面的“{minus[1]}”看不出是不是负号，负号请写成“-”"
    if _MINUS_BEHIND.fullmatch(plain):
        return "后面的横线看不出是不是负号，负号请写在前面"
    if _TWO.fullmatch(plain):
        return "两个数之间有空格，看不出是一个数还是两个数"
    if tail := _TAIL.fullmatch(plain):
        return f"数字后面还有“{_short(tail[1])}”"
    if head := _HEAD.fullmatch(plain):
        return f"数字前面还有“{_short(head[1])}”"
    return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 12 else line[:12] + "…"


def counts_as(unit: str, own: str) -> bool:
    """Whether a unit as typed is the field's own, or another word for it: 名 for 人, 年度 for 年."""
    typed = unicodedata.normalize("NFKC", unit).replace(" ", "")
    return typed == own or any(typed in words and own in words for words in _SAME)


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same, or two words for the same: 名 and 人."""
    return one == other or counts_as(one, other)


_SAME = (
    frozenset({"人", "名", "位", "个人", "人员"}),
    frozenset({"年", "年度"}),
    frozenset({"个", "项", "件", "条", "家", "次", "起", "宗", "例", "处"}),
    frozenset({"辆", "台", "部"}),
    frozenset({"平方米", "㎡", "m2", "平米"}),
    frozenset({"天", "日"}),
    frozenset({"元", "圆", "元整", "人民币元"}),
)
