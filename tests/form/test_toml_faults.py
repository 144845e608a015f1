"""A TOML file with a slip: told in Chinese, with the line, for somebody who does not program."""

import pytest
from variants import variant
from workbooks import FORM

from generator.form import FormError, load
from generator.form.section import read_toml

SLIPS = [
    ('a = "x"\nb 1', "第 2 行“b 1”：名称后面缺少等号 ="),
    ("a = [1", "写到文件末尾还没有完：方括号 [ 没有对应的 ]"),
    ("a = {b = 1\n", "第 1 行“a = {b = 1”：花括号 { 没有对应的 }，或各项之间缺少逗号"),
    ("a = {b = 1 c = 2}", "第 1 行“a = {b = 1 c = 2}”：花括号 { 没有对应的 }，或各项之间缺少逗号"),
    ('a = "x', "写到文件末尾还没有完：引号没有成对"),
    ("a = 甲", "第 1 行“a = 甲”：等号后面的写法不对：文字要加英文引号，数字和 true、false 不加"),
    ("a = “x”", "第 1 行“a = “x””：等号后面的写法不对：文字要加英文引号，数字和 true、false 不加"),
    ("[a]\n[a]", "第 2 行“[a]”：同一个 [表] 写了两次"),
    ("a = 1\na = 1\n", "第 2 行“a = 1”：同一个名称写了两次"),
    ("a = 1 b", "第 1 行“a = 1 b”：这一行后面多了东西，常见的是引号没有成对"),
    ("甲 = 1", "第 1 行“甲 = 1”：这一行看不懂：中文的名称要加英文引号，标点用英文的"),
    ('a = "\\d"', '第 1 行“a = "\\d"”：引号里的反斜杠要写成两个'),
    ("a = " + "[" * 2000, "嵌套太深"),
    ("a = " + "1" * 5000, "有一个数太长"),
]


@pytest.mark.parametrize("text, message", SLIPS, ids=[message for _, message in SLIPS])
def test_a_slip_is_told_in_words(tmp_path, text, message):
    path = tmp_path / "form.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FormError) as error:
        read_toml(tmp_path, "form.toml")
    assert str(error.value) == f"{path}：不是正确的 TOML（{message}）"


def test_a_byte_order_mark_does_no_harm(tmp_path):
    folder = variant(tmp_path)
    for path in folder.glob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    form = load(folder)
    assert (form.title, len(form.indicators)) == (FORM.title, len(FORM.indicators))
    assert form.indicators[1].standard == FORM.indicators[1].standard


def test_another_encoding_and_a_missing_file_are_told(tmp_path):
    (tmp_path / "form.toml").write_bytes("标题".encode("gbk"))
    with pytest.raises(FormError, match=r"form\.toml：不是 UTF-8 编码，请用记事本另存为 UTF-8$"):
        read_toml(tmp_path, "form.toml")
    with pytest.raises(FormError, match=r"x\.toml：缺少这个文件$"):
        read_toml(tmp_path, "x.toml")
