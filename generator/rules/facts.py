"""The unit's own named facts: typed, or derived from other names by a formula of the same language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from generator import unit_words
from generator.amounts import HALF, Interval, decimal_places, plain
from generator.expression import Node, names
from generator.findings import Finding, closest, did_you_mean, finding
from generator.form.schema import Form
from generator.formula import Underived, Value, evaluate
from generator.formula_types import KindError
from generator.model import Entry, Figure, Intake, Row
from generator.parsing import FormulaError, is_name, parse
from generator.quantities import worth
from generator.rules.fact_formulas import meaning
from generator.typed import TypedNumber, half_width, parse_number
from generator.unit_words import spelled

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
    """A fact is printed as its cell shows it, and counts in the base unit: 602.97 in 万元 is 6029700 元."""
    text = content.value if isinstance(content.value, str) else ""
    own = _with_its_unit(text) if content.number is None else None
    if text.endswith(_PERCENT):
        return _as_percent(name, content, content.number, text)
    if own is not None:
        if unit and unit_words.disagree(own.unit, unit):
            column = form.facts.value
            told = finding("fact.two-units", content.at, column, text, name=name, own=own.unit, unit=unit)
            book.findings.append(told)
        return _number(name, content, own.number, own.unit, form, says_unit=True)
    if content.number is None:
        return Figure(name, content.value, text, at=content.at, typed=content.typed, unit=unit)
    if unit == "%":
        return _percent(name, content, content.number.value, text, form, book)
    return _number(name, content, content.number.value, unit, form, says_unit=False)


def _with_its_unit(text: str) -> TypedNumber | None:
    """A cell that says its unit itself: 602.97万元, 66 个; no dates, nothing approximate."""
    number = parse_number(text)
    if number is None or not number.unit or unit_words.at_end(half_width(text)) is None:
        return None
    return number


def _number(name: str, content: Entry, number: Decimal, unit: str, form: Form, says_unit: bool) -> Figure:
    one, text = worth(unit), content.value if isinstance(content.value, str) else ""
    value = Interval.exact(number * one)
    known = form.units.get(unit)
    if known is not None and not known.exact:
        places = max(known.places, decimal_places(number))
        value = Interval.rounded(number * one, HALF.scaleb(-places) * one)
    made = Figure(name, value, text, at=content.at, typed=content.typed, unit=unit, says_unit=says_unit)
    return replace(made, printed=number, worth=one)


def _percent(name: str, content: Entry, number: Decimal, text: str, form: Form, book: FactBook) -> Figure:
    """A number whose unit is %: 0.9587 and 95.87 are the same, 95.87%; in formulas it is a fraction."""
    at, typed, column = content.at, content.typed, form.facts.value
    if abs(number) == 1:
        book.findings.append(finding("cell.percent-ambiguous", at, column, text, larger=100, smaller=1))
        return Figure(name, Underived("missing", (name,)), "", at=at, typed=typed)
    digits = _DIGITS.fullmatch(text)
    if abs(number) > 1 or number == 0:
        shown = f"{text if digits else plain(number)}%"
        return _as_percent(name, content, Interval.exact(number / 100), shown)
    # With as many decimals as were typed, and two less.
    places = max(0, len(digits[1] or "") - 2) if digits else None
    shown, literal = f"{plain(number * 100, places, trim=digits is None)}%", f"{plain(number)}%"
    told = finding("fact.percent-fraction", at, column, text, name=name, printed=shown, literal=literal)
    book.findings.append(told)
    return _as_percent(name, content, Interval.exact(number), shown)


def _as_percent(name: str, content: Entry, fraction: Interval | None, text: str) -> Figure:
    """A text that ends with a percent sign, be it a number or not."""
    value: Value = text if fraction is None else fraction
    made = Figure(name, value, text, at=content.at, typed=content.typed, unit="%", says_unit=True)
    return replace(made, worth=worth("%"))


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
        if used not in known and closest(used, book.rejected):
            # The rejected name is the cause, and is reported.
            return Figure(name, Underived("missing", (used,)), "", at=cell.at)
        if used not in known:
            _refuse(name, row, form, book, cell.typed, f"没有名为“{used}”的数据", did_you_mean(used, known))
            return book.facts[name]
    try:
        meant = meaning(node, _unit(row, form), known, form)
    except KindError as error:
        _refuse(name, row, form, book, cell.typed, str(error), "")
        return book.facts[name]
    value = evaluate(meant.formula, lambda each: known[each].value)
    why = ""
    if isinstance(value, Underived) and value.kind == "zero":
        why = f"{'、'.join(value.names)}为 0，不能作分母"
    elif isinstance(value, Interval) and abs(value.value) > _LARGEST:
        why = "结果太大"
    if why:
        _refuse(name, row, form, book, cell.typed, why, "")
        return book.facts[name]
    made = Figure.formatted(name, value, meant.format)
    text = value if isinstance(value, str) else made.text
    return replace(made, text=text, at=cell.at, formula=meant.formula, typed=cell.typed)
