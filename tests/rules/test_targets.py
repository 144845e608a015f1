"""Rules that hold a result against a target, judge it within a tier, or do not apply: tables of cases."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.form.rule_types import Band, Proportional, Tier
from generator.rules.kinds import proportional, tier_words, tiered, within, without

D = Decimal


def reach(direction, target, measure, points="10", explain_beyond=None):
    rule = Proportional("完成值", "指标值", direction, explain_beyond=explain_beyond)
    return proportional(rule, D(points), D(measure), D(target), (measure, target))


@pytest.mark.parametrize(
    "direction, target, measure, points",
    [
        # 10 points × executed ÷ budget
        ("more", "1", "0", "0"),
        ("more", "1", "0.862037", "8.62037"),
        ("more", "1", "1", "10"),
        ("more", "1", "1.3", "10"),
        ("more", "1", "-0.1", "0"),
        ("more", "0.98", "0.49", "5"),
        ("more", "0.98", "0.98", "10"),
        ("more", "50", "45", "9"),
        ("more", "50", "65", "10"),
        # a target of nothing is reached or it is not
        ("more", "0", "0", "10"),
        ("more", "0", "-1", "0"),
        ("more", "0", "3", "10"),
        ("less", "0.5", "0", "10"),
        ("less", "0.5", "0.25", "10"),
        ("less", "0.5", "0.5", "10"),
        ("less", "0.5", "1", "5"),
        ("less", "0.5", "2", "2.5"),
        # no accident at all was the target
        ("less", "0", "0", "10"),
        ("less", "0", "1", "0"),
    ],
)
def test_points_in_proportion(direction, target, measure, points):
    assert reach(direction, target, measure).points == D(points)


@pytest.mark.parametrize(
    "direction, target, measure, because",
    [
        ("more", "100%", "86.20%", "86.20%，目标100%，按实际 ÷ 目标 ＝ 86.20%计分"),
        ("more", "50", "50", "50，目标50，达到目标"),
        ("less", "10", "20", "20，目标10，按目标 ÷ 实际 ＝ 50.00%计分"),
        ("less", "10", "8", "8，目标10，达到目标"),
    ],
)
def test_points_in_proportion_tell_how(direction, target, measure, because):
    rule = Proportional("完成值", "指标值", direction)
    numbers = [D(text.rstrip("%")) / (100 if "%" in text else 1) for text in (measure, target)]
    assert proportional(rule, D(10), *numbers, (measure, target)).because == because


@pytest.mark.parametrize(
    "direction, target, measure, asks",
    [
        ("more", "50", "64.9", ""),
        ("more", "50", "65", "65，目标50"),
        ("more", "50", "200", "200，目标50"),
        ("less", "13", "10.1", ""),
        ("less", "13", "10", "10，目标13"),
        ("less", "13", "0", "0，目标13"),
        ("less", "0", "0", ""),
        ("more", "0", "0", ""),
        ("more", "0", "5", "5，目标0"),
    ],
)
def test_far_beyond_the_target_asks_for_words(direction, target, measure, asks):
    assert reach(direction, target, measure, explain_beyond=D("0.3")).asks == asks
    assert reach(direction, target, measure).asks == ""


@pytest.mark.parametrize(
    "low, high, measure, points, because",
    [
        ("20", "30", "20", "10", "20，目标20至30，在目标范围内"),
        ("20", "30", "25", "10", "25，目标20至30，在目标范围内"),
        ("20", "30", "30", "10", "30，目标20至30，在目标范围内"),
        ("20", "30", "15", "7.5", "15，目标20至30，按实际 ÷ 下限 ＝ 75.00%计分"),
        ("20", "30", "40", "7.5", "40，目标20至30，按上限 ÷ 实际 ＝ 75.00%计分"),
        ("20", "30", "0", "0", "0，目标20至30，按实际 ÷ 下限 ＝ 0.00%计分"),
        ("20", "30", "-5", "0", "-5，目标20至30，按实际 ÷ 下限 ＝ 0.00%计分"),
        ("0", "30", "-5", "0", "-5，目标0至30，按实际 ÷ 下限 ＝ 0.00%计分"),
        ("0", "0", "5", "0", "5，目标0至0，按上限 ÷ 实际 ＝ 0.00%计分"),
    ],
)
def test_within_a_range(low, high, measure, points, because):
    made = within(D(10), D(measure), D(low), D(high), (measure, low, high))
    assert (made.points, made.because) == (D(points), because)


REACHED = Tier("达成", Band(D("0.8"), True, D(1), True, D(0), ""))
PARTLY = Tier("部分达成", Band(D("0.6"), True, D("0.8"), False, D(0), ""))
MISSED = Tier("未达成", Band(D(0), True, D("0.6"), False, D(0), ""))


@pytest.mark.parametrize(
    "tier, given, fits, words",
    [
        (REACHED, "5", True, "4（含）至5（含）"),
        (REACHED, "4", True, "4（含）至5（含）"),
        (REACHED, "3.99", False, "4（含）至5（含）"),
        (PARTLY, "4", False, "3（含）至4"),
        (PARTLY, "3.9", True, "3（含）至4"),
        (PARTLY, "3", True, "3（含）至4"),
        (PARTLY, "2.9", False, "3（含）至4"),
        (MISSED, "3", False, "0（含）至3"),
        (MISSED, "2.9", True, "0（含）至3"),
        (MISSED, "0", True, "0（含）至3"),
    ],
)
def test_a_score_lies_in_its_tier(tier, given, fits, words):
    made = tiered(tier, D(5), D(given))
    assert (made is not None, tier_words(tier, D(5))) == (fits, words)
    if made is not None:
        assert (made.points, made.demands_reason) == (D(given), D(given) < 5)


def test_no_points_at_all_fit_the_best_tier_only():
    assert tiered(REACHED, D(0), D(0)) is not None
    assert tiered(MISSED, D(0), D(0)) is None


@pytest.mark.parametrize(
    "policy, points, because, excluded",
    [
        ("full", "4", "没有楼堂馆所，按满分计", False),
        ("zero", "0", "没有楼堂馆所，不得分", False),
        ("rescale", "0", "没有楼堂馆所，不计分，综合得分按其余指标折算", True),
    ],
)
def test_what_does_not_apply(policy, points, because, excluded):
    made = without("没有楼堂馆所", policy, D(4))
    assert (made.points, made.because, made.excluded) == (D(points), because, excluded)


def test_what_does_not_apply_may_be_asked_for():
    assert without("没有楼堂馆所", "ask", D(4)) is None


NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(NUMBERS, NUMBERS, st.sampled_from(["more", "less"]))
def test_points_in_proportion_stay_between_none_and_all(measure, target, direction):
    assert 0 <= reach(direction, str(target), str(measure)).points <= 10


@given(NUMBERS, NUMBERS, NUMBERS)
def test_points_within_a_range_stay_between_none_and_all(measure, one, other):
    low, high = sorted((one, other))
    made = within(D(10), measure, low, high, ("", "", ""))
    assert 0 <= made.points <= 10
    assert (made.points == 10) >= (low <= measure <= high)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_more_is_never_worth_less(target, one, other):
    low, high = sorted((one, other))
    assert reach("more", str(target), str(low)).points <= reach("more", str(target), str(high)).points
    assert reach("less", str(target), str(low)).points >= reach("less", str(target), str(high)).points
