"""Random damage: whatever is done to a workbook, there are findings or a whole document, and nothing else."""

import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import FORM, SAMPLE

from generator.catalogue import CATALOGUE
from generator.document.render import render
from generator.findings import has_errors
from generator.pipeline import examine_grids, produce
from generator.workbook.grid import Areas, Cell, Grid
from generator.workbook.open import open_workbook

GRIDS, _ = open_workbook(SAMPLE)
SHEETS = list(GRIDS)
PLACES = [(name, address) for name, grid in GRIDS.items() for address in grid.cells]

PLACEHOLDER = re.compile(r"\{(?:value|label|name|field|hint|[a-z]+_[a-z]+)\}")  # left unfilled by a finder
TEXTS = ["", "—", "三千", "{{进厅事项}}", "{{没有}}", "{{7*7}}", "<w:p>", "&amp;", "=cmd|' /C calc'!A0", "None", "……", "是", "否",
         "a\x00b", "_x000D_", "😀", "שלום", "1,234.5", "96.5%", "１２", "-0", "1E+400", "9" * 40, "长" * 5000, "工资福利支出", "机构名称"]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
)
FORMATS = st.sampled_from(
    ["", "@", "0%", "0.00", "#,##0.00", "yyyy-mm-dd", "[h]:mm", '0"万元"', "0.00,,", ";;;", "# ?/?"]
)
FLAGS = {flag: st.booleans() for flag in ("fault", "uncalculated", "picture", "struck", "epoch_1904")}
CELLS = st.builds(Cell, VALUES, FORMATS, left_out=st.sampled_from(["", "30"]), **FLAGS)


def set_cell(draw, grids):
    name, address = draw(st.sampled_from(PLACES))
    if name in grids:
        grids[name] = replace(grids[name], cells={**grids[name].cells, address: draw(CELLS)})


def plain_value(draw, grids):
    name, address = draw(st.sampled_from(PLACES))
    if name in grids:
        grids[name] = replace(grids[name], cells={**grids[name].cells, address: Cell(draw(VALUES))})


def delete_cell(draw, grids):
    name, address = draw(st.sampled_from(PLACES))
    if name in grids:
        cells = {place: cell for place, cell in grids[name].cells.items() if place != address}
        grids[name] = replace(grids[name], cells=cells)


def shift(draw, grids):
    """Insert or delete rows or columns, as a spreadsheet does."""
    name = draw(st.sampled_from(SHEETS))
    if name not in grids:
        return
    axis, start, by = (
        draw(st.sampled_from([0, 1])),
        draw(st.integers(1, 30)),
        draw(st.sampled_from([-1, 1, 2])),
    )

    def moved(address):
        place = list(address)
        if place[axis] >= start:
            place[axis] += by
        return tuple(place)

    gone = [start] if by < 0 else []
    cells = {moved(a): c for a, c in grids[name].cells.items() if a[axis] not in gone}
    corners = grids[name].merged.corners
    merged = [(moved(first), moved(last)) for first, last in corners if first[axis] not in gone]
    grids[name] = Grid(name, cells, Areas(merged))


def swap_rows(draw, grids):
    name = draw(st.sampled_from(SHEETS))
    if name in grids:
        a, b = draw(st.integers(1, 40)), draw(st.integers(1, 40))
        swap = {a: b, b: a}
        cells = {(swap.get(r, r), c): cell for (r, c), cell in grids[name].cells.items()}
        grids[name] = replace(grids[name], cells=cells)


def drop_or_rename_sheet(draw, grids):
    name = draw(st.sampled_from(SHEETS))
    grid = grids.pop(name, None)
    if grid is not None and draw(st.booleans()):
        new = draw(st.sampled_from([f"{name}1", name[:-1] or "x", "Sheet1"]))
        grids[new] = replace(grid, name=new)


ACTIONS = [set_cell, plain_value, plain_value, delete_cell, shift, swap_rows, drop_or_rename_sheet]


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damage_gives_findings_or_a_whole_document(data):
    grids = dict(GRIDS)
    for _ in range(data.draw(st.integers(1, 4))):
        data.draw(st.sampled_from(ACTIONS))(data.draw, grids)
    examination = examine_grids(SAMPLE, grids, [])
    for finding in examination.findings:
        assert finding.code in CATALOGUE
        assert finding.line().count("\n") == 0
        assert PLACEHOLDER.search(finding.message + finding.fix) is None
    if examination.report is not None:
        draft = has_errors(examination.findings)
        document, faults = render(examination.report, FORM, draft)
        assert faults == []
        assert document.startswith(b"PK")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bytes")


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_bytes_leave_the_old_report_or_a_new_one(folder, data):
    whole = bytearray(SAMPLE.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole) - 1))
        whole[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    path, output = folder / "x.xlsx", folder / "x.docx"
    path.write_bytes(bytes(whole))
    for old in folder.glob("x-*.docx"):
        old.unlink()
    shutil.rmtree(folder / ".gen-report", ignore_errors=True)
    output.write_bytes(b"the old report")
    outcome = produce(path, output)
    new = output.read_bytes()
    assert (outcome.output is None) == (new == b"the old report")
    assert (outcome.output is None) == has_errors(outcome.findings)
    # What was not ours is kept aside before it is replaced.
    kept = [p.read_bytes() for p in folder.glob("x-*.docx")]
    assert kept == ([] if outcome.output is None else [b"the old report"])
    assert not list(folder.glob("*.tmp"))
