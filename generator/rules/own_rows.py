"""Rows that a unit adds itself and that a rule scores: what the rule needs must stand in the row."""

from __future__ import annotations

from collections.abc import Iterator

from generator.amounts import Interval
from generator.findings import Finding, finding
from generator.form.records import Field
from generator.form.rule_types import OneOf, Rule, Within, measures
from generator.form.schema import Form
from generator.formula import Underived
from generator.rules.award import Names
from generator.rules.lines import Line


def own_faults(line: Line, rule: Rule | None, names: Names, form: Form) -> list[Finding]:
    """What is missing or unfit in the row; ``rule`` is the one that applies, None when none was chosen."""
    if form.own is None:
        return []
    columns = {column.name: column for column in form.tables()[form.scores.table].columns}
    if rule is None:
        return _no_choice(line, form.own.rule, names, columns)
    used = [columns[name] for name in measures(rule) if name in columns]
    others = [columns[name] for name in _needs(form.own.rule, names) if name in columns]
    findings = [fault for column in others if column not in used for fault in _blank(line, column, names)]
    findings += [fault for column in used for fault in _unfit(line, column, names)]
    return findings or [*_mixed(line, used), *_turned_round(line, rule, names)]


def _no_choice(line: Line, rule: Rule, names: Names, columns: dict[str, Field]) -> list[Finding]:
    """The way of scoring was not chosen; one that could not be read is reported already."""
    found = []
    while isinstance(rule, OneOf):
        column, value = columns.get(rule.by), names[rule.by].value if rule.by in names else None
        if value is None and column is not None:
            at, choices = line.cell(rule.by), "、".join(column.choices)
            fault = finding(
                "score.method-missing",
                at,
                column.label,
                name=line.level3,
                column=column.label,
                choices=choices,
            )
            found.append(fault)
        following = next((each.rule for each in rule.options if each.name == value), None)
        if following is None:
            break
        rule = following
    return found


def _needs(rule: Rule, names: Names) -> Iterator[str]:
    """What must stand in the row beside what the rule reads."""
    while isinstance(rule, OneOf):
        choice = names[rule.by].value if rule.by in names else None
        option = next((each for each in rule.options if each.name == choice), None)
        if option is None:
            return
        yield from option.needs
        rule = option.rule


def _blank(line: Line, column: Field, names: Names) -> Iterator[Finding]:
    figure = names.get(column.name)
    if figure is not None and figure.value is None:
        choices = f"，从下列选项中选一个：{'、'.join(column.choices)}" if column.choices else ""
        yield finding(
            "score.data-missing",
            line.cell(column.name),
            column.label,
            name=line.level3,
            column=column.label,
            choices=choices,
        )


def _unfit(line: Line, column: Field, names: Names) -> Iterator[Finding]:
    figure = names.get(column.name)
    if figure is None or isinstance(figure.value, Underived):
        return  # the column is missing or unreadable, which is reported
    yield from _blank(line, column, names)
    if figure.value is not None and not column.choices and not isinstance(figure.value, Interval):
        at = line.cell(column.name)
        yield finding("score.data-not-a-number", at, column.label, figure.text, name=line.level3)


def _mixed(line: Line, used: list[Field]) -> list[Finding]:
    """A target in percent and a result in another unit, or the other way round; nothing fits any unit."""
    cells = [(column, line.row[column.name]) for column in used if column.name in line.row]
    numbers = [
        (column, figure)
        for column, figure in cells
        if isinstance(figure.value, Interval) and figure.value.value != 0
    ]
    plain = [each for each in numbers if not each[1].text.endswith(("%", "％"))]
    percent = [each for each in numbers if each not in plain]
    if not plain or not percent:
        return []
    (first, a), (second, b) = plain[0], percent[0]
    return [
        finding(
            "score.percent-mixed",
            a.at,
            first.label,
            a.text,
            name=line.level3,
            first=first.label,
            second=second.label,
            other=b.text,
        )
    ]


def _turned_round(line: Line, rule: Rule, names: Names) -> list[Finding]:
    if not isinstance(rule, Within) or not isinstance(rule.low, str) or not isinstance(rule.high, str):
        return []
    low, high = names[rule.low], names[rule.high]
    if not isinstance(low.value, Interval) or not isinstance(high.value, Interval):
        return []
    if low.value.value <= high.value.value:
        return []
    return [
        finding(
            "score.range-turned",
            high.at,
            high.name,
            high.text,
            name=line.level3,
            low=low.text,
            first=low.name,
        )
    ]
