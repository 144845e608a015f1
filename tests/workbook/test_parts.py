"""Packages as other programs lay them out: names in other case, backslashes, other names, Strict Open XML."""

import re

import pytest
from workbooks import SAMPLE

from generator.package import parts_of, to_bytes
from generator.pipeline import examine
from generator.workbook.open import open_workbook
from generator.workbook.parts import normal_name

TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = (
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def renamed(parts, change):
    return {change(name): data for name, data in parts.items()}


def edited(parts, old, new):
    return {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}


def strict(parts):
    for old, new in STRICT:
        parts = edited(parts, old, new)
    return parts


def backslashes(parts):
    return renamed(parts, lambda name: name.replace("/", "\\"))


def leading_slashes(parts):
    return renamed(parts, lambda name: "/" + name)


def other_case(parts):
    return renamed(parts, lambda name: name.replace("sheet", "Sheet").replace("xl/styles", "XL/Styles"))


def relations_with_backslashes(parts):
    name = "xl/_rels/workbook.xml.rels"
    return {**parts, name: parts[name].replace(b"worksheets/", b"worksheets\\")}


def other_workbook_name(parts):
    """As some servers write it: the workbook is called something else."""
    moved = renamed(
        parts,
        lambda name: name.replace("xl/workbook.xml", "xl/book2.xml").replace(
            "workbook.xml.rels", "book2.xml.rels"
        ),
    )
    return edited(moved, "xl/workbook.xml", "xl/book2.xml")


def other_folder(parts):
    moved = renamed(parts, lambda name: re.sub("^xl/", "tables/", name))
    return edited(edited(moved, '"/xl/', '"/tables/'), "xl/workbook.xml", "tables/workbook.xml")


def escaped_names(parts):
    moved = renamed(parts, lambda name: name.replace("sheet1.xml", "sheet 1.xml"))
    return edited(moved, "sheet1.xml", "sheet%201.xml")


def utf_16(parts):
    """Every worksheet in another encoding."""

    def encoded(name, data):
        if not name.startswith("xl/worksheets/sheet"):
            return data
        return re.sub(r"^<\?xml[^>]*\?>", "", data.decode("utf-8")).encode("utf-16")

    return {name: encoded(name, data) for name, data in parts.items()}


def prefixed(parts):
    """Every element of the workbook and its sheets with a prefix, as some libraries write it."""

    def with_prefix(data):
        text = re.sub(r"<(/?)(?![?!])(?!\w+:)(\w)", r"<\1x:\2", data.decode("utf-8"))
        return text.replace(' xmlns="', ' xmlns:x="').encode()

    chosen = re.compile(r"xl/(workbook|styles|worksheets/sheet\d+)\.xml")
    return {name: with_prefix(data) if chosen.fullmatch(name) else data for name, data in parts.items()}


def no_styles(parts):
    return {name: data for name, data in parts.items() if name != "xl/styles.xml"}


CHANGES = [
    strict,
    backslashes,
    leading_slashes,
    other_case,
    relations_with_backslashes,
    other_workbook_name,
    other_folder,
    escaped_names,
    utf_16,
    prefixed,
]


@pytest.fixture(scope="module")
def original():
    return open_workbook(SAMPLE)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_is_read_as_the_sample(tmp_path, original, change):
    parts = parts_of(SAMPLE)
    changed = change(parts)
    assert changed != parts
    (tmp_path / "x.xlsx").write_bytes(to_bytes(changed))
    assert open_workbook(tmp_path / "x.xlsx") == original


@pytest.mark.parametrize("mark", [b"PK00", b"PK\x07\x08"])
def test_the_marker_of_a_split_archive_does_no_harm(tmp_path, original, mark):
    (tmp_path / "x.xlsx").write_bytes(mark + SAMPLE.read_bytes())
    assert open_workbook(tmp_path / "x.xlsx") == original


def test_what_openpyxl_stumbles_over_in_the_styles_is_never_looked_at(tmp_path, original):
    parts = parts_of(SAMPLE)
    name = "xl/styles.xml"
    parts[name] = re.sub(rb'<fills count="\d+">', rb'<fills count="9"><fill/>', parts[name])
    (tmp_path / "x.xlsx").write_bytes(to_bytes(parts))
    assert open_workbook(tmp_path / "x.xlsx") == original


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path):
    parts = parts_of(SAMPLE)
    name = "xl/workbook.xml"
    parts[name] = re.sub(rb"<workbookPr[^>]*>", rb'<workbookPr date1904="1"/>', parts[name])
    (tmp_path / "x.xlsx").write_bytes(to_bytes(parts))
    report = examine(tmp_path / "x.xlsx").report
    assert report.figures.values["报告日期"].text == "2025年3月16日"


@pytest.mark.parametrize(
    "name, normal",
    [("xl/Sheet1.xml", "xl/sheet1.xml"), ("\\xl\\a.xml", "xl/a.xml"), ("/xl/a.xml", "xl/a.xml")],
)
def test_normal_names(name, normal):
    assert normal_name(name) == normal


def test_a_binary_workbook_is_named_as_such(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(to_bytes({"xl/workbook.bin": b"1"}))
    _, [fault] = open_workbook(tmp_path / "x.xlsx")
    assert "而是 Excel 二进制工作簿（.xlsb）" in fault.message
