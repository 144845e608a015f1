"""What a hurried accountant types (tests/data/hurried.toml): each case changes a few cells and says what is told then."""

import datetime
import tomllib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from generator.pipeline import examine

DATA = Path(__file__).parent / "data"
BASE = DATA / "2023-三个机构.xlsx"
CASES = tomllib.loads((DATA / "hurried.toml").read_text("utf-8"))["case"]
# Every change of a score changes what another reading would give.
READINGS = "如果选“"


def value_of(content):
    if content == "":
        return None
    if isinstance(content, str) and content.startswith("date:"):
        return datetime.datetime.fromisoformat(content[5:])
    return content


def changed(case, path):
    book = openpyxl.load_workbook(BASE, rich_text=True)
    for place, content in case["set"].items():
        sheet, cell = place.split("!")
        book[sheet][cell].value = value_of(content)
    for place, code in case.get("formats", {}).items():
        sheet, cell = place.split("!")
        book[sheet][cell].number_format = code
    for place in case.get("struck", ()):
        sheet, cell = place.split("!")
        book[sheet][cell].font = Font(strike=True)
    book.save(path)
    return path


def told(examination):
    return [each.line() for each in examination.findings if READINGS not in each.line()]


@pytest.fixture(scope="module")
def before():
    return told(examine(BASE))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case, before, tmp_path):
    examination = examine(changed(case, tmp_path / "x.xlsx"))
    after = told(examination)
    assert [line for line in after if line not in before] == case["says"]
    assert [line for line in before if line not in after] == case.get("silent", [])
    if "score" in case:
        assert str(examination.report.scorecard.total) == case["score"]


def test_the_workbook_itself_stops_nothing(before):
    assert not any(line.startswith("错误") for line in before)
    assert len(CASES) > 50
