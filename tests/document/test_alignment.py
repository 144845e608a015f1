"""Which items of one sequence are which of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.alignment import ANY, align

# old, new, slots → pairs
CASES = [
    ("equal ones first", ["甲", "乙", "丙"], ["甲", "丙"], 0, {0: 0, 2: 1}),
    ("alike", ["本年收入100万元", "其他"], ["本年收入200万元", "其他"], 0, {0: 0, 1: 1}),
    ("not alike", ["本年收入", "其他"], ["完全不同的话", "其他"], 0, {1: 1}),
    ("not alike, but the only one in its place", ["甲", "其他"], ["乙", "其他"], 1, {0: 0, 1: 1}),
    ("two in two places", ["甲", "乙", "其他"], ["丙", "丁", "其他"], 1, {2: 2}),
    ("any number in their places", ["甲", "乙", "其他"], ["丙", "丁", "其他"], ANY, {0: 0, 1: 1, 2: 2}),
    ("added to", ["一、收入"], ["前言", "一、收入情况说明"], 0, {0: 1}),
    ("rows by their cells", ["综合得分\n99分", "甲"], ["另一种说法\n99分", "又加一行", "甲"], 0, {0: 0, 1: 2}),
    ("moved", ["这一段话移到后面去", "甲甲", "乙乙"], ["甲甲", "乙乙", "这一段话移到后面去"], 0, {0: 2, 1: 0, 2: 1}),
    ("short ones are not taken for moved", ["短", "甲甲", "乙乙"], ["甲甲", "乙乙", "短"], 0, {1: 0, 2: 1}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "slots", "pairs"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_align(old, new, slots, pairs):
    assert align(old, new, lambda i, j: True, slots) == pairs


def test_things_of_different_kinds_are_never_paired():
    assert align(["甲乙丙", "丁"], ["甲乙丙", "丁"], lambda i, j: i != 0, ANY) == {1: 1}


texts = st.lists(st.sampled_from(["", "甲", "乙", "收入100", "收入200", "一段较长的文字内容"]), max_size=8)


@given(texts, texts, st.sampled_from([0, 1, ANY]))
def test_every_item_is_paired_at_most_once_and_equal_sequences_wholly(old, new, slots):
    pairs = align(old, new, lambda i, j: True, slots)
    assert len(set(pairs.values())) == len(pairs)
    assert align(old, old, lambda i, j: True, slots) == {n: n for n in range(len(old))}
