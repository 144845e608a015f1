"""Cross-checks of a form's data: every name is known, once, of the right type, and every rule is sourced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple
from decimal import Decimal
from functools import partial
from itertools import pairwise

from generator.expression import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Text,
    names,
)
from generator.form.rule_types import (
    Against,
    Band,
    Bands,
    CheckItem,
    CheckList,
    DeductList,
    Indicator,
    PerCase,
    PerPoint,
    Proportional,
)
from generator.form.schema import NUMERIC, FactTable, Field, Form, FormError


def verify(form: Form, cited: tuple[str, ...]) -> Iterator[FormError]:
    """Everything that does not fit together, one by one; of doubled names only the first is told."""
    try:
        types = _vocabulary(form)
    except FormError as error:
        yield error
        return
    for step in _steps(form, types, cited):
        try:
            step()
        except FormError as error:
            yield error


def _steps(form: Form, types: dict[str, str], cited: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """Each thing that is verified by itself."""
    yield partial(_verify_roles, form, types)
    yield from _formula_steps(form, types)
    yield partial(_verify_summary, form, types)
    for indicator in form.indicators:
        yield partial(_verify_indicator, indicator, types)
    yield partial(_verify_points, form)
    yield partial(_verify_sources, form, cited)
    yield partial(_verify_template, form)


def _verify_summary(form: Form, types: dict[str, str]) -> None:
    for name in (form.summary.unit, *form.summary.figures):
        if name not in types:
            raise FormError(f"form.toml：summary 里的 {name} 没有定义")


def _verify_points(form: Form) -> None:
    total = sum((indicator.points for indicator in form.indicators), Decimal(0))
    if total != form.full_points:
        raise FormError(f"indicators.toml：各指标分值合计 {total}，不等于 total {form.full_points}")


def _verify_template(form: Form) -> None:
    if not form.template.is_file():
        raise FormError(f"{form.template}：缺少 Word 模板")


def _vocabulary(form: Form) -> dict[str, str]:
    """The type of every name that a formula may use; a name used twice is refused."""
    types: dict[str, str] = {}
    every = [("fields.toml", field.name, str(field.type)) for field in _single(form)]
    every += [("fields.toml", name, column.type) for name, (_, column) in form.columns().items()]
    every += [("figures.toml", figure.name, "figure") for figure in form.figures]
    every += [("figures.toml", part.name, "figure") for share in form.shares for part in share.parts]
    for file, name, kind in every:
        if name in types:
            raise FormError(f"{file}：名称 {name} 用了两次")
        types[name] = kind
    lists = [table.name for sheet in form.sheets for table in sheet.tables]
    lists += [share.group for share in form.shares]
    for name in lists:
        # A template cannot tell a table or a group of shares from anything else of the same name.
        if name in types or lists.count(name) > 1:
            raise FormError(f"figures.toml：名称 {name} 用了两次")
    return types


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
    for key, record in (("facts", form.facts), ("scores", form.scores), ("goals", form.goals)):
        table = form.tables().get(record.table)
        if table is None:
            raise FormError(f"form.toml: {key}：没有名为 {record.table} 的表格")
        columns = {column.name for column in table.columns}
        formats = {record.percent, record.number} if isinstance(record, FactTable) else set()
        for name in formats - form.formats.keys():
            raise FormError(f"form.toml: {key}：数字格式 {name} 不在 [formats] 里")
        for name in set(astuple(record)[1:]) - formats:
            if name not in columns:
                raise FormError(f"form.toml: {key}：表格 {record.table} 没有名为 {name} 的列")
    for field in form.fields().values():
        if field.like and types.get(field.like) not in ("amount", "figure"):
            raise FormError(f"fields.toml: {field.name}：like {field.like} 不是金额")
    every = [column for table in form.tables().values() for column in table.columns]
    for field in (*form.fields().values(), *every):
        if field.roll not in ("", "keep", "blank") and field.roll not in types:
            raise FormError(f"fields.toml: {field.name}：roll {field.roll} 不是 keep、blank 或本表样的数")
    kinds = {name for group in form.tables()[form.goals.table].groups for name in group}
    for indicator in form.indicators:
        if indicator.goal and indicator.goal not in kinds:
            raise FormError(f"indicators.toml: {indicator.name}：goal {indicator.goal} 不是目标的类别")
    for kind, format_name in form.prints.items():
        if format_name not in form.formats:
            raise FormError(f"form.toml: print：{kind} 的格式 {format_name} 不在 [formats] 里")
    bounds = [grade.at_least for grade in form.grades]
    if bounds != sorted(bounds, reverse=True) or bounds[-1] > 0:
        raise FormError("form.toml: grade：at_least 须从高到低，最后一等为 0")


def _formula_steps(form: Form, types: dict[str, str]) -> Iterator[Callable[[], None]]:
    for figure in form.figures:
        yield partial(_verify_formula, f"figures.toml: {figure.name}", figure.formula, types)
    for check in form.checks:
        for side in (check.left, check.right):
            yield partial(_verify_formula, f"checks.toml: {check.name}", side, types)
    for share in form.shares:
        for name in (share.whole, *(part.part for part in share.parts)):
            yield partial(_require_number, f"figures.toml: {share.group}", name, types)


def _verify_formula(place: str, formula: Node, types: dict[str, str]) -> None:
    for name in names(formula):
        if name not in types:
            raise FormError(f"{place}：公式里的 {name} 不是栏目，也不是本表样的数")
    for operand in _operands(formula):
        if isinstance(operand, Name):
            _require_number(place, operand.name, types)
        elif isinstance(operand, Text | Comparison | Logic | Not):
            raise FormError(f"{place}：文字或判断不能参加计算")


def _operands(node: Node) -> Iterator[Node]:
    """Every node that must be a number."""
    match node:
        case Negative(operand):
            yield from (operand, *_operands(operand))
        case Arithmetic(_, left, right):
            yield from (left, right, *_operands(left), *_operands(right))
        case Call(_, arguments):
            for argument in arguments:
                yield from (argument, *_operands(argument))
        case Choice(test, then, other):
            for part in (test, then, other):
                yield from _operands(part)
        case Comparison(_, left, right):
            yield from (*_operands(left), *_operands(right))
        case Logic(_, operands):
            for operand in operands:
                yield from _operands(operand)
        case Not(operand):
            yield from _operands(operand)
        case _:
            return


def _require_number(place: str, name: str, types: dict[str, str]) -> None:
    if name not in types:
        raise FormError(f"{place}：没有名为 {name} 的栏目或数")
    if types[name] not in NUMERIC and types[name] != "figure":
        raise FormError(f"{place}：{name} 不是数，不能参加计算")


def _verify_indicator(indicator: Indicator, types: dict[str, str]) -> None:
    place = f"indicators.toml: {indicator.name}"
    most = indicator.points
    match indicator.rule:
        case PerPoint(measure=measure, part_of_point=reading, step=step):
            _require_number(place, measure, types)
            if step <= 0:
                raise FormError(f"{place}：step 应大于 0")
            if types.get(reading) != "choice":
                raise FormError(f"{place}：part_of_point {reading} 不是选项栏目")
        case Bands(measure=measure, bands=bands):
            _require_number(place, measure, types)
            most = max(band.points for band in bands)
            _verify_bands(place, bands)
        case Proportional(measure=measure, target=target):
            _require_number(place, measure, types)
            if target <= 0:
                raise FormError(f"{place}：target 应大于 0")
        case DeductList(items=items):
            _require_yes_no(place, items, types)
        case CheckList(items=items):
            _require_yes_no(place, items, types)
            most = sum((item.points for item in items), Decimal(0))
        case PerCase(count=count):
            _require_number(place, count, types)
        case Against(measure=measure, against=against, none=none):
            _require_number(place, measure, types)
            _require_number(place, against, types)
            most = none
        case _:
            pass
    if most != indicator.points:
        raise FormError(f"{place}：按规则最高 {most} 分，与分值 {indicator.points} 不符")


def _require_yes_no(place: str, items: tuple[CheckItem, ...], types: dict[str, str]) -> None:
    for item in items:
        if types.get(item.field) != "yes-no":
            raise FormError(f"{place}：{item.field} 不是“是/否”栏目")


def _verify_bands(place: str, bands: tuple[Band, ...]) -> None:
    """Every value lies in exactly one band: sorted by lower bound, each begins where the last ended."""
    ordered = sorted(bands, key=lambda b: (b.low is not None, b.low or 0, not b.low_closed))
    # An equality band stands first when nothing can lie below it (a ratio of absolute values).
    first = ordered[0]
    if first.low is not None and not (first.low == first.high == 0):
        raise FormError(f"{place}：{first.text} 以下没有档次")
    if ordered[-1].high is not None:
        raise FormError(f"{place}：{ordered[-1].text} 以上没有档次")
    for lower, upper in pairwise(ordered):
        if lower.high != upper.low or lower.high_closed == upper.low_closed:
            raise FormError(f"{place}：{lower.text} 与 {upper.text} 之间有空档或重叠")


def _verify_sources(form: Form, cited: tuple[str, ...]) -> None:
    uses: Counter[str] = Counter(cited)
    holders: list[tuple[str, tuple[str, ...]]] = [(each.group, each.source) for each in form.shares]
    holders += [(each.name, each.source) for each in form.figures]
    holders += [(each.name, each.source) for each in form.checks]
    holders += [(each.name, each.source) for each in form.indicators]
    for name, source in holders:
        if not source:
            raise FormError(f"{name}：没有写明来源 source")
        uses.update(source)
    for used in uses:
        if used not in form.sources:
            raise FormError(f"来源 {used} 没有在 form.toml 的 [[source]] 里列出")
    for listed in form.sources:
        if listed not in uses:
            raise FormError(f"form.toml: source {listed}：没有被引用")
