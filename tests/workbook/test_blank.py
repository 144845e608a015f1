"""The blank workbook: made from the form's data alone, always the same, and readable by the reader."""

import subprocess
import sys

import openpyxl
import pytest
from workbooks import FORM, SAMPLE, Workbook, news

from generator.document.render import render
from generator.pipeline import examine
from generator.workbook.blank import blank


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "2021.xlsx"
    target.write_bytes(blank(FORM, 2021))
    return target


def test_same_bytes_every_time():
    assert blank(FORM, 2021) == blank(FORM, 2021)


def test_one_sheet_each_and_every_label(path):
    book = openpyxl.load_workbook(path)
    assert tuple(book.sheetnames) == FORM.sheet_names
    codes = {finding.code for finding in examine(path).findings}
    assert codes == {"cell.required", "table.empty", "score.missing"}


def test_untouched_it_asks_for_every_required_cell_once(path):
    findings = examine(path).findings
    asked = [f.field for f in findings if f.code == "cell.required"]
    given = {"表样", "年度", "金额单位"}
    wanted = [f.label for f in FORM.fields().values() if f.required and f.name not in given]
    assert sorted(asked) == sorted(wanted)
    assert [f.field for f in findings if f.code == "table.empty"] == [
        "收入支出",
        "定性目标",
        "定量目标",
        "评价人员",
    ]


def test_filled_with_the_samples_values_it_gives_the_samples_document(tmp_path):
    target = tmp_path / "blank.xlsx"
    target.write_bytes(blank(FORM, 2020))
    filled, sample = Workbook(target), Workbook()
    for name, field in FORM.fields().items():
        if field.default:
            continue  # holds without being filled in, and the sample is older than it
        sheet, address = sample.address(name)
        filled.set(**{name: sample.book[sheet].cell(*address).value})
    for name in FORM.tables():
        sheet, columns, _ = sample._table(name)
        values = [{key: sheet.cell(row, c).value for key, c in columns.items()} for row in sample.rows(name)]
        filled.fill(name, *values)
    ours, theirs = examine(filled.save(target)), examine(SAMPLE)
    assert news(ours.findings) == []
    assert render(ours.report, FORM)[0] == render(theirs.report, FORM)[0]


def test_choices_are_short_literal_lists(path):
    book = openpyxl.load_workbook(path)
    lists = [
        v for sheet in book.worksheets for v in sheet.data_validations.dataValidation if v.type == "list"
    ]
    assert {v.formula1 for v in lists} >= {'"元,万元"', '"当年,累计"', '"是,否"'}
    assert all(len(v.formula1) <= 257 for v in lists)


def test_labels_are_protected_and_cells_to_fill_are_not(path):
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    form = Workbook(path)
    for name in FORM.fields():
        sheet, (row, column) = form.address(name)
        assert not book[sheet].cell(row, column).protection.locked
        assert book[sheet].cell(row, 2).protection.locked


def run(*args, cwd):
    command = [sys.executable, "-m", "generator", *args]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"}
    )


def test_command_refuses_to_overwrite(tmp_path):
    first = run("new", "2021", cwd=tmp_path)
    assert (first.returncode, first.stdout.split("，")[0]) == (0, "已生成 inputs/2021.xlsx")
    again = run("new", "2021", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (
        1,
        "inputs/2021.xlsx 已经存在；要覆盖请加 --force，要另存请用 -o\n",
    )
    assert run("new", "2021", "--force", cwd=tmp_path).returncode == 0


def test_command_says_which_forms_there_are(tmp_path):
    done = run("new", "2021", "--form", "yueyang", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(
        '错误 〔表样〕没有编号为 "yueyang" 的表样；请填写下列编号之一：hunan-department-2018、mof-project-2020、yueyang-2020'
    )


def test_required_cells_are_counted_on_the_first_sheet(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    counted = {sheet.cell(row, 2).value: sheet.cell(row, 3).value for row in range(9, 25)}
    assert "COUNTBLANK('评分数据'!C4)" in counted["评分数据"]
    assert "(COUNTA('评价人员'!B6:B45)=0)" in counted["评价人员"]
    assert counted["合计"].startswith("=SUM(")


def test_labels_of_scored_figures_explain_definition_and_source(path):
    book = openpyxl.load_workbook(path)
    form = Workbook(path)
    sheet, (row, column) = form.address("上年三公经费")
    comment = book[sheet].cell(row, column - 1).comment.text
    assert "用于““三公经费”变动率”" in comment
    assert "财预〔2013〕53号" in comment


def test_derived_cells_show_every_figure_of_the_whole_report_but_are_not_read(path):
    shown = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    }
    assert {spec.name for spec in FORM.figures} <= shown
