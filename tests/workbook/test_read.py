"""The sample with things moved about, and the faults of a workbook's structure."""

import openpyxl
import pytest
from workbooks import SAMPLE, Workbook, news

from generator.document.render import render
from generator.findings import has_errors
from generator.pipeline import examine


def document(path):
    examination = examine(path)
    assert not has_errors(examination.findings), [f.line() for f in examination.findings]
    return render(examination.report, examination.form)[0]


@pytest.fixture(scope="module")
def original():
    return document(SAMPLE)


def move_rows(book):
    for sheet in book.worksheets:
        areas = [str(area) for area in sheet.merged_cells.ranges]
        for area in areas:
            sheet.unmerge_cells(area)
        sheet.insert_rows(1, 2)


def insert_columns(book):
    for name in ("基本情况", "评分数据", "综述"):
        sheet = book[name]
        for area in [str(area) for area in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        sheet.insert_cols(1, 3)


def merge_labels(book):
    """Labels over two columns, with the value right of both."""
    sheet = book["评分数据"]
    for area in [str(area) for area in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    sheet.insert_cols(3)
    for row in range(4, sheet.max_row + 1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)


def merge_values(book):
    """A value over several cells."""
    sheet = book["综述"]
    for row in range(4, 10):
        sheet.cell(row, 4).value = None
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)


def reverse_sheets(book):
    book._sheets.reverse()


def add_foreign_sheet(book):
    book.create_sheet("草稿", 0)["A1"] = "收入合计"


def swap_columns(book):
    sheet = book["评价人员"]
    header = next(row for row in sheet.iter_rows() if any(c.value == "姓名" for c in row))
    first = next(c for c in header if c.value == "姓名").column
    last = next(c for c in header if c.value == "单位").column
    for row in range(header[0].row, sheet.max_row + 1):
        a, b = sheet.cell(row, first), sheet.cell(row, last)
        a.value, b.value = b.value, a.value


def blanks_in_labels(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("姓名", "人员编制", "上年结转"):
                    cell.value = f" {cell.value[:1]}\n {cell.value[1:]} "


@pytest.mark.parametrize(
    "change",
    [
        move_rows,
        insert_columns,
        merge_labels,
        merge_values,
        reverse_sheets,
        add_foreign_sheet,
        swap_columns,
        blanks_in_labels,
    ],
)
def test_moved_things_give_the_same_report_byte_for_byte(tmp_path, original, change):
    book = openpyxl.load_workbook(SAMPLE)
    change(book)
    book.save(tmp_path / "moved.xlsx")
    assert document(tmp_path / "moved.xlsx") == original


def rename_label(old, new):
    def change(book):
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == old:
                        cell.value = new

    return change


def drop_sheet(name):
    def change(book):
        del book[name]

    return change


def rename_sheet(old, new):
    def change(book):
        book[old].title = new

    return change


@pytest.mark.parametrize(
    "change, expected",
    [
        (drop_sheet("综述"), "错误 综述 缺少工作表“综述”；请补上这张工作表，名称须完全一致"),
        (
            rename_sheet("评分数据", "评分数据1"),
            "错误 评分数据 缺少工作表“评分数据”；请补上这张工作表，名称须完全一致（是不是“评分数据1”？）",
        ),
        (
            rename_label("人员编制", "人员编制数"),
            "错误 基本情况〔人员编制〕找不到栏目“人员编制”；请在本表补上这个栏目名，一字不改（是不是“人员编制数”？）",
        ),
        (
            rename_label("上年结转", "上年结转数"),
            "错误 收入支出〔上年结转〕找不到栏目“上年结转”；请在本表补上这个栏目名，一字不改（是不是“上年结转数”？）",
        ),
        (
            rename_label("姓名", "名字"),
            "错误 评价人员〔姓名〕找不到栏目“姓名”；请在本表补上这个栏目名，一字不改",
        ),
        (
            rename_label("资本性支出", "资本支出"),
            "错误 支出分类〔资本性支出〕找不到栏目“资本性支出”；请在本表补上这个栏目名，一字不改（是不是“资本支出”？）",
        ),
        (
            rename_label("表样", "表"),
            "错误 填表说明 工作簿里没有找到“表样”；请在“填表说明”表填写表样编号，或用 --form 指定表样",
        ),
    ],
)
def test_faults_of_structure(tmp_path, change, expected):
    book = openpyxl.load_workbook(SAMPLE)
    change(book)
    book.save(tmp_path / "x.xlsx")
    assert [f.line() for f in news(examine(tmp_path / "x.xlsx").findings)] == [expected]


def test_an_unknown_form_is_told_with_the_known_ones(tmp_path):
    book = Workbook().set(表样="yueyang-2002")
    [fault] = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    assert fault.line() == (
        f'错误 {book.a1("表样")}〔表样〕没有编号为 "yueyang-2002" 的表样；'
        "请填写下列编号之一：hunan-department-2018、mof-project-2020、yueyang-2020（是不是“yueyang-2020”？）"
    )


def test_a_doubled_label_is_told(tmp_path):
    book = Workbook()
    first = book.a1("人员编制").split("!")[1]
    sheet = book.book["基本情况"]
    label = sheet[first].offset(0, -1).coordinate
    sheet["K30"] = "人员编制"
    [fault] = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    assert fault.line() == (
        f"错误 基本情况!K30〔人员编制〕栏目“人员编制”出现了2次（{label}、K30）；请只保留一处"
    )


def test_doubled_rows_are_told(tmp_path):
    book = Workbook()
    index = book.find_row("工作数据", "名称", "进厅事项")
    book.row("工作数据", index + 1, 名称="进厅事项")
    faults = [f for f in examine(book.save(tmp_path / "x.xlsx")).findings if f.code == "row.duplicate"]
    here, there = book.cell("工作数据", index + 1, "名称"), book.cell("工作数据", index, "名称").split("!")[1]
    assert [f.line() for f in faults] == [
        f'错误 {here}〔名称〕"进厅事项" 与 {there} 重复；请合并或改名，每行须不同'
    ]


def test_unknown_names_in_texts_are_told_once_with_the_nearest(tmp_path):
    book = Workbook().set(存在的主要问题="全年{{进厅事顶}}项，共{{进厅事顶}}项，{{7*7}}。")
    program, unknown = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    assert unknown.line() == (
        f'错误 {book.a1("存在的主要问题")}〔存在的主要问题〕文字里的 "{{{{进厅事顶}}}}" 没有对应的数据；'
        "请在“工作数据”表补上，或改正名称（是不是“进厅事项”？）"
    )
    assert program.line() == (
        f'错误 {book.a1("存在的主要问题")}〔存在的主要问题〕文字里的 "{{{{7*7}}}}" 写了算式，文字里只能写名称；'
        "请在“工作数据”表加一行，“公式”栏写 7*7，文字里引用这一行的名称，如 {{名称}}"
    )


def test_an_empty_workbook_tells_every_required_cell_once(tmp_path):
    book = Workbook()
    values = {"联系人": None, "公共财政拨款": None, "有预算管理制度": None}
    faults = news(examine(book.set(**values).save(tmp_path / "x.xlsx")).findings)
    assert [f.line().split("〕")[1] for f in faults] == [
        "没有填写；请填写",
        "没有填写；请填写；没有发生额填 0",
        "没有填写；请填写",
    ]


def test_a_label_over_two_lines_is_told_on_one(tmp_path):
    book = Workbook()
    sheet, (row, column) = book.address("三公经费预算数")
    book.book[sheet].cell(row, column - 1).value = "别的\n栏目"
    found = news(examine(book.save(tmp_path / "x.xlsx")).findings)
    assert [f.line().count("\n") for f in found] == [0] * len(found)
    assert any("“别的 栏目”不是本表的栏目" in f.line() for f in found)


@pytest.mark.parametrize("name", ["长" * 5000, "../../etc", "a/b", "."])
def test_a_workbook_names_a_form_by_its_id_only(tmp_path, name):
    [fault] = examine(Workbook().set(表样=name).save(tmp_path / "x.xlsx")).findings
    assert fault.code == "form.unknown"
