"""Texts of cells as the XML holds them: plain or rich, with escapes, notes in superscript and struck-out
parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from generator.patterns import lazy
from generator.workbook.parts import TooLargeError, is_on

MAX_STRINGS = 400_000  # a filled-in workbook has some hundreds

# ``_x000D_`` stands for a sign that XML cannot hold; ``_x005F_`` for the underscore of a text that looks
# like that.
_ESCAPE = lazy("_x([0-9A-Fa-f]{4})_")
_RAISED = str.maketrans("0123456789０１２３４５６７８９+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2 + "⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789０１２３４５６７８９+-()", "₀₁₂₃₄₅₆₇₈₉" * 2 + "₊₋₍₎")
_PLACES = {"superscript": _RAISED, "subscript": _LOWERED}
_WORDS = lazy("[\u4e00-\u9fff]")  # a raised 注1 is a word, and no number with it


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a rich text. ``struck``: struck out; ``place``: ``superscript``, ``subscript`` or another;
    None where the part has no font of its own and looks as the cell's font says."""

    text: str
    struck: bool | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """A text as a person reads it. ``left_out``: the struck-out part, which it lacks; ``struck``: all of it
    is struck out, and it is read as it stands."""

    text: str
    left_out: str = ""
    struck: bool = False


Runs = tuple[Run, ...]


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as the signs that they stand for; half a sign becomes �."""
    if "_x" not in text:
        return text
    signs = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def runs_of(element: Element, namespace: str) -> Runs | str:
    """The parts of an ``si`` or ``is`` element, without its phonetic reading; a plain one as it is."""
    if len(element) == 1 and element[0].tag == f"{namespace}t":
        return unescaped(element[0].text or "")
    runs: list[Run] = []
    for child in element:
        if child.tag == f"{namespace}t":
            runs.append(Run(unescaped(child.text or "")))
        elif child.tag == f"{namespace}r":
            text = "".join(unescaped(t.text or "") for t in child.findall(f"{namespace}t"))
            runs.append(_run(text, child.find(f"{namespace}rPr"), namespace))
    return tuple(runs)


def _run(text: str, properties: Element | None, namespace: str) -> Run:
    if properties is None:
        return Run(text)
    strike = properties.find(f"{namespace}strike")
    place = properties.find(f"{namespace}vertAlign")
    struck = strike is not None and is_on(strike.get("val", "1"))
    return Run(text, struck, place.get("val", "") if place is not None else "")


def rich_text(runs: Runs, struck: bool = False, place: str = "") -> RichText:
    """The text that runs make in a cell whose own font is ``struck`` out or raised (``place``).

    A superscript 2 becomes ², so that m² stays what it is and a note mark at a number is no digit of it; a
    cell that is raised as a whole stays as it is.
    """
    if all(run.struck is None for run in runs):
        return RichText("".join(run.text for run in runs), struck=struck)
    kept, left_out = "", ""
    for run in runs:
        text = _placed(run.text, place if run.place is None else run.place)
        if struck if run.struck is None else run.struck:
            left_out += text
        else:
            kept += text
    return RichText(kept, left_out) if kept.strip() else RichText(kept + left_out, struck=bool(left_out))


def _placed(text: str, place: str) -> str:
    table = _PLACES.get(place)
    return text if table is None or _WORDS.search(text) else text.translate(table)


def shared_strings(items: Iterable[Element]) -> list[Runs | str]:
    """All shared strings of a workbook, ``si`` by ``si``; plain ones as they are, to save memory. Raises
    TooLargeError for more of them than any form's cells can show."""
    found: list[Runs | str] = []
    for item in items:
        runs = runs_of(item, namespace_of(item))
        rich = not isinstance(runs, str) and any(run.struck is not None for run in runs)
        found.append(runs if rich or isinstance(runs, str) else "".join(run.text for run in runs))
        if len(found) > MAX_STRINGS:
            raise TooLargeError
    return found


def namespace_of(element: Element) -> str:
    """The namespace of an element as its tag begins: ``{http://…}``, or nothing."""
    namespace, brace, _ = element.tag.rpartition("}")
    return namespace + brace
