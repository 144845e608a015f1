"""Numbers beside names in texts: contradictions are warned of with both numbers, what may mean anything else is not."""

import pytest
from workbooks import Workbook

from generator import form as forms
from generator.form import FormError
from generator.pipeline import examine

# The sample: 29 of 30 posts, 2 retired, 52378500 and 41062900 元 of income, 35576013 of spending, 99.9%, 99 points.
WRONG = [
    ("2020年本单位总收入5000万元。", "总收入5000万元", "收入合计", "5237.85万元"),
    ("全年总支出3577.6万元，完成预算。", "总支出3577.6万元", "支出合计", "3557.6万元"),
    ("“三公经费”支出8.83万元。", "三公经费支出8.83万元", "三公经费合计", "8.38万元"),
    ("三公经费共计83900元。", "三公经费共计83900元", "三公经费合计", "8.38万元"),
    ("总支出0.37亿元。", "总支出0.37亿元", "支出合计", "3557.6万元"),
    ("年末在职人员31人，退休人员2人。", "在职人员31人", "实有人数", "29人"),
    ("核定编制35名。", "核定编制35名", "人员编制", "30人"),
    ("服务对象满意度达98.9%。", "服务对象满意度达98.9%", "服务对象满意度", "99.9%"),
    ("本年自评综合得分96分。", "自评综合得分96分", "综合得分", "99分"),
    ("评价等次为良好。", "评价等次为良好", "评价等次", "优秀"),
    ("公务接待费为6.3万元。", "公务接待费为6.3万元", "公务接待费", "5.3万元"),
    ("进厅事项1,163项。", "进厅事项1,163项", "进厅事项", "1136项"),
]

RIGHT = [
    "2020年本单位总收入5237.85万元，其中本年收入4106.29万元。",
    "总收入4106.29万元。",  # either income
    "总支出0.36亿元。",
    "总支出3558万元。",
    "三公经费83800元。",
    "年末在职人员29人，退休2人，核定编制30人。",
    "上年三公经费9.26万元。",
    "三公经费比上年减少0.88万元。",
    "三公经费预算10万元。",
    "2019年总收入3000万元。",
    "约有在职人员30人。",  # no name: 约有 is no place for one
    "在职人员30余人。",
    "行政编制10人。",
    "工程总支出500万元。",
    "其中在职人员5人。",
    "公务接待费5.30万元。",
    "培训满意度95%。",
    "服务对象满意度达98%以上。",
    "专项资金2528.92万元，按经济分类，其中商品和服务支出1250.72万元，占比49.46%，资本性支出1278.2万元。",
    "综合得分率99%。",
    "第三方评价得分95分。",
    "等次为优秀。",
    "进厅事项1136项，比上年进厅事项增加429项。",
    "总收入5千多万元。",
    "6月末在职人员28人，12月末在职人员29人。",
]


def said(tmp_path, text):
    findings = examine(Workbook().set(存在的主要问题=text).save(tmp_path / "x.xlsx")).findings
    return [each for each in findings if each.code == "text.contradicts"]


@pytest.mark.parametrize("text, stated, name, right", WRONG)
def test_a_contradiction_is_told_with_both_numbers(tmp_path, text, stated, name, right):
    [finding] = said(tmp_path, text)
    assert finding.line() == (
        f'警告 综述!C8〔存在的主要问题〕文字里写的是 "{stated}"，“{name}”是 {right}；请核对，改正文字或数据'
    )


@pytest.mark.parametrize("text", RIGHT)
def test_what_agrees_or_may_mean_something_else_is_left_alone(tmp_path, text):
    assert said(tmp_path, text) == []


def test_words_stand_for_figures_of_the_form(tmp_path):
    copy = tmp_path / "yueyang-2020"
    source = forms.find("yueyang-2020")
    copy.mkdir()
    for file in source.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    text = (copy / "form.toml").read_text("utf-8").replace('of = ["支出合计"]', 'of = ["总支出合计"]')
    (copy / "form.toml").write_text(text, "utf-8")
    with pytest.raises(FormError, match=r"form\.toml：word 2：总支出合计 没有定义"):
        forms.load(copy)
