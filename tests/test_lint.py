"""forms check: every fault of a form's template, all at once and with its place."""

import shutil

import pytest
from docx import Document
from handedits import find, retype
from test_cli import run
from workbooks import FORM

from generator.lint import lint_form


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FORM.folder, tmp_path / FORM.id)


def told(folder):
    return [each.line() for each in lint_form(folder)[1]]


def edit(folder, *changes):
    """Type over paragraphs of the template: (what it says, what it is to say)."""
    document = Document(folder / "report.docx")
    for old, new in changes:
        retype(document, old, find(document, old).text.replace(old, new))
    document.save(folder / "report.docx")


def test_every_form_of_ours_is_clean():
    form, findings = lint_form(FORM.folder)
    assert (form.id, findings) == (FORM.id, [])


CASES = [
    (
        "a name with a slip",
        ("{{ 联络电话 }}", "{{ 联系电话 }}"),
        "错误 “一、部门（单位）基本概况”下面表格的第 1 行第 4 列：\"联系电话\" 没有对应的数据（是不是“联络电话”？）；"
        "请改成 fields.toml、figures.toml 里的名称",
    ),
    (
        "a column with a slip",
        ("{{ 人员.职务职称 }}", "{{ 人员.职务 }}"),
        "错误 “四、评价人员”下面表格的第 3 行第 2 列：\"人员.职务\" 没有对应的数据（是不是“职务职称”？）；"
        "请改成 fields.toml、figures.toml 里的名称",
    ),
    (
        "full-width braces",
        ("{{ 联络电话 }}", "｛｛ 联络电话 ｝｝"),
        "错误 “一、部门（单位）基本概况”下面表格的第 1 行第 4 列：\"｛｛ 联络电话 ｝｝\" 里是全角的括号，标签不起作用；"
        "请改成半角的 {{ }} 或 {% %}",
    ),
    (
        "a tag that is not closed",
        ("{{ 联络电话 }}", "{{ 联络电话"),
        "错误 “一、部门（单位）基本概况”下面表格的第 1 行第 4 列：\"{{ 联络电话\" 里的标签没有写完整；请补上另一半，一个标签不能跨段",
    ),
    (
        "an unknown filter",
        ("{{ 联络电话 }}", "{{ 联络电话 | 大写 }}"),
        "错误 “一、部门（单位）基本概况”下面表格的第 1 行第 4 列：没有叫 \"大写\" 的过滤器；请改正，可用的有 向下合并、枚举 等",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_fault_is_told_with_its_place(folder, change, line):
    edit(folder, change)
    assert line in told(folder)


def test_all_faults_are_told_at_once(folder):
    edit(
        folder,
        ("{{ 联系人 }}", "{{ 联系 }}"),
        ("{{ 联络电话 }}", "｛｛ 联络电话 ｝｝"),
        ("{{ 人员编制 }}", "{{ 编制 }}"),
    )
    lines = told(folder)
    assert sum("没有对应的数据" in line for line in lines) == 2
    assert sum("全角" in line for line in lines) == 1


def test_a_loop_without_its_end(folder):
    document = Document(folder / "report.docx")
    element = find(document, "{%p endfor %}")._p
    element.getparent().remove(element)
    document.save(folder / "report.docx")
    [line] = [line for line in told(folder) if "没有结束" in line]
    assert line.startswith("错误 “")
    assert line.endswith(
        "：标签写法不对：这里的 for 没有结束；请改正这个标签；if 要有 endif，for 要有 endfor"
    )


WRONG = [
    ("{% endfor %}", "{% endfor %} 多了，或和前面的 if、for 对不上"),
    ("{% iff 联系人 %}", "{% iff 联系人 %} 多了或写错了 iff"),
    ("{{ 联系人 联络电话 }}", "{{ 联系人 联络电话 }} 应该是 end of print statement，写的是 联络电话"),
    ("{{ 联系人 + }}", "{{ 联系人 + }} 不该有 end of print statement"),
    ("{% if 联系人 %}", "这里的 if 没有结束"),
]


@pytest.mark.parametrize(("tag", "why"), WRONG)
def test_what_is_wrong_with_a_tag_is_told_in_chinese_and_with_its_place(folder, tag, why):
    edit(folder, ("{{ 联络电话 }}", tag), ("{{ 人员编制 }}", "{{ 编制 }}"))
    place = "错误 “一、部门（单位）基本概况”下面表格的第 1 行第 4 列："
    lines = told(folder)
    assert f"{place}标签写法不对：{why}；请改正这个标签；if 要有 endif，for 要有 endfor" in lines
    assert any('"编制" 没有对应的数据' in line for line in lines)


def test_a_template_that_cannot_be_printed_is_told(folder):
    edit(folder, ("{{ 联络电话 }}", "{{ 1 / 0 }}"))
    assert told(folder)[0] == (
        "错误 “一、部门（单位）基本概况”下面表格的第 1 行第 4 列：试印时 \"{{ 1 / 0 }}\" 用不了：除数为 0；"
        "请改正这个标签；可能空着的数，先用 {% if 名称 is 有值 %} 判断"
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_a_template_that_is_no_word_file(folder, content):
    (folder / "report.docx").write_bytes(content)
    path = folder / "report.docx"
    assert told(folder) == [
        f"错误 {path} 打不开，或不是 Word 文件；请用 Word、WPS 或 LibreOffice 重新保存为 .docx"
    ]


def test_a_field_that_nobody_prints_is_a_note(folder):
    edit(folder, ("{{ 联络电话 }}", ""))
    assert told(folder) == [
        "提示 栏目“联络电话”没有印在报告里，也没有用来计算或核对；确实不用的可以从 fields.toml 删去"
    ]


def test_faults_of_the_data_name_file_and_key(folder):
    text = (folder / "figures.toml").read_text("utf-8")
    (folder / "figures.toml").write_text(text.replace("上年结转 + 本年收入", "上年结转 + 本年收人"), "utf-8")
    [line] = told(folder)
    assert line.startswith("错误 figures.toml")
    assert "本年收人" in line


def test_the_command(folder):
    done = run("forms", "check", folder)
    assert (done.returncode, done.stdout) == (0, f"表样 {FORM.id}：没有错误。\n")
    edit(folder, ("{{ 联络电话 }}", "{{ 联系电话 }}"))
    done = run("forms", "check", folder)
    assert (done.returncode, done.stdout) == (1, f"表样 {FORM.id}：有 1 处错误。\n")
    assert (
        run("forms", "check").stderr
        == "命令写错：forms check 后面要写一个表样文件夹；用 gen-report --help 查看用法\n"
    )
    assert run("forms", "check", FORM.id).returncode == 0


def change(folder, name, *pairs):
    """Edit one of the TOML files."""
    text = (folder / name).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, "utf-8")


def test_all_faults_of_the_data_are_told_at_once(folder):
    change(folder, "figures.toml", ('formula = "上年结转 + 本年收入"', 'formula = "上年结转 +"'))
    change(folder, "checks.toml", ('severity = "error"', 'severity = "fehler"'))
    change(folder, "indicators.toml", ('kind = "per-point"', 'kind = "per-pint"'))
    (folder / "fields.toml").write_text("[[sheet", "utf-8")
    lines = told(folder)
    assert [line.split("；")[0].split("：")[0] for line in lines] == [
        f"错误 {folder / 'fields.toml'}",
        "错误 figures.toml: figure 收入合计",
        "错误 checks.toml: check 支出经济分类与基本支出",
        "错误 indicators.toml: indicator 财政供养人员控制率: rule",
    ]


def test_all_that_does_not_fit_together_is_told_at_once(folder):
    change(
        folder,
        "figures.toml",
        ('"上年结转 + 本年收入"', '"上年结转 + 本年收人"'),
        ('"人员支出 + 公用支出"', '"人员支出 + 公用之出"'),
    )
    change(folder, "checks.toml", ('left = "收入合计"', 'left = "收入总计"'))
    change(folder, "indicators.toml", ("points = 5\n", "points = 6\n"))
    change(folder, "form.toml", ('unit = "部门名称"', 'unit = "单位"'))
    lines = told(folder)
    for words in (
        "figures.toml: 收入合计：公式里的 本年收人 不是栏目，也不是本表样的数",
        "figures.toml: 基本支出：公式里的 公用之出 不是栏目，也不是本表样的数",
        "checks.toml: 决算收入合计核对：公式里的 收入总计 不是栏目，也不是本表样的数",
        "indicators.toml：各指标分值合计 101，不等于 total 100",
        "form.toml：summary 里的 单位 没有定义",
    ):
        assert any(words in line for line in lines), words


def test_data_and_template_are_told_together(folder):
    change(folder, "form.toml", ('unit = "部门名称"', 'unit = "单位"'))
    edit(folder, ("{{ 联络电话 }}", "{{ 联系电话 }}"))
    lines = told(folder)
    assert len(lines) == 2
    assert "summary" in lines[0]
    assert '"联系电话" 没有对应的数据' in lines[1]


@pytest.mark.parametrize(
    "name", ["form.toml", "fields.toml", "figures.toml", "checks.toml", "indicators.toml"]
)
@pytest.mark.parametrize("content", ["", "x = 1", "[[", "[[sheet]]", "figure = 3", "\x00"])
def test_a_damaged_folder_gives_findings_never_a_traceback(folder, name, content):
    (folder / name).write_text(content, "utf-8")
    _, findings = lint_form(folder)
    assert all(each.code.startswith(("form.", "template.")) for each in findings)
    if name != "checks.toml" or content not in ("", "figure = 3"):
        assert findings
