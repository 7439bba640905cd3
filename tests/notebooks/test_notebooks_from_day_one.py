"""A case with regions, issues and indicators alone: valid for what it can say, in check and in notebooks 01-03."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import jspmodel as jsp
from jspmodel.charts.render import MIME
from jspmodel.cli import app
from jspmodel.runs.notebook_execution import execute_notebook
from jspmodel.text import LANGUAGES
from tiny import tiny_tables, write_case

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FIRST = ("regions", "borders", "criteria", "issues", "issue_scores", "indicators", "indicator_values")
PLAN = ("programs.csv", "program_costs.csv", "funds.csv", "fund_budgets.csv")


def day_one(folder, *without):
    tables = {table: text for table, text in tiny_tables().items() if table in FIRST and table not in without}
    tables["issues"] = tables["issues"].replace(",dimension", "").replace(",living", "")
    return write_case(folder, tables)


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    day_one(tmp_path / "data" / "ours")
    return lambda *words: CliRunner().invoke(app, [*words])


@pytest.mark.parametrize(
    ("language", "valid", "missing"),
    [
        (
            "en",
            "Valid for: gaps and targets (notebook 01), the ranking of issues (notebook 02), the map of gaps (notebook 03), "
            "neighbours (notebook 03), partners on an issue (notebook 03)",
            "For a plan still missing:",
        ),
        (
            "id",
            "Berlaku untuk: kesenjangan dan target (notebook 01), peringkat isu (notebook 02), peta kesenjangan (notebook 03), "
            "daerah bertetangga (notebook 03), mitra untuk sebuah isu (notebook 03)",
            "Yang masih kurang untuk rencana:",
        ),
    ],
)
def test_check_lists_what_it_is_valid_for_and_what_a_plan_lacks(call, language, valid, missing):
    answer = call("check", "data/ours", "--language", language)
    assert answer.exit_code == 0, answer.output
    said = " ".join(answer.stdout.split())
    assert valid in said
    assert [file for file in PLAN if file not in said.partition(missing)[2]] == []


def test_the_page_of_check_says_so_too(call, tmp_path):
    assert call("check", "data/ours", "--html", "ours.html", "--language", "en").exit_code == 0
    page = (tmp_path / "ours.html").read_text(encoding="utf-8")
    assert "Valid for: gaps and targets" in page
    assert all(file in page for file in PLAN)


@pytest.mark.parametrize(
    ("without", "gone"),
    [
        ("issue_scores", "the ranking of issues"),
        ("borders", "neighbours"),
        ("indicator_values", "partners on an issue"),
    ],
)
def test_what_is_not_there_is_not_promised(call, tmp_path, without, gone):
    day_one(tmp_path / "data" / "less", without)
    answer = call("check", "data/less", "--language", "en")
    assert answer.exit_code == 0, answer.output
    assert "Valid for:" in answer.stdout
    assert gone not in " ".join(answer.stdout.split())


@pytest.mark.parametrize("command", [("solve",), ("run",), ("explain",), ("certify", "--out", "proof")])
def test_what_needs_a_plan_says_once_what_is_missing(call, tmp_path, command):
    for language, words in {"id": "belum dapat direncanakan", "en": "has no plan yet"}.items():
        spoken = "both" if command[0] == "run" and language == "id" else language
        answer = call(command[0], "data/ours", *command[1:], "--language", spoken)
        assert answer.exit_code == 3, answer.output
        if spoken == language:
            assert answer.stderr.count(words) == 1
        assert all(file in answer.stderr for file in PLAN)
    assert not (tmp_path / "reports").exists()


def test_a_misspelt_table_is_named_where_a_plan_lacks_it(call, tmp_path):
    folder = write_case(tmp_path / "data" / "misspelt", tiny_tables())
    (folder / "program_costs.csv").rename(folder / "program_cost.csv")
    answer = call("solve", "data/misspelt", "--language", "en")
    assert answer.exit_code == 3
    assert "program_costs.csv" in answer.stderr
    assert "program_cost.csv" in answer.stderr


def test_in_python(tmp_path):
    case, scenario = jsp.load(str(day_one(tmp_path / "ours")))
    assert jsp.missing_for_plan(case) == ("programs", "program_costs", "funds", "fund_budgets")
    assert len(jsp.rank_issues(case, scenario)) == 2
    with pytest.raises(jsp.DataError) as error:
        jsp.select_programs(case, scenario)
    (problem,) = error.value.problems
    assert (problem.code, problem.values["tables"]) == ("no_plan_yet", list(PLAN))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["01_data", "02_issues", "03_collaboration"])
def test_notebooks_run_without_a_plan(kernel, tmp_path, name, language):
    scenario = day_one(tmp_path / "ours") / "scenarios" / "baseline.yaml"
    parameters = {"scenario": str(scenario), "language": language}
    notebook = execute_notebook(NOTEBOOKS / f"{name}.ipynb", parameters, language, kernel)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"execute_result"}
    for output in outputs:
        form = output.data
        if MIME in form:
            assert form["image/svg+xml"].startswith("<svg")
        else:
            assert "<h3>" in form["text/html"] or "<table>" in form["text/html"]
        assert "{" not in form["text/plain"]


@pytest.mark.parametrize("name", ["01_data", "02_issues", "03_collaboration"])
def test_notebooks_run_on_what_init_writes(kernel, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["init", "ours", "--regions", "34.02,34.04,34.71"]).exit_code == 0
    scenario = tmp_path / "data" / "ours" / "scenarios" / "baseline.yaml"
    parameters = {"scenario": str(scenario), "language": "id"}
    notebook = execute_notebook(NOTEBOOKS / f"{name}.ipynb", parameters, "id", kernel)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"execute_result"}
    assert not [output for output in outputs if re.search(r"\bnan\b", output.data["text/plain"])]
