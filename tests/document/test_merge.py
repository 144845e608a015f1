"""Edits made by hand × corrections of the workbook (tests/data/merges.toml)."""

import io
import shutil
import subprocess
import tempfile
import tomllib
from functools import cache
from pathlib import Path

import pytest
from documents import lines
from docx import Document
from docx.oxml.ns import qn
from handedits import edited
from workbooks import FORM, ROOT, Workbook

from generator.document.merge import merge
from generator.document.render import render
from generator.pipeline import examine

DATA = tomllib.loads((ROOT / "tests" / "data" / "merges.toml").read_text("utf-8"))
CASES = DATA["case"]
SOFFICE = shutil.which("soffice")


@cache
def made(*changes):
    """The report of the sample after named changes, errors of the workbook or not."""
    book = Workbook()
    for change in changes:
        for name, value in DATA["changes"][change].items():
            if isinstance(value, list):
                book.fill(name, *value)
            else:
                book.set(**{name: value})
    with tempfile.TemporaryDirectory() as folder:
        report = examine(book.save(Path(folder) / "x.xlsx")).report
    document, faults = render(report, FORM)
    assert faults == []
    return document


def comments(document: bytes) -> str:
    return "\n".join(each.text for each in Document(io.BytesIO(document)).comments)


def hold(case, merged, new):
    """Everything that the case expects of the merged document."""
    said = lines(merged.document)
    assert sorted(each.kind.value for each in merged.edits) == sorted(case["kinds"]), merged.edits
    for text in case.get("says", []):
        assert any(text in line for line in said), text
    for text in case.get("lacks", []):
        assert not any(text in line for line in said), text
    for text in case.get("comments", []):
        assert text in comments(merged.document)
    if "once" in case:
        assert sum(case["once"] in line for line in said) == 1
    if case.get("equal"):
        assert said == lines(new)
    if "pictures" in case:
        assert pictures(merged.document) == case["pictures"]
    if "bold" in case:
        assert case["bold"] in bold(merged.document)
    if "header" in case:
        assert Document(io.BytesIO(merged.document)).sections[0].header.paragraphs[0].text == case["header"]
    again = merge(new, merged.document, new)
    assert lines(again.document) == said
    assert comments(again.document) == comments(merged.document)


def pictures(document):
    return len(list(Document(io.BytesIO(document)).element.body.iter(qn("w:drawing"))))


def bold(document):
    """The words that are bold by a run's own format."""
    found = ""
    for run in Document(io.BytesIO(document)).element.body.iter(qn("w:r")):
        mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
        if mark is not None and mark.get(qn("w:val")) not in ("0", "false"):
            found += "".join(t.text for t in run.iter(qn("w:t")))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_edited_with_python_docx(case):
    last, new = made("nothing"), made(case["change"])
    hold(case, merge(last, edited(last, case["edits"]), new), new)


@pytest.fixture(scope="session")
def resaved(tmp_path_factory):
    """The edited documents of all cases, opened and saved by LibreOffice in one go."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "in").mkdir()
    for number, case in enumerate(CASES):
        (folder / "in" / f"{number}.docx").write_bytes(edited(made("nothing"), case["edits"]))
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", folder / "out", *sorted((folder / "in").iterdir())]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return folder / "out"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["name"])
def test_edited_and_saved_by_libreoffice(number, resaved):
    case = CASES[number]
    new = made(case["change"])
    hold(case, merge(made("nothing"), (resaved / f"{number}.docx").read_bytes(), new), new)
