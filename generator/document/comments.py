"""Word comments: the part that holds them, and the marks in the text."""

from __future__ import annotations

from lxml import etree

from generator.document.layout import Element, w

AUTHOR = "自动核算"
_INITIALS = "核"
_PART = "word/comments.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_RELATIONS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The comments of one package; ``save`` puts them into its parts.

    They carry no date: the same report gives the same bytes.
    """

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._relations = _root(parts.get(_RELATIONS), f"{{{_RELATIONS_NAMESPACE}}}Relationships")
        self._name = self._find()
        self._root = _root(parts.get(self._name), w("comments"))
        ids = [int(each.get(w("id"), "0")) for each in self._root.iter(w("comment"))]
        self._next = max(ids, default=-1) + 1
        self._changed = False

    def _find(self) -> str:
        for relation in self._relations:
            if relation.get("Type") == _TYPE:
                target = relation.get("Target", "")
                return target.removeprefix("/") if target.startswith("/") else f"word/{target}"
        return _PART

    def add(self, first: Element, last: Element, lines: list[str]) -> None:
        """Comment the text from run ``first`` to run ``last`` of one paragraph; a line is a paragraph."""
        number = self._mark(first, last)
        comment = etree.SubElement(self._root, w("comment"))
        for name, value in (("id", str(number)), ("author", AUTHOR), ("initials", _INITIALS)):
            comment.set(w(name), value)
        for line in lines or [""]:
            run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
            text = etree.SubElement(run, w("t"))
            text.text = line
            text.set(_XML_SPACE, "preserve")
        self._changed = True

    def add_to_paragraph(self, paragraph: Element, lines: list[str]) -> None:
        """Comment a whole paragraph, be it empty."""
        content = [child for child in paragraph if child.tag != w("pPr")]
        if not content:
            content = [etree.SubElement(paragraph, w("r"))]
        self.add(content[0], content[-1], lines)

    def _mark(self, first: Element, last: Element) -> int:
        number = self._next
        self._next += 1
        start, end, reference = (
            etree.Element(w(tag)) for tag in ("commentRangeStart", "commentRangeEnd", "r")
        )
        start.set(w("id"), str(number))
        end.set(w("id"), str(number))
        mark = etree.SubElement(reference, w("commentReference"))
        mark.set(w("id"), str(number))
        first.addprevious(start)
        last.addnext(end)
        end.addnext(reference)
        return number

    def save(self) -> None:
        """Write the part, its relation and its content type, if anything was added."""
        if not self._changed:
            return
        if self._name not in self._parts:
            self._declare()
        self._parts[self._name] = _bytes(self._root)

    def _declare(self) -> None:
        """Make the part known to the package."""
        if not any(each.get("Type") == _TYPE for each in self._relations):
            relation = etree.SubElement(self._relations, f"{{{_RELATIONS_NAMESPACE}}}Relationship")
            taken = {each.get("Id") for each in self._relations}
            number = next(n for n in range(1, len(taken) + 2) if f"rIdComments{n}" not in taken)
            relation.set("Id", f"rIdComments{number}")
            relation.set("Type", _TYPE)
            relation.set("Target", self._name.removeprefix("word/"))
            self._parts[_RELATIONS] = _bytes(self._relations)
        types = etree.fromstring(self._parts["[Content_Types].xml"])
        override = etree.SubElement(types, f"{{{_CONTENT_NAMESPACE}}}Override")
        override.set("PartName", f"/{self._name}")
        override.set("ContentType", _CONTENT_TYPE)
        self._parts["[Content_Types].xml"] = _bytes(types)


def _root(data: bytes | None, tag: str) -> Element:
    if data is not None:
        return etree.fromstring(data)
    namespace = etree.QName(tag).namespace
    return etree.Element(tag, nsmap={"w": namespace}) if namespace and w("") in tag else etree.Element(tag)


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
