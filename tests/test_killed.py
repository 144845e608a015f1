"""kill -9 at random moments: the report is always whole, the last edit by hand is never lost."""

import os
import random
import signal
import sys

import pytest
from documents import lines
from docx import Document
from workbooks import Workbook

from generator.pipeline import examine, produce

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
RUNS = 100
POSTS = (30, 41, 42)
HAND = "（手工修改）"


class Moments:
    """Counts the lines of the modules that write; at the chosen one the process is gone."""

    MODULES = ("deliver.py", "records.py", "merge.py", "walk.py", "render.py", "package.py", "tempfile.py")

    def __init__(self, last=None):
        self.count = 0
        self.last = last

    def __call__(self, frame, event, argument):
        if not frame.f_code.co_filename.endswith(self.MODULES):
            return None
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return self


def count(*args):
    """How many moments an undisturbed run has."""
    moments = Moments()
    sys.settrace(moments)
    try:
        produce(*args)
    finally:
        sys.settrace(None)
    return moments.count


def killed(moment, *args):
    """Run in a process of its own and kill it at that moment; whether it came to that."""
    pid = os.fork()
    if pid == 0:
        try:
            sys.settrace(Moments(moment))
            produce(*args)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("by_hand", [False, True], ids=["our own report", "a report edited by hand"])
def test_killed_at_random_moments(tmp_path, by_hand):
    books = [Workbook().set(人员编制=n).save(tmp_path / f"{n}.xlsx") for n in POSTS]
    target = tmp_path / "outputs" / "2020.docx"
    produce(books[0], target)
    if by_hand:
        document = Document(target)
        document.paragraphs[0].add_run(HAND)
        document.save(target)
    expected = {n: expected_lines(book, tmp_path, by_hand) for n, book in zip(POSTS, books, strict=True)}
    longest = count(books[1], target)
    chance, hits = random.Random(9), 0
    for number in range(RUNS):
        before = lines(target)
        book = chance.choice(books)
        hits += killed(chance.randint(1, longest), book, target)
        now = lines(target)
        assert now in (before, expected[int(book.stem)])
        if number % 10 == 9:
            outcome = produce(books[number // 10 % 3], target)
            assert outcome.output == target
            assert lines(target) == expected[POSTS[number // 10 % 3]]
            assert {f.code for f in outcome.findings} & {"output.edited", "merge.conflict"} == set()
    assert hits > RUNS / 2
    assert list(target.parent.glob("2020-*.docx")) == []


def expected_lines(book, folder, by_hand):
    document = produce(book, folder / "plain" / f"{book.stem}.docx").output
    said = lines(document)
    assert examine(book).report.figures.values["人员编制"].text in said
    return [said[0] + HAND, *said[1:]] if by_hand else said
