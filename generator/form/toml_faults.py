"""What is wrong with a TOML file, in words for somebody who does not program, with the line."""

from __future__ import annotations

import re

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
# What tomllib says → what to say. The first that fits counts.
_WORDS = (
    ("Expected '=' after a key", "名称后面缺少等号 ="),
    ("Unclosed array", "方括号 [ 没有对应的 ]"),
    ("Unclosed inline table", "花括号 { 没有对应的 }，或各项之间缺少逗号"),
    ("Unterminated string", "引号没有成对"),
    ("Expected newline or end of document", "这一行后面多了东西，常见的是引号没有成对"),
    ("Cannot declare", "同一个 [表] 写了两次"),
    ("Cannot overwrite a value", "同一个名称写了两次"),
    ("Duplicate inline table key", "同一个名称写了两次"),
    ("Invalid value", "等号后面的写法不对：文字要加英文引号，数字和 true、false 不加"),
    ("Invalid initial character for a key part", "名称写法不对，或标点是中文的"),
    ("Invalid statement", "这一行看不懂：中文的名称要加英文引号，标点用英文的"),
    ("Illegal character", "有不能用的字符"),
    ("Found invalid character", "有不能用的字符"),
    ("Unescaped", "引号里的反斜杠要写成两个"),
)
_LONG = 30


def in_words(message: str, text: str) -> str:
    """``第 3 行“name = 甲”：等号后面的写法不对…``; what is not known stays as it is."""
    found = _AT.search(message)
    bare = _AT.sub("", message)
    what = next((words for start, words in _WORDS if bare.startswith(start)), bare)
    if found is None or found[1] is None:
        return f"写到文件末尾还没有完：{what}" if found else what
    number = int(found[1])
    lines = text.splitlines()
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    shown = f"“{line[:_LONG]}{'…' if len(line) > _LONG else ''}”" if line else ""
    return f"第 {number} 行{shown}：{what}"
