"""Cross-checks of scoring rules: names of the right type, bands without gaps, points that can be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from generator.amounts import plain
from generator.form.indicators import Effect, Indicator
from generator.form.most import most_of
from generator.form.records import NUMERIC, Field, FormError
from generator.form.rule_types import (
    READINGS,
    Against,
    Band,
    Bands,
    BestOf,
    ByChoice,
    ByFormula,
    Cases,
    CheckItem,
    CheckList,
    DeductList,
    GainLoss,
    Linear,
    OneOf,
    Operand,
    PerCase,
    PerPoint,
    Proportional,
    Ranged,
    Rule,
    Sum,
    Tiered,
    Within,
    counts_as_over,
    inner_rules,
)
from generator.form.scales import Scale, Scales
from generator.form.verify_families import verify_family
from generator.quantities import ANY, Quantity, together

# No ratio is meant to be held against more than this many times a hundred percent.
_FAR = Decimal(10)
# A cell that may hold a number is read as one by a rule; whether it does, the report itself tells.
_NUMBERS = NUMERIC | {"figure", "number-or-text"}


class RuleCheck:
    """Verifies one rule; ``types`` are the names that it may use, ``fields`` those that offer choices,
    ``scales`` what their numbers are told in, ``kinds`` what they may be held against."""

    def __init__(
        self,
        place: str,
        types: Mapping[str, str],
        fields: Mapping[str, Field],
        scales: Scales,
        kinds: Mapping[str, Quantity],
    ) -> None:
        self.place = place
        self.types = types
        self.fields = fields
        self.kinds = kinds
        self._scales = scales
        self.effect: Effect = ""
        self.least = Decimal(0)
        self.points: Decimal | None = None  # of rows of the unit's own nobody knows them

    def indicator(self, indicator: Indicator) -> None:
        """The rule of an official indicator; its best result must be all of the points."""
        self.effect, self.points, self.least = indicator.effect, indicator.points, indicator.least
        self.rule(indicator.rule)
        most = most_of(indicator.rule, indicator.points)
        if most != indicator.points:
            raise self.error(f"按规则最高 {most} 分，与分值 {indicator.points} 不符")
        if indicator.effect and any(map(counts_as_over, inner_rules(indicator.rule))):
            raise self.error('undefined = "over" 不能用于加分、扣分指标')
        if indicator.not_applicable is None and any(map(counts_as_over, inner_rules(indicator.rule))):
            # With nothing in the numerator either, nothing is over anything.
            raise self.error('写了 undefined = "over" 的，须写 not_applicable：分子、分母都是 0 时怎样计')

    def own(self, rule: Rule) -> None:
        """The rule of the unit's own rows, which always apply."""
        if any(map(counts_as_over, inner_rules(rule))):
            raise self.error('undefined = "over" 不能用于单位自己的指标')
        self.rule(rule)

    def rule(self, rule: Rule) -> None:
        """Raise FormError for the first thing that is wrong."""
        match rule:
            case GainLoss() | Linear() | Ranged() | ByChoice() | Cases() | Sum() | BestOf() | ByFormula():
                verify_family(rule, self)
            case PerPoint(measure=measure):
                self.number(measure)
                self._per_point(rule)
            case Bands(measure=measure, bands=bands):
                self.number(measure)
                self.bands(bands, measure)
                for band in bands:
                    self.given(band.points)
            case Proportional(measure=measure, target=target):
                self.number(measure)
                self._target(target)
                self.alike(measure, target=target)
            case Within(measure=measure, low=low, high=high):
                self.number(measure)
                self._within(low, high)
                self.alike(measure, low=low, high=high)
            case DeductList(items=items):
                self._yes_no(items)
                self._at_most(rule.at_most)
            case CheckList(items=items):
                self._yes_no(items)
            case PerCase(count=count):
                self.cases(count)
                self._at_most(rule.at_most)
            case Against(measure=measure, against=against):
                self.number(measure)
                self.number(against)
                self.alike(measure, against=against)
            case Tiered() | OneOf():
                self._choice(rule)
            case _:
                pass

    def number(self, name: str) -> None:
        """The name must be known, and a number."""
        if name not in self.types:
            raise self.error(f"没有名为 {name} 的栏目或数")
        if self.types[name] not in _NUMBERS:
            raise self.error(f"{name} 不是数，不能参加计算")

    def kind(self, name: str) -> Quantity:
        """What kind of number a name has."""
        kind = self.kinds.get(name, ANY)
        return kind if kind.numeric else ANY

    def alike(self, measure: str, **others: Operand) -> None:
        """What a measure is held against is of its kind."""
        kind = self.kind(measure)
        for key, other in others.items():
            if isinstance(other, Decimal):
                if kind.kind == "percent" and abs(other) > _FAR:
                    percent = f"{plain(other * 100)}%"
                    raise self.error(f"{key} = {other} 是 {percent}，百分比写成小数，如 95% 写 0.95")
            elif together(kind, self.kind(other)) is None:
                told = f"measure {measure} 是{kind.described}，{key} {other} 是{self.kind(other).described}"
                raise self.error(f"{told}，不能相比")

    def cases(self, count: str) -> None:
        """What is counted case by case is no amount and no percentage."""
        self.number(count)
        kind = self.kind(count)
        if kind.money or kind.kind == "percent":
            raise self.error(f"count {count} 是{kind.described}，不是例数")

    def scale(self, name: str) -> Scale | None:
        """What a measure is told in; None where the row itself says it."""
        return None if self.types.get(name) == "number-or-text" else self._scales.of(name)

    def error(self, message: str) -> FormError:
        """A fault of this rule."""
        return FormError(f"{self.place}：{message}")

    def _per_point(self, rule: PerPoint) -> None:
        self.steps(rule.measure, rule.base, rule.size, rule.part_of_point)
        if rule.deduct <= 0:
            raise self.error("deduct 应大于 0")
        self._at_most(rule.at_most)

    def steps(self, measure: str, base: Operand, size: Decimal, reading: str) -> None:
        """A base and steps from it, in the measure's own unit, and what a part of a step counts."""
        if size <= 0:
            raise self.error("step 应大于 0")
        scale = self.scale(measure)
        for key, value, most in (("base", base, _FAR), ("step", size, Decimal(1))):
            if isinstance(value, Decimal) and scale is not None and scale.percent and abs(value) > most:
                raise self.error(f"{key} = {value} 是 {value * 100}%，百分比写成小数，如 1% 写 0.01")
        if reading in READINGS:
            return
        if not reading:
            raise self.error(f"缺少 part_of_point：{'、'.join(READINGS)}，或由单位选的口径栏目")
        if self.types.get(reading) != "choice":
            raise self.error(f"part_of_point {reading} 不是选项栏目")
        if set(self.fields[reading].choices) != set(READINGS):
            raise self.error(f"part_of_point {reading} 的选项应是 {'、'.join(READINGS)}")

    def _at_most(self, most: Decimal | None) -> None:
        """A limit of what is lost must be able to act."""
        if most is not None and most <= 0:
            raise self.error("at_most 应大于 0")
        if most is not None and self.points is not None and most >= self.points:
            raise self.error(f"at_most {most} 不小于分值 {self.points}，不起作用")

    def _target(self, target: Operand) -> None:
        if isinstance(target, str):
            self.number(target)

    def _within(self, low: Operand, high: Operand) -> None:
        for end in (low, high):
            if isinstance(end, str):
                self.number(end)
        if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
            raise self.error(f"low {low} 大于 high {high}")

    def _yes_no(self, items: tuple[CheckItem, ...]) -> None:
        for item in items:
            if self.types.get(item.field) != "yes-no":
                raise self.error(f"{item.field} 不是“是/否”栏目")

    def _choice(self, rule: Tiered | OneOf) -> None:
        """What the choice offers and what the rule knows must be the same."""
        if self.types.get(rule.by) != "choice":
            raise self.error(f"by {rule.by} 不是选项栏目")
        offered = self.fields[rule.by].choices
        known = [each.name for each in (rule.tiers if isinstance(rule, Tiered) else rule.options)]
        for name in offered:
            if known.count(name) != 1:
                raise self.error(f"{rule.by} 的选项“{name}”应有一项，现有 {known.count(name)} 项")
        for name in known:
            if name not in offered:
                raise self.error(f"{rule.by} 没有选项“{name}”")
        if isinstance(rule, OneOf):
            for option in rule.options:
                self.rule(option.rule)
                for name in option.needs:
                    if name not in self.fields:
                        raise self.error(f"needs 里的 {name} 不是栏目")
        else:
            self._tiers(rule)

    def _tiers(self, rule: Tiered) -> None:
        ordered = ordered_bands([tier.range for tier in rule.tiers])
        in_points = {tier.in_points for tier in rule.tiers}
        if in_points == {True, False}:
            raise self.error("各档的 range 要么都写百分比，要么都写分")
        if in_points == {True} and self.points is None:
            raise self.error("单位自定的行分值不定，range 写百分比")
        most = self.points if in_points == {True} else Decimal(1)
        first, last = ordered[0], ordered[-1]
        if not (first.low == 0 and first.low_closed and last.high == most and last.high_closed):
            end = f"0分（含）至 {self.points}分（含）" if in_points == {True} else "0%（含）至 100%（含）"
            raise self.error(f"各档合起来应是 {end}")
        self._meet(ordered, shared=True)

    def given(self, points: Decimal) -> None:
        """Points that a rule gives or, where it may, takes."""
        if points < self.least or (self.effect == "malus" and points < 0):
            least = Decimal(0) if self.effect == "malus" else self.least
            raise self.error(f"points {points} 小于 {least}")

    def bands(self, bands: Sequence[Band], measure: str) -> None:
        """Every value lies in exactly one band: sorted by lower bound, each begins where the last ended."""
        scale = self.scale(measure)
        for band in bands:
            if scale is not None and not scale.percent and "%" in band.text:
                raise self.error(f"{measure} 不是百分比，{band.text} 里不能写 %")
            far = (end for end in (band.low, band.high) if end is not None and abs(end) > _FAR)
            if scale is not None and scale.percent and "%" not in band.text and (end := next(far, None)):
                raise self.error(f"{band.text}：{end} 是 {end * 100}%，请写 {end}% 或小数")
            if is_empty(band):
                raise self.error(f"{band.text} 里没有数")
        ordered = ordered_bands(bands)
        # An equality band stands first when nothing can lie below it (a ratio of absolute values).
        first = ordered[0]
        if first.low is not None and not (first.low == first.high == 0):
            raise self.error(f"{first.text} 以下没有档次")
        if ordered[-1].high is not None:
            raise self.error(f"{ordered[-1].text} 以上没有档次")
        self._meet(ordered)

    def _meet(self, ordered: list[Band], shared: bool = False) -> None:
        """Each begins where the last ended; ``shared``: both may hold the end."""
        for lower, upper in pairwise(ordered):
            both = lower.high_closed and upper.low_closed
            if lower.high != upper.low or (lower.high_closed == upper.low_closed and not (both and shared)):
                raise self.error(f"{lower.text} 与 {upper.text} 之间有空档或重叠")


def ordered_bands(bands: Sequence[Band]) -> list[Band]:
    """By lower bound."""
    return sorted(bands, key=lambda b: (b.low is not None, b.low or 0, not b.low_closed))


def is_empty(band: Band) -> bool:
    """Whether no number lies in a band."""
    if band.low is None or band.high is None or band.low < band.high:
        return False
    return band.low > band.high or not (band.low_closed and band.high_closed)
