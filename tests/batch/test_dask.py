"""Runs on a Dask cluster: the same results, clear words where it cannot be had."""

import sys
from pathlib import Path

import pytest
from distributed import LocalCluster

from batch import stub_child
from jspmodel.batch import Job, attempt, dask, job_process, run_on_dask
from jspmodel.errors import RunError
from tiny import tiny_tables, write_case

JOB = Job(Path("tiny/scenarios/baseline.yaml"), Path("reports"), ("id",))


def test_a_cluster_gives_the_same_plan_and_tells_what_failed(tmp_path, monkeypatch):
    case = write_case(tmp_path / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    (case / "scenarios" / "full.yaml").write_text("solver: {threads: 1}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jspmodel.batch.run_job.compute", stub_child.compute)
    monkeypatch.setattr("jspmodel.batch.run_job.render", lambda work, plan, keeper: None)
    here = attempt(Job(JOB.scenario_file, Path("here"), ("id",)), lambda step: None)
    monkeypatch.setattr(job_process, "COMMAND", [sys.executable, "-P", stub_child.__file__])
    monkeypatch.chdir("/")  # the cluster's own current folder is another
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        monkeypatch.chdir(tmp_path)
        full = Job(Path("tiny/scenarios/full.yaml"), Path("reports"), ("id",))
        done = {job.scenario_file: told for job, told in run_on_dask([JOB, full], cluster.scheduler_address)}
    job_process._here[next(iter(job_process._here))].end()
    assert [problem.code for problem in done[full.scenario_file].error.problems] == ["disk_full"]
    assert done[JOB.scenario_file].job == JOB
    assert done[JOB.scenario_file].plan == here.plan
    plans = [(tmp_path / job.folder / "plan.json").read_bytes() for job in (JOB, here.job)]
    assert plans[0] == plans[1]


def refused(address):
    with pytest.raises(RunError) as caught:
        next(run_on_dask([JOB], address))
    return caught.value.problems[0]


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    problem = refused("tcp://127.0.0.1:1")
    assert (problem.code, problem.values["extra"]) == ("extra_missing", "dask")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "no address", "", "http://127.0.0.1:1"])
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch, address):
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 0.3)
    problem = refused(address)
    assert (problem.code, problem.values["address"]) == ("no_scheduler", address)
