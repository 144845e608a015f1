"""What every form folder of ours must do, whatever it holds: each command on each form."""

import json
import re
import shutil

import openpyxl
import pytest
from document.test_annotate import annotated
from document.test_every_number import account
from documents import lines
from samples import FORMS, SAMPLES
from test_cli import run
from workbook.test_workpaper import Agreement, needs_office, paper, recalculated

from generator.document.render import render
from generator.explain import explain
from generator.lint import lint_form
from generator.pipeline import examine
from generator.workbook.blank import blank

every_form = pytest.mark.parametrize("name", sorted(FORMS))


@pytest.fixture(scope="module")
def reports():
    """The report of each form's sample."""
    return {name: examine(path).report for name, path in SAMPLES.items()}


def test_every_form_has_a_sample():
    assert sorted(SAMPLES) == sorted(FORMS)
    assert all(name == form.id == form.folder.name for name, form in FORMS.items())


def test_one_form_is_taken_when_nobody_names_one():
    assert [name for name, form in FORMS.items() if form.default] == ["yueyang-2020"]


@every_form
def test_forms_check_is_clean(name):
    assert lint_form(FORMS[name].folder) == (FORMS[name], [])


@every_form
def test_a_blank_workbook_only_wants_to_be_filled_in(name, tmp_path):
    done = run("new", FORMS[name].year, "--form", name, "-o", tmp_path / "x.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    findings = examine(tmp_path / "x.xlsx").findings
    wanting = {"cell.required", "table.empty", "score.missing", "score.points-missing", "score.points-sum"}
    assert {each.code for each in findings} <= wanting
    assert findings


@every_form
def test_the_same_form_gives_the_same_workbook(name):
    assert blank(FORMS[name], 2021) == blank(FORMS[name], 2021)


@every_form
def test_the_sample_is_reported_without_errors(name, tmp_path):
    path = shutil.copy(SAMPLES[name], tmp_path / "x.xlsx")
    done = run(path, "-o", tmp_path / "x.docx", "--workpaper", "--annotate")
    assert done.returncode == 0, done.stderr
    assert "错误" not in done.stderr
    written = "\n".join(lines((tmp_path / "x.docx").read_bytes()))
    assert not re.search(r"\{\{|\}\}|\{%|None|待填", written)
    assert {each.name for each in tmp_path.glob("x*.*")} == {"x.xlsx", "x.docx", "x-底稿.xlsx", "x-审核.docx"}


@every_form
def test_check_counts_every_tie(name):
    done = run("check", SAMPLES[name], "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["form"]) == (0, name)
    assert sum(told["ties"].values()) == len(FORMS[name].checks) > 3
    assert told["ties"]["failed"] == 0


@every_form
def test_explain_opens_every_figure_and_every_score(name, reports):
    form, report = FORMS[name], reports[name]
    told = explain(examine(SAMPLES[name]), ())
    assert {each.name for each in told.figures} >= {spec.name for spec in form.figures}
    assert all(each.sources for each in told.figures if each.formula and each.name not in report.figures.facts
               and each.formula != "各行合计")  # fmt: skip
    assert len(told.scores) == len(report.scorecard.rows)
    assert all(each.sources for each in told.scores if not each.row.own or form.own)
    done = run("explain", SAMPLES[name])
    assert done.returncode == 0
    assert f"＝ {report.scorecard.total.normalize():f} 分（满分 {report.scorecard.full:f} 分）" in done.stdout


@every_form
def test_every_number_of_the_document_is_accounted_for(name, reports):
    known, unknown = account(reports[name], FORMS[name])
    assert unknown == []
    assert known["derived"] > 15


@every_form
def test_the_annotated_report_says_the_same(name, reports):
    report, form = reports[name], FORMS[name]
    assert lines(annotated(report, form)) == lines(render(report, form)[0])


@needs_office
def test_every_working_paper_recalculates(reports, tmp_path):
    agreement = Agreement()
    papers = [paper(report, FORMS[name]) for name, report in reports.items()]
    for book, (name, report) in zip(recalculated(papers, tmp_path), reports.items(), strict=True):
        agreement.compare(book, report, FORMS[name])
    assert agreement.differences == []
    assert agreement.compared > 100 * len(papers)


@every_form
def test_next_year_starts_from_the_sample(name, tmp_path):
    done = run("new", FORMS[name].year + 1, "--from", SAMPLES[name], "-o", tmp_path / "x.xlsx")
    assert done.returncode == 0, done.stderr
    findings = examine(tmp_path / "x.xlsx").findings
    assert not [
        each for each in findings if each.code.startswith(("sheet.", "label.", "table.header", "form."))
    ]


def test_a_batch_of_mixed_forms(tmp_path):
    (tmp_path / "inputs").mkdir()
    for name, path in SAMPLES.items():
        shutil.copy(path, tmp_path / "inputs" / f"{name}.xlsx")
    done = run(tmp_path / "inputs", "--jobs", "2", "--summary", tmp_path / "汇总.xlsx")
    assert done.returncode == 0, done.stderr
    assert sorted(each.stem for each in (tmp_path / "outputs").glob("*.docx")) == sorted(SAMPLES)
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    sheets = {f"汇总 {name}" for name in SAMPLES} | {f"失分 {name}" for name in SAMPLES} | {"问题"}
    assert set(book.sheetnames) == sheets
    # What each project calls its own indicators is no column of a summary: the level above is.
    columns = [cell.value for row in book["汇总 mof-project-2020"].iter_rows() for cell in row if cell.value]
    assert "数量指标（产出指标）" in columns
    assert not [each for each in columns if "培训救护员" in str(each)]
    lost = [row for row in book["失分 mof-project-2020"].iter_rows(values_only=True) if row[1] == "数量指标"]
    assert [row[:7] for row in lost] == [("产出指标", "数量指标", "单位自己设定的指标", 1, 1, 20, 0.64)]
