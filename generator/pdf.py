"""The report as PDF through LibreOffice, if it is there; which fonts it had to replace is told."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.findings import Finding, finding
from generator.package import parts_of

TIME_LIMIT = 120.0  # seconds
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# Windows may list a font under its English name.
_ENGLISH = {
    "宋体": "SimSun",
    "黑体": "SimHei",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
}
_FONTS = re.compile(r"<w:rFonts [^>]*>")
_NAMED = re.compile(r'w:(?:ascii|hAnsi|eastAsia)="([^"]+)"')
_ALTERNATIVE = re.compile(r'<w:font w:name="([^"]+)">\s*<w:altName w:val="([^"]+)"')
_EMBEDDED = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")


def to_pdf(document: Path, time_limit: float = TIME_LIMIT) -> tuple[bytes | None, list[Finding]]:
    """The document as PDF; None when LibreOffice is missing, fails or takes longer than ``time_limit``."""
    office = find_office()
    if office is None:
        return None, [finding("pdf.no-office", path=document)]
    with tempfile.TemporaryDirectory() as folder:
        why = _convert(office, document, Path(folder), time_limit)
        made = Path(folder) / f"{document.stem}.pdf"
        if why or not made.is_file():
            return None, [finding("pdf.failed", path=document, why=why or "没有写出文件")]
        pdf = made.read_bytes()
    return pdf, _fonts(document, pdf)


def find_office() -> str | None:
    """LibreOffice's program."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _convert(office: str, document: Path, folder: Path, time_limit: float) -> str:
    """Why it failed; blank when it did not."""
    profile = (folder / "profile").as_uri()  # its own, so that an open LibreOffice does no harm
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    try:
        process = subprocess.Popen(
            [*command, "--outdir", str(folder), str(document.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return error.strerror or "不能启动"
    try:
        code = process.wait(time_limit)
    except subprocess.TimeoutExpired:
        _kill(process)
        return f"超过 {time_limit:g} 秒没有完成"
    return f"退出码 {code}" if code else ""


def _kill(process: subprocess.Popen[bytes]) -> None:
    """LibreOffice's starter leaves its own child behind, so the whole group has to go."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _fonts(document: Path, pdf: bytes) -> list[Finding]:
    """Which fonts that the document names are missing here, and what the PDF has instead."""
    installed = _installed()
    if installed is None:
        return []
    parts = parts_of(document)
    text = "".join(parts.get(f"word/{name}.xml", b"").decode("utf-8") for name in ("document", "styles"))
    alternatives = dict(_ALTERNATIVE.findall(parts.get("word/fontTable.xml", b"").decode("utf-8")))
    named = _NAMED.findall("".join(_FONTS.findall(text)))
    missing = missing_fonts(named, alternatives, installed)
    if not missing:
        return []
    used = "、".join(dict.fromkeys(name.decode("latin-1").split("-")[0] for name in _EMBEDDED.findall(pdf)))
    return [finding("pdf.fonts", missing="、".join(missing), used=used)]


def missing_fonts(
    named: Iterable[str], alternatives: Mapping[str, str], installed: Iterable[str]
) -> list[str]:
    """The named fonts that neither under their own, their English nor their alternative's name are there."""
    known = {name.lower() for name in installed}
    missing = []
    for name in dict.fromkeys(named):
        other = alternatives.get(name, name)
        names = {name, other, _ENGLISH.get(name, name), _ENGLISH.get(other, other)}
        if not known & {each.lower() for each in names}:
            missing.append(name)
    return missing


def _installed() -> set[str] | None:
    """The names of all fonts of this computer; None when it does not say."""
    if shutil.which("fc-list"):
        done = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=False)
        listed = done.stdout.decode("utf-8", "replace")
        return {name.strip() for line in listed.splitlines() for name in line.split(",")}
    return _registered() if sys.platform == "win32" else None


def _registered() -> set[str]:
    """``SimSun & NSimSun (TrueType)`` in the registry is two names."""
    if sys.platform != "win32":
        return set()
    import winreg

    place = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
    found: set[str] = set()
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
        for index in range(winreg.QueryInfoKey(key)[1]):
            name = winreg.EnumValue(key, index)[0].rpartition(" (")[0]
            found.update(each.strip() for each in name.split("&"))
    return found
