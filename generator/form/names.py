"""Names of the vocabulary as a form folder writes them."""

from __future__ import annotations

from typing import Any

from generator.form.section import Section
from generator.parsing import is_name


def read_name(section: Section, key: str = "name", default: Any = ...) -> str:
    """A name of the vocabulary; what is no identifier is refused."""
    name = section.text(key, default)
    if not is_name(name):
        raise section.error(f"{key} {name!r} 不能用作名称：只用汉字、字母、数字和下划线，不以数字开头")
    return name
