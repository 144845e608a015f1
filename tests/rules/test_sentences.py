"""Lists with totals, rates of two numbers, increases with rates: wrong ones are told with the right figure."""

import pytest

from generator.rules.sentences import increases, rates, totals

WRONG = [
    (
        totals,
        "完成预算执行审计12个，经济责任审计23个，政府投资审计31个，共计67个",
        ("text.wrong-total", "12个，经济责任审计23个，政府投资审计31个，共计67个", "66个"),
    ),
    (
        totals,
        "人员经费396.6万元、公用经费632.09万元，合计1038.69万元",
        ("text.wrong-total", "396.6万元、公用经费632.09万元，合计1038.69万元", "1028.69万元"),
    ),
    (
        rates,
        "审计查出问题387个，已整改371个，整改率98%",
        ("text.wrong-rate", "387个，已整改371个，整改率98%", "95.87%"),
    ),
    (
        rates,
        "受理1200件，办结1180件，办结率为99.33%",
        ("text.wrong-rate", "1200件，办结1180件，办结率为99.33%", "98.33%"),
    ),
    (
        increases,
        "完成审计项目66个，较上年增加6个，增长20%",
        ("text.wrong-rate", "66个，较上年增加6个，增长20%", "10%"),
    ),
    (
        increases,
        "支出80万元，比上年减少20万元，下降25%",
        ("text.wrong-rate", "80万元，比上年减少20万元，下降25%", "20%"),
    ),
]

RIGHT = [
    (totals, "审计12个，调查23个，评估31个，共计66个"),
    (totals, "审计12个，培训2300人，共计12个"),
    (totals, "共计66个，其中审计12个"),
    (totals, "审计12个，其中重点5个，调查23个，共计35个"),
    (totals, "甲10个，乙20个，共计300个"),  # far apart: not meant to add up
    (totals, "人员396.61万元、公用632.08万元、项目0.005万元，合计1028.7万元"),  # rounding tails
    (rates, "问题387个，已整改371个，整改率95.87%"),
    (rates, "问题387个，已整改371个，整改率96%"),
    (rates, "培训100人，合格95人，满意率97%"),  # the rate is of something else
    (rates, "计划100个，完成120个，完成率120%"),
    (rates, "完成率98%"),
    (increases, "完成66个，较上年增加6个，增长10%"),
    (increases, "支出80万元，比上年减少20万元，下降20%"),
    (increases, "完成66个，较上年增加6个"),
    (increases, "支出80万元，比上年增加5个，增长20%"),
]


@pytest.mark.parametrize("check, text, wrong", WRONG)
def test_what_does_not_come_out_is_told(check, text, wrong):
    assert list(check(text)) == [wrong]


@pytest.mark.parametrize("check, text", RIGHT)
def test_what_comes_out_or_was_never_meant_to_is_left_alone(check, text):
    assert list(check(text)) == []
