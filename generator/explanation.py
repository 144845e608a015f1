"""Where values and scores come from: the records that the rules make, and how they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import plain
from generator.form.records import Source
from generator.form.schema import Form
from generator.model import CellRef, Report, Score


@dataclass(frozen=True, slots=True)
class Explained:
    """One value. ``value`` is at full precision (元, fraction), ``text`` as printed, in ``unit``.

    ``formula`` is in words, ``filled`` the same with values and cells, both blank for what was typed;
    ``operands`` are what it was derived from. ``row`` names the table's row that it holds for.
    """

    name: str
    value: str
    text: str
    unit: str = ""
    row: str = ""
    at: CellRef | None = None
    typed: str = ""
    formula: str = ""
    filled: str = ""
    operands: tuple[Explained, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""

    @property
    def derived(self) -> bool:
        """Whether the tool made it, be it only by adding up rows."""
        return bool(self.operands)


@dataclass(frozen=True, slots=True)
class ExplainedScore:
    """One indicator. ``reason`` is why it got its points, also when it lost none.

    ``data`` are the values that decide; ``readings`` the choices of how the official text is read.
    """

    row: Score
    name: str
    rule: str
    reason: str
    data: tuple[Explained, ...]
    readings: tuple[Explained, ...]
    sources: tuple[Source, ...]
    measure: str
    by_hand: bool = False  # the unit typed the score itself


def tree(
    explained: Explained, depth: int = 0, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[int, str]]:
    """The explanation as lines with their depth: first the value, then what it was derived from."""
    yield depth, sentence(explained)
    done = set(seen | {explained.name})
    for operand in explained.operands:
        if operand.derived and operand.name not in done:
            yield from tree(operand, depth + 1, frozenset(done))
            done.add(operand.name)


def sentence(explained: Explained) -> str:
    """``拨款占比 ＝ 拨款 ÷ 全部收入 ＝ 3963.75（收入!C5） ÷ 4106.29 ＝ 96.53%``."""
    name = f"{explained.name}（{explained.row}）" if explained.row else explained.name
    text = explained.text
    if explained.unit and explained.value:
        text += explained.unit
    if explained.operands:
        return f"{name} ＝ {explained.formula} ＝ {explained.filled} ＝ {text}"
    if explained.formula:
        return f"{name} ＝ {explained.formula} ＝ {text}"
    typed = explained.typed if explained.typed and explained.typed != explained.text else ""
    place = "，".join(part for part in (str(explained.at or ""), typed and f"填写 {typed}") if part)
    return f"{name} ＝ {text}（{place}）" if place else f"{name} ＝ {text}"


# What the points of a row are called.
_KINDS = {"": "分值", "bonus": "加分，最多", "malus": "扣分，最多", "both": "加分或扣分，最多加"}


def cited(sources: tuple[Source, ...]) -> str:
    """``《…》（财预〔2013〕53号）；…``: what a figure or a score rests on."""
    return "；".join(
        f"{each.title if '《' in each.title else f'《{each.title}》'}（{each.number}）" for each in sources
    )


def score_lines(score: ExplainedScore) -> Iterator[tuple[int, str]]:
    """The explanation as lines with their depth."""
    row = score.row
    points = f"{plain(row.points)} 分" + ("（与相邻指标合用）" if row.part != row.points else "")
    given = points_text(row) if row.excluded else f"得 {points_text(row)} 分"
    yield 0, f"{row.level1}／{row.level2}／{row.level3}：{_KINDS[row.effect]} {points}，{given}{_lost(row)}"
    if row.standard:
        yield 1, f"评分标准：{' '.join(row.standard.split())}"
    yield 1, f"计分办法：{score.rule}"
    for data in score.data:
        yield from tree(data, 1)
    for reading in score.readings:
        yield 1, f"口径：{sentence(reading)}"
    if score.reason:
        yield 1, f"得分原因：{score.reason}"
    if row.at is not None and score.by_hand:
        yield 1, f"自评得分填在 {row.at}"
    if score.sources:
        yield 1, f"依据：{cited(score.sources)}"


def points_text(row: Score) -> str:
    """The score as printed."""
    if row.excluded:
        return "不计分"
    return "（待填）" if row.pending else plain(row.score)


def _lost(row: Score) -> str:
    return f"，扣 {plain(row.lost, 2)} 分" if row.lost > 0 else ""


def total_lines(report: Report, form: Form) -> Iterator[tuple[int, str]]:
    """Total and grade."""
    card = report.scorecard
    if card.pending:
        yield 0, "综合得分：有指标还没有得分，不能合计"
        return
    parts = " ＋ ".join(_signed(row.score) for row in card.rows if not row.excluded)
    steps = "".join(
        f" {'－' if step.points < 0 else '＋'} {plain(abs(step.points))}" for step in card.adjustments
    )
    what = "各项自评得分之和" + ("，再作调整" if steps else "")
    yield 0, f"综合得分 ＝ {what} ＝ {parts}{steps} ＝ {plain(card.total)} 分（满分 {plain(card.full)} 分）"
    for step in card.adjustments:
        yield 1, f"{step.name}：{step.reason}"
    grades = "，".join(f"{plain(grade.at_least)} 分以上{grade.name}" for grade in form.grades)
    yield 0, f"评价等次 ＝ {card.grade}（{grades}）"
    for limit in card.limits:
        yield 1, f"{limit.name}：{limit.reason}"


def _signed(points: Decimal) -> str:
    return f"（{plain(points)}）" if points < 0 else plain(points)


def numbers(sources: tuple[Source, ...]) -> str:
    """The 文号 alone."""
    return "；".join(source.number for source in sources)
