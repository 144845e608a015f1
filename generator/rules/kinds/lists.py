"""Rules over lists of yes and no, choices, and counted cases."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.amounts import ZERO, plain
from generator.form.rule_lists import ByChoice, Case, Cases
from generator.form.rule_types import CheckItem, CheckList, DeductList, PerCase
from generator.rules.kinds.awards import Award


def check_list(rule: CheckList, answers: Sequence[bool]) -> Award:
    """The points of the items that are met."""
    met, missed = _sorted(rule.items, answers)
    given = sum((item.points for item in met), ZERO)
    return Award(given, _missed(missed) or "各项均符合")


def met_words(rule: CheckList, answers: Sequence[bool], word: str) -> str:
    """The items that are met, each with the points that it adds (``word`` 加) or takes (扣)."""
    met, _ = _sorted(rule.items, answers)
    return "；".join(f"{bare(item)}（{word}{plain(item.points)}分）" for item in met)


def bare(item: CheckItem) -> str:
    """The text of an item without what ends it."""
    return item.text.rstrip("。；")


def deduct_list(rule: DeductList, points: Decimal, answers: Sequence[bool]) -> Award:
    """Full points, less those of the items that are not met, down to nothing."""
    _, missed = _sorted(rule.items, answers)
    most = points if rule.at_most is None else min(points, rule.at_most)
    exact = sum((item.points for item in missed), ZERO)
    bound = f"；最多扣{plain(most)}分" if rule.at_most is not None and exact > most else ""
    return Award(points - min(most, exact), _missed(missed) + bound if missed else "各项均符合")


def _sorted(items: Sequence[CheckItem], answers: Sequence[bool]) -> tuple[list[CheckItem], list[CheckItem]]:
    pairs = list(zip(items, answers, strict=True))
    return [item for item, yes in pairs if yes], [item for item, yes in pairs if not yes]


def _missed(items: Sequence[CheckItem]) -> str:
    return "；".join(f"{bare(item)}（不符合，扣{plain(item.points)}分）" for item in items)


def per_case(rule: PerCase, points: Decimal, count: Decimal) -> Award:
    """Deducts for each case, down to nothing."""
    if count == 0:
        return Award(points, f"没有{rule.what}")
    if rule.cutoff is not None and count >= rule.cutoff:
        cases = f"{plain(count)}{rule.unit}{rule.what}"
        return Award(ZERO, f"{cases}，达到{plain(rule.cutoff)}{rule.unit}的不得分")
    most = points if rule.at_most is None else min(points, rule.at_most)
    lost = min(most, count * rule.deduct)
    bound = f"，最多扣{plain(most)}分" if rule.at_most is not None and lost < count * rule.deduct else ""
    each = f"每{rule.unit}扣{plain(rule.deduct)}分{bound}"
    return Award(points - lost, f"{plain(count)}{rule.unit}{rule.what}，{each}，扣{plain(lost)}分")


def cases(rule: Cases, bounds: tuple[Decimal, Decimal], counts: Sequence[Decimal]) -> Award:
    """Adds or deducts for each case of several kinds, within ``bounds`` (the row's least and most)."""
    least, most = bounds
    start = cases_start(rule, most)
    change = sum((each.points * count for each, count in zip(rule.cases, counts, strict=True)), ZERO)
    bounded = change if rule.at_most is None else max(change, -rule.at_most)
    given = min(most, max(least, start + bounded))
    told = [_case(each, count) for each, count in zip(rule.cases, counts, strict=True) if count]
    if not told:
        nothing = "、".join(dict.fromkeys(each.what for each in rule.cases))
        return Award(given, f"没有{nothing}")
    if start and start != most:
        told.insert(0, f"基本分{plain(start)}分")
    if given != start + change:
        moved = given - start
        told.append(f"最多{'加' if moved > 0 else '扣'}{plain(abs(moved))}分")
    return Award(given, "；".join(told))


def _case(case: Case, count: Decimal) -> str:
    word, points = ("加" if case.points > 0 else "扣"), abs(case.points)
    each = f"每{case.unit}{word}{plain(points)}分"
    return f"{plain(count)}{case.unit}{case.what}，{each}，{word}{plain(points * count)}分"


def cases_start(rule: Cases, points: Decimal) -> Decimal:
    """The points where there is no case."""
    if rule.start is not None:
        return rule.start
    return ZERO if any(each.points > 0 for each in rule.cases) else points


def by_choice(rule: ByChoice, points: Decimal, choice: str) -> Award | None:
    """The points of the choice, in proportion when the unit changed the points; None for no known choice."""
    found = next((each for each in rule.choices if each.name == choice), None)
    if found is None:
        return None
    full = max(each.points for each in rule.choices)
    return Award(found.points * points / full if full > 0 else found.points, f"{rule.by}为“{choice}”")
