"""Values in a template: how they print, compare and count as empty.

Marks of our own travel through the rendered XML as Unicode noncharacters, which no text may contain.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.amounts import Interval
from generator.formula import Underived, Value
from generator.model import Figure

LINE = "\ufdd0"  # a new paragraph starts here
KEY_START, KEY_END = "\ufdd1", "\ufdd2"  # around the key of a cell that merges downwards
# Around a printed value when it is to be found again: start, its number, middle, the value, end.
TRACE_START, TRACE_MIDDLE, TRACE_END = "\ufdd3", "\ufdd4", "\ufdd5"
TRACE = re.compile(f"{TRACE_START}([^{TRACE_MIDDLE}]*){TRACE_MIDDLE}|({TRACE_END})")

# What XML 1.0 cannot hold, and our own marks.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdd5\ufffe\uffff]")
# What a draft prints for a missing value; it is highlighted wherever it stands.
PENDING = re.compile("【待填：[^】]*】")
_RETURNS = re.compile(r"_x000[dD]_|\r\n?")


class Printed:
    """A figure in a template: prints its text, is false when blank or zero, compares as a number.

    ``origin`` is what it was made from: a figure, a score, or what else the explanations know.
    """

    __slots__ = ("_text", "_value", "origin")

    def __init__(self, value: Value, text: str, origin: object = None) -> None:
        self._value = value
        self._text = text
        self.origin = origin

    @classmethod
    def of(cls, figure: Figure) -> Printed:
        """A figure as it stands in a template; what could not be derived is to be filled in (drafts)."""
        if isinstance(figure.value, Underived):
            return cls(None, figure.text, figure) if figure.text else cls.pending(figure.name)
        return cls(figure.value, figure.text, figure)

    @classmethod
    def pending(cls, name: str) -> Printed:
        """The place of a value that is missing; only a draft prints it."""
        text = f"【待填：{name}】"
        return cls(text, text)

    @classmethod
    def number(cls, number: Decimal, text: str, origin: object = None) -> Printed:
        """A number that is no figure: points, totals."""
        return cls(Interval.exact(number), text, origin)

    def __str__(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        if isinstance(self._value, Interval):
            return self._value.value != 0
        return bool(self._text) if isinstance(self._value, str) else self._value is True

    def comparable(self) -> Any:
        """What the value is compared by: its number, text or truth."""
        return self._value.value if isinstance(self._value, Interval) else self._value

    @property
    def filled(self) -> bool:
        """Whether the unit filled it in, be it with zero; a ratio without a value it did not."""
        return self._text != "" and self._value is not None

    def __eq__(self, other: object) -> bool:
        return bool(self.comparable() == _plain(other))

    def __hash__(self) -> int:
        return hash(self.comparable())

    def __lt__(self, other: object) -> bool:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compared(other, operator.ge)

    def _compared(self, other: object, compare: Callable[[Any, Any], bool]) -> bool:
        """What has no value is neither more nor less than anything."""
        if self._absent or (isinstance(other, Printed) and other._absent):
            return False
        return bool(compare(self.comparable(), _plain(other)))

    @property
    def _absent(self) -> bool:
        """A blank, what does not apply, and in a draft what is still to be filled in."""
        return self._value is None or PENDING.fullmatch(self._text) is not None


def _plain(other: object) -> Any:
    return other.comparable() if isinstance(other, Printed) else other


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """A value as it may stand in the XML: forbidden characters out, line ends as marks."""
    lines = _FORBIDDEN.sub("", _RETURNS.sub("\n", text)).replace("\t", " ")
    return lines.replace("\n", LINE)
