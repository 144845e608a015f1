"""What was last written, kept beside it in ``.gen-report``: the document, its figures, scores and paragraphs.

The record is staged before the report is written and becomes valid after it, so that a run that is cut
off at any moment leaves a record that fits the report. A record is a help, never a hindrance: one that is
missing, damaged or of another version is put aside with a dated name and a clear sentence, and the run
goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from generator import __version__
from generator.findings import Finding, finding
from generator.model import Report
from generator.parsing import is_name

FOLDER = ".gen-report"
VERSION = 2
_TEMPORARY = ".~gen-report-"
_LONG_AGO = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Record:
    """One run: figures and scores as they were printed.

    ``document`` is the SHA-256 of what the tool made, ``written`` of what it wrote: the same unless
    edits made by hand were merged in.
    """

    form: str
    document: str
    written: str
    figures: Mapping[str, str]
    scores: Mapping[str, tuple[str, str]]  # indicator → points, reason
    total: str
    grade: str
    paragraphs: tuple[str, ...]


_FIELDS = tuple(field.name for field in fields(Record))


def record_of(report: Report, document: bytes, paragraphs: tuple[str, ...]) -> Record:
    """The record of a document that has just been made."""
    card, figures = report.scorecard, report.figures
    # What is taken over rows has words for a name, and shows in the figure that uses it.
    named = {n: each for n, each in {**figures.values, **figures.facts}.items() if is_name(n)}
    return Record(
        form=report.form_id,
        document=digest(document),
        written=digest(document),
        figures={name: figure.text for name, figure in named.items()},
        scores={
            f"{row.level2}／{row.level3}": (f"{row.score.normalize():f}", row.reason) for row in card.rows
        },
        total=f"{card.total.normalize():f}",
        grade=card.grade,
        paragraphs=paragraphs,
    )


def digest(document: bytes) -> str:
    """The SHA-256 of a document."""
    return hashlib.sha256(document).hexdigest()


def load(target: Path, current: bytes | None = None) -> tuple[Record | None, list[Finding]]:
    """The record of what was last written to ``target``; ``current`` is what lies there now."""
    path = _place(target, "json")
    for folder in (target.parent, path.parent):
        _sweep(folder)
    _recover(target, current)
    try:
        data = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None, []
    except (OSError, ValueError):
        return None, [_put_aside(path, "record.damaged")]
    try:
        if data.pop("version") != VERSION:
            return None, [_put_aside(path, "record.other-version")]
        return _record(data), []
    except (AttributeError, KeyError, TypeError, ValueError):
        return None, [_put_aside(path, "record.damaged")]


def document_of(target: Path, record: Record) -> bytes | None:
    """The document that the record is of, None when it is not there or is another one."""
    try:
        document = _place(target, "docx").read_bytes()
    except OSError:
        return None
    return document if digest(document) == record.document else None


def _recover(target: Path, current: bytes | None) -> None:
    """Finish what a run that was cut off had begun: its record holds if its document was written."""
    staged = _place(target, "next.json")
    try:
        written = json.loads(staged.read_text("utf-8"))["written"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    # With the document's copy in place already, the run was cut off at its very last step.
    if not _place(target, "next.docx").exists() or (current is not None and digest(current) == written):
        commit(target)
    else:
        discard(target)


def _record(data: dict[str, Any]) -> Record:
    texts = {key: str(data[key]) for key in ("form", "document", "written", "total", "grade")}
    return Record(
        **texts,
        figures={str(name): str(text) for name, text in data["figures"].items()},
        scores={str(name): (str(points), str(reason)) for name, (points, reason) in data["scores"].items()},
        paragraphs=tuple(str(text) for text in data["paragraphs"]),
    )


def _put_aside(path: Path, code: str) -> Finding:
    """Keep the record under a dated name; where even that fails, leave it and go on."""
    aside = dated(path)
    try:
        os.replace(path, aside)
    except OSError:
        aside = path
    return finding(code, path=path, aside=aside)


def stage(target: Path, record: Record, document: bytes) -> None:
    """Keep record and document beside the last ones, before the report itself is written.

    A place that cannot be written only costs the comparison next time.
    """
    data = {"version": VERSION, "tool": __version__, **{name: getattr(record, name) for name in _FIELDS}}
    text = json.dumps(data, ensure_ascii=False)
    try:
        replace(_place(target, "next.docx"), document)
        replace(_place(target, "next.json"), text.encode("utf-8"))
    except OSError:
        discard(target)


def commit(target: Path) -> None:
    """The report is written: what was staged is now the record."""
    try:
        for kind in ("docx", "json"):
            if _place(target, f"next.{kind}").exists():
                os.replace(_place(target, f"next.{kind}"), _place(target, kind))
    except OSError:
        return


def discard(target: Path) -> None:
    """The report could not be written: the last record still holds."""
    for kind in ("json", "docx"):
        with contextlib.suppress(OSError):
            _place(target, f"next.{kind}").unlink(missing_ok=True)


def keep(target: Path, document: bytes) -> Path | None:
    """Keep a copy among the records, under a dated name; None when that cannot be done."""
    aside = dated(_place(target, "docx"))
    try:
        replace(aside, document)
    except OSError:
        return None
    return aside


def note(target: Path) -> str:
    """What a batch has kept of a report; blank when there is nothing."""
    try:
        return _place(target, "unit.json").read_text("utf-8")
    except (OSError, ValueError):
        return ""


def put_note(target: Path, text: str) -> None:
    """Keep what a batch knows of a report, for its next run."""
    with contextlib.suppress(OSError):
        replace(_place(target, "unit.json"), text.encode("utf-8"))


def _place(target: Path, kind: str) -> Path:
    return target.parent / FOLDER / f"{target.stem}.{kind}"


def dated(path: Path) -> Path:
    """A free name beside ``path`` that carries the time of this moment."""
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    made, number = path.with_name(f"{path.stem}-{stamp}{path.suffix}"), 1
    while made.exists():
        number += 1
        made = path.with_name(f"{path.stem}-{stamp}-{number}{path.suffix}")
    return made


def _sweep(folder: Path) -> None:
    """Remove what a run that was cut off long ago left half-written."""
    for path in folder.glob(f"{_TEMPORARY}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _LONG_AGO:
                path.unlink()


def replace(target: Path, data: bytes) -> None:
    """Write beside the target and move into place: an interrupted run leaves the old file whole.

    Raises OSError when the place cannot be written or the target is held by another program.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes a file that only its owner may read; a report is for colleagues.
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
