"""``{{名称}}`` in the unit's texts: names only, no calls, attributes or loops."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.findings import Finding, closest, did_you_mean, finding
from generator.model import Figure
from generator.rules.facts import FactBook

# What stands for a value that is missing; only a draft prints it.
PENDING = "【待填：{}】"
_TAG = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Facts:
    """All names that a text may use, with what they print."""

    named: Mapping[str, Figure]
    sheet: str  # where the unit's own facts stand
    rejected: tuple[str, ...] = ()  # names of facts that a finding has refused already

    def fill(self, figure: Figure) -> tuple[Figure, list[Finding]]:
        """The text of ``figure`` with its ``{{名称}}`` replaced; anything else in braces stays as typed."""
        if "{{" not in figure.text:
            return figure, []
        findings: list[Finding] = []
        fragments: list[tuple[str, Figure | None]] = []
        done = 0

        def put(match: re.Match[str]) -> None:
            nonlocal done
            found = self.named.get(match[1])
            if found is None and closest(match[1], self.rejected):
                pass  # the rejected name is the cause, and is reported
            elif found is None:
                hint = did_you_mean(match[1], self.named)
                tag = match[0]
                findings.append(
                    finding("text.unknown-name", figure.at, figure.name, tag, hint=hint, sheet=self.sheet)
                )
            elif found.value is None and not found.text:
                findings.append(finding("text.blank-name", figure.at, figure.name, match[0]))
            # A ratio that has no value, and needs none, has a text.
            missing = found is None or not (found.text or isinstance(found.value, str))
            filled = PENDING.format(match[1]) if found is None or missing else found.text
            fragments.extend(((figure.text[done : match.start()], None), (filled, found)))
            done = match.end()

        for match in _TAG.finditer(figure.text):
            put(match)
        fragments.append((figure.text[done:], None))
        text = "".join(piece for piece, _ in fragments)
        made = replace(figure, value=text, text=text, fragments=tuple(f for f in fragments if f[0]))
        return made, list(dict.fromkeys(findings))


def names_for_texts(values: Mapping[str, Figure], book: FactBook, sheet: str) -> Facts:
    """What texts may name: the form's figures and the unit's own facts.

    A text that itself holds tags is left out: texts do not build on each other.
    """
    named = {
        name: figure
        for name, figure in values.items()
        if not isinstance(figure.value, str) or "{{" not in figure.text
    }
    return Facts({**named, **book.facts}, sheet, tuple(book.rejected))
