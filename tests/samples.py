"""The filled samples in inputs/, by the form that each names: what holds for one form holds for all."""

from __future__ import annotations

from workbooks import ROOT

from generator import form as forms
from generator.workbook.open import open_workbook
from generator.workbook.read import form_of


def _named(path) -> str:
    grids, findings = open_workbook(path)
    assert grids is not None, findings
    return form_of(grids)[0]


SAMPLES = {_named(path): path for path in sorted((ROOT / "inputs").glob("*.xlsx"))}
FORMS = {name: forms.load(folder) for name, folder in forms.available().items()}
