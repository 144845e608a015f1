"""docs/新增表样.md followed step by step: its files written, its commands run, its tables typed into Word and
Excel, its mistakes made; what the screen shows must be what the guide says."""

from __future__ import annotations

import copy
import os
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from documents import lines, tables
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from test_cli import run
from workbooks import ROOT, SAMPLE, Workbook

from generator import form as forms
from generator.catalogue import Severity
from generator.form import rules
from generator.lint import lint_form

GUIDE = ROOT / "docs" / "新增表样.md"
EXAMPLE = Path("我的表样") / "hunan-2018"
WORKBOOK = Path("inputs") / "2018.xlsx"
BLANK = "____"


# Reading the guide.


@dataclass(frozen=True)
class Piece:
    """A fenced block (``kind`` and the ``rest`` of its first line), or a table (``kind`` is its header)."""

    at: int
    kind: str
    rest: str = ""
    body: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        return f"line {self.at}"


def pieces() -> Iterator[Piece]:
    """Every block, table and file to be copied, in order."""
    text = GUIDE.read_text("utf-8").splitlines()
    at = 0
    while at < len(text):
        line = text[at]
        start = at + 1
        if line.startswith("```"):
            end = text.index("```", at + 1)
            kind, _, rest = line[3:].partition(" ")
            yield Piece(start, kind, rest, "\n".join(text[at + 1 : end]))
            at = end
        elif line.startswith("|"):
            end = next(n for n in range(at, len(text) + 1) if n == len(text) or not text[n].startswith("|"))
            header, _, *rows = [
                tuple(cell.strip() for cell in row[1:-1].split(" | ")) for row in text[at:end]
            ]
            yield Piece(start, " | ".join(header), rows=tuple(rows))
            at = end - 1
        elif copied := re.match(r"把 \[.*\]\((.+)\) 复制到 `(.+)`，改名为 `(.+)`。", line):
            yield Piece(start, "copy", copied[1], f"{copied[2]}/{copied[3]}")
        at += 1


PIECES = list(pieces())
DONE = {"sh", "text", "word", "copy", "位置 | 写上", "栏目 | 填写", "文件 | 原来 | 改成"}
# What is tried by a test of its own, and tables that only tell something.
TRIED = {"写错的地方 | 屏幕上的话 | 怎样改", "指标 | 数据 | 印出 | 得分"}
READ = {"步骤 | 做什么 | 分钟", "写法 | 意思"}


def of_kind(kind: str, rest: str | None = None) -> list[Piece]:
    return [each for each in PIECES if each.kind == kind and rest in (None, each.rest)]


def code(cell: str) -> str:
    """What stands between back quotes."""
    assert cell.startswith("`")
    assert cell.endswith("`")
    return cell.strip("`").replace("⏎", "\n")


# Word.


def paragraphs(document) -> list[Paragraph]:
    return [Paragraph(each, document) for each in document.element.body.iter(qn("w:p"))]


def only(found: list):
    assert len(found) == 1, f"{len(found)} places"
    return found[0]


def type_over(paragraph: Paragraph, text: str) -> None:
    """What stands there goes; the first run keeps its format."""
    first, *rest = paragraph.runs or [paragraph.add_run()]
    first.text = text
    for each in rest:
        each._r.getparent().remove(each._r)


def change(paragraph: Paragraph, old: str, new: str) -> None:
    assert old in paragraph.text
    type_over(paragraph, paragraph.text.replace(old, new, 1))


def cell_of(document, text: str) -> tuple[Table, int, int]:
    """The one cell that says ``text``, as table, row and column."""
    found = {}
    for table in document.tables:
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if cell.text == text:
                    found.setdefault(cell._tc, (table, r, c))
    return only(list(found.values()))


def write(document, where: str, text: str) -> None:
    """Type a tag where the guide says."""
    if match := re.fullmatch("“(.+)”后面的横线", where):
        said = [p for p in paragraphs(document) if re.search(f"{re.escape(match[1])}\t?{BLANK}", p.text)]
        paragraph = only(said)
        head, tail = paragraph.text.split(match[1], 1)
        type_over(paragraph, head + match[1] + tail.replace(BLANK, text, 1))
    elif match := re.fullmatch("“(.+)”下面的横线", where):
        every = paragraphs(document)
        below = every[only([n for n, p in enumerate(every) if p.text == match[1]]) + 1]
        assert below.text == BLANK
        type_over(below, text)
    elif match := re.fullmatch("以“(.+)”开头的一段", where):
        type_over(only([p for p in paragraphs(document) if p.text.startswith(match[1])]), text)
    elif match := re.fullmatch("“(.+)”下面的格子", where):
        table, row, column = cell_of(document, match[1])
        fill(table.cell(row + 1, column), text)
    elif match := re.fullmatch("“(.+)”一行，“(.+)”一列", where):
        table, row, _ = cell_of(document, match[1])
        fill(table.cell(row, cell_of(document, match[2])[2]), text)
    elif match := re.fullmatch("“(.+)”一行的(上面|下面)插入一行，第一格", where):
        table, row, _ = cell_of(document, match[1])
        made = copy.deepcopy(table.rows[1]._tr)  # the empty row, whose cells are not merged
        for old in made.iter(qn("w:t")):
            old.text = ""
        anchor = table.rows[row]._tr
        (anchor.addprevious if match[2] == "上面" else anchor.addnext)(made)
        type_over(_Cell(made.findall(qn("w:tc"))[0], table).paragraphs[0], text)
    elif where == "最后":
        for line in text.splitlines():
            document.add_paragraph(line)
    else:
        raise AssertionError(f"no such place: {where}")


def fill(cell: _Cell, text: str) -> None:
    assert cell.text == "", cell.text
    type_over(cell.paragraphs[0], text)


def write_all(path: Path, entries: list[tuple[str, str]]) -> None:
    document = Document(str(path))
    for where, text in entries:
        write(document, where, text)
    document.save(str(path))


# The workbook.


def fill_in(path: Path, folder: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    """Fill in the workbook by labels, as a person reads them."""
    book = Workbook(path, forms.load(folder))
    for label, text in rows:
        value = int(text) if re.fullmatch(r"[1-9]\d*", text) else text
        if match := re.fullmatch("“(.+)”一行的(.+)", label):
            book.row("指标表", book.find_row("指标表", "三级指标", match[1]), **{match[2]: value})
        else:
            book.set(**{label: value})
    book.save(path)


# Following the guide.


@dataclass
class Followed:
    root: Path
    done: list[Piece] = field(default_factory=list)
    screens: dict[Piece, str] = field(default_factory=dict)

    @property
    def example(self) -> Path:
        return self.root / EXAMPLE


def follow(root: Path) -> Followed:
    """Do all that the guide says, in its order."""
    made = Followed(root)
    (root / "inputs").mkdir()
    shutil.copy(SAMPLE, root / "inputs" / "2020.xlsx")
    made.example.mkdir(parents=True)
    screen, last = "", made.example
    for piece in PIECES:
        match piece.kind:
            case "toml" if piece.rest.endswith(".toml"):
                (made.example / piece.rest).write_text(piece.body + "\n", "utf-8")
            case "toml" if piece.rest.endswith(" 追加"):
                with (made.example / piece.rest.removesuffix(" 追加")).open("a", encoding="utf-8") as file:
                    file.write(piece.body + "\n")
            case "copy":
                shutil.copy(GUIDE.parent / piece.rest, root / piece.body)
            case "word" if piece.rest != "最后":
                write_all(made.example / "report.docx", [(piece.rest, piece.body)])
            case "位置 | 写上":
                entries = [(where, code(text)) for where, text in piece.rows]
                write_all(made.example / "report.docx", entries)
            case "栏目 | 填写":
                fill_in(root / WORKBOOK, made.example, piece.rows)
            case "文件 | 原来 | 改成":
                for name, old, new in piece.rows:
                    retype_file(last / name, code(old), code(new))
            case "sh":
                program, *arguments = shlex.split(piece.body)
                assert program == "gen-report"
                ran = run(*arguments, cwd=root)
                screen = (ran.stderr + ran.stdout).replace(os.sep, "/")
                if arguments[:2] == ["forms", "copy"]:
                    last = root / arguments[-1]
            case "text":
                made.screens[piece] = screen
            case _:
                continue
        made.done.append(piece)
    return made


def retype_file(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    return follow(tmp_path_factory.mktemp("绩效"))


def matches(expected: str, told: str) -> bool:
    """Dots stand for what the guide leaves out, a line of dots for any lines."""
    dots = "……"
    made = ("(?:.*\n)*" if line == dots else any_dots(line) + "\n" for line in expected.split("\n"))
    return re.fullmatch("".join(made), told) is not None


def any_dots(line: str) -> str:
    return ".*".join(map(re.escape, line.split("……")))


@pytest.mark.parametrize("piece", of_kind("text"), ids=str)
def test_the_screen_shows_what_the_guide_says(followed, piece):
    screen = followed.screens[piece]
    assert matches(piece.body, screen), screen


def test_nothing_in_the_guide_is_left_out(followed):
    """Every block and table is done, tried or read; a new kind must be thought of here."""
    left = [each for each in PIECES if each not in followed.done]
    tried = [
        *of_kind("toml", "样例"),
        *SNIPPETS,
        *of_kind("toml", "fields.toml 速查"),
        *of_kind("word", "最后"),
    ]
    assert [each for each in left if each not in tried and each.kind not in TRIED | READ] == []
    assert {each.kind for each in followed.done} == {"toml", *DONE}
    assert len(of_kind("sh")) == len(of_kind("text"))
    fences = re.findall("^```", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert len(fences) == 2 * sum(each.kind in {"toml", "sh", "text", "word"} for each in PIECES)


def test_the_minutes_are_an_hour():
    [plan] = of_kind("步骤 | 做什么 | 分钟")
    assert sum(int(row[2]) for row in plan.rows) == 60
    headings = re.findall(r"^## (第 \d 步).*（(\d+) 分钟）", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert headings == [(row[0], row[2]) for row in plan.rows]


def test_the_lines_that_explain_toml_are_toml():
    [sample] = of_kind("toml", "样例")
    assert tomllib.loads(sample.body)["units"]["元"]["yuan"] == 1


def test_the_report_has_the_published_figures_and_scores(followed):
    report = followed.root / "outputs" / "2018.docx"
    data, scores = tables(report)
    [told] = of_kind("指标 | 数据 | 印出 | 得分")
    below = {head: cell for heads, cells in pairwise(data) for head, cell in zip(heads, cells, strict=True)}
    points = {row[2]: row[-1] for row in scores}
    for name, _, percentage, score in told.rows:
        label = max((each for each in below if each and name.endswith(each)), key=len)
        assert below[label] == percentage
        assert points[name] == score
    assert {row[2] for row in told.rows} == {"95.10%", "98.31%", "99.27%", "39.94%"}
    text = "\n".join(lines(report))
    assert "编制数143人，2018年末实际在职136人，在职人员控制率95.10%。" in text
    assert "新建楼堂馆所：没有本年完工的项目。" in text
    assert BLANK not in text


# The mistakes.

[MISTAKES] = of_kind("写错的地方 | 屏幕上的话 | 怎样改")


@pytest.mark.parametrize("row", MISTAKES.rows, ids=[f"mistake {n}" for n in range(1, len(MISTAKES.rows) + 1)])
def test_a_common_mistake_is_told_in_the_words_of_the_guide(followed, tmp_path, monkeypatch, row):
    mistake, message, _ = row
    name, old, new = re.fullmatch("(.+)：`(.+)` 写成 `(.+)`", mistake).groups()
    shutil.copytree(followed.example, tmp_path / EXAMPLE)
    monkeypatch.chdir(tmp_path)
    if name == "Word":
        document = Document(str(EXAMPLE / "report.docx"))
        change(next(p for p in paragraphs(document) if old in p.text), old, new)
        document.save(str(EXAMPLE / "report.docx"))
    else:
        retype_file(EXAMPLE / name, old, new)
    told = [each.line().replace(os.sep, "/") for each in lint_form(EXAMPLE)[1]]
    assert any(matches(code(message), f"{line}\n") for line in told), told


# The page to look things up.

SNIPPETS = (
    *of_kind("toml", "indicators.toml 速查"),
    *of_kind("toml", "form.toml 速查"),
    *of_kind("toml", "checks.toml 速查"),
    *of_kind("toml", "figures.toml 速查"),
)


def completed(snippet: Piece, number: int = 0) -> str:
    """A snippet with the lines that the guide leaves out."""
    if snippet.body.startswith("["):
        return f"\n{snippet.body}\n"
    keys = "".join(f'{key} = "速查{number}"\n' for key in ("name", "level1", "level2", "level3", "standard"))
    return f'\n[[indicator]]\n{keys}source = ["tool"]\n{snippet.body}\n'


def with_snippets(followed, folder: Path, *snippets: Piece) -> Path:
    """The example with the snippets in it, and with the total that they make."""
    shutil.copytree(followed.example, folder)
    [more] = of_kind("toml", "fields.toml 速查")
    with (folder / "fields.toml").open("a", encoding="utf-8") as file:
        file.write(more.body + "\n")
    for snippet in snippets:
        name = snippet.rest.split()[0]
        if name != "indicators.toml":
            with (folder / name).open("a", encoding="utf-8") as file:
                file.write(f"\n{snippet.body}\n")
    path = folder / "indicators.toml"
    text = path.read_text("utf-8")
    rules_of = [each for each in snippets if each.rest.startswith("indicators.toml")]
    text += "".join(completed(snippet, number) for number, snippet in enumerate(rules_of))
    data = tomllib.loads(text)
    points = {each["name"]: each["points"] for each in data["indicator"] if "effect" not in each}
    total = sum(points.values())
    for cap in data.get("cap", ()):
        if "indicators" in cap and "when" not in cap:
            total -= sum(points[name] for name in cap["indicators"]) - cap["at_most"]
    path.write_text(text.replace("total = 60", f"total = {total}", 1), "utf-8")
    return folder


@pytest.mark.parametrize("snippet", SNIPPETS, ids=str)
def test_a_snippet_fits_into_a_form(followed, tmp_path, snippet):
    _, faults = forms.faults(with_snippets(followed, tmp_path / "hunan-2018", snippet))
    assert faults == []


def test_all_snippets_together_make_a_form_that_prints(followed, tmp_path):
    folder = with_snippets(followed, tmp_path / "hunan-2018", *SNIPPETS)
    write_all(folder / "report.docx", [(each.rest, each.body) for each in of_kind("word", "最后")])
    form, findings = lint_form(folder)
    assert form is not None
    assert [each.line() for each in findings if each.severity is not Severity.NOTE] == []


def test_there_is_a_snippet_of_every_kind_of_rule():
    text = "\n".join(each.body for each in SNIPPETS)
    assert set(re.findall(r'kind = "([a-z-]+)"', text)) == set(rules._KINDS)
    assert set(re.findall(r'policy = "([a-z]+)"', text)) == {"full", "zero", "rescale", "ask"}
    assert set(re.findall(r'effect = "([a-z]+)"', text)) == {"bonus", "malus", "both"}
