"""An independent program opens what we wrote: LibreOffice (skipped where it is missing, never in CI)."""

import shutil
import subprocess
from pathlib import Path

import pytest
from documents import lines
from workbooks import FORM, SAMPLE

from generator.document.render import render
from generator.pipeline import examine

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
