"""Totals of figures that hold for every row, what formulas take over rows, sums in matrices: from the workbook to
explanation, document and working paper, each by a table of cases."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import ROWS, Projects, projects
from workbook.test_workpaper import Agreement, needs_office, paper, recalculated

from generator import form as forms
from generator.amounts import Interval
from generator.explain import explain
from generator.explanation import sentence
from generator.pipeline import examine


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
