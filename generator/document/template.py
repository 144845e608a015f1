"""A Word template compiled once and rendered many times.

The syntax is docxtpl's, and docxtpl's own ``patch_xml`` turns the XML that Word wrote into Jinja
source; what it would do again for every document (patch, compile, rewrite the package) is done once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError
from lxml import etree

from generator.document import environment
from generator.document.audit import audit_parts
from generator.form.schema import FormError
from generator.package import Member, packed, parts_of

# The parts that a tag may stand in.
_TAGGED = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of the file, those that are copied as they are already compressed, and the compiled ones."""

    parts: dict[str, bytes]
    compiled: dict[str, Compiled]
    packed: dict[str, Member]
    faults: tuple[str, ...] = ()  # of the parts that are copied


def load_template(path: Path) -> Template:
    """The compiled template of ``path``, compiled anew only when the file has changed."""
    status = path.stat()
    return _compile(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _compile(path: Path, changed: int, size: int) -> Template:
    parts = parts_of(path)
    patcher = DocxTemplate(path)
    jinja = environment.make()
    compiled = {}
    for name, data in parts.items():
        if name.startswith(_TAGGED) and name.endswith(".xml"):
            # Reserialised, because patch_xml expects the XML as lxml writes it.
            source = etree.tostring(etree.fromstring(data), encoding="unicode")
            if name == "word/document.xml" or "{{" in source or "{%" in source:
                compiled[name] = _compile_part(jinja, patcher.patch_xml(source), path, name)
    copied = {name: data for name, data in parts.items() if name not in compiled}
    packed_parts = {name: packed(data) for name, data in copied.items()}
    return Template(parts, compiled, packed_parts, tuple(audit_parts(copied)))


def _compile_part(jinja: Any, source: str, path: Path, name: str) -> Compiled:
    try:
        made: Compiled = jinja.from_string(source)
    except TemplateSyntaxError as error:
        raise FormError(f"{path}（{name}）：标签写法不对：{error.message}") from error
    return made
