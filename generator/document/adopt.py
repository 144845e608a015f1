"""Taking an element of our document over into one that Word, WPS or LibreOffice has saved."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from generator.document.layout import Element, w

_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_REFERENCES = ("pStyle", "rStyle", "tblStyle")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class ForeignError(Exception):
    """The element leans on a part of its own document, such as a picture, and cannot be taken over."""


class Adoption:
    """Copies elements of one package into another; styles are told by name, ids differ by program."""

    def __init__(self, source: Mapping[str, bytes], target: dict[str, bytes]) -> None:
        self._target = target
        self._source_styles = _styles(source)
        self._root = etree.fromstring(target[_STYLES]) if _STYLES in target else None
        self._own = (
            {} if self._root is None else {_name(s): s.get(w("styleId"), "") for s in _each(self._root)}
        )
        self._numbers = _numbers(target)
        self._changed = False

    def take(self, element: Element) -> Element:
        """A copy that stands on the target's own styles. Raises ForeignError."""
        made = copy.deepcopy(element)
        for each in made.iter():
            if any(str(name).startswith(_RELATIONSHIP) for name in each.attrib):
                raise ForeignError(etree.QName(each).localname)
        for tag in _REFERENCES:
            for reference in list(made.iter(w(tag))):
                self._restyle(reference)
        for number in list(made.iter(w("numPr"))):
            used = number.find(w("numId"))
            if used is None or used.get(w("val")) not in self._numbers:
                _drop(number)
        return made

    def _restyle(self, reference: Element) -> None:
        found = self._style(reference.get(w("val"), ""))
        if found is None:
            _drop(reference)
        else:
            reference.set(w("val"), found)

    def _style(self, style_id: str) -> str | None:
        """The target's id for a style of the source; a style that it does not have is copied."""
        style = self._source_styles.get(style_id)
        if style is None or self._root is None:
            return None
        name = _name(style)
        if name not in self._own:
            made = copy.deepcopy(style)
            if w("default") in made.attrib:
                del made.attrib[w("default")]
            taken = set(self._own.values())
            made.set(w("styleId"), style_id if style_id not in taken else f"{style_id}-{len(taken)}")
            self._own[name] = made.get(w("styleId"), "")
            for tag in ("basedOn", "next", "link"):
                for reference in made.findall(w(tag)):
                    self._restyle(reference)
            self._root.append(made)
            self._changed = True
        return self._own[name]

    def save(self) -> None:
        """Write the styles that were copied."""
        if self._changed and self._root is not None:
            self._target[_STYLES] = etree.tostring(
                self._root, xml_declaration=True, encoding="UTF-8", standalone=True
            )


def _each(root: Element) -> list[Element]:
    return root.findall(w("style"))


def _styles(parts: Mapping[str, bytes]) -> dict[str, Element]:
    if _STYLES not in parts:
        return {}
    return {style.get(w("styleId"), ""): style for style in _each(etree.fromstring(parts[_STYLES]))}


def _name(style: Element) -> tuple[str, str]:
    """Kind and name: programs keep these, except for capitals."""
    name = style.find(w("name"))
    return style.get(w("type"), ""), (name.get(w("val"), "") if name is not None else "").lower()


def _numbers(parts: Mapping[str, bytes]) -> set[str]:
    if _NUMBERING not in parts:
        return set()
    return {each.get(w("numId"), "") for each in etree.fromstring(parts[_NUMBERING]).findall(w("num"))}


def _drop(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
