"""Each kind of rule in words, as ``explain`` and the working paper print it."""

from decimal import Decimal

import pytest

from generator.form.indicators import NotApplicable
from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckItem,
    CheckList,
    DeductList,
    Judged,
    OneOf,
    Option,
    PerCase,
    PerPoint,
    Proportional,
    Tier,
    Tiered,
    Within,
)
from generator.form.scales import Scale
from generator.parsing import parse
from generator.rules.rule_words import rule_words, without_words

D = Decimal
DAYS = Scale(unit="天")
ITEMS = (CheckItem("甲", "有制度。", D(2)), CheckItem("乙", "已执行；", D(1)))
LOWER = Band(D(0), True, D("0.8"), False, D(0), "")
HIGH, LOW = Band(D("0.9"), True, None, False, D(5), ""), Band(None, False, D("0.9"), False, D(0), "")

RULES = [
    (
        PerPoint("率", "above", D(1), D("0.5"), "读"),
        "比100%每高一个百分点扣0.5分，扣完为止；不足一个百分点的部分不扣",
    ),
    (
        PerPoint("率", "below", D(1), D(2), "读", step=D("0.05")),
        "比100%每低5个百分点扣2分，扣完为止；不足5个百分点的部分不扣",
    ),
    (Proportional("率", D(1), "more"), "得分 ＝ 分值 × 实际 ÷ 目标（目标为100%），不超过分值"),
    (Proportional("率", D("0.5"), "less"), "得分 ＝ 分值 × 目标 ÷ 实际（目标为50%），不超过分值"),
    (Proportional("完成值", "指标值", "more"), "得分 ＝ 分值 × 实际 ÷ 目标（目标为指标值），不超过分值"),
    (
        Within("完成值", "指标值", "上限"),
        "完成值在指标值至上限之间，计满分；低于下限按实际 ÷ 下限，高于上限按上限 ÷ 实际计分",
    ),
    (
        Tiered("档次", (Tier("达成", Band(D("0.8"), True, D(1), True, D(0), "")), Tier("未达成", LOWER))),
        "由单位按档次在该档内打分：达成，计分值的80%（含）至100%（含）；未达成，计分值的0%（含）至80%；扣分须说明原因",
    ),
    (
        OneOf("方式", (Option("甲", PerCase("数", "例", "违规情况", D(1))), Option("乙", Judged()))),
        "按方式计分。甲：每有一例违规情况扣1分，扣完为止。乙：由单位自评打分，扣分须说明原因",
    ),
    (Bands("率", (HIGH, LOW)), "90%（含）以上，计5分；90%以下，计0分"),
    (CheckList(ITEMS), "有制度，2分；已执行，1分"),
    (DeductList(ITEMS), "有制度，不符合扣2分；已执行，不符合扣1分；扣完为止"),
    (PerCase("数", "例", "违规情况", D(1)), "每有一例违规情况扣1分，扣完为止"),
    (PerCase("数", "例", "违规情况", D(1), cutoff=D(3)), "每有一例违规情况扣1分，扣完为止；达到3例的不得分"),
    (Against("余", "转", "结余", D(3), D(2), D(0)), "无结余，计3分；有结余但不超过转，计2分；超过转，计0分"),
    (Judged(), "由单位自评打分，扣分须说明原因"),
]


def test_a_target_that_is_no_ratio_is_no_percentage():
    rule = Proportional("天数", D(30), "less")
    assert rule_words(rule, "", lambda _: DAYS) == "得分 ＝ 分值 × 目标 ÷ 实际（目标为30天），不超过分值"
    within = Within("天数", D(5), D(10))
    assert rule_words(within, "", lambda _: DAYS).startswith("天数在5天至10天之间")


@pytest.mark.parametrize(("rule", "words"), RULES)
def test_rule_in_words(rule, words):
    assert rule_words(rule, "不扣") == words


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("full", "没有项目的，按满分计"),
        ("zero", "没有项目的，不得分"),
        ("rescale", "没有项目的，不计分，综合得分按其余指标折算"),
        ("ask", "没有项目的，由单位自评打分并说明理由"),
    ],
)
def test_what_holds_without_in_words(policy, words):
    assert without_words(NotApplicable(parse("有项目"), policy, "没有项目"), policy) == words
