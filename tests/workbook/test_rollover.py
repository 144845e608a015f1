"""Last year's workbook into this year's: what is kept, what becomes an opening, what is listed."""

import datetime

import openpyxl
import pytest
from variants import variant
from workbooks import FORM, SAMPLE, Workbook, news

from generator.document.render import render
from generator.findings import has_errors
from generator.pipeline import examine, new


def rolled(source, year, target):
    findings = new(year, target, source=source)
    assert not has_errors(findings)
    return Workbook(target), findings


@pytest.fixture
def next_year(tmp_path):
    return rolled(SAMPLE, 2021, tmp_path / "2021.xlsx")[0]


def value(book, name):
    try:
        sheet, address = book.address(name)
    except KeyError:
        sheet, cell = book.cell(book._table_of(name), 0, name).split("!")
        return book.book[sheet][cell].value
    return book.book[sheet].cell(*address).value


@pytest.mark.parametrize(
    "name, expected",
    [
        ("年度", 2021),
        ("金额单位", "元"),
        ("部门名称", "岳阳市政务服务中心"),
        ("人员编制", 30),
        ("机构名称", "机关"),
        ("上年结转", 16802487),  # 累计结余 of 2020
        ("上年三公经费", 83800),  # 三公经费合计 of 2020
        ("结余口径", "当年"),
        ("公共财政拨款", None),
        ("报告日期", None),
        ("实有人数", None),
        ("有预算管理制度", None),
        ("服务对象满意度", None),
        ("决算收入合计", None),
    ],
)
def test_fields(next_year, name, expected):
    assert value(next_year, name) == expected


def test_texts_and_goals_are_kept_as_a_start(next_year):
    assert value(next_year, "绩效情况") == value(Workbook(), "绩效情况")
    assert len(next_year.rows("定量目标")) == len(Workbook().rows("定量目标"))
    assert value(next_year, "预期目标") == value(Workbook(), "预期目标")
    assert value(next_year, "实际完成") is None
    assert value(next_year, "完成情况") is None


def test_named_facts_keep_names_units_and_formulas_but_not_their_values(next_year):
    assert value(next_year, "名称") == "进厅事项"
    assert value(next_year, "数据单位") == "项"
    assert value(next_year, "数值") is None
    sheet, columns, rows = next_year._table("工作数据")
    formulas = [sheet.cell(row, columns["公式"]).value for row in rows]
    assert "一窗通办事项 / 进厅事项" in formulas


def test_scoring_table_keeps_its_rows_without_scores(next_year):
    sheet, columns, rows = next_year._table("评分表")
    scores = [sheet.cell(row, columns["自评得分"]).value for row in rows]
    assert [score for score in scores if score is not None] == []
    points = [sheet.cell(row, columns["分值"]).value for row in rows]
    assert sum(each for each in points if each) == 100
    assert len(next_year.rows("评分表")) == 25


def test_texts_that_name_the_old_year_are_flagged(next_year, tmp_path):
    sheet, address = next_year.address("机构情况")
    assert "提到2018、2019年，请核对" in next_year.book[sheet].cell(*address).comment.text
    sheet, address = next_year.address("绩效情况")
    assert next_year.book[sheet].cell(*address).comment is None


def fill_blanks(book):
    """This year's figures into what roll-over left blank; the sample's own serve."""
    sample = Workbook()
    for name in FORM.fields():
        if value(book, name) is None:
            book.set(**{name: value(sample, name)})
    for table in ("收入支出", "定性目标", "定量目标", "评分表", "工作数据"):
        sheet, columns, rows = sample._table(table)
        target, own, own_rows = book._table(table)
        for offset in range(len(sample.rows(table))):
            for name, column in columns.items():
                cell = target.cell(own_rows.start + offset, own[name])
                if cell.value is None and not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.value = sheet.cell(rows.start + offset, column).value
    control = {name: None for name in FORM.fields() if name.startswith("决算")}
    return book.set(报告日期=datetime.date(2022, 3, 15), **control)


def test_filled_only_in_its_blanks_it_renders_and_rolls_on(next_year, tmp_path):
    path = fill_blanks(next_year).save(tmp_path / "filled.xlsx")
    examination = examine(path)
    assert not has_errors(examination.findings), [f.line() for f in news(examination.findings)]
    _, faults = render(examination.report, FORM)
    assert faults == []
    after, _ = rolled(path, 2022, tmp_path / "2022.xlsx")
    # 1680.2487 carried over, 548.6887 left over once more
    assert value(after, "上年结转") == 22289374
    assert value(after, "部门名称") == "岳阳市政务服务中心"


def test_an_older_layout_is_carried_and_what_has_no_place_is_listed(tmp_path):
    book = Workbook()
    sheet = book.book["基本情况"]
    sheet["B11"], sheet["C11"] = "离休人数", 3  # the old form's label; 退休人数 came later
    book.book.create_sheet("旧表")["A1"] = "旧数据"
    book.row("收入支出", 0, 其他收入="一百万")
    path = book.save(tmp_path / "old.xlsx")
    after, findings = rolled(path, 2021, tmp_path / "new.xlsx")
    listed = {f.code for f in findings}
    assert {"sheet.unknown", "label.missing", "cell.not-a-number", "roll.underived"} <= listed
    assert {f.severity.value for f in findings} == {"warning"}
    assert value(after, "部门名称") == "岳阳市政务服务中心"
    assert value(after, "上年结转") is None


def test_a_workbook_in_wan_stays_in_wan(tmp_path):
    book = Workbook().set(金额单位="万元", 上年结转=1131.56, 公共财政拨款=3963.75, 其他收入=142.54)
    book.set(人员支出=396.6, 公用支出=632.09, 项目支出=2528.92)
    after, _ = rolled(book.save(tmp_path / "wan.xlsx"), 2021, tmp_path / "new.xlsx")
    assert value(after, "金额单位") == "万元"
    assert float(value(after, "上年结转")) == 1680.24


def test_the_same_source_gives_the_same_bytes(tmp_path):
    new(2021, tmp_path / "a.xlsx", source=SAMPLE)
    new(2021, tmp_path / "b.xlsx", source=SAMPLE)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_official_rows_are_those_of_the_new_form(tmp_path):
    """Last year's points and wording of what a unit may not change are not carried into a changed form."""
    folder = variant(
        tmp_path,
        (
            "indicators.toml",
            'level3 = "财政供养人员控制率"\npoints = 5',
            'level3 = "财政供养人员控制率"\npoints = 4',
        ),
        ("indicators.toml", 'level3 = "支付进度"', 'level3 = "资金支付进度"'),
        ("indicators.toml", "total = 100", "total = 99"),
    )
    source = Workbook().row("评分表", 19, 三级指标="本单位的目标任务").save(tmp_path / "2020.xlsx")
    assert new(2021, tmp_path / "2021.xlsx", str(folder), source) == []
    report = examine(tmp_path / "2021.xlsx", str(folder))
    codes = {each.code for each in report.findings if each.code.startswith("score.")}
    assert codes <= {"score.missing", "score.no-goal"}
    rows = report.report.scorecard.rows
    assert [(rows[0].level3, rows[0].points), rows[4].level3] == [("财政供养人员控制率", 4), "资金支付进度"]
    assert "本单位的目标任务" in [row.level3 for row in rows]
    assert len(rows) == 25
