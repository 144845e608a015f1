"""Where the fault is: the one amount, the one block of amounts, or the workbook's unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.findings import Finding
from generator.form.records import Check
from generator.form.schema import Form
from generator.model import Figures
from generator.rules.magnitude.blocks import blocks
from generator.rules.magnitude.cells import AmountCell, Trial, amount_cells, raw_names
from generator.rules.magnitude.ratios import Unlikely, is_usual, quotient, unlikely
from generator.rules.magnitude.whole import other_unit
from generator.rules.magnitude.words import by_ratio, by_ties, of_block, of_ratio

# What is mistaken most often first: the unit, 分 or a percentage, one digit.
EXPONENTS = (4, -4, 2, -2, 1, -1, 3, -3)


@dataclass(slots=True)
class Located:
    """What was found, and the ties that need not be told any more."""

    findings: list[Finding] = field(default_factory=list)
    explained: list[Check] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A change of some cells by a power of ten that mends something and breaks nothing."""

    cells: tuple[AmountCell, ...]
    exponent: int
    ties: tuple[Check, ...]  # broken ones that hold after the change
    ratios: int  # unlikely quotients that are usual after the change

    @property
    def equalities(self) -> int:
        """How many ties of equality it mends; inequalities prove nothing."""
        return sum(tie.relation == "=" for tie in self.ties)

    @property
    def rank(self) -> tuple[int, ...]:
        """Smaller is better: most ties, most quotients, the fewest cells, the commonest mistake."""
        return (
            -self.equalities,
            -self.ratios,
            -len(self.ties),
            len(self.cells),
            EXPONENTS.index(self.exponent),
        )


def locate(
    broken: Sequence[Check], passed: Sequence[Check], figures: Figures, form: Form, doubtful: frozenset[str]
) -> Located:
    """Put broken ties and unlikely quotients down to the amounts that cause them.

    ``broken`` and ``passed`` are the ties of the form that fail and hold; those that could not be checked are
    in neither. ``doubtful`` tables have faults of their own and are left alone.
    """
    strange = unlikely(figures, form, doubtful)
    made = Located()
    if not broken and not strange:
        return made
    search = _Search(figures, form, broken, passed, strange)
    if (whole := other_unit(broken, strange, figures, form, search.cells)) is not None:
        made.findings.append(whole)
        made.explained += broken
        return made
    for best, others in search.by_ties():
        made.explained += best.ties
        say = by_ties if len(best.cells) == 1 else of_block
        made.findings.append(say(best, others, figures, form))
    left = [each for each in strange if not any(is_mended(each, e, figures, form) for e in search.given)]
    while left:
        chosen = search.by_ratios(left)
        if not chosen:
            break
        best, others = chosen[0], chosen[1:]
        mended = [each for each in left if is_mended(each, best, figures, form)]
        made.explained += best.ties
        made.findings.append(by_ratio(mended[0], best, others, figures, form))
        left = [each for each in left if each not in mended]
    made.findings += [of_ratio(each, figures, form) for each in left if each.is_impossible or each.pair]
    return made


def is_mended(each: Unlikely, explanation: Explanation, figures: Figures, form: Form) -> bool:
    """Whether a quotient is usual after a change."""
    trial = Trial(figures, form, {cell: cell.times(explanation.exponent) for cell in explanation.cells})
    return is_usual(each.rule, quotient(each.rule, trial, each.table, each.row))


class _Search:
    """All changes of one cell or block that explain something."""

    def __init__(
        self,
        figures: Figures,
        form: Form,
        broken: Sequence[Check],
        passed: Sequence[Check],
        strange: Sequence[Unlikely],
    ) -> None:
        self._figures, self._form = figures, form
        self._broken, self._passed, self._strange = broken, passed, strange
        self._rests = {tie.name: _raw(tie, figures, form) for tie in (*broken, *passed)}
        self.cells = amount_cells(figures, form)
        self._bearing: dict[str, frozenset[str]] = {}  # by the name of a rule
        self.given: list[Explanation] = []

    def by_ties(self) -> Iterator[tuple[Explanation, list[Explanation]]]:
        """Each broken equality put down to what mends most, with what explains the same as well."""
        left = [tie for tie in self._broken if tie.relation == "="]
        touched = frozenset().union(*(self._rests[tie.name] for tie in left)) if left else frozenset()
        singles = [(cell,) for cell in self.cells if cell.name in touched]
        found = [e for e in self._tried(singles, EXPONENTS) if e.equalities]
        found += [e for e in self._tried(blocks(self.cells, touched), (4, -4)) if e.equalities]
        found.sort(key=lambda each: each.rank)
        while left:
            best = next((e for e in found if any(tie in left for tie in e.ties)), None)
            if best is None:
                return
            same = [
                e
                for e in found
                if e.cells != best.cells and e.rank[:4] == best.rank[:4] and set(e.ties) == set(best.ties)
            ]
            found = [e for e in found if e is not best]
            if not set(best.ties).isdisjoint(left):
                left = [tie for tie in left if tie not in best.ties]
                self.given.append(best)
                yield best, _one_each(same)

    def by_ratios(self, strange: Sequence[Unlikely]) -> list[Explanation]:
        """The cells that would make the most quotients usual, the likeliest first, and only those as likely
        as it."""
        singles = [(cell,) for cell in self.cells if any(self._bears_on(cell, each) for each in strange)]
        found = []
        for each in self._tried(singles, EXPONENTS):
            cell = each.cells[0]
            mended = [one for one in strange if self._bears_on(cell, one) and self._is_usual(one, each)]
            if mended and self._matters(each, mended[0]):
                # Of two amounts that should be alike, the typed one is likelier than a part of a sum.
                alone = any(cell.name in one.pair for one in mended)
                sure = (-len(mended), not alone, -self._weight(cell), not cell.required)
                commonest = EXPONENTS.index(each.exponent)
                key = (*sure, commonest, -len(each.ties), self._distance(mended[0], each))
                found.append((key, each))
        found.sort(key=lambda pair: pair[0])
        if not found:
            return []
        best, first = found[0]
        same = [each for key, each in found if key[:4] == best[:4] and each.cells != first.cells]
        return [first, *_one_each(same)]

    def _matters(self, each: Explanation, strange: Unlikely) -> bool:
        """Whether the amount that was meant is more than a trifle beside the others of the quotient."""
        cell = each.cells[0]
        others = [abs(o.amount.value) for o in self.cells if o != cell and self._bears_on(o, strange)]
        return abs(cell.times(each.exponent).value) * 100 >= max(others, default=Decimal(0))

    def _bears_on(self, cell: AmountCell, strange: Unlikely) -> bool:
        if strange.table and (cell.table, cell.row) != (strange.table, strange.row):
            return False
        if strange.rule.name not in self._bearing:
            self._bearing[strange.rule.name] = raw_names(strange.rule.value, self._figures, self._form)
        return cell.name in self._bearing[strange.rule.name]

    def _is_usual(self, strange: Unlikely, each: Explanation) -> bool:
        after = quotient(strange.rule, self._trial(each), strange.table, strange.row)
        return is_usual(strange.rule, after)

    def _trial(self, each: Explanation) -> Trial:
        return Trial(self._figures, self._form, {cell: cell.times(each.exponent) for cell in each.cells})

    def _tried(
        self, groups: Iterable[tuple[AmountCell, ...]], exponents: Sequence[int]
    ) -> Iterator[Explanation]:
        for cells in groups:
            names = {cell.name for cell in cells}
            for exponent in exponents:
                trial = Trial(self._figures, self._form, {cell: cell.times(exponent) for cell in cells})
                if any(trial.holds(tie) is False for tie in self._passed if names & self._rests[tie.name]):
                    continue
                mended = tuple(
                    tie for tie in self._broken if names & self._rests[tie.name] and trial.holds(tie)
                )
                usual = sum(
                    is_usual(each.rule, quotient(each.rule, trial, each.table, each.row))
                    for each in self._strange
                )
                if mended or usual:
                    yield Explanation(cells, exponent, mended, usual)

    def _weight(self, cell: AmountCell) -> int:
        """In tenths: how much of its row's amounts a column makes up in the other rows of its table."""
        others = [each for each in self.cells if each.table == cell.table and each.row != cell.row]
        if not cell.table or not others:
            return 0
        total = sum(abs(each.amount.value) for each in others)
        own = sum(abs(each.amount.value) for each in others if each.name == cell.name)
        return int(own / total * 10)

    def _distance(self, strange: Unlikely, each: Explanation) -> float:
        """How far from the middle of what is usual the quotient then is, in powers of ten."""
        after = quotient(strange.rule, self._trial(each), strange.table, strange.row)
        low, high = strange.rule.usual
        return abs(float(after.log10() - (low * high).log10() / 2)) if after and after > 0 else 99.0


def _raw(tie: Check, figures: Figures, form: Form) -> frozenset[str]:
    return raw_names(tie.left, figures, form) | raw_names(tie.right, figures, form)


def _one_each(found: list[Explanation]) -> list[Explanation]:
    """The best explanation of each cell."""
    return list({each.cells: each for each in reversed(found)}.values())[::-1]
