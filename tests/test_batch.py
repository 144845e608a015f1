"""Many units: in one process, in several, and when workers are killed or somebody presses Ctrl-C."""

import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from decimal import Decimal

import openpyxl
import pytest
from test_cli import run as command
from workbooks import Workbook

from generator import batch as batches
from generator import units
from generator.batch import run_batch
from generator.pipeline import produce
from generator.unit_result import Status
from generator.units import job
from generator.wanted import Wanted
from generator.workbook.summary import summary

UNITS = 6


@pytest.fixture
def inputs(tmp_path):
    """Six units; the fourth has an error, the sixth lost points."""
    for number in range(UNITS):
        book = Workbook().set(部门名称=f"单位{number}", 退休人数=number)
        if number == 3:
            book.set(人员编制=None)
        if number == 5:
            book.set(结余口径="累计")
        book.save(tmp_path / "inputs" / f"{number}.xlsx")
    return tmp_path / "inputs"


def jobs(inputs):
    return [job(path, Wanted()) for path in sorted(inputs.glob("*.xlsx"))]


def documents(inputs):
    return {path.name: path.read_bytes() for path in (inputs.parent / "outputs").glob("*.docx")}


@pytest.mark.parametrize("workers", [1, 2])
def test_one_units_faults_never_stop_the_others(inputs, workers):
    batch = run_batch(jobs(inputs), workers)
    assert [each.ok for each in batch.results] == [True, True, True, False, True, True]
    assert sorted(documents(inputs)) == ["0.docx", "1.docx", "2.docx", "4.docx", "5.docx"]
    [failed] = batch.failed
    assert failed.problems[0] == "错误 基本情况!C9〔人员编制〕没有填写；请填写"
    assert (batch.results[5].total, batch.results[5].unit) == (Decimal(97), "单位5")


def test_a_fault_of_the_program_stops_no_other(inputs, monkeypatch):
    real = units.produce

    def faulty(path, *args):
        if path.name == "1.xlsx":
            raise RuntimeError("怪事")
        return real(path, *args)

    monkeypatch.setattr(units, "produce", faulty)
    batch = run_batch(jobs(inputs))
    assert batch.results[1].problems == ("程序出错：RuntimeError：怪事",)
    assert [each.ok for each in batch.results] == [True, False, True, False, True, True]


def test_batches_write_the_same_bytes_as_single_runs(inputs, tmp_path):
    run_batch(jobs(inputs), 2)
    for name, content in documents(inputs).items():
        single = produce(inputs / name.replace("docx", "xlsx"), tmp_path / "single" / name)
        assert single.output.read_bytes() == content


def test_a_second_run_does_only_what_is_not_up_to_date(inputs):
    first = run_batch(jobs(inputs))
    before = {p: p.stat().st_mtime_ns for p in (inputs.parent / "outputs").glob("*.docx")}
    Workbook().set(部门名称="单位0", 退休人数=9).save(inputs / "0.xlsx")
    (inputs.parent / "outputs" / "1.docx").unlink()
    second = run_batch(jobs(inputs), 2)
    assert [each.status for each in second.results] == [
        Status.DONE, Status.DONE, Status.UP_TO_DATE, Status.FAILED, Status.UP_TO_DATE, Status.UP_TO_DATE,
    ]  # fmt: skip
    kept = second.results[5]
    assert (kept.total, kept.scores, kept.figures) == tuple(
        getattr(first.results[5], name) for name in ("total", "scores", "figures")
    )
    for path, moment in before.items():
        changed = path.name in ("0.docx", "1.docx")
        assert (path.stat().st_mtime_ns != moment) == changed


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": 1}', '{"key": "x", "scores": 5}'])
def test_a_damaged_note_only_costs_the_time(inputs, content):
    run_batch(jobs(inputs)[:1])
    (inputs.parent / "outputs" / ".gen-report" / "0.unit.json").write_text(content, "utf-8")
    assert run_batch(jobs(inputs)[:1]).results[0].status is Status.DONE


def test_other_wishes_are_not_up_to_date(inputs):
    run_batch(jobs(inputs)[:1])
    with_paper = [job(inputs / "0.xlsx", Wanted(workpaper=True))]
    assert run_batch(with_paper).results[0].status is Status.DONE
    assert (inputs.parent / "outputs" / "0-底稿.xlsx").is_file()


def killer(each):
    """Stands in for the real work: the unit whose name says so takes its process with it, the first time."""
    mark = each.path.with_suffix(".killed")
    if each.path.stem == "2" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return units.run(each)


def murderer(each):
    if each.path.stem == "2":
        os.kill(os.getpid(), signal.SIGKILL)
    return units.run(each)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@needs_fork
def test_a_killed_worker_costs_nothing(inputs, monkeypatch):
    monkeypatch.setattr(batches, "run", killer)
    batch = run_batch(jobs(inputs), 2)
    assert [each.ok for each in batch.results] == [True, True, True, False, True, True]
    assert batch.results[3].status is Status.FAILED


@needs_fork
def test_a_unit_that_kills_every_worker_is_told_as_missing(inputs, monkeypatch):
    monkeypatch.setattr(batches, "run", murderer)
    batch = run_batch(jobs(inputs), 2)
    assert batch.results[2].status is Status.MISSING
    assert batch.results[2].problems == ("处理它的进程意外结束，没有生成；请再运行一次，已完成的不会重做",)
    whole = documents(inputs)
    assert all(content.endswith(b"\0\0") or content[:2] == b"PK" for content in whole.values())
    monkeypatch.undo()
    again = run_batch(jobs(inputs), 2)
    assert [each.ok for each in again.results] == [True, True, True, False, True, True]
    assert {path: documents(inputs)[path] for path in whole} == whole


def test_an_interruption_keeps_what_is_finished(inputs):
    told = []

    def interrupt(result):
        told.append(result)
        if len(told) == 2:
            raise KeyboardInterrupt

    batch = run_batch(jobs(inputs), 1, told=interrupt)
    assert batch.interrupted
    assert [each.status for each in batch.results] == [Status.DONE] * 2 + [Status.MISSING] * 4
    assert batch.results[2].problems == ("被中断，没有生成；请再运行一次，已完成的不会重做",)
    again = run_batch(jobs(inputs))
    assert [each.status for each in again.results][:2] == [Status.UP_TO_DATE] * 2


class Elsewhere:
    """An executor of another kind, which loses the worker of every third job."""

    def __init__(self):
        self.submitted = 0

    def submit(self, function, *args):
        self.submitted += 1
        future = Future()
        if self.submitted % 3 == 0:
            future.set_exception(ConnectionError("worker lost"))
        else:
            future.set_result(function(*args))
        return future


def test_any_executor_will_do_and_its_losses_are_told(inputs):
    batch = run_batch(jobs(inputs), executor=Elsewhere())
    lost = [number for number, each in enumerate(batch.results) if each.status is Status.MISSING]
    assert lost == [2, 5]
    assert batch.results[2].problems[0].endswith("（ConnectionError）")


def rows(book, sheet):
    content = list(book[sheet].iter_rows(min_row=3, values_only=True))
    return [dict(zip(content[0], row, strict=True)) for row in content[1:]]


def test_the_summary_holds_every_unit_with_its_figures_and_scores(inputs, tmp_path):
    batch = run_batch(jobs(inputs))
    (tmp_path / "汇总.xlsx").write_bytes(summary(batch.results))
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert book.sheetnames == ["汇总", "失分", "问题"]
    units_ = [row for row in rows(book, "汇总") if isinstance(row["序号"], int)]
    assert [row["单位名称"] for row in units_] == [f"单位{n}" for n in range(UNITS)]
    assert [row["状态"] for row in units_] == ["已生成"] * 3 + ["有错误"] + ["已生成"] * 2
    assert [row["综合得分"] for row in units_] == [99, 99, 99, None, 99, 97]
    assert units_[0]["收入合计"] == 5237.85
    assert units_[5]["资金结余（预算执行）"] == 0
    lost = rows(book, "失分")[0]
    assert (lost["三级指标"], lost["失分单位数"], lost["失分合计"]) == ("资金结余", 6, 8)
    assert "单位5：资金结余：累计结余1680.25万元，超过上年结转1131.56万元，计0分" in lost["失分的单位和原因"]
    problems = [row["问题"] for row in rows(book, "问题") if row["单位名称"] == "单位3"]
    assert "错误 基本情况!C9〔人员编制〕没有填写；请填写" in problems
    assert len(book["汇总"]._charts) == 1


def test_the_totals_of_the_summary_are_formulas_over_all_units(inputs, tmp_path):
    batch = run_batch(jobs(inputs))
    (tmp_path / "汇总.xlsx").write_bytes(summary(batch.results))
    total = next(
        row
        for row in rows(openpyxl.load_workbook(tmp_path / "汇总.xlsx"), "汇总")
        if row["单位名称"] == "合计"
    )
    assert total["收入合计"] == '=IF(COUNT(J4:J9)=0,"",ROUND(SUM(J4:J9),2))'
    assert total["综合得分"] is None


def test_a_summary_of_nothing_is_a_summary(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(summary([]))
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["汇总", "问题"]


def test_the_command(inputs):
    done = command(inputs, "--jobs", 2, "--summary", inputs.parent / "outputs" / "汇总.xlsx")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert sorted(line.split("] ")[0] for line in lines[:UNITS]) == [f"[{n}/6" for n in range(1, 7)]
    assert lines[-2:] == [
        "没有生成的 1 份：",
        f"  {inputs / '3.xlsx'}：错误 基本情况!C9〔人员编制〕没有填写；请填写",
    ]
    said = done.stdout.splitlines()
    assert said[0].startswith("共 6 份：完成 5（其中没有变化 0），没有生成 1；用时 ")
    assert said[1] == f"已生成 {inputs.parent / 'outputs' / '汇总.xlsx'}"


def test_the_command_when_all_is_well(inputs):
    (inputs / "3.xlsx").unlink()
    assert command(inputs, "--jobs", 2).returncode == 0
    done = command(inputs, "--jobs", 2)
    assert done.stdout.startswith("共 5 份：完成 5（其中没有变化 5），没有生成 0；")


@needs_fork
def test_ctrl_c_in_the_middle_leaves_whole_reports_and_a_summary(tmp_path):
    for number in range(60):
        Workbook().set(退休人数=number).save(tmp_path / "inputs" / f"{number:02}.xlsx")
    args = [
        sys.executable,
        "-m",
        "generator",
        tmp_path / "inputs",
        "--jobs",
        "2",
        "--summary",
        tmp_path / "s.xlsx",
    ]
    process = subprocess.Popen(args, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
                               env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    for line in process.stderr:
        if line.startswith("[5/60]"):
            process.send_signal(signal.SIGINT)
            break
    said = process.stderr.read()
    process.stdout.read()
    assert process.wait() == 130
    assert "已中断；已写完的报告是完整的，再运行一次会接着做没有完成的。" in said
    states = [
        row["状态"]
        for row in rows(openpyxl.load_workbook(tmp_path / "s.xlsx"), "汇总")
        if isinstance(row["序号"], int)
    ]
    done = len(list((tmp_path / "outputs").glob("*.docx")))
    assert 5 <= states.count("已生成") <= done < 60
    assert "未完成" in states
    again = command(tmp_path / "inputs", "--jobs", 2)
    assert f"完成 60（其中没有变化 {done}）" in again.stdout


def test_two_workbooks_for_one_report_are_refused(inputs):
    other = inputs.parent / "0.xlsx"
    other.write_bytes((inputs / "0.xlsx").read_bytes())
    done = command(inputs, other, "--jobs", 2)
    assert done.returncode == 2
    assert "会写到同一个文件" in done.stderr


@pytest.mark.parametrize("option", [["-o", "x.docx"], ["--watch"], ["--json"]])
def test_options_that_are_not_for_batches(inputs, option):
    done = command(inputs, "--jobs", 2, *option)
    assert done.returncode == 2
    assert done.stderr == (
        "命令写错：批量生成（--jobs、--summary、--dask）不能和 -o、--watch、--json 一起用；用 gen-report --help 查看用法\n"
    )


def test_a_summary_that_cannot_be_written(inputs, tmp_path):
    (tmp_path / "x.xlsx").mkdir()
    done = command(inputs / "0.xlsx", "--summary", tmp_path / "x.xlsx")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"错误 写不进 {tmp_path / 'x.xlsx'}：")
