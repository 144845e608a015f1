"""The names in a template against the vocabulary: scopes, what loops go over, and the columns of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from jinja2 import Environment, nodes

from generator.document.lint.tags import Tag
from generator.document.lint.vocabulary import Groups, Plain, Row, Rows, Shape, Vocabulary
from generator.findings import Finding, did_you_mean, finding

Scope = dict[str, Shape]
# Filters whose result is rows as before, one row, and groups of rows.
_KEEPING = frozenset({"sort", "list", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"})
_PICKING = frozenset({"first", "last", "random", "min", "max"})
# Filters whose first argument names a column; any may have it as ``attribute=``.
_BY_COLUMN = frozenset({"selectattr", "rejectattr", "groupby", "sum", "枚举"})
_JINJA = frozenset(
    {"range", "dict", "lipsum", "cycler", "joiner", "namespace", "caller", "varargs", "kwargs"}
)


@dataclass(slots=True)
class Names:
    """Goes through the trees of one part's tags; ``tags`` are those tags by the lines of the trees.

    ``used`` are all names, columns and texts that stand in them. Without a vocabulary any name will do.
    """

    known: Vocabulary | None
    tags: Sequence[Tag]
    jinja: Environment
    used: set[str] = field(default_factory=set)
    _faults: list[tuple[str, str, Tag, str]] = field(default_factory=list)
    _of_loops: set[str] = field(default_factory=set)
    _printing: bool = False

    def read(self, tree: nodes.Node, scope: Scope) -> None:
        """Everything under a node; names that it sets are set in ``scope``."""
        match tree:
            case nodes.For():
                self._for(tree, scope)
            case nodes.Assign() | nodes.AssignBlock() | nodes.With() | nodes.Macro() | nodes.CallBlock():
                self._binding(tree, scope)
            case nodes.Name(name=name, ctx="load"):
                self._name(name, tree, scope)
            case (
                nodes.Getattr(node=base, attr=attr)
                | nodes.Getitem(node=base, arg=nodes.Const(value=str() as attr))
            ):
                self.read(base, scope)
                self._part(base, attr, tree, scope)
            case nodes.Output():
                self._whole(tree, scope)
                self._printing = True
                self._all(tree.iter_child_nodes(), scope)
                self._printing = False
            case nodes.CondExpr() if self._printing:
                self._printing = False
                self.read(tree.test, scope)
                self._printing = True
                self._all(filter(None, (tree.expr1, tree.expr2)), scope)
            case nodes.Test(name=name) if name not in self.jinja.tests:
                self._fault("template.unknown-test", name, tree, did_you_mean(name, self.jinja.tests))
                self._all(tree.iter_child_nodes(), scope)
            case nodes.Filter(name=name):
                if name not in self.jinja.filters:
                    hint = did_you_mean(name, self.jinja.filters)
                    self._fault("template.unknown-filter", name, tree, hint)
                self._columns(tree, scope)
                self._all(tree.iter_child_nodes(), scope)
            case nodes.Const(value=str() as text):
                self.used.add(text)
            case _:
                self._all(tree.iter_child_nodes(), scope)

    def head(self, tree: nodes.Node, scope: Scope) -> None:
        """A tag by itself, where the whole cannot be read: what it sets holds for all that follows."""
        for each in tree.iter_child_nodes():
            if isinstance(each, nodes.For):
                self.read(each.iter, scope)
                self._bind(each.target, self._item(each, scope), scope)
                scope["loop"] = None
            elif isinstance(each, nodes.With):
                self._all(each.values, scope)
                for target in each.targets:
                    self._bind(target, None, scope)
            else:
                self.read(each, scope)

    def findings(self) -> list[Finding]:
        """What is wrong, each once however often it stands there."""
        places: dict[tuple[str, str, str], list[str]] = {}
        for code, name, tag, hint in self._faults:
            places.setdefault((code, name, hint), []).append(tag.place)
        made = []
        for (code, name, hint), found in places.items():
            place = found[0] if len(found) == 1 else f"{found[0]}等 {len(found)} 处"
            if code == "template.unknown-name" and name in self._of_loops:
                code = "template.outside-loop"
            made.append(finding(code, value=name, place=place, hint=hint, name=name))
        return made

    def _all(self, trees: Iterable[nodes.Node], scope: Scope) -> None:
        for each in trees:
            self.read(each, scope)

    def _fault(self, code: str, name: str, at: nodes.Node, hint: str = "") -> None:
        self._faults.append((code, name, self.tags[min(at.lineno, len(self.tags)) - 1], hint))

    def _name(self, name: str, at: nodes.Node, scope: Scope) -> None:
        self.used.add(name)
        self._bare(name, at, scope)
        if self.known is None or name in scope or name in self.known or name in _JINJA:
            return
        if name == "loop":
            self._of_loops.add(name)
        hint = did_you_mean(name, [*self.known, *scope])
        loops = [each for each in scope if isinstance(scope[each], Row)]
        if not hint and len(loops) == 1:
            hint = f"（这里的循环里是“{loops[0]}”）"
        self._fault("template.unknown-name", name, at, hint)

    def _bare(self, name: str, at: nodes.Node, scope: Scope) -> None:
        """A column without its row, in the loop over these rows: it prints the total in every one of them."""
        if not self._printing or name in scope or not isinstance((self.known or {}).get(name), Plain):
            return
        for row, shape in scope.items():
            if isinstance(shape, Row) and shape.looped and shape.table and name in shape.columns:
                self._fault("template.bare-column", name, at, f"{row}.{name}")
                return

    def _part(self, base: nodes.Expr, attr: str, at: nodes.Node, scope: Scope) -> None:
        """``行.名称``: a row has columns, a value and a whole table have none."""
        self.used.add(attr)
        shape, full = (
            self._shape(base, scope),
            f"{base.name}.{attr}" if isinstance(base, nodes.Name) else attr,
        )
        if shape is None or attr.isascii():
            return  # methods of Python, which the trial knows
        if isinstance(shape, Row):
            if attr not in shape.columns:
                self._fault("template.unknown-name", full, at, did_you_mean(attr, shape.columns))
        elif isinstance(shape, Plain):
            self._fault("template.unknown-name", full, at)
        else:
            self._fault("template.not-a-row", full, at)

    def _whole(self, output: nodes.Output, scope: Scope) -> None:
        for each in output.nodes:
            if isinstance(self._shape(each, scope), Row | Rows | Groups):
                inner = each
                while isinstance(inner, nodes.Filter) and inner.node is not None:
                    inner = inner.node
                self._fault("template.not-a-value", getattr(inner, "name", ""), each)

    def _columns(self, tree: nodes.Filter, scope: Scope) -> None:
        """The columns that a filter over rows names."""
        shape = self._shape(tree.node, scope) if tree.node is not None else None
        if not isinstance(shape, Rows):
            return
        named = [pair.value for pair in tree.kwargs if pair.key == "attribute"]
        named += tree.args[:1] if tree.name in _BY_COLUMN else []
        for each in named:
            if isinstance(each, nodes.Const) and isinstance(each.value, str):
                for column in each.value.split(","):
                    name = column.split(".")[0].strip()
                    if name not in shape.columns:
                        hint = did_you_mean(name, shape.columns)
                        self._fault("template.unknown-name", name, tree, hint)

    def _for(self, tree: nodes.For, scope: Scope) -> None:
        self.read(tree.iter, scope)
        inner = {**scope, "loop": None}
        shape = self._item(tree, scope)
        self._bind(tree.target, replace(shape, looped=True) if isinstance(shape, Row) else shape, inner)
        if tree.test is not None:
            self.read(tree.test, inner)
        self._all(tree.body, inner)
        self._all(tree.else_, dict(scope))
        self._of_loops |= inner.keys() - scope.keys()

    def _item(self, tree: nodes.For, scope: Scope) -> Shape:
        """What a loop takes out one by one."""
        match self._shape(tree.iter, scope):
            case Rows() as rows:
                return rows.row
            case Groups() as groups:
                return groups
            case Plain():
                self._fault("template.not-a-list", getattr(tree.iter, "name", ""), tree)
            case _:
                pass
        return None

    def _bind(self, target: nodes.Node, shape: Shape, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = None if isinstance(shape, Groups) else shape
        elif isinstance(target, nodes.Tuple):
            inner: list[Shape] = [None] * len(target.items)
            if isinstance(shape, Groups) and len(inner) == 2:
                inner[1] = Rows(shape.columns, shape.table)
            for each, part in zip(target.items, inner, strict=True):
                self._bind(each, part, scope)

    def _binding(
        self,
        tree: nodes.Assign | nodes.AssignBlock | nodes.With | nodes.Macro | nodes.CallBlock,
        scope: Scope,
    ) -> None:
        if isinstance(tree, nodes.Assign):
            self.read(tree.node, scope)
            self._bind(tree.target, self._shape(tree.node, scope), scope)
            return
        inner = dict(scope)
        if isinstance(tree, nodes.With):
            self._all(tree.values, scope)
            for target, value in zip(tree.targets, tree.values, strict=True):
                self._bind(target, self._shape(value, scope), inner)
        elif isinstance(tree, nodes.Macro | nodes.CallBlock):
            self._all(tree.defaults, scope)
            inner |= {argument.name: None for argument in tree.args}
            if isinstance(tree, nodes.Macro):
                scope[tree.name] = None
            else:
                self.read(tree.call, scope)
        self._all(tree.body, inner)
        if isinstance(tree, nodes.AssignBlock):
            self._bind(tree.target, None, scope)

    def _shape(self, tree: nodes.Node, scope: Scope) -> Shape:
        """What an expression gives, as far as that is certain."""
        match tree:
            case nodes.Name(name=name):
                return scope[name] if name in scope else (self.known or {}).get(name)
            case nodes.Getitem(node=base, arg=nodes.Slice()):
                return self._shape(base, scope)
            case nodes.Getitem(node=base, arg=nodes.Const(value=int())):
                shape = self._shape(base, scope)
                return shape.row if isinstance(shape, Rows) else None
            case (
                nodes.Getattr(node=base, attr=attr)
                | nodes.Getitem(node=base, arg=nodes.Const(value=str() as attr))
            ):
                shape = self._shape(base, scope)
                return dict(shape.inner).get(attr) if isinstance(shape, Row) else None
            case nodes.Filter(node=nodes.Expr() as base, name=name):
                return _filtered(self._shape(base, scope), name)
            case nodes.CondExpr(expr1=first):
                return self._shape(first, scope)
            case _:
                return None


def _filtered(shape: Shape, name: str) -> Shape:
    if not isinstance(shape, Rows):
        return None
    if name in _PICKING:
        return shape.row
    if name == "groupby":
        return Groups(shape.columns, shape.table)
    return shape if name in _KEEPING else None
