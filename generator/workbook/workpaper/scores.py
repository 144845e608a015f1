"""The last sheet: the score recalculated row by row, its total and grade, and a chart by first level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from generator.amounts import Interval
from generator.explanation import ExplainedScore, numbers
from generator.form.indicators import Indicator
from generator.form.records import score_name
from generator.form.rule_types import Judged
from generator.form.schema import Form
from generator.model import FigureRow, Report
from generator.workbook import style
from generator.workbook.workpaper.ledger import Ledger
from generator.workbook.workpaper.raw import score_keys
from generator.workbook.workpaper.rule_formulas import grade_formula, indicator_formula, score_formula
from generator.workbook.workpaper.sheet import Column, Sheet
from generator.workbook.workpaper.steps import AGAIN, AGREES, POINTS, SAID, write_steps

NAME = "评分"
_NOTE = "“重新计算”按评分办法用公式从原始数据算出，应与“报告得分”相符；由单位打分的，引用所填的得分。"
_COLUMNS = (
    Column("一级指标", 8),
    Column("二级指标", 10),
    Column("三级指标", 18),
    Column("计分办法", 34),
    Column("计分数据", 22),
    Column("填写得分", 6, number=True),
    Column("分值", 6, number=True),
    Column("重新计算", 6, number=True),
    Column("报告得分", 6, number=True),
    Column("核对", 6),
    Column("扣分", 6, number=True),
    Column("得分原因", 26),
    Column("依据", 20),
)
_LEVEL1, _TYPED, _LOST = 1, 6, 11
_CHART_WIDTH, _CHART_HEIGHT = 16, 8  # centimetres


def write_scores(
    book: Workbook, report: Report, form: Form, scores: Sequence[ExplainedScore], ledger: Ledger
) -> None:
    """Write the sheet."""
    sheet = Sheet(book, NAME, _COLUMNS)
    official = {each.name: each for each in form.indicators}
    typed = {row[form.scores.score].at: row for row in report.figures.rows.get(form.scores.table, ())
             if form.scores.score in row}  # fmt: skip
    first = sheet.row
    rows = [score.row for score in scores]
    for at, row in enumerate(rows, first):
        if not row.own:
            ledger.put(score_name(row.indicator), "", NAME, sheet.address(at, AGAIN))
    for score, key in zip(scores, score_keys(rows), strict=True):
        number = _typed(typed.get(score.row.at), form)
        indicator = None if score.row.own else official[score.row.indicator]
        _row(sheet, score, number, partial(_formula, indicator, form, ledger, key))
    last = sheet.row - 1
    if scores:
        steps = write_steps(sheet, [(row, first + n) for n, row in enumerate(rows)], report, form, ledger)
        _total(sheet, report, form, (first, last), steps, ledger)
        _levels(sheet, report, first, last)
    sheet.finish("综合得分", _NOTE)


def _typed(row: FigureRow | None, form: Form) -> Decimal | None:
    figure = row.get(form.scores.score) if row is not None else None
    return figure.value.value if figure is not None and isinstance(figure.value, Interval) else None


def _formula(indicator: Indicator | None, form: Form, ledger: Ledger, key: str, part: str, typed: str) -> str:
    if indicator is not None:
        return indicator_formula(indicator, part, ledger, typed)
    return score_formula(form.own.rule if form.own else Judged(), part, ledger, typed, key)


# The formula of a row's points, given the cells of its points and of the score that the unit typed.
_Formula = Callable[[str, str], str]


def _row(sheet: Sheet, score: ExplainedScore, typed: Decimal | None, formula: _Formula) -> None:
    row = score.row
    number = sheet.write(
        [row.level1, row.level2, row.level3, score.rule, _data(score), typed, None, None,
         None if row.pending else row.score, "", None, score.reason, numbers(score.sources)]
    )  # fmt: skip
    part = sheet.address(number, POINTS)
    sheet.formula(number, POINTS, f"{row.part:f}", "0.##")
    if row.pending:
        return
    points = formula(part, sheet.address(number, _TYPED))
    sheet.formula(number, AGAIN, f"ROUND({points},2)", "0.##")
    again = sheet.address(number, AGAIN)
    sheet.formula(number, AGREES, sheet.agree(number, AGAIN, SAID))
    if row.effect in ("malus", "both"):
        sheet.formula(number, _LOST, f"MAX(0,ROUND(-{again},2))", "0.##")
    elif row.effect or row.excluded:
        sheet.page.cell(number, _LOST).value = row.lost
    else:
        sheet.formula(number, _LOST, f"ROUND({part}-{again},2)", "0.##")


def _data(score: ExplainedScore) -> str:
    data = [f"{each.name} ＝ {each.text}{each.unit}" for each in score.data]
    if score.by_hand and score.row.at:
        data.append(f"自评得分（{score.row.at}）")
    return "\n".join(data)


def _total(
    sheet: Sheet,
    report: Report,
    form: Form,
    lines: tuple[int, int],
    steps: Sequence[int],
    ledger: Ledger,
) -> None:
    """Sum and grade; ``steps`` are the rows of what changes the sum, below the ``lines`` of the scores."""
    card, (first, last) = report.scorecard, lines
    said = None if card.pending else card.total
    row = sheet.write(["合计", "", "", "", "", None, None, None, said, "", None, "", ""], bold=True)
    for column in (POINTS, AGAIN, _LOST):
        area = f"{sheet.address(first, column)}:{sheet.address(last, column)}"
        if column == AGAIN and steps:
            area += f",{sheet.address(steps[0], column)}:{sheet.address(steps[-1], column)}"
        outside = [first + n for n, each in enumerate(card.rows) if each.effect] if column == POINTS else []
        less = "".join(f"-{sheet.address(each, column)}" for each in outside)
        sheet.formula(row, column, f"ROUND(SUM({area}){less},2)", "0.##")
    again = sheet.address(row, AGAIN)
    if not card.pending:
        sheet.formula(row, AGREES, sheet.agree(row, AGAIN, SAID))
    told = "；".join(f"{limit.name}：{limit.reason}" for limit in card.limits)
    grade = sheet.write(["等次", "", "", "", "", None, None, None, None, "", None, told, ""], bold=True)
    if not card.pending:
        grades = [(each.name, each.at_least) for each in form.grades]
        limits = [
            (ledger.number(cap.when) if cap.when is not None else "TRUE", cap.grade_at_most)
            for cap in form.caps
            if cap.grade_at_most
        ]
        sheet.formula(grade, AGAIN, grade_formula(again, grades, limits))
        sheet.page.cell(grade, SAID).value = card.grade
        sheet.formula(grade, AGREES, sheet.agree(grade, AGAIN, SAID))


def _levels(sheet: Sheet, report: Report, first: int, last: int) -> None:
    """Points by first level, live, and a chart of them."""
    sheet.row += 1
    head = sheet.row
    for column, text in ((_LEVEL1, "一级指标"), (2, "分值"), (3, "得分")):
        style.label(sheet.page.cell(head, column, text), centred=True)
    names = f"$A${first}:$A${last}"
    for name in dict.fromkeys(row.level1 for row in report.scorecard.rows):
        sheet.row += 1
        style.aside(sheet.page.cell(sheet.row, _LEVEL1, name))
        for column, source in ((2, POINTS), (3, AGAIN)):
            area = f"{sheet.address(first, source)}:{sheet.address(last, source)}"
            formula = f"ROUND(SUMIF({names},$A${sheet.row},{area}),2)"
            sheet.formula(sheet.row, column, formula, "0.##")
    end = sheet.row
    chart = BarChart()
    chart.type, chart.grouping, chart.title = "col", "clustered", "各一级指标的分值和得分"
    chart.add_data(
        Reference(sheet.page, min_col=2, max_col=3, min_row=head, max_row=end), titles_from_data=True
    )
    chart.set_categories(Reference(sheet.page, min_col=1, min_row=head + 1, max_row=end))
    chart.width, chart.height = _CHART_WIDTH, _CHART_HEIGHT
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "0"
    sheet.page.add_chart(chart, f"D{head}")
    # The chart lies over empty rows; what follows begins below it.
    sheet.row = max(end, head + 20) + 1
