"""The lean reader and openpyxl read the same."""

import io
import re
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from workbooks import SAMPLE, Workbook

from generator.package import parts_of, to_bytes
from generator.pipeline import new
from generator.workbook.lean import read_lean
from generator.workbook.open import read_with_openpyxl


def parts(book):
    target = io.BytesIO()
    book.save(target)
    return parts_of(target)


def sheet_of(*cells, **merges):
    """A workbook of one sheet: values one under the other, a pair is (value, number format)."""
    book = openpyxl.Workbook()
    for row, cell in enumerate(cells, 1):
        value, shown = cell if isinstance(cell, tuple) else (cell, None)
        book.active.cell(row, 1, value)
        if shown:
            book.active.cell(row, 1).number_format = shown
    return book


def same(package):
    lean = read_lean(package)
    assert lean is not None
    assert lean == read_with_openpyxl(package)
    return lean


def test_the_sample():
    grids = same(parts_of(SAMPLE))
    assert len(grids["评分表"].cells) > 90


def test_a_blank_workbook(tmp_path):
    assert new(2021, tmp_path / "x.xlsx") == []
    same(parts_of(tmp_path / "x.xlsx"))


CELLS = [
    ("whole numbers", 0, -5, 10**14, 2**53),
    ("decimals", 0.1, 1e-7, -2.5e20, 1234.56),
    ("texts", "甲", "=文字", "a\nb", "  空格 ", "_x000D_", "0012"),
    ("truth", True, False),
    ("dates", (date(2021, 3, 15), "yyyy-mm-dd"), (datetime(2021, 3, 15), 'yyyy"年"m"月"d"日"')),
    ("percents", (0.965, "0.00%"), (1, "0%"), (0.5, "0.0#%"), ("5%", "0%")),
    ("formats that look like dates", (12345, '#,##0"元"'), (7, "[Red]0.00"), (8, "0_);(0)")),
    ("errors", "#N/A", "#DIV/0!"),
]


@pytest.mark.parametrize("cells", [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_kinds_of_cells(cells):
    assert len(same(parts(sheet_of(*cells)))["Sheet"].cells) == len(cells)


def test_formulas_without_a_value():
    grids = same(parts(sheet_of("=1+1", 5)))
    assert grids["Sheet"].cells[1, 1].uncalculated


def test_merged_areas_hide_all_but_their_first_cell():
    book = sheet_of("甲", "乙", "丙")
    package = parts(book)
    sheet = "xl/worksheets/sheet1.xml"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    package[sheet] = package[sheet].replace(b"</sheetData>", merge)
    grids = same(package)
    assert sorted(grids["Sheet"].cells) == [(1, 1), (3, 1)]


def test_rich_texts():
    text = CellRichText("甲", TextBlock(InlineFont(b=True), "乙"), "丙")
    assert same(parts(sheet_of(text)))["Sheet"].cells[1, 1].value == "甲乙丙"


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2">
<si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 丙</t></r>
<rPh sb="0" eb="1"><t>bing</t></rPh></si></sst>"""


def test_shared_strings_and_phonetic_readings():
    package = parts(sheet_of(1, 2))
    sheet = "xl/worksheets/sheet1.xml"
    package[sheet] = re.sub(rb'<c r="(A\d)"[^>]*><v>\d', rb'<c r="\1" t="s"><v>?', package[sheet])
    package[sheet] = package[sheet].replace(b"?", b"0", 1).replace(b"?</v>", b"1</v>")
    package["xl/sharedStrings.xml"] = SHARED.encode()
    related = b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
    name = "xl/_rels/workbook.xml.rels"
    package[name] = package[name].replace(b"</Relationships>", related + b"</Relationships>")
    types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    package["[Content_Types].xml"] = package["[Content_Types].xml"].replace(b"</Types>", types + b"</Types>")
    assert [cell.value for cell in same(package)["Sheet"].cells.values()] == ["甲", "乙 丙"]


def test_cells_without_addresses():
    package = parts(sheet_of("甲", "乙"))
    sheet = "xl/worksheets/sheet1.xml"
    package[sheet] = re.sub(rb'(<(?:row|c)) r="\w+"', rb"\1", package[sheet])
    assert len(same(package)["Sheet"].cells) == 2


def without_epoch(package):
    package["xl/workbook.xml"] = package["xl/workbook.xml"].replace(
        b"<workbookPr", b'<workbookPr date1904="1"'
    )


def strict(package):
    for name, data in package.items():
        package[name] = data.replace(
            b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/x"
        )


def no_styles(package):
    package["xl/styles.xml"] = b"<styleSheet/>"


def twice(package):
    sheet = "xl/worksheets/sheet1.xml"
    package[sheet] = package[sheet].replace(
        b"</sheetData>", b'<row r="1"><c r="A1"><v>7</v></c></row></sheetData>'
    )


def broken(package):
    package["xl/worksheets/sheet1.xml"] = package["xl/worksheets/sheet1.xml"][:-20]


@pytest.mark.parametrize("change", [without_epoch, strict, no_styles, twice, broken])
def test_what_it_does_not_know_is_left_to_openpyxl(change):
    package = parts(sheet_of(5, "甲"))
    change(package)
    assert read_lean(package) is None


@pytest.mark.parametrize(
    "cell", [(time(8, 30), "h:mm"), (datetime(2021, 3, 15, 8, 30), "yyyy-mm-dd"), (5, "yyyy-mm-dd"), (0.5, "yyyy-mm-dd")]
)  # fmt: skip
def test_times_are_left_to_openpyxl(cell):
    assert read_lean(parts(sheet_of(cell))) is None


values = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
    st.booleans(),
)
formats = st.sampled_from(["General", "0.00", "0%", "0.00%", "#,##0.00", "@", '0"人"', "[Red]0;-0", "0.00_ "])


@given(st.lists(st.tuples(values, formats), min_size=1, max_size=8))
def test_both_read_the_same(cells):
    package = parts(sheet_of(*cells))
    lean = read_lean(package)
    assert lean is None or lean == read_with_openpyxl(package)
    assert lean is not None or any(isinstance(value, float) for value, _ in cells)


def test_the_reading_does_not_depend_on_who_reads(tmp_path):
    package = parts_of(
        Workbook().set(报告日期="2021年3月15日", 服务对象满意度="98%").save(tmp_path / "x.xlsx")
    )
    same(parts_of(io.BytesIO(to_bytes(package))))
