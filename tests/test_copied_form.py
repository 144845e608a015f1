"""A form copied and changed with an editor and with Word alone: weights, bands, wording, layout."""

import pytest
from documents import text
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from handedits import add_column, after, find, retype
from test_cli import run
from test_libreoffice import SOFFICE, convert
from test_lint_saved import split_runs
from variants import variant
from workbooks import FORM, STANDING, Workbook

from generator.form.copy import copy_form
from generator.lint import lint_form
from generator.pipeline import produce
from generator.wanted import Wanted

CHANGES = [
    ("form.toml", "year = 2020", "year = 2021"),
    ("form.toml", "岳阳市部门整体支出绩效评价自评报告", "岳阳市部门整体支出绩效自评报告"),
    # weights: 5 and 5 become 6 and 4
    ("indicators.toml", 'level3 = "财政供养人员控制率"\npoints = 5', 'level3 = "财政供养人员控制率"\npoints = 6'),
    ("indicators.toml", "在职人员控制率≦100%，计5分", "在职人员控制率≦100%，计6分"),
    ("indicators.toml", 'level3 = "“三公经费”变动率"\npoints = 5', 'level3 = "“三公经费”变动率"\npoints = 4'),
    ("indicators.toml", "“三公经费”变动率≦0,计5分", "“三公经费”变动率≦0,计4分"),
    # bands: full points from 97%
    ("indicators.toml", '{ range = "[90%, )", points = 5 }', '{ range = "[97%, )", points = 5 }'),
    ("indicators.toml", '{ range = "[80%, 90%)", points = 4 }', '{ range = "[80%, 97%)", points = 4 }'),
    ("indicators.toml", "重点支出安排率≥90%，计5分；80%（含）-90%，计4分", "重点支出安排率≥97%，计5分；80%（含）-97%，计4分"),
]  # fmt: skip


def edit_in_word(path):
    """Wording, order and layout, as somebody changes them in Word."""
    document = Document(path)
    retype(document, "四、评价人员", "四、参加自评的人员")
    after(document, "四、参加自评的人员", "本次自评得分{{ 综合得分 }}分，全年支出{{ 支出合计 }}万元。")
    add_column(document, "{{ 人员.单位 }}", "序号")
    cells = find(document, "{{ 人员.姓名 }}")._p.getparent().getparent().findall(qn("w:tc"))
    Paragraph(cells[-1].find(qn("w:p")), document).add_run("{{ 人员.序号 }}")
    table = find(document, "{{ 人员.姓名 }}")._p.getparent().getparent().getparent()
    table.addnext(find(document, "四、参加自评的人员")._p)  # the heading below its table
    section = document.sections[-1]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    for style in ("Normal",):
        document.styles[style].font.italic = True
    document.save(path)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "我的表样" / "yueyang-2021"
    assert copy_form(FORM.folder, made) == "yueyang-2021"
    for name, old, new in CHANGES:
        content = (made / name).read_text("utf-8")
        assert old in content, old
        (made / name).write_text(content.replace(old, new, 1), "utf-8")
    edit_in_word(made / "report.docx")
    return made


def book(tmp_path):
    made = Workbook()
    made.row("评分表", 0, 分值=6).row("评分表", 1, 分值=4)
    made.set(重点项目支出=24100000)  # 95.30% of 项目支出: 5 points before, 4 now
    return made.save(tmp_path / "inputs" / "2021.xlsx")


def made_by(folder, tmp_path):
    outcome = produce(book(tmp_path), wanted=Wanted(form_name=str(folder), force=True))
    assert [each.line() for each in outcome.findings if each.code not in STANDING | {"output.forced"}] == []
    return outcome


def test_it_is_clean_and_prints_the_changed_form(folder, tmp_path):
    assert lint_form(folder)[1] == []
    outcome = made_by(folder, tmp_path)
    rows = {row.indicator: row for row in outcome.examination.report.scorecard.rows}
    assert [
        (rows[name].score, rows[name].part)
        for name in ("财政供养人员控制率", "三公经费变动率", "重点支出安排率")
    ] == [
        (6, 6),
        (4, 4),
        (4, 5),
    ]
    said = text(outcome.output)
    assert "四、参加自评的人员\n" in said
    assert "本次自评得分98分，全年支出3557.6万元。" in said
    assert "重点支出安排率：95.30%，属于80%（含）至97%一档，计4分" in said
    assert "在职人员控制率≦100%，计6分" in said


def test_saved_as_word_saves_it(folder, tmp_path):
    first = text(made_by(folder, tmp_path).output)
    split_runs(folder / "report.docx")
    assert lint_form(folder)[1] == []
    assert text(made_by(folder, tmp_path).output) == first


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice(folder, tmp_path):
    first = text(made_by(folder, tmp_path).output)
    convert(folder / "report.docx", "docx", tmp_path / "saved").replace(folder / "report.docx")
    assert lint_form(folder)[1] == []
    assert text(made_by(folder, tmp_path).output) == first


def test_all_commands_take_the_copy(folder, tmp_path):
    path = book(tmp_path)
    done = run("check", path, "--form", folder)
    assert (done.returncode, "评分 25 项指标：98 分" in done.stdout) == (0, True)
    done = run("explain", path, "重点支出安排率", "--form", folder)
    assert "97%（含）以上，计5分；80%（含）至97%，计4分" in done.stdout
    done = run(path, "--form", folder, "--workpaper", "--annotate", "-o", tmp_path / "x.docx")
    assert (done.returncode, (tmp_path / "x-底稿.xlsx").exists()) == (0, True)


def test_a_damaged_copy_is_no_form(tmp_path):
    source = variant(tmp_path, ("form.toml", "year = 2020", "year = "))
    done = run("forms", "copy", source, tmp_path / "x")
    assert (done.returncode, (tmp_path / "x").exists()) == (1, False)
    assert "form.toml" in done.stderr
