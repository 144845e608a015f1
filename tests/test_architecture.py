"""The direction of imports (docs/design.md): every module may use only what stands left of it."""

import ast
import re
from pathlib import Path

import pytest
from samples import FORMS

PACKAGE = Path(__file__).parent.parent / "generator"
MODULES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))

BASE = {
    "patterns": -1,
    "amounts": 0,
    "typed": 0.5,
    "package": 0,
    "watch": 0,
    "wanted": 0,
    "catalogue": 0,
    "expression": 0,
    "unit_words": 0,
    "quantities": 0.7,
    "formula": 1,
    "parsing": 1,
    "notation": 0.8,
    "model": 2,
    "findings": 3,
    "formula_types": 3.5,
}
WINGS = {"rules", "workbook", "document"}
LIBRARIES = {
    "openpyxl": {"workbook"},
    "docxtpl": {"document"},
    "jinja2": {"document"},
    "markupsafe": {"document"},
    "docx": {"document"},
    "lxml": {"document", "textconv"},
    "click": {"cli"},
    "distributed": {"cluster"},
    "docxtpl_lint": {"document"},
}


def imports(path):
    for node in ast.walk(ast.parse((PACKAGE.parent / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "generator":
                yield from (f"generator.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def part(module):
    """``generator.rules.kinds`` → ``rules``."""
    return module.split(".")[1] if "." in module else ""


def rank(name):
    if name in BASE:
        return BASE[name]
    ranks = {
        "": 0,
        "__init__": 0,
        "__version__": 0,
        "form": 4,
        "explanation": 4.5,
        "unit_result": 4,
        "records": 5,
        "changes": 5.5,
        "deliver": 5.7,
        "extras": 5.8,
        "pdf": 5,
        "pipeline": 6,
        "explain": 6.5,
        "units": 6.5,
        "batch": 6.7,
        "lint": 6.7,
        "cluster": 6.7,
        "cli": 7,
        "textconv": 7,
        "__main__": 8,
    }
    return ranks.get(name, 5 if name in WINGS else 8)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_run_one_way(path):
    own = path.parts[1].removesuffix(".py")
    for module in imports(path):
        if module.split(".")[0] != "generator":
            continue
        used = part(module)
        if used == own:
            continue
        assert rank(used) < rank(own), f"{path} imports {module}"
        assert not (own in WINGS and used in WINGS), f"{path} imports another wing: {module}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_libraries_stay_in_their_wing(path):
    own = path.parts[1].removesuffix(".py")
    for module in imports(path):
        allowed = LIBRARIES.get(module.split(".")[0])
        assert allowed is None or own in allowed, f"{path} imports {module}"


def test_no_module_names_anything_of_one_form():
    """What is particular to a form is data: its folder's name and places stand nowhere in the engine."""
    particular = ["岳阳", "yueyang", "湖南", "三公", "财政供养", "机关", "二级机构", "上年结转"]
    for path in MODULES:
        text = (PACKAGE.parent / path).read_text("utf-8")
        found = [word for word in particular if word in text]
        assert found == [], f"{path} names {found}"


# Terms of any scoring table, and the three readings of "every percentage point" that are part of the rules.
GENERAL = {
    "得分",
    "绩效目标",
    "自评报告",
    "实际完成",
    "扣分原因",
    "自评得分",
    "评分标准",
    "不扣",
    "按比例",
    "按一个点",
    "tool",
    # Everyday words, which a form may use as a choice or a label.
    "中",
    "累计",
    "单位负责人",
}
SHORT = 4  # shorter names are looked for as words of their own only


def names_of(form):
    """Everything that a form's data calls by a name."""
    columns = [column for table in form.tables().values() for column in table.columns]
    fields = [*form.fields().values(), *columns]
    yield from (form.id, form.title, form.issuer, *form.sheet_names, *form.tables(), *form.sources)
    yield from (text for field in fields for text in (field.name, field.label, *field.choices))
    yield from (spec.name for spec in form.figures)
    yield from (name for share in form.shares for name in (share.group, *(part.name for part in share.parts)))
    yield from (
        text for each in form.indicators for text in (each.name, each.level1, each.level2, each.level3)
    )
    yield from (group for level in form.levels for group in level.groups)
    yield from (grade.name for grade in form.grades)


def test_nothing_in_the_engine_names_anything_of_one_form():
    """What all forms have in common is the engine's; what a single form calls something is data."""
    known = {name: set(names_of(form)) for name, form in FORMS.items()}
    shared = set.intersection(*known.values())
    told = set().union(*known.values()) - shared - GENERAL - {""}
    assert len(told) > 300
    found = []
    for path in MODULES:
        text = (PACKAGE.parent / path).read_text("utf-8")
        for name in told:
            pattern = re.escape(name) if len(name) >= SHORT else rf"(?<!\w){re.escape(name)}(?!\w)"
            if re.search(pattern, text):
                found.append(f"{path}: {name}")
    assert found == []
