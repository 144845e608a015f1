"""The Jinja environment of the templates: sandboxed, strict, and with its filters named in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from hashlib import blake2s
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.document.values import (
    KEY_END,
    KEY_START,
    LINE,
    TRACE_END,
    TRACE_MIDDLE,
    TRACE_START,
    Printed,
    clean,
)
from generator.model import Figure

# What the current rendering has printed, for the audit; a context variable, so that threads do not mix.
_printed: ContextVar[list[str]] = ContextVar("printed")


# Where every printed value came from, when it is to be found again in the document.
_origins: ContextVar[list[object] | None] = ContextVar("origins", default=None)


def tracing(origins: list[object] | None) -> None:
    """From now on mark every printed value and append its origin to the list; None: no marks."""
    _origins.set(origins)


def recording() -> list[str]:
    """Start a new record of printed values and return it."""
    record: list[str] = []
    _printed.set(record)
    return record


def make() -> ImmutableSandboxedEnvironment:
    """A new environment; templates are compiled in it and never see another."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_finalize, keep_trailing_newline=True
    )
    environment.filters["向下合并"] = _merge_down
    environment.filters["枚举"] = _enumerate
    environment.tests["有值"] = lambda value: value.filled if isinstance(value, Printed) else bool(value)
    return environment


def _finalize(value: Any) -> Any:
    """Every value that a template prints passes here: cleaned, recorded, then escaped by Jinja."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TypeError("a template printed None")
    text = clean(str(value))
    record = _printed.get(None)
    if record is not None and text:
        record.append(text)
    origins = _origins.get()
    return text if origins is None else _traced(value, text, origins)


def _traced(value: Any, text: str, origins: list[object]) -> str:
    """The text with marks around it, or around each of its parts that has an origin of its own."""
    origin = value.origin if isinstance(value, Printed) else value
    fragments = origin.fragments if isinstance(origin, Figure) else ()
    if not fragments:
        return _marked(text, origin, origins)
    return "".join(_marked(clean(piece), figure or origin, origins) for piece, figure in fragments)


def _marked(text: str, origin: object, origins: list[object]) -> str:
    number = len(origins)
    origins.append(origin)
    start = f"{TRACE_START}{number}{TRACE_MIDDLE}"
    return LINE.join(f"{start}{line}{TRACE_END}" if line else "" for line in text.split(LINE))


def _merge_down(value: Any, *keys: Any) -> Markup:
    """Mark the cell: it merges with equal cells below it (same keys, same text)."""
    key = blake2s("\x1f".join(str(part) for part in (*keys, value)).encode(), digest_size=8).hexdigest()
    return escape(_finalize(value)) + Markup(f"{KEY_START}{key}{KEY_END}")


def _enumerate(items: Iterable[Any], attribute: str = "", separator: str = "、", last: str = "和") -> str:
    """``甲、乙和丙``; an item may be a row whose column ``attribute`` is meant."""
    texts = [str(item[attribute] if attribute else item) for item in items]
    if len(texts) < 2:
        return "".join(texts)
    return separator.join(texts[:-1]) + last + texts[-1]
