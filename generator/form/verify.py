"""Cross-checks of a form's data: every name is known, once, of the right type, and every rule is sourced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple
from decimal import Decimal
from functools import partial

from generator.expression import Node, over_rows
from generator.findings import did_you_mean
from generator.form.indicators import Indicator
from generator.form.records import (
    BY_GROUP,
    GIVEN,
    GIVEN_IN_GROUPS,
    GIVEN_IN_ROWS,
    GIVEN_IN_SCORES,
    GIVEN_VALUES,
    FactTable,
    Field,
    FormError,
    score_name,
)
from generator.form.schema import Form
from generator.form.sound import unsound
from generator.form.verify_formulas import (
    verify_check,
    verify_condition,
    verify_figure,
    verify_over_rows,
    verify_plausible,
    verify_share,
)
from generator.form.verify_points import (
    verify_cap,
    verify_factor,
    verify_levels,
    verify_own,
    verify_points,
    verify_policies,
    verify_scores,
)
from generator.form.verify_rules import RuleCheck
from generator.quantities import AMOUNT, TEXT


def verify(form: Form, cited: tuple[str, ...]) -> Iterator[FormError]:
    """Everything that does not fit together, one by one."""
    types, faults = _vocabulary(form)
    yield from faults
    for step in _steps(form, types, cited):
        try:
            step()
        except FormError as error:
            yield error
    for place, formula in form.formulas():
        yield from _over_rows(place, formula, form, types)
    yield from map(FormError, unsound(form))


def _over_rows(place: str, formula: Node, form: Form, types: dict[str, str]) -> Iterator[FormError]:
    """What is wrong with what a formula takes over rows: names first, then what is put together."""
    told = list(form.rows.faults(place, formula, types))
    yield from told
    for node in over_rows(formula) if not told else ():
        total = form.row_totals[node.name]
        columns = {column.name: column for column in form.tables()[total.table].columns}
        try:
            verify_over_rows(place, total, columns, form.kinds)
        except FormError as error:
            yield error


def _steps(form: Form, types: dict[str, str], cited: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """Each thing that is verified by itself."""
    yield partial(_verify_roles, form, types)
    yield from _formula_steps(form)
    yield partial(_verify_summary, form, types)
    yield partial(_verify_wordings, form, types)
    scored = {**types, **{score_name(each.name): "number" for each in form.indicators}}
    for indicator in form.indicators:
        yield partial(_verify_indicator, form, indicator, scored)
    yield partial(verify_scores, form)
    yield partial(verify_own, form, types)
    yield partial(verify_policies, form, types)
    yield partial(verify_levels, form)
    for cap in form.caps:
        yield partial(verify_cap, form, cap)
    for factor in form.factors:
        yield partial(verify_factor, form, factor)
    yield partial(verify_points, form)
    yield partial(_verify_sources, form, cited)
    yield partial(_verify_template, form)


def _verify_summary(form: Form, types: dict[str, str]) -> None:
    for name in (form.summary.unit, *form.summary.figures):
        if name not in types:
            raise FormError(f"form.toml：summary 里的 {name} 没有定义")


def _verify_wordings(form: Form, types: dict[str, str]) -> None:
    """Words stand for numbers of the form, or for what the engine gives: the total and the grade."""
    for number, wording in enumerate(form.wordings, 1):
        for name in wording.of:
            if name not in types and name not in GIVEN_VALUES:
                raise FormError(f"form.toml：word {number}：{name} 没有定义")


def _verify_template(form: Form) -> None:
    if not form.template.is_file():
        raise FormError(f"{form.template}：缺少 Word 模板")


def _vocabulary(form: Form) -> tuple[dict[str, str], list[FormError]]:
    """The type of every name that a formula may use; names used twice, or the engine's own, are faults."""
    types: dict[str, str] = {}
    faults: list[FormError] = []
    every = [("fields.toml", field.name, str(field.type)) for field in _single(form)]
    every += [("fields.toml", name, column.type) for name, (_, column) in form.columns().items()]
    every += [("figures.toml", figure.name, "figure") for figure in form.figures]
    every += [("figures.toml", part.name, "figure") for share in form.shares for part in share.parts]
    for file, name, kind in every:
        if name in GIVEN:
            faults.append(FormError(f"{file}：{name} 是工具自己的名称，请换一个"))
        if name in types:
            faults.append(FormError(f"{file}：名称 {name} 用了两次"))
        types[name] = kind
    lists = [table.name for sheet in form.sheets for table in sheet.tables]
    lists += [f"{table.name}{BY_GROUP}" for table in form.tables().values() if table.group_by]
    lists += [share.group for share in form.shares]
    for name in lists:
        if name in GIVEN:
            faults.append(FormError(f"fields.toml：{name} 是工具自己的名称，请换一个"))
        # A template cannot tell a table or a group of shares from anything else of the same name.
        if name in types or lists.count(name) > 1:
            faults.append(FormError(f"figures.toml：名称 {name} 用了两次"))
    return types, faults


def _single(form: Form) -> Iterator[Field]:
    """Every single field, doubled names and all (``Form.fields`` would hide them)."""
    for sheet in form.sheets:
        yield from sheet.fields
        for matrix in sheet.matrices:
            yield from matrix.cells.values()


def _verify_roles(form: Form, types: dict[str, str]) -> None:
    for role in (form.year_field, form.unit_field):
        if role not in types:
            raise FormError(f"form.toml: fields：没有名为 {role} 的栏目")
    roles = (("facts", form.facts), ("scores", form.scores), ("goals", form.goals))
    for key, record in roles:
        if record is None:
            continue
        table = form.tables().get(record.table)
        if table is None:
            raise FormError(f"form.toml: {key}：没有名为 {record.table} 的表格")
        columns = {column.name for column in table.columns}
        formats: set[str] = set()
        if isinstance(record, FactTable):
            formats = {record.percent, record.number, record.percent_of_amounts} - {""}
        for name in formats - form.formats.keys():
            raise FormError(f"form.toml: {key}：数字格式 {name} 不在 [formats] 里")
        for name in set(astuple(record)[1:]) - formats - {""}:
            if name not in columns:
                raise FormError(f"form.toml: {key}：表格 {record.table} 没有名为 {name} 的列")
    _verify_columns(form)
    for field in form.fields().values():
        if field.like and form.kinds.get(field.like, TEXT).dimensions != AMOUNT.dimensions:
            raise FormError(f"fields.toml: {field.name}：like {field.like} 不是金额")
    every = [column for table in form.tables().values() for column in table.columns]
    for field in (*form.fields().values(), *every):
        if field.roll not in ("", "keep", "blank") and field.roll not in types:
            raise FormError(f"fields.toml: {field.name}：roll {field.roll} 不是 keep、blank 或本表样的数")
    groups = form.tables()[form.goals.table].groups if form.goals is not None else ()
    kinds = {name for group in groups for name in group}
    for indicator in form.indicators:
        if indicator.goal and indicator.goal not in kinds:
            raise FormError(f"indicators.toml: {indicator.name}：goal {indicator.goal} 不是目标的类别")
    for kind, format_name in form.prints.items():
        if format_name not in form.formats:
            raise FormError(f"form.toml: print：{kind} 的格式 {format_name} 不在 [formats] 里")
    bounds = [grade.at_least for grade in form.grades]
    if bounds != sorted(bounds, reverse=True) or bounds[-1] > 0:
        raise FormError("form.toml: grade：at_least 须从高到低，最后一等为 0")
    most = form.full_points + sum(
        (each.points for each in form.indicators if each.effect in ("bonus", "both")), Decimal(0)
    )
    for grade in form.grades:
        if grade.at_least > most:
            raise FormError(f"form.toml: grade {grade.name}：at_least {grade.at_least} 超过满分 {most}")


def _verify_columns(form: Form) -> None:
    """A column must not hide what the engine itself puts into a row."""
    for name, table in form.tables().items():
        given = GIVEN_IN_ROWS | (GIVEN_IN_SCORES if name == form.scores.table else frozenset())
        given |= GIVEN_IN_GROUPS if table.group_by else frozenset()
        for column in table.columns:
            if column.name in given:
                raise FormError(f"fields.toml: {name}：{column.name} 是工具自己的名称，请换一个")


def _formula_steps(form: Form) -> Iterator[Callable[[], None]]:
    for figure in form.figures:
        yield partial(verify_figure, figure, form.kinds)
    for check in form.checks:
        yield partial(verify_check, check, form.kinds)
    for each in form.plausible:
        yield partial(verify_plausible, each, form.kinds)
    for share in form.shares:
        yield partial(verify_share, share, form.kinds)


def _verify_indicator(form: Form, indicator: Indicator, types: dict[str, str]) -> None:
    place = f"indicators.toml: {indicator.name}"
    RuleCheck(place, types, form.fields(), form.scales, form.kinds_with_scores).indicator(indicator)
    if indicator.not_applicable is not None:
        unless = indicator.not_applicable.unless
        verify_condition(f"{place}: not_applicable", "unless", unless, form.kinds)
    if indicator.takes is not None and (indicator.effect != "both" or indicator.takes <= 0):
        raise FormError(f'{place}：takes 只和 effect = "both" 一起写，须大于 0')
    if indicator.effect and indicator.shared:
        raise FormError(f"{place}：加分项、扣分项不能与别的指标合用分值")


def _verify_sources(form: Form, cited: tuple[str, ...]) -> None:
    uses: Counter[str] = Counter(cited)
    figures, scoring = "figures.toml", "indicators.toml"
    holders: list[tuple[str, tuple[str, ...]]] = [("form.toml: based_on", cited)] if cited else []
    holders += [(f"{figures}: {each.group}", each.source) for each in form.shares]
    holders += [(f"{figures}: {each.name}", each.source) for each in form.figures if not each.of_matrix]
    holders += [(f"checks.toml: {each.name}", each.source) for each in form.checks]
    holders += [(f"checks.toml: plausible {each.name}", each.source) for each in form.plausible]
    holders += [(f"{scoring}: {each.name}", each.source) for each in form.indicators]
    holders += [(f"{scoring}: level {each.name}", each.source) for each in form.levels]
    holders += [(f"{scoring}: cap {each.name}", each.source) for each in form.caps]
    holders += [(f"{scoring}: factor {each.name}", each.source) for each in form.factors]
    holders += [(f"{scoring}: own", form.own.source)] if form.own is not None else []
    for place, source in holders:
        if not source:
            raise FormError(f"{place}：没有写明来源 source")
        for used in source:
            if used not in form.sources:
                hint = did_you_mean(used, form.sources)
                raise FormError(f"{place}：来源 {used} 没有在 form.toml 的 [[source]] 里列出{hint}")
        uses.update(source)
    for listed in form.sources:
        if listed not in uses:
            raise FormError(f"form.toml: source {listed}：没有被引用")
