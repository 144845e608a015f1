"""Saving a workbook without the clock: the same content gives the same bytes."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from generator.package import parts_of, to_bytes

_STAMP = datetime(2021, 1, 1)


def to_stable_bytes(book: Workbook) -> bytes:
    """The file. openpyxl stamps the time of saving into the properties and the zip; neither is kept."""
    book.properties.created = _STAMP
    book.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    book.save(buffer)
    parts = parts_of(buffer)
    stamp = f"{_STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts[core])
    return to_bytes(parts)
