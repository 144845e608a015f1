"""The answer to where figures and scores come from, for the names that somebody asks about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.explanation import Explained, ExplainedScore
from generator.findings import did_you_mean
from generator.form import Form
from generator.model import Report
from generator.pipeline import Examination
from generator.rules.explain import Explainer
from generator.rules.explain_scores import explain_scores


@dataclass(frozen=True, slots=True)
class Explanations:
    """Where figures and scores come from; ``rows`` the same for each row of a figure's table."""

    report: Report
    form: Form
    figures: tuple[Explained, ...]
    rows: Mapping[str, tuple[Explained, ...]]
    scores: tuple[ExplainedScore, ...]
    total: bool


def explain(examination: Examination, wanted: Sequence[str] = ()) -> Explanations | None:
    """Where the named figures and indicators come from, without names all that the tool derived.

    None when the workbook could not be read. Raises UnknownNameError.
    """
    form, report = examination.form, examination.report
    if form is None or report is None:
        return None
    explainer, scores = Explainer(report.figures, form), explain_scores(report, form)
    titles = {name for each in scores for name in (each.name, each.row.level3)}
    total = {"综合得分", "评价等次"}
    for name in wanted:
        if name not in explainer.names and name not in titles | total:
            raise UnknownNameError(name, did_you_mean(name, [*explainer.names, *titles, *total]))
    figures = [name for name in wanted or explainer.derived if name in explainer.names]
    return Explanations(
        report=report,
        form=form,
        figures=tuple(explainer.explain(name) for name in figures),
        rows={name: rows for name in figures if (rows := explainer.rows_of(name))},
        scores=tuple(s for s in scores if not wanted or {s.name, s.row.level3} & set(wanted)),
        total=not wanted or bool(total & set(wanted)),
    )


class UnknownNameError(Exception):
    """A name that the report does not have; ``args`` are the name and a hint."""
