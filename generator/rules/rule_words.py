"""A scoring rule in words, as it is applied."""

from __future__ import annotations

from decimal import Decimal

from generator.amounts import plain
from generator.form.rule_types import (
    Against,
    Bands,
    CheckList,
    DeductList,
    Judged,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
)
from generator.rules.kinds import band_words


def rule_words(rule: Rule, reading: str = "") -> str:
    """What gives and what takes points; ``reading`` says what a part of a percentage point counts."""
    match rule:
        case PerPoint():
            return _per_point(rule, reading)
        case Bands():
            return "；".join(f"{band_words(band)}，计{plain(band.points)}分" for band in rule.bands)
        case CheckList():
            return "；".join(f"{item.text.rstrip('。；')}，{plain(item.points)}分" for item in rule.items)
        case Proportional():
            formula = "实际 ÷ 目标" if rule.direction == "more" else "目标 ÷ 实际"
            return f"得分 ＝ 分值 × {formula}，目标{plain(rule.target * 100)}%，不超过分值"
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


def _per_point(rule: PerPoint, reading: str) -> str:
    word = "超过" if rule.direction == "above" else "低于"
    size = "一" if rule.step == Decimal("0.01") else plain(rule.step * 100)
    text = f"每{word}{plain(rule.base * 100)}%{size}个百分点扣{plain(rule.deduct)}分，扣完为止"
    return f"{text}；不足{size}个百分点的部分{reading}" if reading else text
