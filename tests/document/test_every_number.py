"""Every number in the report is accounted for: fixed wording, a raw cell, a derived figure, or a unit's text."""

import re
from collections import Counter

import pytest
from lxml import etree
from workbooks import FORM, SAMPLE, Workbook

from generator.document.context import context
from generator.document.layout import text_of, w
from generator.document.render import Traces, render_parts
from generator.document.template import load_template
from generator.model import Adjustment, Figure, Score, Scorecard
from generator.pipeline import examine
from generator.rules.explain import Explainer

NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def account(report, form=FORM):
    """Every number of the document with what it is, and those that nothing accounts for."""
    traces = Traces([], [])
    render_parts(load_template(form.template), context(report, form), form, traces=traces)
    origins = {run: traces.origins[number] for _, run, number in traces.runs}
    fixed = fixed_wording(form)
    known, unknown = Counter(), []
    explainer = Explainer(report.figures, form)
    root = next(run for _, run, _ in traces.runs).getroottree()
    for paragraph in root.iter(w("p")):
        runs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
        printed = "".join("\0" if run in origins else text_of(run) for run in runs)
        for run in runs:
            for number in NUMBER.findall(text_of(run)):
                kind = kind_of(origins[run], explainer, report) if run in origins else wording(printed, fixed)
                known[kind] += 1
                if kind is None:
                    unknown.append((number, text_of(paragraph)))
    return known, unknown


def fixed_wording(form):
    """The paragraphs of the template, with a mark where a value is printed."""
    root = etree.fromstring(load_template(form.template).parts["word/document.xml"])
    return [re.sub(r"\{\{.*?\}\}", "\0", re.sub(r"\{%.*?%\}", "", text_of(p))) for p in root.iter(w("p"))]


def wording(printed, fixed):
    """Whether what is not printed from a value stands in the template to the letter."""
    pieces = [piece for piece in printed.split("\0") if NUMBER.search(piece)]
    whole = "\n".join(fixed)
    return "fixed wording" if all(piece in whole for piece in pieces) else None


def kind_of(origin, explainer, report):
    """What a printed value was made from; None when nobody knows."""
    rows = report.scorecard.rows
    official = {text for row in rows for text in (row.level1, row.level2, row.level3, row.standard)}
    reasons = {text for row in rows for text in (row.reason, row.remark)}
    reasons |= {"\n".join(text for text in (row.reason, row.remark) if text) for row in rows}
    match origin:
        case Figure(formula=formula) if formula is not None or origin.name in explainer.derived:
            return "derived"
        case Figure(at=at) if at is not None:
            return "text of the unit" if isinstance(origin.value, str) else "typed, with its cell"
        case Score() | Scorecard() | Adjustment() | ("points", *_):
            return "derived"
        case ("row", Score(at=at)) if at is not None:
            return "scoring table"
        case str() if origin in official | reasons:
            return "scoring table"
        case int():
            return "running number"
    return None


BOOKS = {
    "the sample": lambda: Workbook(SAMPLE),
    "amounts in 万元": lambda: Workbook().set(金额单位="万元"),
    "other readings": lambda: Workbook().set(结余口径="累计", 人员编制=20, 不足一个百分点="按比例"),
    "blank and zero": lambda: Workbook().set(其他收入=None, 公务接待费=0, 退休人数=None),
}


@pytest.mark.parametrize("name", BOOKS)
def test_every_number_is_accounted_for(name, tmp_path):
    known, unknown = account(examine(BOOKS[name]().save(tmp_path / "x.xlsx")).report)
    assert unknown == []
    assert set(known) >= {
        "derived",
        "typed, with its cell",
        "text of the unit",
        "fixed wording",
        "scoring table",
    }
    assert known["derived"] > 40
