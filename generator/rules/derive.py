"""From the intake to all figures: totals of tables, derived figures, shares, and texts filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.amounts import Interval
from generator.expression import names, row_names
from generator.findings import Finding, finding
from generator.form.records import NUMERIC, Field, FigureSpec
from generator.form.rule_types import counts_as_over, inner_rules, measures, undefined_of
from generator.form.schema import Form
from generator.formula import Underived
from generator.model import NO_RATIO, CellRef, Entry, Figure, FigureRow, Figures, Intake, Part
from generator.rules.award import holds
from generator.rules.facts import read_facts
from generator.rules.shares import derive_shares
from generator.rules.sums import (
    figure_of,
    groups_of,
    has_no_ratio,
    total_of_column,
    total_of_figure,
    total_over_rows,
    with_dash,
)
from generator.rules.texts import Facts, names_for_texts

Values = dict[str, Figure]


def derive(intake: Intake, form: Form) -> tuple[Figures, list[Finding]]:
    """Every named value of the report. What rests on an unreadable cell is not derived, silently."""
    values: Values = {}
    for name, field in form.fields().items():
        if name in intake.fields:
            values[name] = printed(intake.fields[name], field, form)
        else:
            # Its sheet or label is missing, which the reader has reported.
            missing = Underived("missing", (name,)) if field.required else field.default or None
            values[name] = Figure(name, missing, field.default, unit=form.unit_of(field))
    rows = {name: _raw_rows(name, intake, form) for name in form.tables()}
    for name, (table, column) in form.columns().items():
        values[name] = total_of_column(column, rows[table.name], form, table.min_rows == 0)
    for spec in form.figures:
        _take_over_rows(form.names_in(spec), values, rows, form)
        if spec.table is None:
            values[spec.name] = figure_of(spec, values)
            continue
        for row in rows[spec.table]:
            row[spec.name] = with_dash(figure_of(spec, row))
        values[spec.name] = total_of_figure(spec, rows[spec.table], values)
    _take_over_rows(form.row_totals, values, rows, form)
    findings = _undefined(form, values)
    groups: dict[str, tuple[Part, ...]] = {}
    for share in form.shares:
        groups[share.group] = derive_shares(share, values)
    book = read_facts(intake, form, values)
    findings += book.findings + _fill_texts(form, values, rows, names_for_texts(values, book, form))
    frozen = _frozen(rows)
    grouped = {n: groups_of(table, frozen[n], form) for n, table in form.tables().items() if table.group_by}
    return Figures(values, frozen, groups, book.facts, grouped), findings


def _take_over_rows(
    names_: Iterable[str], values: Values, rows: Mapping[str, list[Values]], form: Form
) -> None:
    """What formulas take over the rows of tables stands among the values, under a name of its own."""
    for name in names_:
        spec = form.row_totals.get(name)
        if spec is not None and name not in values:
            values[name] = total_over_rows(spec, rows[spec.table], values, form)


def rederive(figures: Figures, changed: Figure, form: Form) -> Figures:
    """The figures with one field changed and everything that rests on it; texts and shares stay."""
    values = {**figures.values, changed.name: changed}
    touched = {changed.name}
    for total in form.row_totals.values():
        if touched.intersection(row_names(total.node)):
            values[total.name] = total_over_rows(total, figures.rows[total.table], values, form)
            touched.add(total.name)
    for spec in form.figures:
        if touched.intersection(form.names_in(spec)):
            values[spec.name] = figure_of(spec, values)
            touched.add(spec.name)
    return replace(figures, values=values)


def printed(entry: Entry, field: Field, form: Form) -> Figure:
    """A raw value with the text that the document prints for it; a text that is a number counts as one."""
    if isinstance(entry.value, Interval):
        chosen, at = form.format_of(field), entry.at
        return Figure.formatted(entry.name, entry.value, chosen, field.unit, at=at, typed=entry.typed)
    text, at, typed = _text(entry, form), entry.at, entry.typed
    if entry.number is None:
        return Figure(entry.name, entry.value, text, at, None, "", typed, (), form.unit_of(field))
    percent = text.endswith(("%", "％"))
    unit = "%" if percent else form.unit_of(field)
    return Figure(entry.name, entry.number, text, at, None, "", typed, (), unit, percent)


def _text(entry: Entry, form: Form) -> str:
    if entry.day is not None:
        day = entry.day
        return form.date_format.format(year=day.year, month=day.month, day=day.day)
    match entry.value:
        case bool() as answer:
            return "是" if answer else "否"
        case str() as text:
            return text
        case _:
            return ""


def _raw_rows(name: str, intake: Intake, form: Form) -> list[Values]:
    """Every row with every column of the table; one whose header is missing has no value, as was told."""
    table = form.tables()[name]
    columns = {column.name: column for column in table.columns}
    rows = intake.tables.get(name, ())
    absent = {
        key: Figure(key, Underived("missing", (key,)), "", unit=form.unit_of(column))
        for key, column in columns.items()
        if rows and key not in rows[0]
    }
    made = [{key: printed(entry, columns[key], form) for key, entry in row.items()} for row in rows]
    return [{**absent, **row} for row in made] if absent else made


def _undefined(form: Form, values: Values) -> list[Finding]:
    """Figures with a denominator of zero, unless the rule that uses them says what then holds."""
    lacking = [spec for spec in form.figures if has_no_ratio(values[spec.name])]
    if not lacking:
        return []
    tolerated, over = _tolerated(form, values), _over(form, values)
    findings = []
    for spec in lacking:
        value = values[spec.name].value
        if not isinstance(value, Underived):
            continue
        if spec.name in tolerated and not _is_owed(spec, value, form, values):
            values[spec.name] = replace(values[spec.name], text=NO_RATIO)
            if spec.name not in over:
                continue
        # What only hands on another figure's fault is not a fault of its own.
        if not any(values[name].value is value for name in names(spec.formula)):
            code = "figure.over" if values[spec.name].text else "figure.zero-denominator"
            findings.append(_zero_denominator(code, spec, value.names, form, values))
    return findings


def _over(form: Form, values: Values) -> set[str]:
    """Measures of indicators that apply, which count as over any bound where they have no value."""
    found: set[str] = set()
    for each in form.indicators:
        known = each.not_applicable
        if known is not None and holds(known.unless, values):
            rules = [rule for rule in inner_rules(each.rule) if counts_as_over(rule)]
            found.update(name for rule in rules for name in measures(rule))
    return _with_operands(found, form)


def _is_owed(spec: FigureSpec, value: Underived, form: Form, values: Values) -> bool:
    """Whether the denominator was left blank where a typed 0 would count as being over any bound."""
    return spec.name in _over(form, values) and all(values[name].value is None for name in value.names)


def _tolerated(form: Form, values: Values) -> set[str]:
    """Measures that need no value: their rule says what holds without, or the indicator does not apply."""
    needed: set[str] = set()
    spared = {spec.name for spec in form.figures if spec.undefined == "dash"}
    for each in form.indicators:
        known = each.not_applicable
        idle = known is not None and holds(known.unless, values) is False
        for rule in inner_rules(each.rule):
            ruled = undefined_of(rule).what != "error"
            (spared if idle or ruled else needed).update(measures(rule))
    return _with_operands(spared, form) - _with_operands(needed, form)


def _with_operands(names_: set[str], form: Form) -> set[str]:
    """The figures and all figures that they rest on."""
    formulas = {spec.name: form.names_in(spec) for spec in form.figures}
    found, left = set(names_), list(names_)
    while left:
        more = [name for name in formulas.get(left.pop(), ()) if name not in found]
        found.update(more)
        left += more
    return found


def _zero_denominator(
    code: str, spec: FigureSpec, divisors: tuple[str, ...], form: Form, values: Values
) -> Finding:
    raw = [cell for name in divisors for cell in raw_cells(name, form, values)]
    # The total of a table's column stands in no single cell.
    places = [figure.at or CellRef(form.place(figure.name)) for figure in raw]
    at = places[0] if places else None
    told = (f"{place}〔{figure.name}〕" for place, figure in zip(places, raw, strict=True))
    cells = "、".join(told) or "、".join(divisors)
    return finding(code, at, spec.name, name=spec.name, names="、".join(divisors), cells=cells)


def raw_cells(name: str, form: Form, values: Mapping[str, Figure]) -> list[Figure]:
    """The typed figures that a figure rests on, down to the cells."""
    figure = values.get(name)
    if figure is None:
        return []
    operands = operands_of(figure, form)
    if not operands:
        return [figure]
    found: dict[str, Figure] = {}
    for operand in operands:
        found.update({each.name: each for each in raw_cells(operand, form, values)})
    return list(found.values())


def operands_of(figure: Figure, form: Form) -> tuple[str, ...]:
    """The names that a derived value rests on; none of what was typed, and of the total of a column."""
    if figure.formula is not None:
        return names(figure.formula)
    if figure.name in form.row_totals:
        return row_names(form.row_totals[figure.name].node)
    spec = form.specs().get(figure.name)
    return form.names_in(spec) if spec is not None else ()


def _fill_texts(form: Form, values: Values, rows: Mapping[str, list[Values]], facts: Facts) -> list[Finding]:
    """Put the values of ``{{名称}}`` into every text, in place."""
    findings: list[Finding] = []
    texts = {name for name, field in form.fields().items() if field.type in ("text", "long-text")}
    for name in texts & values.keys():
        values[name], faults = facts.fill(values[name])
        findings += faults
    for table in form.tables().values():
        columns = {c.name: c for c in table.columns if c.type not in NUMERIC}
        for row in rows[table.name]:
            for name, column in columns.items():
                if name in row and table.name != form.facts.table:
                    # What is a number or a text has its unit in a column of its own.
                    row[name], faults = facts.fill(row[name], column.type == "number-or-text")
                    findings += faults
    return findings


def _frozen(rows: Mapping[str, list[Values]]) -> dict[str, tuple[FigureRow, ...]]:
    return {name: tuple(table_rows) for name, table_rows in rows.items()}
