"""What `jspmodel run` tells of many runs, and how it ends; the runs themselves are given."""

from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jspmodel.batch import Result
from jspmodel.cli import app
from jspmodel.errors import Problem, RunError
from small_decision import small_plan
from tiny import tiny_tables, write_case

PLAN = small_plan(stopped_by_clock=True)
LOST = RunError("lost", [Problem("worker_lost", values={"times": 2})])


@pytest.fixture
def call(tmp_path, monkeypatch):
    case = write_case(tmp_path / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    for name in ("again", "new"):
        (case / "scenarios" / f"{name}.yaml").write_text("solver: {threads: 1}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    asked, failing = [], []

    def results(jobs, count):
        asked.extend([count, *jobs])
        first, second, third = jobs
        yield third, "solve"
        yield third, Result(third, "done", 90.0, PLAN)
        yield second, Result(second, "skipped", 1.0, PLAN)
        yield first, Result(first, "failed", 3.0, error=LOST) if failing else Result(first, "done", 3.0, PLAN)

    monkeypatch.setattr(import_module("jspmodel.commands.run"), "run_here", results)

    def run(*words, fail=False):
        asked.clear()
        failing[:] = [True] if fail else []
        return CliRunner().invoke(app, ["run", *words, "--language", "en"]), asked

    return run


def test_one_failure_makes_the_exit_code_and_is_noted(call):
    answer, _ = call("tiny", "--workers", "2", fail=True)
    assert answer.exit_code == 1
    assert "1 of 3 scenarios failed" in answer.stderr
    assert "Use fewer --workers" in answer.stderr
    assert Path("reports/tiny/.failed/baseline.json").is_file()
    assert "Use fewer --workers" in Path("reports/index.en.html").read_text(encoding="utf-8")


def test_the_end_says_what_was_done_skipped_and_stopped(call):
    answer, asked = call("tiny", "--workers", "2")
    assert answer.exit_code == 0, answer.output
    assert asked[0] == 2
    assert "3 scenarios, 2 at once" in answer.stdout
    assert (
        "[1/3] tiny/new: 2 of 3 programmes selected; proven the best within 1.0% (90 seconds)"
        in answer.stdout
    )
    assert "[2/3] tiny/again: skipped, nothing has changed" in answer.stdout
    assert "about" in answer.stdout
    assert "2 done, 1 skipped, 0 failed" in answer.stdout
    lines = [line for line in answer.stdout.splitlines() if line.startswith(" tiny/")]
    assert [line.split()[0] for line in lines] == ["tiny/baseline", "tiny/again", "tiny/new"]
    notes = [line for line in answer.stdout.splitlines() if line.startswith("* tiny/")]
    assert notes[0].startswith("* tiny/baseline: the time limit stopped the search")


def test_a_scenario_named_twice_runs_once_and_force_reaches_it(call):
    again = "tiny/scenarios/again.yaml"
    answer, asked = call("tiny", again, "./tiny", "--force")
    assert answer.exit_code == 0, answer.output
    assert len(asked) == 1 + 3
    assert all(job.force for job in asked[1:])


def test_two_scenarios_that_would_write_one_folder_are_refused(call, tmp_path):
    write_case(tmp_path / "other" / "tiny", tiny_tables())
    for words in (["tiny", "other/tiny"], ["tiny", "--name", "x"]):
        answer, _ = call(*words)
        assert answer.exit_code == 2
        assert "would write the same folder" in answer.stderr
    assert not Path("reports").exists()


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("taken", "taken is a file, and --out names the folder"),
        ("taken/runs", "taken/runs cannot be written"),
    ],
)
def test_a_folder_of_results_that_cannot_be_is_told_once_before_anything_runs(call, out, told):
    Path("taken").write_text("a file")
    answer, asked = call("tiny", "--out", out)
    assert answer.exit_code == 1
    assert answer.stderr.count(told) == 1
    assert asked == []


def test_a_change_that_no_scenario_takes_ends_it_before_anything_runs(call):
    answer, asked = call("tiny", "--set", "budget_scal=1")
    assert answer.exit_code == 3
    assert "budget_scal" in answer.stderr
    assert asked == []
