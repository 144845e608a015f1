"""The summary of many units: a row each with figures and scores, totals, ranking, chart, lost points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.utils import get_column_letter

from generator.unit_result import UnitResult, UnitScore
from generator.workbook.stable import to_stable_bytes
from generator.workbook.workpaper.sheet import Column, Sheet

_STATUS = {"done": "已生成", "up-to-date": "没有变化", "failed": "有错误", "missing": "未完成"}
_FIRST = (
    Column("序号", 6, number=True),
    Column("单位名称", 26),
    Column("年度", 7),
    Column("状态", 9),
    Column("错误", 6, number=True),
    Column("警告", 6, number=True),
    Column("综合得分", 9, number=True),
    Column("排名", 6, number=True),
    Column("等次", 7),
)
_TOTAL, _RANK = 7, 8
_NAMES = 2
_TITLE_LIMIT = 31  # characters of a sheet's name
_CHARTED = 60  # units that a chart shows readably


def summary(results: Sequence[UnitResult]) -> bytes:
    """The file: units of one form on one sheet, then lost points by indicator, then all problems."""
    book = Workbook()
    book.remove(book.worksheets[0])
    by_form: dict[str, list[UnitResult]] = {}
    for each in results:
        by_form.setdefault(each.form, []).append(each)
    unread = by_form.pop("", [])
    many = len(by_form) > 1
    for number, (form, units) in enumerate(by_form.items()):
        # Units of which nothing could be read stand with the first form.
        rows = units + unread if number == 0 else units
        _units(book, f"汇总 {form}"[:_TITLE_LIMIT] if many else "汇总", rows)
        _lost(book, f"失分 {form}"[:_TITLE_LIMIT] if many else "失分", units)
    if not by_form:
        _units(book, "汇总", unread)
    _problems(book, results)
    return to_stable_bytes(book)


def _units(book: Workbook, name: str, units: Sequence[UnitResult]) -> None:
    figures = list(dict.fromkeys(figure for each in units for figure in each.figures))
    indicators = list(dict.fromkeys(_of(score) for each in units for score in each.scores))
    columns = [*_FIRST, *(Column(figure, 13, number=True) for figure in figures)]
    columns += [Column(f"{level3}（{level2}）", 10, number=True) for level2, level3 in indicators]
    sheet = Sheet(book, name, [*columns, Column("工作簿", 40)])
    first = sheet.row
    for number, each in enumerate(units, 1):
        scores: dict[tuple[str, str], Decimal] = {}
        for score in each.scores:
            scores[_of(score)] = scores.get(_of(score), Decimal(0)) + score.score
        row = sheet.write(
            [
                number,
                each.unit,
                each.year,
                _STATUS[each.status],
                each.errors,
                each.warnings,
                each.total,
                None,
                each.grade,
                *(_number(each.figures.get(figure, "")) for figure in figures),
                *(scores.get(indicator) for indicator in indicators),
                each.path,
            ]
        )
        if each.total is not None:
            area = f"${_letter(_TOTAL)}${first}:${_letter(_TOTAL)}${first + len(units) - 1}"
            sheet.formula(row, _RANK, f"RANK({sheet.address(row, _TOTAL)},{area})", "0")
    last = sheet.row - 1
    _totals(sheet, first, last, len(_FIRST), len(columns))
    sheet.page.row_dimensions[sheet.HEADER].height = 60
    _chart(sheet, first, last)
    sheet.finish(
        "批量汇总", f"共 {len(units)} 个单位；“合计”和“平均”由公式计算，得分的合计没有意义，只列平均。"
    )
    sheet.page.freeze_panes = sheet.page.cell(first, _NAMES + 1)


def _totals(sheet: Sheet, first: int, last: int, fixed: int, width: int) -> None:
    """The sum of every figure, and the mean of figures and scores."""
    for title, function in (("合计", "SUM"), ("平均", "AVERAGE")):
        row = sheet.write([None, title, *[None] * (width - 1)], bold=True)
        for column in (_TOTAL, *range(fixed + 1, width + 1)):
            area = f"{sheet.address(first, column)}:{sheet.address(last, column)}"
            if function == "SUM" and column == _TOTAL:
                continue
            formula = f'IF(COUNT({area})=0,"",ROUND({function}({area}),2))'
            sheet.formula(row, column, formula, "0.##")


def _chart(sheet: Sheet, first: int, last: int) -> None:
    """The total of every unit."""
    last = min(last, first + _CHARTED - 1)
    chart = BarChart()
    chart.type, chart.title, chart.legend = "col", "各单位综合得分", None
    chart.add_data(Reference(sheet.page, min_col=_TOTAL, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet.page, min_col=_NAMES, min_row=first, max_row=last))
    chart.width, chart.height = 26, 9
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.page.add_chart(chart, f"B{sheet.row + 3}")


_LOST = (
    Column("一级指标", 10),
    Column("二级指标", 12),
    Column("三级指标", 30),
    Column("单位数", 8, number=True),
    Column("失分单位数", 10, number=True),
    Column("分值合计", 10, number=True),
    Column("失分合计", 10, number=True),
    Column("失分率", 9, number=True),
    Column("失分的单位和原因", 70),
)
_SHOWN = 20  # units that are named with their reasons


def _lost(book: Workbook, name: str, units: Sequence[UnitResult]) -> None:
    """By indicator, the one that lost most first."""
    sheet = Sheet(book, name, _LOST)
    lines: dict[tuple[str, str], list[tuple[UnitResult, UnitScore]]] = {}
    for each in units:
        for score in each.scores:
            lines.setdefault(_of(score), []).append((each, score))
    for members in sorted(lines.values(), key=lambda each: -_sum(score.lost for _, score in each)):
        lost = [(each, score) for each, score in members if score.lost > 0]
        reasons = [f"{each.unit}：{score.reason}" for each, score in lost[:_SHOWN]]
        if len(lost) > _SHOWN:
            reasons.append(f"……等 {_units_in(lost)} 个单位")
        head = members[0][1]
        level3 = _OWN if head.own else head.level3
        whole, gone = _sum(score.part for _, score in members), _sum(score.lost for _, score in members)
        counts = (_units_in(members), _units_in(lost), whole, gone, None)
        row = sheet.write([head.level1, head.level2, level3, *counts, "\n".join(reasons)])
        points, missing = sheet.address(row, 6), sheet.address(row, 7)
        sheet.formula(row, 8, f"IF({points}=0,0,{missing}/{points})", "0.0%")
    sheet.finish("各项指标失分", "失分从多到少；失分率＝失分合计 ÷ 分值合计。")


def _problems(book: Workbook, results: Sequence[UnitResult]) -> None:
    sheet = Sheet(book, "问题", (Column("单位名称", 26), Column("工作簿", 40), Column("问题", 100)))
    for each in results:
        for problem in each.problems:
            sheet.write([each.unit, each.path, problem])
    sheet.finish("错误和警告", "每个单位的错误和警告，一行一个；有错误的单位没有生成报告。")


# What the rows that units add themselves are called together.
_OWN = "单位自己设定的指标"


def _of(score: UnitScore) -> tuple[str, str]:
    """What the scores of many units have in common: an indicator, or of their own ones the level above."""
    return (score.level1, score.level2) if score.own else (score.level2, score.level3)


def _units_in(members: Sequence[tuple[UnitResult, UnitScore]]) -> int:
    return len({each.path for each, _ in members})


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text.rstrip("%"))
    except InvalidOperation:
        return text


def _letter(column: int) -> str:
    return get_column_letter(column)
