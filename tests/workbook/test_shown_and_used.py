"""3,000 random cells of every type, format and value, read from a real file: what is used is what is shown, or it is
told. What a cell shows is held against LibreOffice in test_number_format_office.py."""

import random
import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import openpyxl_reader
import pytest
from workbooks import FORM

from generator.amounts import Interval, plain
from generator.form.records import NUMERIC, Field
from generator.formula import Underived
from generator.model import CellRef
from generator.package import parts_of
from generator.typed import is_blank, parse_number
from generator.workbook.cells import Reader
from generator.workbook.grid import Cell
from generator.workbook.number_format import shown
from generator.workbook.numeric import YUAN, money_unit
from generator.workbook.open import open_workbook
from generator.workbook.texts import clean

DATA = tomllib.loads((Path(__file__).parent.parent / "data" / "number_formats.toml").read_text("utf-8"))
CODES = [
    code for kind in ("money", "numeric", "sections", "dates", "times", "chinese") for code in DATA[kind]
]
PLAIN = ["General", "0", "0.00", "#,##0.00", "0%", "0.00%", "@", '0"人"', '#,##0.00"万元"', '0"%"']
TYPES = ["amount", "integer", "number", "percent", "text", "long-text", "number-or-text", "date"]
PRINTS = {kind: FORM.formats[name] for kind, name in FORM.prints.items()}
COUNT = 3_000


def values(chance):
    yield from (0, 1, -1, 95, 0.95, 44132, 44132.5, 1e-7, 66.6666666666667, 123456789012345, 39637500)
    yield from ("甲", "12", "1,234.5", "95%", "5.3万元", "39637500①", "2 0", "无", "2021年3月15日", "\u200b7")
    while True:
        yield chance.choice([1, -1, 1]) * round(
            chance.uniform(0, 10 ** chance.randint(0, 9)), chance.randint(0, 4)
        )


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """(type, code, cell as read) of every cell."""
    chance = random.Random(13)
    pool = values(chance)
    fixed = [next(pool) for _ in range(21)]
    book = openpyxl.Workbook()
    made = []
    for row in range(1, COUNT + 1):
        code = chance.choice(PLAIN if row % 3 == 0 else CODES)
        value = chance.choice(fixed) if row % 2 else next(pool)
        cell = book.active.cell(row, 1, value)
        cell.number_format = code
        made.append((chance.choice(TYPES), code))
    path = tmp_path_factory.mktemp("cells") / "x.xlsx"
    book.save(path)
    grids, findings = open_workbook(path)
    assert findings == []
    grid = grids["Sheet"]
    theirs = openpyxl_reader.values(parts_of(path))["Sheet"]
    for (row, _), cell in grid.cells.items():
        # openpyxl makes errors of what is no date, and drops long durations.
        if isinstance(cell.value, str) or not re.search("[dmyhse]", cell.format.lower()):
            assert digits(cell.value if cell.number is None else cell.number) == digits(theirs[row, 1])
    return [(*each, grid.cells.get((row, 1))) for row, each in enumerate(made, 1)]


def digits(value):
    """A number to 12 digits, which is what both readers surely agree on; a text as it is."""
    return value if isinstance(value, str) else Decimal(format(value, ".12g"))


def seen(cell):
    """The first line of what is shown."""
    value = cell.value if isinstance(cell.value, str) else cell.number
    text = shown(value, cell.format or "General").partition("\n")[0] if cell.format else plain_or_text(value)
    return re.sub(r"\s+%$", "", text.strip()) if "%" in cell.format and ",," in cell.format else text.strip()


def plain_or_text(value):
    return value if isinstance(value, str) else shown(value, "General")


def number_seen(cell, kind):
    """What a person would take the shown text for, in 元, as a fraction or as it is; None when it is no number."""
    # 叁佰 is the number 300, digit by digit or counted; test_number_format_office.py compares the signs
    text = clean(seen(replace(cell, format=re.sub(r"(?i)\[dbnum\d\]", "", cell.format))))
    negative = re.fullmatch(r"[(（](.*)[)）]", text)
    number = parse_number(negative[1] if negative else text)
    if number is None:
        return Decimal(0) if is_blank(text) and cell.number == 0 else None
    value = -number.number if negative else number.number
    if kind == "amount":
        return (
            value * YUAN[money_unit(number.unit) or "元"]
            if money_unit(number.unit) or not number.unit
            else None
        )
    if kind == "percent" or number.unit == "%":
        points = number.unit == "%" or (kind == "percent" and value > 1)
        return value / 100 if points else value
    return value


def as_printed(value, kind):
    return PRINTS[kind].text(value) if kind in PRINTS else plain(value)


def difference(kind, cell):
    """What is used in another way than it is shown, and told to nobody; "" for nothing."""
    entry, findings = Reader(FORM.units["元"], FORM.units, PRINTS).read(
        Field("项", "项", kind, unit="人" if kind == "integer" else ""), cell, CellRef("表", "A1")
    )
    if findings or entry.value is None:
        assert findings or cell is None or is_blank(clean(seen(cell))) or not seen(cell)
        return ""
    assert not isinstance(entry.value, Underived)
    if kind in NUMERIC:
        assert isinstance(entry.value, Interval)
        number = number_seen(cell, kind)
        used = as_printed(entry.value.value, kind)
        if cell.format in ("", "@") and cell.number is not None:
            return "" if entry.value.value in (cell.number, cell.number / 100) else f"{used} of {cell}"
        return (
            "" if number is not None and as_printed(number, kind) == used else f"{used} shown as {seen(cell)}"
        )
    if kind == "date":
        return (
            "" if str(entry.day.day) in seen(cell) and str(entry.day.year)[-2:] in seen(cell) else str(cell)
        )
    text = entry.value if isinstance(entry.value, str) else ""
    if text.split() != clean(seen(cell)).split():
        return f"{text} shown as {seen(cell)}"
    if entry.number is not None and entry.number.value != number_seen(cell, kind):
        return f"{entry.number.value} shown as {seen(cell)}"
    return ""


def test_what_is_used_is_what_is_shown_or_it_is_told(cells):
    assert len(cells) == COUNT
    told = [difference(kind, cell) for kind, _, cell in cells if cell is not None]
    assert [each for each in told if each] == []


def test_the_random_cells_are_no_easy_ones(cells):
    """Some are refused, some are taken, of every type."""
    reader = Reader(FORM.units["元"], FORM.units, PRINTS)
    for kind in TYPES:
        of_kind = [cell for each, _, cell in cells if each == kind and isinstance(cell, Cell)]
        faults = [
            bool(reader.read(Field("项", "项", kind), cell, CellRef("表", "A1"))[1]) for cell in of_kind
        ]
        assert any(faults)
        assert not all(faults)
