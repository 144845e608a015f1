"""The formula language: what it refuses, what it computes, and how it reads in words."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.amounts import Interval
from generator.expression import names
from generator.formula import Underived, evaluate, taken
from generator.notation import to_excel, words
from generator.parsing import FormulaError, is_name, parse

VALUES = {
    "甲": 6,
    "乙": 4,
    "丙": -1,
    "零": 0,
    "空": None,
    "缺": Underived("missing", ("缺",)),
    "口径": "当年",
    "日": "2021-03-15",
    "是": True,
}


def lookup(name):
    value = VALUES[name]
    return Interval.exact(value) if type(value) is int else value


def result(formula):
    value = evaluate(parse(formula), lookup)
    return value.value if isinstance(value, Interval) else value


@pytest.mark.parametrize(
    "formula, expected",
    [
        ("甲 + 乙", 10),
        ("甲 - 乙 - 丙", 3),
        ("甲 * 乙 / 丙", -24),
        ("-(甲 + 乙)", -10),
        ("abs(丙)", 1),
        ("sum(甲, 乙, 丙)", 9),
        ("min(甲, 乙)", 4),
        ("max(甲, 乙, 空)", 6),
        ("甲 + 空", 6),
        ("空 + 空", None),
        ("sum(空, 空)", None),
        ("甲 * 空", None),
        ("空 / 甲", None),
        ("甲 > 乙", True),
        ("甲 == 6 and not 丙 > 0", True),
        ("甲 < 0 or 乙 < 0", False),
        ("空 == 0", True),
        ("甲 if 口径 == '当年' else 乙", 6),
        ("甲 if 口径 != '当年' else 乙", 4),
        ("甲 if 是 else 乙", 6),
        ("0.1 + 0.2", Decimal("0.3")),
        ("甲 + 缺", Underived("missing", ("缺",))),
        ("甲 if 缺 > 1 else 乙", Underived("missing", ("缺",))),
        ("甲 / 零", Underived("zero", ("零",))),
        ("甲 / (乙 + 空 - 乙)", Underived("zero", ("乙", "空"))),
        ("甲 / 空", Underived("zero", ("空",))),
        ("0 if 零 == 0 else 甲 / 零", 0),
        ("有值(甲)", True),
        ("有值(零)", True),
        ("有值(空)", False),
        ("有值(口径)", True),
        ("有值(缺)", Underived("missing", ("缺",))),
        ("not 有值(空)", True),
        ("甲 + 2万元", 20006),
        ("甲 * 50%", 3),
        ("1 if 日 >= '2021-03-01' else 0", 1),
        ("1 if 日 < '2021-03-01' else 0", 0),
    ],
)
def test_evaluation(formula, expected):
    assert result(formula) == expected


@pytest.mark.parametrize(
    "formula",
    ["甲 ** 2", "甲 // 2", "f(甲)", "甲.乙", "甲[0]", "[甲]", "lambda: 甲", "甲 < 乙 < 丙", "True", "sum(x for x in 甲)",
     "abs(甲, 乙)", "sum()", "甲 +", "", "f'{甲}'", "甲 := 1", "__import__('os')", "sum(甲, start=1)", "甲 in 乙"],
)  # fmt: skip
def test_everything_else_is_refused(formula):
    with pytest.raises(FormulaError, match="公式"):
        parse(formula)


@pytest.mark.parametrize(
    "name, good",
    [("财政拨款收入占比", True), ("工资福利支出_基本", True), ("a1", True), ("1a", False), ("甲 乙", False), ("（甲）", False),
     ("sum", False), ("if", False), ("_甲", False), ("Ａ", False), ("", False)],
)  # fmt: skip
def test_names(name, good):
    assert is_name(name) is good


def test_names_in_order_once():
    assert names(parse("乙 + 甲 if 口径 == '当年' else 乙 / 丙")) == ("乙", "甲", "口径", "丙")


def test_the_branch_taken():
    branch, used = taken(parse("甲 if 口径 == '累计' else (乙 if 是 else 丙)"), lookup)
    assert (names(branch), used) == (("乙",), ("口径", "是", "乙"))


@pytest.mark.parametrize(
    "formula, said",
    [
        ("公共财政拨款 / 本年收入", "公共财政拨款 ÷ 本年收入"),
        ("(甲 - 乙) / 乙", "（甲 － 乙） ÷ 乙"),
        ("甲 - (乙 - 丙)", "甲 － （乙 － 丙）"),
        ("甲 / (乙 * 丙)", "甲 ÷ （乙 × 丙）"),
        ("sum(甲, 乙) / 丙", "（甲 ＋ 乙） ÷ 丙"),
        ("abs(甲) / 乙", "|甲| ÷ 乙"),
        ("甲 if 口径 == '当年' else 乙", "甲（口径 ＝ “当年” 时），否则 乙"),
        ("甲 if 有值(乙) else 0", "甲（填了 乙 时），否则 0"),
        ("甲 if not 有值(乙) else 0", "甲（没有填 乙 时），否则 0"),
        ("甲 > 5 万元 and 乙 < 80％", "甲 ＞ 5万元 且 乙 ＜ 80%"),
    ],
)
def test_words(formula, said):
    assert words(parse(formula)) == said


def trees(leaf):
    binary = st.tuples(st.sampled_from("+-*/"), leaf, leaf).map(lambda t: f"({t[1]} {t[0]} {t[2]})")
    return st.one_of(
        binary, leaf.map(lambda f: f"(-{f})"), st.tuples(leaf, leaf).map(lambda t: f"sum({t[0]}, {t[1]})")
    )


FORMULAS = st.recursive(st.sampled_from(["甲", "乙", "丙", "3", "0.5"]), trees, max_leaves=8)


def exact(formula):
    fractions = {name: Fraction(VALUES[name]) for name in "甲乙丙"}
    source = formula.replace("0.5", "F(1, 2)").replace("sum(", "S(")
    source = re.sub(r"\b3\b", "F(3)", source)
    return eval(source, {"F": Fraction, "S": lambda a, b: a + b, **fractions})


@given(FORMULAS)
def test_values_agree_with_exact_fractions(formula):
    try:
        expected = Fraction(exact(formula))
    except ZeroDivisionError:
        assert result(formula).kind == "zero"
        return
    value = result(formula)
    if isinstance(value, Underived):  # a Decimal may reach zero only where the fraction does
        pytest.fail(f"{formula} gave {value}")
    assert abs(Fraction(value) - expected) <= Fraction(1, 10**18) * (1 + abs(expected))


@given(FORMULAS)
def test_words_keep_the_meaning(formula):
    """Read back by a person who knows only precedence and brackets."""
    said = words(parse(formula))
    for sign, operator in (("＋", "+"), ("－", "-"), ("×", "*"), ("÷", "/"), ("（", "("), ("）", ")")):
        said = said.replace(sign, operator)
    first, second = result(formula), result(said)
    if isinstance(first, Underived):
        assert isinstance(second, Underived)
    else:
        assert abs(first - second) <= Decimal("1E-15") * (1 + abs(first))


@pytest.mark.parametrize(
    "formula, excel",
    [
        ("甲 + 乙 / 丙", "(A+(B/C))"),
        ("sum(甲, 乙)", "SUM(A,B)"),
        ("abs(-甲)", "ABS((-A))"),
        ("甲 if 口径 == '当年' else 乙", 'IF((K="当年"),A,B)'),
        ("0 if 甲 == 0 and not 乙 != 1 else 1.5", "IF(AND((A=0),NOT((B<>1))),0,1.5)"),
    ],
)
def test_excel(formula, excel):
    cells = {"甲": "A", "乙": "B", "丙": "C", "口径": "K"}
    assert to_excel(parse(formula), cells.__getitem__) == excel


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("甲 ÷ 乙", "甲 / 乙"),
        ("（甲 ＋ 乙） × 2", "(甲 + 乙) * 2"),
        ("甲 － 乙", "甲 - 乙"),
        ("max（甲，乙）", "max(甲, 乙)"),
        ("甲 < 80％", "甲 < 80%"),
        ("甲 ≥ 1".replace("≥", ">="), "甲 >= 1"),
        ('1 if 丙 == "达到80%" else 0', '1 if 丙 == "达到80%" else 0'),
        ('1 if 丙 == "（甲）÷乙" else 0', '1 if 丙 == "（甲）÷乙" else 0'),
    ],
)
def test_the_signs_of_a_chinese_keyboard_mean_what_they_look_like(typed, meant):
    assert parse(typed) == parse(meant)
    assert '"（甲）÷乙"' not in typed or "（甲）÷乙" in words(parse(typed))
    assert "达到80%" not in typed or "达到80%" in words(parse(typed))


@pytest.mark.parametrize("formula", ["1e99 + 甲", "甲 * 1e-30", "1e999999999"])
def test_numbers_out_of_all_measure_are_refused_at_once(formula):
    with pytest.raises(FormulaError, match="公式里的数太大或太小"):
        parse(formula)


@pytest.mark.parametrize("formula", ["(" * 10_000 + "甲", "+".join(["甲"] * 5_000), "甲 @@ " * 1_000])
def test_formulas_out_of_all_measure_are_refused_in_few_words(formula):
    with pytest.raises(FormulaError) as error:
        parse(formula)
    assert len(str(error.value)) < 200
