"""Templates as programs leave them: saved by LibreOffice, with runs cut anywhere, as Word does while one types."""

import copy
import shutil
from dataclasses import replace

import pytest
from documents import lines
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from handedits import resave
from samples import FORMS, SAMPLES
from test_libreoffice import SOFFICE, convert

from generator.document.context import context
from generator.document.lint import read_template
from generator.document.lint.vocabulary import Plain, Row, Rows, vocabulary
from generator.document.render import render
from generator.lint import lint_form
from generator.lint.samples import empty, filled, settled
from generator.pipeline import examine, examine_grids

every_form = pytest.mark.parametrize("name", sorted(FORMS))


@pytest.fixture
def folder(name, tmp_path):
    return shutil.copytree(FORMS[name].folder, tmp_path / name)


def split_runs(path):
    """Cut every run at every sign, with the marks that Word puts between runs."""
    document = Document(path)
    for run in list(document.element.body.iter(qn("w:r"))):
        text = run.find(qn("w:t"))
        if text is None or not text.text or len(run.findall(qn("w:t"))) > 1:
            continue
        for number, sign in enumerate(text.text):
            piece = copy.deepcopy(run)
            piece.set(qn("w:rsidR"), f"00{number:06X}")
            piece.find(qn("w:t")).text = sign
            piece.find(qn("w:t")).set(qn("xml:space"), "preserve")
            mark = OxmlElement("w:proofErr")
            mark.set(qn("w:type"), "gramStart" if number % 2 else "gramEnd")
            run.addprevious(mark)
            run.addprevious(piece)
        run.getparent().remove(run)
    document.save(path)


def says(folder, name):
    """What the report of the form's sample says with the template in the folder."""
    form = FORMS[name]
    return lines(render(examine(SAMPLES[name]).report, replace(form, folder=folder))[0])


@every_form
def test_our_forms_are_clean(name):
    form, findings = lint_form(FORMS[name].folder)
    assert (form.id, [each.line() for each in findings]) == (name, [])


@every_form
def test_a_template_with_runs_cut_at_every_sign_is_the_same(folder, name):
    before = says(folder, name)
    split_runs(folder / "report.docx")
    assert [each.line() for each in lint_form(folder)[1]] == []
    assert says(folder, name) == before


@every_form
def test_a_template_that_word_saved_again_is_the_same(folder, name):
    document = Document(folder / "report.docx")
    resave(document, "")
    document.save(folder / "report.docx")
    assert [each.line() for each in lint_form(folder)[1]] == []
    assert says(folder, name) == says(FORMS[name].folder, name)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@every_form
def test_a_template_that_libreoffice_saved_is_the_same(folder, name, tmp_path):
    before = says(folder, name)
    shutil.copy(convert(folder / "report.docx", "docx", tmp_path / "saved"), folder / "report.docx")
    assert [each.line() for each in lint_form(folder)[1]] == []
    assert says(folder, name) == before


@every_form
def test_places_are_the_same_however_runs_are_cut(folder, name):
    before = read_template(folder / "report.docx")
    split_runs(folder / "report.docx")
    after = read_template(folder / "report.docx")
    assert {part: after[part].spots for part in after} == {part: before[part].spots for part in before}


@every_form
def test_the_vocabulary_is_what_the_engine_hands_to_a_template(name):
    form = FORMS[name]
    report = examine_grids(form.folder, filled(form, empty(form), True), [], str(form.folder)).report
    names, known = context(settled(report, True), form), vocabulary(form)
    assert names.keys() == known.keys()
    for each, shape in known.items():
        match shape:
            case Rows(columns):
                assert names[each], each
                assert all(row.keys() == columns for row in names[each]), each
            case Row(columns):
                assert names[each].keys() <= columns
            case _:
                assert shape == Plain()
                assert not isinstance(names[each], list | dict)
