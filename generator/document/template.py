"""A Word template compiled once and rendered many times.

The syntax is docxtpl's, and docxtpl's own ``patch_xml`` turns the XML that Word wrote into Jinja
source; what it would do again for every document (patch, compile, rewrite the package) is done once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError

from generator.document import cache, environment
from generator.document.audit import audit_parts
from generator.form.records import FormError
from generator.package import Member, packed, parts_of

# The parts that a tag may stand in.
_TAGGED = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of the file, those that are copied as they are already compressed, and the compiled ones.

    ``grids``: a part has tables whose columns are made by tags, which docxtpl has to set right afterwards.
    """

    parts: dict[str, bytes]
    compiled: dict[str, Compiled]
    packed: dict[str, Member]
    faults: tuple[str, ...] = ()  # of the parts that are copied
    grids: frozenset[str] = frozenset()


def load_template(path: Path) -> Template:
    """The compiled template of ``path``, compiled anew only when the file has changed."""
    status = path.stat()
    return _compile(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _compile(path: Path, changed: int, size: int) -> Template:
    data = path.read_bytes()
    parts = parts_of(BytesIO(data))
    sources = cache.load(data)
    if sources is None or not sources.keys() <= parts.keys():
        sources = patched(data, parts)
        cache.save(data, sources)
    jinja = environment.make()
    compiled = {name: _compile_part(jinja, source, path, name) for name, source in sources.items()}
    copied = {name: part for name, part in parts.items() if name not in compiled}
    packed_parts = {name: packed(part) for name, part in copied.items()}
    grids = frozenset(name for name in compiled if _makes_columns(parts[name]))
    return Template(parts, compiled, packed_parts, tuple(audit_parts(copied)), grids)


def patched(data: bytes, parts: dict[str, bytes]) -> cache.Sources:
    """The Jinja source of every part that has tags, made by docxtpl."""
    # Slow to import, and needed only for a template that is new here.
    from docxtpl import DocxTemplate
    from lxml import etree

    patcher = DocxTemplate(BytesIO(data))
    sources = {}
    for name, part in parts.items():
        if name.startswith(_TAGGED) and name.endswith(".xml"):
            # Reserialised, because patch_xml expects the XML as lxml writes it.
            source = etree.tostring(etree.fromstring(part), encoding="unicode")
            if name == "word/document.xml" or "{{" in source or "{%" in source:
                sources[name] = patcher.patch_xml(source)
    return sources


def _makes_columns(part: bytes) -> bool:
    return b"{%tc" in part or b"colspan" in part or b"{% hm" in part or b"{%hm" in part


def _compile_part(jinja: Any, source: str, path: Path, name: str) -> Compiled:
    try:
        made: Compiled = jinja.from_string(source)
    except TemplateSyntaxError as error:
        raise FormError(f"{path}（{name}）：标签写法不对：{error.message}") from error
    return made
