"""Goals against what was achieved: one number with one unit on each side, which can be compared."""

from __future__ import annotations

from decimal import Decimal

from generator.findings import Finding, finding
from generator.form.schema import Form
from generator.model import Figures
from generator.patterns import lazy
from generator.typed import half_width

_NUMBER = lazy(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(%|[\u4e00-\u9fff]{1,2})")
_AT_MOST = lazy(r"≤|<|不超过|不高于|不大于|以内|以下|控制在|低于|小于|少于|零|时限")
# How much less something became: more of it is better, and it compares with nothing else.
_LESS = lazy("减少|下降|降低|压减|缩短|节约")
_NOT_REACHED = lazy(r"未|没有|不足|部分|基本完成|正在|推进|尚")
_OTHER = lazy(r"其中|比|较|同比|增长|增加|上年|去年|至|到|-|~|～|月|日|季度|年前|次均")


def check_reached(figures: Figures, form: Form) -> list[Finding]:
    """A warning for every goal whose number what was achieved misses, while the text calls it done."""
    findings: list[Finding] = []
    table = form.goals
    if table is None:
        return findings
    for row in figures.rows.get(table.table, ()):
        target, done = row.get(table.target), row.get(table.done)
        if target is None or done is None or not _is_comparable(target.text, done.text):
            continue
        wanted, reached = (_only_number(text) for text in (target.text, done.text))
        if wanted is None or reached is None or wanted[1] != reached[1]:
            continue
        most = _AT_MOST.search(half_width(target.text)) is not None
        if reached[0] > wanted[0] if most else reached[0] < wanted[0]:
            text = f"{wanted[0]}{wanted[1]}"
            findings.append(finding("goal.short", done.at, table.done, done.text, target=text))
    return findings


def _is_comparable(target: str, done: str) -> bool:
    if bool(_LESS.search(target)) != bool(_LESS.search(done)):
        return False
    return not (_NOT_REACHED.search(done) or _OTHER.search(target) or _OTHER.search(done))


def _only_number(text: str) -> tuple[Decimal, str] | None:
    """The number of a text that holds exactly one, with the sign that follows it."""
    found = _NUMBER.findall(half_width(text))
    if len(found) != 1:
        return None
    number, unit = found[0]
    return Decimal(number), unit[:1]
