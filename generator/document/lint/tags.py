"""The tags of a template's paragraphs, and what is wrong with each by itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, TemplateError, nodes

from generator.document.lint.places import LONG, Spot
from generator.findings import Finding, finding, quoted

FULL_WIDTH = re.compile(r"｛\s*[｛％%{]|[％%｝}]\s*｝|\{\s*[％｛]|％\s*\}")
# No tag begins inside another; a begin without an end is not looked for to the end of the paragraph either.
_INSIDE = r"(?:(?!\{[{%#]).)*?"
_TAG = re.compile(rf"\{{\{{{_INSIDE}\}}\}}|\{{%{_INSIDE}%\}}|\{{#{_INSIDE}#\}}")
# What is left of a tag when the whole ones are gone: an end only, or braces with a blank between them. That a
# begin has no end is told by docxtpl-lint.
_LEFT = re.compile(r"\}\}|%\}|\{ +[{%]|[}%] +\}")
# What docxtpl puts before a tag, and the quotation marks that it takes for straight ones.
_KIND = re.compile(r"(p|tr|tc|r) ")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
# docxtpl's own tags, which jinja never sees.
_DOCXTPL = frozenset({"vm", "hm", "colspan", "cellbg"})
_BLOCKS = frozenset({"if", "for", "with", "macro", "call", "filter", "autoescape", "block"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: as it stands, what stands in it, and in which paragraph. ``prefix``: p, tr, tc, r or nothing."""

    raw: str
    prefix: str
    body: str
    spot: Spot

    @property
    def statement(self) -> bool:
        """Whether it says ``{% … %}``."""
        return self.raw.startswith("{%")

    @property
    def word(self) -> str:
        """The first word of a statement; of one that sets a block of text ``set block``."""
        first = self.body.split()[0] if self.statement and self.body else ""
        return "set block" if first == "set" and "=" not in self.body else first

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.spot.at(self.raw)

    @property
    def source(self) -> str:
        """The tag as jinja sees it, in one line."""
        if self.word in _DOCXTPL:
            _, _, expression = self.body.partition(" ")
            return f"{{{{ {expression} }}}}" if expression.strip() else ""
        return f"{{% {self.body} %}}" if self.statement else f"{{{{ {self.body} }}}}"


def tags_of(spots: Sequence[Spot]) -> list[Tag]:
    """Every tag of a part in order; comments and what stands in ``{% raw %}`` are none."""
    tags = []
    raw = False
    for spot in spots:
        for match in _TAG.finditer(spot.text):
            tag = _tag(match[0], spot)
            raw = tag.word == "raw" or (raw and tag.word != "endraw")
            if not raw and tag.word != "endraw" and not match[0].startswith("{#"):
                tags.append(tag)
    return tags


def _tag(raw: str, spot: Spot) -> Tag:
    inner = raw[2:-2].removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+")
    # A blank before the prefix is a fault that docxtpl-lint tells; it is not told again as a wrong word.
    found = _KIND.match(inner.lstrip() if raw.startswith("{%") else inner)
    body = inner.lstrip()[len(found[0]) :] if found else inner
    return Tag(raw, found[1] if found else "", body.translate(_QUOTES).strip(), spot)


def wrong_braces(spots: Sequence[Spot], ends: Container[int]) -> Iterator[Finding]:
    """Full-width braces, and ends of tags that have no begin.

    At the spots of the numbers ``ends`` a tag ends that began in another paragraph, which is told there.
    """
    for number, spot in enumerate(spots):
        wide = FULL_WIDTH.search(spot.text)
        if wide:
            yield finding("template.full-width", value=_around(spot.text, wide), place=spot.at(wide[0]))
        if wide or number in ends:
            continue
        left = _LEFT.search(_TAG.sub(lambda match: " " * len(match[0]), spot.text))
        if left:
            yield finding("template.unclosed", value=_around(spot.text, left), place=spot.at(left[0]))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - LONG // 2) : match.end() + LONG // 2]


def parsed(tag: Tag, jinja: Environment) -> nodes.Template | str:
    """The tag by itself: its tree, or what is wrong with it. An end has no tree and no fault."""
    word, source = tag.word, tag.source
    if word == "else" or word.startswith("end"):
        source = ""
    elif word == "elif":
        source = f"{{% if 1 %}}{source}{{% endif %}}"
    elif word in _BLOCKS or word == "set block":
        source += f"{{% end{word.split(' ')[0]} %}}"
    try:
        return jinja.parse(source)
    except TemplateError as error:
        return in_chinese(error.message or "")
    except RecursionError:
        return "括号太多"


def spread(tags: Sequence[Tag]) -> Iterator[Finding]:
    """Blocks that docxtpl-lint passes: without a prefix over cells or paragraphs, and within one cell."""
    for begin, end in _pairs(tags):
        code = _reach(begin, end) if begin.prefix == end.prefix else ""
        if code == "template.same-cell":
            yield finding(code, value=end.raw, place=end.place, tag=quoted(begin.raw))
        elif code:
            yield finding(code, value=begin.raw, place=begin.place, tag=quoted(end.raw))


def _reach(begin: Tag, end: Tag) -> str:
    """What is wrong with where a block begins and ends."""
    one_cell = begin.spot.cell == end.spot.cell
    if begin.prefix == "tc":
        return "template.same-cell" if one_cell and begin.spot.cell else ""
    if begin.prefix not in ("", "p"):
        return ""
    if not one_cell:
        return "template.across-cells"
    return "" if begin.prefix or begin.spot is end.spot else "template.across-paragraphs"


def _pairs(tags: Sequence[Tag]) -> Iterator[tuple[Tag, Tag]]:
    stack: list[Tag] = []
    for tag in tags:
        if tag.word in _BLOCKS or tag.word == "set block":
            stack.append(tag)
        elif tag.word.startswith("end"):
            if not stack or stack[-1].word.split(" ")[0] != tag.word.removeprefix("end"):
                return  # told already, and nothing more is certain
            yield stack.pop(), tag


_JINJA = (
    (re.compile(r"Unexpected end of template.*needs to be closed is '(\w+)'"), "有一个 {} 没有结束"),
    (re.compile(r"Encountered unknown tag '(\w+)'"), "多了或写错了 {}"),
    (re.compile(r"expected token '(.+?)', got '(.+?)'"), "应该是 {}，写的是 {}"),
    (re.compile(r"unexpected char '(.)'"), "里有 {}，标签里的标点要用半角"),
    (re.compile(r"unexpected '(.+?)'"), "不该有 {}"),
)


def in_chinese(message: str) -> str:
    """What jinja says of a wrong tag."""
    for pattern, words in _JINJA:
        match = pattern.search(message)
        if match:
            return words.format(*match.groups())
    return message
