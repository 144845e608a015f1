"""The paragraphs of a template, each with where it stands, as one would look for it in Word."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from generator.document.layout import Element, w

# As long as the words of a paragraph may be for it to be known by them.
LONG = 24
_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the table's number in its part, row and column; ``start`` and ``end`` say how far it
    reaches in the grid, where cells are joined."""

    table: int
    row: int
    column: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph: what it says itself (a text box in it has paragraphs of its own) and where it stands."""

    text: str
    place: str
    cell: Cell | None = None

    def at(self, fragment: str = "") -> str:
        """The place; in a long paragraph also the words around ``fragment``."""
        start = self.text.find(fragment)
        if len(self.text) <= LONG * 2 or start < LONG:
            return self.place
        around = self.text[start - LONG // 2 : start + min(len(fragment), LONG * 2) + LONG // 2]
        return f"{self.place}“…{around}…”处"


def spots_of(part: str, root: Element) -> list[Spot]:
    """Every paragraph of a part in the order of the document."""
    walk = _Walk(next((name for key, name in _PARTS.items() if key in part), ""))
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=list(_KINDS)):
        if event == "start":
            walk.enter(_KINDS[element.tag], element)
        else:
            walk.leave(_KINDS[element.tag])
    return [Spot(each.text, each.place, each.cell) for each in walk.drafts]


def brief(text: str, most: int = LONG * 2) -> str:
    """The first words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


@dataclass(slots=True)
class _Draft:
    text: str = ""
    place: str = ""
    cell: Cell | None = None


@dataclass(slots=True)
class _Table:
    number: int
    which: str  # the words for it
    row: int = 0
    column: int = 0
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class _Walk:
    """``heading`` is the last paragraph that said something outside tables, ``count`` the tables since."""

    part: str
    heading: str = ""
    count: int = 0
    tables: int = 0
    drafts: list[_Draft] = field(default_factory=list)
    open: list[_Draft] = field(default_factory=list)
    inside: list[_Table] = field(default_factory=list)

    def enter(self, kind: str, element: Element) -> None:
        """An element begins."""
        match kind:
            case "tbl":
                self._table()
            case "p":
                self._paragraph()
            case "tr" if self.inside:
                table = self.inside[-1]
                table.row += 1
                table.column = 0
                table.end = _number(element, "trPr", "gridBefore", 0)
            case "tc" if self.inside:
                table = self.inside[-1]
                table.column += 1
                table.start, table.end = table.end, table.end + _number(element, "tcPr", "gridSpan", 1)
            case "t" if self.open:
                self.open[-1].text += element.text or ""
            case _:
                pass

    def leave(self, kind: str) -> None:
        """An element ends."""
        if kind == "tbl":
            self.inside.pop()
        elif kind == "p":
            self._place(self.open.pop())

    def _table(self) -> None:
        self.tables += 1
        if self.inside:
            self.inside.append(_Table(self.tables, f"{self._cell()}里的表格"))
            return
        self.count += 1
        which = f"第 {self.count} 个表格" if self.count > 1 or not self.heading else "表格"
        self.inside.append(_Table(self.tables, f"“{self.heading}”下面{which}" if self.heading else which))

    def _cell(self) -> str:
        table = self.inside[-1]
        return f"{table.which}的第 {table.row} 行第 {table.column} 列"

    def _paragraph(self) -> None:
        draft = _Draft()
        if self.inside:
            table = self.inside[-1]
            draft.cell = Cell(table.number, table.row, table.column, table.start, table.end)
        self.drafts.append(draft)
        self.open.append(draft)

    def _place(self, draft: _Draft) -> None:
        """Only at its end is known what a paragraph says."""
        said = brief(draft.text, LONG)
        if self.part:
            draft.place = f"{self.part}“{said}”一段" if said else self.part
        elif draft.cell is not None:
            draft.place = self._cell()
        else:
            draft.place = f"“{said}”一段" if said else f"“{self.heading}”之后"
            # Neither a tag nor what stands in a text box is a heading.
            if said and "{%" not in draft.text and not self.open:
                self.heading, self.count = said, 0


_KINDS = {w(kind): kind for kind in ("tbl", "tr", "tc", "p", "t")}


def _number(element: Element, properties: str, name: str, default: int) -> int:
    """A number among the properties of a row or a cell."""
    found = element.find(f"{w(properties)}/{w(name)}")
    value = "" if found is None else str(found.get(w("val"), ""))
    return int(value) if value.isdecimal() else default
