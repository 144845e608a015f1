"""Made data for a form: its blank workbook filled with the samples of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from generator.amounts import Interval, plain
from generator.form import Form
from generator.form.records import Field, Sheet, Table
from generator.formula import Underived
from generator.model import NO_RATIO, Adjustment, Figure, Report
from generator.package import parts_of
from generator.workbook.blank import blank
from generator.workbook.grid import Address, Cell, Grid
from generator.workbook.labels import Layout, locate
from generator.workbook.open import Grids, grids_of
from generator.workbook.parts import normal_name

# So many rows a table has when everything is filled in.
_ROWS = 3
# More rows say nothing more, whatever a table demands.
_MOST_ROWS = 20
_MADE: Mapping[str, str] = {
    "text": "样例",
    "long-text": "样例第一行。\n样例第二行。",
    "yes-no": "是",
    "date": "2021-03-31",
    "number-or-text": "1",
}


def empty(form: Form) -> Grids:
    """The form's workbook to fill in."""
    parts = parts_of(BytesIO(blank(form, form.year)))
    return grids_of({normal_name(name): data for name, data in parts.items()})


def filled(form: Form, grids: Grids, everything: bool) -> dict[str, Grid]:
    """The blank workbook with every cell filled in, or only with what is required.

    In the second case choices are the last ones, so that conditions go both ways.
    """
    made = {sheet.name: _fill(form, sheet, grids[sheet.name], everything) for sheet in form.sheets}
    return {**grids, **made}


def _fill(form: Form, sheet: Sheet, grid: Grid, everything: bool) -> Grid:
    layout, _ = locate(sheet, grid)
    cells = dict(grid.cells)
    singles = form.fields()
    for name, address in layout.fields.items():
        if everything or singles[name].required:
            cells.setdefault(address, Cell(_single(singles[name], everything)))
    for table in sheet.tables:
        columns = layout.columns.get(table.name, {})
        if table.name == form.scores.table:
            cells |= _scores(form, table, columns, layout, cells, everything)
            continue
        least = min(table.min_rows, _MOST_ROWS)
        for number in range(max(_ROWS, least) if everything else least):
            row = _row(form, table, number, everything)
            at = layout.rows[table.name].start + number
            cells |= {(at, columns[name]): Cell(text) for name, text in row.items() if name in columns}
    return replace(grid, cells=cells)


def _single(field: Field, everything: bool) -> str:
    options = field.choices or (("是", "否") if field.type == "yes-no" else ())
    return options[-1] if options and not everything else _sample(field)


def _sample(field: Field) -> str:
    """The field's own sample, or something of its type."""
    if field.sample:
        return field.sample
    if field.choices:
        return field.choices[0]
    return _MADE.get(field.type) or _number(field)


def _number(field: Field) -> str:
    number = Decimal("0.5") if field.type == "percent" else Decimal(1)
    number = max(number, field.min) if field.min is not None else number
    number = min(number, field.max) if field.max is not None else number
    return f"{plain(number * 100)}%" if field.type == "percent" else plain(number)


def _row(form: Form, table: Table, number: int, everything: bool) -> dict[str, str]:
    """A row of a table: the first two of the first group, the others of the last."""
    row = {}
    for column in table.columns:
        # A fact has a value or a formula, never both.
        formula = table.name == form.facts.table and column.name == form.facts.formula
        if (everything or column.required) and not formula:
            row[column.name] = _different(column, number, column.name in table.key)
    if table.groups:
        row |= zip(table.group_by, table.groups[0 if number < _ROWS - 1 else -1], strict=True)
    return row


def _different(column: Field, number: int, key: bool) -> str:
    if column.choices:
        return column.choices[number % len(column.choices)]
    text = _sample(column)
    return f"{text}{number + 1}" if key and number and column.type == "text" else text


def _scores(
    form: Form,
    table: Table,
    columns: Mapping[str, int],
    layout: Layout,
    cells: Mapping[Address, Cell],
    everything: bool,
) -> dict[Address, Cell]:
    """Scores for the rows of the blank workbook; one of which only the group stands there gets a name."""
    names = form.scores
    made: dict[Address, Cell] = {}
    level2 = ""
    for at in layout.rows.get(table.name, ()):
        texts = {name: str(cells[at, place].value) for name, place in columns.items() if (at, place) in cells}
        if texts:
            level2 = texts.get(names.level2, level2)
            row = _score_row(form, table, at, {**texts, names.level2: level2}, everything)
            missing = {name: text for name, text in row.items() if name not in texts and name in columns}
            made |= {(at, columns[name]): Cell(text) for name, text in missing.items()}
    return made


def _score_row(
    form: Form, table: Table, at: int, texts: Mapping[str, str], everything: bool
) -> dict[str, str]:
    """What a row of the scoring table may want; a row of the unit's own has no name and no points yet."""
    names = form.scores
    key = texts[names.level2], texts.get(names.level3)
    points = next((plain(each.points) for each in form.indicators if (each.level2, each.level3) == key), "1")
    row = {names.score: points}
    if names.level3 not in texts:
        row |= {names.level3: f"样例指标{at}", names.standard: "样例标准", names.points: points}
    given = {names.level1, names.level2, names.level3, names.standard, names.points}
    for column in table.columns:
        if column.name not in given and (everything or column.required):
            row.setdefault(column.name, _different(column, at, key=False))
    return row


def settled(report: Report, everything: bool) -> Report:
    """The report as if every row had its score and every figure could be derived.

    A report that is printed is always such; made data need not add up to one. With ``everything`` something
    changes the total, too.
    """
    card = report.scorecard
    rows = tuple(replace(row, pending=False, score=row.part) if row.pending else row for row in card.rows)
    adjustments = card.adjustments
    if everything and not adjustments:
        adjustments = (Adjustment("样例", Decimal(1), "样例说明"),)
    figures = report.figures
    return replace(
        report,
        scorecard=replace(card, rows=rows, adjustments=adjustments),
        figures=replace(
            figures,
            values=_derived(figures.values),
            rows={name: tuple(map(_derived, rows)) for name, rows in figures.rows.items()},
        ),
    )


def _is_missing(figure: Figure) -> bool:
    """Whether a figure has neither a value nor, as a ratio without one may, a dash."""
    return isinstance(figure.value, Underived) and figure.text != NO_RATIO


def _derived(values: Mapping[str, Figure]) -> dict[str, Figure]:
    one = Interval.exact(1)
    return {
        name: replace(figure, value=one, text="1") if _is_missing(figure) else figure
        for name, figure in values.items()
    }
