"""Every kind of rule as a live formula: LibreOffice gives the points that the rule itself gives."""

import shutil
import subprocess
from decimal import Decimal
from itertools import product

import openpyxl
import pytest
from workbooks import FORM

from generator.amounts import Interval, round_half_up
from generator.form.rule_groups import BestOf, ByFormula, Portion, Sum
from generator.form.rule_lists import ByChoice, Case, Cases, ChoicePoints
from generator.form.rule_steps import GainLoss, Linear
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
from generator.model import Figure
from generator.parsing import parse
from generator.rules import kinds
from generator.rules.award import Worth, award
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


def figure(name, value):
    """A value as the rules get it: a yes or no, a choice, a number, or nothing that can be derived."""
    if value in ("是", "否"):
        return Figure(name, value == "是", value)
    if isinstance(value, str):
        return Figure(name, value, value)
    return Figure(name, Interval.exact(value), f"{value}")


SMALL = [
    D(n) for n in ("-40", "-30", "-15", "0", "0.5", "1", "4", "5", "5.5", "6", "8", "9.99", "10", "11", "30")
]
GAINS = [GainLoss("甲", better, D(5), D("0.5"), D("0.2"), reading, D(1), start)
         for better, reading, start in product(("above", "below"), ("不扣", "按比例", "按一个点"), (None, D(3)))]  # fmt: skip
LOSS = GainLoss("甲", "above", "乙", D(0), D("0.5"), "丁", D(2))
LINEARS = [Linear("甲", D(4), D(10)), Linear("甲", D(10), D(4)), Linear("甲", "乙", D(8))]
CHOICES = ByChoice("丙", (ChoicePoints("好", D(4)), ChoicePoints("中", D(2)), ChoicePoints("差", D(0))))
COUNTS = (
    Case("甲", "例", "违规", D(-1)),
    Case("乙", "次", "通报", D("-0.5")),
    Case("丁", "次", "表彰", D(2)),
)
DAYS = Bands("甲", (Band(None, False, D(5), True, D(0), ""), Band(D(5), False, D(10), False, D("1.5"), ""),
                    Band(D(10), True, None, False, D(4), "")))  # fmt: skip
STEPS = PerPoint("甲", "above", D(5), D("0.5"), "不扣", step=D(1), at_most=D(2))
SUM = Sum((Portion("一", STEPS, D(3)), Portion("二", CheckList((CheckItem("戊", "有", D(1)),)), D(1))))
BEST = BestOf((Portion("一", Proportional("甲", D(10), "more"), None), Portion("二", LINEARS[1], D(2))))
BY_FORMULA = ByFormula(parse("甲 / 5 * (1 + 乙)"), "甲为{甲}")
NAMED = Proportional("甲", "乙", "less")
INSIDE = Within("甲", "乙", D(-4))
LIST = DeductList((CheckItem("戊", "有", D(2)), CheckItem("己", "做", D(2))), at_most=D(3))
CASE = PerCase("甲", "例", "违规", D("0.7"), at_most=D(2))
FAMILIES = [*GAINS, LOSS, *LINEARS, CHOICES, Cases(COUNTS[:2]), Cases(COUNTS[:2], at_most=D(2)), DAYS, STEPS, SUM,
            BEST, BY_FORMULA, NAMED, Proportional("甲", "乙", "more"), Proportional("甲", D(-30), "less"),
            Proportional("甲", D(-30), "more"), Proportional("甲", D(0), "less"), Proportional("甲", D(0), "more"),
            INSIDE, LIST, CASE, AGAINST]  # fmt: skip
BOTH_WAYS = [*GAINS, Cases(COUNTS), Cases(COUNTS, start=D(1)), BY_FORMULA,
             ByChoice("丙", (*CHOICES.choices[:2], ChoicePoints("差", D(-3)))),
             Bands("甲", (*DAYS.bands[:2], Band(D(10), True, None, False, D(-2), "")))]  # fmt: skip


def effects():
    """Every family as points of a row, as a bonus, as a malus and both ways, with what it gives or takes."""
    pairs = [(rule, effect) for rule in FAMILIES for effect in ("", "bonus", "malus")]
    pairs = [(rule, effect) for rule, effect in pairs if effect != "malus" or not getattr(rule, "add", 0)]
    pairs += [(rule, "both") for rule in BOTH_WAYS]
    for number, ((rule, effect), first) in enumerate(product(pairs, SMALL)):
        values = {"甲": first, "乙": (D(-30), D(0), D(4))[number % 3], "丙": "好中差"[number % 3],
                  "丁": ("按比例", "不扣")[number % 2], "戊": "是否"[number % 2], "己": "否是"[number % 2]}  # fmt: skip
        if isinstance(rule, Cases):
            values = {"甲": abs(first), "乙": D(number % 3), "丁": D(number % 4)}
        least = D(-2) if effect == "both" else D(0)
        names = {name: figure(name, value) for name, value in values.items()}
        yield rule, effect, values, award(rule, Worth(D(4), least, effect), names, FORM)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_formulas_of_every_family_and_effect(tmp_path):
    rows = []
    for rule, effect, values, made in effects():
        least = "-2" if effect == "both" else "0"
        rows.append((rule, effect, values, made, D(4), least))
    found = recalculated(
        tmp_path, [(rule, points, values, effect, least) for rule, effect, values, _, points, least in rows]
    )
    assert len(rows) > 1000
    for (rule, effect, values, made, _, _), given in zip(rows, found, strict=True):
        assert given == round_half_up(made.points, 2), (rule, effect, values, made)


def recalculated(tmp_path, rows):
    """The points that LibreOffice gives for rules with the values of their names."""
    book = openpyxl.Workbook()
    book.active.title = "数"
    for row, (rule, points, values, effect, least) in enumerate(rows, 1):
        ledger = Ledger()
        for column, (name, value) in enumerate(values.items(), 3):
            book.active.cell(row, column, value)
            ledger.put(name, "", "数", f"{'ABCDEFGHI'[column - 1]}{row}")
        book.active.cell(row, 1, points)
        formula = score_formula(rule, f"A{row}", ledger, "A1", "", effect, least)
        book.active.cell(row, 2, f"=ROUND({formula},2)")
    book.save(tmp_path / "x.xlsx")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", tmp_path / "out", tmp_path / "x.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    page = openpyxl.load_workbook(tmp_path / "out" / "x.xlsx", data_only=True).active
    return [Decimal(repr(page.cell(row, 2).value)) for row in range(1, len(rows) + 1)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_formulas_give_the_points_of_the_rules(tmp_path):
    expected = list(cases())
    found = recalculated(tmp_path, [(rule, points, values, "", "0") for rule, points, values, _ in expected])
    assert len(expected) > 600
    for (rule, _, values, made), given in zip(expected, found, strict=True):
        assert given == round_half_up(made.points, 2), (rule, values)
