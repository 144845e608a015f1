"""Formulas that are written once for every column of a matrix: ``for_columns``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.expression import Call, Name, Node, names, rebuilt
from generator.findings import did_you_mean
from generator.form.records import Added, Check, FigureSpec, FormError, Matrix, Sheet


def spread_figures(
    figures: Sequence[FigureSpec], sheets: tuple[Sheet, ...], faults: list[FormError]
) -> tuple[FigureSpec, ...]:
    """Every figure, those for columns once for each column: with its suffix behind the name, and behind the
    names in its formula where there are such names."""
    suffixes = {figure.name: _suffixes(figure, "figure", sheets, faults) for figure in figures}
    known = _cells(sheets) | {name + suffix for name, found in suffixes.items() for suffix in found}
    labels = _labels(sheets)
    made: list[FigureSpec] = []
    for figure in figures:
        if not figure.for_columns:
            made.append(figure)
            continue
        for suffix in suffixes[figure.name]:
            formula = _suffixed(figure.formula, suffix, known)
            _demand(figure, "figure", suffix, [(figure.formula, formula)], faults)
            note = figure.note.replace(_LABEL, labels[suffix])
            name = figure.name + suffix
            made.append(replace(figure, name=name, formula=formula, note=note, for_columns=()))
    return tuple(made)


def spread_checks(
    checks: Sequence[Check], figures: Sequence[FigureSpec], sheets: tuple[Sheet, ...], faults: list[FormError]
) -> tuple[Check, ...]:
    """Every tie, those for columns once for each column."""
    known = _cells(sheets) | {figure.name for figure in figures}
    labels = _labels(sheets)
    made: list[Check] = []
    for check in checks:
        if not check.for_columns:
            made.append(check)
            continue
        for suffix in _suffixes(check, "check", sheets, faults):
            left, right = (_suffixed(side, suffix, known) for side in (check.left, check.right))
            _demand(check, "check", suffix, [(check.left, left), (check.right, right)], faults)
            name, fix = check.name + suffix, check.fix.replace(_LABEL, labels[suffix])
            made.append(replace(check, name=name, left=left, right=right, fix=fix, for_columns=()))
    return tuple(made)


# In a text that is written once for all columns: the label of the one that it is about.
_LABEL = "{列}"


def _labels(sheets: tuple[Sheet, ...]) -> dict[str, str]:
    """The label of every column by its suffix; of equal suffixes the first."""
    found: dict[str, str] = {}
    for matrix in _matrices(sheets):
        for label, suffix in matrix.columns:
            found.setdefault(suffix, label)
    return found


def _matrices(sheets: tuple[Sheet, ...]) -> Iterator[Matrix]:
    for sheet in sheets:
        yield from sheet.matrices


def _cells(sheets: tuple[Sheet, ...]) -> frozenset[str]:
    """The names of all crossings."""
    found: set[str] = set()
    for matrix in _matrices(sheets):
        found |= {field.name for field in matrix.cells.values()}
        found |= {each.name for each in matrix.added.values()}
    return frozenset(found)


def _suffixes(
    made: FigureSpec | Check, kind: str, sheets: tuple[Sheet, ...], faults: list[FormError]
) -> tuple[str, ...]:
    """The suffixes that ``for_columns`` means: those of a matrix by its name, or single ones."""
    matrices = {matrix.name: [suffix for _, suffix in matrix.columns] for matrix in _matrices(sheets)}
    every = {suffix for found in matrices.values() for suffix in found}
    suffixes: list[str] = []
    for each in made.for_columns:
        if each in matrices:
            suffixes += matrices[each]
        elif each in every:
            suffixes.append(each)
        else:
            hint = did_you_mean(each, [*matrices, *every])
            place = f"{_FILES[kind]}: {kind} {made.name}"
            why = f"for_columns 里的 {each} 不是固定行列表的名称，也不是它哪一列的 suffix{hint}"
            faults.append(FormError(f"{place}：{why}"))
    return tuple(dict.fromkeys(suffixes))


_FILES = {"figure": "figures.toml", "check": "checks.toml"}


def _suffixed(formula: Node, suffix: str, known: frozenset[str] | set[str]) -> Node:
    def renamed(node: Node) -> Node:
        if isinstance(node, Name) and node.name + suffix in known:
            return Name(node.name + suffix)
        return node

    return rebuilt(formula, renamed)


def _demand(
    made: FigureSpec | Check,
    kind: str,
    suffix: str,
    formulas: list[tuple[Node, Node]],
    faults: list[FormError],
) -> None:
    """A formula that is the same for every column is no formula for columns."""
    if all(before == after for before, after in formulas):
        used = "、".join(dict.fromkeys(name for before, _ in formulas for name in names(before)))
        place = f"{_FILES[kind]}: {kind} {made.name}"
        why = f"for_columns：公式里的 {used} 后面加上 {suffix}，没有一个是这一列的数"
        faults.append(FormError(f"{place}：{why}"))


def added_figures(sheets: tuple[Sheet, ...], template: FigureSpec) -> tuple[FigureSpec, ...]:
    """The crossings of rows and columns of sums, as figures with the format of ``template``."""
    return tuple(
        replace(template, name=each.name, formula=_sum(each), of_matrix=matrix.name)
        for matrix in _matrices(sheets)
        for each in matrix.added.values()
    )


def _sum(each: Added) -> Node:
    return Call("sum", tuple(Name(part) for part in each.parts))
