"""When a corrected figure has one certain place in a sentence that somebody polished."""

import pytest

from generator.document.sentence import figures_in_place

# last generated, edited by hand, newly generated → the edited one with its new figures, None: not certain.
CASES = [
    ("支出3557.6万元。", "支出为3557.6万元。", "支出3557.7万元。", "支出为3557.7万元。"),
    ("支出3557.6万元。", "全年支出3557.6万元，", "支出13557.6万元。", "全年支出13557.6万元，"),
    ("占比96.53%，其他", "占比96.53%；其他", "占比96.5%，其他", "占比96.5%；其他"),
    ("收入10.5万元，支出20.5万元", "支出20.5万元，收入10.5万元", "收入11.5万元，支出20.5万元", "支出20.5万元，收入11.5万元"),
    ("收入10.5万元，支出20.5万元", "支出20.5万元，收入10.5万元", "收入11.5万元，支出22.5万元", "支出22.5万元，收入11.5万元"),
    ("退休2人，共31人", "其中退休2人，合计31人", "退休5人，共34人", None),  # a short figure: 共 went
    ("退休2人，共31人", "其中退休2人，总共31人", "退休5人，共34人", "其中退休5人，总共34人"),
    ("支出3557.6万元。", "支出3557.8万元。", "支出3557.7万元。", None),  # retyped
    ("支出3557.6万元。", "支出3557.6元。", "支出3557.7万元。", None),  # another unit
    ("支出3557.6万元。", "支出很多。", "支出3557.7万元。", None),  # taken out
    ("支出355.6万元，预算355.6万元", "支出355.6万元，预算355.6万元整", "支出355.7万元，预算355.6万元", None),
    ("支出355.6万元，预算355.6万元", "支出355.6万元，预算355.6万元整", "支出355.7万元，预算355.7万元", "支出355.7万元，预算355.7万元整"),
    ("支出3557.6万元。", "支出3557.6万元，上年3557.6万元。", "支出3557.7万元。", None),  # twice now
    ("比上年增加12.5万元", "同比增加12.5万元", "比上年减少12.5万元", None),  # more than a figure
    ("比上年增加12.5万元", "同比增加12.5万元", "比上年增加12.5万元（超支）", None),
    ("甲12.5万元", "甲12.5万元整", "甲", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "edited", "new", "expected"), CASES)
def test_figures_in_place(old, edited, new, expected):
    places = figures_in_place(old, edited, new)
    if expected is None:
        assert places is None
        return
    made = edited
    for place in reversed(places):
        assert made[place.start : place.end] == place.old
        made = made[: place.start] + place.new + made[place.end :]
    assert made == expected
