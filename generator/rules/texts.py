"""``{{名称}}`` in the unit's texts: names only, no calls, attributes or loops."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.findings import Finding, closest, did_you_mean, finding
from generator.form.schema import Form
from generator.model import Figure
from generator.parsing import FormulaError, parse
from generator.rules.behind import Place
from generator.rules.facts import FactBook
from generator.rules.references import Reference, holds_tag, references, resolve, visible

# What stands for a value that is missing; only a draft prints it.
PENDING = "【待填：{}】"
_BRACES = frozenset("{}｛｝﹛﹜")
_FAR = 200  # characters before and behind a tag that may speak of its unit


@dataclass(frozen=True, slots=True)
class Facts:
    """All names that a text may use, with what they print."""

    named: Mapping[str, Figure]
    sheet: str  # where the unit's own facts stand
    formula: str  # and the column of their formulas
    rejected: tuple[str, ...] = ()  # names of facts that a finding has refused already

    def fill(self, figure: Figure, alone: bool = False) -> tuple[Figure, list[Finding]]:
        """The text of ``figure`` with its ``{{名称}}`` replaced; what is no reference stays as typed.

        ``alone``: the unit of what the text says stands in a cell of its own.
        """
        if _BRACES.isdisjoint(figure.text):
            return figure, []
        filling = _Filling(self, figure, alone)
        for each in references(figure.text, self.named.keys()):
            filling.put(each)
        return filling.done()


@dataclass(slots=True)
class _Filling:
    """One text on its way: the pieces so far, and what is to be told."""

    facts: Facts
    figure: Figure
    alone: bool
    at: int = 0  # so far the text is done
    pieces: list[tuple[str, Figure | None]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def put(self, reference: Reference) -> None:
        text = self.figure.text
        self.pieces.append((text[self.at : reference.start], None))
        self.at = reference.end
        if reference.code:
            self._fault(reference, visible(text[reference.start : reference.end])[0])
        else:
            self._value(reference, resolve(reference.name, self.facts.named))

    def done(self) -> tuple[Figure, list[Finding]]:
        pieces = tuple(each for each in (*self.pieces, (self.figure.text[self.at :], None)) if each[0])
        text = "".join(piece for piece, _ in pieces)
        made = replace(self.figure, value=text, text=text, fragments=pieces)
        return made, list(dict.fromkeys(self.findings))

    def _fault(self, reference: Reference, typed: str) -> None:
        facts = self.facts
        code, meant = reference.code, reference.meant
        if code == "text.program-code" and any(each.code == code for each in self.findings):
            self.pieces.append((typed, None))  # one template pasted is one fault
            return
        self.findings.append(
            finding(
                code,
                self.figure.at,
                self.figure.name,
                typed,
                tag="{{" + (meant or "名称") + "}}",
                sheet=facts.sheet,
                column=facts.formula,
                formula=_formula(meant),
            )
        )
        self.pieces.append((typed if code == "text.program-code" else PENDING.format(meant or "名称"), None))

    def _value(self, reference: Reference, name: str) -> None:
        text, facts = self.figure.text, self.facts
        tag, found = visible(text[reference.start : reference.end])[0], facts.named.get(name)
        if found is None and closest(name, facts.rejected):
            pass  # the rejected name is the cause, and is reported
        elif found is None:
            hint = did_you_mean(name, facts.named)
            self._told("text.unknown-name", tag, hint)
        elif found.value is None and not found.text:
            self._told("text.blank-name", tag)
        # A ratio that has no value, and needs none, has a text.
        if found is None or not (found.text or isinstance(found.value, str)):
            self.pieces.append((PENDING.format(name), found))
            return
        after, places = visible(text[reference.end : reference.end + _FAR])
        before = visible(text[max(0, reference.start - _FAR) : reference.start])[0]
        place = Place(self.figure, found, before, after, self.alone)
        printed = place.printed()
        self.findings += printed.findings
        self.pieces.append((printed.text, found))
        self.at += places[printed.swallowed - 1] + 1 if printed.swallowed else 0

    def _told(self, code: str, tag: str, hint: str = "") -> None:
        sheet = self.facts.sheet
        self.findings.append(finding(code, self.figure.at, self.figure.name, tag, hint=hint, sheet=sheet))


def _formula(typed: str) -> str:
    """What to write in the column of formulas: the expression itself, if it is one there."""
    formula = unicodedata.normalize("NFKC", typed).replace("×", "*").replace("÷", "/")
    try:
        parse(formula)
    except FormulaError:
        return "算式"
    return formula


def names_for_texts(values: Mapping[str, Figure], book: FactBook, form: Form) -> Facts:
    """What texts may name: the form's figures and the unit's own facts.

    A text that itself holds tags is left out: texts do not build on each other.
    """
    named = {
        name: figure
        for name, figure in values.items()
        if not isinstance(figure.value, str) or not holds_tag(figure.text)
    }
    sheet = form.place(form.facts.name)
    return Facts({**named, **book.facts}, sheet, form.facts.formula, tuple(book.rejected))
