"""A format code taken apart: its sections, and which of them shows a value."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from generator.workbook.number_format.scan import Token, scan

_LONGEST = 1000  # Excel takes 255 characters
_DATE_KINDS = frozenset({"year", "era", "month", "weekday", "day"})
_TIME_KINDS = frozenset({"hour", "minute", "second", "elapsed", "clock"})
_LONG_DATE, _LONG_TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"
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
                tokens += [("literal", symbol)] if symbol else []
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
            if section.condition is not None and place < 2:
                fits = _holds(*section.condition, value)
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
    return Code([Section(part) for part in scan(code)])


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
    """The system's own long date or time, which stands for whatever else the section says."""
    own = {"f800": _LONG_DATE, "x-sysdate": _LONG_DATE, "f400": _LONG_TIME, "x-systime": _LONG_TIME}
    return scan(own[locale])[0] if locale in own else []


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
