"""A result is whole or not there, whatever stops its making: one process, the report a stand-in."""

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from batch import stub_child
from jspmodel.batch import Job, attempt, note_failure
from jspmodel.batch.lock import locked
from jspmodel.errors import RunError
from jspmodel.intake import load
from jspmodel.pages import write_index
from jspmodel.runs import read_entries
from jspmodel.selection import select_programs
from tiny import tiny_tables, write_case

QUICK = "solver: {threads: 1}\n"


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = write_case(tmp_path_factory.mktemp("plan") / "tiny", tiny_tables(), QUICK)
    return select_programs(*load(folder))


@pytest.fixture
def home(tmp_path, monkeypatch, plan):
    def compute(work, keeper, watch, asked):
        (work.folder / "plan.json").write_text(plan.model_dump_json())
        return plan

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jspmodel.batch.run_job.compute", compute)
    monkeypatch.setattr("jspmodel.batch.run_job.render", stub_child.render)
    write_case(tmp_path / "tiny", tiny_tables(), QUICK)
    return tmp_path


def run(languages=("id",), out="reports", **more):
    return attempt(Job(Path("tiny/scenarios/baseline.yaml"), Path(out), languages, **more), lambda step: None)


def code(result):
    return [problem.code for problem in result.error.problems]


def test_what_is_finished_and_unchanged_is_skipped(home):
    assert [run().status, run().status] == ["done", "skipped"]
    assert run().plan == run(force=True).plan
    assert run(force=True).status == "done"
    assert run(languages=("id", "en")).status == "done"
    assert run(languages=("en",)).status == "skipped"


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home / "tiny/funds.csv").write_text((home / "tiny/funds.csv").read_text() + "x,X,\n"),
        lambda home: (home / "tiny/scenarios/baseline.yaml").write_text("solver: {threads: 2}\n"),
        lambda home: (home / "reports/tiny/baseline/report.id.html").write_text(""),
        lambda home: (home / "reports/tiny/baseline/report.id.html").unlink(),
        lambda home: (home / "reports/tiny/baseline/plan.json").write_text("{}"),
        lambda home: (home / "reports/tiny/baseline/run.json").write_text('{"status": "done", "ke'),
        lambda home: (home / "reports/tiny/baseline/run.json").write_text("[]"),
    ],
)
def test_what_has_changed_or_is_damaged_is_made_again(home, change):
    first = run()
    change(home)
    again = run()
    assert (first.status, again.status) == ("done", "done")
    assert run().status == "skipped"


@pytest.mark.parametrize("what", ["code_hash", "version"])
def test_other_code_makes_it_again(home, monkeypatch, what):
    run()
    monkeypatch.setattr(f"jspmodel.runs.record.{what}", lambda *name: "9")
    assert run().status == "done"


def test_the_same_input_gives_the_same_bytes(home, monkeypatch):
    monkeypatch.setattr("jspmodel.batch.run_job.compute", stub_child.compute)
    run()
    first = (home / "reports/tiny/baseline/plan.json").read_bytes()
    run(force=True)
    assert (home / "reports/tiny/baseline/plan.json").read_bytes() == first


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "not_writable_folder"),
        (errno.EIO, "run_crashed"),
    ],
)
def test_a_disk_that_fails_leaves_the_earlier_result(home, monkeypatch, number, expected):
    run()
    before = sorted(path.name for path in (home / "reports/tiny/baseline").iterdir())

    def fails(work, plan, keeper):
        (work.folder / "report.id.html").write_text("half a pa")
        raise OSError(number, os.strerror(number), str(work.folder / "report.id.html"))

    with monkeypatch.context() as patch:
        patch.setattr("jspmodel.batch.run_job.render", fails)
        assert code(run(force=True)) == [expected]
    assert sorted(path.name for path in (home / "reports/tiny").rglob("*")) == sorted(["baseline", *before])
    assert run().status == "skipped"


def test_a_place_that_cannot_be_written_is_told_before_anything_is_computed(home, monkeypatch):
    monkeypatch.setattr("jspmodel.batch.run_job.compute", None)
    (home / "file").write_text("")
    assert code(run(out="file")) == ["not_writable_folder"]


def test_what_a_killed_process_left_is_tidied_up(home):
    run()
    hidden = home / "reports/tiny/.running/baseline"
    (hidden / "work-dead").mkdir(parents=True)
    (hidden / "work-dead/plan.json").write_text("{")
    (home / "reports/tiny/baseline").rename(hidden / "earlier")  # killed between the two renames
    assert run().status == "skipped"
    assert [path.name for path in (home / "reports/tiny").iterdir()] == ["baseline"]


def test_two_at_once_do_not_mix(home, monkeypatch):
    monkeypatch.setattr("jspmodel.batch.place.PATIENCE", 0.3)
    hidden = home / "reports/tiny/.running/baseline"
    holder = (
        "import sys; from pathlib import Path; from jspmodel.batch.lock import locked\n"
        f"with locked(Path({str(hidden / 'lock')!r}), 0): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout.readline() == "held\n"
        (hidden / "work-theirs").mkdir()
        refused = run()
        assert code(refused) == ["run_taken"]
        assert (hidden / "work-theirs").is_dir()
        note_failure(refused, "id")
        assert not (home / "reports/tiny/.failed").exists()
        other.kill()  # as the system would take it away: the lock goes with it
        other.stdin.close()
    assert run().status == "done"
    assert not hidden.exists()


def test_a_lock_whose_file_is_deleted_is_taken_anew(tmp_path):
    file = tmp_path / "lock"
    with locked(file, 0):
        file.unlink()
        with locked(file, 0):
            pass
        with locked(file, 0), pytest.raises(RunError), locked(file, 0):
            pass


def test_a_failure_is_noted_for_the_index_until_the_run_succeeds(home, monkeypatch):
    (home / "tiny/scenarios/baseline.yaml").write_text("budget_scale: 0.1\nlocked_in: [P02]\n")
    monkeypatch.setattr("jspmodel.batch.run_job.compute", stub_child.compute)
    failed = run()
    note_failure(failed, "en")
    entry = read_entries(home / "reports")[0]
    assert (entry.case, entry.run, entry.finished) == ("tiny", "baseline", None)
    assert "P02 (Pengolahan sampah) is locked in" in entry.failure.error
    note = json.loads((home / "reports/tiny/.failed/baseline.json").read_text())
    assert [problem["code"] for problem in note["problems"]] == code(failed)
    (home / "tiny/scenarios/baseline.yaml").write_text("")
    assert run().status == "done"
    assert not (home / "reports/tiny/.failed").exists()
    assert read_entries(home / "reports")[0].failure is None


@pytest.mark.parametrize(
    ("mask", "folder", "file"), [(0o022, 0o755, 0o644), (0o077, 0o700, 0o600), (0o002, 0o775, 0o664)]
)
def test_who_may_read_a_result_is_what_the_umask_says(home, mask, folder, file):
    before = os.umask(mask)
    try:
        assert run().status == "done"
        write_index(home / "reports")
    finally:
        os.umask(before)
    place = home / "reports/tiny/baseline"
    assert stat.S_IMODE(place.stat().st_mode) == folder
    for written in (place / "plan.json", place / "run.json", home / "reports/index.id.html"):
        assert stat.S_IMODE(written.stat().st_mode) == file
