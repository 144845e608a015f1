"""Braces in the unit's texts: ``{{名称}}``, what was probably meant as one, and what is none.

A brace that clearly is no reference stays text: ``{一}``, ``集合{1,2}``, a snippet of mathematics or JSON.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.findings import closest
from generator.patterns import lazy

_WIDE = str.maketrans("｛｝﹛﹜", "{}{}")
_WIDE_SIGNS = frozenset(map(chr, _WIDE))
# Zero-width signs, marks of direction, soft hyphens: nobody sees them, and copying brings them along.
_INVISIBLE = lazy("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_BLANKS = r"[ \t\u3000]"
_NAME = lazy(r"[^\W\d]\w*")
_PART = lazy(
    # program code, which people copy from templates
    r"(?P<code>\{[%％][^\n]{0,300}?[%％]\}|\{\#[^\n]{0,300}?\#\}"
    rf"|\{{[%％][-+]?{_BLANKS}*(?:if|elif|else|endif|for|endfor|set|include|macro|block|with)\b)"
    # one, two or more opening braces, what is inside, and whatever closes it
    rf"|(?P<open>\{{\{{+|\{{{_BLANKS}+\{{(?!\{{)|\{{)(?P<inner>[^{{}}]*)"
    rf"(?P<close>\}}\}}+|\}}{_BLANKS}+\}}(?!\}})|\}})?"
    r"|(?P<stray>\}\}+)"
)
_OPERATOR = lazy(r"[-+*/×÷%％^|.()（）<>=!~&＋－＊／]")
_FORMULA = lazy(r"[\w\s.×÷＋－＊／%％|()（）*/+-]+")
_LIST = lazy(r"[,，、:：;；]")
_WITH_UNIT = lazy(r"([^\W\d]\w*)\s*[（(][^（）()]+[)）]")
_LONGEST = 30  # no name is longer
# Two names of three letters and more are close when so much of them is the same.
_CLOSE, _LEAST = 0.75, 3


@dataclass(frozen=True, slots=True)
class Reference:
    """A piece of a text: a tag for ``name``, or a fault with its ``code`` and what was probably meant."""

    start: int
    end: int
    name: str = ""
    code: str = ""
    meant: str = ""


def references(text: str, names: Collection[str]) -> Iterator[Reference]:
    """Every tag of a text and everything that was probably meant as one, in order."""
    seen, places = visible(text)
    scanner = _Scanner(seen, _finder(names))
    for found in scanner.all():
        yield Reference(places[found.start], places[found.end - 1] + 1, found.name, found.code, found.meant)


def visible(text: str) -> tuple[str, Sequence[int]]:
    """The text without invisible signs, and where each of its signs stands in the text itself."""
    if not _INVISIBLE.search(text):
        return text, range(len(text) + 1)
    places = [at for at, sign in enumerate(text) if not _INVISIBLE.match(sign)]
    return "".join(text[at] for at in places), [*places, len(text)]


def holds_tag(text: str) -> bool:
    """Whether a text names others, or tries to."""
    return "{{" in _narrow(visible(text)[0])


def _narrow(text: str) -> str:
    """Full-width braces as half-width ones; most texts have none."""
    return text if _WIDE_SIGNS.isdisjoint(text) else text.translate(_WIDE)


def resolve(name: str, names: Collection[str]) -> str:
    """The known name for one that is written in full width; else the name itself."""
    plain = unicodedata.normalize("NFKC", name)
    return plain if name not in names and plain in names else name


@dataclass(frozen=True, slots=True)
class _Known:
    """Which names there are."""

    names: Collection[str]
    near: Callable[[str], str]  # the known name that a word is, or nearly is; "" for none

    def exact(self, word: str) -> str:
        return word if word in self.names else ""

    def first(self, word: str) -> str:
        """The longest known name that a word begins with, for there are no spaces between words."""
        lengths = range(min(len(word), _LONGEST), 1, -1)
        return next((word[:length] for length in lengths if word[:length] in self.names), "")

    def last(self, word: str) -> str:
        """The longest known name that a word ends with."""
        lengths = range(min(len(word), _LONGEST), 1, -1)
        return next((word[-length:] for length in lengths if word[-length:] in self.names), "")


def _finder(names: Collection[str]) -> _Known:
    @lru_cache(maxsize=1024)
    def near(word: str) -> str:
        plain = resolve(word, names)
        if plain in names:
            return plain
        if not _LEAST <= len(word) <= _LONGEST:
            return ""
        return closest(word, [each for each in names if len(each) >= _LEAST], _CLOSE) or ""

    return _Known(names, near)


class _Scanner:
    """Reads one text, in which nothing is invisible."""

    def __init__(self, text: str, known: _Known) -> None:
        self._text = text
        self._narrow = _narrow(text)  # as long as the text itself
        self._known = known

    def all(self) -> Iterator[Reference]:
        for match in _PART.finditer(self._narrow):
            if match["code"]:
                yield Reference(match.start(), match.end(), code="text.program-code")
                continue
            found = self._stray(match) if match["stray"] else self._group(match)
            if found is not None:
                yield found

    def _group(self, match: re.Match[str]) -> Reference | None:
        opened, inner, closed = match["open"], match["inner"], match["close"] or ""
        word = inner.strip()
        doubled = opened.startswith("{{") and closed.startswith("}}")
        if _NAME.fullmatch(word):
            ends = self._text[match.start("close") : match.start("close") + 2] if doubled else ""
            if opened == self._text[match.start() : match.end("open")] == "{{" and ends == "}}":
                return Reference(match.start(), match.start("close") + 2, name=word)
            return self._named(match, word, doubled)
        if doubled:
            return self._doubled(match, word)
        if closed:
            return self._single(match, word) or self._unclosed(match)
        return self._unclosed(match)

    def _named(self, match: re.Match[str], word: str, doubled: bool) -> Reference | None:
        """One word in braces that are no tag: too few, too many, too wide or apart."""
        likely = self._known.near(word)
        if likely or doubled:
            return _near(match, likely or word)
        return self._unclosed(match)

    def _doubled(self, match: re.Match[str], word: str) -> Reference | None:
        """Two braces on both sides around something that is no name."""
        together = "".join(word.split())
        if not word or _NAME.fullmatch(together):
            return _near(match, self._known.near(together) or together)
        named = [each for each in _NAME.findall(word) if self._known.exact(each)]
        if _LIST.search(word) and (not named or word[0] in "\"'“‘"):
            return None  # a set of sets, JSON
        with_unit = _WITH_UNIT.fullmatch(word)
        if with_unit is not None and self._known.exact(with_unit[1]):
            return _near(match, with_unit[1])
        if _OPERATOR.search(word):
            return Reference(match.start(), match.end(), code="text.expression", meant=" ".join(word.split()))
        if named or _NAME.search(word):
            return _near(match, named[0] if named else "")
        return None

    def _single(self, match: re.Match[str], word: str) -> Reference | None:
        """Something else than one word between braces that do not make a tag: only known names tell."""
        together = "".join(word.split())
        if self._known.exact(together):
            return _near(match, together)
        known = any(self._known.exact(each) for each in _NAME.findall(word))
        if known and _FORMULA.fullmatch(word) and _OPERATOR.search(word):
            return Reference(match.start(), match.end(), code="text.expression", meant=" ".join(word.split()))
        return None

    def _unclosed(self, match: re.Match[str]) -> Reference | None:
        """Two opening braces that nothing, or one brace only, closes."""
        if not match["open"].startswith("{{"):
            return None
        lead = _NAME.match(match["inner"].lstrip())
        if lead is None:
            return None
        name = self._known.first(lead[0]) or self._known.near(lead[0])
        whole = lead[0] == match["inner"].strip()
        if not name and not _is_chinese(lead[0]):
            return None
        if not name and match["close"] and (not whole or self._narrow[match.end() :][:1] == ","):
            return None  # a set of sets
        name = name or lead[0]
        if whole and match["close"]:
            return _near(match, name)
        start = match.start("inner") + match["inner"].index(lead[0])
        length = len(name) if lead[0].startswith(name) else len(lead[0])
        return Reference(match.start(), start + length, code="text.near-reference", meant=name)

    def _stray(self, match: re.Match[str]) -> Reference | None:
        """Two closing braces that nothing opened, behind a name."""
        before = self._narrow[max(0, match.start() - _LONGEST - 8) : match.start()].rstrip()
        name = self._known.last(before)
        if not name:
            return None
        start = self._narrow.rindex(name, 0, match.start())
        return Reference(start, match.end(), code="text.near-reference", meant=name)


def _near(match: re.Match[str], meant: str) -> Reference:
    return Reference(match.start(), match.end(), code="text.near-reference", meant=meant)


def _is_chinese(word: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in word)
