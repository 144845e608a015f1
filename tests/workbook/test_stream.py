"""Workbooks that are far larger than a form: read piece by piece, or refused in one sentence."""

import io
import tracemalloc
import warnings
import zipfile

import pytest
from workbooks import SAMPLE

from generator.catalogue import Severity
from generator.package import parts_of, to_bytes
from generator.pipeline import examine
from generator.workbook.open import open_workbook

SHEET = "xl/worksheets/sheet3.xml"
ROWS = b"</sheetData>"


def larger(tmp_path, name, before, more):
    """The sample with something put in before a tag of one part."""
    parts = parts_of(SAMPLE)
    assert before in parts[name]
    parts[name] = parts[name].replace(before, more.encode() + before, 1)
    (tmp_path / "x.xlsx").write_bytes(to_bytes(parts))
    return tmp_path / "x.xlsx"


def rules(count):
    rule = (
        '<conditionalFormatting sqref="D{n}"><cfRule type="cellIs" priority="{n}" operator="equal">'
        "<formula>{n}</formula></cfRule></conditionalFormatting>"
    )
    return "".join(rule.format(n=number) for number in range(1, count + 1))


def merges(count):
    return "".join(f'<mergeCell ref="AA{row}:AB{row}"/>' for row in range(600, 600 + count))


HARMLESS = [
    ("conditional formats", SHEET, b"<pageMargins", rules(20_000)),
    ("merged areas", SHEET, b"</mergeCells>", merges(60_000)),
    ("empty rows", SHEET, ROWS, "".join(f'<row r="{n}" s="1"/>' for n in range(600, 60_000))),
    (
        "hidden names",
        "xl/workbook.xml",
        b"</definedNames>",
        '<definedName name="a">#REF!</definedName>' * 60_000,
    ),
    ("styles", "xl/styles.xml", b"</cellStyles>", '<cellStyle name="常规 2" xfId="0"/>' * 60_000),
    ("fonts", "xl/styles.xml", b"</fonts>", '<font><sz val="11"/><name val="宋体"/></font>' * 30_000),
]


@pytest.mark.parametrize(
    "name, before, more", [case[1:] for case in HARMLESS], ids=[case[0] for case in HARMLESS]
)
def test_what_is_not_read_is_not_kept(tmp_path, name, before, more):
    path = larger(tmp_path, name, before, more)
    assert len(more.encode()) > 1024 * 1024  # read piece by piece
    tracemalloc.start()
    grids, findings = open_workbook(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    expected, _ = open_workbook(SAMPLE)
    assert findings == []
    assert {name: grid.cells for name, grid in grids.items()} == {n: g.cells for n, g in expected.items()}
    assert peak < 64 * 1024 * 1024


def test_merged_areas_behind_many_rows_are_read(tmp_path):
    path = larger(tmp_path, SHEET, b"</mergeCells>", '<mergeCell ref="AE7:AF8"/>' + merges(60_000))
    grids, _ = open_workbook(path)
    assert grids["收入支出"].merged.get((8, 32)) == ((7, 31), (8, 32))


REFUSED = [
    ("merged areas", SHEET, b"</mergeCells>", merges(100_001), "工作表“收入支出”有 10 万个以上合并单元格，不像填报表"),
    ("blanks", SHEET, ROWS, " " * 10_000_000, "解压后过大（9 MB），不像填报工作簿"),
    ("a text", SHEET, ROWS, f'<row r="600"><c r="B600" t="str"><v>{"x" * 10_000_000}</v></c></row>', "解压后过大（9 MB）"),
]  # fmt: skip


@pytest.mark.parametrize(
    "name, before, more, says", [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_no_form_holds_is_refused(tmp_path, name, before, more, says):
    grids, [fault] = open_workbook(larger(tmp_path, name, before, more))
    assert grids is None
    assert says in fault.message


def test_more_strings_than_any_form_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.workbook.strings.MAX_STRINGS", 100)
    parts = parts_of(SAMPLE)
    parts["xl/sharedStrings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "<si><t>甲</t></si>" * 101
        + "</sst>"
    ).encode()
    (tmp_path / "x.xlsx").write_bytes(to_bytes(parts))
    _, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert fault.code == "file.too-large"


@pytest.mark.parametrize("second", [SHEET, "XL/worksheets/Sheet3.xml"])
def test_a_part_that_is_there_twice_is_no_choice_of_ours(tmp_path, second):
    """Whichever of the two is read, a person may see the other."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in parts_of(SAMPLE).items():
            archive.writestr(name, data)
        archive.writestr(second, parts_of(SAMPLE)["xl/worksheets/sheet4.xml"])
    (tmp_path / "x.xlsx").write_bytes(target.getvalue())
    _, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert fault.code == "file.damaged"


def test_more_rows_than_any_table_has_are_one_finding(tmp_path):
    row = '<row r="{n}"><c r="B{n}" t="str"><v>甲{n}</v></c><c r="D{n}"><v>1</v></c></row>'
    path = larger(tmp_path, SHEET, ROWS, "".join(row.format(n=n) for n in range(600, 4_000)))
    errors = [each.line() for each in examine(path).findings if each.severity is Severity.ERROR]
    assert errors == [
        "错误 收入支出!B6〔收入支出〕“收入支出”填了 3401 行，不像填报表，没有读取；请删去不属于本表的行"
    ]
