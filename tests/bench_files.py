"""Files that are not what they seem: time and peak memory of ``gen-report check`` for each.

    python -m tests.bench_files

A benchmark, not a test: it prints, beside each figure, its ratio to the sample's own. The aim is under
300 MB and under 10 s for every one of them.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.package import parts_of, to_bytes

SAMPLE = Path(__file__).parent.parent / "inputs" / "2020.xlsx"
SHEET = "xl/worksheets/sheet3.xml"  # 收入支出

Parts = dict[str, bytes]


def _append(parts: Parts, rows: bytes) -> None:
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")


def million_rows(parts: Parts) -> None:
    _append(
        parts, b"".join(b'<row r="%d" s="1" customFormat="1" ht="15"/>' % r for r in range(1000, 1_001_000))
    )


def million_cells(parts: Parts) -> None:
    _append(parts, b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (r, r) for r in range(1000, 1_001_000)))


def many_columns(parts: Parts) -> None:
    cells = b"".join(b'<c r="%s900" s="1"><v>1</v></c>' % _letters(c).encode() for c in range(1, 10_001))
    _append(parts, b'<row r="900">' + cells + b"</row>")


def far_corner(parts: Parts) -> None:
    _append(parts, b'<row r="1048576"><c r="XFD1048576" s="1"><v>1</v></c></row>')


def long_text(parts: Parts) -> None:
    text = ("绩效" * 16384)[:32767].encode()
    name = "xl/worksheets/sheet10.xml"  # 综述
    parts[name] = re.sub(rb"(<c r=\"C4\"[^>]*><is><t[^>]*>)[^<]*", rb"\g<1>" + text, parts[name])


def zip_bomb(parts: Parts) -> None:
    parts["xl/media/big.bin"] = bytes(500 * 1024 * 1024)


def entity_bomb(parts: Parts) -> None:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + lol + b"]><x>&l9;</x>"


def million_filled(parts: Parts) -> None:
    _append(
        parts, b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (r, r) for r in range(1000, 1_001_000))
    )


def million_blanks(parts: Parts) -> None:
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    _append(parts, b"".join(cell % (r, r) for r in range(1000, 1_001_000)))


def million_strings(parts: Parts) -> None:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = b"".join(b"<si><t>text %d</t></si>" % n for n in range(1_000_000))
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, items)


def cells_without_addresses(parts: Parts) -> None:
    """None of them may be cut out, because the ones after them count on them."""
    _append(parts, b"".join(b'<row><c s="1"/><c s="1"/></row>' for _ in range(1_000_000)))


def prefixed_cells(parts: Parts) -> None:
    main = b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = b"".join(b'<x:row r="%d"><x:c r="A%d" s="1"/></x:row>' % (r, r) for r in range(1, 1_000_001))
    parts["xl/worksheets/sheet9.xml"] = b"<x:worksheet %s><x:sheetData>%s</x:sheetData></x:worksheet>" % (
        main,
        cells,
    )


def _merge(parts: Parts, *areas: bytes) -> None:
    merged = b"".join(b'<mergeCell ref="%s"/>' % area for area in areas)
    name = "xl/worksheets/sheet10.xml"
    rest = re.sub(rb"<mergeCells.*</mergeCells>", b"", parts[name])
    parts[name] = rest.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>")


def merged_area(parts: Parts) -> None:
    _merge(parts, b"A20:XFD1048576")


def many_merges(parts: Parts) -> None:
    _merge(parts, *(b"A%d:J%d" % (r, r) for r in range(100, 100_100)))


def unchanged(parts: Parts) -> None:
    """The sample itself, against which the others are measured."""


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


CASES: tuple[Callable[[Parts], None], ...] = (
    unchanged,
    million_rows,
    million_cells,
    million_filled,
    million_blanks,
    million_strings,
    cells_without_addresses,
    prefixed_cells,
    merged_area,
    many_merges,
    many_columns,
    far_corner,
    long_text,
    zip_bomb,
    entity_bomb,
)


def measure(path: Path) -> tuple[float, float, int, str]:
    """Seconds, peak MB, exit code and first line of one run."""
    code = (
        "import resource, subprocess, sys;"
        f"d = subprocess.run([sys.executable, '-m', 'generator', 'check', {str(path)!r}], capture_output=True, text=True, encoding='utf-8');"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, d.returncode, (d.stderr or d.stdout).splitlines()[0])"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    seconds = time.perf_counter() - start
    memory, exit_code, line = done.stdout.strip().split(" ", 2)
    return seconds, int(memory) / 1024, int(exit_code), line


def main() -> None:
    """Print one line for each file."""
    assert resource.RUSAGE_CHILDREN
    base: tuple[float, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for change in CASES:
            parts = parts_of(SAMPLE)
            change(parts)
            path = Path(folder) / f"{change.__name__}.xlsx"
            path.write_bytes(to_bytes(parts))
            seconds, memory, code, line = measure(path)
            base = base or (seconds, memory)
            ratios = f"{seconds / base[0]:5.1f}x {memory / base[1]:5.1f}x"
            print(
                f"{change.__name__:23} {seconds:6.2f} s {memory:6.0f} MB  {ratios}  exit {code}  {line[:60]}"
            )


if __name__ == "__main__":
    sys.exit(main())
