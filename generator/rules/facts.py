"""The unit's own named facts: typed, or derived from other names by a formula of the same language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from generator.amounts import Interval, plain
from generator.expression import Arithmetic, Call, Name, Negative, Node, Number, names
from generator.findings import Finding, closest, did_you_mean, finding
from generator.form.schema import Form
from generator.formula import FormulaError, Underived, evaluate, is_name, parse
from generator.model import Entry, Figure, Intake, Row
from generator.rules.unit_words import spelled

# As for amounts: beyond this no fact of a unit is meant.
_LARGEST = Decimal("1E+15")
_PERCENT = ("%", "％")
_DIGITS = re.compile(r"[-+－＋]?[\d,，]*(?:[.．](\d*))?")


@dataclass(slots=True)
class FactBook:
    """The facts as figures; ``rejected`` are names that a finding has refused already."""

    facts: dict[str, Figure] = field(default_factory=dict)
    formulas: dict[str, tuple[Node, Row]] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_facts(intake: Intake, form: Form, values: Mapping[str, Figure]) -> FactBook:
    """Every named fact; a fact may not take the name of one of the form's figures."""
    book = FactBook()
    for row in intake.tables.get(form.facts.table, ()):
        _read_row(row, form, values, book)
    for name in _order(book, form):
        node, row = book.formulas[name]
        book.facts[name] = _derived(name, node, row, form, values, book)
    return book


def _read_row(row: Row, form: Form, values: Mapping[str, Figure], book: FactBook) -> None:
    columns = form.facts
    key, content, formula = (row.get(each) for each in (columns.name, columns.value, columns.formula))
    if key is None or not isinstance(key.value, str):
        return
    name = key.value
    written = formula.value if formula is not None and isinstance(formula.value, str) else ""
    value = content.value if content is not None else None
    if not is_name(name):
        book.rejected.append(name)
        book.findings.append(finding("fact.bad-name", key.at, columns.name, name))
    elif name in values:
        book.findings.append(finding("fact.name-taken", key.at, columns.name, name, name=name))
    elif written and formula is not None:
        if value is not None:
            book.findings.append(finding("fact.two-values", formula.at, columns.formula, written, name=name))
        _parse(name, written, row, form, book)
    elif value is None:
        at = content.at if content is not None else key.at
        book.facts[name] = Figure(name, Underived("missing", (name,)), "", at=at)
        book.findings.append(finding("fact.no-value", at, columns.value, name=name))
    elif content is not None:
        book.facts[name] = _typed(name, content, _unit(row, form), form, book)


def _typed(name: str, content: Entry, unit: str, form: Form, book: FactBook) -> Figure:
    """A fact that is printed as its cell shows it."""
    text = content.value if isinstance(content.value, str) else ""
    if text.endswith(_PERCENT):
        unit = "%"
    elif unit == "%" and content.number is not None:
        return _percent(name, content, content.number.value, text, form, book)
    value = content.number if content.number is not None else content.value
    return Figure(name, value, text, at=content.at, typed=content.typed, unit=unit)


def _percent(name: str, content: Entry, number: Decimal, text: str, form: Form, book: FactBook) -> Figure:
    """A number whose unit is %: 0.9587 and 95.87 are the same, 95.87%; in formulas it is a fraction."""
    at, typed, column = content.at, content.typed, form.facts.value
    if abs(number) == 1:
        book.findings.append(finding("cell.percent-ambiguous", at, column, text, larger=100, smaller=1))
        return Figure(name, Underived("missing", (name,)), "", at=at, typed=typed)
    digits = _DIGITS.fullmatch(text)
    if abs(number) > 1 or number == 0:
        shown = f"{text if digits else plain(number)}%"
        return Figure(name, Interval.exact(number / 100), shown, at=at, typed=typed, unit="%")
    # With as many decimals as were typed, and two less.
    places = max(0, len(digits[1] or "") - 2) if digits else None
    shown, literal = f"{plain(number * 100, places, trim=digits is None)}%", f"{plain(number)}%"
    told = finding("fact.percent-fraction", at, column, text, name=name, printed=shown, literal=literal)
    book.findings.append(told)
    return Figure(name, Interval.exact(number), shown, at=at, typed=typed, unit="%")


def _of_percentages(node: Node, known: Mapping[str, Figure]) -> bool:
    """Whether a formula only adds percentages up, which are fractions: their difference is in hundredths."""
    match node:
        case Name(name):
            return known[name].unit == "%"
        case Negative(operand):
            return _of_percentages(operand, known)
        case Arithmetic("+" | "-", left, right):
            return _of_percentages(left, known) and _of_percentages(right, known)
        case Call(_, arguments):
            return all(_of_percentages(each, known) for each in arguments)
        case _:
            return False


def _unit(row: Row, form: Form) -> str:
    """What the unit column says."""
    cell = row.get(form.facts.unit)
    return spelled(cell.value) if cell is not None and isinstance(cell.value, str) else ""


def _parse(name: str, written: str, row: Row, form: Form, book: FactBook) -> None:
    try:
        book.formulas[name] = (parse(written.lstrip("=＝")), row)
    except FormulaError as error:
        _refuse(name, row, form, book, written, str(error), "")


def _refuse(name: str, row: Row, form: Form, book: FactBook, written: str, why: str, hint: str) -> None:
    at = row[form.facts.formula].at
    book.facts[name] = Figure(name, Underived("missing", (name,)), "", at=at)
    book.formulas.pop(name, None)
    book.findings.append(finding("fact.bad-formula", at, form.facts.formula, written, why=why, hint=hint))


def _order(book: FactBook, form: Form) -> list[str]:
    """Operands first; whatever is in a cycle is refused, the rest is kept."""
    while True:
        graph = {n: [o for o in names(node) if o in book.formulas] for n, (node, _) in book.formulas.items()}
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            chain = list(dict.fromkeys(error.args[1]))
            row = book.formulas[chain[0]][1]
            written = row[form.facts.formula].typed
            _refuse(chain[0], row, form, book, written, f"{'、'.join(chain)}互相引用", "")


def _derived(
    name: str, node: Node, row: Row, form: Form, values: Mapping[str, Figure], book: FactBook
) -> Figure:
    known = {**values, **book.facts}
    cell = row[form.facts.formula]
    for used in names(node):
        figure = known.get(used)
        if figure is None and closest(used, book.rejected):
            # The rejected name is the cause, and is reported.
            return Figure(name, Underived("missing", (used,)), "", at=cell.at)
        if figure is None or isinstance(figure.value, str | bool):
            why = f"没有名为“{used}”的数据" if figure is None else f"“{used}”不是数"
            hint = did_you_mean(used, known) if figure is None else ""
            _refuse(name, row, form, book, cell.typed, why, hint)
            return book.facts[name]
    unit = _unit(row, form)
    if unit.endswith("百分点") and _of_percentages(node, known):
        node = Arithmetic("*", node, Number(Decimal(100)))
    value = evaluate(node, lambda each: known[each].value)
    if isinstance(value, Underived) and value.kind == "zero":
        _refuse(name, row, form, book, cell.typed, f"{'、'.join(value.names)}为 0，不能作分母", "")
        return book.facts[name]
    if isinstance(value, Interval) and abs(value.value) > _LARGEST:
        _refuse(name, row, form, book, cell.typed, "结果太大", "")
        return book.facts[name]
    text = form.fact_format(unit).text(value.value) if isinstance(value, Interval) else ""
    return Figure(name, value, text, at=cell.at, formula=node, typed=cell.typed, unit=unit)
