"""Numbers in Chinese characters: ``[DBNum1]`` 一二三, ``[DBNum2]`` 壹贰叁, ``[DBNum3]`` １２３."""

from __future__ import annotations

_DIGITS = {"1": "〇一二三四五六七八九", "2": "零壹贰叁肆伍陆柒捌玖", "3": "０１２３４５６７８９"}
_UNITS = {"1": ("", "十", "百", "千"), "2": ("", "拾", "佰", "仟"), "3": ("", "十", "百", "千")}
_GROUPS = ("", "万", "亿", "兆")


def by_digit(text: str, kind: str) -> str:
    """Every digit replaced, all other signs as they are; no ``kind``, nothing replaced."""
    if not kind:
        return text
    return text.translate(str.maketrans("0123456789", _DIGITS[kind]))


def counted(text: str, kind: str) -> str:
    """A number as it is read: 一百二十三; digits after a point one by one, a number beyond 兆 too."""
    whole, point, places = text.partition(".")
    if not whole.isdigit() or not (places.isdigit() or not point) or len(whole) > 4 * len(_GROUPS):
        return by_digit(text, kind)
    words, zero = "", False
    groups = -(-len(whole) // 4)
    for order in reversed(range(groups)):
        group = whole[max(0, len(whole) - 4 * order - 4) : len(whole) - 4 * order]
        spoken = ""
        for place, digit in zip(reversed(range(len(group))), group, strict=True):
            if digit == "0":
                zero = True
                continue
            between = _DIGITS[kind][0] if zero and words + spoken else ""
            spoken += between + _DIGITS[kind][int(digit)] + _UNITS[kind][place]
            zero = False
        words += spoken + (_GROUPS[order] if spoken else "")
    return (words or _DIGITS[kind][0]) + point + by_digit(places, kind)


def in_date(text: str, kind: str) -> str:
    """A day, an hour: 十, 二十八."""
    words = counted(text, kind)
    return words[1:] if words.startswith(("一十", "壹拾", "１十")) else words
