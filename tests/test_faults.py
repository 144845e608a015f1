"""The table of faults (tests/data/faults.toml), each through the real command line."""

import datetime
import os
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from workbooks import STANDING, Workbook

from generator.catalogue import CATALOGUE

FAULTS = tomllib.loads((Path(__file__).parent / "data" / "faults.toml").read_text("utf-8"))["fault"]
# What the sample is warned of anyway, told by what only these lines say.
STANDING_WORDS = ("如果选“", "的绩效目标；请补填")


def typed(value):
    if value == "":
        return None
    if isinstance(value, str) and value.startswith("date:"):
        return datetime.date.fromisoformat(value[5:])
    return value


def place(book, key):
    """``名称`` or ``表格[行].列`` → sheet, cell object and address."""
    match = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)", key)
    if match:
        address = book.cell(match[1], int(match[2]), match[3])
    else:
        try:
            address = book.a1(key)
        except KeyError:
            address = book.cell(book._table_of(key), 0, key)
    sheet, cell = address.split("!")
    return book.book[sheet][cell], address


def prepared(book, changes, path):
    """The sample with some cells changed, saved; the book is put back as it was."""
    before = []
    cells = {}
    for key, value in changes.items():
        cell, cells[key] = place(book, key)
        before.append((cell, cell.value, cell.number_format))
        cell.value = typed(value)
    book.save(path)
    for cell, value, number_format in before:
        cell.value, cell.number_format = value, number_format
    return cells


def command(path):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    arguments = [sys.executable, "-m", "generator", "check", str(path)]
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", env=environment)
    lines = [line for line in done.stderr.splitlines() if not any(word in line for word in STANDING_WORDS)]
    return done.returncode, lines


def say(cases, folder):
    """Exit code, what is said, and the changed cells, for every case; processes side by side."""
    book = Workbook()
    paths, cells = [], []
    for number, changes in enumerate(cases):
        paths.append(folder / f"{number}.xlsx")
        cells.append(prepared(book, changes, paths[-1]))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(command, paths))
    return [(*answer, where) for answer, where in zip(said, cells, strict=True)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return say([fault["set"] for fault in FAULTS], tmp_path_factory.mktemp("faults"))


def name(fault):
    return ",".join(f"{key}={str(value)[:20]}" for key, value in fault["set"].items())


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[name(fault) for fault in FAULTS])
def test_fault(answers, number):
    code, lines, cells = answers[number]
    expected = FAULTS[number]["says"]
    for key, address in cells.items():
        expected = [line.replace("{" + key + "}", address) for line in expected]
    assert lines == expected
    assert code == (1 if any(line.startswith("错误") for line in expected) else 0)


def test_there_are_enough_faults_and_every_one_is_told():
    assert len(FAULTS) >= 120
    assert all(fault["says"] for fault in FAULTS)
    assert set(CATALOGUE) >= STANDING
