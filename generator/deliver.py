"""Putting a new report in its place: what was there may have been edited, held open, or never ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import records
from generator.changes import Changes, compare
from generator.findings import Finding, finding, has_errors, quoted
from generator.model import Report
from generator.records import Record, digest

if TYPE_CHECKING:
    from generator.document.edits import HandEdit


@dataclass(slots=True)
class Delivery:
    """``written`` is the file that now holds the report, ``changes`` what differs from the last run.

    ``by_hand``: place and text of everything in it that somebody typed into the report itself.
    """

    changes: Changes | None = None
    written: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    by_hand: list[tuple[str, str]] = field(default_factory=list)


def deliver(report: Report, document: bytes, target: Path, force: bool = False) -> Delivery:
    """Write ``document`` to ``target``, merged with what was changed there by hand since the last run.

    When the workbook says what it said, whatever stands there stays, unless ``force``: then the new
    document is taken as it is and the old one kept under a dated name.
    """
    from generator.document.text import paragraphs

    current = _current(target)
    old, findings = records.load(target, current)
    new = records.record_of(report, document, paragraphs(document))
    delivery = Delivery(compare(old, new) if old is not None else None, target, findings)
    same = current is not None and old is not None and old.document == new.document
    if same and (not force or current == document):
        if old is not None and replace(new, written=old.written) != old:
            _record(target, replace(new, written=old.written), document)
        return delivery
    content = _content(document, current, old, target, force, delivery)
    if has_errors(delivery.findings):
        delivery.written = None
        return delivery
    records.stage(target, replace(new, written=digest(content)), document)
    faults = write(content, target) if content != current else []
    if faults:
        records.discard(target)
        _beside(content, target, faults, delivery)
    else:
        records.commit(target)
    return delivery


def _record(target: Path, record: Record, document: bytes) -> None:
    records.stage(target, record, document)
    records.commit(target)


def _current(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except OSError:
        return None


def _content(
    document: bytes, current: bytes | None, old: Record | None, target: Path, force: bool, delivery: Delivery
) -> bytes:
    """What to write: the new document, or the one on the disk with what is new in it."""
    if current is None or current == document or (old is not None and digest(current) == old.document):
        return document
    last = records.document_of(target, old) if old is not None else None
    if force or old is None or last is None:
        delivery.findings += _keep(current, target, "" if force else "没有上次的生成记录，不能合并")
        return document
    from generator.document.merge import UnmergeableError, merge

    try:
        merged = merge(last, current, document)
    except UnmergeableError as error:
        delivery.findings += _keep(current, target, str(error))
        return document
    aside = records.keep(target, current) if digest(current) != old.written else None
    delivery.findings += _told(merged.edits, aside)
    if merged.layout_changed:
        delivery.findings.append(finding("merge.layout"))
    delivery.by_hand += [(each.place, each.hand) for each in merged.edits if each.stands]
    return merged.document


# The kinds of edits that are told one by one.
_CODES = {
    "updated": "merge.updated",
    "conflict": "merge.conflict",
    "restored": "merge.restored",
    "dropped": "merge.dropped",
}


def _told(edits: Sequence[HandEdit], aside: Path | None) -> list[Finding]:
    """A line for every hand edit that needs a look, one for all the others together."""
    told = [_tell(each) for each in edits if each.kind.value in _CODES]
    kept = len(edits) - len(told)
    if kept:
        backup = f"，合并前的文件存为 {aside}" if aside else ""
        told.insert(0, finding("merge.kept", count=kept, backup=backup))
    elif aside:
        told.insert(0, finding("merge.backup", aside=aside))
    return told


def _tell(edit: HandEdit) -> Finding:
    where = "在批注里" if edit.commented else "已不在报告里"
    figures = "，".join(f"{old} → {new}" for old, new in edit.figures)
    hand = " ".join(edit.hand.split())
    made = finding(_CODES[edit.kind.value], None, "", hand, place=edit.place, where=where, figures=figures)
    if edit.hand and not edit.commented and quoted(hand) in made.message:
        # Nowhere else: the message holds every word.
        return replace(made, message=made.message.replace(quoted(hand), f'"{hand}"'))
    return made


def _beside(content: bytes, target: Path, faults: list[Finding], delivery: Delivery) -> None:
    """The target is held by another program: write beside it, so that nothing is lost."""
    aside = records.dated(target)
    if not target.exists() or write(content, aside):
        delivery.written = None
        delivery.findings += faults
        return
    why = faults[0].message.partition("：")[2]
    delivery.written = aside
    delivery.findings.append(finding("output.beside", path=target, why=why, aside=aside))


def _keep(current: bytes, target: Path, why: str) -> list[Finding]:
    """Keep a document that is to be replaced; if that fails, nothing is overwritten."""
    aside = records.dated(target)
    faults = write(current, aside)
    if faults:
        return faults
    if not why:
        return [finding("output.forced", aside=aside)]
    return [finding("output.edited", path=target, aside=aside, why=why)]


def write(document: bytes, target: Path) -> list[Finding]:
    """Write whole or not at all; a target that is held by another program is a finding."""
    try:
        records.replace(target, document)
    except OSError as error:
        return [finding("output.locked", path=target, why=error.strerror or "写入失败")]
    return []
