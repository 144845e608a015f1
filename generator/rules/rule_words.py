"""A scoring rule in words, as it is applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.form.indicators import NotApplicable, Policy
from generator.form.rule_groups import Portion
from generator.form.rule_types import (
    Against,
    Bands,
    BestOf,
    ByChoice,
    ByFormula,
    Cases,
    CheckList,
    DeductList,
    GainLoss,
    Judged,
    Linear,
    OneOf,
    Operand,
    PerCase,
    PerPoint,
    Proportional,
    Ranged,
    Rule,
    Sum,
    Tier,
    Tiered,
    Within,
)
from generator.form.scales import PERCENT, Scale
from generator.notation import words as formula_words
from generator.rules.kinds import band_words, score_words

# What the numbers of a name are told in.
ScaleOf = Callable[[str], Scale]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a rule speaks of points: ``gives`` (计, 加, 扣) so much or ``nothing`` (不加分); what it has at
    most is its ``whole`` (分值)."""

    gives: str = "计"
    nothing: str = ""
    whole: str = "分值"
    full: str = "计满分"

    def points(self, points: Decimal) -> str:
        """``计2分``, ``扣2分``, ``不扣分``; less than nothing is taken."""
        if points < 0:
            return f"扣{plain(-points)}分"
        return self.nothing if self.nothing and points == 0 else f"{self.gives}{plain(points)}分"


_VOICES = {
    "": Voice(),
    "bonus": Voice("加", "不加分", "最多加的分", "加满"),
    "malus": Voice("扣", "不扣分", "最多扣的分", "扣满"),
    "both": Voice("加", "不加不扣", "最多加的分", "加满"),
}


def rule_words(rule: Rule, reading: str = "", scale_of: ScaleOf = lambda _: PERCENT, effect: str = "") -> str:
    """What gives and what takes points; ``reading`` says what a part of a step counts.

    ``scale_of`` says what a measure is told in; a rule with an ``effect`` says what it adds or takes.
    """
    return _Words(reading, scale_of, effect).of(rule)


class _Words:
    def __init__(self, reading: str, scale_of: ScaleOf, effect: str) -> None:
        self._reading, self._scale_of, self._effect = reading, scale_of, effect
        self._voice = _VOICES[effect]

    def of(self, rule: Rule) -> str:
        """The rule in words."""
        match rule:
            case PerPoint():
                return self._per_point(rule)
            case GainLoss():
                return self._gain_loss(rule)
            case Bands() | CheckList() | DeductList() | PerCase() | Cases() | ByChoice() | Against():
                return self._listed(rule)
            case Proportional() | Within() | Linear():
                return self._in_proportion(rule)
            case Tiered():
                tiers = (f"{t.name}，{self._tier(t)}" for t in rule.tiers)
                return f"由单位按{rule.by}在该档内打分：{'；'.join(tiers)}；{self._owed()}"
            case Ranged(measure=measure, ranges=ranges):
                scale = self._scale_of(measure)
                each = (f"{band_words(r.band, scale)}，{score_words(r.score)}分" for r in ranges)
                return f"由单位按{measure}所在的档次打分：{'；'.join(each)}；{self._owed()}"
            case OneOf():
                each = (f"{option.name}：{self.of(option.rule)}" for option in rule.options)
                return f"按{rule.by}计分。{'。'.join(each)}"
            case Sum(portions=portions):
                return f"各部分相加。{'。'.join(map(self._portion, portions))}"
            case BestOf(portions=portions):
                most = "扣分最多" if self._effect == "malus" else "得分最高"
                return f"取{most}的一项。{'。'.join(map(self._portion, portions))}"
            case ByFormula(formula=formula):
                what = "扣分" if self._effect == "malus" else "得分"
                return f"{what} ＝ {formula_words(formula)}，{self._bounded()}"
            case Judged():
                return f"由单位自评{'扣分' if self._effect == 'malus' else '打分'}，" + self._owed()

    def _owed(self) -> str:
        return {"": "扣分须说明原因", "bonus": "加分须说明依据"}.get(self._effect, "须说明原因")

    def _bounded(self) -> str:
        return "不超过分值" if not self._effect else f"不超过{self._voice.whole}"

    def _portion(self, portion: Portion) -> str:
        head = portion.name
        if portion.points is not None:
            head += f"（{self._voice.gives if self._effect else ''}{plain(portion.points)}分）"
        return f"{head}：{self.of(portion.rule)}" if head else self.of(portion.rule)

    def _listed(self, rule: Rule) -> str:
        voice = self._voice
        match rule:
            case Bands(measure=measure, bands=bands):
                scale = self._scale_of(measure)
                return "；".join(f"{band_words(b, scale)}，{voice.points(b.points)}" for b in bands)
            case ByChoice(by=by, choices=choices):
                return f"{by}为" + "；".join(f"“{c.name}”，{voice.points(c.points)}" for c in choices)
            case CheckList(items=items):
                word = voice.gives if self._effect else ""
                return "；".join(f"{i.text.rstrip('。；')}，{word}{plain(i.points)}分" for i in items)
            case DeductList(items=items, at_most=most):
                texts = (f"{i.text.rstrip('。；')}，不符合扣{plain(i.points)}分" for i in items)
                return "；".join((*texts, self._until(most)))
            case PerCase(unit=unit, what=what, deduct=deduct, cutoff=cutoff, at_most=most):
                text = f"每有一{unit}{what}扣{plain(deduct)}分，{self._until(most)}"
                last = "扣满" if self._effect == "malus" else "不得分"
                return text if cutoff is None else f"{text}；达到{plain(cutoff)}{unit}的{last}"
            case Cases():
                return self._cases(rule)
            case Against(what=what, against=against):
                return (
                    f"无{what}，{voice.points(rule.none)}；有{what}但不超过{against}，"
                    f"{voice.points(rule.within)}；超过{against}，{voice.points(rule.over)}"
                )
            case _:
                return ""

    def _cases(self, rule: Cases) -> str:
        texts = [f"基本分{plain(rule.start)}分"] if rule.start else []
        for each in rule.cases:
            word = "加" if each.points > 0 else "扣"
            texts.append(f"每有一{each.unit}{each.what}{word}{plain(abs(each.points))}分")
        return "；".join((*texts, self._until(rule.at_most, any(each.points > 0 for each in rule.cases))))

    def _until(self, most: Decimal | None, gains: bool = False) -> str:
        if most is not None:
            return f"最多扣{plain(most)}分"
        if gains:
            return "不超过满分，扣完为止" if not self._effect else "在加分、扣分的限度以内"
        return "扣完为止" if self._effect != "malus" else "扣满为止"

    def _in_proportion(self, rule: Proportional | Within | Linear) -> str:
        what = "扣分" if self._effect == "malus" else "得分"
        voice, scale = self._voice, self._scale_of(rule.measure)
        match rule:
            case Proportional():
                formula = "实际 ÷ 目标" if rule.direction == "more" else "目标 ÷ 实际"
                target = _end(rule.target, scale)
                return f"{what} ＝ {voice.whole} × {formula}（目标为{target}），{self._bounded()}"
            case Within(measure=measure, low=low, high=high):
                ends = f"{_end(low, scale)}至{_end(high, scale)}"
                ratio = "低于下限按实际 ÷ 下限，高于上限按上限 ÷ 实际"
                if self._effect == "malus":
                    return f"{measure}在{ends}之间，不扣分；{ratio}计算，没有达到的部分按比例扣分"
                return f"{measure}在{ends}之间，{voice.full}；{ratio}计分"
            case Linear(measure=measure, none=none, full=full):
                nothing = voice.nothing or "不得分"
                ends = f"{_end(none, scale)}时{nothing}，{_end(full, scale)}时{voice.full}"
                return f"{measure}为{ends}，两者之间按比例计算"

    def _tier(self, tier: Tier) -> str:
        if tier.in_points:
            return f"{self._voice.gives}{score_words(tier.range)}分"
        whole = replace(tier.range, low=tier.range.low or ZERO)
        return f"{self._voice.gives}{self._voice.whole}的{band_words(whole)}"

    def _per_point(self, rule: PerPoint) -> str:
        scale = self._scale_of(rule.measure)
        word = _side(rule.direction, scale)
        size, base = scale.words(rule.size), scale.number(rule.base)
        text = f"比{base}每{word}{size}扣{plain(rule.deduct)}分，{self._until(rule.at_most)}"
        return text + self._parts(size)

    def _parts(self, size: str) -> str:
        return f"；不足{size}的部分{self._reading}" if self._reading else ""

    def _gain_loss(self, rule: GainLoss) -> str:
        scale = self._scale_of(rule.measure)
        size, base = scale.words(rule.size), _end(rule.base, scale)
        better, worse = ("above", "below") if rule.better == "above" else ("below", "above")
        texts = [f"{base}计{plain(rule.start)}分"] if rule.start else []
        if rule.add:
            texts.append(f"比{base}每{_side(better, scale)}{size}加{plain(rule.add)}分")
        if rule.deduct:
            texts.append(f"比{base}每{_side(worse, scale)}{size}扣{plain(rule.deduct)}分")
        return "；".join((*texts, self._until(None, bool(rule.add)))) + self._parts(size)


def _side(direction: str, scale: Scale) -> str:
    more, less = ("高", "低") if scale.percent else ("多", "少")
    return {"above": more, "below": less, "both": f"{more}或{less}"}[direction]


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


def _end(operand: Operand, scale: Scale) -> str:
    return operand if isinstance(operand, str) else scale.number(operand)
