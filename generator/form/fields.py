"""fields.toml → sheets, fields, tables and matrices."""

from __future__ import annotations

from typing import cast, get_args

from generator.form.matrices import read_matrix
from generator.form.names import read_name
from generator.form.records import Field, FieldType, Sheet, Table
from generator.form.section import Section

_TYPES: tuple[str, ...] = get_args(FieldType)


def read_sheet(section: Section) -> Sheet:
    """A ``[[sheet]]`` with its fields, tables and matrices."""
    sheet = Sheet(
        name=section.text("name"),
        note=section.text("note", ""),
        fields=tuple(read_field(each) for each in section.sections("fields")),
        tables=tuple(_read_table(each) for each in section.sections("tables")),
        matrices=tuple(read_matrix(each) for each in section.sections("matrices")),
        optional=section.flag("optional"),
    )
    section.done()
    return sheet


def read_field(section: Section) -> Field:
    """A field or a column."""
    name = read_name(section)
    made = Field(
        name=name,
        label=section.text("label", name),
        type=cast(FieldType, section.choice("type", _TYPES)),
        unit=section.text("unit", ""),
        required=section.flag("required"),
        choices=section.texts("choices", ()),
        min=section.number("min", None),
        max=section.number("max", None),
        default=section.text("default", ""),
        fill_down=section.flag("fill_down"),
        any_year=section.flag("any_year"),
        heading=section.text("heading", ""),
        reading=section.flag("reading"),
        least=section.number("least", None),
        like=section.text("like", ""),
        roll=section.text("roll", ""),
        note=section.text("note", ""),
        sample=section.text("sample", ""),
    )
    if (made.type == "choice") != bool(made.choices):
        raise section.error("type 为 choice 时须写 choices，其他类型不能写")
    if made.default and made.default not in made.choices:
        raise section.error(f"default {made.default} 不是 choices 里的选项")
    if made.default and made.required:
        raise section.error("写了 default 的栏目可以不填，不能再写 required = true")
    section.done()
    return made


def _read_table(section: Section) -> Table:
    name = read_name(section)
    columns = tuple(read_field(each) for each in section.sections("columns", ...))
    made = Table(
        name=name,
        title=section.text("title", ""),
        columns=columns,
        key=section.texts("key", ()),
        min_rows=section.integer("min_rows", 0),
        group_by=section.texts("group_by", ()),
        groups=section.lists("groups"),
    )
    for column in columns:
        if column.default:
            raise section.error(f"{column.name} 是表格的列，不能写 default")
    known = {column.name for column in columns}
    for used in (*made.key, *made.group_by):
        if used not in known:
            raise section.error(f"没有名为 {used} 的列")
    if any(len(group) != len(made.group_by) for group in made.groups):
        raise section.error("groups 的每一项须与 group_by 一样多")
    section.done()
    return made
