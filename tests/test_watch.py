"""--watch: what counts as a save, told by a clock that the test turns itself, and once for real."""

import os
import signal
import subprocess
import sys

import pytest
from workbooks import Workbook

from generator.watch import saved


def write(path, content):
    """Write with a time of its own, however fast the test runs."""
    path.write_bytes(content)
    write.clock += 1_000_000_000
    os.utime(path, ns=(write.clock, write.clock))


write.clock = 10**18


def turns(path, *actions):
    """How often a save is told while the actions happen, one at each look; content at each telling."""
    actions = iter(actions)

    def sleep(_seconds):
        action = next(actions, None)
        if action is None:
            raise KeyboardInterrupt
        action()

    told = []
    try:
        for _ in saved(path, sleep):
            told.append(path.read_bytes() if path.exists() else None)
    except KeyboardInterrupt:
        return told
    raise AssertionError("the watch ended by itself")


def test_told_at_once_and_after_every_save_that_has_come_to_rest(tmp_path):
    path = tmp_path / "x.xlsx"
    write(path, b"1")
    rest = lambda: None  # noqa: E731
    told = turns(path, rest, lambda: write(path, b"2"), rest, rest, lambda: write(path, b"3"), rest)
    assert told == [b"1", b"2", b"3"]


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path):
    path = tmp_path / "x.xlsx"
    write(path, b"1")
    growing = [lambda n=n: write(path, b"2" * n) for n in range(1, 5)]
    assert turns(path, *growing, lambda: None) == [b"1", b"2222"]


def test_saving_through_a_temporary_file(tmp_path):
    path, temporary = tmp_path / "x.xlsx", tmp_path / "~x.tmp"
    write(path, b"1")
    told = turns(
        path, lambda: write(temporary, b"2"), path.unlink, lambda: temporary.rename(path), lambda: None
    )
    assert told == [b"1", b"2"]


def test_the_same_content_saved_again_is_no_change(tmp_path):
    path = tmp_path / "x.xlsx"
    write(path, b"1")
    assert turns(path, lambda: write(path, b"1"), lambda: None, lambda: None) == [b"1"]


def test_a_workbook_that_comes_later(tmp_path):
    path = tmp_path / "x.xlsx"
    assert turns(path, lambda: None, lambda: write(path, b"1"), lambda: None) == [None, b"1"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent to a process otherwise on Windows")
def test_for_real_until_ctrl_c(tmp_path):
    path = Workbook().save(tmp_path / "inputs" / "2020.xlsx")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "generator", str(path), "--watch"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", env=environment
    ) as process:
        assert "等候保存" in "".join(read_to(process.stdout, "等候保存"))
        Workbook().set(结余口径="累计").save(path)
        assert "  总分：99 → 97\n" in read_to(process.stdout, "等候保存")
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "已停止。\n"
    assert process.returncode == 0


def read_to(stream, word):
    """The lines up to the one with the word; a process that ends instead fails the test."""
    lines = []
    for line in stream:
        lines.append(line)
        if word in line:
            return lines
    raise AssertionError(f"ended without {word}: {lines}")
