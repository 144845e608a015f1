"""Warnings about scores that nothing stands behind, and about other readings of the official text."""

import pytest
from workbooks import SAMPLE, STANDING, Workbook

from generator.pipeline import examine


def said(book, tmp_path):
    return [f.line() for f in examine(book.save(tmp_path / "x.xlsx")).findings]


def test_the_sample_is_warned_as_the_published_report_should_have_been():
    findings = examine(SAMPLE).findings
    assert {f.code for f in findings} == STANDING
    assert [f.message for f in findings] == [
        "“结余口径”如果选“累计”，资金结余由 2 分变为 0 分，总分由 99 分变为 97 分",
        "“经济效益”计了 5 分，但没有填写“经济效益”的绩效目标",
        "“生态效益”计了 5 分，但没有填写“生态效益”的绩效目标",
    ]


def test_points_for_output_without_any_goal_of_output(tmp_path):
    goal = {"评价内容": "效益目标", "指标类别": "社会效益", "绩效目标": "效率提高", "完成情况": "已完成"}
    lines = said(Workbook().fill("定量目标", goal), tmp_path)
    assert sum("没有填写“产出目标”的绩效目标" in line for line in lines) == 6


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"结余口径": "累计"}, "“结余口径”如果选“当年”，资金结余由 0 分变为 2 分，总分由 97 分变为 99 分"),
        (
            {"实有人数": 31},
            "“不足一个百分点”如果选“按比例”，财政供养人员控制率由 3.5 分变为 3.33 分，总分由 97.5 分变为 97.33 分",
        ),
        (
            {"实有人数": 31},
            "“不足一个百分点”如果选“按一个点”，财政供养人员控制率由 3.5 分变为 3 分，总分由 97.5 分变为 97 分",
        ),
    ],
)
def test_every_other_reading_that_changes_a_score_is_told(tmp_path, changes, message):
    examination = examine(Workbook().set(**changes).save(tmp_path / "x.xlsx"))
    assert message in [f.message for f in examination.findings if f.code == "score.other-reading"]


def test_readings_that_change_nothing_are_not_told(tmp_path):
    nothing_left = Workbook().set(上年结转=0, 公共财政拨款=34150613, 决算收入合计=35576013)
    book = nothing_left.set(决算本年收入=35576013, 决算累计结余=0)
    codes = {f.code for f in examine(book.save(tmp_path / "x.xlsx")).findings}
    assert "score.other-reading" not in codes


def test_an_unmet_goal_is_no_contradiction_once_a_point_is_taken_off(tmp_path):
    book = Workbook().row("定量目标", 0, 完成情况="部分完成")
    assert any("由单位打分的指标都没有扣分" in line for line in said(book, tmp_path))
    index = book.find_row("评分表", "三级指标", "其他工作实绩指标完成情况")
    book.row("评分表", index, 自评得分=3, 扣分原因和其他说明="一项创建没有完成")
    assert not any("由单位打分的指标都没有扣分" in line for line in said(book, tmp_path))
