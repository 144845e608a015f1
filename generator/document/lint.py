"""What is wrong with a form's Word template, all at once and each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile

from jinja2 import Environment, TemplateError, meta, nodes
from lxml import etree

from generator.document import environment
from generator.document.layout import Element, text_of, w
from generator.document.template import patched
from generator.expression import names as names_in
from generator.findings import Finding, did_you_mean, finding, has_errors
from generator.form.schema import Form
from generator.package import parts_of

_FULL_WIDTH = re.compile(r"｛\s*[｛％%]|[％%｝]\s*｝|\{\s*％|％\s*\}|｛\{|\}｝")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LEFT = re.compile(r"\{\{|\{%|\}\}|%\}")
_NAME = r"(?<![\w.]){}(?!\w)"
# Names that the engine itself hands to a template, beside those of the form's data.
_OWN = frozenset({"满分", "综合得分", "评价等次"})
_OF_ROWS = frozenset({"序号"})
_OF_PARTS = frozenset({"名称", "金额", "占比"})
_OF_SCORES = frozenset({"一级分值", "二级分值", "分值键"})
_LONG = 24


def lint_template(form: Form) -> list[Finding]:
    """Every fault of the template; what nobody prints is a note."""
    path = form.template
    try:
        data = path.read_bytes()
        parts = parts_of(BytesIO(data))
        trees = {name: etree.fromstring(part) for name, part in parts.items() if _may_have_tags(name)}
    except (OSError, BadZipFile, EOFError, RuntimeError, NotImplementedError, etree.XMLSyntaxError):
        return [finding("template.damaged", path=path)]
    places = _Places(trees)
    findings = places.faults()
    if not findings:
        findings = places.wrong_tags(environment.make())
    if has_errors(findings):
        # What follows reads the template whole, which one wrong tag makes unreadable.
        return findings + places.unknown_names(_vocabulary(form))
    names: set[str] = set()
    try:
        sources = patched(data, parts)
    # docxtpl raises whatever its parsers raise on a package that Word did not write.
    except Exception as error:
        return [*findings, finding("template.syntax", place="模板", why=str(error))]
    for source in sources.values():
        faults, used = _lint_source(source, form, places)
        findings += faults
        names |= used
    if has_errors(findings):
        return list(dict.fromkeys(findings))
    return _unprinted(form, names)


def _may_have_tags(name: str) -> bool:
    return name.endswith(".xml") and name.startswith(
        ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
    )


class _Places:
    """The paragraphs of a template, each with where it stands: heading, table and row, or part."""

    def __init__(self, trees: Mapping[str, Element]) -> None:
        self._parts = {name: list(_paragraphs(name, root)) for name, root in trees.items()}
        self._paragraphs = [each for paragraphs in self._parts.values() for each in paragraphs]

    def of(self, pattern: str) -> str:
        """Where the first tag stands that the pattern matches."""
        for place, text in self._paragraphs:
            if any(re.search(pattern, tag) for tag in _TAG.findall(text)):
                return place
        return "模板"

    def faults(self) -> list[Finding]:
        """Full-width braces, and tags that are begun or ended only."""
        findings = []
        for place, text in self._paragraphs:
            wide = _FULL_WIDTH.search(text)
            if wide:
                findings.append(finding("template.full-width", value=_around(text, wide), place=place))
                continue
            left = _LEFT.search(_TAG.sub(lambda match: " " * len(match[0]), text))
            if left:
                findings.append(finding("template.unclosed", value=_around(text, left), place=place))
        return findings

    def wrong_tags(self, jinja: Environment) -> list[Finding]:
        """Tags that jinja does not understand, and blocks that do not fit each other."""
        findings = []
        for paragraphs in self._parts.values():
            blocks: list[tuple[str, str]] = []
            for place, text in paragraphs:
                for tag in _TAG.findall(text):
                    why = _wrong(tag, place, blocks, jinja)
                    if why:
                        findings.append(finding("template.syntax", place=place, why=f"{tag} {why}"))
            for word, place in blocks:
                findings.append(finding("template.syntax", place=place, why=f"这里的 {word} 没有结束"))
        return findings

    def unknown_names(self, known: Mapping[str, object]) -> list[Finding]:
        """Names that nobody knows, tag by tag, where the template cannot be read as a whole."""
        jinja = environment.make()
        every = " ".join(tag for _, text in self._paragraphs for tag in _TAG.findall(text))
        known = {**known, **dict.fromkeys(re.findall(r"\bfor\s+(\w+)\s+in\b", every))}
        findings = []
        for place, text in self._paragraphs:
            for tag in _TAG.findall(text):
                for name in sorted(_names_in(tag, jinja) - known.keys()):
                    hint = did_you_mean(name, known)
                    findings.append(finding("template.unknown-name", value=name, place=place, hint=hint))
        return findings


def _names_in(tag: str, jinja: Environment) -> set[str]:
    """The names in a tag that stands by itself; none when it cannot be read."""
    if not tag.startswith("{{"):
        return set()
    try:
        return meta.find_undeclared_variables(jinja.parse(f"{{{{ {_KIND.sub('', tag[2:-2].strip())} }}}}"))
    except TemplateError:
        return set()


def _wrong(tag: str, place: str, blocks: list[tuple[str, str]], jinja: Environment) -> str:
    """What is wrong with one tag; ``blocks`` are those that are open, and is kept up to date."""
    body = _KIND.sub("", tag[2:-2].strip("- "))
    word = body.split(" ")[0] if body else ""
    if tag.startswith("{#") or word in _DOCXTPL or word in ("else",):
        return ""
    if tag.startswith("{%") and word in ("endif", "endfor"):
        if blocks and blocks[-1][0] == word.removeprefix("end"):
            blocks.pop()
            return ""
        return "多了，或和前面的 if、for 对不上"
    source = f"{tag[:2]} {body} {tag[-2:]}"
    if tag.startswith("{%") and word in ("if", "for"):
        blocks.append((word, place))
        source += f"{{% end{word} %}}"
    elif tag.startswith("{%") and word == "elif":
        source = f"{{% if 真 %}}{source}{{% endif %}}"
    try:
        jinja.parse(source.translate(_QUOTES))
    except TemplateError as error:
        return _in_chinese(error.message or "")
    return ""


# What docxtpl puts before a tag, its own tags, and the quotation marks that it takes for straight ones.
_KIND = re.compile(r"^(?:p|tr|tc|r)\s+")
_DOCXTPL = frozenset({"vm", "hm", "colspan", "cellbg"})
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _LONG // 2) : match.end() + _LONG // 2]


def _paragraphs(part: str, root: Element) -> Iterator[tuple[str, str]]:
    """Every paragraph with its place; a table is named by its first words and the row's number."""
    heading = ""
    for paragraph in root.iter(w("p")):
        text = text_of(paragraph)
        row = next(paragraph.iterancestors(w("tr")), None)
        if part != "word/document.xml":
            yield f"{'页眉' if 'header' in part else '页脚' if 'footer' in part else '脚注'}", text
        elif row is not None:
            yield _in_table(row, paragraph, heading), text
        else:
            if text.strip() and "{%" not in text:
                heading = _short(text)
            yield f"“{_short(text)}”一段" if text.strip() else f"“{heading}”之后", text


def _in_table(row: Element, paragraph: Element, heading: str) -> str:
    table = next(row.iterancestors(w("tbl")))
    cell = next(paragraph.iterancestors(w("tc")))
    number = table.findall(w("tr")).index(row) + 1 if row in table.findall(w("tr")) else 0
    column = row.findall(w("tc")).index(cell) + 1 if cell in row.findall(w("tc")) else 0
    return f"“{heading}”下面表格的第 {number} 行第 {column} 列"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _lint_source(source: str, form: Form, places: _Places) -> tuple[list[Finding], set[str]]:
    """Names, filters and tests that the vocabulary does not have, and the names that are used."""
    jinja = environment.make()
    try:
        tree = jinja.parse(source)
    except TemplateError as error:
        near = _near(source, getattr(error, "lineno", 1))
        return [finding("template.syntax", place=near, why=_in_chinese(error.message or ""))], set()
    known = _vocabulary(form)
    findings = []
    for kind, there in (("Filter", jinja.filters), ("Test", jinja.tests)):
        for node in tree.find_all(getattr(nodes, kind)):
            if node.name not in there:
                place, hint = places.of(re.escape(node.name)), did_you_mean(node.name, there)
                findings.append(finding("template.unknown-filter", value=node.name, place=place, hint=hint))
                there[node.name] = _stand_in  # told once; what follows needs one of that name
    used = meta.find_undeclared_variables(tree)
    for name in sorted(used - known.keys()):
        place, hint = places.of(_NAME.format(re.escape(name))), did_you_mean(name, known)
        findings.append(finding("template.unknown-name", value=name, place=place, hint=hint))
    findings += _columns(tree, known, places)
    columns = {node.attr for node in tree.find_all(nodes.Getattr)}
    texts = {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return findings, used | columns | texts


def _stand_in(value: object, *_: object) -> str:
    return str(value)


_JINJA = (
    (re.compile(r"Unexpected end of template.*needs to be closed is '(\w+)'"), "有一个 {} 没有结束"),
    (re.compile(r"Encountered unknown tag '(\w+)'"), "多了或写错了 {}"),
    (re.compile(r"expected token '(.+?)', got '(.+?)'"), "应该是 {}，写的是 {}"),
    (re.compile(r"unexpected '(.+?)'"), "不该有 {}"),
)


def _in_chinese(message: str) -> str:
    """What jinja says of a wrong tag."""
    for pattern, words in _JINJA:
        match = pattern.search(message)
        if match:
            return words.format(*match.groups())
    return message


def _near(source: str, line: int) -> str:
    """The words of the template around a line of its source."""
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", " ", lines[min(line, len(lines)) - 1]) if lines else ""
    tags = _TAG.findall(text)
    return f"“{_short(tags[-1] if tags else text)}”附近"


def _columns(
    tree: nodes.Template, known: Mapping[str, frozenset[str] | None], places: _Places
) -> list[Finding]:
    """``行.名称`` of a loop over a table must be one of its columns."""
    findings = []
    for loop in tree.find_all(nodes.For):
        if not isinstance(loop.target, nodes.Name) or not isinstance(loop.iter, nodes.Name):
            continue
        columns = known.get(loop.iter.name)
        if columns is None:
            continue
        for node in loop.find_all(nodes.Getattr):
            if not isinstance(node.node, nodes.Name) or node.node.name != loop.target.name:
                continue
            if node.attr not in columns:
                full = f"{loop.target.name}.{node.attr}"
                place, hint = places.of(re.escape(full)), did_you_mean(node.attr, columns)
                findings.append(finding("template.unknown-name", value=full, place=place, hint=hint))
    return findings


def _vocabulary(form: Form) -> dict[str, frozenset[str] | None]:
    """Every name that a template may use; those of tables and groups with the columns of their rows."""
    known: dict[str, frozenset[str] | None] = dict.fromkeys((*form.fields(), *form.columns(), *_OWN))
    known |= dict.fromkeys(spec.name for spec in form.figures)
    known |= dict.fromkeys(part.name for share in form.shares for part in share.parts)
    for name, table in form.tables().items():
        figures = {spec.name for spec in form.figures if spec.table == name}
        known[name] = frozenset({column.name for column in table.columns} | figures | _OF_ROWS)
    known |= {share.group: _OF_PARTS for share in form.shares}
    scores = known[form.scores.table] or frozenset()
    known[form.scores.table] = scores | _OF_SCORES
    return known


def _unprinted(form: Form, used: set[str]) -> list[Finding]:
    """Fields that the template does not print and that nothing is derived or scored from."""
    needed = {name for spec in form.figures for name in form.names_in(spec)}
    needed |= {name for indicator in form.indicators for name in form.rests_on(indicator)}
    needed |= {part.part for share in form.shares for part in share.parts}
    needed |= {form.year_field, form.unit_field, form.summary.unit}
    silent = [
        name
        for name, field in form.fields().items()
        if name not in used | needed and not field.reading and not _checked(name, form)
    ]
    return [finding("template.unprinted", name=name) for name in silent if not _is_form_id(name, form)]


def _checked(name: str, form: Form) -> bool:
    return any(name in names_in(side) for check in form.checks for side in (check.left, check.right))


def _is_form_id(name: str, form: Form) -> bool:
    return form.fields()[name].sample == form.id
