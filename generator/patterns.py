"""Regular expressions that are compiled when they are first used: each run needs few of them, and compiling
all takes a tenth of a run."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern; after the first use its methods are those of the compiled pattern itself."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        method = getattr(re.compile(*self._source), name)
        setattr(self, name, method)
        return method


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, but not before the pattern is used."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
