"""A batch on a real Dask cluster of two workers, one of which is killed on the way."""

import os
import signal
import sys

import pytest
from test_cli import run as command
from workbooks import Workbook

from generator.batch import run_batch
from generator.pipeline import produce
from generator.units import job
from generator.wanted import Wanted

distributed = pytest.importorskip("distributed")


@pytest.fixture
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.fixture
def inputs(tmp_path):
    for number in range(24):
        Workbook().set(退休人数=number).save(tmp_path / "inputs" / f"{number:02}.xlsx")
    return tmp_path / "inputs"


def test_a_killed_worker_costs_nothing_and_the_bytes_are_the_same(cluster, inputs, tmp_path):
    from generator.cluster import executor_of

    victims = [worker.pid for worker in cluster.workers.values()]

    def kill_once(_):
        if victims:
            os.kill(victims.pop(), signal.SIGKILL)
            victims.clear()

    with executor_of(cluster.scheduler_address) as executor:
        batch = run_batch([job(path, Wanted()) for path in sorted(inputs.iterdir())], 2, executor, kill_once)
    assert victims == []
    assert [each.problems for each in batch.failed] == []
    for path in sorted(inputs.iterdir())[::6]:
        single = produce(path, tmp_path / "single" / f"{path.stem}.docx").output.read_bytes()
        assert (tmp_path / "outputs" / f"{path.stem}.docx").read_bytes() == single


def test_the_command_on_a_cluster(cluster, inputs):
    done = command(inputs, "--dask", cluster.scheduler_address)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("共 24 份：完成 24")


def test_a_cluster_that_is_not_there(inputs):
    done = command(inputs / "00.xlsx", "--dask", "127.0.0.1:1")
    assert done.returncode == 1
    assert "连不上 Dask 集群 127.0.0.1:1，请核对地址和网络\n" in done.stderr


def test_without_dask_the_command_says_how_to_get_it(inputs, monkeypatch):
    from click import ClickException

    from generator.cli.many import run_many

    monkeypatch.setitem(sys.modules, "generator.cluster", None)
    with pytest.raises(ClickException, match="没有安装 Dask，请先运行 python -m pip install"):
        run_many(sorted(inputs.iterdir()), Wanted(), 1, None, "127.0.0.1:1")
