"""Results as JSON and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from generator.catalogue import Severity
from generator.changes import Change, Changes
from generator.findings import Finding
from generator.model import CellRef
from generator.pipeline import Examination, Outcome

_MOST = 10  # paragraphs that are shown of a longer list
_LONG = 60  # characters of a paragraph that are shown
# Shown on a terminal only: click strips colours from files and pipes.
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def print_findings(findings: Sequence[Finding]) -> None:
    """Each finding on a line of its own, and below it what it rests on."""
    for item in findings:
        head, rest = item.line().split(" ", 1)
        click.echo(f"{click.style(head, fg=_COLOURS[item.severity], bold=True)} {rest}", err=True)
        if item.related:
            click.echo(f"     其中：{_operands(item)}", err=True)


def _operands(item: Finding) -> str:
    """Every figure that a finding rests on, with its cell."""
    return "，".join(f"{o.name} {o.value or '空'}{f'（{o.at}）' if o.at else ''}" for o in item.related)


def change_lines(changes: Changes | None) -> Iterator[str]:
    """What differs from the last run; nothing when there was none."""
    if changes is None:
        return
    if changes == Changes():
        yield "与上次生成相同，文件没有改动。"
        return
    yield "与上次生成相比："
    for change in changes.figures:
        if "\n" not in change.old + change.new and len(change.old + change.new) < _LONG:
            yield f"  {change.name}：{change.old or '空'} → {change.new or '空'}"
    for change in changes.scores:
        reason = f"（{change.reason}）" if change.reason else ""
        yield f"  得分 {change.name}：{change.old or '无'} → {change.new or '无'}{reason}"
    for single in (changes.total, changes.grade):
        if single is not None:
            yield f"  {single.name}：{single.old} → {single.new}"
    if changes.added or changes.removed:
        yield f"  改动的段落和单元格 {max(len(changes.added), len(changes.removed))} 处："
    yield from (f"    {_short(text)}" for text in changes.added[:_MOST])
    if len(changes.added) > _MOST:
        yield f"    ……等 {len(changes.added)} 处"


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}……"


def report_json(outcome: Outcome) -> dict[str, Any]:
    """The answer of ``gen-report --json`` for one workbook."""
    answer = check_json(outcome.examination)
    answer["findings"] = [_finding_json(item) for item in outcome.findings]
    answer["output"] = str(outcome.output) if outcome.output else None
    answer["extras"] = [str(path) for path in outcome.extras]
    answer["changes"] = _changes_json(outcome.changes) if outcome.changes else None
    return answer


def _changes_json(changes: Changes) -> dict[str, Any]:
    return {
        "figures": [_change_json(change) for change in changes.figures],
        "scores": [{**_change_json(change), "reason": change.reason} for change in changes.scores],
        "total": _change_json(changes.total) if changes.total else None,
        "grade": _change_json(changes.grade) if changes.grade else None,
        "removed": list(changes.removed),
        "added": list(changes.added),
    }


def _change_json(change: Change) -> dict[str, str]:
    return {"name": change.name, "old": change.old, "new": change.new}


def check_json(examination: Examination) -> dict[str, Any]:
    """The answer of ``check --json``."""
    ties = examination.report.ties if examination.report else None
    return {
        "input": str(examination.path),
        "form": examination.form.id if examination.form else None,
        "findings": [_finding_json(item) for item in examination.findings],
        "ties": {
            "passed": ties.passed if ties else 0,
            "failed": ties.failed if ties else 0,
            "not_checked": ties.not_checked if ties else 0,
        },
    }


def _finding_json(item: Finding) -> dict[str, Any]:
    return {
        "code": item.code,
        "severity": item.severity.value,
        **cell_json(item.at),
        "field": item.field,
        "value": item.value,
        "message": item.message,
        "fix": item.fix,
        "related": [{"name": o.name, "value": o.value, **cell_json(o.at)} for o in item.related],
        "rule": item.rule,
    }


def cell_json(at: CellRef | None) -> dict[str, Any]:
    """Sheet and cell, null where there is none."""
    return {"sheet": at.sheet if at else None, "cell": (at.cell or None) if at else None}
