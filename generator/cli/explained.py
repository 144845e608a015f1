"""Where figures and scores come from, as lines for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.cli.output import cell_json
from generator.explain import Explanations
from generator.explanation import (
    Explained,
    ExplainedScore,
    cited,
    score_lines,
    sentence,
    total_lines,
    tree,
)
from generator.form.records import Source


def explain_lines(told: Explanations) -> Iterator[str]:
    """Figures and scores, each with what it rests on indented below it."""
    for figure in told.figures:
        yield from _indented(tree(figure))
        for row in told.rows.get(figure.name, ()):
            yield f"  其中：{sentence(row)}"
        if figure.note:
            yield f"  说明：{figure.note}"
        if figure.sources:
            yield f"  依据：{cited(figure.sources)}"
    for score in told.scores:
        yield from _indented(score_lines(score))
    if told.total:
        yield from _indented(total_lines(told.report, told.form))


def _indented(lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    return ("  " * depth + line for depth, line in lines)


def explain_json(told: Explanations) -> dict[str, Any]:
    """The answer of ``explain --json``: values are at full precision, ``text`` is as printed."""
    card = told.report.scorecard
    return {
        "figures": [_explained_json(figure) for figure in told.figures],
        "score": {
            "total": None if card.pending else f"{card.total.normalize():f}",
            "grade": None if card.pending else card.grade,
            "adjustments": [
                {"name": step.name, "points": f"{step.points.normalize():f}", "reason": step.reason}
                for step in card.adjustments
            ],
            "indicators": [_score_json(score) for score in told.scores],
        },
    }


def _explained_json(figure: Explained) -> dict[str, Any]:
    return {
        "name": figure.name,
        "value": figure.value,
        "text": figure.text if figure.value else "",
        "unit": figure.unit,
        "formula": figure.formula,
        "operands": [{"name": o.name, "value": o.value, **cell_json(o.at)} for o in figure.operands],
        "source": [_source_json(source) for source in figure.sources],
        **cell_json(figure.at),
    }


def _score_json(score: ExplainedScore) -> dict[str, Any]:
    row = score.row
    return {
        "name": row.level3,
        "level1": row.level1,
        "level2": row.level2,
        "points": f"{row.points.normalize():f}",
        "score": None if row.pending else f"{row.score.normalize():f}",
        "measure": score.measure,
        "rule": score.rule,
        "reason": score.reason,
        "source": [_source_json(source) for source in score.sources],
    }


def _source_json(source: Source) -> dict[str, str]:
    return {"title": source.title, "number": source.number, "date": source.date, "url": source.url}
