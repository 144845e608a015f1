"""A format code taken apart: sections, and the tokens of each. One pass, no backtracking."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

Token = tuple[str, str]  # what it is, and its text

_LONGEST = 1000  # Excel takes 255 characters
_GENERAL = ("general", "g/通用格式")
_CLOCKS = ("am/pm", "a/p", "上午/下午")
_SIGNS = {".": "point", ",": "comma", "%": "percent", "@": "text", "/": "slash"}
_DATE_KINDS = frozenset({"year", "era", "month", "weekday", "day"})
_TIME_KINDS = frozenset({"hour", "minute", "second", "elapsed", "clock"})
_LETTERS = {"y": "year", "e": "year", "b": "year", "g": "era", "m": "month", "d": "day", "h": "hour"} | {
    "s": "second"
}
_OPERATORS = (">=", "<=", "<>", ">", "<", "=")


class Section:
    """One section of a code: its tokens, and when it applies."""

    __slots__ = ("condition", "date", "dbnum", "locale", "time", "tokens")

    def __init__(self, scanned: list[Token]) -> None:
        self.condition: tuple[str, Decimal] | None = None
        self.dbnum, self.locale = "", ""
        tokens = []
        for kind, text in scanned:
            if kind == "condition":
                self.condition = self.condition or _condition(text)
            elif kind == "dbnum":
                self.dbnum = text
            elif kind == "money":
                symbol, _, locale = text.partition("-")
                self.locale = locale.lower() or self.locale
                tokens.append(("literal", symbol))
            elif kind != "skip":
                tokens.append((kind, text))
        self.tokens = _system(self.locale) or tokens
        if self.dbnum and not self.tokens:
            self.tokens = [("general", "")]
        _mark_minutes(self.tokens)
        kinds = {kind for kind, _ in self.tokens}
        self.date = bool(kinds & _DATE_KINDS)
        self.time = bool(kinds & _TIME_KINDS) and not self.date
        if self.date or self.time:
            self.tokens = _fractions_of_seconds(self.tokens)

    def has(self, kind: str) -> bool:
        """Whether a token of this kind is in the section."""
        return any(token[0] == kind for token in self.tokens)

    def takes(self, value: Decimal) -> bool:
        """Whether the section's own condition holds; without one it always does."""
        return self.condition is None or _holds(*self.condition, value)

    @property
    def chinese(self) -> bool:
        """Whether names of months and days are asked for in Chinese."""
        return self.taiwan or self.locale.startswith("zh") or self.locale.endswith("804")

    @property
    def taiwan(self) -> bool:
        """Whether years count from 1912."""
        return self.locale.startswith("zh-tw") or self.locale.endswith("404")


class Code:
    """A whole format code."""

    __slots__ = ("numbers", "text")

    def __init__(self, sections: list[Section]) -> None:
        self.text: Section | None = None
        if len(sections) > 3:
            self.text, sections = sections[3], sections[:3]
        elif sections[-1].has("text"):
            self.text = sections.pop()
        self.numbers = sections

    def section(self, value: Decimal) -> tuple[Section | None, bool]:
        """The section for a number, and whether it shows the minus sign itself; None: nothing fits."""
        count = len(self.numbers)
        for place, section in enumerate(self.numbers):
            if section.condition is not None:
                fits = section.takes(value)
            elif place == 0 and count > 1:
                fits = value > 0 or (value == 0 and count == 2)
            else:
                fits = count < 3 or place == 2 or value < 0
            if fits:
                return section, not self._reached_by_positive(place)
        return None, False

    def positive(self) -> Section | None:
        """The first section that more than one positive number comes to."""
        for place, section in enumerate(self.numbers):
            if not (section.condition and section.condition[0] == "=") and self._reached_by_positive(place):
                return section
        return None

    def _reached_by_positive(self, place: int) -> bool:
        own = self.numbers[place].condition
        if own is not None and own[1] <= 0 and own[0] in ("<", "<=", "="):
            return False
        if own is None and place == 1 and len(self.numbers) == 3:
            return False
        return not any(_takes_all_positive(section) for section in self.numbers[:place])


def _takes_all_positive(section: Section) -> bool:
    if section.condition is None:
        return True
    operator, limit = section.condition
    return operator in (">", ">=", "<>") and limit <= 0


@lru_cache(maxsize=512)
def parse(code: str) -> Code:
    """The sections of a code."""
    if not code or len(code) > _LONGEST:
        code = "General"
    parts: list[list[Token]] = [[]]
    at = 0
    while at < len(code):
        if code[at] == ";":
            parts.append([])
            at += 1
            continue
        token, at = _token(code, at)
        parts[-1].append(token)
    return Code([Section(part) for part in parts])


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
    if sign in "0#?":
        return ("digit", sign), at + 1
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


def _condition(text: str) -> tuple[str, Decimal] | None:
    operator = next(each for each in _OPERATORS if text.startswith(each))
    try:
        limit = Decimal(text[len(operator) :].strip())
    except InvalidOperation:
        return None
    return (operator, limit) if limit.is_finite() else None


def _holds(operator: str, limit: Decimal, value: Decimal) -> bool:
    if value == limit:
        return operator in (">=", "<=", "=")
    return operator == "<>" or operator[0] == ("<" if value < limit else ">")


def _system(locale: str) -> list[Token]:
    """The tokens of the system's own long date or time, which stand for whatever else the section says."""
    if locale in ("f800", "x-sysdate"):
        return [
            ("year", "yyyy"),
            ("literal", "年"),
            ("month", "m"),
            ("literal", "月"),
            ("day", "d"),
            ("literal", "日"),
        ]
    if locale in ("f400", "x-systime"):
        return [("hour", "h"), ("literal", ":"), ("month", "mm"), ("literal", ":"), ("second", "ss")]
    return []


def _mark_minutes(tokens: list[Token]) -> None:
    """``m`` and ``mm`` next after hours or before seconds are minutes."""
    places = [at for at, (kind, _) in enumerate(tokens) if kind in _DATE_KINDS | _TIME_KINDS - {"clock"}]
    for order, at in enumerate(places):
        kind, text = tokens[at]
        if kind != "month" or len(text) > 2:
            continue
        before = tokens[places[order - 1]] if order else ("", "")
        after = tokens[places[order + 1]] if order + 1 < len(places) else ("", "")
        if before[0] == "hour" or before[1][:1] == "h" or after[0] == "second" or after == ("elapsed", "s"):
            tokens[at] = ("minute", text)


def _fractions_of_seconds(tokens: list[Token]) -> list[Token]:
    """In a date or time ``.000`` is a fraction of a second, and every other sign of numbers plain text."""
    found: list[Token] = []
    for kind, text in tokens:
        if kind == "digit" and text == "0" and found and found[-1][0] in ("point", "fraction"):
            found[-1] = ("fraction", found[-1][1] + text)
        else:
            found.append((kind, text))
    plain = ("point", "digit", "comma", "percent", "slash", "number")
    return [("literal", text) if kind in plain else (kind, text) for kind, text in found]
