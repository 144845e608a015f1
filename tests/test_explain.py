"""explain: where every figure and score comes from, in words and as JSON."""

import json
from decimal import Decimal

import pytest
from test_cli import run
from workbooks import SAMPLE, Workbook

from generator.cli.explained import explain_json, explain_lines
from generator.explain import UnknownNameError, explain
from generator.pipeline import examine


def told(path, *names):
    return list(explain_lines(explain(examine(path), names)))


def test_every_figure_and_score_of_the_sample(golden):
    golden("explain.txt", "\n".join(told(SAMPLE)) + "\n")


def test_a_share_as_an_auditor_asks_for_it():
    assert told(SAMPLE, "财政拨款收入占比")[0] == (
        "财政拨款收入占比 ＝ 公共财政拨款 ÷ 本年收入 ＝ 3963.75（收入支出!D6） ÷ 4106.29 ＝ 96.53%"
    )


def test_a_typed_value_names_its_cell_and_what_was_typed():
    assert told(SAMPLE, "上年结转") == ["上年结转 ＝ 1131.56万元（收入支出!C6，填写 11315600）"]


def test_a_choice_is_told_by_the_branch_taken(tmp_path):
    path = Workbook().set(结余口径="累计").save(tmp_path / "x.xlsx")
    assert told(path, "考核结余")[0] == (
        "考核结余 ＝ 当年结余（结余口径 ＝ “当年” 时），否则 累计结余 ＝ 累计结余 ＝ 1680.25万元"
    )


def test_a_moved_tail_is_told(tmp_path):
    thirds = Workbook().set(公共财政拨款=1, 政府基金拨款=1, 其他收入=1)
    lines = told(thirds.save(tmp_path / "y.xlsx"), "财政拨款收入占比")
    assert "  说明：尾差调整：单独四舍五入为33.33%，为使合计为100%按最大余数法取整" in lines


def test_several_institutions_are_told_one_by_one(tmp_path):
    book = Workbook()
    rows = [
        {
            "机构名称": name,
            "上年结转": 100,
            "公共财政拨款": amount,
            "人员支出": 1,
            "公用支出": 1,
            "项目支出": 1,
        }
        for name, amount in (("甲局", 200), ("乙所", 300))
    ]
    lines = told(book.fill("收入支出", *rows).save(tmp_path / "x.xlsx"), "收入合计", "公共财政拨款")
    assert (
        "  其中：收入合计（甲局） ＝ 上年结转 ＋ 本年收入 ＝ 0.01（收入支出!C6） ＋ 0.02 ＝ 0.03万元" in lines
    )
    assert "公共财政拨款 ＝ 各行合计 ＝ 0.02（收入支出!D6） ＋ 0.03（收入支出!D7） ＝ 0.05万元" in lines


def test_what_cannot_be_derived_says_so(tmp_path):
    path = Workbook().set(人员编制=None).save(tmp_path / "x.xlsx")
    assert told(path, "财政供养人员控制率")[0] == (
        "财政供养人员控制率 ＝ 实有人数 ÷ 人员编制 ＝ 29（基本情况!C10） ÷ 没有数据（基本情况!C9） ＝ 没有数据"
    )


def test_a_denominator_of_zero_says_so(tmp_path):
    path = Workbook().set(政府采购预算数=0).save(tmp_path / "x.xlsx")
    assert told(path, "政府采购执行率")[0].endswith("＝ 算不出（分母为 0）")


def test_unknown_names_are_refused_with_a_hint():
    with pytest.raises(UnknownNameError) as error:
        explain(examine(SAMPLE), ["收入总计"])
    assert error.value.args == ("收入总计", "（是不是“收入合计”？）")


def test_the_command():
    done = run("explain", SAMPLE, "人员合计")
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "人员合计 ＝ 实有人数 ＋ 退休人数 ＝ 29（基本情况!C10） ＋ 2（基本情况!C11） ＝ 31人",
    )


def test_the_command_with_an_unknown_name():
    done = run("explain", SAMPLE, "收入总计")
    assert done.returncode == 2
    assert done.stderr == (
        "命令写错：没有名为“收入总计”的数据或指标（是不是“收入合计”？）；用 gen-report --help 查看用法\n"
    )


def test_the_command_on_a_workbook_with_errors(tmp_path):
    done = run("explain", Workbook().set(人员编制=None).save(tmp_path / "x.xlsx"), "人员合计")
    assert done.returncode == 1
    assert done.stdout.startswith("人员合计 ＝ ")
    assert done.stderr == "工作簿有错误，以上说明不完整；请运行 gen-report check 查看。\n"


def test_the_command_on_what_is_no_workbook(tmp_path):
    done = run("explain", tmp_path / "没有.xlsx")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("错误 ")


def test_the_answer_as_json():
    answer = json.loads(run("explain", SAMPLE, "--json").stdout)
    figure = next(each for each in answer["figures"] if each["name"] == "财政拨款收入占比")
    assert Decimal(figure["value"]) == Decimal(39637500) / Decimal(41062900)
    assert (figure["text"], figure["formula"]) == ("96.53%", "公共财政拨款 ÷ 本年收入")
    assert figure["operands"] == [
        {"name": "公共财政拨款", "value": "39637500", "sheet": "收入支出", "cell": "D6"},
        {"name": "本年收入", "value": "41062900", "sheet": None, "cell": None},
    ]
    assert [each["number"] for each in figure["source"]] == ["岳阳市财政局（制）"]
    score = answer["score"]
    assert (score["total"], score["grade"], len(score["indicators"])) == ("99", "优秀", 25)
    lost = next(each for each in score["indicators"] if each["score"] != each["points"])
    assert lost == {
        **lost,
        "name": "资金结余",
        "level1": "过程",
        "level2": "预算执行",
        "points": "3",
        "score": "2",
        "measure": "考核结余、上年结转",
        "reason": "当年结余548.69万元，不超过上年结转1131.56万元；资金有结余",
    }


def test_every_derived_figure_of_the_form_is_explained(form):
    answer = explain_json(explain(examine(SAMPLE)))
    names = {each["name"] for each in answer["figures"]}
    assert {spec.name for spec in form.figures} <= names
    assert {part.name for share in form.shares for part in share.parts} <= names
