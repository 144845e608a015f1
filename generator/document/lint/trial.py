"""A report printed for trial: which tags fail with its data, and where they stand."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.document import environment
from generator.document.context import Context, context
from generator.document.lint.tags import in_chinese
from generator.document.render import render
from generator.findings import Finding, finding
from generator.form.schema import Form
from generator.model import Report

if TYPE_CHECKING:
    from generator.document.lint import Part
    from generator.document.lint.tags import Tag

# So many tags of a part are told at most: what fails in every row has one cause.
_MOST = 20


def try_out(parts: Mapping[str, Part], report: Report, form: Form, which: str) -> list[Finding]:
    """What goes wrong when the report is printed; ``which`` says what data it is made of."""
    try:
        _, faults = render(report, form)
        return [finding("template.trial", why=f"{which}{fault.message}") for fault in faults]
    # Whatever an expression of a template or docxtpl raises is a fault of the template.
    except Exception as error:
        names = context(report, form)
        found = [each for part in parts.values() for each in _failing(part, names, which)]
        return found or [finding("template.trial", why=f"{which}{in_chinese(f'{error}')}")]


def _failing(part: Part, names: Context, which: str) -> Iterator[Finding]:
    """Print the tags alone, a line each, so that the line of a failure says which tag it is.

    A tag that fails is taken out, and all is tried again for the next one.
    """
    jinja = environment.make()
    lines = [tag.source for tag in part.tags]
    for _ in range(_MOST):
        try:
            jinja.from_string("\n".join(lines)).render(names)
            return
        except Exception as error:
            at = _line(error)
            if at is None or not 0 < at <= len(lines) or lines[at - 1] == _harmless(part.tags[at - 1]):
                return
            tag = part.tags[at - 1]
            yield finding("template.fails", value=tag.raw, place=tag.place, why=f"{which}{_why(error)}")
            lines[at - 1] = _harmless(tag)


def _line(error: Exception) -> int | None:
    """The line of the template in which an error arose; jinja puts it into the traceback."""
    lines = [
        at for frame, at in traceback.walk_tb(error.__traceback__) if _is_template(frame.f_code.co_filename)
    ]
    return lines[-1] if lines else getattr(error, "lineno", None)


def _is_template(name: str) -> bool:
    return name == "<template>"


def _harmless(tag: Tag) -> str:
    """What stands in for a tag that fails."""
    return {"if": "{% if 0 %}", "elif": "{% elif 0 %}", "for": "{% for _ in [] %}"}.get(tag.word, "")


_WHY = (
    (re.compile(r"'[<>]=?' not supported"), "文字和数不能比较大小"),
    (re.compile(r"unsupported operand|be str|multiply"), "印出的数不能再算，请在 figures.toml 里算"),
    (re.compile(r"division by zero|DivisionByZero|DivisionUndefined"), "除数为 0"),
    (re.compile(r"object is not iterable"), "不是表格，不能逐行取"),
    (re.compile(r"object is not callable"), "后面不能有括号"),
    (re.compile(r"has no len\(\)|has no length"), "不是表格，没有行数"),
    (re.compile(r"has no (?:attribute|element) '?(.+?)'?$"), "没有 {}"),
    (re.compile(r"^'(.+?)' is undefined"), "没有 {}"),
    (re.compile(r"printed None"), "没有值可以印"),
)  # fmt: skip


def _why(error: Exception) -> str:
    """What jinja or Python says of a tag that fails."""
    message = f"{error}" or type(error).__name__
    for pattern, words in _WHY:
        match = pattern.search(message)
        if match:
            return words.format(*match.groups())
    return message
