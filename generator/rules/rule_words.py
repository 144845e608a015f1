"""A scoring rule in words, as it is applied."""

from __future__ import annotations

from generator.amounts import plain
from generator.form.rule_types import Against, Bands, CheckList, Judged, PerCase, PerPoint, Rule
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
        case PerCase():
            return f"每有一{rule.unit}{rule.what}扣{plain(rule.deduct)}分，扣完为止"
        case Against():
            return (
                f"无{rule.what}，计{plain(rule.none)}分；有{rule.what}但不超过{rule.against}，"
                f"计{plain(rule.within)}分；超过{rule.against}，计{plain(rule.over)}分"
            )
        case Judged():
            return "由单位自评打分，扣分须说明原因"


def _per_point(rule: PerPoint, reading: str) -> str:
    word = "超过" if rule.direction == "above" else "低于"
    text = f"每{word}{plain(rule.base * 100)}%一个百分点扣{plain(rule.deduct)}分，扣完为止"
    return f"{text}；不足一个百分点的部分{reading}" if reading else text
