"""Findings: what is wrong in a workbook, where, and what to do about it.

A fault of the data is a value, never an exception. ``CATALOGUE`` holds every code with its severity
and its Chinese message; nothing else in the program words a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from generator.model import CellRef


class Severity(Enum):
    """An error stops the report; a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word that stands before a finding."""
        return {"error": "错误", "warning": "警告", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Operand:
    """A value that a finding rests on, as printed, with its cell if it was typed."""

    name: str
    value: str
    at: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: ``message`` says what is wrong, ``fix`` what to do; ``value`` is as found."""

    code: str
    severity: Severity
    message: str
    fix: str
    at: CellRef | None = None
    field: str = ""
    value: str = ""
    related: tuple[Operand, ...] = ()
    rule: str = ""

    def line(self) -> str:
        """The finding as one line for a person."""
        place = str(self.at) if self.at else ""
        field = f"〔{self.field}〕" if self.field else ""
        head = f"{self.severity.label} {place}{field}".rstrip()
        separator = "" if field else " "
        return (
            f"{head}{separator}{self.message}；{self.fix}" if self.fix else f"{head}{separator}{self.message}"
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of finding: its message and remedy, as ``str.format`` templates over named details."""

    severity: Severity
    message: str
    fix: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CATALOGUE: dict[str, Wording] = {
    # the file
    "file.missing": Wording(_E, "找不到文件 {path}", "请核对文件名和所在的文件夹"),
    "file.folder": Wording(_E, "{path} 是文件夹，不是工作簿", "请给出 .xlsx 工作簿的路径"),
    "file.unreadable": Wording(_E, "打不开 {path}：{why}", "请关闭占用它的程序，或核对读取权限后再试"),
    "file.not-xlsx": Wording(_E, "{path} 不是 .xlsx 工作簿，而是{kind}", "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再试"),
    "file.damaged": Wording(_E, "{path} 不完整或已损坏，读不出来", "请用 WPS 或 Excel 打开并重新保存，或换用备份"),
    "file.too-large": Wording(_E, "{path} 解压后过大（{size}），不像填报工作簿", "请删去多余的工作表、图片或空行后再试"),
    "form.unknown": Wording(_E, "没有编号为 {value} 的表样", "请填写下列编号之一：{known}{hint}"),
    "form.no-id": Wording(_E, "工作簿里没有找到“{label}”", "请在“{sheet}”表填写表样编号，或用 --form 指定表样"),
    # sheets and labels
    "sheet.missing": Wording(_E, "缺少工作表“{sheet}”", "请补上这张工作表，名称须完全一致{hint}"),
    "label.missing": Wording(_E, "找不到栏目“{label}”", "请在本表补上这个栏目名，一字不改{hint}"),
    "label.doubled": Wording(_E, "栏目“{label}”出现了{count}次（{cells}）", "请只保留一处"),
    "table.header-missing": Wording(_E, "找不到“{table}”的表头", "表头须在同一行写明：{columns}"),
    "table.empty": Wording(_E, "“{table}”没有填写任何一行", "请至少填写{count}行"),
    "row.duplicate": Wording(_E, "{value} 与 {other} 重复", "请合并或改名，每行须不同"),
    # cells
    "cell.required": Wording(_E, "没有填写", "{fix}"),
    "cell.not-a-number": Wording(_E, "{value} 不是数字", "请填写{what}，如 {example}"),
    "cell.not-an-integer": Wording(_E, "{value} 不是整数", "请填写整数，如 {example}"),
    "cell.wrong-unit": Wording(_E, "{value} 的单位不适用于本栏目", "请只填数字，或改用{units}"),
    "cell.negative": Wording(_E, "{value} 是负数", "本栏目不能小于 0，请核对"),
    "cell.out-of-range": Wording(_E, "{value} 超出范围", "应在 {low} 和 {high} 之间，请核对"),
    "cell.date-for-number": Wording(_E, "{value} 是日期，不是数字", "请把单元格格式改为“数值”后重新填写"),
    "cell.not-a-date": Wording(_E, "{value} 不是日期", "请填写日期，如 2021-03-15"),
    "cell.not-a-choice": Wording(_E, "{value} 不在可选范围内", "请从下列选项中选一个：{choices}{hint}"),
    "cell.error-value": Wording(_E, "公式出错，显示为 {value}", "请改正公式，或直接填写数值"),
    "cell.not-calculated": Wording(_E, "公式还没有计算结果", "请用 WPS/Excel 打开并保存后再试"),
    "text.unknown-name": Wording(_E, "文字里的 {value} 没有对应的数据", "请在“工作数据”表补上，或改正名称{hint}"),
    "text.blank-name": Wording(_E, "文字里的 {value} 还没有数值", "请填写这一项数据"),
    "fact.bad-name": Wording(_E, "{value} 不能用作名称", "名称只用汉字、字母、数字和下划线，不以数字开头"),
    "fact.name-taken": Wording(_E, "{value} 已是表样里的名称", "请换一个名称，或在文字里直接用 {{{{{name}}}}}"),
    # figures and ties
    "figure.zero-denominator": Wording(_E, "算不出“{name}”：分母（{names}）为 0 或没有填写", "请填写这些单元格：{cells}"),
    "tie.broken": Wording(_E, "{name}：{left_words} ＝ {left}{unit}，{right_words} ＝ {right}{unit}，{relation}，相差 {difference}{unit}", "{fix}"),
    "tie.rounding": Wording(_N, "{name}：{left_words} ＝ {left}{unit}，{right_words} ＝ {right}{unit}，尾差 {difference}{unit}，由四舍五入造成", "不用处理"),
    # scores
    "score.row-missing": Wording(_E, "缺少指标“{name}”", "请在评分表补上这一行（{level}）"),
    "score.row-unknown": Wording(_E, "“{name}”不是表样里的指标", "“{level}”部分不能增加或改名，请改回{hint}"),
    "score.points-changed": Wording(_E, "分值为 {value}，表样规定为 {points}", "请改回 {points}"),
    "score.points-missing": Wording(_E, "没有填写分值", "请填写分值"),
    "score.points-sum": Wording(_E, "各指标分值合计为 {value}，不等于 {total}", "请调整{open}部分的分值，使合计为 {total}"),
    "score.missing": Wording(_E, "没有填写自评得分", "请填写 0 至 {points} 之间的得分"),
    "score.out-of-range": Wording(_E, "自评得分 {value} 超出 0 至 {points} 的范围", "请核对得分"),
    "score.shared-exceeded": Wording(_E, "合用分值的各项得分合计 {value}，超过分值 {points}", "请核对这几项得分"),
    "score.reason-missing": Wording(_E, "“{name}”扣了 {lost} 分，没有说明原因", "请在“扣分原因和其他说明”栏写明原因"),
    "score.ignored": Wording(_W, "自评得分 {value} 没有采用：本项由工具按数据计为 {score} 分", "请删去，或核对“评分数据”"),
    "score.scaled": Wording(_N, "分值由 {official} 调整为 {points}，各档得分按比例折算", "不用处理"),
    # the document
    "output.locked": Wording(_E, "写不进 {path}：{why}", "请先关闭正在打开它的 Word 或 WPS，再运行一次"),
    "document.audit": Wording(_E, "生成的文件没有通过自检：{why}", "请把工作簿和这句话发给维护人员；原来的报告没有改动"),
}  # fmt: skip


def finding(
    code: str,
    at: CellRef | None = None,
    field: str = "",
    value: str = "",
    *,
    severity: Severity | None = None,
    related: tuple[Operand, ...] = (),
    rule: str = "",
    **details: object,
) -> Finding:
    """Make a finding of the catalogue; ``details`` fill its message. Raises KeyError for a wrong code."""
    entry = CATALOGUE[code]
    details = {"value": quoted(value), "hint": "", **details}
    return Finding(
        code=code,
        severity=severity or entry.severity,
        message=entry.message.format(**details),
        fix=entry.fix.format(**details),
        at=at,
        field=field,
        value=value,
        related=related,
        rule=rule,
    )


def quoted(value: str, limit: int = 40) -> str:
    """A value as found, in straight quotes, on one line and not too long."""
    line = " ".join(value.split())
    return f'"{line[:limit]}…"' if len(line) > limit else f'"{line}"'


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    import difflib  # only faults need it

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``（是不是“…”？）`` when a known word is close, else nothing."""
    close = closest(word, known)
    return f"（是不是“{close}”？）" if close else ""


_CELL = re.compile(r"([A-Z]+)(\d+)")


def sort_key(item: Finding, sheets: tuple[str, ...] = ()) -> tuple[int, int, int, str]:
    """Order of printing: by sheet as in the form, then by row and column; findings without a place last."""
    if item.at is None:
        return (len(sheets) + 1, 0, 0, item.code)
    sheet = sheets.index(item.at.sheet) if item.at.sheet in sheets else len(sheets)
    match = _CELL.fullmatch(item.at.cell)
    column, row = (match[1], int(match[2])) if match else ("", 0)
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return (sheet, row, number, item.code)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the report."""
    return any(item.severity is Severity.ERROR for item in findings)
