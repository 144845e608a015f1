"""What a form's data may say though no workbook or report can be made of it, with file and key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

from generator.amounts import is_measured
from generator.form.records import Field
from generator.form.schema import MOST_PLACES, Form
from generator.form.verify_formats import missing_prints, wrong_divisors

# What Excel takes as the name of a sheet, and what no cell may hold.
_SHEET = re.compile(r"[^\[\]:*?/\\]{1,31}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def unsound(form: Form) -> Iterator[str]:
    """All of it."""
    yield from _sheets(form)
    yield from _units(form)
    yield from _formats(form)
    yield from _fields(form)
    yield from missing_prints(form)
    yield from wrong_divisors(form)
    for file, kind, records in (
        ("figures.toml", "figure", form.figures),
        ("figures.toml", "share", form.shares),
        ("checks.toml", "check", form.checks),
        ("checks.toml", "plausible", form.plausible),
        ("indicators.toml", "indicator", form.indicators),
        ("indicators.toml", "level", form.levels),
        ("indicators.toml", "cap", form.caps),
        ("form.toml", "grade", form.grades),
    ):
        for record in records:
            name = getattr(record, "name", "") or getattr(record, "group", "")
            yield from _values(record, f"{file}: {kind} {name}")


def _sheets(form: Form) -> Iterator[str]:
    for name, count in Counter(form.sheet_names).items():
        if count > 1:
            yield f"fields.toml: sheet {name}：这个工作表名用了两次"
        if not _SHEET.fullmatch(name):
            yield f"fields.toml: sheet {name[:31]}：工作表名须有 1 至 31 个字，不能有 [ ] : * ? / \\"


def _units(form: Form) -> Iterator[str]:
    if not form.units:
        yield "form.toml: units：至少要有一个金额单位"
    for name, unit in form.units.items():
        if not unit.yuan > 0:
            yield f"form.toml: units: {name}：yuan 应大于 0"
    field = form.fields().get(form.unit_field)
    if field is not None and (field.type != "choice" or not form.units.keys() >= set(field.choices)):
        units = "、".join(form.units)
        yield f"fields.toml: {field.name}：应是选项，只能选 form.toml 的 [units] 里的 {units}"
    field = form.fields().get(form.year_field)
    if field is not None and field.type != "integer":
        yield f"fields.toml: {field.name}：type 应是 integer，这一栏是报告年度"


def _formats(form: Form) -> Iterator[str]:
    for name, each in form.formats.items():
        place = f"form.toml: formats: {name}"
        if each.divide == 0:
            yield f"{place}：divide 不能是 0"
        if not 0 <= each.places <= MOST_PLACES:
            yield f"{place}：places 应在 0 和 {MOST_PLACES} 之间"
        yield from _values(each, place)
    try:
        form.date_format.format(year=2020, month=1, day=1)
    except (LookupError, ValueError, AttributeError):
        yield "form.toml: date：format 里只能用 {year}、{month}、{day}"


def _fields(form: Form) -> Iterator[str]:
    every: list[tuple[str, Field]] = [("", field) for field in form.fields().values()]
    every += [(f"{table.name}: ", c) for table in form.tables().values() for c in table.columns]
    for table, field in every:
        place = f"fields.toml: {table}{field.name}"
        faults = list(_values(field, place))
        yield from faults
        if not faults and field.min is not None and field.max is not None and field.min > field.max:
            yield f"{place}：min 大于 max"
        if len(set(field.choices)) < len(field.choices):
            yield f"{place}：choices 里有重复的"


def _values(record: object, place: str) -> Iterator[str]:
    """Numbers out of all measure, and signs that no cell takes."""
    if isinstance(record, Decimal):
        if not is_measured(record):
            yield f"{place}：{record} 太大或太小，不能用"
    elif isinstance(record, str):
        if _CONTROL.search(record):
            yield f"{place}：文字里有看不见的控制符"
    elif isinstance(record, tuple):
        for each in record:
            yield from _values(each, place)
    elif is_dataclass(record):
        for each in fields(record):
            yield from _values(getattr(record, each.name), place)
