"""forms check: columns printed without their row, headings of other columns, and the form's own workbook."""

import shutil

import pytest
from docx import Document
from projects import projects
from test_lint import edit, told
from variants import variant
from workbooks import FORM

from generator.lint import lint_form

PLACE = "“年度收入情况（万元）”下面表格的第 7 行第 {} 列"
BARE = (
    '错误 {place}："{name}" 没有写明是哪一行的，循环里每一行都会印出全表的合计；请改成 {{{{ 行.{name} }}}}；'
    "确实要在每一行印合计的，在循环前面写 {{% set 全表 = {name} %}}，循环里写 {{{{ 全表 }}}}"
)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FORM.folder, tmp_path / FORM.id)


@pytest.mark.parametrize("name", ["公共财政拨款", "上年结转"])
def test_a_column_without_its_row_in_its_own_loop(folder, name):
    edit(folder, (f"{{{{ 行.{name} }}}}", f"{{{{ {name} }}}}"))
    [line] = told(folder)
    place = line.removeprefix("错误 ").split("：")[0]
    assert line == BARE.format(place=place, name=name)
    assert place.startswith("“年度收入情况（万元）”下面表格的第 7 行")


FINE = [
    "{% for 行 in 收入支出 %}{{ 行.收入合计 }}{% endfor %}合计{{ 收入合计 }}",
    "{% set 全部 = 收入合计 %}{% for 行 in 收入支出 %}{{ 行.收入合计 }}/{{ 全部 }}{% endfor %}",
    "{% for 行 in 收入支出 %}{% if 行.收入合计 > 收入合计 %}{{ 行.机构名称 }}{% endif %}{% endfor %}",
    "{% for 行 in 收入支出 %}{{ 行.机构名称 if 收入合计 else '' }}{% endfor %}",
    "{% for 项 in 收入构成 %}{{ 项.名称 }}{{ 收入合计 }}{% endfor %}",
    "{% set 首 = 收入支出[0] %}{{ 首.收入合计 }}{{ 收入合计 }}",
    "{% for 行 in 收入支出 %}{{ 行.机构名称 }}{{ 人员编制 }}{% endfor %}",
]


@pytest.mark.parametrize("text", FINE)
def test_what_means_the_total_is_not_told(folder, text):
    edit(folder, ("{{ 联络电话 }}", "{{ 联络电话 }}" + text))
    assert told(folder) == []


def test_a_column_under_the_heading_of_another(folder):
    document = Document(str(folder / "report.docx"))
    table = document.add_table(rows=4, cols=3)
    rows = [
        ("机构名称", "人员支出（万元）", "公用支出（万元）"),
        ("{%tr for 行 in 收入支出 %}", "", ""),
        ("{{ 行.机构名称 }}", "{{ 行.公用支出 }}", "{{ 行.公用支出 }}"),
        ("{%tr endfor %}", "", ""),
    ]
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.save(str(folder / "report.docx"))
    [line] = told(folder)
    assert line.endswith(
        '的第 3 行第 2 列：印的是“公用支出”，上面的表头 "人员支出" 却是“人员支出”的名称；'
        "请核对这一列印的是不是表头说的数，改标签或改表头"
    )
    assert line.startswith("警告 ")


def test_a_crossing_under_the_heading_of_another_column(tmp_path):
    folder = projects(tmp_path)
    document = Document(str(folder / "report.docx"))
    table = document.add_table(rows=2, cols=3)
    heads, cells = ("", "上半年", "下半年"), ("业务专项", "{{ 业务专项_下半年 }}", "{{ 业务专项_下半年 }}")
    for row, texts in zip(table.rows, (heads, cells), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(folder / "report.docx"))
    found = [each for each in lint_form(folder)[1] if each.code == "template.other-heading"]
    assert [(each.value, each.message.rsplit("：", 1)[1]) for each in found] == [
        ("上半年", '印的是“业务专项_下半年”，上面的表头 "上半年" 却是“业务专项_上半年”的名称')
    ]


TWO = """
[[sheet]]
name = "两张"
[[sheet.matrices]]
name = "表甲"
rows = [{ label = "甲一" }]
columns = [{ label = "本年", suffix = "_本年甲" }]
[[sheet.matrices]]
name = "表乙"
rows = [{ label = "乙一" }]
columns = [{ label = "本年", suffix = "_本年乙" }]
"""
TABLES = """
[[sheet]]
name = "两张"
fields = [{ name = "单列", label = "项目", type = "text", required = true, sample = "甲" }]
[[sheet.tables]]
name = "表丙"
min_rows = 1
columns = [{ name = "项目", type = "text", required = true, sample = "甲" }, { name = "备考", type = "text" }]
"""
SAME = '  { name = "人员编制"'
WORKBOOKS = [
    ("two matrices with one label of a column", "", TWO, "两张!C9 栏目“本年”出现了2次（C5、C9）"),
    ("two fields with one label", SAME, '  { name = "另一个", label = "人员编制", type = "integer" },\n' + SAME,
     "基本情况!B10 栏目“人员编制”出现了2次（B9、B10）"),
    ("a field and a column with one label", "", TABLES, "两张!B7 栏目“项目”出现了2次（B4、B7）"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "why"), [each[1:] for each in WORKBOOKS], ids=[each[0] for each in WORKBOOKS]
)
def test_a_workbook_that_nobody_could_fill_in(tmp_path, old, new, why):
    lines = told(variant(tmp_path, ("fields.toml", old, new)))
    errors = [line for line in lines if line.startswith("错误")]
    assert errors == [
        f"错误 照这个表样生成空白工作簿，填好以后读不回来：{why}；"
        "请改正 fields.toml：同一张工作表里，栏目名、表头、行名、列名都不能重复"
    ]
