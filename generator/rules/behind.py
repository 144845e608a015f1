"""What a text says behind a figure that it names: the figure's own unit, another one, or none."""

from __future__ import annotations

from dataclasses import dataclass

from generator import unit_words
from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.model import NO_RATIO, Figure
from generator.patterns import lazy
from generator.unit_words import Unit

_TAG = r"\{\{\s*[^\W\d]\w*\s*\}\}"
# Several numbers with one unit behind the last: 甲、乙和丙万元; 从甲增至乙万元.
_NEXT = lazy(
    r"\s*(?:[、/／~～\-－—–]|和|与|及|以及|至|到|或"
    r"|(?:增加|增长|增|提高|上升|升|减少|减|下降|降|调整|压减|压缩)(?:到|至|为))了?\s*"
    rf"(?:{_TAG}|\d[\d.,]*)"
)
_IN_BRACKETS = lazy(r"\s*[（(](?:单位[：:])?([^（）()]{1,12})[)）]")
_BEFORE = lazy(
    r"[（(](?:单位[：:])?([^（）()]{1,12})[)）][^\w（）()]{0,3}(?:合计|共计|分别|共|约)?[为是]?\s*$"
)
_FOR_ALL = lazy(r"单位[：:]\s*(\S{1,6})")
# Directly behind a count these leave it without a unit; a word would go on with what is counted.
_END = lazy(r"[ \t\u3000]*(?:$|[\n，,。.；;、：:！!？?）)】」』”’》〉…—·{｛])")
# What is dated or aged needs no unit to be understood.
_TIME = frozenset({"年", "月", "日", "号", "年度", "时", "点"})
_REACH = 60  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Printed:
    """How a figure is printed in a text: its text, and how many characters behind the tag go."""

    text: str
    swallowed: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A figure named in a text, between what stands before and behind it."""

    text: Figure  # the text that names it
    figure: Figure
    before: str
    after: str
    alone: bool = False  # the unit stands in a cell of its own

    def printed(self) -> Printed:
        """The figure's text, with a doubled unit once; a contradiction and a missing unit are told."""
        text = self.figure.text
        own, carried = _own(self.figure)
        typed = self._unit_at(0)
        if own is None:
            return Printed(text)
        if typed is None:
            return self._without(own, carried)
        if self._doubled(own, typed, carried):
            return self._once(own, typed, carried)
        match unit_words.compare(own, typed):
            case "same":
                return Printed(text)
            case "points":
                return Printed(text[:-carried] if carried else text)  # 2.3个百分点, not 2.3%个百分点
            case "contradiction":
                return self._told("text.wrong-unit", typed.length, carried)
            case "magnitude":
                return self._told("text.other-magnitude", typed.length, carried)
            case "unknown":
                return self._without(own, carried)

    def _doubled(self, own: Unit, typed: Unit, carried: int) -> bool:
        """Whether what stands behind the figure says once more what its text ends with."""
        if own.kind == "bare" and carried:
            return True
        if own.kind != "count" or not carried:
            ends = carried or self.figure.text == NO_RATIO
            return bool(ends) and unit_words.compare(own, typed) == "same"
        alike = own.kind == typed.kind and own.base == typed.base
        return alike and (own.power == typed.power or (not typed.power and not self._about(typed)))

    def _once(self, own: Unit, typed: Unit, carried: int) -> Printed:
        """The unit in its fuller spelling."""
        text = self.figure.text
        if own.kind == "bare" and typed.power != own.power:
            return Printed(text)  # 5.3万 goes on with 元 or 条
        if own.kind == "bare" or self._about(typed):
            return Printed(text[:-carried])  # 5.3万 and 万元; 47万条 and 万余条
        return Printed(text, typed.length)

    def _about(self, typed: Unit) -> bool:
        return bool(set("余多来").intersection(self.after[: typed.length]))

    def _without(self, own: Unit, carried: int) -> Printed:
        """No unit stands behind the figure."""
        if carried or not self._needs_unit(own):
            return Printed(self.figure.text)
        return self._told("text.no-unit", 0, carried)

    def _unit_at(self, at: int) -> Unit | None:
        """The unit that stands there; the figure's own also when it is none that we know."""
        there = self.after[at : at + _REACH]
        unit, own = unit_words.read(there), self.figure.unit.strip()
        if unit is None and own and there.lstrip().startswith(own):
            return unit_words.named(own)
        return unit

    def _needs_unit(self, own: Unit) -> bool:
        """Money always has one; a count only where no word goes on with what is counted."""
        figure = self.figure
        if self.alone or not isinstance(figure.value, Interval) or figure.unit in _TIME:
            return False
        if own.kind in ("count", "points") and not _END.match(self.after):
            return False
        return not any(
            unit_words.compare(own, unit) == "same" and (own.kind != "count" or own.base == unit.base)
            for unit in self._elsewhere()
        )

    def _elsewhere(self) -> list[Unit]:
        """Units that hold here too: in brackets, for the whole text, behind the last of several numbers."""
        behind, before = _IN_BRACKETS.match(self.after), _BEFORE.search(self.before)
        words = [match[1] for match in (behind, before, _FOR_ALL.search(self.text.text)) if match]
        found = [unit_words.read(word) for word in words]
        found += [unit_words.named(word) for word in words if word == self.figure.unit]
        following = _NEXT.match(self.after)
        while following is not None:
            unit = self._unit_at(following.end())
            found.append(unit)
            following = _NEXT.match(self.after, following.end()) if unit is None else None
        return [unit for unit in found if unit is not None]

    def _told(self, code: str, length: int, carried: int) -> Printed:
        """The figure as it is, with a finding; ``length`` is how much behind the tag is typed as a unit."""
        figure, tag, behind = self.figure, "{{" + self.figure.name + "}}", self.after[:length]
        unit = figure.text[-carried:].strip() if carried else figure.unit
        told = finding(
            code,
            self.text.at,
            self.text.name,
            tag + behind,
            name=figure.name,
            unit=unit,
            typed=behind.strip(),
            text=figure.text,
            shown=figure.text + behind,
            instead=tag if carried else tag + unit,
        )
        return Printed(figure.text, 0, (told,))


def _own(figure: Figure) -> tuple[Unit | None, int]:
    """The unit of a figure, and how many characters of its text print it already."""
    if not figure.text:
        return None, 0
    unit = unit_words.named(figure.unit)
    if isinstance(figure.value, str):
        # A text of the unit's own may say another unit than its cell; what is printed counts.
        said = unit_words.at_end(figure.text)
        return (said, said.length) if said is not None else (unit, 0)
    said = unit_words.at_end(figure.text)
    same = unit is not None and said is not None and unit_words.compare(unit, said) == "same"
    return unit, said.length if said is not None and same else 0
