"""What is wrong with a form's Word template, all at once and each with its place.

docxtpl-lint knows what docxtpl makes of tags; what it cannot know is ours: full-width braces, the names of
the form's data, and the words for a place.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateError, nodes
from lxml import etree

from generator.document import environment
from generator.document.layout import w
from generator.document.lint import docxtpl
from generator.document.lint.headings import wrong_headings
from generator.document.lint.names import Names, Scope
from generator.document.lint.places import Spot, brief, spots_of
from generator.document.lint.tags import Tag, parsed, spread, tags_of, wrong_braces
from generator.document.lint.unprinted import unprinted
from generator.document.lint.vocabulary import Vocabulary, vocabulary
from generator.findings import Finding, finding, has_errors
from generator.form.schema import Form

if TYPE_CHECKING:
    from docxtpl_lint.core import Issue

# The parts that a tag may stand in.
_TAGGED = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
# More than any template of text and tables; what unpacks to more is no template.
_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a template: its paragraphs, its tags, and what docxtpl-lint says of it."""

    spots: list[Spot]
    tags: list[Tag]
    issues: list[Issue] = field(default_factory=list)

    @property
    def source(self) -> str:
        """All tags as jinja sees them, one a line, so that a line is a tag."""
        return "\n".join(tag.source for tag in self.tags)


def read_template(path: Path) -> dict[str, Part] | None:
    """The parts of a template that may have tags; None when it is damaged or no Word file."""
    # Slow to import, and a report goes without.
    from docx import Document

    try:
        data = path.read_bytes()
        parts = dict(_parts(data))
        Document(BytesIO(data))
    except ImportError:
        raise  # the installation is damaged, not the template
    # Whatever stands in the package, these two parse it, and each raises what its own parsers raise.
    except Exception:
        return None
    return parts


def _parts(data: bytes) -> Iterator[tuple[str, Part]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST or archive.testzip():
            raise zlib.error
        for name in archive.namelist():
            if name.endswith(".xml") and name.startswith(_TAGGED):
                part = archive.read(name)
                root = etree.fromstring(part)
                if root.getroottree().docinfo.internalDTD is not None:
                    raise etree.LxmlError("Word writes no DTD")
                if name == "word/document.xml" and root.tag != w("document"):
                    raise etree.LxmlError("no document of Word")
                spots = spots_of(name, root)
                yield name, Part(spots, tags_of(spots), docxtpl.issues_of(part))


def lint_template(parts: Mapping[str, Part], form: Form | None) -> list[Finding]:
    """Every fault of the template; what nobody prints is a note. Without a form names are not looked at."""
    findings: list[Finding] = []
    used: set[str] = set()
    known = vocabulary(form) if form is not None else None
    for part in parts.values():
        findings += sorted(_lint(part, known, used), key=partial(_position, part.spots))
    if not findings and not any(part.tags for part in parts.values()):
        return [finding("template.no-tags")]
    if form is not None:
        for part in parts.values():
            findings += wrong_headings(part.spots, part.tags, form)
    if form is not None and not has_errors(findings):
        findings += unprinted(form, used)
    if any(each.code == "template.two-tables" for each in findings):
        # Which rows a loop has is not known while it ends in another table.
        findings = [each for each in findings if each.code != "template.bare-column"]
    return list(dict.fromkeys(findings))


def _position(spots: list[Spot], each: Finding) -> int:
    """Where a finding stands in the part, as its message says."""
    return next((at for at, spot in enumerate(spots) if each.message.startswith(spot.place)), len(spots))


def _lint(part: Part, known: Vocabulary | None, used: set[str]) -> Iterator[Finding]:
    jinja = environment.make()
    yield from wrong_braces(part.spots, docxtpl.ends_elsewhere(part.issues))
    yield from docxtpl.told(part.issues, part.spots)
    trees = [(tag, parsed(tag, jinja)) for tag in part.tags]
    wrong = [(tag, why) for tag, why in trees if isinstance(why, str)]
    for tag, why in wrong:
        yield finding("template.syntax", place=tag.place, why=f"{brief(tag.raw)} {why}")
    whole = None
    if not wrong and not docxtpl.BLOCKS & {issue.rule for issue in part.issues}:
        yield from spread(part.tags)
        try:
            whole = jinja.parse(part.source)
        except TemplateError:
            yield from docxtpl.syntax(part.issues, part.spots)
    yield from _names(part, whole if whole is not None else [tree for _, tree in trees], known, used, jinja)


def _names(
    part: Part,
    tree: nodes.Template | list[nodes.Template | str],
    known: Vocabulary | None,
    used: set[str],
    jinja: Environment,
) -> Iterator[Finding]:
    """Names that nobody knows; where the part cannot be read as a whole, tag by tag."""
    if isinstance(tree, nodes.Template):
        names = Names(known, part.tags, jinja, used)
        names.read(tree, {})
        yield from names.findings()
        return
    scope: Scope = {}
    for tag, each in zip(part.tags, tree, strict=True):
        if not isinstance(each, str):
            names = Names(known, [tag], jinja, used)
            names.head(each, scope)
            yield from names.findings()
