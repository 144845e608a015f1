"""Layout that templates cannot express, done on the rendered XML as text: real paragraphs for lines, cells
merged downwards, and what a removed loop or condition may leave invalid.

Text, because parsing and writing a tree takes longer than all of rendering. Jinja's values are escaped, so a
``<`` is always markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.document.values import KEY_END, KEY_START, LINE, TRACE, TRACE_START

_KEY = re.compile(f"{KEY_START}([^{KEY_END}]*){KEY_END}")
_SECTION = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
# What a run may stand in that cannot be cut in two.
_WRAPPERS = re.compile(r"<(/?)w:(?:hyperlink|ins|del|smartTag|sdt|fldSimple)\b[^>]*?(/?)>")


def split_lines(xml: str) -> str:
    """Every line of a value becomes a paragraph of its own, in the style of the tag's paragraph."""
    made: list[str] = []
    done = 0
    while (line := xml.find(LINE, done)) >= 0:
        start, end = _paragraph(xml, line)
        if start < done:
            # Around a text box that was split just now: go on in what has become of it.
            xml = "".join((*made, xml[done:]))
            made, done = [], 0
            continue
        made += [xml[done:start], _split(xml[start:end])]
        done = end
    return "".join((*made, xml[done:]))


def _paragraph(xml: str, inside: int) -> tuple[int, int]:
    """Where the paragraph around a position begins and ends."""
    start, depth = inside, 1
    while depth:
        opened = _last(xml, "p", start)
        closed = xml.rfind("</w:p>", max(opened, 0), start)
        depth += 1 if closed > opened else -1
        start = max(opened, closed)
    end, depth = inside, 1
    while depth:
        closed = xml.index("</w:p>", end)
        opened = min(
            (at for at in (xml.find("<w:p>", end), xml.find("<w:p ", end)) if at >= 0), default=closed
        )
        depth += 1 if opened < closed else -1
        end = opened + 5 if opened < closed else closed + 6
    return start, end


def _last(xml: str, tag: str, end: int) -> int:
    """Where the last element of that name before ``end`` begins."""
    plain = xml.rfind(f"<w:{tag}>", 0, end)
    return max(plain, xml.rfind(f"<w:{tag} ", max(plain, 0), end))


def _split(paragraph: str) -> str:
    """One paragraph cut at every line; a section break stays with the last of them."""
    head_end = paragraph.index(">") + 1
    properties = _element(paragraph, head_end, "pPr")
    plain = _SECTION.sub("", properties)
    position, pieces, done = head_end + len(properties), [], head_end + len(properties)
    while (position := paragraph.find(LINE, position)) >= 0:
        run = _last(paragraph, "r", position)
        position += 1
        if _wrapped(paragraph, head_end, run):
            pieces.append(f"{paragraph[done : position - 1]} ")
        else:
            format_ = _element(paragraph, paragraph.index(">", run) + 1, "rPr")
            following = f'</w:t></w:r></w:p><w:p>{{}}<w:r>{format_}<w:t xml:space="preserve">'
            pieces += [paragraph[done : position - 1], following]
        done = position
    cuts = [number for number, piece in enumerate(pieces) if piece.startswith("</w:t></w:r></w:p>")]
    for number in cuts:
        pieces[number] = pieces[number].replace("{}", properties if number == cuts[-1] else plain, 1)
    return "".join((paragraph[:head_end], plain if cuts else properties, *pieces, paragraph[done:]))


def _element(xml: str, start: int, tag: str) -> str:
    """The element that begins exactly there, or nothing."""
    if not xml.startswith((f"<w:{tag}>", f"<w:{tag} ", f"<w:{tag}/>"), start):
        return ""
    head_end = xml.index(">", start) + 1
    if xml[head_end - 2] == "/":
        return xml[start:head_end]
    return xml[start : xml.index(f"</w:{tag}>", head_end) + len(tag) + 5]


def _wrapped(paragraph: str, start: int, end: int) -> bool:
    depth = 0
    for match in _WRAPPERS.finditer(paragraph, start, end):
        if not match[2]:
            depth += -1 if match[1] else 1
    return depth > 0


# Tables, rows and cells, opening and closing. It begins with plain signs, which is what makes it fast.
_TOKEN = re.compile(r"w:t(bl|r|c)[ >]")
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')
_BEFORE_ROW = re.compile(r'<w:gridBefore w:val="(\d+)"')


@dataclass(slots=True)
class _Cell:
    """A cell with a merge key: its place in the XML, key with text, and the merge that it takes."""

    start: int
    end: int = 0
    key: str = ""
    merge: str = ""


@dataclass(slots=True)
class _Table:
    """A table on the way through it; ``above`` are the keyed cells of the last row, by grid column."""

    above: dict[int, _Cell] = field(default_factory=dict)
    row: dict[int, _Cell] = field(default_factory=dict)
    column: int = 0
    cell: _Cell | None = None


def merge_down(xml: str) -> str:
    """Merge cells whose keys and texts are equal with the cell above them; nothing is lost by it."""
    if KEY_START not in xml:
        return xml
    made, done = [], 0
    for cell in sorted(_keyed_cells(xml), key=lambda each: each.start):
        if cell.start < done:
            continue  # inside a cell that is rewritten already
        made += [xml[done : cell.start], _rewritten(xml[cell.start : cell.end], cell.merge)]
        done = cell.end
    return _KEY.sub("", "".join((*made, xml[done:])))


def _keyed_cells(xml: str) -> Iterator[_Cell]:
    """Every cell that is to be merged, with how."""
    tables: list[_Table] = []
    for match in _TOKEN.finditer(xml, *_tables_with_keys(xml)):
        tag, start = match[1], match.start()
        closing = xml[start - 1] == "/"
        if tag == "bl":
            tables.append(_Table()) if not closing else tables.pop()
        elif tag == "c":
            _at_cell(tables[-1], xml, start, closing)
        elif closing:
            yield from _merged(tables[-1])
            tables[-1].above = tables[-1].row
        else:
            tables[-1].row = {}
            tables[-1].column = _number(_BEFORE_ROW, xml, start, "trPr")


def _tables_with_keys(xml: str) -> tuple[int, int]:
    """From the first table with a key to the last one; everything when that would cut a table in two."""
    start = xml.rfind("<w:tbl>", 0, xml.find(KEY_START))
    end = xml.find("</w:tbl>", xml.rfind(KEY_START)) + 8
    if start < 0 or xml.count("<w:tbl>", start, end) != xml.count("</w:tbl>", start, end):
        return 0, len(xml)
    return start, end


def _at_cell(table: _Table, xml: str, start: int, closing: bool) -> None:
    """A cell begins or ends; at its end it is entered in the row if it has a key."""
    if not closing:
        table.cell = _Cell(start - 1)
        return
    cell = table.cell
    assert cell is not None
    cell.end = start + 5
    content = xml[cell.start : cell.end]
    found = _KEY.search(content) if KEY_START in content else None
    if found:
        cell.key = f"{found[1]}\n{text_of(content)}"
        table.row[table.column] = cell
    table.column += _number(_SPAN, xml, cell.start, "tcPr") or 1


def _number(what: re.Pattern[str], xml: str, start: int, properties: str) -> int:
    """A number in the properties that begin close after ``start``; 0 when it is not there."""
    head_end = xml.index(">", start) + 1
    if not xml.startswith(f"<w:{properties}>", head_end):
        return 0
    found = what.search(xml, head_end, xml.index(f"</w:{properties}>", head_end))
    return int(found[1]) if found else 0


def _merged(table: _Table) -> Iterator[_Cell]:
    for column, cell in table.row.items():
        above = table.above.get(column)
        if above is not None and above.key == cell.key:
            if not above.merge:
                above.merge = "restart"
                yield above
            cell.merge = "continue"
            yield cell


def said(xml: str) -> str:
    """The text of a piece of XML in one line, still escaped."""
    return "".join(_TEXT.findall(xml))


def text_of(xml: str) -> str:
    """All text of a piece of XML, a line per run, without our marks, still escaped."""
    text = "\n".join(_TEXT.findall(xml))
    if KEY_START in text:
        text = _KEY.sub("", text)
    return TRACE.sub("", text) if TRACE_START in text else text


# In a cell's properties, what the schema wants before the merge.
_BEFORE_MERGE = re.compile(
    r"(<w:tcPr(?: [^>]*)?>(?:<w:(?:cnfStyle|tcW|gridSpan|hMerge)\b[^>]*/>)*)(?:<w:vMerge[^>]*/>)?"
)
_CELL_HEAD = re.compile(r"<w:tc(?: [^>]*)?>")


def _rewritten(cell: str, merge: str) -> str:
    """The cell with its merge; one that continues keeps one empty paragraph, as in Word."""
    head = _CELL_HEAD.match(cell)
    assert head is not None
    mark = f'<w:vMerge w:val="{merge}"/>'
    properties = _element(cell, head.end(), "tcPr") or "<w:tcPr></w:tcPr>"
    if properties == "<w:tcPr/>":
        properties = "<w:tcPr></w:tcPr>"
    content = cell[head.end() + len(_element(cell, head.end(), "tcPr")) :]
    properties = _BEFORE_MERGE.sub(lambda match: match[1] + mark, properties, count=1)
    if merge == "continue":
        first = max(content.find("<w:p>"), 0) if "<w:p>" in content else content.find("<w:p ")
        format_ = _element(content, content.index(">", first) + 1, "pPr") if first >= 0 else ""
        content = f"<w:p>{format_}</w:p></w:tc>"
    return f"{head[0]}{properties}{content}"


_BARE_CELL = re.compile(r"(?<!</w:p>)(?<!<w:p/>)</w:tc>|<w:tc/>")
_BARE_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tr[ >]|<w:tbl>|</w:tbl>).)*</w:tbl>", re.DOTALL)


def mend(xml: str) -> str:
    """What a removed loop or condition may leave invalid: tables without row, cells without paragraph."""
    if xml.count("<w:tbl>") > len(_ROW_OF_TABLE.findall(xml)):
        xml = _BARE_TABLE.sub("", xml)
    whole = xml.count("</w:p></w:tc>") + xml.count("<w:p/></w:tc>")
    if whole == xml.count("</w:tc>") and "<w:tc/>" not in xml:
        return xml
    return _BARE_CELL.sub(
        lambda match: "<w:tc><w:p/></w:tc>" if match[0] == "<w:tc/>" else "<w:p/></w:tc>", xml
    )


# A table with its first row, properties and grid between them.
_ROW_OF_TABLE = re.compile(
    r"<w:tbl>(?:<w:tblPr>(?:(?!</w:tblPr>).)*</w:tblPr>)?"
    r"(?:<w:tblGrid>(?:(?!</w:tblGrid>).)*</w:tblGrid>)?\s*<w:tr[ >]",
    re.DOTALL,
)
