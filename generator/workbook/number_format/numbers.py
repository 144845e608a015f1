"""Numbers as a section shows them: digit places, thousands, percent, scientific, fractions, General."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from generator.workbook.number_format.codes import Section
from generator.workbook.number_format.scan import Token

# A stored number has 15 significant digits; what is beyond them is noise of binary floats.
_STORED = Context(prec=15, rounding=ROUND_HALF_UP)
# The largest number of a workbook has 309 digits, and a code has at most a thousand places.
_WIDE = Context(prec=2500, rounding=ROUND_HALF_UP)
_LARGEST_EXPONENT = 308
_GENERAL_WIDTH = 11  # what General shows at most of a number, its point included
_FILLED = ("digit", "comma", "exponent")
_PAD = {"0": "0", "?": " ", "#": ""}


def stored(value: Decimal) -> Decimal:
    """The number that the workbook holds: 15 digits; 0 for what is too small to be held."""
    if value.adjusted() < -_LARGEST_EXPONENT:
        return Decimal(0)
    return _STORED.plus(value)


def fits(value: Decimal) -> bool:
    """Whether a workbook can hold the number at all."""
    return value.is_finite() and (not value or value.adjusted() <= _LARGEST_EXPONENT)


def general(value: Decimal) -> str:
    """The number as a wide cell with the format General shows it."""
    value = _STORED.plus(value)
    size = value.adjusted()
    if value == 0:
        return "0"
    if 2 - _GENERAL_WIDTH <= size < _GENERAL_WIDTH:
        places = max(0, _GENERAL_WIDTH - 2 - max(size, 0))
        rounded = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
        if rounded.adjusted() < _GENERAL_WIDTH and (size >= -4 or rounded == value):
            return _plain(rounded)
    digits = Context(prec=6, rounding=ROUND_HALF_UP).plus(value)
    size = digits.adjusted()
    return f"{_plain(digits.scaleb(-size))}E{'-' if size < 0 else '+'}{abs(size):02d}"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _slash(tokens: list[Token]) -> int:
    """The slash between places of digits; -1 where there is none, or a point or an exponent beside it."""
    kinds = [kind for kind, _ in tokens]
    if "slash" not in kinds or "point" in kinds or "exponent" in kinds:
        return -1
    for at in range(1, len(kinds) - 1):
        if kinds[at] == "slash" and kinds[at - 1] == "digit" and kinds[at + 1] in ("digit", "number"):
            return at
    return -1


class Layout:
    """Where a section has its digits; numbers are places in its tokens."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.tokens = section.tokens
        self.before: list[int] = []
        self.after: list[int] = []
        self.power: list[int] = []
        self.exponent, self.point, self.slash = -1, -1, _slash(section.tokens)
        self.percents, self.scaled = 0, 0
        self.thousands = False
        self._find()
        self.quantum = Decimal(1).scaleb(-len(self.after))
        self.general = [at for at, (kind, _) in enumerate(self.tokens) if kind == "general"]
        self.plain = ["" if kind in _FILLED else text for kind, text in self.tokens]

    def _find(self) -> None:
        slots, commas, last = self.before, 0, ""
        for at, (kind, _) in enumerate(self.tokens):
            if kind == "digit":
                self.thousands |= commas > 0 and slots is self.before
                commas = 0
                slots.append(at)
            elif kind == "comma" and last in ("digit", "comma", "point") and self.before + self.after:
                commas += 1
            elif kind == "point" and slots is self.before:
                self.scaled += commas
                self.point, slots, commas = at, self.after, 0
            elif kind == "exponent" and self.exponent < 0 and self.before + self.after:
                self.exponent, slots = at, self.power
            elif kind == "percent":
                self.percents += 1
            last = kind
        self.scaled += commas

    def show(self, number: Decimal) -> tuple[list[str], bool]:
        """The texts of all tokens for a number without sign, and whether it shows as zero or not at all."""
        texts = self.plain.copy()
        shift = 2 * self.percents - 3 * self.scaled
        value = number.scaleb(shift, context=_WIDE) if shift else number
        if self.slash >= 0:
            from generator.workbook.number_format.ratios import show_ratio

            zero = show_ratio(self.tokens, self.slash, value, texts)
        elif self.exponent >= 0:
            zero = self._scientific(texts, value)
        else:
            zero = self._decimal(texts, value)
        for at in self.general:
            texts[at], zero = general(number), False
        if self.section.dbnum:
            self._in_chinese(texts, number)
        return texts, zero

    def _in_chinese(self, texts: list[str], number: Decimal) -> None:
        from generator.workbook.number_format.chinese import by_digit, counted

        for at, (kind, _) in enumerate(self.tokens):
            if kind == "general":
                # What General would show as 1.23E+14 has no reading; all its digits have.
                text = _plain(number) if "E" in texts[at] else texts[at]
                texts[at] = counted(text, self.section.dbnum)
            elif kind in _FILLED:
                texts[at] = by_digit(texts[at], self.section.dbnum)

    def _decimal(self, texts: list[str], value: Decimal) -> bool:
        rounded = value.quantize(self.quantum, context=_WIDE)
        whole, _, places = format(rounded, "f").partition(".")
        if self.before or self.after:
            digits = whole.lstrip("0")
            if self.before:
                self._fill_whole(texts, self.before, digits)
            else:
                texts[self.point] = digits + texts[self.point]
            self._fill_places(texts, places)
        return rounded == 0 or not (self.before or self.after)

    def _fill_whole(self, texts: list[str], slots: list[int], digits: str) -> None:
        """Digits from the right; the leftmost slot takes all that are left."""
        missing = len(slots) - len(digits)
        signs = [_PAD[self.tokens[at][1]] for at in slots[: max(0, missing)]] + list(digits)
        if self.thousands and slots is self.before:
            for place in range(len(signs) - 4, -1, -3):
                signs[place] += {"": "", " ": " "}.get(signs[place], ",")
        more = max(0, -missing)
        texts[slots[0]] = "".join(signs[: more + 1])
        for at, sign in zip(slots[1:], signs[more + 1 :], strict=True):
            texts[at] = sign

    def _fill_places(self, texts: list[str], places: str) -> None:
        shown = len(places.rstrip("0"))
        for order, at in enumerate(self.after):
            if self.tokens[at][1] == "0":
                shown = max(shown, order + 1)
        for order, at in enumerate(self.after):
            texts[at] = places[order] if order < shown else _PAD[self.tokens[at][1]]

    def _scientific(self, texts: list[str], value: Decimal) -> bool:
        width = max(1, len(self.before))
        power = 0 if value == 0 else value.adjusted() // width * width
        if value.scaleb(-power).quantize(self.quantum, context=_WIDE).adjusted() >= width:
            power += width
        zero = self._decimal(texts, value.scaleb(-power))
        sign = "-" if power < 0 else "+" if self.tokens[self.exponent][1] == "+" else ""
        texts[self.exponent] = f"E{sign}"
        if self.power:
            self._fill_whole(texts, self.power, str(abs(power)))
        return zero


@lru_cache(maxsize=512)
def layout(section: Section) -> Layout:
    """The layout of a section."""
    return Layout(section)
