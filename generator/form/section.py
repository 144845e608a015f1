"""A table of a TOML file that is read key by key: wrong types, missing and unknown keys are refused."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.amounts import is_measured
from generator.expression import Node
from generator.form.records import FormError
from generator.form.toml_faults import in_words
from generator.parsing import FormulaError, parse


class Section:
    """One TOML table with its place (``fields.toml: sheet 3: columns 2``) for messages."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict):
            raise FormError(f"{place}：应是一个表（[…] 或 {{…}}）")
        self.place = place
        self._data = dict(data)

    def error(self, message: str) -> FormError:
        """A fault of this table, with its place."""
        return FormError(f"{self.place}：{message}")

    def _take(self, key: str, kinds: tuple[type, ...], what: str, default: Any) -> Any:
        if key not in self._data:
            if default is ...:
                raise self.error(f"缺少 {key}")
            return default
        value = self._data.pop(key)
        # bool is an int to Python, never to a form's author.
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.error(f"{key} 应是{what}，现在是 {value!r}")
        return value

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def text(self, key: str, default: Any = ...) -> str:
        """A text."""
        return str(self._take(key, (str,), "文字", default))

    def flag(self, key: str) -> bool:
        """true or false; absent is false."""
        return bool(self._take(key, (bool,), " true 或 false", False))

    def integer(self, key: str, default: Any = ...) -> int:
        """A whole number."""
        return int(self._take(key, (int,), "整数", default))

    def number(self, key: str, default: Any = ...) -> Any:
        """A number as Decimal, or the default."""
        value = self._take(key, (int, Decimal), "数", default)
        return value if value is None else self._measured(key, Decimal(value))

    def _measured(self, key: str, value: Decimal) -> Decimal:
        """What no form means, and what takes minutes to print, is refused."""
        if not is_measured(value):
            raise self.error(f"{key} = {value} 太大或太小，不能用")
        return value

    def bounds(self, key: str) -> tuple[Decimal, Decimal]:
        """Two numbers, the lower one first: ``[0.5, 8]``."""
        values = self._take(key, (list,), "两个数的列表", ...)
        if len(values) != 2 or not all(type(each) in (int, Decimal) for each in values):
            raise self.error(f"{key} 应是两个数，如 [0.5, 8]")
        low, high = (self._measured(key, Decimal(each)) for each in values)
        if low >= high:
            raise self.error(f"{key} 的前一个数应小于后一个数")
        return low, high

    def operand(self, key: str, default: Any = ...) -> Decimal | str:
        """A number as Decimal, or a name."""
        value = self._take(key, (int, Decimal, str), "数或名称", default)
        return value if isinstance(value, str) else self._measured(key, Decimal(value))

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, (list, tuple), "文字的列表", default)
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"{key} 应是文字的列表")
        return tuple(values)

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts; absent is empty."""
        values = self._take(key, (list,), "列表的列表", [])
        return tuple(tuple(str(item) for item in value) for value in values)

    def choice(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> str:
        """A text out of a few."""
        value = self.text(key, default)
        if value not in allowed:
            named = "、".join(each for each in allowed if each)
            raise self.error(f"{key} 只能是 {named}，现在是 {value!r}")
        return value

    def text_or_texts(self, key: str) -> tuple[str, ...]:
        """One text, or a list of texts; none when it is absent."""
        if isinstance(self._data.get(key), str):
            return (self.text(key),)
        return self.texts(key, ())

    def formula(self, key: str) -> Node:
        """A formula, parsed."""
        try:
            return parse(self.text(key))
        except FormulaError as error:
            raise self.error(f"{key}：{error}") from error

    def section(self, key: str) -> Section:
        """A table inside this one."""
        return Section(self._take(key, (dict,), "一个表", ...), f"{self.place}: {key}")

    def sections(self, key: str, default: Any = ()) -> list[Section]:
        """A list of tables inside this one."""
        values = self._take(key, (list, tuple), "表的列表", default)
        made = []
        for number, value in enumerate(values, 1):
            label = (
                value.get("name") or value.get("id") or value.get("is") if isinstance(value, dict) else None
            )
            made.append(Section(value, f"{self.place}: {key} {label or number}"))
        return made

    def entries(self) -> list[tuple[str, Any]]:
        """All keys and values, for tables whose keys are names."""
        items = list(self._data.items())
        self._data.clear()
        return items

    def done(self) -> None:
        """Refuse keys that nobody has read."""
        if self._data:
            raise self.error(f"不认识的键 {'、'.join(self._data)}")


def read_toml(folder: Path, name: str) -> Section:
    """Read ``folder/name``; FormError when it is missing or is not TOML."""
    try:
        # A byte order mark is what some editors put before UTF-8.
        text = (folder / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise FormError(f"{folder / name}：缺少这个文件") from error
    except UnicodeDecodeError as error:
        raise FormError(f"{folder / name}：不是 UTF-8 编码，请用记事本另存为 UTF-8") from error
    except OSError as error:
        raise FormError(f"{folder / name}：读不出来（{error.strerror}）") from error
    try:
        return Section(tomllib.loads(text, parse_float=Decimal), name)
    except RecursionError as error:
        raise FormError(f"{folder / name}：不是正确的 TOML（嵌套太深）") from error
    except ValueError as error:  # a TOMLDecodeError, or an integer of thousands of digits
        why = in_words(str(error), text) if isinstance(error, tomllib.TOMLDecodeError) else "有一个数太长"
        raise FormError(f"{folder / name}：不是正确的 TOML（{why}）") from error
