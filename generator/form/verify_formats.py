"""Cross-checks of number formats: each kind of number has one whose unit and divisor fit it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.amounts import NumberFormat, plain
from generator.form.kinds import kind_of_field, with_unit
from generator.form.records import Field, FormError
from generator.form.schema import Form
from generator.formula_types import as_printed
from generator.quantities import Quantity, of_unit, worth

# What a number of these types is cannot be seen without its unit.
_NEEDED = {"amount": "金额", "percent": "百分比"}


def fits(place: str, name: str, chosen: NumberFormat, kind: Quantity) -> None:
    """What comes out of a formula can be printed in the unit of its format."""
    if not kind.numeric:
        raise FormError(f"{place}：算出来是{kind.described}，不是数，印不成“{name}”")
    unit = with_unit(chosen, kind).unit
    if kind.money == 1 and not unit:
        told = f"格式“{name}”没有写印出的数是什么单位，请在 [formats] 里写 unit"
        raise FormError(f"{place}：算出来是{kind.described}，{told}")
    if as_printed(kind, unit) is None:
        printed = f"格式“{name}”印的是{of_unit(unit).described}，单位 {unit}"
        raise FormError(f"{place}：算出来是{kind.described}，{printed}")


def missing_prints(form: Form) -> Iterator[str]:
    """Types of fields whose numbers need a format, and have none or one of another kind."""
    columns = [column for table in form.tables().values() for column in table.columns]
    for field in _first_of_each([*form.fields().values(), *columns]):
        if field.type not in form.prints:
            yield (
                f"form.toml: print：缺少 {field.type}：有{_NEEDED[field.type]}栏目（如 {field.name}），"
                "请写明用 [formats] 里的哪种格式印出"
            )
        elif form.prints[field.type] in form.formats:
            name = form.prints[field.type]
            try:
                fits(f"form.toml: print：{field.type}", name, form.formats[name], kind_of_field(field))
            except FormError as error:
                yield str(error).replace("算出来是", f"栏目 {field.name} 是")


def _first_of_each(fields: list[Field]) -> list[Field]:
    found: dict[str, Field] = {}
    for field in fields:
        if field.type in _NEEDED:
            found.setdefault(field.type, field)
    return list(found.values())


def wrong_divisors(form: Form) -> Iterator[str]:
    """Formats that say what they print, and divide by something else."""
    for name, each in form.formats.items():
        if each.divide <= 0 or not each.unit:
            continue
        own = form.units.get(each.unit)
        known = of_unit(each.unit)
        right = own.yuan if own is not None else worth(each.unit)
        if (own is not None or known.money or known.kind == "percent") and each.divide != right and right > 0:
            yield f"form.toml: formats: {name}：unit 是 {each.unit}，divide 应是 {plain(right)}"
