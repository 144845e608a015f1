"""Waiting for a workbook to be saved: plain polling, which works on network drives as well."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

INTERVAL = 0.5  # seconds between two looks


def saved(path: Path, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Yields at once, and again whenever the file's content has changed and come to rest.

    Excel and WPS write a temporary file and rename it, so the workbook may be gone or half written for
    a moment: a look that finds it changing, missing or locked is simply followed by another.
    """
    content, read_at = _digest(path), _state(path)
    yield
    seen = read_at
    while True:
        sleep(INTERVAL)
        state = _state(path)
        if state is None or state != seen:
            seen = state
            continue  # not at rest yet
        if state == read_at:
            continue
        new = _digest(path)
        if new is None:
            continue
        read_at = state
        if new != content:
            content = new
            yield


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
