"""Cross-checks of scoring rules: names of the right type, bands without gaps, points that can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from generator.amounts import plain
from generator.form.indicators import Indicator
from generator.form.records import NUMERIC, Field, FormError
from generator.form.rule_types import (
    READINGS,
    Against,
    Band,
    Bands,
    CheckItem,
    CheckList,
    DeductList,
    OneOf,
    Operand,
    PerCase,
    PerPoint,
    Proportional,
    Rule,
    Tiered,
    Within,
    counts_as_over,
    inner_rules,
)
from generator.quantities import ANY, Quantity, together

# No ratio is meant to be held against more than this many times a hundred percent.
_FAR = Decimal(10)
# A cell that may hold a number is read as one by a rule; whether it does, the report itself tells.
_NUMBERS = NUMERIC | {"figure", "number-or-text"}


class RuleCheck:
    """Verifies one rule; ``types`` are the names that it may use, ``fields`` those that offer choices;
    ``kinds`` say which of them are amounts, counts, percentages."""

    def __init__(
        self,
        place: str,
        types: Mapping[str, str],
        fields: Mapping[str, Field],
        kinds: Mapping[str, Quantity],
    ) -> None:
        self._place = place
        self._types = types
        self._fields = fields
        self._kinds = kinds

    def indicator(self, indicator: Indicator) -> None:
        """The rule of an official indicator; its best result must be all of the points."""
        self.rule(indicator.rule)
        most = _most(indicator.rule, indicator.points)
        if most != indicator.points:
            raise self._error(f"按规则最高 {most} 分，与分值 {indicator.points} 不符")
        if indicator.not_applicable is None and any(map(counts_as_over, inner_rules(indicator.rule))):
            # With nothing in the numerator either, nothing is over anything.
            raise self._error('写了 undefined = "over" 的，须写 not_applicable：分子、分母都是 0 时怎样计')

    def own(self, rule: Rule) -> None:
        """The rule of the unit's own rows, which always apply."""
        if any(map(counts_as_over, inner_rules(rule))):
            raise self._error('undefined = "over" 不能用于单位自己的指标')
        self.rule(rule)

    def rule(self, rule: Rule) -> None:
        """Raise FormError for the first thing that is wrong."""
        match rule:
            case PerPoint(measure=measure):
                self.number(measure)
                self._per_point(rule)
                self._ratio(measure)
            case Bands(measure=measure, bands=bands):
                self.number(measure)
                self._bands(bands)
                if any("%" in band.text for band in bands):
                    self._ratio(measure)
            case Proportional(measure=measure, target=target):
                self.number(measure)
                self._target(target)
                self._alike(measure, target=target)
            case Within(measure=measure, low=low, high=high):
                self.number(measure)
                self._within(low, high)
                self._alike(measure, low=low, high=high)
            case DeductList(items=items) | CheckList(items=items):
                self._yes_no(items)
            case PerCase(count=count):
                self.number(count)
                kind = self._kind(count)
                if kind.money or kind.kind == "percent":
                    raise self._error(f"count {count} 是{kind.described}，不是例数")
            case Against(measure=measure, against=against):
                self.number(measure)
                self.number(against)
                self._alike(measure, against=against)
            case Tiered() | OneOf():
                self._choice(rule)
            case _:
                pass

    def number(self, name: str) -> None:
        """The name must be known, and a number."""
        if name not in self._types:
            raise self._error(f"没有名为 {name} 的栏目或数")
        if self._types[name] not in _NUMBERS:
            raise self._error(f"{name} 不是数，不能参加计算")

    def _kind(self, name: str) -> Quantity:
        kind = self._kinds.get(name, ANY)
        return kind if kind.numeric else ANY

    def _ratio(self, measure: str) -> None:
        """What is scored by percentage points is a ratio, and no amount and no count."""
        kind = self._kind(measure)
        if kind.dimensions:
            raise self._error(f"measure {measure} 是{kind.described}，不是百分比，不能按百分点、百分比计分")

    def _alike(self, measure: str, **others: Operand) -> None:
        """What a measure is held against is of its kind."""
        kind = self._kind(measure)
        for key, other in others.items():
            if isinstance(other, Decimal):
                if kind.kind == "percent" and abs(other) > _FAR:
                    percent = f"{plain(other * 100)}%"
                    raise self._error(f"{key} = {other} 是 {percent}，百分比写成小数，如 95% 写 0.95")
            elif together(kind, self._kind(other)) is None:
                told = f"measure {measure} 是{kind.described}，{key} {other} 是{self._kind(other).described}"
                raise self._error(f"{told}，不能相比")

    def _error(self, message: str) -> FormError:
        return FormError(f"{self._place}：{message}")

    def _per_point(self, rule: PerPoint) -> None:
        if rule.step <= 0:
            raise self._error("step 应大于 0")
        for key, value, most in (("base", rule.base, _FAR), ("step", rule.step, Decimal(1))):
            if abs(value) > most:
                raise self._error(f"{key} = {value} 是 {value * 100}%，百分比写成小数，如 1% 写 0.01")
        if self._types.get(rule.part_of_point) != "choice":
            raise self._error(f"part_of_point {rule.part_of_point} 不是选项栏目")
        if set(self._fields[rule.part_of_point].choices) != set(READINGS):
            raise self._error(f"part_of_point {rule.part_of_point} 的选项应是 {'、'.join(READINGS)}")

    def _target(self, target: Operand) -> None:
        if isinstance(target, str):
            self.number(target)
        elif target <= 0:
            raise self._error("target 应大于 0")

    def _within(self, low: Operand, high: Operand) -> None:
        for end in (low, high):
            if isinstance(end, str):
                self.number(end)
        if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
            raise self._error(f"low {low} 大于 high {high}")

    def _yes_no(self, items: tuple[CheckItem, ...]) -> None:
        for item in items:
            if self._types.get(item.field) != "yes-no":
                raise self._error(f"{item.field} 不是“是/否”栏目")

    def _choice(self, rule: Tiered | OneOf) -> None:
        """What the choice offers and what the rule knows must be the same."""
        if self._types.get(rule.by) != "choice":
            raise self._error(f"by {rule.by} 不是选项栏目")
        offered = self._fields[rule.by].choices
        known = [each.name for each in (rule.tiers if isinstance(rule, Tiered) else rule.options)]
        for name in offered:
            if known.count(name) != 1:
                raise self._error(f"{rule.by} 的选项“{name}”应有一项，现有 {known.count(name)} 项")
        for name in known:
            if name not in offered:
                raise self._error(f"{rule.by} 没有选项“{name}”")
        if isinstance(rule, OneOf):
            for option in rule.options:
                self.rule(option.rule)
                for name in option.needs:
                    if name not in self._fields:
                        raise self._error(f"needs 里的 {name} 不是栏目")
        else:
            self._tiers([tier.range for tier in rule.tiers])

    def _tiers(self, ranges: list[Band]) -> None:
        ordered = _ordered(ranges)
        first, last = ordered[0], ordered[-1]
        whole = first.low == 0 and first.low_closed and last.high == 1 and last.high_closed
        if not whole:
            raise self._error("各档合起来应是 0%（含）至 100%（含）")
        self._meet(ordered)

    def _bands(self, bands: tuple[Band, ...]) -> None:
        """Every value lies in exactly one band: sorted by lower bound, each begins where the last ended."""
        for band in bands:
            if _is_empty(band):
                raise self._error(f"{band.text} 里没有数")
        ordered = _ordered(bands)
        # An equality band stands first when nothing can lie below it (a ratio of absolute values).
        first = ordered[0]
        if first.low is not None and not (first.low == first.high == 0):
            raise self._error(f"{first.text} 以下没有档次")
        if ordered[-1].high is not None:
            raise self._error(f"{ordered[-1].text} 以上没有档次")
        self._meet(ordered)

    def _meet(self, ordered: list[Band]) -> None:
        for lower, upper in pairwise(ordered):
            if lower.high != upper.low or lower.high_closed == upper.low_closed:
                raise self._error(f"{lower.text} 与 {upper.text} 之间有空档或重叠")


def _ordered(bands: tuple[Band, ...] | list[Band]) -> list[Band]:
    return sorted(bands, key=lambda b: (b.low is not None, b.low or 0, not b.low_closed))


def _is_empty(band: Band) -> bool:
    if band.low is None or band.high is None or band.low < band.high:
        return False
    return band.low > band.high or not (band.low_closed and band.high_closed)


def _most(rule: Rule, points: Decimal) -> Decimal:
    """The most that a rule can give a row of ``points``."""
    match rule:
        case Bands(bands=bands):
            return max(band.points for band in bands)
        case CheckList(items=items):
            return sum((item.points for item in items), Decimal(0))
        case Against(none=none, within=within, over=over):
            return max(none, within, over)
        case OneOf():
            return next((most for most in _each_most(rule, points) if most != points), points)
        case _:
            return points


def _each_most(rule: OneOf, points: Decimal) -> Iterator[Decimal]:
    for option in rule.options:
        yield _most(option.rule, points)
