"""Rules over choices, counts, two ends, both ways, in days and below zero, at their boundaries."""

from decimal import Decimal

import pytest

from generator.form.rule_lists import ByChoice, Case, Cases, ChoicePoints
from generator.form.rule_parts import Band
from generator.form.rule_steps import GainLoss, Range
from generator.form.rule_types import Bands, PerCase, PerPoint, Proportional, Tier
from generator.form.scales import Scale
from generator.rules.kinds import (
    bands,
    by_choice,
    cases,
    gain_loss,
    linear,
    per_case,
    per_point,
    proportional,
    ranged,
    score_words,
    tier_words,
    tiered,
    within,
)

D = Decimal
DAYS, MONEY = Scale(unit="天"), Scale(unit="万元", divide=D(10000))


@pytest.mark.parametrize(
    "days, points, because",
    [
        ("0", "4", "0天，未超过5天"),
        ("5", "4", "5天，未超过5天"),
        ("5.5", "4", "5.5天，比5天多0.5天，不足1天的部分不扣，不扣分"),
        ("6", "3.5", "6天，比5天多1天，扣0.5分（每多1天扣0.5分）"),
        ("7", "3", "7天，比5天多2天，扣1分（每多1天扣0.5分）"),
        ("9", "2", "9天，比5天多4天，扣2分（每多1天扣0.5分，最多扣2分）"),
        ("100", "2", "100天，比5天多95天，扣2分（每多1天扣0.5分，最多扣2分）"),
    ],
)
def test_steps_in_days(days, points, because):
    rule = PerPoint("天数", "above", D(5), D("0.5"), "不扣", step=D(1), at_most=D(2))
    made = per_point(rule, D(4), D(days), "不扣", DAYS)
    assert (made.points, made.because) == (D(points), because)


def test_steps_in_amounts():
    rule = PerPoint("结余", "above", D(200000), D(1), "按比例", step=D(100000))
    made = per_point(rule, D(5), D(350000), "按比例", MONEY)
    assert (made.points, made.because) == (
        D("3.5"),
        "35万元，比20万元多15万元，扣1.5分（每多10万元扣1分）",
    )


@pytest.mark.parametrize(
    "days, points, because",
    [
        ("5", 6, "5天，属于5天（含）以下一档"),
        ("5.004", 3, "5.004天，属于5天至10天（含）一档"),
        ("10", 3, "10天，属于5天至10天（含）一档"),
        ("11", 0, "11天，属于10天以上一档"),
    ],
)
def test_bands_in_days(days, points, because):
    rule = Bands("天数", (
        Band(None, False, D(5), True, D(6), ""), Band(D(5), False, D(10), True, D(3), ""), Band(D(10), False, None, False, D(0), ""),
    ))  # fmt: skip
    made = bands(rule, D(6), D(days), DAYS)
    assert (made.points, made.because) == (D(points), because)


@pytest.mark.parametrize(
    "direction, target, measure, points",
    [
        # -30% wanted, the less the better: half of the decrease is half of the points
        ("less", "-0.3", "-0.4", "10"), ("less", "-0.3", "-0.3", "10"), ("less", "-0.3", "-0.15", "5"),
        ("less", "-0.3", "0", "0"), ("less", "-0.3", "0.1", "0"),
        # no more than 30% of decrease allowed
        ("more", "-0.3", "0.1", "10"), ("more", "-0.3", "-0.2", "10"), ("more", "-0.3", "-0.3", "10"),
        ("more", "-0.3", "-0.6", "5"),
        ("less", "0", "-1", "10"), ("less", "0", "0", "10"), ("less", "0", "0.01", "0"),
        ("more", "0", "0.01", "10"), ("more", "0", "-0.01", "0"),
    ],
)  # fmt: skip
def test_targets_below_zero_and_nothing(direction, target, measure, points):
    rule = Proportional("变动率", "目标", direction)
    assert proportional(rule, D(10), D(measure), D(target), ("", "")).points == D(points)


@pytest.mark.parametrize(
    "measure, points", [("-20", 5), ("-10", 10), ("-7", 10), ("-5", 10), ("-2.5", 5), ("0", 0), ("1", 0)]
)
def test_a_range_below_zero(measure, points):
    assert within(D(10), D(measure), D(-10), D(-5), ("", "", "")).points == points


@pytest.mark.parametrize(
    "none, full, measure, points",
    [
        ("0.6", "0.9", "0.5", "0"), ("0.6", "0.9", "0.6", "0"), ("0.6", "0.9", "0.75", "5"), ("0.6", "0.9", "0.9", "10"),
        ("0.6", "0.9", "1", "10"), ("15", "5", "20", "0"), ("15", "5", "15", "0"), ("15", "5", "10", "5"),
        ("15", "5", "5", "10"), ("15", "5", "0", "10"), ("5", "5", "4", "0"), ("5", "5", "5", "10"),
    ],
)  # fmt: skip
def test_evenly_between_two_ends(none, full, measure, points):
    assert linear(D(10), D(measure), D(none), D(full), ("", "", "")).points == D(points)


@pytest.mark.parametrize(
    "better, measure, points, because",
    [
        ("above", "0.6", "5", "60.00%，等于60%"),
        ("above", "0.62", "5.4", "基本分5分，62.00%，比60%高2个百分点，每个百分点加0.2分，加0.4分"),
        ("above", "0.99", "10", "基本分5分，99.00%，比60%高39个百分点，每个百分点加0.2分，最多加5分，加5分"),
        ("above", "0.57", "4.7", "基本分5分，57.00%，比60%低3个百分点，每个百分点扣0.1分，扣0.3分"),
        ("above", "0", "0", "基本分5分，0.00%，比60%低60个百分点，每个百分点扣0.1分，最多扣5分，扣5分"),
        ("above", "0.605", "5", "基本分5分，60.50%，比60%高0.5个百分点，不足一个百分点的部分不扣，不加分"),
        ("below", "0.57", "5.6", "基本分5分，57.00%，比60%低3个百分点，每个百分点加0.2分，加0.6分"),
    ],
)
def test_gains_and_losses(better, measure, points, because):
    rule = GainLoss("率", better, D("0.6"), D("0.2"), D("0.1"), "不扣", None, D(5))
    made = gain_loss(rule, (D(0), D(10)), D(measure), D("0.6"), "不扣")
    assert (made.points, made.because) == (D(points), because)


KINDS = (Case("例", "例", "违规", D(-1)), Case("次", "次", "通报", D(-2)))


@pytest.mark.parametrize(
    "counts, points, because",
    [
        ((0, 0), "8", "没有违规、通报"),
        ((2, 0), "6", "2例违规，每例扣1分，扣2分"),
        ((1, 2), "3", "1例违规，每例扣1分，扣1分；2次通报，每次扣2分，扣4分"),
        ((9, 9), "3", "9例违规，每例扣1分，扣9分；9次通报，每次扣2分，扣18分；最多扣5分"),
    ],
)
def test_cases_of_several_kinds(counts, points, because):
    made = cases(Cases(KINDS, at_most=D(5)), (D(0), D(8)), [D(n) for n in counts])
    assert (made.points, made.because) == (D(points), because)


@pytest.mark.parametrize("count, points", [(0, 10), (2, 8), (3, 7), (4, 7)])
def test_a_loss_has_a_limit(count, points):
    assert per_case(PerCase("数", "例", "", D(1), at_most=D(3)), D(10), D(count)).points == points


CHOICES = ByChoice("评定", (ChoicePoints("好", D(4)), ChoicePoints("中", D(2)), ChoicePoints("差", D(0))))


@pytest.mark.parametrize(
    "choice, full, points", [("好", 4, 4), ("中", 4, 2), ("差", 4, 0), ("中", 6, 3), ("无", 4, None)]
)
def test_points_of_a_choice(choice, full, points):
    made = by_choice(CHOICES, D(full), choice)
    assert (made and made.points) == points


def tier(low, high):
    return Tier("档", Band(D(low), True, D(high), True, D(0), ""), in_points=True)


@pytest.mark.parametrize(
    "given, first, second", [("10", True, False), ("8", True, True), ("7.99", False, True)]
)
def test_tiers_in_points_share_their_ends(given, first, second):
    tiers = (tier(8, 10), tier(5, 8))
    assert tuple(tiered(each, D(10), D(given)) is not None for each in tiers) == (first, second)
    assert tier_words(tiers[0], D(10)) == "8（含）至10（含）"


def test_a_range_for_the_units_own_score():
    score = Band(D(8), True, D(10), True, D(0), "")
    each = Range(Band(D("0.9"), True, None, False, D(0), ""), score)
    assert ranged(each, D(10), D("7.9"), "") is None
    assert ranged(each, D(10), D(8), "说明").demands_reason
    assert score_words(score) == "8（含）至10（含）"
