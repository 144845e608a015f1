"""Change any one raw figure, and every place that depends on it changes: tables, text, score, reason, total.

The golden file lists, for every raw figure of the form, what its change changes: figures, scores with
reasons, total, and lines of the document. Nothing else may change.
"""

import pytest
from documents import lines
from workbooks import FORM, Workbook

from generator.amounts import plain
from generator.document.render import render
from generator.form.records import NUMERIC
from generator.pipeline import examine

SKIPPED = {"表样", "金额单位", "年度"}
CHANGES = {"yes-no": "否", "percent": 0.8}


def raw_figures():
    fields = {name: f for name, f in FORM.fields().items() if name not in SKIPPED}
    fields |= {name: column for name, (_, column) in FORM.columns().items()}
    scores = {FORM.scores.points, FORM.scores.score}
    kinds = NUMERIC | {"yes-no", "choice"}
    found = {name: f for name, f in fields.items() if f.type in kinds and name not in scores}
    # A choice of what holds where there is nothing shows only there (tests/templates/test_none_of_it.py).
    return {name: f for name, f in found.items() if not f.default}


def losing():
    """The sample with points lost wherever a ratio is scored, so that every ratio is printed in a reason."""
    return Workbook().set(
        实有人数=31,
        上年三公经费=80000,
        三公经费预算数=80000,
        重点项目支出=21000000,
        预算调整数=2000000,
        实际政府采购金额=8000000,
        公务卡实际刷卡金额=200000,
        服务对象满意度=0.94,
        出租固定资产=1000000,
        决算固定资产合计=31261200,
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return examine(losing().save(tmp_path_factory.mktemp("before") / "losing.xlsx"))


def changed_value(field, report):
    value = report.figures.values[field.name].value
    if field.type == "choice":
        return next(choice for choice in field.choices if choice != value)
    if field.type in CHANGES:
        return CHANGES[field.type]
    current = value.value if value is not None else 0
    return int(current) + (1_000_000 if field.type == "amount" else 2)


def differences(old, new):
    figures = [
        name
        for name, figure in new.report.figures.values.items()
        if figure.text != old.report.figures.values[name].text
    ]
    scores = [
        f"{a.indicator} {plain(a.score)}→{plain(b.score)}"
        + (f"（{b.reason or '满分'}）" if b.reason != a.reason else "")
        for a, b in zip(old.report.scorecard.rows, new.report.scorecard.rows, strict=True)
        if (a.score, a.reason) != (b.score, b.reason)
    ]
    return figures, scores


def test_every_raw_figure_reaches_all_its_places(before, golden, tmp_path):
    old_lines = lines(render(before.report, FORM)[0])
    parts = []
    for name, field in raw_figures().items():
        value = changed_value(field, before.report)
        after = examine(losing().set(**{name: value}).save(tmp_path / "changed.xlsx"))
        figures, scores = differences(before, after)
        assert figures, f"{name}: no figure changed"
        new_lines = lines(render(after.report, FORM)[0])
        added = [line for line in new_lines if line not in old_lines]
        if not name.startswith("决算"):  # control totals are not printed
            assert new_lines != old_lines, f"{name}: the document does not show it"
        already = {f.rule for f in before.findings}
        broken = [f.rule for f in after.findings if f.code == "tie.broken" and f.rule not in already]
        total = plain(after.report.scorecard.total)
        part = [f"## {name} → {value}", f"数：{'、'.join(figures)}"]
        part += [f"得分：{'；'.join(scores)}；总分 {total}"] if scores else []
        part += [f"勾稽不符：{'、'.join(broken)}"] if broken else []
        part += [f"> {line}" for line in added]
        parts.append("\n".join(part))
    golden("sensitivity.txt", "\n\n".join(parts) + "\n")


def test_raw_figures_are_all_there():
    assert len(raw_figures()) == 64
