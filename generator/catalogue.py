"""Every kind of finding: its code, severity, message and remedy. Nothing else in the program words one.

Messages and remedies are ``str.format`` templates over the details that the finder gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
    "file.old-format": Wording(_E, "{path} 是旧版 .xls 或 WPS 的 .et 文件", "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再试"),
    "file.encrypted": Wording(_E, "{path} 加了密码，读不出来", "请在 WPS 或 Excel 里取消打开密码，保存后再试"),
    "file.lock": Wording(_E, "{path} 是打开工作簿时产生的临时文件", "请改用文件名不带“{mark}”的工作簿"),
    "file.macro": Wording(_N, "{path} 带有宏；宏不会运行，只读取单元格的内容", "不用处理，也可以另存为 .xlsx"),
    "file.damaged": Wording(_E, "{path} 不完整或已损坏，读不出来", "请用 WPS 或 Excel 打开并重新保存，或换用备份"),
    "file.too-large": Wording(_E, "{path} 解压后过大（{size}），不像填报工作簿", "请删去多余的工作表、图片或空行后再试"),
    "file.too-many-cells": Wording(_E, "工作表“{sheet}”有 {count} 万个以上有内容的单元格，不像填报表", "请把这张表移到别的文件，再运行一次"),
    "form.unknown": Wording(_E, "没有编号为 {value} 的表样", "请填写下列编号之一：{known}{hint}"),
    "form.no-id": Wording(_E, "工作簿里没有找到“{label}”", "请在“{sheet}”表填写表样编号，或用 --form 指定表样"),
    # sheets and labels
    "sheet.missing": Wording(_E, "缺少工作表“{sheet}”", "请补上这张工作表，名称须完全一致{hint}"),
    "label.missing": Wording(_E, "找不到栏目“{label}”", "请在本表补上这个栏目名，一字不改{hint}"),
    "label.doubled": Wording(_E, "栏目“{label}”出现了{count}次（{cells}）", "请只保留一处"),
    "table.header-missing": Wording(_E, "找不到“{table}”的表头", "表头须在同一行写明：{columns}"),
    "table.empty": Wording(_E, "“{table}”没有填写任何一行", "请至少填写{count}行"),
    "row.duplicate": Wording(_E, "{value} 与 {other} 重复", "请合并或改名，每行须不同"),
    "row.total": Wording(_E, "第 {row} 行 {value} 像是“{table}”的{looks}，没有读取", "请删去这一行，合计由工具计算"),
    "row.note": Wording(_E, "第 {row} 行 {value} 像是“{table}”下面的说明，没有读取", "请删去，或移到表格以外的列"),
    "row.only-name": Wording(_E, "第 {row} 行只填了 {value}，必填的{columns}都空着", "请补填这一行，或删去"),
    "sheet.unknown": Wording(_N, "工作表“{sheet}”不在表样里，没有读取", "不用处理，也可以删去"),
    "label.unknown": Wording(_W, "“{label}”不是本表的栏目，它右边的 {value} 没有读取", "请改回表样的栏目名，或删去这一行{hint}"),
    "sheet.hidden": Wording(_N, "工作表“{sheet}”是隐藏的，其中的数据照样采用", "请取消隐藏，核对一遍"),
    "cells.hidden": Wording(_N, "{places}是隐藏的或被筛选掉的，其中的数据照样采用", "请取消隐藏和筛选，核对一遍；不要的请删去"),
    "cells.struck": Wording(_N, "{places} 画了删除线，其中的数据照样采用", "不要的请删去，要的请去掉删除线"),
    "cell.covered": Wording(_N, "{value} 被合并单元格 {first} 盖住了，看不见，没有采用", "不用处理；要用的请取消合并"),
    "cell.unread": Wording(_W, "{value} 在“{table}”的列以外，没有读取", "请移到正确的列，或删去"),
    # cells
    "cell.required": Wording(_E, "没有填写", "{fix}"),
    "cell.blank-mark": Wording(_E, "{value} 读作空白，本栏目必须填写", "{fix}"),
    "cell.merged-away": Wording(_E, "没有填写：本格合并在 {first} 里，没有自己的数据", "请取消合并，每格分别填写"),
    "cell.picture": Wording(_E, "这里是嵌入单元格的图片，读不出文字和数字", "请把内容改成文字或数字"),
    "cell.struck-part": Wording(_N, "画了删除线的 {value} 没有采用，读作“{kept}”", "不用处理；要用的请去掉删除线"),
    "cell.shown-otherwise": Wording(_E, "单元格显示为 {value}，实际存的是 {stored}，两者不一致", "请把单元格格式改为“常规”，再核对填写的{what}"),
    "cell.hidden-digits": Wording(_W, "单元格显示为 {value}，实际存的是 {stored}，按存的数计算和印出", "请核对；要按显示的数，请改填这个数"),
    "cell.shown-short": Wording(_W, "单元格显示为 {value}，按存的 {stored} 印出", "请把单元格格式改为“文本”，再填写一遍"),
    "cell.digits-lost": Wording(_E, "{value} 超过 {kept} 位，后面的位数 Excel 存的时候已变成 0", "请把单元格格式改为“文本”，再填写完整的号码"),
    "cell.not-one-number": Wording(_E, "{value} 不是一个数：{why}", "请只填{what}，如 {example}"),
    "cell.other-unit": Wording(_E, "{where}写着“{unit}”，本工作簿的金额单位是“{chosen}”", "请改为“{chosen}”并把数换算过来，或在数后面写明单位，如 820{unit}"),
    "cell.other-count-unit": Wording(_E, "旁边的单位栏写着“{unit}”，本栏目的单位是“{own}”", "请改为“{own}”，并核对数的大小"),
    "cell.not-a-number": Wording(_E, "{value} 不是数字", "请填写{what}，如 {example}"),
    "cell.not-an-integer": Wording(_E, "{value} 不是整数", "请填写整数，如 {example}"),
    "cell.wrong-unit": Wording(_E, "{value} 的单位“{unit}”不适用于本栏目", "{allowed}"),
    "cell.negative": Wording(_E, "{value} 是负数", "本栏目不能小于 0，请核对"),
    "cell.out-of-range": Wording(_E, "{value} 超出范围", "应在 {low} 和 {high} 之间，请核对"),
    "cell.date-for-number": Wording(_E, "{value} 是{kind}，不是数字", "请把单元格格式改为“数值”后重新填写"),
    "cell.not-a-date": Wording(_E, "{value} 不是日期", "请填写日期，如 2021-03-15"),
    "cell.date-incomplete": Wording(_E, "{value} 没有写明哪一天", "请写全年月日，如 2021-03-15"),
    "cell.part-of-date": Wording(_W, "单元格显示为 {value}，没有写全年月日，存的是 {stored}", "请核对；没写年份的日期，Excel 会加上当年，没写日的加上 1 日"),
    "cell.not-a-choice": Wording(_E, "{value} 不在可选范围内", "请从下列选项中选一个：{choices}{hint}"),
    "cell.error-value": Wording(_E, "公式出错，显示为 {value}", "请改正公式，或直接填写数值"),
    "cell.not-calculated": Wording(_E, "公式还没有计算结果", "请用 WPS/Excel 打开并保存后再试"),
    "cell.percent-ambiguous": Wording(_E, "{value} 可能是 100%，也可能是 1%", "请写明百分号，如 100%"),
    "amount.scale": Wording(_E, "{value} 与其他金额相差一万倍：{as_meant}时，“{tie}”正好相符", "请核对是不是把万元数填成了元，或把元数填成了万元"),
    "amount.magnitude": Wording(_W, "{value} 与“{other}”（{other_value}）相差一万倍左右", "请核对金额单位是元还是万元"),
    "amount.unit": Wording(_W, "所有金额都{size}，与金额单位 {value} 不相称", "请核对“{label}”选的是不是实际使用的单位"),
    "text.leftover": Wording(_W, "文字里留有 {value}", "请补写完整，或删去"),
    "text.other-year": Wording(_W, "文字里提到 {value}，报告年度是 {year} 年", "请核对是不是沿用了往年的文字；确实要写的不用改"),
    "text.wrong-change": Wording(_W, "{value} 算下来应是 {right}", "请核对这句话里的数字"),
    "text.wrong-parts": Wording(_W, "{value} 各部分相加是 {right}", "请核对这句话里的数字；本来就没有列全的不用改"),
    "text.wrong-share": Wording(_W, "{value} 算下来应是 {right}", "请核对占比，或在“{sheet}”表里用公式计算"),
    "text.contradicts": Wording(_W, "文字里写的是 {value}，“{name}”是 {right}", "请核对，改正文字或数据"),
    "text.wrong-rate": Wording(_W, "{value} 算下来应是 {right}", "请核对这句话里的数字"),
    "text.wrong-total": Wording(_W, "{value} 各项相加是 {right}", "请核对这句话里的数字；本来就没有列全的不用改"),
    "text.numbered": Wording(_W, "文字以编号 {value} 开头，报告会再编一次号", "请删去编号，由工具编排"),
    "text.heading": Wording(_W, "文字以 {value} 开头，报告在这里已印有这个标题", "请删去标题，只写内容"),
    "text.punctuation": Wording(_N, "标点有误：{figures_list}", "请改成一个全角标点"),
    "goal.doubled": Wording(_W, "目标 {value} 与 {other} 重复", "请删去一行，或改正"),
    "goal.short": Wording(_W, "目标是{target}，{field}写的是 {value}，没有达到", "请核对；确实没有达到的，请写明未完成和原因，并在评分表扣分"),
    "text.stale": Wording(_W, "“{name}”已由 {old} 改为 {new}，文字里还写着 {value}", "请改正这句话，或改写成 {{{{{name}}}}}"),
    "text.literal": Wording(_N, "文字里的 {value} 可以写成 {tag}", "改了以后，数据一改文字会跟着改"),
    "text.unknown-name": Wording(_E, "文字里的 {value} 没有对应的数据", "请在“{sheet}”表补上，或改正名称{hint}"),
    "text.blank-name": Wording(_E, "文字里的 {value} 还没有数值", "请填写这一项数据"),
    "text.near-reference": Wording(_E, "文字里的 {value} 不是正确的引用，会照样印出", "引用数据请写成 {tag}：半角花括号，两边各两个，中间只写名称"),
    "text.program-code": Wording(_E, "文字里的 {value} 是程序写法，在这里不起作用，会照样印出", "请删去；文字里只能写 {{{{名称}}}}"),
    "text.expression": Wording(_E, "文字里的 {value} 写了算式，文字里只能写名称", "请在“{sheet}”表加一行，“{column}”栏写 {formula}，文字里引用这一行的名称，如 {{{{名称}}}}"),
    "text.wrong-unit": Wording(_E, "{value} 会印成“{shown}”，但“{name}”印出的是 {text}，单位是“{unit}”，不是“{typed}”", "请改成 {instead}，或核对名称"),
    "text.other-magnitude": Wording(_W, "{value} 会印成“{shown}”，但“{name}”印出的是 {text}，单位是“{unit}”", "请改成 {instead}，或核对数值和单位"),
    "text.no-unit": Wording(_N, "{value} 会印成“{text}”，后面没有单位，“{name}”的单位是“{unit}”", "请写成 {instead}；本来就不要单位的不用改"),
    "fact.bad-name": Wording(_E, "{value} 不能用作名称", "名称只用汉字、字母、数字和下划线，不以数字开头"),
    "fact.name-taken": Wording(_E, "{value} 已是表样里的名称", "请换一个名称，或在文字里直接用 {{{{{name}}}}}"),
    "fact.no-value": Wording(_E, "“{name}”没有数值，也没有公式", "请填写数值，或填写公式"),
    "fact.percent-fraction": Wording(_N, "“{name}”的单位是 %，填的 {value} 是小数，按 {printed} 印出", "不用处理；如果是 {literal}，请连百分号写成 {literal}"),
    "fact.two-values": Wording(_E, "“{name}”既填了数值，又填了公式 {value}", "请只留一个"),
    "fact.bad-formula": Wording(_E, "公式 {value} 算不了：{why}", "请改正，如 甲事项 / 全部事项{hint}"),
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
    "score.missing": Wording(_E, "没有填写自评得分", "请填写 {least} 至 {points} 之间的得分"),
    "score.out-of-range": Wording(_E, "自评得分 {value} 超出 {least} 至 {points} 的范围", "请核对得分"),
    "score.shared-exceeded": Wording(_E, "合用分值的各项得分合计 {value}，超过分值 {points}", "请核对这几项得分"),
    "score.reason-missing": Wording(_E, "“{name}”扣了 {lost} 分，没有说明原因", "请在“{column}”栏写明原因"),
    "score.ignored": Wording(_W, "自评得分 {value} 没有采用：本项由工具按数据计为 {score} 分", "请删去，或核对“{sheet}”"),
    "score.level-sum": Wording(_E, "“{level}”各项分值合计为 {total}，表样规定为 {points}", "请核对分值；确有特殊情况需要调整的，总分仍须不变"),
    "score.level-unknown": Wording(_E, "“{level}”下面没有叫 {value} 的二级指标", "请从下列名称中选一个：{known}{hint}"),
    "score.rule-unused": Wording(_W, "评分表里没有“{name}”，表样给它规定的计分办法没有用上", "只是改了名的，请改回原名；确实不设这一项的不用改"),
    "score.first-level-unknown": Wording(_E, "表样里没有叫 {value} 的一级指标", "请从下列名称中选一个：{known}{hint}"),
    "score.method-missing": Wording(_E, "“{name}”没有填写“{column}”", "请从下列选项中选一个：{choices}"),
    "score.no-data": Wording(_E, "“{name}”计分要用的数据没有填写", "请填写这些单元格：{cells}"),
    "score.data-missing": Wording(_E, "“{name}”按所选方法计分，没有填写“{column}”", "请填写{choices}"),
    "score.data-not-a-number": Wording(_E, "“{name}”按所选方法计分，但 {value} 不是数字", "请只填数字，如 50 或 98%，单位写在别的栏；不能用数字衡量的请改计分方法"),
    "score.percent-mixed": Wording(_E, "“{name}”的“{first}”是 {value}，“{second}”是 {other}，一个有百分号，一个没有", "请都写成百分比，或都写成数字"),
    "score.range-turned": Wording(_E, "“{name}”的上限 {value} 小于“{first}” {low}", "请核对目标范围的两端"),
    "score.outside-tier": Wording(_E, "自评得分 {value} 不在“{tier}”一档的 {allowed} 分之间", "请改正得分，或改选档次"),
    "score.over-achieved": Wording(_E, "“{name}”完成得远超目标（{what}），没有说明原因", "请在“{column}”栏分析原因，如目标设定偏低"),
    "score.ask-reason": Wording(_E, "“{name}”{because}，由单位自评，没有说明理由", "请在“{column}”栏写明给这个分的理由"),
    "score.bonus-reason": Wording(_E, "“{name}”加了 {points} 分，没有说明依据", "请在“{column}”栏写明加分的依据"),
    "score.scaled": Wording(_N, "分值由 {official} 调整为 {points}，各档得分按比例折算", "不用处理"),
    "score.no-goal": Wording(_W, "“{name}”计了 {score} 分，但没有填写“{group}”的绩效目标", "请补填绩效目标，或在评分表说明依据"),
    "score.other-reading": Wording(_W, "“{field}”如果选“{choice}”，{changes}，总分由 {total} 分变为 {other} 分", "官方文字没有写明，请确认所选口径有依据"),
    "score.remark-without-loss": Wording(_N, "“{name}”没有扣分，写了 {value}", "如果不是扣分原因，可以保留"),
    "goal.no-figure": Wording(_W, "目标里有数字（{figure}），{field}只写了 {value}", "请写明实际完成的数字"),
    "goal.unmet": Wording(_W, "{field}是 {value}，但由单位打分的指标都没有扣分", "请核对得分，或改正{field}"),
    # roll-over
    "roll.underived": Wording(_W, "没有转入“{name}”：旧工作簿算不出“{other}”", "请在新工作簿里填写"),
    # the document
    "output.locked": Wording(_E, "写不进 {path}：{why}", "请先关闭正在打开它的 Word 或 WPS，再运行一次"),
    "output.beside": Wording(_W, "写不进 {path}（{why}），这一次先存为 {aside}", "请关闭正在打开它的 Word 或 WPS，再运行一次"),
    "output.edited": Wording(_W, "{path} 不是上次生成的原样（可能有人改过），{why}，已先另存为 {aside}", "请把要保留的改动抄到工作簿里，或抄到新的报告里"),
    "output.forced": Wording(_N, "按 --force 换成新生成的报告，原来的已另存为 {aside}", "不用处理；要找回手工改动，请打开另存的文件"),
    # edits made by hand in the report
    "merge.kept": Wording(_N, "报告有人改过，{count} 处手工改动都保留了{backup}", "不用处理"),
    "merge.backup": Wording(_N, "报告有人改过，合并前的文件存为 {aside}", "不用处理"),
    "merge.updated": Wording(_N, "{place}的文字有人改过，其中的数字已换成新的：{figures}", "不用处理"),
    "merge.conflict": Wording(_W, "{place}有人改过，数据也变了：已换成新的内容，手工写的 {value} {where}", "请打开报告核对，要保留的文字请抄回去"),
    "merge.restored": Wording(_W, "{place}有人删去了，但数据变了：已按新数据写回", "请打开报告核对，确实不要的请再删去"),
    "merge.dropped": Wording(_W, "新的报告里没有{place}了，手工写的 {value} {where}", "请打开报告核对，要保留的文字请抄到合适的地方"),
    "merge.stale": Wording(_W, "报告里{place}有手工写的 {value}，“{name}”已由 {old} 改为 {new}", "请在报告里改正这句话"),
    "merge.layout": Wording(_N, "表样的版式变了，有人改过的报告保留原来的版式", "要用新的版式，请加 --force（原来的报告会另存）"),
    "pdf.no-office": Wording(_W, "没有找到 LibreOffice，没有生成 PDF", "请安装 LibreOffice，或用 Word、WPS 打开 {path}，另存为 PDF"),
    "pdf.failed": Wording(_W, "LibreOffice 没有生成 PDF：{why}", "请再试一次，或用 Word、WPS 打开 {path}，另存为 PDF"),
    "pdf.fonts": Wording(_W, "这台电脑没有字体 {missing}，PDF 里换成了 {used}", "请安装这些字体再生成，或在装有这些字体的电脑上另存为 PDF"),
    # a form folder
    "form.no-folder": Wording(_E, "找不到表样文件夹 {path}", "请给出表样的编号，或表样文件夹的路径"),
    "form.wrong": Wording(_E, "{why}", "请按说明改正表样文件"),
    "form.id-folder": Wording(_W, "form.toml 的编号 {value} 和文件夹名“{name}”不一样", "请改成一样的：工作簿里写的编号就是文件夹名"),
    "form.unexpected": Wording(_E, "{path} 检查到一半停下了：{why}", "请核对表样文件；看不出原因的，请把这句话发给维护人员"),
    "form.band-below": Wording(_W, "{place}：“{name}”不会小于 {low}，{value} 这一档永远到不了", "请核对端点，或并入相邻的一档"),
    "form.band-above": Wording(_W, "{place}：“{name}”不会大于 {high}，{value} 这一档永远到不了", "请核对端点，或并入相邻的一档"),
    "form.sample": Wording(_W, "栏目“{name}”的样例 {value} 填不进这个栏目", "请改正 fields.toml 里的 sample，或核对 type、min、max、choices"),
    "form.unused": Wording(_N, "{place} 没有用到", "没有印出、也不参加计算、核对和评分的，可以删去"),
    "template.damaged": Wording(_E, "{path} 打不开，或不是 Word 文件", "请用 Word、WPS 或 LibreOffice 重新保存为 .docx"),
    "template.no-tags": Wording(_E, "模板里没有标签，印出的报告里不会有数据", "请在模板里写上标签，如 {{{{ 名称 }}}}"),
    "template.full-width": Wording(_E, "{place}：{value} 里是全角的括号，标签不起作用", "请改成半角的 {{{{ }}}} 或 {{% %}}"),
    "template.unclosed": Wording(_E, "{place}：{value} 里的标签没有写完整", "请补上另一半，一个标签不能跨段"),
    "template.split": Wording(_E, "{place}：标签 {value} 跨了两段，印出时两段会并成一段", "请把整个标签写在同一段里"),
    "template.deleted": Wording(_E, "{place}：标签 {value} 在修订里删去了，但还会起作用", "请在“审阅”里接受或拒绝全部修订，再保存"),
    "template.syntax": Wording(_E, "{place}：标签写法不对：{why}", "请改正这个标签；if 要有 endif，for 要有 endfor"),
    "template.sign-in-tag": Wording(_E, "{place}：{value} 里有 % 或 }}，p、tr、tc 开头的标签里不能有", "请先用 {{% set 名称 = … %}} 算好，标签里写这个名称"),
    "template.space-in-tag": Wording(_E, "{place}：{value} 里 {{% 后面多了空格", "请改成 {{%p、{{%tr 或 {{%tc，中间不能有空格"),
    "template.outside-table": Wording(_E, "{place}：{value} 只能写在表格的单元格里", "请移进表格，或改用 {{%p … %}}"),
    "template.prefix-mismatch": Wording(_E, "{place}：{value} 和开始的 {tag} 写法不同，只有一处会占去整行或整段", "请写成一样的，如 {{%tr for … %}} 和 {{%tr endfor %}}"),
    "template.two-tables": Wording(_E, "{place}：{value} 和开始的 {tag} 不在同一个表格里，中间的行会丢失", "请把两个标签放进同一个表格"),
    "template.two-rows": Wording(_E, "{place}：{value} 和开始的 {tag} 不在同一个表格行里，表格会错乱", "请把两个标签放进同一行"),
    "template.same-row": Wording(_E, "{place}：{value} 和开始的 {tag} 在同一个表格行里，这一行会丢失", "请各占一行，要重复的行写在中间"),
    "template.same-cell": Wording(_E, "{place}：{value} 和开始的 {tag} 在同一个单元格里，这一格会丢失", "请各占一格，要重复的格写在中间"),
    "template.same-paragraph": Wording(_E, "{place}：{value} 和开始的 {tag} 在同一段里，这一段会丢失", "请各占一段，或改用不带 p 的 {{% … %}}"),
    "form.standard-differs": Wording(_W, "indicators.toml: indicator {name}：评价标准的文字和规则里的数不一样：{told}", "请核对 standard 和 rule，改正写错的一边"),
    "template.row-swallowed": Wording(_E, "{place}：{value} 会占去整个表格行，同一行里的 {tag} 印不出来", "请让这个标签单独占一行"),
    "template.cell-swallowed": Wording(_E, "{place}：{value} 会占去整个单元格，同一格里的 {tag} 印不出来", "请让这个标签单独占一格"),
    "template.paragraph-swallowed": Wording(_E, "{place}：{value} 会占去整段，同一段里的 {tag} 印不出来", "请让这个标签单独占一段，或改用不带 p 的 {{% … %}}"),
    "template.across-cells": Wording(_E, "{place}：{value} 到了别的单元格才由 {tag} 结束，表格会错乱", "要重复或省去整行的，请用 {{%tr … %}} 各占一行"),
    "template.across-paragraphs": Wording(_W, "{place}：{value} 到了别的段才由 {tag} 结束，省去时前后两段会并成一段", "请用 {{%p … %}} 各占一段"),
    "template.unknown-name": Wording(_E, "{place}：{value} 没有对应的数据{hint}", "请改成 fields.toml、figures.toml 里的名称"),
    "template.outside-loop": Wording(_E, "{place}：{value} 只在它的 for 和 endfor 之间有，这里用不了{hint}", "请移到循环里面，或改用表样里的名称"),
    "template.not-a-list": Wording(_E, "{place}：{value} 不是表格，不能用 for 逐行取", "请改成表格或占比组的名称"),
    "template.not-a-row": Wording(_E, "{place}：{value} 取不到：点号前面是整个表格，不是一行", "请放在 {{%tr for 行 in 表格 %}} 里，写成 行.列名"),
    "template.not-a-value": Wording(_E, "{place}：{value} 是表格或一整行，不能直接印出", "请写明哪一列，如 行.列名；整个表格用 for 逐行印"),
    "template.unknown-filter": Wording(_E, "{place}：没有叫 {value} 的过滤器{hint}", "请改正，可用的有 向下合并、枚举 等"),
    "template.unknown-test": Wording(_E, "{place}：没有叫 {value} 的判断{hint}", "请改正，可用的有 有值 等"),
    "template.fails": Wording(_E, "{place}：试印时 {value} 用不了：{why}", "请改正这个标签；可能空着的数，先用 {{% if 名称 is 有值 %}} 判断"),
    "template.trial": Wording(_E, "用样例数据试印没有通过：{why}", "请改正模板或 fields.toml 里的 sample"),
    "template.adjustments": Wording(_W, "表样会封顶、保底或折算得分，模板没有印出“{name}”", "请印出它的每一项：名称、分数、说明"),
    "template.unprinted": Wording(_N, "栏目“{name}”没有印在报告里，也没有用来计算或核对", "确实不用的可以从 fields.toml 删去"),
    "record.damaged": Wording(_N, "上次的生成记录 {path} 读不出来，已另存为 {aside}", "不用处理；这一次不列与上次的不同"),
    "record.other-version": Wording(_N, "上次的生成记录 {path} 是其他版本的工具写的，已另存为 {aside}", "不用处理；这一次不列与上次的不同"),
    "document.audit": Wording(_E, "生成的文件没有通过自检：{why}", "请把工作簿和这句话发给维护人员；原来的报告没有改动"),
}  # fmt: skip
