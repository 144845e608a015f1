"""What the numbers of a measure are told in: percent, or the unit that it is counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.amounts import NumberFormat, plain
from generator.form.kinds import kind_of_field, with_unit
from generator.form.records import Field, FigureSpec

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """How the values of a measure are told.

    ``percent``: they are fractions. Else one ``unit`` (天, 人, 万元; blank: none) is ``divide`` of what they
    are kept in.
    """

    percent: bool = False
    unit: str = ""
    divide: Decimal = Decimal(1)

    @property
    def one(self) -> Decimal:
        """The step that is meant when none is said: a percentage point, a day, a person, 1 万元."""
        return Decimal("0.01") if self.percent else self.divide

    def number(self, value: Decimal) -> str:
        """A number of the rule: ``80%``, ``5天``."""
        return f"{plain(value * 100)}%" if self.percent else f"{plain(value / self.divide)}{self.unit}"

    def measured(self, value: Decimal, places: int = _PLACES) -> str:
        """The measure itself: ``80.00%``, ``7天``."""
        if self.percent:
            return plain(value * 100, places, trim=False) + "%"
        return plain(value / self.divide, places) + self.unit

    def between(self, value: Decimal) -> str:
        """How far two values are apart: ``3个百分点``, ``2天``."""
        if self.percent:
            return f"{plain(value * 100, _PLACES)}个百分点"
        return plain(value / self.divide, _PLACES) + self.unit

    def words(self, value: Decimal) -> str:
        """The same as a rule says it: ``一个百分点``, ``5个百分点``, ``1天``."""
        return "一个百分点" if self.percent and value == self.one else self.between(value)


PERCENT = Scale(percent=True)
POINTS = Scale(unit="分")
_PLAIN = Scale()
_PERCENT_SIGNS = ("%", "％")


class Scales:
    """The scales of a form's names."""

    def __init__(
        self,
        fields: Iterable[Field],
        figures: Sequence[FigureSpec],
        prints: Mapping[str, str],
        formats: Mapping[str, NumberFormat],
        shares: Iterable[str] = (),
    ) -> None:
        self._fields = {field.name: field for field in fields}
        self._figures = {spec.name: spec for spec in figures}
        self._prints, self._formats, self._shares = prints, formats, frozenset(shares)
        self._known: dict[str, Scale] = {}

    def of(self, name: str) -> Scale:
        """The scale of a field, a column or a figure; of an unknown name a plain number."""
        if name not in self._known:
            self._known[name] = self._of(name)
        return self._known[name]

    def _of(self, name: str) -> Scale:
        if name in self._shares:
            return PERCENT
        field = self._fields.get(name)
        if field is not None:
            return self._of_field(field)
        spec = self._figures.get(name)
        if spec is None:
            return POINTS if "." in name else _PLAIN
        if is_percent(spec.format):
            return PERCENT
        return Scale(unit=spec.format.unit, divide=spec.format.divide)

    def _of_field(self, field: Field) -> Scale:
        chosen = self._formats.get(self._prints.get(field.type, ""))
        chosen = with_unit(chosen, kind_of_field(field)) if chosen is not None else None
        if field.type == "percent" or (chosen is not None and is_percent(chosen)):
            return PERCENT
        if field.type == "amount":
            return Scale(unit=chosen.unit if chosen else "元", divide=chosen.divide if chosen else Decimal(1))
        return Scale(unit=field.unit)


def is_percent(chosen: NumberFormat) -> bool:
    """Whether a format prints fractions as percentages."""
    return chosen.divide == Decimal("0.01") or "%" in (chosen.suffix, chosen.unit)
