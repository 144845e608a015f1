"""The third sheet: every tie with both sides recalculated, the slack of rounded parts, and the result."""

from __future__ import annotations

from decimal import Decimal

from openpyxl import Workbook

from generator.amounts import Interval
from generator.explanation import numbers
from generator.expression import Node
from generator.form.records import Check
from generator.form.schema import Form
from generator.formula import Value, evaluate
from generator.model import Figures
from generator.notation import words
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.sheet import Column, Sheet

NAME = "勾稽"
_NOTE = (
    "两边都用公式重新计算；按元填写的数没有尾差，按万元填写的数每个可差半个末位，允许尾差由此相加。"
    "有一边空着的不核对。"
)
_COLUMNS = (
    Column("名称", 24),
    Column("左边", 32),
    Column("左边的数", 16, number=True),
    Column("关系", 6),
    Column("右边", 28),
    Column("右边的数", 16, number=True),
    Column("差额", 14, number=True),
    Column("允许尾差", 9, number=True),
    Column("结果", 8),
    Column("依据", 18),
)
_LEFT, _RIGHT, _DIFFERENCE, _SLACK, _RESULT = 3, 6, 7, 8, 9
# 元: what lies beyond is the noise of binary numbers.
_EXACT = 6


def write_ties(book: Workbook, figures: Figures, form: Form, ledger: Ledger) -> None:
    """Write the sheet."""
    sheet = Sheet(book, NAME, _COLUMNS)
    for tie in form.checks:
        _row(sheet, tie, figures, form, ledger)
    sheet.finish("勾稽关系", _NOTE)


def _row(sheet: Sheet, tie: Check, figures: Figures, form: Form, ledger: Ledger) -> None:
    left, right = (_value(node, figures) for node in (tie.left, tie.right))
    known = isinstance(left, Interval) and isinstance(right, Interval)
    slack = _slack(left, right) if isinstance(left, Interval) and isinstance(right, Interval) else None
    relation = "＝" if tie.relation == "=" else "≤"
    sources = numbers(tuple(form.sources[each] for each in tie.source))
    row = sheet.write(
        [tie.name, words(tie.left), None, relation, words(tie.right), None, None, slack, "", sources]
    )
    first, second = (sheet.address(row, column) for column in (_LEFT, _RIGHT))
    for column, node, value in ((_LEFT, tie.left, left), (_RIGHT, tie.right, right)):
        if isinstance(value, Interval) or value is None:
            sheet.formula(row, column, ledger.value(node), "#,##0.00##")
    both = f"AND(ISNUMBER({first}),ISNUMBER({second}))"
    difference = f"ROUND({first}-{second},{_EXACT})"
    sheet.formula(row, _DIFFERENCE, f'IF({both},{difference},"")', "#,##0.00##")
    gap = sheet.address(row, _DIFFERENCE)
    tested = f"ABS({gap})" if tie.relation == "=" else gap
    within = f'IF({tested}<=N({sheet.address(row, _SLACK)}),"通过","未通过")'
    sheet.formula(row, _RESULT, f'IF({both},{within},"未核对")' if known else '"未核对"')


def _value(node: Node, figures: Figures) -> Value:
    return evaluate(node, lambda name: figures.values[name].value)


def _slack(left: Interval, right: Interval) -> Decimal:
    """How far the sides may lie apart and still be the same number, rounded: both halves together."""
    if left.value >= right.value:
        return (left.value - left.low) + (right.high - right.value)
    return (right.value - right.low) + (left.high - left.value)
