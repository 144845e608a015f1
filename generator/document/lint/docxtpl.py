"""What docxtpl-lint finds in a part of a template, in our words and with our places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.document import environment
from generator.document.lint.places import Spot, brief
from generator.document.lint.tags import FULL_WIDTH, in_chinese
from generator.findings import Finding, finding, quoted
from generator.package import to_bytes

if TYPE_CHECKING:
    from docxtpl_lint.core import Issue

# Rules whose message needs the tag and no more.
_OF_TAG = {
    "DTL001": "template.unclosed",
    "DTL002": "template.split",
    "DTL003": "template.deleted",
    "DTL201": "template.sign-in-tag",
    "DTL202": "template.space-in-tag",
    "DTL203": "template.outside-table",
    "DTL208": "template.outside-table",
}
# Rules about a tag that ends a block, told with the tag that begins it.
_OF_PAIR = {
    "DTL204": "template.prefix-mismatch",
    "DTL205": "template.two-tables",
    "DTL206": "template.same-row",
    "DTL207": "template.two-rows",
    "DTL210": "template.same-paragraph",
}
_SWALLOWING = {
    "table row": "template.row-swallowed",
    "table cell": "template.cell-swallowed",
    "paragraph": "template.paragraph-swallowed",
}
# Structural faults: a part that has one cannot be read as a whole.
BLOCKS = frozenset({"DTL101", "DTL102"})


def issues_of(part: bytes) -> list[Issue]:
    """Its findings for one part, which it gets as a document of its own: so it reads endnotes too.

    Raises whatever its parsers raise on a part that is damaged.
    """
    # Only this command needs it.
    from docxtpl_lint.api import lint

    try:
        found: list[Issue] = lint(to_bytes({"word/document.xml": part}), jinja_env=environment.make()).issues
    except RecursionError:
        return []  # a tag with brackets in brackets, which is told when the tags are read one by one
    return found


def told(issues: Sequence[Issue], spots: Sequence[Spot]) -> Iterator[Finding]:
    """The findings in our words; names, filters and single tags our own checks tell more completely."""
    wide = {number for number, spot in enumerate(spots, 1) if FULL_WIDTH.search(spot.text)}
    for issue in issues:
        spot = _spot(issue, spots)
        if issue.rule == "DTL001" and issue.location.paragraph in wide:
            continue  # its end is there, in the wrong braces
        if issue.rule == "DTL001" and issue.snippet not in spot.text:
            # Its own snippet goes on into the next paragraphs.
            begun = spot.text[max(spot.text.rfind(issue.params["open"]), 0) :]
            yield finding("template.unclosed", value=begun, place=spot.at(begun))
        else:
            yield from _told(issue, spot.at(issue.snippet))


def ends_elsewhere(issues: Sequence[Issue]) -> set[int]:
    """The numbers of the paragraphs where a tag ends that began in an earlier one."""
    return {issue.params["end_para"] - 1 for issue in issues if issue.rule == "DTL002"}


def _spot(issue: Issue, spots: Sequence[Spot]) -> Spot:
    at = issue.location.paragraph - 1
    return spots[at] if 0 <= at < len(spots) else Spot("", "模板")


def _told(issue: Issue, place: str) -> Iterator[Finding]:
    rule, tag, details = issue.rule, issue.snippet, issue.params
    if rule in _OF_TAG:
        yield finding(_OF_TAG[rule], value=tag, place=place)
    elif rule in _OF_PAIR:
        yield finding(_OF_PAIR[rule], value=tag, place=place, tag=quoted(details["open_raw"]))
    elif rule == "DTL209":
        yield finding(_SWALLOWING[details["unit"]], value=tag, place=place, tag=quoted(details["rest"]))
    elif rule == "DTL101":
        yield finding("template.syntax", place=place, why=f"这里的 {details['kw']} 没有结束")
    elif rule == "DTL102":
        yield finding("template.syntax", place=place, why=f"{brief(tag)} 多了，或和前面的 if、for 对不上")


def syntax(issues: Sequence[Issue], spots: Sequence[Spot]) -> Iterator[Finding]:
    """What is wrong with tags that are right each by itself, such as a second else."""
    for issue in issues:
        if issue.rule == "DTL103":
            why = f"{brief(issue.snippet)} {in_chinese(issue.params['msg'])}".strip()
            yield finding("template.syntax", place=_spot(issue, spots).at(issue.snippet), why=why)
