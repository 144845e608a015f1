"""What several rules of one row give together, and points by a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.amounts import ZERO, Interval, plain
from generator.form.rule_groups import ByFormula, Portion
from generator.formula import evaluate
from generator.model import Figure
from generator.rules.kinds import Award


def sum_of(portions: Sequence[Portion], made: Sequence[Award], effect: str) -> Award:
    """Everything that was given; what lost nothing says nothing unless all say nothing."""
    pairs = list(zip(portions, made, strict=True))
    telling = [pair for pair in pairs if effect or pair[0].points is None or pair[1].points < pair[0].points]
    because = "；".join(_named(portion, award, effect) for portion, award in telling or pairs)
    return Award(sum((award.points for award in made), ZERO), because, any(a.demands_reason for a in made))


def best_of(portions: Sequence[Portion], made: Sequence[Award], effect: str) -> Award:
    """The most that was given or, of a malus, taken."""
    best = max(range(len(made)), key=lambda number: (made[number].points, -number))
    others = "、".join(
        f"{portion.name or f'第{number}项'}{_points(award, effect)}"
        for number, (portion, award) in enumerate(zip(portions, made, strict=True), 1)
    )
    award = made[best]
    return Award(
        award.points, f"{award.because}（取较{_MOST[effect]}的一项：{others}）", award.demands_reason
    )


_MOST = {"": "高", "bonus": "高", "both": "高", "malus": "多"}


def _points(award: Award, effect: str) -> str:
    word = "扣" if effect == "malus" else ""
    return f"{word}{plain(award.points, 2)}分"


def _named(portion: Portion, award: Award, effect: str) -> str:
    name = f"{portion.name}：" if portion.name else ""
    return f"{name}{award.because}（{'' if effect == 'malus' else '得'}{_points(award, effect)}）"


def by_formula(
    rule: ByFormula, points: Decimal, least: Decimal, effect: str, names: Mapping[str, Figure]
) -> Award | None:
    """The formula's value within its bounds, and the form's own sentence with the values in it."""
    value = evaluate(rule.formula, lambda name: names[name].value)
    if not isinstance(value, Interval):
        return None
    given = min(points, max(ZERO if effect == "malus" else least, value.value))
    because = _NAME.sub(lambda found: shown(names[found[1]]), rule.because.rstrip("。；，"))
    return Award(given, because + (f"，扣{plain(given, 2)}分" if effect == "malus" else ""))


_NAME = re.compile(r"\{\s*([^{}\s]+)\s*\}")


def shown(figure: Figure) -> str:
    """A value as printed, with its unit."""
    text = figure.text
    return text if not text or text.endswith(figure.unit) else text + figure.unit
