"""What is not wrong in a form's data but worth a look: bands never reached, things never used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import reduce

from generator.amounts import ZERO, plain
from generator.expression import Arithmetic, Call, Choice, Name, Negative, Node, Number
from generator.form.indicators import Indicator
from generator.form.rule_types import Band, Bands, OneOf, Rule
from generator.form.schema import Form


@dataclass(frozen=True, slots=True)
class LostBand:
    """A band that its measure never reaches: ``low`` is the least that it can be, or ``high`` the most."""

    place: str
    measure: str
    band: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a value can be; None: nothing is known."""

    low: Decimal | None = None
    high: Decimal | None = None

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(_added(self.low, other.low), _added(self.high, other.high))

    def __neg__(self) -> Bounds:
        return Bounds(*(None if each is None else -each for each in (self.high, self.low)))

    def __mul__(self, other: Bounds) -> Bounds:
        if not (self.positive and other.positive):
            return Bounds()
        return Bounds(ZERO, None if self.high is None or other.high is None else self.high * other.high)

    def __truediv__(self, other: Bounds) -> Bounds:
        """A small denominator makes a quotient as large as you like, but not of another sign."""
        return Bounds(ZERO) if self.positive and other.positive else Bounds()

    def __abs__(self) -> Bounds:
        if self.positive:
            return self
        return Bounds(ZERO, None if self.low is None or self.high is None else max(-self.low, self.high))

    def __or__(self, other: Bounds) -> Bounds:
        """Either of the two."""
        lows, highs = (self.low, other.low), (self.high, other.high)
        low = None if None in lows else min(each for each in lows if each is not None)
        return Bounds(low, None if None in highs else max(each for each in highs if each is not None))

    @property
    def positive(self) -> bool:
        """Whether it is never negative."""
        return self.low is not None and self.low >= 0


def _added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def bounds_of(name: str, form: Form) -> Bounds:
    """What a field, a column's total or a figure can be; a blank counts as 0."""
    formulas = {spec.name: spec.formula for spec in form.figures}
    if name in formulas:
        return _bounds(formulas[name], form)
    field = form.fields().get(name)
    if field is not None:
        return Bounds(field.min, field.max) | Bounds(ZERO, ZERO)
    if name in form.columns():
        column = form.columns()[name][1]
        return Bounds(ZERO) if column.min is not None and column.min >= 0 else Bounds()
    return Bounds()


def _bounds(node: Node, form: Form) -> Bounds:
    match node:
        case Number(number):
            return Bounds(number, number)
        case Name(name):
            return bounds_of(name, form)
        case Negative(operand):
            return -_bounds(operand, form)
        case Arithmetic(operator, left, right):
            one, other = _bounds(left, form), _bounds(right, form)
            return {"+": one + other, "-": one + -other, "*": one * other, "/": one / other}[operator]
        case Choice(_, then, other_node):
            return _bounds(then, form) | _bounds(other_node, form)
        case Call(function, arguments):
            parts = [_bounds(each, form) for each in arguments]
            if function == "abs":
                return abs(parts[0])
            return reduce(Bounds.__add__ if function == "sum" else Bounds.__or__, parts)
        case _:
            return Bounds()


def lost_bands(form: Form) -> Iterator[LostBand]:
    """Bands that lie wholly below or above what their measure can be."""
    for indicator in form.indicators:
        place = f"indicators.toml: indicator {indicator.name}: rule"
        for rule in _bands(indicator.rule):
            bounds = bounds_of(rule.measure, form)
            for number, band in enumerate(rule.bands, 1):
                yield from _lost(f"{place}: bands {number}", rule.measure, band, bounds)


def _bands(rule: Rule) -> Iterator[Bands]:
    if isinstance(rule, Bands):
        yield rule
    elif isinstance(rule, OneOf):
        for option in rule.options:
            yield from _bands(option.rule)


def _lost(place: str, measure: str, band: Band, bounds: Bounds) -> Iterator[LostBand]:
    low, high = bounds.low, bounds.high
    if low is not None and _apart(
        band.high, band.high_closed, low, band.high is not None and band.high < low
    ):
        yield LostBand(place, measure, band.text, low=_shown(low, band))
    if high is not None and _apart(band.low, band.low_closed, high, band.low is not None and band.low > high):
        yield LostBand(place, measure, band.text, high=_shown(high, band))


def _apart(end: Decimal | None, closed: bool, bound: Decimal, beyond: bool) -> bool:
    """Whether a band ends before a bound, or at it without holding it."""
    return beyond or (end == bound and not closed)


def _shown(number: Decimal, band: Band) -> str:
    return f"{plain(number * 100)}%" if "%" in band.text else plain(number)


def unused_formats(form: Form) -> Iterator[str]:
    """Number formats that no type, figure, share or fact is printed in, and types that no field has."""
    used = {*form.prints.values(), form.facts.percent, form.facts.number, form.facts.percent_of_amounts}
    used |= {figure.format_name for figure in form.figures} | {share.format_name for share in form.shares}
    for name in form.formats:
        if name not in used:
            yield f"form.toml: formats: {name}"


def needed(form: Form) -> frozenset[str]:
    """Every name that a formula, tie, share, rule, condition or role of the form rests on."""
    found = {form.year_field, form.unit_field, form.summary.unit, *form.summary.figures}
    for spec in form.figures:
        found |= set(form.names_in(spec))
    every = [*form.fields().values(), *(c for table in form.tables().values() for c in table.columns)]
    for field in every:
        found |= {field.like, field.roll}
    for share in form.shares:
        found |= {share.whole, *(part.part for part in share.parts)}
    records = (*form.checks, *form.plausible, *form.indicators, *form.caps, *form.factors)
    for record in (form.goals, form.own, *records):
        found |= set(_mentioned(record))
    return frozenset(found)


# What a record says of itself, which names nothing of the vocabulary.
_WORDS = {field.name for field in fields(Indicator)} - {"rule", "not_applicable"}
_WORDS |= {"fix", "indicators", "grade_at_most"}


def _mentioned(record: object) -> Iterator[str]:
    """Every text in a record and in what it holds: of a rule each may be a name, whatever its kind."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, Name):
        yield record.name
    elif isinstance(record, tuple):
        for each in record:
            yield from _mentioned(each)
    elif is_dataclass(record):
        for field in fields(record):
            if field.name not in _WORDS:
                yield from _mentioned(getattr(record, field.name))
