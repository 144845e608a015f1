"""Arithmetic that a sentence states itself: lists with a total, rates of two numbers, increases with their
rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import HALF, Interval, plain, round_half_up
from generator.patterns import lazy

_UNIT = (
    r"(?:万元|亿元|万件|万条|万人|万次|亿人次|人次|公里|平方米|"
    r"[元项个人户件家名份次条台所处期篇辆座亩吨张套间批场])"
)
_ITEM = lazy(rf"(?<![\d.])(\d+(?:\.\d+)?)({_UNIT})")
_TOTAL = lazy(
    rf"[，,、]?(?:共计|合计|总计|总共|一共)[^\d，,。；;]{{0,6}}?(?P<number>\d+(?:\.\d+)?)(?P<unit>{_UNIT})"
)
# A total is meant for the items before it when they nearly add up.
_NEARLY = Decimal("0.05")
_RATE = lazy(r"(?P<stem>[\u4e00-\u9fff]{2})率(?:为|是|达到|达)?(?P<rate>\d+(?:\.\d+)?)[%％]")
_NEAR_POINTS = Decimal(5)
_MORE, _LESS = "增加|增长|上升|提高", "减少|下降|降低|压减"
_INCREASE = lazy(
    rf"(?P<now>\d+(?:\.\d+)?)(?P<unit>{_UNIT})[，,]?(?:同比|(?:比|较)(?:上年|去年|上一年|上年同期|去年同期))"
    rf"(?P<way>{_MORE}|{_LESS})了?(?P<by>\d+(?:\.\d+)?)(?P<same>{_UNIT})[，,]?"
    rf"(?P<rates>{_MORE}|{_LESS}|增幅|降幅)(?:为|达)?了?(?P<rate>\d+(?:\.\d+)?)[%％]"
)
_ROUNDED = ("万元", "亿元")

Wrong = tuple[str, str, str]  # code, phrase, right figure


def totals(sentence: str) -> Iterator[Wrong]:
    """``审计12个，调查23个，评估31个，共计67个``: a list whose total does not come out."""
    match = _TOTAL.search(sentence)
    if match is None or "其中" in sentence[: match.start()]:
        return
    items = [
        (Decimal(each[1]), each)
        for each in _ITEM.finditer(sentence[: match.start()])
        if each[2] == match["unit"]
    ]
    stated = Decimal(match["number"])
    total = sum((number for number, _ in items), Decimal(0))
    slack = HALF.scaleb(-2) * (len(items) + 1) if match["unit"] in _ROUNDED else Decimal(0)
    if len(items) > 1 and slack < abs(total - stated) <= stated * _NEARLY:
        yield (
            "text.wrong-total",
            sentence[items[0][1].start() : match.end()].strip(),
            f"{plain(total)}{match['unit']}",
        )


def rates(sentence: str) -> Iterator[Wrong]:
    """``问题387个，已整改371个，整改率98%``: the part is named by the rate's own word."""
    for match in _RATE.finditer(sentence):
        before = list(_ITEM.finditer(sentence[: match.start()]))[-2:]
        if len(before) < 2 or before[0][2] != before[1][2]:
            continue
        whole, part = Decimal(before[0][1]), Decimal(before[1][1])
        between = sentence[before[0].end() : match.start()]
        if match["stem"] not in between or not 0 < part <= whole:
            continue
        yield from _unless_right(
            part / whole * 100, match["rate"], sentence[before[0].start() : match.end()], near=True
        )


def increases(paragraph: str) -> Iterator[Wrong]:
    """``66个，较上年增加6个，增长20%``: the rate follows from the two numbers."""
    for match in _INCREASE.finditer(paragraph):
        now, by = Decimal(match["now"]), Decimal(match["by"])
        grows = match["way"] in _MORE
        base = now - by if grows else now + by
        if match["unit"] != match["same"] or base <= 0 or (match["rates"] in (_MORE + "增幅")) != grows:
            continue
        yield from _unless_right(by / base * 100, match["rate"], match[0], near=False)


def _unless_right(right: Decimal, stated: str, phrase: str, near: bool) -> Iterator[Wrong]:
    places = len(stated.partition(".")[2])
    said = Decimal(stated)
    if Interval.rounded(said, HALF.scaleb(-places) + HALF.scaleb(-3)).meets(Interval.exact(right)):
        return
    # One that is cut off instead of rounded is no wrong number.
    if near and abs(right - said) > _NEAR_POINTS:
        return
    yield "text.wrong-rate", phrase.strip(), f"{plain(round_half_up(right, max(places, 2)))}%"
