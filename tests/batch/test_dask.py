"""Runs on a Dask cluster: the same results, clear words where it cannot be had."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import LocalCluster
from distributed.comm import CommClosedError

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


def test_what_answers_and_is_no_scheduler_is_told_as_that(monkeypatch):
    """A server of pages begins with "HTTP/1.1", which reads as the length of a message: 3 EiB."""

    def answer(*_, **__):
        raise MemoryError("Unable to allocate 3.07 EiB")

    monkeypatch.setattr("distributed.Client.__init__", answer)
    monkeypatch.setattr("distributed.Client.close", lambda self: None)
    assert refused("tcp://127.0.0.1:80").code == "no_scheduler"


def prepared(tmp_path, monkeypatch):
    """Have a case of three programmes, runs of it that write no page, and a list of the plans that were sought."""
    write_case(tmp_path / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    monkeypatch.chdir(tmp_path)
    sought = []

    def compute(*arguments):
        sought.append(arguments)
        return stub_child.compute(*arguments)

    monkeypatch.setattr("jspmodel.batch.run_job.compute", compute)
    monkeypatch.setattr("jspmodel.batch.run_job.render", lambda work, plan, keeper: None)
    return sought


@pytest.mark.parametrize("force", [False, True])
def test_what_was_done_whole_before_the_scheduler_was_lost_is_told_as_done(tmp_path, monkeypatch, force):
    """The worker ends one of two runs, then the scheduler is gone: both futures end as cancelled."""
    sought = prepared(tmp_path, monkeypatch)
    (tmp_path / "tiny" / "scenarios" / "other.yaml").write_text("solver: {threads: 1}\n")
    one = replace(JOB, force=force)
    if force:
        attempt(JOB, lambda step: None)  # an earlier run stands there

    def lost(job, home):
        if job.scenario_file == JOB.scenario_file:
            attempt(job, lambda step: None)
        raise CommClosedError("gone")

    monkeypatch.setattr(dask, "carry_out_there", lost)
    other = Job(Path("tiny/scenarios/other.yaml"), Path("reports"), ("id",))
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        told = [*run_on_dask([one, other], cluster.scheduler_address)]
    done = {job.scenario_file: result for job, result in told}
    assert (done[one.scenario_file].status, done[one.scenario_file].job) == ("done", one)
    assert done[one.scenario_file].plan is not None
    assert [problem.code for problem in done[other.scenario_file].error.problems] == ["scheduler_lost"]
    assert len(sought) == 1 + force
    assert attempt(JOB, lambda step: None).status == "skipped"


def test_a_forced_run_that_is_tried_again_is_not_made_again(tmp_path, monkeypatch):
    """All end within one second and take as long, as on a quick machine: their records are alike in every byte."""
    sought = prepared(tmp_path, monkeypatch)
    monkeypatch.setattr("jspmodel.batch.run_job._now", lambda: "2026-11-30T00:00:00+00:00")
    monkeypatch.setattr("jspmodel.batch.run_job.round", lambda value, digits: 0.0, raising=False)
    attempt(JOB, lambda step: None)
    forced = replace(JOB, force=True).noted()
    assert [attempt(forced, lambda step: None).status for _ in range(2)] == ["done", "done"]
    assert len(sought) == 2
