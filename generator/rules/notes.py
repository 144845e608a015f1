"""What the annotated report says of a printed value: where it comes from, in the lines of a comment."""

from __future__ import annotations

from generator.amounts import plain
from generator.explanation import (
    Explained,
    ExplainedScore,
    cited,
    score_lines,
    total_lines,
    tree,
)
from generator.form.schema import Form
from generator.model import Adjustment, Figure, Group, Report, Score, Scorecard
from generator.rules.explain import Explainer
from generator.rules.explain_scores import explain_scores


class Notes:
    """Called with the origin of a printed value; None for what was typed or is fixed wording."""

    def __init__(self, report: Report, form: Form) -> None:
        self._report = report
        self._form = form
        self._explainer = Explainer(report.figures, form)
        self._derived = frozenset(self._explainer.derived)
        self._scores = {id(each.row): each for each in explain_scores(report, form)}
        self._rows = self._of_rows()

    def __call__(self, origin: object) -> list[str] | None:
        """The lines of the comment."""
        match origin:
            case Figure():
                return self._figure(origin)
            case Score():
                return self._score(self._scores[id(origin)])
            case Scorecard():
                return [line for _, line in total_lines(self._report, self._form)]
            case Adjustment():
                return [f"{origin.name}：{origin.reason}"]
            case ("points", *levels):
                return self._points(tuple(str(level) for level in levels))
            case _:
                return None

    def _of_rows(self) -> dict[int, Explained]:
        """The figures of single rows of a table, where there are several rows."""
        found: dict[int, Explained] = {}
        for name in self._explainer.derived:
            explained = self._explainer.rows_of(name)
            if explained:
                table = next(spec.table for spec in self._form.figures if spec.name == name)
                rows = self._report.figures.rows[table or ""]
                found.update({id(row[name]): each for row, each in zip(rows, explained, strict=True)})
        for table, groups in self._report.figures.grouped.items():
            found.update(self._of_groups(table, groups))
        return found

    def _of_groups(self, table: str, groups: tuple[Group, ...]) -> dict[int, Explained]:
        """The totals of groups of rows; of a single row it is that row."""
        found: dict[int, Explained] = {}
        for group in groups:
            if len(group.rows) > 1:
                explained = self._explainer.of_group(table, group)
                found.update({id(group.totals[name]): each for name, each in explained.items()})
            found.update(self._of_groups(table, group.groups))
        return found

    def _figure(self, figure: Figure) -> list[str] | None:
        if id(figure) in self._rows:
            return _lines(self._rows[id(figure)])
        # The single row of a table prints the same as the whole.
        if figure.formula is None and (figure.at is not None or figure.name not in self._derived):
            return None
        return _lines(self._explainer.explain(figure.name)) if figure.name in self._explainer.names else None

    def _score(self, score: ExplainedScore) -> list[str] | None:
        if not score.data and score.row.lost <= 0:
            return None  # typed by the unit, and nothing to explain
        return ["　" * depth + line for depth, line in score_lines(score)]

    def _points(self, levels: tuple[str, ...]) -> list[str]:
        card = self._report.scorecard
        rows = {row.shared: row for row in card.rows if (row.level1, row.level2)[: len(levels)] == levels}
        total = sum((row.points for row in rows.values()), start=card.full * 0)
        parts = " ＋ ".join(plain(row.points) for row in rows.values())
        title = "／".join(levels) or "全部指标"
        return [f"{title}的分值 ＝ 所属各项分值之和 ＝ {parts} ＝ {plain(total)} 分"]


def _lines(explained: Explained) -> list[str]:
    lines = ["　" * depth + line for depth, line in tree(explained)]
    if explained.note:
        lines.append(f"说明：{explained.note}")
    if explained.sources:
        lines.append(f"依据：{cited(explained.sources)}")
    return lines
