"""The numbers of an official wording held against those of its rule."""

from decimal import Decimal

import pytest
from samples import FORMS
from variants import variant

from generator.form import load
from generator.form.stated import mismatches
from generator.form.wording import chinese, read_numbers

D = Decimal
HUNAN = FORMS["hunan-department-2018"]

TEXTS = [
    ("每超过一个百分点扣0.5分，扣完为止。", {"percent": ["0.01"], "points": ["0.5"]}),
    ("0-10%（含），计6分；大于３０％不得分", {"percent": ["0", "0.1", "0.3"], "points": ["6"]}),
    ("每一处扣1分；有五处及以上的不得分", {"points": ["1"], "count": ["1", "5"]}),
    ("5个工作日以内，超过3天扣2分", {"count": ["5", "3"], "points": ["2"]}),
    ("好的计8—10分，差的计百分之十五", {"points": ["8", "10"], "percent": ["0.15"]}),
    ("岳发〔2015〕11号附件2第一大项（2020年6月底前）", {}),
    ("此三项指标是共性要素；以上情况", {}),
    ("《2019年预算》第3条，速查7，A×0.1", {}),
]


@pytest.mark.parametrize("text, numbers", TEXTS)
def test_numbers_of_a_wording(text, numbers):
    found = {kind: sorted(each) for kind, each in read_numbers(text).items()}
    assert found == {kind: sorted(map(D, each)) for kind, each in numbers.items()}


@pytest.mark.parametrize(
    "text, number", [("三", 3), ("十", 10), ("十五", 15), ("二十", 20), ("一百", 100), ("两", 2)]
)
def test_chinese_numerals(text, number):
    assert chinese(text) == number


@pytest.mark.parametrize("name", sorted(FORMS))
def test_our_forms_say_what_their_rules_say(name):
    assert list(mismatches(FORMS[name])) == []


CHANGES = [
    ("base = 1.00, deduct = 0.5", "base = 1.00, deduct = 0.6", "在职人员控制率", ("0.6分",), ("0.5分",)),
    (
        "base = 1.00, deduct = 2, step = 0.05",
        "base = 1.00, deduct = 2, step = 0.5",
        "预算完成率",
        ("50%",),
        ("5%",),
    ),
    (
        '{ range = "(0%, 10%]", points = 6 }',
        '{ range = "(0%, 10%]", points = 5.5 }',
        "预算控制率",
        ("5.5分",),
        ("6分",),
    ),
    ("每超出1%扣1分", "每超出2%扣1分", "公用经费控制率", (), ("2%",)),
    ("每出现一例不符合要求的扣1分", "每出现一例不符合要求的扣0.5分", "资金使用合规性", ("1分",), ("0.5分",)),
]


@pytest.mark.parametrize("old, new, name, rule, standard", CHANGES)
def test_a_changed_number_is_found(tmp_path, old, new, name, rule, standard):
    form = load(variant(tmp_path, ("indicators.toml", old, new), source=HUNAN.folder))
    [found] = mismatches(form)
    assert (found.name, found.rule, found.standard) == (name, rule, standard)
