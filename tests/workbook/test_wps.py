"""Workbooks as other programs write them: what WPS does differently changes nothing.

The sample itself has inline strings; shared ones are read from LibreOffice's copy (test_libreoffice.py).
"""

import re
import zipfile
from xml.sax.saxutils import escape

import pytest
from workbooks import FORM, SAMPLE

from generator.document.render import render
from generator.package import parts_of, to_bytes
from generator.pipeline import examine


def document(path):
    return render(examine(path).report, FORM)[0]


@pytest.fixture(scope="module")
def original():
    return document(SAMPLE)


def sheets(parts):
    return [name for name in parts if name.startswith("xl/worksheets/sheet")]


def wrong_dimension(parts):
    for name in sheets(parts):
        parts[name] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', parts[name])


def formatted_rows(parts):
    for name in sheets(parts):
        rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % r for r in range(2000, 3000))
        parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")


def formatted_cells(parts):
    for name in sheets(parts):
        cells = b"".join(b'<c r="A%d" s="1"/>' % 3000 for _ in range(1))
        parts[name] = parts[name].replace(b"</sheetData>", b'<row r="3000">' + cells + b"</row></sheetData>")


def text_numbers(parts):
    """Numbers that were pasted as text."""

    def text(match):
        return f'<c{match[1]} t="inlineStr"><is><t>{escape(match[2])}</t></is></c>'

    for name in sheets(parts):
        xml = parts[name].decode()
        if "39637500" in xml or "35066013" in xml:
            xml = re.sub(r'<c([^>]*?)(?: t="n")?><v>(\d{4,})</v></c>', text, xml)
            parts[name] = xml.encode()


CHANGES = [wrong_dimension, formatted_rows, formatted_cells, text_numbers]


@pytest.mark.parametrize("change", CHANGES)
def test_reads_the_same(tmp_path, original, change):
    parts = parts_of(SAMPLE)
    before = dict(parts)
    change(parts)
    assert parts != before
    path = tmp_path / "x.xlsx"
    path.write_bytes(to_bytes(parts))
    assert document(path) == original


def test_a_macro_workbook_is_read_and_said(tmp_path):
    path = tmp_path / "x.xlsm"
    parts = parts_of(SAMPLE)
    parts["xl/vbaProject.bin"] = b"macros"
    path.write_bytes(to_bytes(parts))
    assert "file.macro" in {finding.code for finding in examine(path).findings}


@pytest.mark.parametrize("mark", ["~$", ".~"])
def test_a_lock_file_is_told(tmp_path, mark):
    path = tmp_path / f"{mark}2020.xlsx"
    path.write_bytes(b"lock")
    [fault] = examine(path).findings
    assert fault.line() == (f"错误 {path} 是打开工作簿时产生的临时文件；请改用文件名不带“{mark}”的工作簿")


def test_an_encrypted_workbook_is_told(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    )
    [fault] = examine(path).findings
    assert fault.line() == f"错误 {path} 加了密码，读不出来；请在 WPS 或 Excel 里取消打开密码，保存后再试"


def test_a_shared_string_bomb_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    parts = parts_of(SAMPLE)
    parts["xl/sharedStrings.xml"] = (
        b'<?xml version="1.0"?>' + b" " * 100 + b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>'
    )
    path.write_bytes(to_bytes(parts))
    assert [finding.code for finding in examine(path).findings] == ["file.damaged"]
    assert zipfile.is_zipfile(path)
