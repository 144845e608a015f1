"""Shared by all tests: the form, the sample, and the option that updates golden files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from generator import form as forms

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "2020.xlsx"


# Everybody's own run looks for new faults; CI tries the same examples every time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture(scope="session")
def form():
    return forms.load(ROOT / "templates" / "yueyang-2020")


@pytest.fixture
def golden(request):
    """Compare a text with a file in tests/golden, or rewrite the file with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{name} differs: python -m pytest --update-golden"

    return compare
