"""A scoring rule in words, as it is applied."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.form.indicators import NotApplicable, Policy
from generator.form.rule_types import (
    Against,
    Bands,
    CheckList,
    DeductList,
    Judged,
    OneOf,
    Operand,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Tier,
    Tiered,
    Within,
)
from generator.rules.kinds import band_words


def rule_words(rule: Rule, reading: str = "", counts: Container[str] = ()) -> str:
    """What gives and what takes points; ``reading`` says what a part of a percentage point counts.

    ``counts`` are measures that are no ratios, whose targets are not percentages.
    """
    match rule:
        case PerPoint():
            return _per_point(rule, reading)
        case Bands():
            return "；".join(f"{band_words(band)}，计{plain(band.points)}分" for band in rule.bands)
        case CheckList():
            return "；".join(f"{item.text.rstrip('。；')}，{plain(item.points)}分" for item in rule.items)
        case Proportional():
            formula = "实际 ÷ 目标" if rule.direction == "more" else "目标 ÷ 实际"
            return (
                f"得分 ＝ 分值 × {formula}（目标为{_end(rule.target, rule.measure in counts)}），不超过分值"
            )
        case Within(measure=measure, low=low, high=high):
            ends = f"{_end(low, measure in counts)}至{_end(high, measure in counts)}"
            return f"{measure}在{ends}之间，计满分；低于下限按实际 ÷ 下限，高于上限按上限 ÷ 实际计分"
        case Tiered():
            tiers = (f"{t.name}，计分值的{_tier(t)}" for t in rule.tiers)
            return f"由单位按{rule.by}在该档内打分：{'；'.join(tiers)}；扣分须说明原因"
        case OneOf():
            each = (f"{option.name}：{rule_words(option.rule, reading, counts)}" for option in rule.options)
            return f"按{rule.by}计分。{'。'.join(each)}"
        case DeductList():
            texts = (f"{item.text.rstrip('。；')}，不符合扣{plain(item.points)}分" for item in rule.items)
            return "；".join((*texts, "扣完为止"))
        case PerCase():
            text = f"每有一{rule.unit}{rule.what}扣{plain(rule.deduct)}分，扣完为止"
            return text if rule.cutoff is None else f"{text}；达到{plain(rule.cutoff)}{rule.unit}的不得分"
        case Against():
            return (
                f"无{rule.what}，计{plain(rule.none)}分；有{rule.what}但不超过{rule.against}，"
                f"计{plain(rule.within)}分；超过{rule.against}，计{plain(rule.over)}分"
            )
        case Judged():
            return "由单位自评打分，扣分须说明原因"


def without_words(known: NotApplicable, policy: Policy | None) -> str:
    """What holds where an indicator does not apply; None: the choice of it could not be read."""
    if policy is None:
        return f"{known.because}的，按所选的{known.policy_by}计"
    words = {
        "full": "按满分计",
        "zero": "不得分",
        "rescale": "不计分，综合得分按其余指标折算",
        "ask": "由单位自评打分并说明理由",
    }
    return f"{known.because}的，{words[policy]}"


def _end(operand: Operand, counted: bool) -> str:
    if isinstance(operand, str):
        return operand
    return plain(operand) if counted else f"{plain(operand * 100)}%"


def _tier(tier: Tier) -> str:
    return band_words(replace(tier.range, low=tier.range.low or ZERO))


def _per_point(rule: PerPoint, reading: str) -> str:
    word = {"above": "高", "below": "低", "both": "高或低"}[rule.direction]
    size = "一" if rule.step == Decimal("0.01") else plain(rule.step * 100)
    base, deduct = plain(rule.base * 100), plain(rule.deduct)
    text = f"比{base}%每{word}{size}个百分点扣{deduct}分，扣完为止"
    return f"{text}；不足{size}个百分点的部分{reading}" if reading else text
