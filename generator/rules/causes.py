"""One cause, one finding: what follows from a fault that is told already is left out."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue import Severity
from generator.findings import Finding


def one_cause(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out warnings of ties over a cell that is itself reported: the cell is the cause; and of amounts
    whose unit is. Of a cell in which a tie that stops the report is broken nothing more is made."""
    stopped = {
        operand.at
        for each in findings
        if each.code == "tie.broken" and each.severity is Severity.ERROR
        for operand in each.related
        if operand.at is not None
    }
    findings = [each for each in findings if each.code != "figure.over" or each.at not in stopped]
    reported = {each.at for each in findings if each.at and not each.code.startswith(("tie.", "score."))}
    units = {(each.at.sheet, each.field) for each in findings if each.at and each.code == "cell.other-unit"}

    # Of the total of a column the cells are told by the column's name.
    columns = {each.field for each in findings if each.at in reported and each.code != "tie.broken"}

    def is_consequence(each: Finding) -> bool:
        if each.code == "tie.broken" and each.severity is not Severity.ERROR:
            return any(o.at in reported if o.at else o.name in columns for o in each.related)
        # The amount beside a unit that was changed by hand.
        return (
            each.code == "amount.magnitude" and each.at is not None and (each.at.sheet, each.field) in units
        )

    return [each for each in findings if not is_consequence(each)]
