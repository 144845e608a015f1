"""A header that was renamed is a finding and never a traceback, whatever is asked for, on every form."""

import openpyxl
import pytest
from workbooks import ROOT, SAMPLE

from generator.catalogue import Severity
from generator.explain import explain
from generator.pipeline import examine, produce
from generator.wanted import Wanted

DEPARTMENT, PROJECT = ROOT / "inputs" / "2018-湖南.xlsx", ROOT / "inputs" / "2020-项目.xlsx"
FORMS = {path: examine(path).form for path in (SAMPLE, DEPARTMENT, PROJECT)}
COLUMNS = [
    (path, table.name, column)
    for path, form in FORMS.items()
    for table in form.tables().values()
    for column in table.columns
]


@pytest.mark.parametrize(
    "path, table, column",
    COLUMNS,
    ids=[f"{path.stem} {table} {column.name}" for path, table, column in COLUMNS],
)
def test_a_renamed_header(path, table, column, tmp_path):
    form, workbook = FORMS[path], tmp_path / "x.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book[next(each.name for each in form.sheets for t in each.tables if t.name == table)]
    header = next(
        row
        for row in sheet.iter_rows()
        if {c.label for c in form.tables()[table].columns} <= {c.value for c in row}
    )
    next(cell for cell in header if cell.value == column.label).value = "改了名"
    book.save(workbook)

    examination = examine(workbook)
    assert any(each.severity is Severity.ERROR for each in examination.findings) or not column.required
    assert any(column.label in each.line() for each in examination.findings)
    if examination.report is not None and examination.form is not None:
        explain(examination, ())
    outcome = produce(workbook, tmp_path / "x.docx", Wanted(draft=True, workpaper=True))
    assert all("None" not in each.line() for each in outcome.findings)
