"""What a person sees in the workbook is what counts: cells as they are shown, and what is told where that is not clear.

Each case changes one thing in a filled workbook, through openpyxl as a person would through Excel, and says what is
told (besides the workbook's own standing warnings) and what the report then prints.
"""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from workbooks import ROOT, SAMPLE

from generator.catalogue import Severity
from generator.document.render import render
from generator.document.text import lines
from generator.pipeline import examine

THREE = Path(__file__).parent / "data" / "2023-三个机构.xlsx"
PROJECT = ROOT / "inputs" / "2020-项目.xlsx"
# What every change of an amount brings along, and says nothing of the reading.
FOLLOWS = ("tie.", "score.", "goal.", "text.", "figure.", "amount.")


def changed(source, path, cells):
    """A copy of a workbook with cells set: a value, or (value, number format)."""
    book = openpyxl.load_workbook(source, rich_text=True)
    for place, content in cells.items():
        sheet, cell = place.split("!")
        value, code = content if isinstance(content, tuple) else (content, None)
        book[sheet][cell].value = value
        if code is not None:
            book[sheet][cell].number_format = code
    book.save(path)
    return path


def told(examination):
    return [each.line() for each in examination.findings if not each.code.startswith(FOLLOWS)]


def printed(examination):
    document, faults = render(examination.report, examination.form)
    assert faults == []
    return [text for _, text in lines(document)]


DONE = "绩效目标!E23"  # a text
CODE = "基本情况!C5"  # a text of digits
FACT = "工作数据!C26"  # a number or a text; 跨省通办… of the sample
AMOUNT = "收入支出!D6"
OPTIONAL = "收入支出!E6"
RATE = "评分数据!C15"
ADJUSTED = "评分数据!C8"
COUNT = "基本情况!C11"
DAY = "基本情况!C6"

# Cells whose number format says something of its own: place, stored value, format, what is told.
FORMATS = [
    # literal percent signs
    (RATE, 99.9, '0.0"%"', []),
    (RATE, 99.9, "0.0\\%", []),
    (RATE, 0.85, '0.00"%"', ['错误 评分数据!C15〔服务对象满意度〕单元格显示为 "0.85%"，实际存的是 0.85，两者不一致；请把单元格格式改为“常规”，再核对填写的百分比']),
    (RATE, 0.999, "0.0%", []),
    (RATE, 0.99, "0%", []),
    (RATE, 0.9949, "0%", ['警告 评分数据!C15〔服务对象满意度〕单元格显示为 "99%"，实际存的是 0.9949，按存的数计算和印出；请核对；要按显示的数，请改填这个数']),
    # units and magnitudes in the format
    (AMOUNT, 39637500, '0!.0,"万元"', ['警告 收入支出!D6〔公共财政拨款〕单元格显示为 "3963.8万元"，实际存的是 39637500，按存的数计算和印出；请核对；要按显示的数，请改填这个数']),
    (AMOUNT, 39640000, '0!.0,"万元"', []),
    (AMOUNT, 39637500, '#,##0.00"元"', []),
    (AMOUNT, 3963.75, '#,##0.00"万元"', ['错误 收入支出!D6〔公共财政拨款〕单元格显示为 "3,963.75万元"，实际存的是 3963.75，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    (AMOUNT, 39637500, "0.00,,", ['错误 收入支出!D6〔公共财政拨款〕单元格显示为 "39.64"，实际存的是 39637500，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    (AMOUNT, 39637500, "#,##0,", ['错误 收入支出!D6〔公共财政拨款〕单元格显示为 "39,638"，实际存的是 39637500，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    (AMOUNT, 39637500, ";;;", ['错误 收入支出!D6〔公共财政拨款〕单元格显示为 ""，实际存的是 39637500，两者不一致；请把单元格格式改为“常规”，再核对填写的内容']),
    (AMOUNT, 39637500, '0"人"', ['错误 收入支出!D6〔公共财政拨款〕"39637500人" 的单位“人”不适用于本栏目；请只填数字，或改用元或万元']),
    (AMOUNT, 39637500, '_ "￥"* #,##0.00_ ;_ "￥"* -#,##0.00_ ;_ "￥"* "-"??_ ;_ @_ ', []),
    (OPTIONAL, 0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', []),
    (AMOUNT, 39637500, "[Red]#,##0.00;[Blue]-#,##0.00", []),
    (AMOUNT, 39637500, "0.00E+00", ['警告 收入支出!D6〔公共财政拨款〕单元格显示为 "3.96E+07"，实际存的是 39637500，按存的数计算和印出；请核对；要按显示的数，请改填这个数']),
    (AMOUNT, 39637500, "[$$-409]#,##0.00", ['错误 收入支出!D6〔公共财政拨款〕单元格显示为 "$39,637,500.00"，实际存的是 39637500，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    (AMOUNT, 39637500, "0%", ['错误 收入支出!D6〔公共财政拨款〕"3963750000%" 的单位“%”不适用于本栏目；请只填数字，或改用元或万元']),
    (AMOUNT, 39637500, '0"①"', ['错误 收入支出!D6〔公共财政拨款〕"39637500①" 不是一个数：数字旁边有“①”，不知道是注号还是数字；请只填金额，如 5000000']),
    # 大写 is the same number, and zero may be shown as nothing
    (AMOUNT, 39637500, '[DBNum2][$-804]General"元整"', []),
    (OPTIONAL, 0, "#,###", []),
    (OPTIONAL, 0, "0;-0;;@", []),
    # what binary fractions leave of zero
    (OPTIONAL, -5.55e-17, "#,##0.00", []),
    (OPTIONAL, -3.7252902984619e-09, "General", []),
    (OPTIONAL, 5.8e-10, "#,##0.00", []),
    (OPTIONAL, -0.004, "#,##0.00", ['错误 收入支出!E6〔政府基金拨款〕单元格显示为 "0.00"，实际存的是 -0.004，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    # red stands for the sign of a negative number
    (ADJUSTED, -500000, "#,##0.00;[Red]#,##0.00", []),
    (ADJUSTED, -500000, "#,##0.00;#,##0.00", ['错误 评分数据!C8〔预算调整数〕单元格显示为 "500,000.00"，实际存的是 -500000，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    # the fault is in the digits that are not shown
    (COUNT, 2.4, "0", ['错误 基本情况!C11〔退休人数〕单元格显示为 "2"，实际存的是 2.4，两者不一致；请把单元格格式改为“常规”，再核对填写的整数']),
    (RATE, 1.0004, "0%", ['错误 评分数据!C15〔服务对象满意度〕单元格显示为 "100%"，实际存的是 1.0004，两者不一致；请把单元格格式改为“常规”，再核对填写的百分比']),
    # a fraction or a percentage
    (RATE, 1.2, "General", ['错误 评分数据!C15〔服务对象满意度〕"1.2" 可能是 120%，也可能是 1.2%；请写明百分号，如 100%']),
    # dates and times among numbers
    (OPTIONAL, 43961, "yyyy-mm-dd", ['错误 收入支出!E6〔政府基金拨款〕"2020-05-10" 是日期，不是数字；请把单元格格式改为“数值”后重新填写']),
    (OPTIONAL, 43961, 'm"月"d"日"', ['错误 收入支出!E6〔政府基金拨款〕"5月10日" 是日期，不是数字；请把单元格格式改为“数值”后重新填写']),
    (OPTIONAL, 1000000, "[h]:mm", ['错误 收入支出!E6〔政府基金拨款〕"24000000:00" 是时间，不是数字；请把单元格格式改为“数值”后重新填写']),
    (AMOUNT, 39637500, "yyyy-mm-dd", ['错误 收入支出!D6〔公共财政拨款〕单元格显示为 "########"，实际存的是 39637500，两者不一致；请把单元格格式改为“常规”，再核对填写的金额']),
    # dates that show less than they are
    (DAY, datetime(2021, 3, 15), 'm"月"d"日"', ['警告 基本情况!C6〔报告日期〕单元格显示为 "3月15日"，没有写全年月日，存的是 2021-03-15；请核对；没写年份的日期，Excel 会加上当年，没写日的加上 1 日']),
    (DAY, datetime(2021, 3, 15, 12), "yyyy-mm-dd h:mm", []),
    (DAY, 44270, "0", ['错误 基本情况!C6〔报告日期〕"44270" 不是日期；请填写日期，如 2021-03-15']),
    # codes
    (CODE, 301001002003004005, "0", ['错误 基本情况!C5〔预算编码〕"301001002003004000" 超过 15 位，后面的位数 Excel 存的时候已变成 0；请把单元格格式改为“文本”，再填写完整的号码']),
    (CODE, 301001002003004005, "General", ['错误 基本情况!C5〔预算编码〕"3.01001E+17" 超过 15 位，后面的位数 Excel 存的时候已变成 0；请把单元格格式改为“文本”，再填写完整的号码']),
    (CODE, 430602001002, "General", ['警告 基本情况!C5〔预算编码〕单元格显示为 "4.30602E+11"，按存的 430602001002 印出；请把单元格格式改为“文本”，再填写一遍']),
]  # fmt: skip


@pytest.mark.parametrize("place, value, code, says", FORMATS, ids=[f"{v} {c}" for _, v, c, _ in FORMATS])
def test_formats(tmp_path, place, value, code, says):
    assert told(examine(changed(SAMPLE, tmp_path / "x.xlsx", {place: (value, code)}))) == says


# What text cells print: stored value, format, printed text.
TEXTS = [
    (DONE, datetime(2020, 10, 28), 'm"月"d"日"', "10月28日"),
    (DONE, datetime(2020, 10, 28), 'yyyy"年"m"月"', "2020年10月"),
    (DONE, time(8, 30), "h:mm", "8:30"),
    (DONE, 2 / 3, "0%", "67%"),
    (DONE, 460, '0"万元"', "460万元"),
    (DONE, 4600000, '0.00,,"万"\n%', "460.00万"),
    (DONE, 1234567, "#,##0", "1,234,567"),
    (DONE, 0.5, "# ?/?", "1/2"),
    (DONE, 12, "[DBNum1][$-804]General", "一十二"),
    (DONE, "甲", '@"（试点）"', "甲（试点）"),
    (CODE, 18, "000000", "预算编码：000018"),
    (CODE, 1001, '"A"000000', "预算编码：A001001"),
    (CODE, "000018", "@", "预算编码：000018"),
]


@pytest.mark.parametrize("place, value, code, text", TEXTS, ids=[text for *_, text in TEXTS])
def test_text_cells_print_what_is_shown(tmp_path, place, value, code, text):
    examination = examine(changed(SAMPLE, tmp_path / "x.xlsx", {place: (value, code)}))
    assert told(examination) == []
    assert text in printed(examination)


FACTS = [
    (1812000, "0,", "1812", 1812),
    (1812, "#,##0", "1,812", 1812),
    (0.701, "0.0%", "70.1%", "0.701"),
    (95, '0"%"', "95%", "0.95"),
    (66.6666666666667, "General", "66.66666667", "66.66666667"),
    (datetime(2023, 9, 30), 'yyyy"年"m"月"d"日"', "2023年9月30日", None),
]


@pytest.mark.parametrize("value, code, text, number", FACTS)
def test_facts_print_and_count_as_they_are_shown(tmp_path, value, code, text, number):
    path = changed(
        SAMPLE, tmp_path / "x.xlsx", {"工作数据!B26": "新数", FACT: (value, code), "综述!C8": "共{{新数}}。"}
    )
    examination = examine(path)
    fact = examination.report.figures.facts["新数"]
    assert f"共{text}" in "\n".join(printed(examination))
    assert (fact.value.value if number is not None else fact.value) == (
        type(fact.value.value)(number) if number is not None else text
    )


def test_a_project_counts_percentages_that_are_shown(tmp_path):
    """95% and 97.2% through formats whose percent sign is only text."""
    path = changed(PROJECT, tmp_path / "x.xlsx", {"评分表!F10": (95, '0"%"'), "评分表!H10": (97.2, '0.0"%"')})
    assert printed(examine(path)) == printed(examine(PROJECT))


# Texts in cells of numbers: what is typed, what is told.
NUMBERS = [
    (AMOUNT, "39637500①", ['错误 收入支出!D6〔公共财政拨款〕"39637500①" 不是一个数：数字旁边有“①”，不知道是注号还是数字；请只填金额，如 5000000']),
    (AMOUNT, "3963.75 万元", []),
    (AMOUNT, "￥39,637,500.00", []),
    (AMOUNT, "\u200b39637500", []),
    (AMOUNT, "39637500（决算数）", ['错误 收入支出!D6〔公共财政拨款〕"39637500（决算数）" 不是一个数：数字后面还有“(决算数)”；请只填金额，如 5000000']),
    (AMOUNT, "3963。75万元", ['错误 收入支出!D6〔公共财政拨款〕"3963。75万元" 不是一个数：数字后面还有“。75万元”；请只填金额，如 5000000']),
    (AMOUNT, "$39637500", ['错误 收入支出!D6〔公共财政拨款〕"$39637500" 不是一个数：数字前面还有“$”；请只填金额，如 5000000']),
    ("基本情况!C11", "2 0", ['错误 基本情况!C11〔退休人数〕"2 0" 不是一个数：两个数之间有空格，看不出是一个数还是两个数；请只填整数，如 2']),
    ("基本情况!C11", "2名", []),
    ("基本情况!C11", "2万人", ['错误 基本情况!C11〔退休人数〕"2万人" 的单位“万人”不适用于本栏目；请只填数字，或改用人']),
    ("填表说明!C5", "2020年度", []),
    ("填表说明!C5", "二〇二〇年", ['错误 填表说明!C5〔年度〕"二〇二〇年" 不是数字；请填写整数，如 2020']),
    (RATE, "98%-99%", ['错误 评分数据!C15〔服务对象满意度〕"98%-99%" 不是一个数：写的是一个范围，不是一个数；请只填百分比，如 98%']),
    (DAY, "2021年3月", ['错误 基本情况!C6〔报告日期〕"2021年3月" 没有写明哪一天；请写全年月日，如 2021-03-15']),
    ("评分表!G21", "5分", ['错误 评分表!G21〔自评得分〕"5分" 的单位“分”不适用于本栏目；请只填数字，不写单位']),
    ("收入支出!N6", "无", ['错误 收入支出!N6〔因公出国费〕"无" 读作空白，本栏目必须填写；没有发生额请填 0']),
    ("评分数据!C28", "当\u200b年", []),
    ("填表说明!C4", "yueyang-\ufeff2020", []),
]  # fmt: skip


@pytest.mark.parametrize("place, value, says", NUMBERS, ids=[str(value) for _, value, _ in NUMBERS])
def test_texts_in_cells_of_numbers(tmp_path, place, value, says):
    assert told(examine(changed(SAMPLE, tmp_path / "x.xlsx", {place: value}))) == says


# Rows that are no data, and units that contradict each other, in a workbook with three 机构.
ROWS = {
    "a note under the table": (
        {"收入支出!B13": "注：数据来自2023年决算报表"},
        ['错误 收入支出!B13〔收入支出〕第 13 行 "注：数据来自2023年决算报表" 像是“收入支出”下面的说明，没有读取；请删去，或移到表格以外的列'],
    ),
    "a name after a gap": (
        {"收入支出!B12": "制表：张某"},
        ['错误 收入支出!B12〔收入支出〕第 12 行 "制表：张某" 像是“收入支出”下面的说明，没有读取；请删去，或移到表格以外的列'],
    ),
    "a name and nothing else": (
        {"收入支出!B9": "信息中心"},
        ['错误 收入支出!B9〔机构名称〕第 9 行只填了 "信息中心"，必填的上年结转、公共财政拨款、人员支出、公用支出、项目支出、公务接待费、公务用车运维费、公务用车购置费、因公出国费、在用固定资产都空着；请补填这一行，或删去'],
    ),
    "another unit beside one amount": (
        {"评分数据!D9": "万元"},
        ["错误 评分数据!D9〔专项资金总收入〕旁边的单位栏写着“万元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820万元"],
    ),
    "another unit above a column": (
        {"收入支出!D4": "（百元/人）", "收入支出!E4": "万元"},
        ["错误 收入支出!E4 这里写着“万元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820万元"],
    ),
    "another unit for a whole sheet": (
        {"收入支出!G3": "金额单位：万元"},
        ["错误 收入支出!G3 这里写着“万元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820万元"],
    ),
    "another unit above a column, in brackets": (
        {"收入支出!D4": "（万元）"},
        ["错误 收入支出!D4 这里写着“万元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820万元"],
    ),
    "another unit in a title": (
        {"收入支出!B1": "收入支出（万元）"},
        ["错误 收入支出!B1 这里写着“万元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820万元"],
    ),
    "another unit among other words": (
        {"收入支出!G3": "编制单位：某局    金额单位：万元"},
        ["错误 收入支出!G3 这里写着“万元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820万元"],
    ),
    "a longer text that only speaks of a unit": ({"收入支出!G3": "报告里的单位：万元，由工具换算，这里照样填元，不用换算，也不用四舍五入，到分为止"}, []),
    "a currency that no amount may have": (
        {"评分数据!D9": "美元"},
        ["错误 评分数据!D9〔专项资金总收入〕旁边的单位栏写着“美元”，本工作簿的金额单位是“元”；请改为“元”并把数换算过来，或在数后面写明单位，如 820美元"],
    ),
    "another word for 元": ({"评分数据!D9": "人民币元"}, []),
    "the unit of one fact": ({"工作数据!F6": "单位：万元"}, []),
    "another magnitude of another count": (
        {"基本情况!D9": "万人次"},
        ["错误 基本情况!D9〔人员编制〕旁边的单位栏写着“万人次”，本栏目的单位是“人”；请改为“人”，并核对数的大小"],
    ),
    "a part of another row": (
        {"收入支出!B9": "其中：信息中心", "收入支出!D9": 5_000},
        ['错误 收入支出!B9〔收入支出〕第 9 行 "其中：信息中心" 像是“收入支出”的“其中”行（金额已含在别的行里），没有读取；请删去这一行，合计由工具计算'],
    ),
    "a number beside the cell that is read": (
        {"基本情况!C11": None, "基本情况!F11": 2},
        ['警告 基本情况!F11〔退休人数〕"2" 填在“退休人数”的填写格 C11 以外，没有读取；请移到 C11，或删去'],
    ),
    "a note beside a blank cell": ({"基本情况!C11": None, "基本情况!F11": "今年没有"}, []),
    "the same unit for a whole sheet": ({"收入支出!G3": "单位：元"}, []),
    "another word for the same unit": ({"基本情况!D9": "名"}, []),
    "another magnitude of a count": (
        {"基本情况!D9": "万人"},
        ["错误 基本情况!D9〔人员编制〕旁边的单位栏写着“万人”，本栏目的单位是“人”；请改为“人”，并核对数的大小"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("cells, says", ROWS.values(), ids=list(ROWS))
def test_rows_and_units(tmp_path, cells, says):
    assert told(examine(changed(THREE, tmp_path / "x.xlsx", cells))) == says


def total_row(name):
    book = openpyxl.load_workbook(THREE, data_only=True)
    sheet = book["收入支出"]
    sums = {column: sum(sheet.cell(row, column).value or 0 for row in (6, 7, 8)) for column in range(3, 18)}
    return {"收入支出!B9": name, **{f"收入支出!{sheet.cell(9, c).coordinate}": v for c, v in sums.items()}}


@pytest.mark.parametrize(
    "name, looks",
    [
        ("合计", "合计行"),
        ("合 计：", "合计行"),
        ("合計", "合计行"),
        ("Total", "合计行"),
        ("Σ", "合计行"),
        ("机关及二级机构汇总", "合计行"),
        ("县审计局（全部）", "合计行（各项金额正好等于其他各行之和）"),
    ],
)
def test_a_row_of_totals_is_one_finding(tmp_path, name, looks):
    examination = examine(changed(THREE, tmp_path / "x.xlsx", total_row(name)))
    line = f'错误 收入支出!B9〔收入支出〕第 9 行 "{name}" 像是“收入支出”的{looks}，没有读取；请删去这一行，合计由工具计算'
    assert told(examination) == [line]
    assert examination.report.ties.failed == 0


def test_ties_over_a_table_with_a_row_of_totals_have_that_row_as_their_cause(tmp_path):
    """The other sheets were filled in to match the doubled sums: still one finding."""
    doubled = {"支出分类!C4": 48_000_000, "支出分类!C8": 26_000_000, "支出分类!D9": 13_000_000}
    examination = examine(changed(THREE, tmp_path / "x.xlsx", {**total_row("合计"), **doubled}))
    assert (examination.report.ties.failed, examination.report.ties.not_checked) == (0, 17)
    assert [each.code for each in examination.findings if each.severity is Severity.ERROR] == ["row.total"]


def test_the_workbook_with_three_units_itself_has_nothing_to_tell():
    assert told(examine(THREE)) == []


def struck(book):
    book["收入支出"]["D6"].font = Font(strike=True)


def hidden_row(book):
    book["收入支出"].row_dimensions[7].hidden = True


def hidden_column(book):
    book["收入支出"].column_dimensions["D"].hidden = True


def hidden_sheet(book):
    book["收入支出"].sheet_state = "hidden"


def merged(book):
    book["收入支出"].merge_cells("D6:D7")


UNSEEN = [
    (struck, "提示 收入支出!D6 D6 画了删除线，其中的数据照样采用；不要的请删去，要的请去掉删除线"),
    (hidden_row, "提示 收入支出!B7 第 7 行是隐藏的或被筛选掉的，其中的数据照样采用；请取消隐藏和筛选，核对一遍；不要的请删去"),
    (hidden_column, "提示 收入支出!D6 D 列是隐藏的或被筛选掉的，其中的数据照样采用；请取消隐藏和筛选，核对一遍；不要的请删去"),
    (hidden_sheet, "提示 收入支出 工作表“收入支出”是隐藏的，其中的数据照样采用；请取消隐藏，核对一遍"),
    (merged, "错误 收入支出!D7〔公共财政拨款〕没有填写：本格合并在 D6 里，没有自己的数据；请取消合并，每格分别填写"),
]  # fmt: skip


@pytest.mark.parametrize("change, says", UNSEEN, ids=[change.__name__ for change, _ in UNSEEN])
def test_what_nobody_sees_is_told(tmp_path, change, says):
    book = openpyxl.load_workbook(THREE)
    change(book)
    book.save(tmp_path / "x.xlsx")
    assert told(examine(tmp_path / "x.xlsx")) == [says]


def test_a_workbook_in_wan_may_keep_the_unit_cells_it_was_made_with(tmp_path):
    """They all say 元, whatever is chosen: only one that differs from the others was changed by hand."""
    examination = examine(changed(SAMPLE, tmp_path / "x.xlsx", {"填表说明!C6": "万元"}))
    assert [each for each in examination.findings if each.code == "cell.other-unit"] == []
