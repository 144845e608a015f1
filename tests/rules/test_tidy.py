"""Copied headings and numbers, doubled goals, wrong punctuation, goals that were missed, years: told, once, at the cell."""

import pytest
from workbooks import Workbook, news

from generator.pipeline import examine


def said(book, tmp_path):
    return [each.line() for each in news(examine(book.save(tmp_path / "x.xlsx")).findings)]


TEXTS = [
    ({"职能职责概述": "1.主要职能。主管全县工作。"}, '警告 基本情况!C12〔职能职责概述〕文字以 "1.主要职能。" 开头，报告在这里已印有这个标题；请删去标题，只写内容'),
    ({"机构情况": "2．机构情况。内设股室8个。"}, '警告 综述!C4〔机构情况〕文字以 "2．机构情况。" 开头，报告在这里已印有这个标题；请删去标题，只写内容'),
    ({"机构情况": "机构情况\n内设股室8个。"}, '警告 综述!C4〔机构情况〕文字以 "机构情况" 开头，报告在这里已印有这个标题；请删去标题，只写内容'),
    ({"存在的主要问题": "一是编制不准。。；二是，，进度慢,三是(信息化)不足;"}, '提示 综述!C8〔存在的主要问题〕标点有误：“。。；”、“，，”、“,”、“;”、“(信息化)”；请改成一个全角标点'),
    ({"存在的主要问题": "2019年，本单位认真履职。"}, '警告 综述!C8〔存在的主要问题〕文字里提到 "2019年"，报告年度是 2020 年；请核对是不是沿用了往年的文字；确实要写的不用改'),
    ({"存在的主要问题": "2017年以来进度较慢。"}, '警告 综述!C8〔存在的主要问题〕文字里提到 "2017年"，报告年度是 2020 年；请核对是不是沿用了往年的文字；确实要写的不用改'),
]  # fmt: skip

QUIET = [
    {"机构情况": "机构情况较上年没有变化。"},
    {"存在的主要问题": "一是预算编制不准；二是进度慢（信息化项目）。"},
    {"存在的主要问题": "2021年将进一步细化预算。"},
    {"存在的主要问题": "按规划到2025年全部完成。"},
    {"存在的主要问题": "2016—2020年规划已完成，2020年收官。"},
    {"存在的主要问题": "2019年7月1日起施行。"},
    {"存在的主要问题": "比2019年增加3个。"},
    {"存在的主要问题": "2019年完成5个，2020年完成8个。"},
    {"存在的主要问题": "2018年机构改革成立政务服务中心。2017年纳入财政一级预算单位。"},
    {"存在的主要问题": "《人民日报》2021年1月4日、1月8日接连报道。"},
    {"存在的主要问题": "按《关于做好2015年度综合考评工作的通知》执行。"},
    {"存在的主要问题": "访问 a,b 和 1,234 个。"},
]


@pytest.mark.parametrize("change, line", TEXTS)
def test_texts_that_were_copied_or_mistyped_are_told(tmp_path, change, line):
    assert said(Workbook().set(**change), tmp_path) == [line]


@pytest.mark.parametrize("change", QUIET)
def test_texts_that_are_right_are_left_alone(tmp_path, change):
    assert said(Workbook().set(**change), tmp_path) == []


GOALS = [
    ("完成审计项目60个", "完成56个", '目标是60个，完成情况写的是 "完成56个"，没有达到'),
    ("办结率≥98%", "办结率97%", '目标是98%，完成情况写的是 "办结率97%"，没有达到'),
    ("办理时限不超过3天", "4天", '目标是3天，完成情况写的是 "4天"，没有达到'),
]
REACHED = [
    ("完成审计项目60个", "完成66个"),
    ("办理时限不超过3天", "2天"),
    ("完成审计项目60个", "完成56个，未完成4个"),
    ("完成审计项目60个", "完成率95%"),
    ("完成审计项目60个，培训2期", "完成56个"),
    ("投诉率降低5%", "降低8%"),
]


def with_goal(target, done):
    book = Workbook()
    return book.row("定量目标", 0, 绩效目标=target, 完成情况=done)


@pytest.mark.parametrize("target, done, message", GOALS)
def test_a_goal_that_was_missed_is_told(tmp_path, target, done, message):
    lines = said(with_goal(target, done), tmp_path)
    assert [line for line in lines if message in line]


@pytest.mark.parametrize("target, done", REACHED)
def test_a_goal_that_was_reached_or_cannot_be_compared_is_left_alone(tmp_path, target, done):
    assert [line for line in said(with_goal(target, done), tmp_path) if "没有达到" in line] == []


def test_a_goal_in_two_rows_is_told(tmp_path):
    book = Workbook()
    book.row("定量目标", 0, 绩效目标="完成60个").row("定量目标", 1, 绩效目标="完成 60个")
    first, second = (book.cell("定量目标", row, "绩效目标") for row in (0, 1))
    lines = said(book, tmp_path)
    assert (
        f'警告 {second}〔绩效目标〕目标 "完成 60个" 与 {first.split("!")[1]} 重复；请删去一行，或改正'
        in lines
    )


def test_a_number_before_a_row_that_is_numbered_anyway_is_told(tmp_path):
    book = Workbook().row("定性目标", 0, 预期目标="1、建设模范机关")
    place = book.cell("定性目标", 0, "预期目标")
    assert said(book, tmp_path) == [
        f'警告 {place}〔预期目标〕文字以编号 "1、" 开头，报告会再编一次号；请删去编号，由工具编排'
    ]
