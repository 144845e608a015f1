"""Totals of figures that hold for every row, what formulas take over rows, sums in matrices: from the workbook to
explanation, document and working paper, each by a table of cases."""

from decimal import Decimal

import pytest
from documents import lines
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import ROWS, Projects, projects
from workbook.test_workpaper import Agreement, needs_office, paper, recalculated
from workbooks import Workbook

from generator import form as forms
from generator.amounts import Interval
from generator.explain import explain
from generator.explanation import sentence
from generator.findings import has_errors
from generator.lint import lint_form
from generator.pipeline import examine, new, produce
from generator.rules.notes import Notes
from generator.wanted import Wanted


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return projects(tmp_path_factory.mktemp("form"))


@pytest.fixture(scope="module")
def examined(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "inputs" / "x.xlsx"
    return examine(Projects().save(path), str(folder))


def value(examination, name):
    found = examination.report.figures.values[name].value
    return found.value if isinstance(found, Interval) else found


VALUES = [
    ("项目投资", 300000 + 400000 + 600000),  # never Σ数量 × Σ单价
    ("项目完成率", Decimal(1100000) / 2200000),
    ("项目结余", 1100000),
    ("投资预算比", Decimal(1300000) / 2200000),
    ("业务决算", 500000),
    ("业务合同投资", 300000),
    ("大项目投资", 400000 + 600000),
    ("项目数", 4),
    ("合同项目数", 2),
    ("其他项目数", 1),
    ("业务占比", Decimal(500000) / 1100000),
    ("业务专项_全年", 500000),
    ("专项合计_上半年", 900000),
    ("专项合计_全年", 1100000),
    ("业务占全年_上半年", Decimal(300000) / 900000),
    ("业务占全年_全年", Decimal(500000) / 1100000),
]


@pytest.mark.parametrize(("name", "expected"), VALUES, ids=[name for name, _ in VALUES])
def test_values(examined, name, expected):
    found = value(examined, name)
    assert abs(found - expected) < Decimal("1e-12")


def test_a_table_and_a_matrix_are_tied(examined, folder, tmp_path):
    assert [each for each in examined.findings if each.code.startswith("tie.")] == []
    names = [check.name for check in forms.load(folder).checks]
    assert {"业务专项两处相符", "专项不为负_上半年", "专项不为负_下半年"} <= set(names)
    book = Projects(halves=((300000, 100000), (600000, 0), (0, None)))
    told = [each.line() for each in examine(book.save(tmp_path / "x.xlsx"), str(folder)).findings]
    line = (
        "错误 项目分类!C2 业务专项两处相符：合计（项目决算，其中 项目类别 ＝ “业务专项”） ＝ 50万元，"
        "业务专项_全年 ＝ 40万元，两者不等，相差 10万元；请核对"
    )
    assert line in told


EXPLAINED = [
    ("项目投资", "项目投资 ＝ 各行合计 ＝ 30 ＋ 40 ＋ 空 ＋ 60 ＝ 130万元"),
    ("项目完成率", "项目完成率 ＝ 项目决算 ÷ 项目预算 ＝ 110 ÷ 220 ＝ 50.00%"),
    ("投资预算比", "投资预算比 ＝ 项目投资 ÷ 项目预算 ＝ 130 ÷ 220 ＝ 59.09%"),
    ("业务决算", "业务决算 ＝ 合计（项目决算，其中 项目类别 ＝ “业务专项”） ＝ 50 ＝ 50万元"),
    ("合计（项目决算，其中 项目类别 ＝ “业务专项”）",
     "合计（项目决算，其中 项目类别 ＝ “业务专项”） ＝ 各行合计 ＝ 35（项目明细!G2） ＋ 15（项目明细!G3） ＝ 50万元"),
    ("合计（数量 × 单价，其中 项目预算 ≥ 500000）",
     "合计（数量 × 单价，其中 项目预算 ≥ 500000） ＝ 各行合计 ＝ 40 ＋ 空 ＋ 60 ＝ 100万元"),
    ("个数（项目表，其中 有合同）", "个数（项目表，其中 有合同） ＝ 符合条件的行数 ＝ 2"),
    ("专项合计_全年", "专项合计_全年 ＝ 业务专项_全年 ＋ 运维专项_全年 ＋ 其他专项_全年 ＝ 50 ＋ 60 ＋ 0 ＝ 110万元"),
    ("业务占全年_全年", "业务占全年_全年 ＝ 业务专项_全年 ÷ 专项合计_全年 ＝ 50 ÷ 110 ＝ 45.45%"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "line"), EXPLAINED, ids=[name for name, _ in EXPLAINED])
def test_explanations(examined, name, line):
    found = explain(examined, [name])
    assert sentence(found.figures[0]) == line


def test_a_sum_of_rows_is_explained_row_by_row(examined):
    rows = explain(examined, ["项目投资"]).rows["项目投资"]
    assert (
        sentence(rows[1]) == "项目投资（乙） ＝ 数量 × 单价 ＝ 2（项目明细!D3） × 20（项目明细!E3） ＝ 40万元"
    )


AMOUNTS = st.one_of(st.none(), st.integers(0, 10**8).map(lambda n: n / 100))
LINES = st.tuples(
    st.sampled_from(["业务专项", "运维专项", "其他专项"]),
    st.sampled_from(["是", "否"]),
    st.one_of(st.none(), st.integers(0, 20)),
    AMOUNTS,
    AMOUNTS.filter(lambda n: n != 0),
    AMOUNTS,
)


@needs_office
def test_recalculated_by_another_program(folder, examined, tmp_path):
    agreement = Agreement()
    form = forms.load(folder)
    reports = [examined.report]
    samples = (
        [],
        ROWS[:1],
        [("甲", "运维专项", "否", None, None, None, None), ("乙", "运维专项", "否", None, None, 3, None)],
        [("甲", "业务专项", "是", 1, None, 5, None), ("乙", "业务专项", "否", None, None, 3, None)],
        [
            *ROWS,
            *(
                (f"己{n}", ROWS[n % 4][1], "是", n, 1234.56 * n, 100000 * n + 1, 99999.99)
                for n in range(1, 40)
            ),
        ],
    )
    for number, rows in enumerate(samples):
        book = Projects(rows).save(tmp_path / "inputs" / f"{number}.xlsx")
        reports.append(examine(book, str(folder)).report)
    for book, report in zip(
        recalculated([paper(each, form) for each in reports], tmp_path), reports, strict=True
    ):
        agreement.compare(book, report, form)
    assert agreement.differences == []
    assert agreement.compared > 500


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(LINES, min_size=1, max_size=12))
def test_sums_of_rows(folder, tmp_path_factory, rows):
    """Against sums made with plain numbers."""
    named = [(f"项目{number}", *row) for number, row in enumerate(rows)]
    path = tmp_path_factory.mktemp("made") / "inputs" / "x.xlsx"
    found = examine(Projects(named).save(path), str(folder))
    cents = [[None if n is None else Decimal(str(n)) for n in row[2:]] for row in rows]
    products = [a * b for a, b, _, _ in cents if a is not None and b is not None]
    chosen = [row[3] for row, (kind, *_) in zip(cents, rows, strict=True) if kind == "业务专项"]
    added = [each for each in chosen if each is not None]
    assert value(found, "项目投资") == (sum(products) if products else None)
    assert value(found, "业务决算") == (None if chosen and not added else sum(added))
    assert value(found, "项目数") == len(rows)
    groups = found.report.figures.grouped["项目表"]
    for name in ("项目投资", "项目决算", "项目结余"):
        parts = [g.totals[name].value.value for g in groups if isinstance(g.totals[name].value, Interval)]
        assert sum(parts) == (value(found, name) or 0)


# A Word file with the projects group by group.
GROUPED = [
    "{%p for 类 in 项目表_分组 %}",
    "{{ 类.项目类别 }}：{{ 类.个数 }}个，决算{{ 类.项目决算 }}，完成率{{ 类.项目完成率 }}，投资{{ 类.项目投资 }}。",
    "{%p for 项 in 类.明细 %}",
    "{{ 项.序号 }}.{{ 项.项目名称 }}{{ 项.项目投资 }}",
    "{%p endfor %}",
    "{%p endfor %}",
    "合计{{ 项目投资 }}；{{ 专项合计_全年 }}；{{ 业务占全年_全年 }}；{{ 业务决算 }}；{{ 合同项目数 }}个",
]


def with_lines(folder, texts):
    document = Document(str(folder / "report.docx"))
    for text in texts:
        document.add_paragraph(text)
    document.save(str(folder / "report.docx"))
    return folder


def test_groups_with_their_totals_in_the_document(tmp_path):
    folder = with_lines(projects(tmp_path / "form"), GROUPED)
    book = Projects().save(tmp_path / "inputs" / "x.xlsx")
    outcome = produce(book, wanted=Wanted(form_name=str(folder)))
    assert outcome.output is not None, [each.line() for each in outcome.findings]
    assert lines(outcome.output)[-8:] == [
        "业务专项：2个，决算50，完成率55.56%，投资70。",
        "1.甲30",
        "2.乙40",
        "运维专项：1个，决算60，完成率100.00%，投资。",
        "1.丙",
        "其他专项：1个，决算，完成率，投资60。",
        "1.丁60",
        "合计130；110；45.45%；50；2个",
    ]


def test_the_template_with_groups_is_understood(tmp_path):
    folder = with_lines(projects(tmp_path), GROUPED)
    assert [
        each.line()
        for each in lint_form(folder)[1]
        if "没有用到" not in each.line() and "没有印" not in each.line()
    ] == []


WRONG_TAGS = [
    ("{{ 类.项目名称 }}", "类.项目名称"),
    ("{% for 项 in 类.明细 %}{{ 项.项目名 }}{% endfor %}", "项.项目名"),
]


@pytest.mark.parametrize(("tag", "name"), WRONG_TAGS, ids=["a column of no group", "a column of no row"])
def test_a_wrong_name_in_a_group_is_told(tmp_path, tag, name):
    folder = with_lines(projects(tmp_path), [f"{{% for 类 in 项目表_分组 %}}{tag}{{% endfor %}}"])
    told = [each.message for each in lint_form(folder)[1] if each.code == "template.unknown-name"]
    assert len(told) == 1
    assert f'"{name}" 没有对应的数据' in told[0]


def test_the_totals_of_a_group_say_where_they_come_from(examined):
    notes = Notes(examined.report, examined.form)
    [business, *_] = examined.report.figures.grouped["项目表"]
    assert notes(business.totals["项目投资"])[:1] == [
        "项目投资（业务专项） ＝ 各行合计 ＝ 30 ＋ 40 ＝ 70万元"
    ]
    assert notes(business.totals["项目决算"])[:1] == [
        "项目决算（业务专项） ＝ 各行合计 ＝ 35（项目明细!G2） ＋ 15（项目明细!G3） ＝ 50万元"
    ]
    rate = notes(business.totals["项目完成率"])
    assert rate[0] == "项目完成率（业务专项） ＝ 项目决算 ÷ 项目预算 ＝ 50 ÷ 90 ＝ 55.56%"


def filled_blank(folder, target):
    """The blank workbook of next year with the same projects and halves typed in."""
    form = forms.load(folder)
    findings = new(2021, target, str(folder))
    assert not has_errors(findings)
    book = Workbook(target, form)
    names = ("项目名称", "项目类别", "有合同", "数量", "单价", "项目预算", "项目决算")
    for number, row in enumerate(ROWS):
        book.row("项目表", number, **dict(zip(names, row, strict=True)))
    book.set(业务专项_上半年=300000, 业务专项_下半年=200000, 运维专项_上半年=600000, 其他专项_上半年=0)
    return book.save(target)


@needs_office
def test_the_grey_totals_of_the_workbook_say_the_same(folder, examined, tmp_path):
    made = filled_blank(folder, tmp_path / "2021.xlsx")
    [book] = recalculated([made.read_bytes()], tmp_path / "office")
    shown = {}
    for sheet in (book["项目明细"], book["项目分类"]):
        for row in sheet.iter_rows():
            texts = [cell for cell in row if cell.value is not None]
            if texts and isinstance(texts[0].value, str):
                shown[texts[0].value] = [cell.value for cell in texts[1:]]
    for name in ("项目数", "业务决算", "业务合同投资", "大项目投资", "合同项目数", "其他项目数", "业务占比"):
        assert abs(Decimal(repr(shown[name][0])) - value(examined, name)) < Decimal("1e-9"), name
    assert shown["业务专项"] == [300000, 200000, 500000]
    assert shown["专项合计"] == [900000, 200000, 1100000]


def test_closing_columns_of_a_matrix_become_next_years_opening(folder, tmp_path):
    source = Projects().save(tmp_path / "inputs" / "x.xlsx")
    findings = new(2021, tmp_path / "2021.xlsx", str(folder), source=source)
    assert not has_errors(findings)
    book = Workbook(tmp_path / "2021.xlsx", forms.load(folder))

    def cell(name):
        sheet, address = book.address(name)
        return book.book[sheet].cell(*address).value

    assert [cell(f"{name}_上年") for name in ("业务专项", "运维专项", "其他专项")] == [500000, 600000, 0]
    assert [cell(f"{name}_上半年") for name in ("业务专项", "运维专项", "其他专项")] == [None, None, None]
