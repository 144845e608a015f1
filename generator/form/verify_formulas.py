"""Cross-checks of formulas: names are known, like goes with like, what comes out fits its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from generator.expression import Node, names
from generator.form.kinds import kind_of_field
from generator.form.records import Check, Field, FigureSpec, FormError, Plausible, RowTotal, ShareSpec
from generator.form.verify_formats import fits
from generator.formula_types import KindError, check_alike, check_condition, check_points, kind_of
from generator.quantities import Quantity, together

Kinds = Mapping[str, Quantity]
_Seen = TypeVar("_Seen")


def verify_figure(figure: FigureSpec, kinds: Kinds) -> None:
    """A formula with a meaning, printed in a format that fits what comes out."""
    known_names(f"figures.toml: {figure.name}", figure.formula, kinds)
    place = f"figures.toml: figure {figure.name}"
    kind = _meant(f"{place}：formula", lambda: kind_of(figure.formula, kinds.__getitem__))
    fits(f"{place}：format", figure.format_name, figure.format, kind)


def verify_check(check: Check, kinds: Kinds) -> None:
    """Both sides have a meaning and are of one kind."""
    for side in (check.left, check.right):
        known_names(f"checks.toml: {check.name}", side, kinds)
    place = f"checks.toml: check {check.name}"
    for key, side in (("left", check.left), ("right", check.right)):
        kind = _meant(f"{place}：{key}", partial(kind_of, side, kinds.__getitem__))
        if not kind.numeric:
            raise FormError(f"{place}：{key}：两边都要是数，这里是{kind.described}")
    _meant(place, lambda: check_alike(check.left, check.right, kinds.__getitem__))


def verify_condition(place: str, key: str, condition: Node, kinds: Kinds) -> None:
    """A condition with a meaning."""
    known_names(place, condition, kinds)
    _meant(f"{place}：{key}", lambda: check_condition(condition, kinds.__getitem__))


def verify_plausible(ratio: Plausible, kinds: Kinds) -> None:
    """A quotient with a meaning."""
    place = f"checks.toml: plausible {ratio.name}"
    known_names(place, ratio.value, kinds)
    kind = _meant(f"{place}：value", partial(kind_of, ratio.value, kinds.__getitem__))
    if not kind.numeric:
        raise FormError(f"{place}：value：算出来是{kind.described}，不是数")


def verify_over_rows(place: str, total: RowTotal, columns: Mapping[str, Field], kinds: Kinds) -> None:
    """What is taken over the rows of a table with these ``columns`` has a meaning in each row."""
    inside = {**kinds, **{name: kind_of_field(column) for name, column in columns.items()}}
    place = f"{place}：{total.name}"
    if total.node.function == "合计" and total.node.value is not None:
        _meant(place, partial(kind_of, total.node.value, inside.__getitem__))
    if total.node.where is not None:
        _meant(place, partial(check_condition, total.node.where, inside.__getitem__))


def verify_points_formula(place: str, formula: Node, kinds: Kinds) -> None:
    """A formula that gives points: what is added up was made points of by its factors."""
    known_names(place, formula, kinds)
    _meant(f"{place}：formula", lambda: check_points(formula, kinds.__getitem__))


def verify_share(share: ShareSpec, kinds: Kinds) -> None:
    """The whole and its parts are numbers of one kind."""
    place = f"figures.toml: {share.group}"
    whole = require_number(place, share.whole, kinds)
    for part in share.parts:
        kind = require_number(place, part.part, kinds)
        if together(whole, kind) is None:
            told = f"“{share.whole}”是{whole.described}，“{part.part}”是{kind.described}"
            raise FormError(f"{place}：{told}，不能是整体和部分")


def known_names(place: str, formula: Node, kinds: Kinds) -> None:
    """Every name is one of the form."""
    for name in names(formula):
        if name not in kinds:
            raise FormError(f"{place}：公式里的 {name} 不是栏目，也不是本表样的数")


def require_number(place: str, name: str, kinds: Kinds) -> Quantity:
    """The kind of a name, which must be known, and a number."""
    if name not in kinds:
        raise FormError(f"{place}：没有名为 {name} 的栏目或数")
    if not kinds[name].numeric:
        raise FormError(f"{place}：{name} 是{kinds[name].described}，不能参加计算")
    return kinds[name]


def _meant(place: str, look: Callable[[], _Seen]) -> _Seen:
    try:
        return look()
    except KindError as error:
        raise FormError(f"{place}：{error}") from error
