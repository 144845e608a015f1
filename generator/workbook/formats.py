"""What styles.xml says of cells: the number format they are shown through, and whether they are struck
out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from generator.workbook.parts import is_on, lean_tree, local

# The built-in formats that nearly all workbooks use; the others are looked up when one comes along.
_COMMON = {0: "", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
_UNREAD = frozenset(
    {"fill", "border", "cellStyle", "alignment", "protection", "name", "sz", "color", "family", "charset"}
)
# Codes that are General under another name.
_GENERAL = frozenset({"general", "g/通用格式", "g/標準"})


@dataclass(frozen=True, slots=True)
class CellFormat:
    """One entry of ``cellXfs``: the code of its number format ("" for General), whether its font is
    struck out, and where it stands (``superscript``, ``subscript``)."""

    code: str = ""
    struck: bool = False
    place: str = ""


PLAIN = CellFormat()


def cell_formats(data: bytes | None) -> list[CellFormat]:
    """The formats that cells point to by number; without a styles part there is one, General."""
    if data is None:
        return [PLAIN]
    root = lean_tree(data, _UNREAD)
    groups = {local(each): each for each in root}
    custom = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "")
        # Not those of conditional formats, which may use the same numbers for other codes.
        for each in groups.get("numFmts", ())
        if each.get("numFmtId", "").isdecimal()
    }
    fonts = [(_is_struck(font), _place(font)) for font in groups.get("fonts", ())]
    return [_format(each, custom, fonts) for each in groups.get("cellXfs", ())] or [PLAIN]


def _format(entry: Element, custom: Mapping[int, str], fonts: list[tuple[bool, str]]) -> CellFormat:
    number, font = _index(entry.get("numFmtId")), _index(entry.get("fontId"))
    code = custom.get(number)
    if code is None:
        code = _COMMON.get(number)
    if code is None:
        from generator.workbook.number_format import builtin  # rarely needed

        code = builtin(number)
    plain = "" if code.strip().lower() in _GENERAL else code
    return CellFormat(plain, *(fonts[font] if font < len(fonts) else (False, "")))


def _index(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0


def _is_struck(font: Element) -> bool:
    return any(local(each) == "strike" and is_on(each.get("val", "1")) for each in font)


def _place(font: Element) -> str:
    return next((each.get("val", "") for each in font if local(each) == "vertAlign"), "")
