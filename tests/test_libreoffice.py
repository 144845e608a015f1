"""An independent program opens what we wrote: LibreOffice (skipped where it is missing, never in CI)."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from documents import lines
from workbooks import FORM, SAMPLE

from generator.document.render import render
from generator.pipeline import examine
from generator.workbook.open import open_workbook

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def convert(source: Path, kind: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{kind}"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "2020.docx"
    path.write_bytes(render(examine(SAMPLE).report, FORM)[0])
    return path


def test_document_saved_again_says_the_same(document, tmp_path):
    assert lines(convert(document, "docx", tmp_path / "again")) == lines(document)


def test_workbook_saved_again_reads_the_same(tmp_path):
    again = convert(SAMPLE, "xlsx", tmp_path / "again")
    ours, theirs = examine(SAMPLE), examine(again)
    assert theirs.findings == ours.findings
    assert render(theirs.report, FORM)[0] == render(ours.report, FORM)[0]


def test_no_page_is_empty(document, tmp_path):
    pdf = convert(document, "pdf", tmp_path / "pdf")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    said = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    pages = said.split("\f")[:-1]
    assert len(pages) > 5
    assert [number for number, page in enumerate(pages, 1) if len(page.split()) < 5] == []


def test_greyed_totals_equal_the_tools_figures(tmp_path):
    """LibreOffice recalculates the workbook; every figure it shows is the one the tool derives."""
    again = convert(SAMPLE, "xlsx", tmp_path / "again")
    grids, _ = open_workbook(again)
    figures = dict(examine(SAMPLE).report.figures.values)
    for sheet in FORM.sheets:
        for matrix in sheet.matrices:
            for row in matrix.rows:
                del figures[row]  # its total stands further right
    compared = 0
    for grid in grids.values():
        for address, text in grid.texts():
            shown = grid.cells.get((address[0], 3))
            if text in figures and address[1] == 2 and figures[text].formula and shown is not None:
                expected = figures[text].value.value
                if shown.number is not None:
                    assert abs(shown.number - expected) < Decimal("0.0001"), text
                    compared += 1
    assert compared >= 11


def test_drop_downs_and_protection_survive(tmp_path):
    book = openpyxl.load_workbook(convert(SAMPLE, "xlsx", tmp_path / "again"))
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    lists = [
        v.formula1 for s in book.worksheets for v in s.data_validations.dataValidation if v.type == "list"
    ]
    assert '"当年,累计"' in lists
