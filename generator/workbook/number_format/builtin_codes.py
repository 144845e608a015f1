"""Format codes that a workbook names by number only, as a Chinese Excel shows them."""

from __future__ import annotations

from collections.abc import Iterator

_DATE, _MONTH, _DAY = "yyyy/m/d", 'yyyy"年"m"月"', 'm"月"d"日"'
_CLOCK, _CLOCK_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'


def _money(first: int, symbol: str) -> Iterator[tuple[int, str]]:
    """Four codes: without and with decimals, each also with negative numbers in red."""
    for number, digits in ((first, "#,##0"), (first + 2, "#,##0.00")):
        yield number, f"{symbol}{digits};{symbol}\\-{digits}"
        yield number + 1, f"{symbol}{digits};[Red]{symbol}\\-{digits}"


def _brackets(first: int, symbol: str) -> Iterator[tuple[int, str]]:
    for number, digits in ((first, "#,##0"), (first + 2, "#,##0.00")):
        yield number, f"{symbol}{digits}_);({symbol}{digits})"
        yield number + 1, f"{symbol}{digits}_);[Red]({symbol}{digits})"


def _accounting() -> Iterator[tuple[int, str]]:
    codes = ((41, "", ""), (42, '"￥"', ""), (43, "", ".00"), (44, '"￥"', ".00"))
    for number, symbol, places in codes:
        amount, zero = f"{symbol}* #,##0{places}_ ", f'{symbol}* "-"{"??" if places else ""}_ '
        yield number, f"_ {amount};_ {amount.replace('* ', '* -')};_ {zero};_ @_ "


_CODES: dict[int, str] = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{12: "# ?/?", 13: "# ??/??", 14: _DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: f"{_DATE} h:mm"},
    **{27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"'},
    **{33: 'h"时"mm"分"ss"秒"', 34: _CLOCK, 35: _CLOCK_SECONDS, 36: _MONTH},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
    **{50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _CLOCK, 56: _CLOCK_SECONDS},
    **{57: _MONTH, 58: _DAY},
    **dict(_money(5, '"￥"')),
    **dict(_brackets(23, "$")),
    **dict(_money(37, "")),
    **dict(_accounting()),
}
# The Thai ones; where Thai is not the language, Excel shows them as their plain counterparts.
_THAI = {59: 1, 60: 2, 61: 3, 62: 4, 67: 9, 68: 10, 69: 12, 70: 13, 71: 14, 72: 14, 73: 15, 74: 16}
_THAI |= {75: 17, 76: 20, 77: 21, 78: 22, 79: 45, 80: 46, 81: 47}


def builtin(number_format_id: int) -> str:
    """The code of a built-in format; ``General`` for a number that is none."""
    return _CODES.get(_THAI.get(number_format_id, number_format_id), "General")
