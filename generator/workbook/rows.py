"""Rows under a table's header that are no data: totals that somebody added, and notes under the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.form.records import Table
from generator.model import CellRef, Entry, Row
from generator.patterns import lazy
from generator.workbook.grid import Cell, a1, squeeze
from generator.workbook.texts import clean

_TOTAL_WORDS = "合计|小计|总计|共计|汇总|总和|累计|总分|合计数|总计数|汇总数|合計|總計|小計|加总"
_TOTAL = lazy(rf"[(（]?(?:{_TOTAL_WORDS})[)）]?[:：]?")
# Names of totals that are none in the middle of a name.
_TOTAL_NAMES = frozenset(
    {"total", "subtotal", "grandtotal", "sum", "σ", "∑", "总额", "总数", "全部", "总", "计"}
)
# A row that says of itself that another one holds its amounts already.
_PART = lazy(r"(?:其中|(?:含|包括)[:：])")
_ENDS_AS_TOTAL = lazy(rf".*(?:{_TOTAL_WORDS})(?:[(（].*[)）])?[:：]?")
_NOTE = lazy(
    r"[（(【*＊※]?\s*(?:备?注[\d一二三]?|附注|说明|填表(?:人|说明)|制表|审核|复核|负责人|单位负责人|数据来源|资料来源|填报)[:：、.．\s]"
)
_LONG = 20  # signs; a name is shorter
# A row is the sum of the others only if so many amounts say so, over so many other rows.
_LEAST_AMOUNTS, _LEAST_ROWS = 3, 2


def not_data(
    table: Table, cells: Mapping[str, Cell], number: int, after_gap: bool, sheet: str, left: str
) -> Finding | None:
    """The finding for a row of which the words alone say that it is a total or a note; None for a row of
    data.

    ``after_gap``: a blank row stands above it; ``left``: the letters of its first filled column.
    """
    at = CellRef(sheet, f"{left}{number}")
    texts = [
        _text(cells[c.name]) for c in table.columns if c.name in cells and c.type in ("text", "long-text")
    ]
    first = texts[0] if texts else ""
    if _is_named_total(table, first):
        return finding("row.total", at, table.name, first, row=number, table=table.name, looks="合计行")
    if _has_amounts(table) and _PART.match(squeeze(first)):
        looks = "“其中”行（金额已含在别的行里）"
        return finding("row.total", at, table.name, first, row=number, table=table.name, looks=looks)
    missing = [column for column in table.columns if column.required and column.name not in cells]
    if len(cells) != 1 or not first or len(missing) < 2:
        return None
    if _NOTE.match(first) or after_gap or len(first) > _LONG:
        return finding("row.note", at, table.name, first, row=number, table=table.name)
    return None


def _is_named_total(table: Table, name: str) -> bool:
    squeezed = squeeze(name)
    if _TOTAL.fullmatch(squeezed):
        return True
    whole = squeezed.strip("()（）:：").lower() in _TOTAL_NAMES
    return _has_amounts(table) and (whole or bool(_ENDS_AS_TOTAL.fullmatch(squeezed)))


def _has_amounts(table: Table) -> bool:
    return any(column.type == "amount" for column in table.columns)


def only_named(table: Table, row: Row, sheet: str) -> Finding | None:
    """The one finding for a row that holds a name and nothing of what is required besides."""
    filled = [entry for entry in row.values() if entry.typed]
    missing = [c for c in table.columns if c.required and c.name in row and not row[c.name].typed]
    if len(filled) != 1 or len(missing) < 2:
        return None
    at = filled[0].at
    number = "".join(sign for sign in at.cell if sign.isdigit())
    names = "、".join(column.label for column in missing)
    typed, name = filled[0].typed, filled[0].name
    return finding("row.only-name", CellRef(sheet, at.cell), name, typed, row=number, columns=names)


def sums_of_others(table: Table, rows: Sequence[Row]) -> Iterator[int]:
    """The indexes of rows whose amounts are all the sums of the other rows: totals under some other name."""
    amounts = [column.name for column in table.columns if column.type == "amount"]
    if len(amounts) < _LEAST_AMOUNTS or len(rows) <= _LEAST_ROWS:
        return
    totals = {name: sum((_amount(row, name) for row in rows), Decimal(0)) for name in amounts}
    for index, row in enumerate(rows):
        told = [name for name in amounts if _amount(row, name)]
        if len(told) >= _LEAST_AMOUNTS and all(totals[name] == 2 * _amount(row, name) for name in amounts):
            yield index
            return


def total_finding(table: Table, row: Row) -> Finding:
    """The finding for a row whose amounts are the sums of the others."""
    first = next(entry for entry in row.values() if entry.typed)
    number = "".join(sign for sign in first.at.cell if sign.isdigit())
    looks = "合计行（各项金额正好等于其他各行之和）"
    return finding("row.total", first.at, table.name, first.typed, row=number, table=table.name, looks=looks)


def _amount(row: Row, name: str) -> Decimal:
    entry: Entry | None = row.get(name)
    return entry.value.value if entry is not None and isinstance(entry.value, Interval) else Decimal(0)


def _text(cell: Cell) -> str:
    return clean(cell.value).strip() if isinstance(cell.value, str) else ""


def leftmost(columns: Mapping[str, int], cells: Mapping[str, Cell]) -> str:
    """The letters of the first filled column of a row."""
    return a1((1, min(columns[name] for name in cells)))[:-1]
