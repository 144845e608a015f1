"""The cells of worksheets: openpyxl reads the same where it reads at all, and nothing is dropped."""

import io
import re
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import openpyxl_reader
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from samples import SAMPLES

from generator.package import parts_of, to_bytes
from generator.pipeline import new
from generator.workbook.open import grids_of, open_workbook
from generator.workbook.parts import DamagedError, normal_name
from generator.workbook.worksheet import slimmed

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parts(book):
    target = io.BytesIO()
    book.save(target)
    return parts_of(target)


def sheet_of(*cells):
    """A workbook of one sheet: values one under the other, a pair is (value, number format)."""
    book = openpyxl.Workbook()
    for row, cell in enumerate(cells, 1):
        value, shown = cell if isinstance(cell, tuple) else (cell, None)
        book.active.cell(row, 1, value)
        if shown:
            book.active.cell(row, 1).number_format = shown
    return book


def read(package, slim=True):
    return grids_of({normal_name(name): data for name, data in package.items()}, slim)


def told(grid):
    """What our grid holds, in the form of the other reader."""
    everything = {**grid.cells, **grid.covered}
    return {
        address: None if cell.uncalculated else cell.value if cell.number is None else cell.number
        for address, cell in everything.items()
    }


def rounded(values):
    return {
        a: Decimal(format(v, ".12g")) if isinstance(v, Decimal) else v
        for a, v in values.items()
        if not (isinstance(v, str) and not v.strip())
    }


def same(package):
    """Both read the same, with and without cutting empty cells out first."""
    ours = read(package)
    assert ours == read(package, slim=False)
    theirs = openpyxl_reader.values(package)
    assert list(ours) == list(theirs)
    for name, grid in ours.items():
        assert rounded(told(grid)) == rounded(theirs[name])
    return ours


@pytest.mark.parametrize("path", SAMPLES.values(), ids=list(SAMPLES))
def test_the_samples(path):
    grids = same(parts_of(path))
    assert sum(len(grid.cells) for grid in grids.values()) > 200


def test_a_blank_workbook(tmp_path):
    assert new(2021, tmp_path / "x.xlsx") == []
    same(parts_of(tmp_path / "x.xlsx"))


CELLS = [
    ("whole numbers", 0, -5, 10**14, 2**53),
    ("decimals", 0.1, 1e-7, -2.5e20, 1234.56),
    ("texts", "甲", "=文字", "a\nb", "  空格 ", "0012"),
    ("truth", True, False),
    ("dates", (date(2021, 3, 15), "yyyy-mm-dd"), (datetime(2021, 3, 15), 'yyyy"年"m"月"d"日"')),
    ("times", (time(8, 30), "h:mm"), (datetime(2021, 3, 15, 8, 30), "yyyy-mm-dd"), (0.5, "yyyy-mm-dd")),
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


def with_rows(rows, strings="", styles=""):
    """A package with these rows of a sheet as its XML."""
    package = parts(sheet_of("甲"))
    package[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return package


def cells_of(rows):
    return read(with_rows(rows))["Sheet"].cells


FORMULAS = [
    ('<c r="A1"><f>B1</f></c>', True),
    ('<c r="A1"><f>B1</f><v></v></c>', True),
    ('<c r="A1"><f>B1</f><v/></c>', True),
    ('<c r="A1" t="n"><f t="shared" si="0"/></c>', True),
    ('<c r="A1" t="e"><f>B1</f><v/></c>', True),
    ('<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>', False),
    ('<c r="A1" t="str"><f>IF(1,"")</f></c>', False),
]


@pytest.mark.parametrize("cell, uncalculated", FORMULAS)
def test_a_formula_whose_result_is_an_empty_text_is_empty_any_other_is_uncalculated(cell, uncalculated):
    cells = cells_of(f'<row r="1">{cell}</row>')
    assert [each.uncalculated for each in cells.values()] == ([True] if uncalculated else [])


def test_merged_areas_hide_all_but_their_first_cell():
    package = parts(sheet_of("甲", "乙", "丙"))
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    package[SHEET] = package[SHEET].replace(b"</sheetData>", merge)
    grid = read(package)["Sheet"]
    assert sorted(grid.cells) == [(1, 1), (3, 1)]
    assert sorted(grid.covered) == [(2, 1)]
    assert grid.merged.corners == (((1, 1), (2, 2)),)


def test_a_large_merged_area_is_not_spread_out():
    package = parts(sheet_of("甲"))
    merge = b'</sheetData><mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells>'
    package[SHEET] = package[SHEET].replace(b"</sheetData>", merge)
    grid = read(package)["Sheet"]
    assert grid.merged.get((500_000, 9_000)) == ((20, 1), (1_048_576, 16_384))
    assert grid.merged.get((19, 1)) is None
    assert grid.merged.get((20, 16_385)) is None


def rich(*runs):
    """An inline string of (properties, text) runs."""
    made = "".join(f"<r>{f'<rPr>{p}</rPr>' if p else ''}<t xml:space='preserve'>{t}</t></r>" for p, t in runs)
    return f'<row r="1"><c r="A1" t="inlineStr"><is>{made}</is></c></row>'


RAISED, LOWERED, STRUCK = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>', "<strike/>"
RICH = [
    ([("", "甲"), ("<b/>", "乙"), ("", "丙")], "甲乙丙", "", False),
    ([("", "29217000"), (RAISED, "1")], "29217000¹", "", False),
    ([("", "CO"), (LOWERED, "2")], "CO₂", "", False),
    ([("", "5"), (RAISED, "注")], "5注", "", False),
    ([(STRUCK, "30"), ("", "29")], "29", "30", False),
    ([(STRUCK, "30"), ("", " ")], " 30", "", True),
    ([('<strike val="0"/>', "30"), ("", "29")], "3029", "", False),
    # a note mark with other signs around it is still no digit of the number
    ([("", "39637500"), (RAISED, "1.")], "39637500¹.", "", False),
    ([("", "39637500"), (RAISED, "1 ")], "39637500¹ ", "", False),
    ([("", "39637500"), (RAISED, "1\n")], "39637500¹\n", "", False),
    ([("", "39637500"), (RAISED, "１")], "39637500¹", "", False),
    ([("", "39637500"), (RAISED, "1\u200b")], "39637500¹\u200b", "", False),
    ([("", "39637"), (RAISED, "E3")], "39637E³", "", False),
    ([("", "39637500"), (RAISED, "注1")], "39637500注1", "", False),
]


@pytest.mark.parametrize("runs, text, left_out, struck", RICH)
def test_rich_texts(runs, text, left_out, struck):
    [cell] = cells_of(rich(*runs)).values()
    assert (cell.value, cell.left_out, cell.struck) == (text, left_out, struck)


# A part without a font of its own looks as the cell's font says: cell font, runs, text, what is left out.
IN_A_CELL = [
    ("<strike/>", [("", "30"), ("<b/>", "29")], "29", "30", False),
    ("<strike/>", [("", "30"), ("", "29")], "3029", "", True),
    ("<strike/>", [("<b/>", "30"), ("<b/>", "29")], "3029", "", False),
    (RAISED, [("", "1"), ("<b/>", "39637500")], "¹39637500", "", False),
    (RAISED, [("", "39637500")], "39637500", "", False),
]


@pytest.mark.parametrize("font, runs, text, left_out, struck", IN_A_CELL)
def test_rich_texts_in_a_cell_with_a_font(font, runs, text, left_out, struck):
    package = with_rows(rich(*runs).replace('t="inlineStr"', 's="0" t="inlineStr"'))
    package["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font>{font}</font></fonts>'
        '<cellXfs><xf numFmtId="0" fontId="0"/></cellXfs></styleSheet>'
    ).encode()
    [cell] = read(package)["Sheet"].cells.values()
    assert (cell.value, cell.left_out, cell.struck) == (text, left_out, struck)


def test_number_formats_of_conditional_formats_are_none_of_the_cells():
    """Both may use the number 164, for codes of their own."""
    package = with_rows('<row r="1"><c r="A1" s="0"><v>5</v></c></row>')
    package["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0&quot;万元&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="164" fontId="0"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0.00"/></dxf></dxfs></styleSheet>'
    ).encode()
    assert read(package)["Sheet"].cells[1, 1].format == '0"万元"'


def test_rich_texts_of_openpyxl():
    text = CellRichText("甲", TextBlock(InlineFont(b=True), "乙"), "丙")
    assert same(parts(sheet_of(text)))["Sheet"].cells[1, 1].value == "甲乙丙"


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2">
<si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 丙</t></r>
<rPh sb="0" eb="1"><t>bing</t></rPh></si></sst>"""


def test_shared_strings_and_phonetic_readings():
    package = parts(sheet_of(1, 2))
    package[SHEET] = re.sub(rb'<c r="(A\d)"[^>]*><v>\d', rb'<c r="\1" t="s"><v>?', package[SHEET])
    package[SHEET] = package[SHEET].replace(b"?", b"0", 1).replace(b"?</v>", b"1</v>")
    package["xl/sharedStrings.xml"] = SHARED.encode()
    related = b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
    name = "xl/_rels/workbook.xml.rels"
    package[name] = package[name].replace(b"</Relationships>", related + b"</Relationships>")
    types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    package["[Content_Types].xml"] = package["[Content_Types].xml"].replace(b"</Types>", types + b"</Types>")
    assert [cell.value for cell in same(package)["Sheet"].cells.values()] == ["甲", "乙 丙"]


ESCAPES = [
    ("甲_x000D_乙", "甲\r乙"),
    ("甲_x000B_乙", "甲\x0b乙"),
    ("_x005F_x000D_", "_x000D_"),
    ("a_x0041_b", "aAb"),
    ("_x00_", "_x00_"),
    ("_xD83D__xDE00_", "\U0001f600"),
    ("甲_xD83D_", "甲\ufffd"),
]


@pytest.mark.parametrize("written, text", ESCAPES)
def test_escapes_are_the_signs_that_they_stand_for(written, text):
    cell = f'<c r="A1" t="inlineStr"><is><t>{written}</t></is></c><c r="B1" t="str"><f>A1</f><v>{written}</v></c>'
    assert [each.value for each in cells_of(f'<row r="1">{cell}</row>').values()] == [text, text]


POSITIONS = [
    ('<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>', [(1, 1), (1, 3)]),
    ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", [(1, 1), (1, 2), (2, 1)]),
    ('<row><c r="B1" s="0"/><c><v>2</v></c></row>', [(1, 3)]),
    ('<row><c/><c><v>2</v></c></row><row r="3"/><row><c><v>9</v></c></row>', [(1, 2), (4, 1)]),
    ('<row r="5"><c r="b5"><v>1</v></c></row>', [(5, 2)]),
    ('<row r="2"><c s="0" r="C2"/><c r="D2"><v>1</v></c></row>', [(2, 4)]),
]


@pytest.mark.parametrize("rows, addresses", POSITIONS)
def test_cells_and_rows_without_addresses_stand_after_the_ones_before_them(rows, addresses):
    assert sorted(cells_of(rows)) == addresses
    assert read(with_rows(rows), slim=False) == read(with_rows(rows))


def test_a_text_is_read_wherever_it_stands():
    cells = cells_of('<row r="1"><c r="A1"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><v>乙</v></c></row>')
    assert [cell.value for cell in cells.values()] == ["甲", "乙"]


def test_cells_that_count_on_others_are_never_cut_out():
    assert slimmed(b'<row r="1"><c r="A1"/><c><v>1</v></c></row>') is None
    assert slimmed(b'<row r="1"><c r="A1" s="1"/></row><row r="2"></row>') == b""
    assert slimmed(b'<x:row r="1"><x:c><v>1</v></x:c></x:row>') is None
    assert slimmed(b'<x:row r="1"><x:c r="A1" s="1"/></x:row><x:row r="2"></x:row>') == b""


def test_a_number_that_is_none_is_kept_as_a_text():
    values = ["abc", "1E999", "NaN", "12 3"]
    cells = "".join(f'<c r="A{n}"><v>{v}</v></c>' for n, v in enumerate(values, 1))
    assert [cell.value for cell in cells_of(f"<row>{cells}</row>").values()] == values


def test_fifteen_digits_are_kept_as_a_spreadsheet_keeps_them():
    cells = cells_of(
        '<row r="1"><c r="A1"><v>0.96499999999999997</v></c><c r="B1"><v>301001001002003004</v></c></row>'
    )
    assert [cell.number for cell in cells.values()] == [Decimal("0.965"), Decimal("301001001002003000")]


def test_dates_in_iso_8601_are_the_number_of_their_day():
    cells = cells_of(
        '<row r="1"><c r="A1" t="d"><v>2021-03-15</v></c><c r="B1" t="d"><v>2021-03-15T12:00:00Z</v></c></row>'
    )
    assert [(cell.number, cell.format) for cell in cells.values()] == [
        (Decimal(44270), "yyyy-mm-dd"),
        (Decimal("44270.5"), "yyyy-mm-dd"),
    ]


def test_pictures_in_cells():
    rows = (
        '<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
        '<c r="B1" t="e" vm="1"><v>#VALUE!</v></c><c r="C1" t="e"><v>#VALUE!</v></c>'
        '<c r="D1" t="str"><f>_xlfn.dispimg("ID_1",1)</f><v>=dispimg("ID_1",1)</v></c>'
        '<c r="E1" t="e" vm="2"><f>_xlfn.IMAGE("x")</f><v>#VALUE!</v></c>'
        # #SPILL! is kept as a rich #VALUE!, too
        '<c r="F1" t="e" vm="3"><f>_xlfn.SEQUENCE(9)</f><v>#VALUE!</v></c></row>'
    )
    assert [cell.picture for cell in cells_of(rows).values()] == [True, True, False, True, True, False]


def test_hidden_rows_columns_and_sheets():
    book = sheet_of("甲", "乙", "丙")
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("藏").sheet_state = "veryHidden"
    book["藏"]["A1"] = 1
    grids = read(parts(book))
    assert grids["Sheet"].hidden_rows == {2}
    assert [grids["Sheet"].is_hidden(a) for a in ((1, 1), (2, 1), (1, 3))] == [False, True, True]
    assert (grids["Sheet"].hidden, grids["藏"].hidden) == (False, True)


def test_struck_out_cells():
    book = sheet_of(5, 6)
    book.active["A2"].font = openpyxl.styles.Font(strike=True)
    assert [cell.struck for cell in read(parts(book))["Sheet"].cells.values()] == [False, True]


def twice(package):
    package[SHEET] = package[SHEET].replace(
        b"</sheetData>", b'<row r="1"><c r="A1"><v>7</v></c></row></sheetData>'
    )


def no_address(package):
    package[SHEET] = package[SHEET].replace(b'r="A1"', b'r="$A$1"')


def lost_sheet(package):
    del package[SHEET]


def lost_string(package):
    package[SHEET] = package[SHEET].replace(
        b"</sheetData>", b'<row r="9"><c r="A9" t="s"><v>7</v></c></row></sheetData>'
    )


def no_string(package):
    package["xl/sharedStrings.xml"] = SHARED.encode()
    package[SHEET] = package[SHEET].replace(
        b"</sheetData>", b'<row r="9"><c r="A9" t="s"><v>-1</v></c></row></sheetData>'
    )


def two_sheets_of_one_name(package):
    name = "xl/workbook.xml"
    package[name] = re.sub(rb'(<sheet [^>]*name=")Sheet("[^>]*/>)', rb"\1SHEET\2\1Sheet\2", package[name])


def broken(package):
    package[SHEET] = package[SHEET][:-20]


def doctype(package):
    package[SHEET] = b"<!DOCTYPE x>" + package[SHEET]


def doctype_in_utf_16(package):
    text = package[SHEET].decode().replace("<worksheet", "<!DOCTYPE worksheet><worksheet")
    package[SHEET] = re.sub(r"<\?xml[^>]*\?>", "", text).encode("utf-16")


@pytest.mark.parametrize(
    "change",
    [
        *(twice, no_address, lost_sheet, lost_string, no_string, two_sheets_of_one_name),
        *(broken, doctype, doctype_in_utf_16),
    ],
)
def test_what_no_spreadsheet_writes_is_told_as_damaged(tmp_path, change):
    package = parts(sheet_of(5, "甲"))
    change(package)
    (tmp_path / "x.xlsx").write_bytes(to_bytes(package))
    grids, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert (grids, fault.code) == (None, "file.damaged")


def test_an_address_that_is_none_raises():
    package = parts(sheet_of(5))
    no_address(package)
    with pytest.raises(DamagedError):
        read(package)


# Random sheets as XML: prefixes, missing attributes, every way to write a text, shared formulas.
PREFIXES = ("", "x:")
numbers = st.sampled_from(["0", "12", "-3.5", "1E3", "0.1", "44270", "99999999999"])
texts = st.sampled_from(["甲", " 乙 ", "a&amp;b", "_x000D_", "12", "&lt;c r=&quot;A1&quot;/&gt;"])


@st.composite
def sheets(draw):
    """A sheet's XML with its prefix; openpyxl needs an address at every cell that is not first in its row."""
    p = draw(st.sampled_from(PREFIXES))
    rows = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        cells = []
        for column in "ABCD":
            kind = draw(
                st.sampled_from(["n", "str", "inlineStr", "rich", "b", "e", "shared", "empty", "none"])
            )
            number_text, text = draw(numbers), draw(texts)
            at = f' r="{column}{number}"'
            style = draw(st.sampled_from(["", ' s="0"']))
            cells.append(
                {
                    "n": f"<{p}c{at}{style}><{p}v>{number_text}</{p}v></{p}c>",
                    "str": f'<{p}c{at}{style} t="str"><{p}f>A1</{p}f><{p}v>{text}</{p}v></{p}c>',
                    "inlineStr": f'<{p}c{style}{at} t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>',
                    "rich": f'<{p}c{at} t="inlineStr"><{p}is><{p}r><{p}t>{text}</{p}t></{p}r><{p}r><{p}rPr><{p}b/></{p}rPr>'
                    f"<{p}t>丙</{p}t></{p}r></{p}is></{p}c>",
                    "b": f'<{p}c{at} t="b"><{p}v>1</{p}v></{p}c>',
                    "e": f'<{p}c{at} t="e"><{p}v>#N/A</{p}v></{p}c>',
                    "shared": f'<{p}c{at}><{p}f t="shared" si="0" ref="A1:A2">$F$9</{p}f><{p}v>{number_text}</{p}v></{p}c>',
                    "empty": f"<{p}c{at}{style}/>",
                    "none": "",
                }[kind]
            )
        rows.append(f'<{p}row r="{number}">{"".join(cells)}</{p}row>')
    name = "xmlns:x" if p else "xmlns"
    return f'<{p}worksheet {name}="{MAIN}"><{p}sheetData>{"".join(rows)}</{p}sheetData></{p}worksheet>'


@given(sheets())
def test_random_sheets_are_read_as_openpyxl_reads_them(xml):
    package = parts(sheet_of("甲"))
    package[SHEET] = xml.encode()
    same(package)


values = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
    st.booleans(),
)
formats = st.sampled_from(["General", "0.00", "0%", "0.00%", "#,##0.00", "@", '0"人"', "[Red]0;-0", "0.00_ "])


@given(st.lists(st.tuples(values, formats), min_size=1, max_size=8))
def test_both_read_the_same(cells):
    same(parts(sheet_of(*cells)))
