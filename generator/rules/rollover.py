"""Last year's workbook into this year's: standing data kept, closing figures as openings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.form.records import Field, Table
from generator.form.schema import Form
from generator.model import Carry, Entry, Figure, Figures, Intake

CarriedRow = dict[str, str | Decimal]


def carry_over(intake: Intake, figures: Figures, form: Form) -> tuple[Carry, list[Finding]]:
    """What the form's data says is carried; an opening that cannot be derived is a finding."""
    findings: list[Finding] = []
    yuan = _yuan(intake, form)
    fields: CarriedRow = {}
    for name, field in form.fields().items():
        value, faults = _value(field, intake.fields.get(name), figures.values, form, yuan)
        findings += faults
        if value is not None and name != form.year_field:
            fields[name] = value
    tables = {}
    for name, table in form.tables().items():
        tables[name], faults = _rows(table, intake, figures, form, yuan)
        findings += faults
    year = figures.values[form.year_field].value
    old = int(year.value) if isinstance(year, Interval) else form.year
    return Carry(old, fields, tables), findings


def _rows(
    table: Table, intake: Intake, figures: Figures, form: Form, yuan: Decimal
) -> tuple[tuple[CarriedRow, ...], list[Finding]]:
    made = []
    findings: list[Finding] = []
    pairs = zip(intake.tables.get(table.name, ()), figures.rows.get(table.name, ()), strict=True)
    for row, derived in pairs:
        carried: CarriedRow = {}
        for column in table.columns:
            value, faults = _value(column, row.get(column.name), derived, form, yuan)
            findings += faults
            if value is not None:
                carried[column.name] = value
        made.append(carried)
    return tuple(made), findings


def _value(
    field: Field, entry: Entry | None, figures: Mapping[str, Figure], form: Form, yuan: Decimal
) -> tuple[str | Decimal | None, list[Finding]]:
    how = form.rolls(field)
    if how == "blank":
        return None, []
    if how == "keep":
        return (None if entry is None else _plain(entry.value, field, yuan)), []
    figure = figures.get(how)
    if figure is not None and isinstance(figure.value, Interval):
        return _plain(figure.value, field, yuan), []
    at = entry.at if entry is not None else None
    return None, [finding("roll.underived", at, field.label, name=field.label, other=how)]


def _plain(value: object, field: Field, yuan: Decimal) -> str | Decimal | None:
    """A value as it is typed: amounts in the workbook's unit again."""
    if isinstance(value, Interval):
        return value.value / yuan if field.type == "amount" else value.value
    return value if isinstance(value, str) else None


def _yuan(intake: Intake, form: Form) -> Decimal:
    entry = intake.fields.get(form.unit_field)
    unit = form.units.get(entry.value) if entry is not None and isinstance(entry.value, str) else None
    return unit.yuan if unit else Decimal(1)
