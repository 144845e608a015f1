"""From the scores to the total: bounds on groups, rescaling, bounds on the total."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import FORM

from generator.amounts import Interval, plain
from generator.form.indicators import Cap
from generator.formula import Underived
from generator.model import Figure, Score
from generator.parsing import parse
from generator.rules.total import settle

D = Decimal


def row(name, part, score, effect="", excluded=False):
    return Score(name, "", "", name, "", D(part), name, D(score), D(part), effect=effect, excluded=excluded)


def cap(name, most=None, least=None, when=None, indicators=()):
    bounds = [None if each is None else D(each) for each in (most, least)]
    return Cap(name, (), *bounds, when=parse(when) if when else None, indicators=indicators)


def total(rows, *caps, full="100", **values):
    figures = {name: Figure(name, Interval.exact(D(value)), value) for name, value in values.items()}
    made, steps = settle(rows, D(full), figures, replace(FORM, caps=caps))
    return plain(made), [(s.name, plain(s.points), s.reason) for s in steps]


PLAIN = (row("甲", 60, 55), row("乙", 40, 38))
EXTRA = (row("丙", 3, 3, "bonus"), row("丁", 4, 2, "bonus"))
MALUS = (row("戊", 10, -4, "malus"), row("己", 10, -8, "malus"))
LOW = cap("执行率低于80%的总分封顶", 90, when="执行率 < 0.8")

CASES = [
    ("nothing to change", PLAIN, (), {}, "93", []),
    ("a bonus adds", (*PLAIN, *EXTRA), (), {}, "98", []),
    ("a malus takes away", (*PLAIN, *MALUS), (), {}, "81", []),
    (
        "a group of bonuses has a bound",
        (*PLAIN, *EXTRA),
        (cap("加分合计", 4, indicators=("丙", "丁")),),
        {},
        "97",
        [("加分合计", "-1", "合计5分，最高计4分")],
    ),
    (
        "a group of losses has a bound",
        (*PLAIN, *MALUS),
        (cap("扣分合计", least=-10, indicators=("戊", "己")),),
        {},
        "83",
        [("扣分合计", "2", "合计-12分，最低计-10分")],
    ),
    (
        "a group of ordinary indicators has a bound",
        PLAIN,
        (cap("甲乙合计", 90, indicators=("甲", "乙")),),
        {},
        "90",
        [("甲乙合计", "-3", "合计93分，最高计90分")],
    ),
    (
        "the total has a bound",
        (row("甲", 100, 99), *EXTRA),
        (cap("总分不超过满分", 100),),
        {},
        "100",
        [("总分不超过满分", "-4", "综合得分104分，最高计100分")],
    ),
    ("a condition that does not hold", PLAIN, (LOW,), {"执行率": "0.8"}, "93", []),
    (
        "a condition that holds",
        PLAIN,
        (LOW,),
        {"执行率": "0.7999"},
        "90",
        [("执行率低于80%的总分封顶", "-3", "综合得分93分，最高计90分")],
    ),
    ("a bound that is not reached", (row("甲", 100, 89),), (LOW,), {"执行率": "0.1"}, "89", []),
    (
        "what does not apply is left out",
        (row("甲", 60, 55), row("乙", 36, 33), row("丙", 4, 0, excluded=True)),
        (),
        {},
        "91.67",
        [("不适用指标折算", "3.67", "不适用的指标4分不计，其余指标96分折算为100分：88×100÷96＝91.67分")],
    ),
    (
        "all that applies is full",
        (row("甲", 96, 96), row("丙", 4, 0, excluded=True)),
        (),
        {},
        "100",
        [("不适用指标折算", "4", "不适用的指标4分不计，其余指标96分折算为100分：96×100÷96＝100分")],
    ),
    ("nothing applies", (row("丙", 100, 0, excluded=True),), (), {}, "0", []),
    (
        "bonuses are not rescaled, and bounds come last",
        (row("甲", 50, 45), row("乙", 50, 0, excluded=True), *EXTRA),
        (cap("加分合计", 4, indicators=("丙", "丁")), cap("总分上限", 92)),
        {},
        "92",
        [
            ("加分合计", "-1", "合计5分，最高计4分"),
            ("不适用指标折算", "45", "不适用的指标50分不计，其余指标50分折算为100分：45×100÷50＝90分"),
            ("总分上限", "-2", "综合得分94分，最高计92分"),
        ],
    ),
    (
        "no less than nothing",
        (row("甲", 100, 5), *MALUS),
        (),
        {},
        "0",
        [("综合得分最低为0分", "7", "综合得分-7分，最低计0分")],
    ),
]


@pytest.mark.parametrize(
    "rows, caps, values, expected, steps", [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_total(rows, caps, values, expected, steps):
    assert total(rows, *caps, **values) == (expected, steps)


def test_a_condition_that_cannot_be_told_does_not_hold():
    figures = {"执行率": Figure("执行率", Underived("zero", ("预算",)), "")}
    made, steps = settle(PLAIN, D(100), figures, replace(FORM, caps=(LOW,)))
    assert (made, steps) == (93, ())


POINTS = st.decimals(min_value=0, max_value=50, places=2)


@given(
    st.lists(st.tuples(POINTS, st.booleans()), min_size=1, max_size=6), st.lists(POINTS, max_size=3), POINTS
)
def test_the_steps_always_explain_the_total(parts, losses, most):
    rows = [row(f"甲{n}", 50, 0 if gone else p, excluded=gone) for n, (p, gone) in enumerate(parts)]
    rows += [row(f"乙{n}", 50, -p, "malus") for n, p in enumerate(losses)]
    caps = (cap("扣分", least=-30, indicators=tuple(f"乙{n}" for n in range(len(losses)))), cap("总分", most))
    made, steps = settle(rows, D(50 * len(parts)), {}, replace(FORM, caps=caps))
    assert made == sum((r.score for r in rows), D(0)) + sum((s.points for s in steps), D(0))
    assert 0 <= made <= most
    assert all(s.points for s in steps)
