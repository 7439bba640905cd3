"""Many runs at once, in real processes; only the report is a stand-in (stub_child)."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from batch import stub_child
from jspmodel.batch import Job, Result, attempt, job_process, run_here, sensible_workers
from jspmodel.batch import pool as pool_module
from jspmodel.processes import EndedError
from tiny import tiny_tables, write_case

CHILD = [sys.executable, "-P", str(Path(__file__).parent / "stub_child.py")]
QUICK = "solver: {threads: 1}\n"
FAR = 600.0
"""Seconds in which what is waited for has happened on any machine, or never will."""


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    """Make jobs of the tiny case by the names of its scenarios."""
    monkeypatch.setattr(job_process, "COMMAND", CHILD)
    monkeypatch.chdir(tmp_path)
    case = write_case(tmp_path / "tiny", tiny_tables(), QUICK)

    def make(*names, out="reports"):
        for name in names:
            (case / "scenarios" / f"{name}.yaml").write_text(f"budget_scale: 0.9\n{QUICK}")
        return [Job(Path(f"tiny/scenarios/{name}.yaml"), Path(out), ("id",)) for name in names]

    return make


def results(jobs, workers):
    told = [told for _, told in run_here(jobs, workers)]
    return {result.job.scenario_file.stem: result for result in told if isinstance(result, Result)}


def codes(result):
    return [problem.code for problem in result.error.problems]


def test_one_that_fails_or_dies_stops_nobody_and_workers_change_nothing(jobs, tmp_path, monkeypatch):
    done = results(jobs("full", "dies_once", "bug", "dies_always", "plain"), 2)
    assert {name: result.status for name, result in done.items()} == {
        "full": "failed", "dies_once": "done", "bug": "failed", "dies_always": "failed", "plain": "done",
    }  # fmt: skip
    assert codes(done["full"]) == ["disk_full"]
    assert codes(done["dies_always"]) == ["worker_lost"]
    assert "ZeroDivisionError: what nobody thought of" in done["bug"].error.problems[0].values["error"]
    assert "render" in done["bug"].trace
    assert sorted(path.name for path in (tmp_path / "reports/tiny").glob("[!.]*")) == ["dies_once", "plain"]
    monkeypatch.setattr("jspmodel.batch.run_job.compute", stub_child.compute)
    monkeypatch.setattr("jspmodel.batch.run_job.render", lambda work, plan, keeper: None)
    for job in jobs("plain", "dies_once", out="here"):
        attempt(job, lambda step: None)
        there = done[job.scenario_file.stem].job.folder / "plan.json"
        assert (job.folder / "plan.json").read_bytes() == there.read_bytes()
        assert not json.loads(there.read_bytes())["stopped_by_clock"]


@pytest.mark.parametrize(
    "shell", [[], ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]], ids=["alone", "in the background"]
)
def test_nobody_is_left_when_the_main_process_is_killed(jobs, tmp_path, shell):
    """Nor of what a script started in the background, where Ctrl-C is ignored from the start."""
    jobs("slow")
    code = (
        f"from jspmodel.batch import Job, job_process, run_here; from pathlib import Path; job_process.COMMAND = {CHILD}\n"
        "list(run_here([Job(Path('tiny/scenarios/slow.yaml'), Path('reports'), ('id',))], 1))"
    )
    owner = subprocess.Popen([*shell, sys.executable, "-c", code], start_new_session=True)
    try:
        until(lambda: written(tmp_path / "pid") or owner.poll() is not None)
        child = int(written(tmp_path / "pid"))
        assert list((tmp_path / "reports/tiny/.running/slow").glob("work-*"))
    finally:
        owner.kill()
        owner.wait()
    until(lambda: not running(child))
    assert not (tmp_path / "reports/tiny/.running").exists()


def written(file):
    return file.read_text() if file.exists() else ""


def until(happens):
    end = time.monotonic() + FAR
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def test_who_stops_reading_ends_the_processes(jobs, tmp_path):
    heard = run_here(jobs("slow"), 1)
    assert [next(heard)[1], next(heard)[1]] == ["solve", "report"]
    until(lambda: written(tmp_path / "pid"))
    child = int(written(tmp_path / "pid"))
    assert os.getsid(child) == child  # Ctrl-C in the terminal reaches it only through its owner
    heard.close()
    assert not running(child)
    assert not (tmp_path / "reports/tiny/.running").exists()


@pytest.mark.parametrize(("cores", "threads", "expected"), [(8, 2, 3), (4, 2, 2), (2, 4, 1), (1, 1, 1)])
def test_workers_leave_each_solver_its_threads(jobs, monkeypatch, cores, threads, expected):
    monkeypatch.setattr(pool_module, "usable_cores", lambda: cores)
    made = jobs("a", "b", "c")
    made[0].scenario_file.write_text(f"solver: {{threads: {threads}}}\n")
    made[1].scenario_file.write_text("no: such key\n")
    assert sensible_workers(made) == expected


def test_a_worker_without_work_ends_by_itself(jobs, monkeypatch):
    idle = "from jspmodel.batch import run_process; run_process.IDLE = 0.1; run_process.main()"
    monkeypatch.setattr(job_process, "COMMAND", [sys.executable, "-P", "-c", idle])
    lender = job_process.workers(Path.cwd())
    with lender.lend() as lent, pytest.raises(EndedError, match="exit code 0"):
        lent.hear(FAR)
    monkeypatch.setattr(job_process, "COMMAND", CHILD)
    assert job_process.carry_out(jobs("a")[0], lender, lambda step: None).status == "done"
    lender.end()
