"""What a cell shows, judged by LibreOffice: every format with every value, in one conversion.

Where LibreOffice and Excel part, Excel counts, because the workbooks are its own (and WPS does as it does).
``DIFFERENCES`` lists them, each with its reason and with what LibreOffice is given, or how its answer is changed, so
that it is the judge of these cells too.
"""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from generator.workbook.number_format import HIDDEN, builtin, shown, traits

SOFFICE = shutil.which("soffice")
DATA = tomllib.loads((Path(__file__).parent.parent / "data" / "number_formats.toml").read_text("utf-8"))
KINDS = ("money", "numeric", "sections", "dates", "times", "chinese")
BUILTIN = [*range(63), *range(67, 82)]
FORMATS = [*BUILTIN, *(code for kind in KINDS for code in DATA[kind])]
VALUES = [*map(Decimal, DATA["numbers"]), *DATA["texts"]]
LARGE, THIRDS = Decimal("123456789012345"), Decimal("66.6666666666667")

SHORT_DATES = (14, 22, 71, 72, 78)  # yyyy/m/d in Chinese Windows, yyyy-m-d in LibreOffice
DAY, LAST_DAY = 86_400, 2_958_465
DIGITS = {"[DBNum1]": "〇一二三四五六七八九", "[DBNum2]": "零壹贰叁肆伍陆柒捌玖"}
# For a negative number: the section that Excel takes, alone.
NEGATIVE = {
    '[>=10000]0!.0,"万元";0"元"': '0"元"',
    '[=1]"是";[=0]"否";0': "0",
    '[=0]"";General': "General",
    '[=95]"优"': "General",
    "[<-0.005]-0.00;0.00": "0.00",
    "[>=100]0;[<10]0.0": "0.0",
}


# Numbers whose nearest fraction is the one that Excel takes for the other number.
CONVERGENTS = {
    ("# ??/??", Decimal("44132.354")): Decimal("44132.3541666667"),  # 17/48, not 23/65
    ("# ???/???", Decimal("-1234.567")): Decimal("-1234.56701030928"),  # 55/97, not 512/903
    ("# ???/???", Decimal("-0.001")): Decimal(0),  # 0, not 1/999
}


@dataclass(frozen=True)
class Difference:
    """Where LibreOffice shows something else than Excel, and what to give it so that it shows the same."""

    reason: str
    applies: Callable[[str, Decimal], bool]
    code: Callable[[str], str] = lambda code: code
    value: Callable[[Decimal, str], Decimal] = lambda value, code: value
    text: Callable[[str, str], str] = lambda text, code: text


def dated(code):
    return traits(code).date or traits(code).time


def weekday(code):
    return ("a" in code or "ddd" in code) and "F800" not in code


def early(code, value):
    return traits(code).date and 0 <= value < 61


def named(code):
    return ("mmm" in code or "ddd" in code or "AM/PM" in code) and "[$-" not in code


def without_day(code):
    zero = "〇" if "DBNum" in code else "0"
    return re.sub("(?<!d)d{1,2}(?!d)", lambda days: f'"{zero * len(days[0])}"', code)


def fraction(code):
    return "/" in code and not dated(code) and '"' not in code and "通用" not in code


DIFFERENCES = [
    Difference(
        "Excel shows the minus sign wherever a section is not for negative numbers only",
        lambda code, value: value < 0 and code in NEGATIVE,
        code=lambda code: NEGATIVE[code],
    ),
    Difference(
        "Excel fills the cell with # where neither of two conditions holds, LibreOffice shows General",
        lambda code, value: code == "[>=100]0;[<10]0.0" and 10 <= value < 100,
        text=lambda *_: HIDDEN,
    ),
    Difference(
        "LibreOffice has no escape !",
        lambda code, _: "!" in code,
        code=lambda code: code.replace("!", "\\"),
    ),
    Difference(
        "LibreOffice knows the English names of colours and of General only",
        lambda code, _: "红色" in code or "G/通用格式" in code,
        code=lambda code: code.replace("红色", "Red").replace("G/通用格式", "General"),
    ),
    Difference(
        "in Excel months, days and AM/PM are English unless the code asks for Chinese",
        lambda code, _: named(code),
        code=lambda code: f"[$-409]{code}",
    ),
    Difference(
        "上午/下午 is AM/PM in Chinese, which LibreOffice does not know by that name",
        lambda code, _: "上午/下午" in code,
        code=lambda code: code.replace("上午/下午", "[$-804]AM/PM"),
    ),
    Difference(
        "the system's long date has no day of the week in Chinese Windows",
        lambda code, _: "F800" in code,
        code=lambda _: 'yyyy"年"m"月"d"日"',
    ),
    Difference(
        "Excel's day 1 is 1900-01-01 and its 1900 has a 29 February; LibreOffice's day 1 is the day before",
        lambda code, value: early(code, value) and value >= 1 and not weekday(code),
        value=lambda value, _: value + 1,
    ),
    Difference(
        "Excel has a day 0, which it shows as 0 January",
        lambda code, value: early(code, value) and value < 1 and not weekday(code),
        code=without_day,
        value=lambda value, _: value + 2,
    ),
    Difference(
        "up to 29 February 1900 Excel's days of the week follow from the number alone",
        lambda code, value: early(code, value) and weekday(code),
        value=lambda value, _: value + 70,
    ),
    Difference(
        "Excel rounds to the second that it shows, LibreOffice cuts off",
        lambda code, value: value > 0 and traits(code).time and "s" in code and ".0" not in code,
        value=lambda value, _: (round(value * DAY) + Decimal("0.1")) / DAY,
    ),
    Difference(
        "Chinese Windows abbreviates 星期三 to 周三",
        lambda code, _: code in ("[$-804]aaa", "[$-804]ddd"),
        text=lambda text, _: f"周{text}",
    ),
    Difference(
        "Excel shows A/P as it is written in the code",
        lambda code, _: "A/P" in code,
        text=lambda text, _: text.upper(),
    ),
    Difference(
        "Excel keeps a point after which no digit is shown",
        lambda code, _: code in ("0.##", "#.##"),
        text=lambda text, _: text if "." in text else f"{text}.",
    ),
    Difference(
        "Excel multiplies by 100 for every percent sign",
        lambda code, _: code == "0%%",
        value=lambda value, _: value * 100,
    ),
    Difference(
        "where a fraction is 0 LibreOffice leaves no blanks for a denominator that is given",
        lambda code, _: code in ("# ?/8", "# ??/16"),
        text=lambda text, code: text if "/" in text else text.rstrip() + " " * (len(code) - 1),
    ),
    Difference(
        "Excel takes the last convergent of the continued fraction, LibreOffice the nearest fraction",
        lambda code, value: (code, value) in CONVERGENTS,
        value=lambda value, code: CONVERGENTS[code, value],
    ),
    Difference(
        "LibreOffice shows no fractions of large numbers",
        lambda code, value: value == LARGE and fraction(code),
        value=lambda *_: Decimal(345),
        text=lambda text, _: f"123456789012{text}",
    ),
    Difference(
        "Excel's General has 11 characters at most",
        lambda code, value: value == THIRDS and traits(code).general,
        value=lambda *_: Decimal("66.66666667"),
    ),
    Difference(
        "Excel's General is scientific from 12 digits on",
        lambda code, value: value == LARGE and traits(code).general and "DBNum" not in code,
        text=lambda text, _: text.replace(str(LARGE), "1.23457E+14"),
    ),
    Difference(
        "Excel leaves point and minus sign as they are among Chinese digits",
        lambda code, _: "DBNum" in code,
        text=lambda text, _: text.translate(str.maketrans("．点－", "..-")),
    ),
    Difference(
        "Excel reads hours and minutes as it reads days: 十二, not 一十二",
        lambda code, _: "DBNum" in code and "h" in code,
        text=lambda text, _: text.replace("一十", "十"),
    ),
    Difference(
        "Excel replaces the digits one by one where a code has places for them",
        lambda code, _: code in ("[DBNum1]0", "[DBNum2]0.00"),
        code=lambda code: code[8:],
        text=lambda text, code: text.translate(str.maketrans("0123456789", DIGITS[code[:8]])),
    ),
]


def asked(code, value):
    """What to give to LibreOffice instead, and how to change its answer."""
    if isinstance(value, str):
        code = code.replace("!", "\\")
        return code, value, []
    how = [difference for difference in DIFFERENCES if difference.applies(code, value)]
    given = code
    for difference in how:
        given, value = difference.code(given), difference.value(value, code)
    return given, value, [difference.text for difference in how]


CHINESE_OFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item></oor:items>"""
CELL, END = "|", "¶"
# Cells apart by CELL, texts without quotes, UTF-8, Chinese, as shown.
CSV = f"csv:Text - txt - csv (StarCalc):{ord(CELL)},0,76,1,,0,false,true,true,false"


def code_of(given):
    return builtin(given) if isinstance(given, int) else given


def written(path):
    """A workbook with a row for each format and a column for each value."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, given in enumerate(FORMATS, 1):
        code = code_of(given)
        for column, value in enumerate(VALUES, 1):
            other, instead, _ = asked(code, value)
            cell = sheet.cell(row, column, instead)
            cell.number_format = other
            if isinstance(given, int) and other == code and given not in SHORT_DATES:
                cell._style.numFmtId = given
        sheet.cell(row, len(VALUES) + 1, END)
    book.save(path)


def as_shown(path):
    """The texts of all cells, as LibreOffice shows them in Chinese."""
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(CHINESE_OFFICE, "utf-8")
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", CSV]
    subprocess.run([*command, "--outdir", path.parent, path], check=True, capture_output=True, timeout=300)
    text = path.with_suffix(".csv").read_text("utf-8")
    return [row.split(CELL) for row in text.split(f"{CELL}{END}\n")[:-1]]


def expected(code, value, office):
    """What Excel shows, from what LibreOffice shows of the cell that stands for it."""
    if isinstance(value, Decimal) and dated(code) and not 0 <= value < LAST_DAY + 1:
        return HIDDEN  # Excel fills the cell with # where a number is no date
    for change in asked(code, value)[2]:
        office = change(office, code)
    return office


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_every_format_shows_every_value_as_the_office_does(tmp_path):
    written(tmp_path / "shown.xlsx")
    office = as_shown(tmp_path / "shown.xlsx")
    assert [len(row) for row in office] == [len(VALUES)] * len(FORMATS)
    different = []
    for given, row in zip(FORMATS, office, strict=True):
        code = code_of(given)
        for value, text in zip(VALUES, row, strict=True):
            theirs, ours = expected(code, value, text), shown(value, code)
            if ours != theirs:
                different.append((given, str(value), theirs, ours))
    assert different == []


def test_every_difference_is_met():
    """No difference is listed that no cell shows."""
    cells = [(code_of(given), value) for given in FORMATS for value in VALUES if isinstance(value, Decimal)]
    for difference in DIFFERENCES:
        assert any(difference.applies(code, value) for code, value in cells), difference.reason
