"""What was last written, kept beside it in ``.gen-report``: the document, its figures, scores and paragraphs.

A record is a help, never a hindrance: one that is missing, damaged or of another version is put aside
with a dated name and a clear sentence, and the run goes on without it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.findings import Finding, finding
from generator.model import Report

FOLDER = ".gen-report"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """One written document: ``document`` is its SHA-256; figures and scores as they were printed."""

    form: str
    document: str
    figures: Mapping[str, str]
    scores: Mapping[str, tuple[str, str]]  # indicator → points, reason
    total: str
    grade: str
    paragraphs: tuple[str, ...]


def record_of(report: Report, document: bytes, paragraphs: tuple[str, ...]) -> Record:
    """The record of a document that has just been made."""
    card, figures = report.scorecard, report.figures
    named = {**figures.values, **figures.facts}
    return Record(
        form=report.form_id,
        document=digest(document),
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


def load(target: Path) -> tuple[Record | None, list[Finding]]:
    """The record of what was last written to ``target``."""
    path = _place(target, "json")
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


def _record(data: dict[str, Any]) -> Record:
    texts = {key: str(data[key]) for key in ("form", "document", "total", "grade")}
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


def save(target: Path, record: Record, document: bytes) -> None:
    """Keep the record and the document; a place that cannot be written only costs the comparison."""
    try:
        _place(target, "json").parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"version": VERSION, **asdict(record)}, ensure_ascii=False, indent=1)
        replace(_place(target, "docx"), document)
        replace(_place(target, "json"), text.encode("utf-8"))
    except OSError:
        return


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


def replace(target: Path, data: bytes) -> None:
    """Write beside the target and move into place: an interrupted run leaves the old file whole.

    Raises OSError when the place cannot be written or the target is held by another program.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=target.parent)
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
