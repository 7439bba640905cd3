"""What a run is called wherever it is told; what commands say at the width of a small terminal."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import jspmodel as jsp
from jspmodel.batch import Job, Result
from jspmodel.cli import app
from jspmodel.commands import progress_table
from jspmodel.commands.progress_table import ProgressTable
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.runs import read_entries
from jspmodel.text import all_wording, run_name, say
from small_decision import small_plan


def test_a_run_with_changes_is_no_longer_called_its_scenario(tiny_folder):
    file = tiny_folder / "scenarios" / "baseline.yaml"
    job = Job(file, Path("reports"), changes={"budget_scale": "0.9"}, name="lean")
    assert job.called == "lean (budget_scale=0.9)"
    assert Job(file, Path("reports"), changes={"solver.gap": 0.1}).called == "baseline (solver.gap=0.1)"
    assert Job(file, Path("reports")).called == "baseline"
    assert Job(file, Path("reports"), name="lean").called == "lean"


def test_a_name_is_cut_short_whatever_was_changed():
    told = run_name("lean", "baseline", {"locked_out": "[" + "P1, " * 1000 + "]"})
    assert told.startswith("lean (locked_out=[P1, P1")
    assert len(told) < 80


def test_the_index_calls_it_so_too(tmp_path):
    for run, changes in (("baseline", {}), ("lean", {"budget_scale": "0.9"})):
        folder = tmp_path / "diy" / run
        folder.mkdir(parents=True)
        record = {
            "scenario": "baseline", "parameters": {"title": {"id": "Dasar", "en": "Base"}}, "status": "done",
            "finished": "2027-03-01T10:00:00+00:00", "changes": changes,
        }  # fmt: skip
        (folder / "run.json").write_text(json.dumps(record))
        (folder / "plan.json").write_text(small_plan().model_dump_json())
    base, lean = read_entries(tmp_path)
    assert base.title == {"id": "Dasar", "en": "Base"}
    assert lean.title == dict.fromkeys(("id", "en"), "lean (budget_scale=0.9)")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_table_of_runs_has_one_line_a_run_at_80_columns(tiny_folder, language, monkeypatch):
    screen = Console(file=io.StringIO(), width=80, highlight=False)
    monkeypatch.setattr(progress_table, "OUT", screen)
    long = "a-name-of-a-scenario-that-somebody-made-very-long"
    names = ("baseline", "technical-criteria", "lean", long)
    for name in names:
        (tiny_folder / "scenarios" / f"{name}.yaml").write_text("")
    jobs = [Job(tiny_folder / "scenarios" / f"{name}.yaml", Path("reports")) for name in names]
    failed = RunError("x", [Problem("not_found", file="somewhere.csv")])
    results = [
        Result(jobs[0], "done", 3.25, small_plan()),
        Result(jobs[1], "skipped", 0.0, small_plan().model_copy(update={"stopped_by_clock": True})),
        Result(jobs[2], "failed", 12.0, error=failed),
        Result(jobs[3], "done", 12345.0, small_plan()),
    ]
    told = ProgressTable(4, 2, language)
    screen.print(told.table(results))
    lines = screen.file.getvalue().splitlines()
    for name in names:
        (line,) = [line for line in lines if f"tiny/{name[:20]}" in line]
        assert len(line.rstrip()) <= 80
        assert ("…" in line) == (name == long)
        assert line.rstrip()[-1].isdigit()  # the last column is whole
    assert say("batch.status_failed", language) in "".join(lines)
    notes = told.notes(results)
    assert [note.partition(":")[0] for note in notes] == ["* tiny/technical-criteria", "* tiny/lean"]
    assert "somewhere.csv" in notes[1]
    assert say("batch.by_clock", language) in notes[0]


def test_solve_says_first_why_what_is_not_in_is_not_in(tiny_folder, store):
    file = tiny_folder / "scenarios" / "baseline.yaml"
    file.write_text("locked_out: [P02]\nsolver: {threads: 1}\n")
    done = CliRunner().invoke(app, ["solve", str(file), "--language", "en"], env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    left = done.stdout.index("not selected, and why (1 of 3)")
    assert left < done.stdout.index("selected programmes")
    row = next(line for line in done.stdout.splitlines() if line.strip().startswith("P02"))
    case, scenario = jsp.load(file)
    (item,) = [one for one in jsp.select_programs(case, scenario).programs if one.program == "P02"]
    assert item.reason == "locked_out"
    assert say("reason.locked_out", "en")[:20] in " ".join(row.split())
    assert max(map(len, done.stdout.splitlines())) <= 120  # only sentences are as long as they are


def test_solve_says_what_was_changed(tiny_folder, store):
    words = ["solve", str(tiny_folder), "--language", "en", "--set", "budget_scale=0.9"]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    assert "baseline (budget_scale=0.9): selected programmes" in done.stdout
    assert "baseline (budget_scale=0.9): 3 of 3 programmes selected" in done.stdout


def test_lab_brings_the_case_that_the_notebooks_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.execv", lambda *_: None)
    done = CliRunner().invoke(app, ["lab", "--language", "en"])
    assert "data/diy" in done.stdout
    jsp.load(tmp_path / "data" / "diy" / "scenarios" / "no-equity.yaml")
    monkeypatch.chdir(tmp_path / "notebooks")
    assert jsp.load("data/diy/scenarios/baseline.yaml")[0].folder.resolve() == tmp_path / "data" / "diy"
    mine = tmp_path / "project"
    (mine / "data").mkdir(parents=True)
    monkeypatch.chdir(mine)  # somebody's own data: nothing is put beside it
    CliRunner().invoke(app, ["lab"])
    assert list((mine / "data").iterdir()) == []


def test_the_version():
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"jspmodel {jsp.__version__}\n")


@pytest.mark.parametrize("language", ["fr", "", "../en", "id\0", "x" * 5000])
def test_a_language_that_there_is_not_is_told_in_both_that_there_are(language):
    with pytest.raises(JspError) as error:
        all_wording(language)
    assert "There is no language" in str(error.value)
    assert "Tidak ada bahasa" in str(error.value)
    assert error.value.problems[0].code == "unknown_language"
    assert len(str(error.value)) < 200


def test_a_notebook_asked_for_french_says_so(tiny_folder):
    case, scenario = jsp.load(tiny_folder)
    with pytest.raises(JspError, match=r"There is no language \"fr\"\. Choose one of: id, en"):
        jsp.tables.region_table(case, "fr")
    with pytest.raises(JspError, match="There is no language"):
        jsp.charts.issue_scores(case, jsp.rank_issues(case, scenario), "fr")
