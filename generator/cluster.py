"""A batch on a Dask cluster: optional, and the only code that knows Dask (extra ``cluster``)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from distributed import Client

_PATIENCE = "5s"  # to find the scheduler


@contextmanager
def executor_of(address: str) -> Iterator[Executor]:
    """Dask's own executor for the cluster at ``address``. Raises OSError when it cannot be reached.

    Jobs carry paths, so every worker must see the same folders under the same names. A report is always
    the same bytes, so a job whose worker was lost is simply done again by another.
    """
    with Client(address, timeout=_PATIENCE, set_as_default=False) as client:
        yield client.get_executor(pure=False, retries=2)
