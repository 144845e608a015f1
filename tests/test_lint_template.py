"""forms check, template by template: every kind of fault with the exact line that tells it."""

import copy
import shutil

import pytest
from docx import Document
from docx.oxml import OxmlElement
from handedits import find, retype, row_of, table_of, tracked_delete
from test_lint import change, edit, told
from workbooks import FORM

TEL = "{{ 联络电话 }}"
CELL = "“一、部门（单位）基本概况”下面表格的第 1 行第 4 列"
INCOME = "“年度收入情况（万元）”下面表格的第 {} 行第 {} 列"
LOOP, END = "{%tr for 行 in 收入支出 %}", "{%tr endfor %}"
AFTER_TEL = "请改成 fields.toml、figures.toml 里的名称"
SYNTAX = "请改正这个标签；if 要有 endif，for 要有 endfor"
TRIAL = "请改正这个标签；可能空着的数，先用 {% if 名称 is 有值 %} 判断"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FORM.folder, tmp_path / FORM.id)


# What is written in the place of {{ 联络电话 }}, and all that is told of it.
IN_A_CELL = [
    # tags as such
    ("｛% if 联络电话 %｝", [f"错误 {CELL}：\"｛% if 联络电话 %｝\" 里是全角的括号，标签不起作用；请改成半角的 {{{{ }}}} 或 {{% %}}"]),
    ("{{ 联络电话 ｝｝", [
        f"错误 {CELL}：\"{{{{ 联络电话 ｝｝\" 里是全角的括号，标签不起作用；请改成半角的 {{{{ }}}} 或 {{% %}}",
    ]),
    ("联络电话 }}", [f"错误 {CELL}：\"联络电话 }}}}\" 里的标签没有写完整；请补上另一半，一个标签不能跨段"]),
    ("{ { 联络电话 } }", [f"错误 {CELL}：\"{{ {{ 联络电话 }} }}\" 里的标签没有写完整；请补上另一半，一个标签不能跨段"]),
    ("{{ 联络电话 {{ 联系人 }}", [f"错误 {CELL}：\"{{{{ 联络电话\" 里的标签没有写完整；请补上另一半，一个标签不能跨段"]),
    ("{{ 人员编制｜枚举 }}", [f"错误 {CELL}：标签写法不对：{{{{ 人员编制｜枚举 }}}} 里有 ｜，标签里的标点要用半角；{SYNTAX}"]),
    ("{%tr　if 联络电话 %}", [f"错误 {CELL}：标签写法不对：{{%tr if 联络电话 %}} 多了或写错了 tr；{SYNTAX}"]),
    ("{% if 联络电话 %}甲{% else %}乙{% else %}丙{% endif %}", [f"错误 {CELL}：标签写法不对：{{% else %}} 多了或写错了 else；{SYNTAX}"]),
    ("{% if 联络电话 %}甲{% endfor %}", [
        f"错误 {CELL}：标签写法不对：这里的 if 没有结束；{SYNTAX}",
        f"错误 {CELL}：标签写法不对：{{% endfor %}} 多了，或和前面的 if、for 对不上；{SYNTAX}",
    ]),
    ("{% else %}", [f"错误 {CELL}：标签写法不对：{{% else %}} 多了，或和前面的 if、for 对不上；{SYNTAX}"]),
    ("{{ 联络电话 is 有直 }}", [f"错误 {CELL}：没有叫 \"有直\" 的判断；请改正，可用的有 有值 等"]),
    ("{{ 联络电话 | 向下合 }}", [f"错误 {CELL}：没有叫 \"向下合\" 的过滤器（是不是“向下合并”？）；请改正，可用的有 向下合并、枚举 等"]),
    # what docxtpl makes of tags
    ("{%p if 联络电话 %}电话{%p endif %}", [f"错误 {CELL}：\"{{%p endif %}}\" 和开始的 \"{{%p if 联络电话 %}}\" 在同一段里，这一段会丢失；请各占一段，或改用不带 p 的 {{% … %}}"]),
    ("{%tr if 联络电话 %}{%tr endif %}", [f"错误 {CELL}：\"{{%tr endif %}}\" 和开始的 \"{{%tr if 联络电话 %}}\" 在同一个表格行里，这一行会丢失；请各占一行，要重复的行写在中间"]),
    ("{% if 联络电话 %}电话{%p endif %}", [
        f"错误 {CELL}：\"{{%p endif %}}\" 会占去整段，同一段里的 \"{{% if 联络电话 %}}电话\" 印不出来；请让这个标签单独占一段，或改用不带 p 的 {{% … %}}",
        f"错误 {CELL}：\"{{%p endif %}}\" 和开始的 \"{{% if 联络电话 %}}\" 写法不同，只有一处会占去整行或整段；请写成一样的，如 {{%tr for … %}} 和 {{%tr endfor %}}",
    ]),
    ("{%tc if 联络电话 %}电话{%tc endif %}", [f"错误 {CELL}：\"{{%tc endif %}}\" 和开始的 \"{{%tc if 联络电话 %}}\" 在同一个单元格里，这一格会丢失；请各占一格，要重复的格写在中间"]),
    ("{%tc if 联络电话 %}电话", [
        f"错误 {CELL}：标签写法不对：这里的 if 没有结束；{SYNTAX}",
        f"错误 {CELL}：\"{{%tc if 联络电话 %}}\" 会占去整个单元格，同一格里的 \"电话\" 印不出来；请让这个标签单独占一格",
    ]),
    # names
    ("{{ 联系电话 }}、{{ 联系电话 }}", [f"错误 {CELL}等 2 处：\"联系电话\" 没有对应的数据（是不是“联络电话”？）；{AFTER_TEL}"]),
    ("{{ 行.收入合计 }}", [f"错误 {CELL}：\"行\" 只在它的 for 和 endfor 之间有，这里用不了；请移到循环里面，或改用表样里的名称"]),
    ("{{ loop.index }}", [f"错误 {CELL}：\"loop\" 只在它的 for 和 endfor 之间有，这里用不了；请移到循环里面，或改用表样里的名称"]),
    ("{{ 联络电话.长度 }}", [f"错误 {CELL}：\"联络电话.长度\" 没有对应的数据；{AFTER_TEL}"]),
    ("{{ 收入支出 }}", [f"错误 {CELL}：\"收入支出\" 是表格或一整行，不能直接印出；请写明哪一列，如 行.列名；整个表格用 for 逐行印"]),
    ("{{ 收入支出 | first }}", [f"错误 {CELL}：\"收入支出\" 是表格或一整行，不能直接印出；请写明哪一列，如 行.列名；整个表格用 for 逐行印"]),
    ("{{ 收入支出.机构名称 }}", [f"错误 {CELL}：\"收入支出.机构名称\" 取不到：点号前面是整个表格，不是一行；请放在 {{%tr for 行 in 表格 %}} 里，写成 行.列名"]),
    ("{% for 号 in 联络电话 %}{{ 号 }}{% endfor %}", [f"错误 {CELL}：\"联络电话\" 不是表格，不能用 for 逐行取；请改成表格或占比组的名称"]),
    ("{{ 收入支出 | 枚举('机构') }}", [f"错误 {CELL}：\"机构\" 没有对应的数据（是不是“机构名称”？）；{AFTER_TEL}"]),
    ("{{ 收入支出 | map(attribute='机构') | join }}", [f"错误 {CELL}：\"机构\" 没有对应的数据（是不是“机构名称”？）；{AFTER_TEL}"]),
    ("{{ 指标得分.资金节余 }}", [f"错误 {CELL}：\"指标得分.资金节余\" 没有对应的数据（是不是“资金结余”？）；{AFTER_TEL}"]),
    ("{{ 指标得分['资金节余'] }}", [f"错误 {CELL}：\"指标得分.资金节余\" 没有对应的数据（是不是“资金结余”？）；{AFTER_TEL}"]),
    ("{% for 项 in 总分调整 %}{{ 项.名字 }}{% endfor %}", [f"错误 {CELL}：\"项.名字\" 没有对应的数据；{AFTER_TEL}"]),
    ("{% for 项 in 收入构成 %}{{ 项.金客 }}{% endfor %}", [f"错误 {CELL}：\"项.金客\" 没有对应的数据；{AFTER_TEL}"]),
    ("{% for 行 in 评分表 if 行.一级指示 != '甲' %}{{ 行.三级指标 }}{% endfor %}", [f"错误 {CELL}：\"行.一级指示\" 没有对应的数据（是不是“一级指标”？）；{AFTER_TEL}"]),
    ("{% for 行 in 评分表 | sort(attribute='二级') %}{{ 行.三级 }}{% endfor %}", [
        f"错误 {CELL}：\"二级\" 没有对应的数据（是不是“二级指标”？）；{AFTER_TEL}",
        f"错误 {CELL}“…ute='二级') %}}{{{{ 行.三级 }}}}{{% endfor %}}…”处：\"行.三级\" 没有对应的数据（是不是“三级指标”？）；{AFTER_TEL}",
    ]),
    ("{% for 甲, 乙 in 评分表 | groupby('一级指标') %}{{ 甲 }}{% for 丙 in 乙 %}{{ 丙.三级 }}{% endfor %}{% endfor %}", [f"错误 {CELL}“…or 丙 in 乙 %}}{{{{ 丙.三级 }}}}{{% endfor %}}…”处：\"丙.三级\" 没有对应的数据（是不是“三级指标”？）；{AFTER_TEL}"]),
    ("{% set 首 = 收入支出[0] %}{{ 首.机构 }}", [f"错误 {CELL}：\"首.机构\" 没有对应的数据（是不是“机构名称”？）；{AFTER_TEL}"]),
    # what shows only when it is printed
    ("{{ 联络电话 + 1 }}", [f"错误 {CELL}：试印时 \"{{{{ 联络电话 + 1 }}}}\" 用不了：印出的数不能再算，请在 figures.toml 里算；{TRIAL}"]),
    ("{{ 联络电话.strip() }}", [f"错误 {CELL}：试印时 \"{{{{ 联络电话.strip() }}}}\" 用不了：没有 strip；{TRIAL}"]),
    ("{% if 联系人 > 3 %}多{% endif %}{{ 联络电话 }}", [f"错误 {CELL}：试印时 \"{{% if 联系人 > 3 %}}\" 用不了：文字和数不能比较大小；请改正这个标签；可能空着的数，先用 {{% if 名称 is 有值 %}} 判断"]),
    ("{% if not 退休人数 is 有值 %}{{ 1 / 0 }}{% endif %}{{ 联络电话 }}", [f"错误 {CELL}：试印时 \"{{{{ 1 / 0 }}}}\" 用不了：只填必填项时，除数为 0；{TRIAL}"]),
    ("{% if 退休人数 is 有值 %}{{ 1 / 0 }}{% endif %}{{ 联络电话 }}", [f"错误 {CELL}：试印时 \"{{{{ 1 / 0 }}}}\" 用不了：除数为 0；{TRIAL}"]),
    ("{{ 1 / 0 }}{{ 联络电话 }}{% for 项 in 总分调整 %}{{ 项.分数 * '甲' }}{% endfor %}", [
        f"错误 {CELL}：试印时 \"{{{{ 1 / 0 }}}}\" 用不了：除数为 0；{TRIAL}",
        f"错误 {CELL}“…项 in 总分调整 %}}{{{{ 项.分数 * '甲' }}}}{{% endfor %}}…”处：试印时 \"{{{{ 项.分数 * '甲' }}}}\" 用不了：印出的数不能再算，请在 figures.toml 里算；{TRIAL}",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), IN_A_CELL, ids=[text for text, _ in IN_A_CELL])
def test_a_fault_in_a_cell(folder, text, lines):
    edit(folder, (TEL, text))
    assert [line for line in told(folder) if not line.startswith("提示")] == lines


FINE = [
    "{{- 联络电话 -}}",
    "{{　联络电话　}}",
    "{# 说明：{{ 不是标签 #}{{ 联络电话 }}",
    "{% set 电话 = 联络电话 %}{{ 电话 }}",
    "{% with 电话 = 联络电话 %}{{ 电话 }}{% endwith %}",
    "{% macro 印(甲, 乙='、') %}{{ 甲 }}{{ 乙 }}{% endmacro %}{{ 印(联络电话) }}",
    "{% for 行 in 收入支出[:2] if 行.收入合计 > 3 %}{{ loop.index }}{{ 行['机构名称'] }}{% else %}无{% endfor %}{{ 联络电话 }}",
    "{% for 行 in 评分表 | selectattr('一级指标', 'equalto', '投入') %}{{ 行.三级指标 }}{{ 行.得分原因 }}{% endfor %}{{ 联络电话 }}",
    "{% for 甲, 乙 in 评分表 | groupby('一级指标') %}{{ 甲 }}{{ 乙 | length }}{% endfor %}{{ 联络电话 }}",
    "{{ 收入支出 | 枚举(attribute='机构名称', last='、') }}{{ (收入支出 | first).机构名称 }}{{ 联络电话 }}",
    "{% for 项 in 总分调整 %}{{ 项.名称 }}{{ 项.分数 }}{{ 项.说明 }}{% endfor %}{{ 联络电话 }}",
    "{{ 指标得分.资金结余 }}{{ '有' if 退休人数 is 有值 else '无' }}{{ 联络电话 }}",
    "{% if “甲” == 联络电话 %}弯引号{% endif %}{{ 联络电话 }}",
]  # fmt: skip


def test_what_is_right_is_not_told(folder):
    edit(folder, (TEL, "".join(FINE)))
    assert told(folder) == []


def errors(folder):
    return [line for line in told(folder) if not line.startswith("提示")]


# Tags of loops and other paragraphs written anew: old and new text, and all that is told.
ELSEWHERE = [
    ("a loop that is none of rows", [(LOOP, "{% for 行 in 收入支出 %}"), (END, "{% endfor %}")], [
        f"错误 {INCOME.format(6, 1)}：\"{{% for 行 in 收入支出 %}}\" 到了别的单元格才由 \"{{% endfor %}}\" 结束，表格会错乱；要重复或省去整行的，请用 {{%tr … %}} 各占一行",
    ]),
    ("a begin of rows, an end of none", [(END, "{% endfor %}")], [
        f"错误 {INCOME.format(8, 1)}：\"{{% endfor %}}\" 和开始的 \"{LOOP}\" 写法不同，只有一处会占去整行或整段；请写成一样的，如 {{%tr for … %}} 和 {{%tr endfor %}}",
    ]),
    ("words beside a loop", [(LOOP, f"各机构：{LOOP}")], [
        f"错误 {INCOME.format(6, 1)}：\"{LOOP}\" 会占去整个表格行，同一行里的 \"各机构：\" 印不出来；请让这个标签单独占一行",
    ]),
    ("an end in a row with words", [(END, ""), ("{{ 行.机构名称 }}", "{{ 行.机构名称 }}{%tr endfor %}")], [
        f"错误 {INCOME.format(7, 1)}：\"{{%tr endfor %}}\" 会占去整个表格行，同一行里的 \"{{{{ 行.机构名称 }}}}\" 印不出来；请让这个标签单独占一行",
        f"错误 {INCOME.format(7, 2)}等 6 处：\"行\" 只在它的 for 和 endfor 之间有，这里用不了；请移到循环里面，或改用表样里的名称",
    ]),
    ("a blank before tr", [(LOOP, "{% tr for 行 in 收入支出 %}"), (END, "{% tr endfor %}")], [
        f"错误 {INCOME.format(6, 1)}：\"{{% tr for 行 in 收入支出 %}}\" 里 {{% 后面多了空格；请改成 {{%p、{{%tr 或 {{%tc，中间不能有空格",
        f"错误 {INCOME.format(8, 1)}：\"{{% tr endfor %}}\" 里 {{% 后面多了空格；请改成 {{%p、{{%tr 或 {{%tc，中间不能有空格",
    ]),
    ("a sign that docxtpl does not take", [("{%tr if 收入支出|length > 1 %}", "{%tr if 收入支出|length % 2 %}")], [
        f"错误 {INCOME.format(3, 1)}：\"{{%tr if 收入支出|length % 2 %}}\" 里有 % 或 }}，p、tr、tc 开头的标签里不能有；请先用 {{% set 名称 = … %}} 算好，标签里写这个名称",
    ]),
    ("a loop variable with a slip", [(LOOP, "{%tr for 航 in 收入支出 %}")], [
        f"错误 {INCOME.format(7, 1)}等 7 处：\"行\" 只在它的 for 和 endfor 之间有，这里用不了（这里的循环里是“航”）；请移到循环里面，或改用表样里的名称",
    ]),
    ("a table with a slip", [(LOOP, "{%tr for 行 in 收人支出 %}")], [
        f"错误 {INCOME.format(6, 1)}：\"收人支出\" 没有对应的数据（是不是“收入支出”？）；请改成 fields.toml、figures.toml 里的名称",
    ]),
    ("tr outside a table", [("2．机构情况。", "{%tr if 联系人 %}"), ("3．人员情况。", "{%tr endif %}3．人员情况。")], [
        "错误 “{%tr if 联系人 %}{{ 机构情况 }}”一段：\"{%tr if 联系人 %}\" 只能写在表格的单元格里；请移进表格，或改用 {%p … %}",
        "错误 “{%tr endif %}3．人员情况。年末本单…”一段：\"{%tr endif %}\" 只能写在表格的单元格里；请移进表格，或改用 {%p … %}",
    ]),
    ("a colour outside a table", [("2．机构情况。", "{% cellbg 联系人 %}2．机构情况。")], [
        "错误 “{% cellbg 联系人 %}2．机构情况。{…”一段：\"{% cellbg 联系人 %}\" 只能写在表格的单元格里；请移进表格，或改用 {%p … %}",
    ]),
    ("words beside a tag of a paragraph", [("{%p if 项目支出 or 专项资金总收入 %}", "如下：{%p if 项目支出 or 专项资金总收入 %}")], [
        "错误 “如下：{%p if 项目支出 or 专项资金总收…”一段：\"{%p if 项目支出 or 专项资金总收入 %}\" 会占去整段，同一段里的 \"如下：\" 印不出来；请让这个标签单独占一段，或改用不带 p 的 {% … %}",
    ]),
    ("a condition over paragraphs", [("1．主要职能。", "{% if 联系人 %}1．主要职能。"), ("2．机构情况。", "{% endif %}2．机构情况。")], [
        "警告 “{% if 联系人 %}1．主要职能。{{ 职能…”一段：\"{% if 联系人 %}\" 到了别的段才由 \"{% endif %}\" 结束，省去时前后两段会并成一段；请用 {%p … %} 各占一段",
    ]),
    ("a tag in two paragraphs", [("1．主要职能。{{ 职能职责概述 }}", "1．主要职能。{{ 职能职责概述"), ("2．机构情况。{{ 机构情况 }}", "}}2．机构情况。{{ 机构情况 }}")], [
        "错误 “1．主要职能。{{ 职能职责概述”一段：标签 \"{{ 职能职责概述}}\" 跨了两段，印出时两段会并成一段；请把整个标签写在同一段里",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "lines"), [c[1:] for c in ELSEWHERE], ids=[c[0] for c in ELSEWHERE])
def test_a_fault_elsewhere(folder, changes, lines):
    edit(folder, *changes)
    assert errors(folder) == lines


def reshaped(folder, step):
    document = Document(folder / "report.docx")
    step(document)
    document.save(folder / "report.docx")
    return errors(folder)


def test_a_loop_that_ends_in_another_table(folder):
    def move(document):
        row = row_of(find(document, END))
        table_of(find(document, LOOP, 2)).append(row)

    assert reshaped(folder, move)[0] == (
        "错误 “部门（单位）年度支出和结余情况（万元）”下面表格的第 10 行第 1 列："
        f"\"{END}\" 和开始的 \"{LOOP}\" 不在同一个表格里，中间的行会丢失；请把两个标签放进同一个表格"
    )  # fmt: skip


def test_columns_that_end_in_another_row(folder):
    edit(folder, ("{{ 联系人 }}", "{%tc if 联系人 %}"), ("{{ 人员编制 }}", "{%tc endif %}"))
    assert errors(folder) == [
        "错误 “一、部门（单位）基本概况”下面表格的第 2 行第 2 列："
        '"{%tc endif %}" 和开始的 "{%tc if 联系人 %}" 不在同一个表格行里，表格会错乱；请把两个标签放进同一行'
    ]


def test_a_tag_that_a_revision_deletes(folder):
    edit(folder, (TEL, f"电话{TEL}"))
    assert reshaped(folder, lambda document: tracked_delete(document, TEL)) == [
        f"错误 {CELL}：标签 \"{TEL}\" 在修订里删去了，但还会起作用；请在“审阅”里接受或拒绝全部修订，再保存"
    ]  # fmt: skip


def test_headers_and_text_boxes_have_places_too(folder):
    def write(document):
        document.sections[0].header.paragraphs[0].text = "{{ 部门名 }}"
        box = OxmlElement("w:txbxContent")
        box.append(copy.deepcopy(find(document, "2．机构情况。")._p))
        find(document, "3．人员情况。").runs[0]._r.append(box)
        retype(document, "2．机构情况。", "甲{{ 部门 }}", 2)

    assert reshaped(folder, write) == [
        "错误 “甲{{ 部门 }}”一段：\"部门\" 没有对应的数据（是不是“部门名称”？）；请改成 fields.toml、figures.toml 里的名称",
        "错误 页眉“{{ 部门名 }}”一段：\"部门名\" 没有对应的数据（是不是“部门名称”？）；请改成 fields.toml、figures.toml 里的名称",
    ]  # fmt: skip


def test_a_table_in_a_table_and_the_second_under_a_heading(folder):
    def nest(document):
        first = table_of(find(document, "{{ 联系人 }}"))
        inner = copy.deepcopy(first)
        find(document, "{{ 人员编制 }}")._p.addnext(inner)
        retype(document, "{{ 联系人 }}", "{{ 联系 }}", 2)
        first.addnext(copy.deepcopy(first))
        first.addnext(OxmlElement("w:p"))

    lines = reshaped(folder, nest)
    assert lines == [
        f"错误 “一、部门（单位）基本概况”下面表格的第 2 行第 2 列里的表格的第 1 行第 2 列等 2 处：\"联系\" 没有对应的数据（是不是“联系人”？）；{AFTER_TEL}"
    ]  # fmt: skip
    edit(folder, ("{{ 联系 }}", "{{ 联系人 }}"), ("{{ 联系 }}", "{{ 联系电 }}"))
    assert errors(folder) == [
        f"错误 “一、部门（单位）基本概况”下面第 2 个表格的第 2 行第 2 列里的表格的第 1 行第 2 列：\"联系电\" 没有对应的数据（是不是“联系人”？）；{AFTER_TEL}"
    ]  # fmt: skip


def test_a_template_without_tags(folder):
    Document().save(folder / "report.docx")
    assert told(folder) == ["错误 模板里没有标签，印出的报告里不会有数据；请在模板里写上标签，如 {{ 名称 }}"]


def without_adjustments(folder):
    """Take the rows out in which the template prints what changes the total."""
    document = Document(folder / "report.docx")
    rows = [row for table in document.tables for row in table.rows]
    first = next(n for n, row in enumerate(rows) if "in 总分调整" in row.cells[0].text)
    for row in rows[first : first + 3]:
        row._tr.getparent().remove(row._tr)
    document.save(folder / "report.docx")


def test_bounds_on_the_total_must_be_printed(folder):
    without_adjustments(folder)
    change(folder, "indicators.toml", ('"折算" = "rescale"', '"折算" = "zero"'))
    assert told(folder) == []
    cap = '[[cap]]\nname = "封顶"\nat_most = 90\nsource = ["tool"]\n\n[[indicator]]'
    change(folder, "indicators.toml", ("[[indicator]]", cap))
    assert told(folder) == [
        "警告 表样会封顶、保底或折算得分，模板没有印出“总分调整”；请印出它的每一项：名称、分数、说明"
    ]
    edit(folder, (TEL, f"{TEL}{{% for 项 in 总分调整 %}}{{{{ 项.名称 }}}}{{% endfor %}}"))
    assert told(folder) == []


def test_an_indicator_that_may_be_rescaled_must_be_printed(folder):
    without_adjustments(folder)
    assert told(folder)[0].startswith("警告 表样会封顶、保底或折算得分")
    change(folder, "indicators.toml", ('"折算" = "rescale"', '"折算" = "zero"'))
    assert told(folder) == []
    rule = 'goal = "社会效益"\nnot_applicable = { unless = "退休人数 > 0", policy = "rescale", because = "没有" }'
    change(folder, "indicators.toml", ('goal = "社会效益"', rule))
    assert told(folder)[0].startswith("警告 表样会封顶、保底或折算得分")


def test_without_readable_data_the_tags_are_looked_at_all_the_same(folder):
    (folder / "fields.toml").write_text("[[", "utf-8")
    edit(folder, (TEL, "｛｛ 联络电话 ｝｝"), ("{{ 联系人 }}", "{{ 联系 + }}"))
    assert [line.split("：")[-1].split("；")[0] for line in errors(folder)[1:]] == [
        "{{ 联系 + }} 不该有 end of print statement",
        '"｛｛ 联络电话 ｝｝" 里是全角的括号，标签不起作用',
    ]


def test_nothing_is_told_twice(folder):
    edit(
        folder,
        (TEL, "｛｛ 联络电话 ｝｝{{ 联系"),
        ("{{ 人员编制 }}", "{{ 编制 | 大写 }}{% if 编制 %}"),
        (LOOP, "各机构{%tr for 行 in 收入 %}"),
    )
    lines = errors(folder)
    assert len(lines) == len(set(lines)) == 6, lines
