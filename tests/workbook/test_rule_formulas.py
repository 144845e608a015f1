"""Every kind of rule as a live formula: LibreOffice gives the points that the rule itself gives."""

import shutil
import subprocess
from decimal import Decimal
from itertools import product

import openpyxl
import pytest

from generator.amounts import round_half_up
from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckItem,
    CheckList,
    DeductList,
    OneOf,
    Option,
    PerCase,
    PerPoint,
    Proportional,
    Within,
)
from generator.rules import kinds
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.rule_formulas import score_formula

D = Decimal
RATIOS = [
    D(n) / 1000
    for n in (
        -95,
        0,
        1,
        50,
        100,
        101,
        333,
        399,
        500,
        501,
        800,
        899,
        900,
        949,
        950,
        993,
        1000,
        1001,
        1010,
        1099,
        1200,
        3000,
    )
]
BANDS = Bands("甲", (
    Band(D(0), True, D(0), True, D(5), ""), Band(D(0), False, D("0.1"), True, D(3), ""),
    Band(D("0.1"), False, D("0.9"), False, D(2), ""), Band(D("0.9"), True, None, False, D(1), ""),
    Band(None, False, D(0), False, D(0), ""),
))  # fmt: skip
ITEMS = tuple(CheckItem(name, "", D(points)) for name, points in (("甲", 1), ("乙", 2), ("丙", "1.5")))
ONE_OF = OneOf("丙", (
    Option("more", Proportional("甲", "乙", "more")),
    Option("less", Proportional("甲", "乙", "less")),
    Option("lists", CheckList((CheckItem("丁", "", D(2)),))),
))  # fmt: skip
AGAINST = Against("甲", "乙", "", D(3), D(2), D(0))


def cases():
    """Rule, points of the row, the values of its names (with the reading), and the points that it gives."""
    for direction, base, deduct, step, reading, ratio in product(
        ("above", "below", "both"),
        (D(0), D(1)),
        (D("0.5"),),
        (D("0.01"), D("0.05")),
        ("不扣", "按比例", "按一个点"),
        RATIOS,
    ):
        rule = PerPoint("甲", direction, base, deduct, "乙", step=step)
        yield rule, D(6), {"甲": ratio, "乙": reading}, kinds.per_point(rule, D(6), ratio, reading)
    for direction, target, ratio in product(("more", "less"), (D(1), D("0.98")), RATIOS):
        rule = Proportional("甲", target, direction)
        yield rule, D(10), {"甲": ratio}, kinds.proportional(rule, D(10), ratio, target, ("", ""))
    for direction, target, ratio in product(("more", "less"), (D(0), D("0.98"), D("-0.5")), RATIOS):
        rule = Proportional("甲", "乙", direction)
        made = kinds.proportional(rule, D(10), ratio, target, ("", ""))
        yield rule, D(10), {"甲": ratio, "乙": target}, made
        yield ONE_OF, D(10), {"甲": ratio, "乙": target, "丙": direction, "丁": "是"}, made
    for low, high, ratio in product((D(0), D("0.5")), (D("0.5"), D("0.9")), RATIOS):
        rule = Within("甲", "乙", high)
        made = kinds.within(D(7), ratio, low, high, ("", "", ""))
        yield rule, D(7), {"甲": ratio, "乙": low}, made
    for answer in ("是", "否"):
        points = D(2) if answer == "是" else D(0)
        values = {"甲": D(1), "乙": D(1), "丙": "lists", "丁": answer}
        yield ONE_OF, D(2), values, kinds.Award(points, "")
    for points, ratio in product((D(5), D(4)), RATIOS):
        yield BANDS, points, {"甲": ratio}, kinds.bands(BANDS, points, ratio)
    for answers in product((True, False), repeat=3):
        values = {name: "是" if answer else "否" for name, answer in zip("甲乙丙", answers, strict=True)}
        yield CheckList(ITEMS), D("4.5"), values, kinds.check_list(CheckList(ITEMS), answers)
        yield DeductList(ITEMS), D(3), values, kinds.deduct_list(DeductList(ITEMS), D(3), answers)
    for count, cutoff in product(range(7), (None, D(3))):
        rule = PerCase("甲", "例", "", D("0.5"), cutoff=cutoff)
        yield rule, D(2), {"甲": D(count)}, kinds.per_case(rule, D(2), D(count))
    for amount, against in product((D(-1), D(0), D(5), D(6)), (D(5), D(0))):
        made = kinds.comparison(AGAINST, amount, against, ("", ""), ("", ""))
        yield AGAINST, D(3), {"甲": amount, "乙": against}, made


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_formulas_give_the_points_of_the_rules(tmp_path):
    book, expected = openpyxl.Workbook(), []
    book.active.title = "数"
    for row, (rule, points, values, award) in enumerate(cases(), 1):
        ledger = Ledger()
        for column, (name, value) in enumerate(values.items(), 3):
            book.active.cell(row, column, value)
            ledger.put(name, "", "数", f"{'ABCDEF'[column - 1]}{row}")
        book.active.cell(row, 1, points)
        book.active.cell(row, 2, f"=ROUND({score_formula(rule, f'A{row}', ledger, 'A1')},2)")
        expected.append((rule, values, round_half_up(award.points, 2)))
    book.save(tmp_path / "x.xlsx")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", tmp_path / "out", tmp_path / "x.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = openpyxl.load_workbook(tmp_path / "out" / "x.xlsx", data_only=True).active
    assert len(expected) > 600
    for row, (rule, values, points) in enumerate(expected, 1):
        assert Decimal(repr(found.cell(row, 2).value)) == points, (rule, values)
