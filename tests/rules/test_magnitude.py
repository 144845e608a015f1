"""Amounts off by a power of ten: the message names the very cell, the block or the unit; what is right stays quiet."""

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from workbooks import ROOT, SAMPLE, Workbook, news

from generator.amounts import Interval
from generator.catalogue import Severity
from generator.pipeline import _form, examine
from generator.rules.checks import check
from generator.rules.derive import derive
from generator.rules.magnitude import check_single
from generator.workbook.open import open_workbook
from generator.workbook.read import read

THREE = Path(__file__).parents[1] / "data" / "2023-三个机构.xlsx"
DEPARTMENT = ROOT / "inputs" / "2018-湖南.xlsx"
PROJECT = ROOT / "inputs" / "2020-项目.xlsx"


class Filled:
    """A filled workbook, read once, whose amounts can be changed."""

    def __init__(self, path):
        grids, _ = open_workbook(path)
        self.form, _ = _form(grids, None)
        self.intake, _ = read(grids, self.form)

    def amounts(self):
        """(table, row, name) of every typed amount that is not zero; a field stands in no table."""
        fields, columns = self.form.fields(), self.form.columns()
        for name, entry in self.intake.fields.items():
            if isinstance(entry.value, Interval) and fields[name].type == "amount" and entry.value.value:
                yield "", 0, name
        for table, rows in self.intake.tables.items():
            for index, row in enumerate(rows):
                for name, entry in row.items():
                    if (
                        isinstance(entry.value, Interval)
                        and columns[name][1].type == "amount"
                        and entry.value.value
                    ):
                        yield table, index, name

    def entry(self, place, intake=None):
        table, index, name = place
        intake = intake or self.intake
        return intake.tables[table][index][name] if table else intake.fields[name]

    def changed(self, amounts):
        """The intake with amounts in 元 in the place of others."""
        intake = self.intake
        for place, amount in amounts.items():
            table, index, name = place
            entry = replace(self.entry(place), value=Interval.exact(amount), typed=str(amount))
            if table:
                rows = list(intake.tables[table])
                rows[index] = {**rows[index], name: entry}
                intake = replace(intake, tables={**intake.tables, table: tuple(rows)})
            else:
                intake = replace(intake, fields={**intake.fields, name: entry})
        return intake

    def said(self, intake):
        figures, _ = derive(intake, self.form)
        _, findings = check(figures, self.form, intake.doubtful)
        known = [each for each in findings if each.code.startswith("amount.")]
        return [
            each for each in findings + check_single(figures, self.form, known) if each.code != "tie.rounding"
        ]

    def scaled(self, place, exponent):
        return self.said(self.changed({place: self.entry(place).value.value * Decimal(10) ** exponent}))


@pytest.fixture(scope="module")
def filled():
    return {path: Filled(path) for path in (SAMPLE, THREE, DEPARTMENT, PROJECT)}


@pytest.mark.parametrize("path", [SAMPLE, THREE, DEPARTMENT, PROJECT], ids=lambda path: path.stem)
def test_the_workbooks_themselves_have_nothing_to_tell(filled, path):
    assert filled[path].said(filled[path].intake) == []


# How many of the amounts of a workbook are found at their own cell when they are ten thousand (a hundred) times too
# large or too small. What is left is named as the other of two candidates, breaks a tie of its own, or is an amount
# that nothing can be held against (fixed assets, single items of the unit's other income).
LEAST = [
    (SAMPLE, 4, 0.85), (SAMPLE, -4, 1.0), (SAMPLE, 2, 0.85), (SAMPLE, -2, 0.95),
    (DEPARTMENT, 4, 1.0), (DEPARTMENT, -4, 1.0), (DEPARTMENT, 2, 0.95), (DEPARTMENT, -2, 0.9),
    (PROJECT, 4, 1.0), (PROJECT, -4, 1.0), (PROJECT, 2, 1.0), (PROJECT, -2, 1.0),
    (THREE, 4, 0.8), (THREE, -4, 0.85),
]  # fmt: skip


def names(finding, at):
    """Whether the finding is at the cell; of a tie that stops the report, whether it is among its cells."""
    return finding.at == at or (
        finding.code == "tie.broken"
        and finding.severity is Severity.ERROR
        and any(operand.at == at for operand in finding.related)
    )


@pytest.mark.parametrize("path, exponent, least", LEAST)
def test_an_amount_off_by_a_power_of_ten_is_told_at_its_own_cell(filled, path, exponent, least):
    book = filled[path]
    places = list(book.amounts())
    found = sum(
        any(
            each.at == book.entry(place).at
            for each in book.scaled(place, exponent)
            if each.code != "tie.broken"
        )
        for place in places
    )
    assert found / len(places) >= least


@pytest.mark.parametrize("exponent", [4, -4, 3, -3, 2, -2, 1, -1])
@pytest.mark.parametrize("path", [SAMPLE, DEPARTMENT, PROJECT], ids=lambda path: path.stem)
def test_what_ties_prove_is_named_exactly_or_with_its_rival(filled, path, exponent):
    """Where a tie of equality breaks, the cell is named, alone or among those that explain as much."""
    book = filled[path]
    for place in book.amounts():
        findings = book.scaled(place, exponent)
        for each in findings:
            if each.code in ("amount.scale", "amount.block"):
                at = book.entry(place).at
                assert each.at == at or str(at) in each.fix, (place, each.line())


def test_exact_messages(tmp_path):
    book = Workbook().set(项目支出=Decimal("2528.9151"))
    [told] = [
        each
        for each in news(examine(book.save(tmp_path / "x.xlsx")).findings)
        if each.code.startswith("amount")
    ]
    assert told.line() == (
        '错误 收入支出!J6〔项目支出〕"2,528.92" 与其他金额相差一万倍：按 25289151 元理解时，“支出经济分类与项目支出、支出资金来源与支出合计、'
        "决算支出合计核对、决算项目支出核对、决算累计结余核对”正好相符；请核对是不是把万元数填成了元，或把元数填成了万元"
    )


INCOME = ("收入支出", 0, "公共财政拨款")
TOLD = [
    (INCOME, "1865.23", '错误 收入支出!D6〔公共财政拨款〕"1865.23" 与其他金额不相称：收入合计 ÷ 支出合计 是 0.11；按 18652300 元理解时是 1.12；请核对是不是把万元数填成了元，或把元数填成了万元'),
    (INCOME, "125000", '错误 收入支出!D6〔公共财政拨款〕"125000" 与其他金额不相称：收入合计 ÷ 支出合计 是 0.12；按 12500000 元理解时是 0.79；请核对小数点和位数'),
    (INCOME, "1865234055", '错误 收入支出!D6〔公共财政拨款〕"1865234055" 与其他金额不相称：收入合计 ÷ 支出合计 是 101.17；按 18652340.55 元理解时是 1.12；请核对小数点和位数'),
    (INCOME, "186523405.5", '警告 收入支出!D6〔公共财政拨款〕"186523405.5" 与其他金额不大相称：收入合计 ÷ 支出合计 是 10.22；按 18652340.55 元理解时是 1.12；请核对小数点和位数；没有填错的不用改'),
    (("收入支出", 0, "上年结转"), "-1234567.89", '警告 收入支出!C6〔上年结转〕"-1234567.89" 是负数；请核对；确实是负数的，请在文字里说明'),
    (("", 0, "政府采购预算数"), "18500000000", '警告 评分数据!C11〔政府采购预算数〕"18500000000" 与“实际政府采购金额”（179.05万元）相差一万倍左右；请核对金额单位是元还是万元，和小数点、位数'),
    (("收入支出", 0, "公务接待费"), "4.533075", '警告 收入支出!K6〔公务接待费〕"4.533075" 元不到一分的部分不会有；请核对是不是把万元数填成了元，或公式没有四舍五入'),
    (("收入支出", 0, "在用固定资产"), "15678900000000", '警告 收入支出!O6〔在用固定资产〕"15678900000000" 极大，没有单位有这么多；请核对单位和位数'),
]  # fmt: skip


@pytest.mark.parametrize("place, amount, line", TOLD, ids=[amount for _, amount, _ in TOLD])
def test_one_amount_is_one_finding(filled, place, amount, line):
    book = filled[THREE]
    said = [
        each.line() for each in book.said(book.changed({place: Decimal(amount)})) if each.code != "tie.broken"
    ]
    assert said == [line]


def test_a_whole_workbook_in_the_other_unit(filled):
    book = filled[THREE]
    wan = {place: round(book.entry(place).value.value / 10_000, 2) for place in book.amounts()}
    assert [each.line() for each in book.said(book.changed(wan)) if each.code != "tie.broken"] == [
        '错误 填表说明!C6〔金额单位〕金额与单位 "元" 不相称：“人均人员支出”只有按所有金额扩大一万倍才合常理（现在 12.55元，扩大后 125474元）；'
        "“金额单位”请选实际使用的单位"
    ]


def test_one_sheet_in_the_other_unit(filled):
    book = filled[THREE]
    there = [place for place in book.amounts() if book.entry(place).at.sheet == "支出分类"]
    wan = {place: book.entry(place).value.value / 10_000 for place in there}
    [told] = [each for each in book.said(book.changed(wan)) if each.code.startswith("amount.")]
    assert told.line() == (
        "错误 支出分类!C4 “支出分类”表 C4:D12 的金额都与其他金额相差一万倍：都扩大一万倍时，“支出经济分类与基本支出、支出经济分类与项目支出、"
        "支出资金来源与支出合计”正好相符；请核对这些金额是不是用了另一个单位，换算后重新填写"
    )


def made(rng, book, staff):
    """Amounts of a made unit in which everything fits: 人员, 公用 and 项目支出 by the head, and what ties to them."""
    share = [Decimal(rng.randint(1, 20)) for _ in range(3)]
    per_head = Decimal(rng.randint(40_000, 200_000))
    staff_cost = [per_head * staff * each / sum(share) for each in share]
    running = [each * Decimal(rng.randint(10, 60)) / 100 for each in staff_cost]
    projects = [each * Decimal(rng.randint(0, 300)) / 100 for each in staff_cost]
    amounts = {}
    for row, (one, two, three) in enumerate(zip(staff_cost, running, projects, strict=True)):
        spent = one + two + three
        for name, value in (
            ("人员支出", one),
            ("公用支出", two),
            ("项目支出", three),
            ("公共财政拨款", spent * Decimal("1.05")),
            ("公务接待费", two / 50),
            ("公务用车运维费", two / 40),
            ("政府基金拨款", spent / 50),
            ("其他收入", spent / 90),
        ):
            amounts["收入支出", row, name] = round(value, 2)
    return amounts


@pytest.mark.parametrize("seed", range(60))
def test_made_units_of_any_size_raise_nothing(filled, seed):
    book = filled[THREE]
    rng = random.Random(seed)
    staff = rng.choice([3, 8, 25, 108, 700, 5000, 20000])
    amounts = made(rng, book, staff)

    def total(*names):
        return sum(v for (table, _, name), v in amounts.items() if name in names)

    basic, projects = total("人员支出", "公用支出"), total("项目支出")
    sangong = total("公务接待费", "公务用车运维费")
    amounts |= {
        ("", 0, "财政拨款支出"): basic + projects - Decimal("1"), ("", 0, "其他资金支出"): Decimal("1"),
        ("", 0, "工资福利支出_基本"): basic - 30, ("", 0, "商品和服务支出_基本"): Decimal(10), ("", 0, "对个人和家庭的补助_基本"): Decimal(10), ("", 0, "资本性支出_基本"): Decimal(10),
        ("", 0, "商品和服务支出_项目"): projects - 20, ("", 0, "资本性支出_项目"): Decimal(10), ("", 0, "其他支出_项目"): Decimal(10),
        ("", 0, "上年三公经费"): sangong, ("", 0, "三公经费预算数"): sangong * 2, ("", 0, "重点项目支出"): projects,
        ("", 0, "年初预算数"): basic + projects, ("", 0, "专项资金总收入"): projects,
        ("", 0, "政府采购预算数"): basic / 20, ("", 0, "实际政府采购金额"): basic / 21, ("", 0, "公务卡应刷卡支出"): basic / 80, ("", 0, "公务卡实际刷卡金额"): basic / 90,
    }  # fmt: skip
    for row in range(3):
        amounts["收入支出", row, "上年结转"] = Decimal(0)
    intake = book.changed({place: round(amount, 2) for place, amount in amounts.items()})
    people = {
        name: replace(intake.fields[name], value=Interval.exact(staff)) for name in ("实有人数", "人员编制")
    }
    said = book.said(replace(intake, fields={**intake.fields, **people}))
    assert [each.line() for each in said if each.code.startswith("amount.")] == []
