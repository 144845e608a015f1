"""Headings of Word tables against what stands under them: a heading that is the name of another column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.document.lint.places import Cell, Spot
from generator.document.lint.tags import Tag
from generator.findings import Finding, finding
from generator.form.schema import Form

# ``{{ 行.列 }}`` or ``{{ 名称 }}``, whatever filters follow.
_PRINTS = re.compile(r"\{\{-?\s*(?:(\w+)\.)?(\w+)\s*(?:\||-?\}\})")
# A unit behind a heading says nothing of the column.
_BESIDE = re.compile(r"[（(][^（）()]*[）)]$|\s")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a printed name may be headed by, and what the other columns beside it are headed by."""

    own: frozenset[str]
    others: Mapping[str, str]


def wrong_headings(spots: Sequence[Spot], tags: Sequence[Tag], form: Form) -> Iterator[Finding]:
    """Every tag whose heading, right above it or above its loop, is the name of another column."""
    texts = _texts(spots)
    rows, crossings = _columns(form), _crossings(form)
    for tag in tags:
        printed = _PRINTS.match(tag.raw)
        cell = tag.spot.cell
        if printed is None or cell is None:
            continue
        known = (rows if printed[1] else crossings).get(printed[2])
        heading = _heading(cell, texts)
        if known is None or heading in known.own or heading not in known.others:
            continue
        name, other = printed[2], known.others[heading]
        if re.search(rf"(?<!\w){re.escape(other)}(?!\w)", texts[cell]):
            continue  # what the heading says is printed there, too
        yield finding("template.other-heading", value=heading, place=tag.place, name=name, other=other)


def _texts(spots: Sequence[Spot]) -> dict[Cell, str]:
    """What every cell of a table says."""
    found: dict[Cell, str] = {}
    for spot in spots:
        if spot.cell is not None:
            found[spot.cell] = found.get(spot.cell, "") + spot.text
    return found


def _heading(cell: Cell, texts: Mapping[Cell, str]) -> str:
    """The nearest text above a cell, over its own width; what only says how rows repeat is passed over, a
    value is not."""
    above = [
        each
        for each in texts
        if each.table == cell.table and each.row < cell.row and each.start <= cell.start < each.end
    ]
    for each in sorted(above, key=lambda found: -found.row):
        text = _bare(texts[each])
        if "{{" in text:
            return ""
        if text and "{%" not in text:
            # What is wider stands over several columns.
            return text if each.end <= cell.end and each.start == cell.start else ""
    return ""


def _bare(text: str) -> str:
    return _BESIDE.sub("", text.strip())


def _columns(form: Form) -> dict[str, _Known]:
    """The columns of tables by name; a name that several tables have may be any of them."""
    found: dict[str, _Known] = {}
    doubled: set[str] = set()
    for table in form.tables().values():
        titles = {column.name: {_bare(column.label), column.name} for column in table.columns}
        titles |= {spec.name: {spec.name} for spec in form.figures if spec.table == table.name}
        doubled |= titles.keys() & found.keys()
        found |= _among(titles)
    return {name: known for name, known in found.items() if name not in doubled}


def _crossings(form: Form) -> dict[str, _Known]:
    """The crossings of matrices by name: they are headed by the labels of their columns."""
    found: dict[str, _Known] = {}
    for matrix in (matrix for sheet in form.sheets for matrix in sheet.matrices):
        for row in matrix.rows:
            names = {label: _name(matrix.cells, matrix.added, row, label) for label, _ in matrix.columns}
            found |= _among({name: {_bare(label)} for label, name in names.items()})
    return found


def _name(
    cells: Mapping[tuple[str, str], object], added: Mapping[tuple[str, str], object], row: str, column: str
) -> str:
    crossing = cells.get((row, column)) or added[row, column]
    return str(getattr(crossing, "name", ""))


def _among(titles: Mapping[str, set[str]]) -> dict[str, _Known]:
    return {
        name: _Known(
            frozenset(own), {title: other for other, its in titles.items() if other != name for title in its}
        )
        for name, own in titles.items()
    }
