"""A form with a table of projects and two matrices, for what is taken over rows: made from one of ours."""

from __future__ import annotations

from pathlib import Path

from variants import variant
from workbooks import Workbook

SHEETS = """
[[sheet]]
name = "项目明细"
[[sheet.tables]]
name = "项目表"
key = ["项目名称"]
group_by = ["项目类别"]
groups = [["业务专项"], ["运维专项"], ["其他专项"]]
columns = [
  { name = "项目名称", type = "text", required = true, sample = "甲项目" },
  { name = "项目类别", type = "choice", required = true, choices = ["业务专项", "运维专项", "其他专项"] },
  { name = "有合同", type = "yes-no", required = true },
  { name = "数量", type = "number", min = 0, sample = "3" },
  { name = "单价", type = "amount", min = 0, sample = "10000" },
  { name = "项目预算", type = "amount", min = 0, sample = "400000" },
  { name = "项目决算", type = "amount", min = 0, sample = "300000" },
]

[[sheet]]
name = "项目分类"
[[sheet.matrices]]
name = "分类表"
min = 0
rows = [
  { label = "业务专项" },
  { label = "运维专项" },
  { label = "其他专项" },
  { label = "专项合计", sum = ["业务专项", "运维专项", "其他专项"] },
]
columns = [
  { label = "上年数", suffix = "_上年", roll = "_全年", sample = "100000" },
  { label = "上半年", suffix = "_上半年", sample = "100000" },
  { label = "下半年", suffix = "_下半年", sample = "200000" },
  { label = "全年", suffix = "_全年", sum = ["_上半年", "_下半年"] },
]
"""


def figure(name: str, formula: str, shown: str = "万元", more: str = "") -> str:
    written = formula.replace('"', '\\"')
    return (
        f'[[figure]]\nname = "{name}"\nformula = "{written}"\nformat = "{shown}"\nsource = ["tool"]\n{more}\n'
    )


FIGURES = "\n".join(
    [
        figure("项目投资", "数量 * 单价", more='total = "sum"'),
        figure("项目完成率", "项目决算 / 项目预算", "百分比"),
        figure("项目结余", "项目预算 - 项目决算"),
        figure("投资预算比", "项目投资 / 项目预算", "百分比"),
        figure("业务决算", '合计(项目决算, 项目类别 = "业务专项")'),
        figure("业务合同投资", '合计(项目投资, 项目类别 = "业务专项", 有合同)'),
        figure("大项目投资", "合计(数量 * 单价, 项目预算 >= 500000)"),
        figure("项目数", "个数(项目表)", "整数"),
        figure("合同项目数", "个数(项目表, 有合同)", "整数"),
        figure("其他项目数", '个数(项目类别 != "业务专项" and not 有合同)', "整数"),
        figure("业务占比", '合计(项目决算, 项目类别 = "业务专项") / 项目决算', "百分比"),
        figure("业务占全年", "业务专项 / 专项合计", "百分比", 'for_columns = "分类表"'),
    ]
)
CHECKS = """
[[check]]
name = "业务专项两处相符"
left = '合计(项目决算, 项目类别 = "业务专项")'
relation = "="
right = "业务专项_全年"
severity = "error"
fix = "请核对"
source = ["tool"]

[[check]]
name = "专项不为负"
for_columns = ["_上半年", "_下半年"]
left = "0"
relation = "<="
right = "专项合计 - 业务专项"
severity = "error"
fix = "请核对{列}"
source = ["tool"]
"""


def projects(parent: Path, *changes: tuple[str, str, str]) -> Path:
    """The folder of the form, with further changes."""
    made = (("fields.toml", "", SHEETS), ("figures.toml", "", FIGURES), ("checks.toml", "", CHECKS))
    return variant(parent, *made, *changes)


# 名称, 类别, 合同, 数量, 单价, 预算, 决算
ROWS = [
    ("甲", "业务专项", "是", 3, 100000, 400000, 350000),
    ("乙", "业务专项", "否", 2, 200000, 500000, 150000),
    ("丙", "运维专项", "是", None, 50000, 600000, 600000),
    ("丁", "其他专项", "否", 4, 150000, 700000, None),
]


class Projects(Workbook):
    """The sample with projects and both halves of the year."""

    def __init__(self, rows=ROWS, halves=((300000, 200000), (600000, 0), (0, None))) -> None:
        super().__init__()
        table = self.book.create_sheet("项目明细")
        table.append(["项目名称", "项目类别", "有合同", "数量", "单价", "项目预算", "项目决算"])
        for row in rows:
            table.append(list(row))
        matrix = self.book.create_sheet("项目分类")
        matrix.append(["分类表", "上年数", "上半年", "下半年", "全年"])
        for name, (first, second) in zip(("业务专项", "运维专项", "其他专项"), halves, strict=True):
            matrix.append([name, 100000, first, second])
        matrix.append(["专项合计"])
