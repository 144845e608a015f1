"""A command imports only what it needs; what it keeps on disk to be faster never changes what it writes."""

import os
import subprocess
import sys

import pytest
from workbooks import FORM, SAMPLE

from generator.document import cache
from generator.document.template import load_template

# The slow ones: which of them a command may import.
SLOW = [
    "openpyxl",
    "docxtpl",
    "docx",
    "lxml",
    "jinja2",
    "distributed",
    "multiprocessing",
    "hypothesis",
    "urllib.request",
]
COMMANDS = {
    "--version": ([], []),
    "check": (["check", str(SAMPLE)], []),
    "explain": (["explain", str(SAMPLE), "收入合计"], []),
    "the main job": ([str(SAMPLE)], ["jinja2"]),
}


def imported(folder, *args):
    program = (
        "import sys, runpy\n"
        f"sys.argv = ['gen-report', *{list(args)!r}]\n"
        "try: runpy.run_module('generator', run_name='__main__')\n"
        "except SystemExit: pass\n"
        f"print('LOADED', *[name for name in {SLOW!r} if name in sys.modules])"
    )
    env = {**os.environ, "GEN_REPORT_CACHE": str(folder / "cache"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=env)
    return done.stdout.splitlines()[-1].split()[1:]


@pytest.mark.parametrize("name", COMMANDS)
def test_only_what_a_command_needs_is_imported(name, tmp_path):
    args, expected = COMMANDS[name]
    args = args or ["--version"]
    if name == "the main job":
        args = [*args, "-o", str(tmp_path / "x.docx")]
        imported(tmp_path, *args)  # the first run patches the template and keeps it
    assert imported(tmp_path, *args) == expected


def document(folder, setting):
    target = folder / "2020.docx"
    target.unlink(missing_ok=True)
    env = {**os.environ, "GEN_REPORT_CACHE": setting, "PYTHONIOENCODING": "utf-8"}
    subprocess.run(
        [sys.executable, "-m", "generator", SAMPLE, "-o", target], check=True, capture_output=True, env=env
    )
    return target.read_bytes()


def test_the_same_bytes_with_a_cache_that_is_off_cold_warm_or_damaged(tmp_path):
    folder = tmp_path / "cache"
    expected = document(tmp_path, "0")
    assert not folder.exists()
    assert document(tmp_path, str(folder)) == expected
    [kept] = folder.iterdir()
    whole = kept.read_bytes()
    assert document(tmp_path, str(folder)) == expected
    for damaged in (b"", whole[:-1], whole.replace("绩效".encode(), "坏".encode(), 1), b"\xff" * 100):
        kept.write_bytes(damaged)
        assert document(tmp_path, str(folder)) == expected
        assert kept.read_bytes() == whole
    (tmp_path / "a file").write_text("no folder")
    assert document(tmp_path, str(tmp_path / "a file")) == expected


def test_a_cache_is_for_one_template_and_one_version(tmp_path, monkeypatch):
    monkeypatch.setenv("GEN_REPORT_CACHE", str(tmp_path))
    cache.save(b"template", {"word/document.xml": "甲"})
    assert cache.load(b"template") == {"word/document.xml": "甲"}
    assert cache.load(b"another") is None
    monkeypatch.setattr(cache, "__version__", "99")
    assert cache.load(b"template") is None


def test_the_cached_source_is_what_docxtpl_makes(tmp_path, monkeypatch):
    monkeypatch.setenv("GEN_REPORT_CACHE", str(tmp_path))
    from generator.document import template
    from generator.package import parts_of

    template._compile.cache_clear()
    load_template(FORM.template)
    data = FORM.template.read_bytes()
    assert cache.load(data) == template.patched(data, parts_of(FORM.template))
    template._compile.cache_clear()


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_the_users_own_cache_folder(platform, monkeypatch, tmp_path):
    monkeypatch.delenv("GEN_REPORT_CACHE", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    expected = {"win32": tmp_path / "local", "linux": tmp_path / "xdg"}
    folder = cache._folder()
    assert folder.name == "gen-report"
    assert platform == "darwin" or folder.parent == expected[platform]
