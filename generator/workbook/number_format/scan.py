"""A format code as tokens: one pass over its signs, no backtracking."""

from __future__ import annotations

Token = tuple[str, str]  # what it is, and its text

_GENERAL = ("general", "g/通用格式")
_CLOCKS = ("am/pm", "a/p", "上午/下午")
_SIGNS = {".": "point", ",": "comma", "%": "percent", "@": "text", "/": "slash"}
_SIGNS |= {"0": "digit", "#": "digit", "?": "digit"}
_LETTERS = {"y": "year", "e": "year", "b": "year", "g": "era", "m": "month", "d": "day"}
_LETTERS |= {"h": "hour", "s": "second"}


def scan(code: str) -> list[list[Token]]:
    """The tokens of each section."""
    parts: list[list[Token]] = [[]]
    at = 0
    while at < len(code):
        if code[at] == ";":
            parts.append([])
            at += 1
            continue
        token, at = _token(code, at)
        parts[-1].append(token)
    return parts


def _token(code: str, at: int) -> tuple[Token, int]:
    sign = code[at]
    if sign == '"':
        end = code.find('"', at + 1)
        end = len(code) if end < 0 else end
        return ("literal", code[at + 1 : end]), end + 1
    if sign in "\\!":
        return ("literal", code[at + 1 : at + 2]), at + 2
    if sign == "_":
        return ("pad", " "), at + 2
    if sign == "*":
        return ("skip", ""), at + 2
    if sign == "[":
        end = code.find("]", at)
        if end < 0:
            return ("literal", code[at:]), len(code)
        return _bracket(code[at + 1 : end]), end + 1
    if sign in _SIGNS:
        return (_SIGNS[sign], sign), at + 1
    return _word(code, at)


def _word(code: str, at: int) -> tuple[Token, int]:
    ahead = code[at : at + 8].lower()
    for word in _GENERAL:
        if ahead.startswith(word):
            return ("general", ""), at + len(word)
    for word in _CLOCKS:
        if ahead.startswith(word):
            return ("clock", code[at : at + len(word)]), at + len(word)
    letter = ahead[0]
    if letter == "e" and ahead[1:2] in ("+", "-"):
        return ("exponent", ahead[1]), at + 2
    end = at + 1
    if letter in "123456789":
        while end < len(code) and code[end] in "0123456789":
            end += 1
        return ("number", code[at:end]), end
    while end < len(code) and code[end].lower() == letter:
        end += 1
    if letter == "a" and end - at > 2:
        return ("weekday", ahead[0] * (end - at)), end
    if letter in _LETTERS:
        return (_LETTERS[letter], letter * (end - at)), end
    return ("literal", code[at]), at + 1


def _bracket(body: str) -> Token:
    low = body.lower()
    if low[:1] == "$":
        return ("money", body[1:])
    if low[:1] in ("<", ">", "="):
        return ("condition", low)
    if low[:5] == "dbnum" and low[5:] in ("1", "2", "3"):
        return ("dbnum", low[5:])
    if low and low[0] in "hms" and low == low[0] * len(low):
        return ("elapsed", low)
    return ("skip", "")  # a colour
