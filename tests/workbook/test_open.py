"""Opening files that are not what they seem, and what a grid holds."""

import zipfile
from decimal import Decimal

import openpyxl
import pytest

from generator.workbook.grid import a1
from generator.workbook.open import open_workbook


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)


CASES = [
    ({"word__document_xml": ""}, "而是 Word 文档"),
    ({"ppt__presentation_xml": ""}, "而是 PowerPoint 演示文稿"),
    ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "而是 OpenDocument 文件（.ods）"),
    ({"a": ""}, "而是其他压缩文件"),
    ({"xl__workbook_xml": "<!DOCTYPE x [<!ENTITY a 'a'>]><x/>"}, "不完整或已损坏"),
    ({"xl__workbook_xml": "no xml"}, "不完整或已损坏"),
    ({"xl__workbook_xml": "<workbook/>", "xl__big": b"\0" * 301 * 1024 * 1024}, "解压后过大（301 MB）"),
]


@pytest.mark.parametrize("members, message", CASES, ids=[message for _, message in CASES])
def test_archives_that_are_no_workbooks(tmp_path, members, message):
    zipped(tmp_path / "x.xlsx", **members)
    grids, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert grids is None
    assert message in fault.message


@pytest.mark.parametrize(
    "head, kind",
    [
        (b"%PDF-1.4", " PDF 文件"),
        (b"<html>", "网页或 XML 文件"),
        (b"\xef\xbb\xbf<?xml", "网页或 XML 文件"),
        (b"abc", "其他格式的文件（例如改了扩展名的 CSV）"),
    ],
)
def test_first_bytes_tell_the_kind(tmp_path, head, kind):
    (tmp_path / "x.xlsx").write_bytes(head)
    _, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert f"而是{kind}" in fault.message


def test_a_folder_is_told(tmp_path):
    _, [fault] = open_workbook(tmp_path)
    assert fault.code == "file.folder"


def test_a_workbook_cut_off_is_told(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "x.xlsx")
    whole = (tmp_path / "x.xlsx").read_bytes()
    for length in (30, len(whole) // 2, len(whole) - 30):
        (tmp_path / "x.xlsx").write_bytes(whole[:length])
        _, [fault] = open_workbook(tmp_path / "x.xlsx")
        assert fault.code == "file.damaged"


def test_a_member_with_damaged_compression_is_told(tmp_path):
    zipped(tmp_path / "x.xlsx", xl__workbook_xml="<workbook>" + "x" * 500 + "</workbook>")
    data = bytearray((tmp_path / "x.xlsx").read_bytes())
    start = data.index(b"workbook.xml") + len(b"workbook.xml")
    data[start : start + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "x.xlsx").write_bytes(bytes(data))
    _, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert fault.code == "file.damaged"


def test_cells_keep_value_format_and_state(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"], sheet["B1"], sheet["C1"] = "文字", 0.965, "=1+1"
    sheet["B1"].number_format = "0.0%"
    sheet["D1"] = "#N/A"
    sheet.merge_cells("A2:B3")
    sheet["A2"] = "合并"
    book.save(tmp_path / "x.xlsx")
    grids, findings = open_workbook(tmp_path / "x.xlsx")
    grid = grids["表"]
    cells = {a1(address): cell for address, cell in grid.cells.items()}
    assert findings == []
    assert cells["A1"].value == "文字"
    assert (cells["B1"].number, cells["B1"].format) == (Decimal("0.965"), "0.0%")
    assert cells["C1"].uncalculated
    assert cells["D1"].fault
    assert grid.at((3, 2)).value == "合并"
    assert grid.right_of((2, 1)) == (2, 3)


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK")

    def refuse(*_args, **_options):
        raise PermissionError(13, "拒绝访问")

    monkeypatch.setattr(type(path), "open", refuse)
    _, [fault] = open_workbook(path)
    assert fault.line() == f"错误 打不开 {path}：拒绝访问；请关闭占用它的程序，或核对读取权限后再试"
