"""PDF through LibreOffice: with it, without it, and with one that fails or hangs."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from workbooks import Workbook

from generator import pdf
from generator.pipeline import produce
from generator.wanted import Wanted


@pytest.fixture
def workbook(tmp_path):
    return Workbook().save(tmp_path / "inputs" / "2020.xlsx")


def office(folder, monkeypatch, script):
    """A program that stands in for LibreOffice."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "soffice" else None)


def told(outcome):
    return [each.line() for each in outcome.findings if each.code.startswith("pdf.")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_report_as_pdf(workbook):
    outcome = produce(workbook, wanted=Wanted(pdf=True))
    [made] = outcome.extras
    assert made == outcome.output.with_suffix(".pdf")
    assert made.read_bytes().startswith(b"%PDF-")


def test_without_libreoffice_the_report_is_delivered_all_the_same(workbook, monkeypatch):
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    outcome = produce(workbook, wanted=Wanted(pdf=True))
    assert outcome.output.is_file()
    assert outcome.extras == ()
    assert told(outcome) == [
        f"警告 没有找到 LibreOffice，没有生成 PDF；请安装 LibreOffice，或用 Word、WPS 打开 {outcome.output}，另存为 PDF"
    ]


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script")
@pytest.mark.parametrize(
    ("script", "why"), [("exit 3", "退出码 3"), ("exit 0", "没有写出文件")], ids=["fails", "writes nothing"]
)
def test_a_libreoffice_that_fails(workbook, tmp_path, monkeypatch, script, why):
    office(tmp_path / "bin", monkeypatch, script)
    outcome = produce(workbook, wanted=Wanted(pdf=True))
    assert outcome.output.is_file()
    assert told(outcome) == [
        f"警告 LibreOffice 没有生成 PDF：{why}；请再试一次，或用 Word、WPS 打开 {outcome.output}，另存为 PDF"
    ]


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script")
def test_a_libreoffice_that_hangs_is_ended_with_its_children(tmp_path, monkeypatch):
    office(tmp_path / "bin", monkeypatch, "tail -f /dev/null & echo $! > $HOME/child; wait")
    monkeypatch.setenv("HOME", str(tmp_path))
    made, [finding] = pdf.to_pdf(tmp_path / "x.docx", time_limit=0.5)
    assert made is None
    assert finding.message == "LibreOffice 没有生成 PDF：超过 0.5 秒没有完成"
    child = int((tmp_path / "child").read_text())
    while not gone(child):  # until the system has taken the killed child away
        os.sched_yield()


def gone(pid):
    """Dead, though perhaps nobody has asked for its end yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except OSError:
        return True


FONTS = [
    ("under its own name", ["仿宋"], {}, {"仿宋"}, []),
    ("under its English name", ["仿宋", "黑体"], {}, {"fangsong", "SimHei"}, []),
    ("under its alternative's", ["方正小标宋简体"], {"方正小标宋简体": "华文中宋"}, {"华文中宋"}, []),
    ("missing", ["仿宋_GB2312", "宋体", "仿宋_GB2312"], {"仿宋_GB2312": "仿宋"}, {"宋体"}, ["仿宋_GB2312"]),
]


@pytest.mark.parametrize(
    ("named", "others", "there", "missing"), [f[1:] for f in FONTS], ids=[f[0] for f in FONTS]
)
def test_which_fonts_are_missing(named, others, there, missing):
    assert pdf.missing_fonts(named, others, there) == missing


def test_missing_fonts_are_told_with_what_replaces_them(workbook, monkeypatch):
    document = produce(workbook).output
    monkeypatch.setattr(pdf, "_installed", lambda: {"宋体", "Times New Roman", "SimHei", "楷体"})
    [finding] = pdf._fonts(document, b"/BaseFont/BAAAAA+NotoSansCJKsc-Regular /BaseFont/CAAAAA+DejaVuSans")
    assert finding.line() == (
        "警告 这台电脑没有字体 仿宋_GB2312、方正小标宋简体，PDF 里换成了 NotoSansCJKsc、DejaVuSans；"
        "请安装这些字体再生成，或在装有这些字体的电脑上另存为 PDF"
    )
