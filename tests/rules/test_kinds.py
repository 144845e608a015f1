"""Each kind of scoring rule at every boundary: tables that an accountant can check by hand."""

from decimal import Decimal

import pytest

from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckItem,
    CheckList,
    DeductList,
    PerCase,
    PerPoint,
)
from generator.rules.kinds import (
    band_words,
    bands,
    check_list,
    comparison,
    deduct_list,
    per_case,
    per_point,
)

D = Decimal
NONE, PART, STARTED = "不扣", "按比例", "按一个点"


def above(base="1", deduct="0.5"):
    return PerPoint("比率", "above", D(base), D(deduct), "不足一个百分点")


def below(base="1", deduct="0.2"):
    return PerPoint("比率", "below", D(base), D(deduct), "不足一个百分点")


@pytest.mark.parametrize(
    "ratio, none, part, started",
    [
        # 财政供养人员控制率: 5 points, 0.5 for each point above 100%
        ("0", "5", "5", "5"),
        ("0.9667", "5", "5", "5"),
        ("1.0000", "5", "5", "5"),
        ("1.0001", "5", "4.995", "4.5"),
        ("1.0099", "5", "4.505", "4.5"),
        ("1.01", "4.5", "4.5", "4.5"),
        ("1.0101", "4.5", "4.495", "4"),
        ("1.0199", "4.5", "4.005", "4"),
        ("1.02", "4", "4", "4"),
        ("1.0999", "0.5", "0.005", "0"),
        ("1.10", "0", "0", "0"),
        ("1.11", "0", "0", "0"),
        ("3", "0", "0", "0"),
    ],
)
def test_per_point_above(ratio, none, part, started):
    scores = [per_point(above(), D(5), D(ratio), reading).points for reading in (NONE, PART, STARTED)]
    assert scores == [D(none), D(part), D(started)]


@pytest.mark.parametrize(
    "ratio, points",
    [
        ("-0.095", "5"),
        ("0", "5"),
        ("0.0099", "5"),
        ("0.01", "4.5"),
        ("0.0999", "0.5"),
        ("0.1", "0"),
        ("5", "0"),
    ],
)
def test_change_of_an_expense_is_measured_from_zero(ratio, points):
    assert per_point(above("0"), D(5), D(ratio), NONE).points == D(points)


@pytest.mark.parametrize(
    "ratio, none, part, started",
    [
        # 政府采购执行率: 3 points, 0.2 for each point below 100%
        ("1.05", "3", "3", "3"),
        ("1", "3", "3", "3"),
        ("0.9999", "3", "2.998", "2.8"),
        ("0.9901", "3", "2.802", "2.8"),
        ("0.99", "2.8", "2.8", "2.8"),
        ("0.8501", "0.2", "0.002", "0"),
        ("0.85", "0", "0", "0"),
        ("0.5", "0", "0", "0"),
        ("0", "0", "0", "0"),
    ],
)
def test_per_point_below(ratio, none, part, started):
    scores = [per_point(below(), D(3), D(ratio), reading).points for reading in (NONE, PART, STARTED)]
    assert scores == [D(none), D(part), D(started)]


@pytest.mark.parametrize(
    "ratio, points",
    [
        ("0.75", "3"),
        ("0.5", "3"),
        ("0.4999", "3"),
        ("0.49", "2.8"),
        ("0.3501", "0.2"),
        ("0.35", "0"),
        ("0", "0"),
    ],
)
def test_card_payments_are_measured_from_half(ratio, points):
    assert per_point(below("0.5"), D(3), D(ratio), NONE).points == D(points)


@pytest.mark.parametrize(
    "ratio, points, because",
    [
        ("1", "6", "100.00%，等于100%"),
        ("1.04", "6", "104.00%，比100%高4个百分点，不足5个百分点的部分不扣，不扣分"),
        ("1.05", "4", "105.00%，比100%高5个百分点，每5个百分点扣2分，扣2分"),
        ("0.9", "2", "90.00%，比100%低10个百分点，每5个百分点扣2分，扣4分"),
        ("0.5", "0", "50.00%，比100%低50个百分点，每5个百分点扣2分，扣6分"),
    ],
)
def test_per_step_on_both_sides(ratio, points, because):
    rule = PerPoint("比率", "both", D(1), D(2), "不足一档", step=D("0.05"))
    made = per_point(rule, D(6), D(ratio), NONE)
    assert (made.points, made.because) == (D(points), because)


@pytest.mark.parametrize(
    "ratio, reading, because",
    [
        ("1", NONE, "100.00%，未超过100%"),
        ("1.03", NONE, "103.00%，比100%高3个百分点，每个百分点扣0.5分，扣1.5分"),
        (
            "1.0333",
            NONE,
            "103.33%，比100%高3.33个百分点，不足一个百分点的部分不扣，按3个百分点计，每个百分点扣0.5分，扣1.5分",
        ),
        ("1.0333", PART, "103.33%，比100%高3.33个百分点，每个百分点扣0.5分，扣1.67分"),
        ("1.5", NONE, "150.00%，比100%高50个百分点，每个百分点扣0.5分，扣5分"),
    ],
)
def test_per_point_says_why(ratio, reading, because):
    assert per_point(above(), D(5), D(ratio), reading).because == because


def band(low, low_closed, high, high_closed, points):
    return Band(
        None if low is None else D(low),
        low_closed,
        None if high is None else D(high),
        high_closed,
        D(points),
        "",
    )


KEY_SPENDING = Bands("比率", (band("0.9", True, None, False, 5), band("0.8", True, "0.9", False, 4), band("0.7", True, "0.8", False, 3),
                            band("0.6", True, "0.7", False, 2), band(None, False, "0.6", False, 0)))  # fmt: skip
ADJUSTMENT = Bands("比率", (band("0", True, "0", True, 3), band("0", False, "0.1", True, 2), band("0.1", False, "0.2", True, 1),
                          band("0.2", False, "0.3", True, "0.5"), band("0.3", False, None, False, 0)))  # fmt: skip
SATISFACTION = Bands("比率", (band("0.95", True, None, False, 5), band("0.85", True, "0.95", False, 3),
                            band("0.75", True, "0.85", False, 1), band(None, False, "0.75", False, 0)))  # fmt: skip


@pytest.mark.parametrize(
    "rule, full, ratio, points",
    [
        *[(KEY_SPENDING, 5, *case) for case in (("1.2", 5), ("1", 5), ("0.9", 5), ("0.89999", 4), ("0.8", 4), ("0.7999", 3), ("0.7", 3),
                                                ("0.6999", 2), ("0.6", 2), ("0.5999", 0), ("0", 0))],
        *[(ADJUSTMENT, 3, *case) for case in (("0", 3), ("0.000001", 2), ("0.1", 2), ("0.100001", 1), ("0.2", 1), ("0.200001", "0.5"),
                                              ("0.3", "0.5"), ("0.300001", 0), ("4", 0))],
        *[(SATISFACTION, 5, *case) for case in (("1", 5), ("0.999", 5), ("0.95", 5), ("0.9499", 3), ("0.85", 3), ("0.8499", 1), ("0.75", 1),
                                                ("0.7499", 0), ("0", 0))],
        (SATISFACTION, 10, "0.9", 6),  # re-weighted by the unit: in proportion
    ],
)  # fmt: skip
def test_bands(rule, full, ratio, points):
    assert bands(rule, D(full), D(ratio)).points == D(points)


@pytest.mark.parametrize(
    "given, words",
    [
        (band("0.9", True, None, False, 5), "90%（含）以上"),
        (band("0.8", True, "0.9", False, 4), "80%（含）至90%"),
        (band("0", False, "0.1", True, 2), "0%至10%（含）"),
        (band(None, False, "0.6", False, 0), "60%以下"),
        (band("0", True, "0", True, 3), "等于0%"),
    ],
)
def test_bands_in_words(given, words):
    assert band_words(given) == words


PUBLICATION = CheckList(
    tuple(
        CheckItem("", text, D(points))
        for text, points in (("①内容", "1"), ("②时限", "0.5"), ("③真实；", "0.5"))
    )
)


@pytest.mark.parametrize(
    "answers, points, because",
    [
        ((True, True, True), "2", "各项均符合"),
        ((True, False, True), "1.5", "②时限（不符合，扣0.5分）"),
        ((False, True, False), "0.5", "①内容（不符合，扣1分）；③真实（不符合，扣0.5分）"),
        (
            (False, False, False),
            "0",
            "①内容（不符合，扣1分）；②时限（不符合，扣0.5分）；③真实（不符合，扣0.5分）",
        ),
    ],
)
def test_check_list(answers, points, because):
    made = check_list(PUBLICATION, answers)
    assert (made.points, made.because) == (D(points), because)


CASES = PerCase("例数", "例", "不符合要求的情况", D(1))
PROGRAMMES = PerCase("专项数", "个专项", "未按进度完成资金下达", D("0.5"))


@pytest.mark.parametrize(
    "rule, count, points, because",
    [
        (CASES, 0, "3", "没有不符合要求的情况"),
        (CASES, 1, "2", "1例不符合要求的情况，每例扣1分，扣1分"),
        (CASES, 3, "0", "3例不符合要求的情况，每例扣1分，扣3分"),
        (CASES, 99, "0", "99例不符合要求的情况，每例扣1分，扣3分"),
        (PROGRAMMES, 1, "2.5", "1个专项未按进度完成资金下达，每个专项扣0.5分，扣0.5分"),
        (PROGRAMMES, 6, "0", "6个专项未按进度完成资金下达，每个专项扣0.5分，扣3分"),
    ],
)
def test_per_case(rule, count, points, because):
    made = per_case(rule, D(3), D(count))
    assert (made.points, made.because) == (D(points), because)


CARRY_OVER = Against("结余", "上年结转", "结余", D(3), D(2), D(0))


@pytest.mark.parametrize(
    "amount, last_year, points, because",
    [
        ("-100", "1000", 3, "当年结余甲，无结余"),
        ("0", "1000", 3, "当年结余甲，无结余"),
        ("0", "0", 3, "当年结余甲，无结余"),
        ("0.01", "1000", 2, "当年结余甲，不超过上年结转乙"),
        ("1000", "1000", 2, "当年结余甲，不超过上年结转乙"),
        ("1000.01", "1000", 0, "当年结余甲，超过上年结转乙"),
        ("0.01", "0", 0, "当年结余甲，超过上年结转乙"),
    ],
)
def test_comparison(amount, last_year, points, because):
    made = comparison(CARRY_OVER, D(amount), D(last_year), ("甲", "乙"), ("当年结余", "上年结转"))
    assert (made.points, made.because) == (D(points), because)


def stepped(base="1", deduct="2", step="0.05"):
    return PerPoint("比率", "below", D(base), D(deduct), "不足一步", step=D(step))


@pytest.mark.parametrize(
    "ratio, none, part, started",
    [
        # 每低于5%扣2分, 8 points
        ("1.2", "8", "8", "8"),
        ("1", "8", "8", "8"),
        ("0.9927", "8", "7.708", "6"),
        ("0.95", "6", "6", "6"),
        ("0.9499", "6", "5.996", "4"),
        ("0.80", "0", "0", "0"),
        ("0.3994", "0", "0", "0"),
    ],
)
def test_deduction_by_steps_of_several_points(ratio, none, part, started):
    scores = [per_point(stepped(), D(8), D(ratio), reading).points for reading in (NONE, PART, STARTED)]
    assert scores == [D(none), D(part), D(started)]


def test_a_deduction_by_steps_tells_its_steps():
    because = per_point(stepped(), D(8), D("0.88"), NONE).because
    assert because == "88.00%，比100%低12个百分点，不足5个百分点的部分不扣，按2档计，每5个百分点扣2分，扣4分"
    assert (
        per_point(stepped(), D(8), D("0.9"), NONE).because
        == "90.00%，比100%低10个百分点，每5个百分点扣2分，扣4分"
    )


DEDUCTED = DeductList(
    tuple(CheckItem(f"项{n}", f"第{n}项。", D(p)) for n, p in enumerate(("2", "2", "1.5"), 1))
)


@pytest.mark.parametrize(
    "answers, points, because",
    [
        ((True, True, True), "4", "各项均符合"),
        ((False, True, True), "2", "第1项（不符合，扣2分）"),
        ((True, True, False), "2.5", "第3项（不符合，扣1.5分）"),
        ((False, False, True), "0", "第1项（不符合，扣2分）；第2项（不符合，扣2分）"),
        (
            (False, False, False),
            "0",
            "第1项（不符合，扣2分）；第2项（不符合，扣2分）；第3项（不符合，扣1.5分）",
        ),
    ],
)
def test_deductions_item_by_item(answers, points, because):
    made = deduct_list(DEDUCTED, D(4), answers)
    assert (made.points, made.because) == (D(points), because)


@pytest.mark.parametrize(
    "count, points, because",
    [
        ("0", "5", "没有违规情况"),
        ("1", "4", "1例违规情况，每例扣1分，扣1分"),
        ("2", "3", "2例违规情况，每例扣1分，扣2分"),
        ("3", "0", "3例违规情况，达到3例的不得分"),
        ("9", "0", "9例违规情况，达到3例的不得分"),
    ],
)
def test_cases_with_a_cut_off(count, points, because):
    made = per_case(PerCase("例数", "例", "违规情况", D(1), cutoff=D(3)), D(5), D(count))
    assert (made.points, made.because) == (D(points), because)
