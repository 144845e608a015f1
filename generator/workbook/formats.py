"""What styles.xml says of cells: the number format they are shown through, and whether they are struck
out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from generator.workbook.parts import is_on, local

# The built-in formats that nearly all workbooks use; the others are looked up when one comes along.
_COMMON = {0: "", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
# Codes that are General under another name.
_GENERAL = frozenset({"general", "g/通用格式", "g/標準"})


@dataclass(frozen=True, slots=True)
class CellFormat:
    """One entry of ``cellXfs``: the code of its number format ("" for General), and whether its font is
    struck out."""

    code: str = ""
    struck: bool = False


PLAIN = CellFormat()


def cell_formats(data: bytes | None) -> list[CellFormat]:
    """The formats that cells point to by number; without a styles part there is one, General."""
    if data is None:
        return [PLAIN]
    root = fromstring(data)
    groups = {local(each): each for each in root}
    custom = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "")
        for each in root.iter()
        if local(each) == "numFmt" and each.get("numFmtId", "").isdecimal()
    }
    struck = [_is_struck(font) for font in groups.get("fonts", ())]
    return [_format(each, custom, struck) for each in groups.get("cellXfs", ())] or [PLAIN]


def _format(entry: Element, custom: Mapping[int, str], struck: list[bool]) -> CellFormat:
    number, font = _index(entry.get("numFmtId")), _index(entry.get("fontId"))
    code = custom.get(number)
    if code is None:
        code = _COMMON.get(number)
    if code is None:
        from generator.workbook.number_format import builtin  # rarely needed

        code = builtin(number)
    plain = "" if code.strip().lower() in _GENERAL else code
    return CellFormat(plain, font < len(struck) and struck[font])


def _index(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def _is_struck(font: Element) -> bool:
    return any(local(each) == "strike" and is_on(each.get("val", "1")) for each in font)
