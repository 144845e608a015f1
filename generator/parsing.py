"""The formula language of a form's data: from a text to a tree.

A formula is an expression over the names of the vocabulary: ``+ - * /``, comparison, ``and or not``,
``sum min max abs``, ``有值``, ``a if test else b``, and over the rows of a table ``合计(列, 条件)`` and
``个数(表格, 条件)``. Python's ``ast`` does the parsing; everything outside that list is refused.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from decimal import Decimal
from typing import Literal

from generator.amounts import is_measured
from generator.expression import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    HasValue,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    OverRows,
    Text,
    over_rows,
)
from generator.notation import words
from generator.quantities import worth


class FormulaError(ValueError):
    """A formula that does not parse or uses what the language does not have."""


_ARITHMETIC: dict[type[ast.operator], Literal["+", "-", "*", "/"]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARISON: dict[type[ast.cmpop], Literal["==", "!=", "<", "<=", ">", ">="]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_FUNCTIONS: dict[str, Literal["sum", "min", "max", "abs"]] = {
    "sum": "sum",
    "min": "min",
    "max": "max",
    "abs": "abs",
}
_FILLED = "有值"
# ``指标得分.X`` is the score of the indicator X: the one name with a dot.
SCORES = "指标得分"
RESERVED = frozenset({*_FUNCTIONS, "and", "or", "not", "if", "else"})


def is_name(text: str) -> bool:
    """Whether ``text`` may be a name: the same to Python, to Jinja and to the eye."""
    return (
        text.isidentifier()
        and text not in RESERVED
        and unicodedata.normalize("NFKC", text) == text
        and not text.startswith("_")
    )


def parse(formula: str) -> Node:
    """Parse a formula; FormulaError says in Chinese what the language does not have.

    The signs of a Chinese keyboard (÷ × （ ）) mean what they look like; 80% and 5万元 are numbers.
    """
    parser = _Parser(formula)
    try:
        return parser.convert(ast.parse(parser.source, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError(f"公式写法不对：{_short(formula)}") from error


def _short(formula: str) -> str:
    return formula if len(formula) <= _LONG else f"{formula[:_LONG]}…"


_LONG = 60
# A number with its unit, which Python has not: it stands in the source as a name that nobody may use.
_WITH_UNIT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*([%％]|(?:[百千]?万|亿|[百千])?元)(?!\w)")
_PLACE = "__number{}__"
# A quoted text, which stays as it is, or what stands between such texts.
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’|[^\"'“‘]+|[“‘]")
_SIGNS = str.maketrans(
    {**dict(zip("÷×（）＋－＞＜，＝", "/*()+-><,=", strict=True)), "≥": ">=", "≤": "<=", "≠": "!="}
)
# A condition may be written with one sign.
_EQUALS = re.compile(r"(?<![<>=!:])=(?!=)")


class _Parser:
    """From the text of a formula to its tree; ``source`` is the text in signs that Python knows."""

    def __init__(self, formula: str) -> None:
        self._formula = formula
        self._numbers: dict[str, re.Match[str]] = {}
        self.source = _QUOTED.sub(self._as_meant, formula).strip()

    def _as_meant(self, match: re.Match[str]) -> str:
        """What stands outside quotes in the language's own signs."""
        text = match[0]
        if text[0] in "\"'":
            return text
        if text[0] in "“‘" and len(text) > 1:
            inside = text[1:-1]
            return f"'{inside}'" if '"' in inside else f'"{inside}"'
        return _WITH_UNIT.sub(self._put_aside, _EQUALS.sub("==", text.translate(_SIGNS)))

    def _put_aside(self, match: re.Match[str]) -> str:
        place = _PLACE.format(len(self._numbers))
        self._numbers[place] = match
        return place

    def convert(self, tree: ast.expr) -> Node:
        """A node of Python's as one of ours; FormulaError for what the language does not have."""
        match tree:
            case ast.Constant(value=bool()):
                pass
            case ast.Constant(value=int() | float()):
                return self._number(ast.get_source_segment(self.source, tree) or "", "")
            case ast.Constant(value=str() as text):
                return Text(text)
            case ast.Name(id=name) if name in self._numbers:
                return self._number(*self._numbers[name].groups())
            case ast.Name(id=name):
                return Name(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner == SCORES:
                return Name(f"{owner}.{name}")
            case ast.UnaryOp(op=ast.USub()):
                return Negative(self.convert(tree.operand))
            case ast.UnaryOp(op=ast.Not()):
                return Not(self.convert(tree.operand))
            case ast.BinOp() if type(tree.op) in _ARITHMETIC:
                left, right = self.convert(tree.left), self.convert(tree.right)
                return Arithmetic(_ARITHMETIC[type(tree.op)], left, right)
            case ast.Compare(ops=[operator], comparators=[other]) if type(operator) in _COMPARISON:
                left, right = self.convert(tree.left), self.convert(other)
                return Comparison(_COMPARISON[type(operator)], left, right)
            case ast.BoolOp():
                operands = tuple(self.convert(value) for value in tree.values)
                return Logic("and" if isinstance(tree.op, ast.And) else "or", operands)
            case ast.IfExp():
                return Choice(*(self.convert(part) for part in (tree.test, tree.body, tree.orelse)))
            case ast.Call(func=ast.Name(id=function), keywords=[]) if tree.args:
                return self._call(tree, function)
            case _:
                pass
        raise self._unknown(tree)

    def _number(self, digits: str, unit: str) -> Number:
        unit = "%" if unit == "％" else unit
        number = Decimal(digits) * worth(unit) if unit else Decimal(digits)
        if is_measured(number):
            return Number(number, unit)
        raise FormulaError(f"公式里的数太大或太小：{_short(self._formula)}")

    def _call(self, tree: ast.Call, function: str) -> Node:
        arguments = tuple(self.convert(argument) for argument in tree.args)
        if function == _FILLED and len(arguments) == 1 and isinstance(arguments[0], Name):
            return HasValue(arguments[0])
        if function in ("合计", "个数"):
            return _over_rows(function, list(arguments))
        if function not in _FUNCTIONS or (function == "abs" and len(arguments) > 1):
            raise self._unknown(tree)
        if any(_is_condition(each) for each in arguments):
            raise self._unknown(tree)
        return Call(_FUNCTIONS[function], arguments)

    def _unknown(self, tree: ast.expr) -> FormulaError:
        typed = ast.unparse(tree)
        for place, match in self._numbers.items():
            typed = typed.replace(place, match[0])
        return FormulaError(
            f"公式里不能用“{typed}”，只能用名称、数、+ - * /、比较、and or not、"
            "sum min max abs、合计 个数 有值 和 … if … else …"
        )


def _over_rows(function: str, arguments: list[Node]) -> OverRows:
    """``合计(列, 条件, …)``, ``个数(表格, 条件, …)``: all conditions must hold."""
    if any(True for each in arguments for _ in over_rows(each)):
        raise FormulaError("合计(…)、个数(…) 里面不能再写 合计、个数")
    value: Node | None
    first, *conditions = arguments
    if function == "合计":
        value = first
        if _is_condition(first):
            raise FormulaError('合计(…) 先写合计哪一列，再写条件，如 合计(金额, 类别 = "甲")')
    else:
        value = first if isinstance(first, Name) else None
        conditions = conditions if isinstance(first, Name) else arguments
    if not all(_is_condition(each) or isinstance(each, Name) for each in conditions):
        raise FormulaError(f'{function}(…) 里逗号后面应是条件，如 类别 = "甲"')
    where = Logic("and", tuple(conditions)) if len(conditions) > 1 else next(iter(conditions), None)
    return _named("合计" if function == "合计" else "个数", value, where)


def _is_condition(node: Node) -> bool:
    return isinstance(node, Comparison | Logic | Not | HasValue)


def _named(function: Literal["合计", "个数"], value: Node | None, where: Node | None) -> OverRows:
    made = OverRows(function, value, where, "")
    return OverRows(function, value, where, words(made))
