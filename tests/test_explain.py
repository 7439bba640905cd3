"""``jspmodel explain``, and the explanation that is kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.errors import RunError
from jspmodel.intake import load
from jspmodel.runs import Kept, explanation_text, find_explanation, find_presence, read_explanation
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import exact_frontier, explain
from tiny import tiny_tables, write_case


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Call the command line in a folder with the tiny case."""
    write_case(tmp_path / "data" / "tiny", tiny_tables())
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    case, scenario = load(str(write_case(tmp_path_factory.mktemp("tiny"), tiny_tables())))
    return case, scenario, select_programs(case, scenario)


def test_explain_tells_all_answers(call):
    answer = call("explain", "data/tiny", "--language", "en")
    assert answer.exit_code == 0
    for part in ("matters most", "What is lost without each programme", "within 2%", "Shares as last year"):
        assert part in answer.stdout


def test_explain_tells_what_waits_for_the_news(call, tmp_path):
    futures = "[{name: good, probability: 0.5}, {name: bad, probability: 0.5, budgets: 0.2}]"
    scenario = f"two_stage: {{recourse_year: 2028, futures: {futures}}}\n"
    write_case(tmp_path / "data" / "tiny", tiny_tables(), scenario)
    answer = call("explain", "data/tiny", "--language", "en")
    assert answer.exit_code == 0
    assert "Planned for 2 futures" in answer.stdout
    assert "value of the stochastic solution" in answer.stdout or "gets stuck there" in answer.stdout
    assert len(json.loads(call("explain", "data/tiny", "--json").stdout)["two_stage"]["futures"]) == 2


def test_explain_tells_of_one_programme(call):
    answer = call("explain", "data/tiny", "P01", "--language", "en")
    assert answer.exit_code == 0
    assert answer.stdout.count("P01") >= 1
    assert "What is lost" not in answer.stdout
    assert "is in a best plan at this scenario's ceilings" in answer.stdout


def test_the_budgets_of_a_programme_are_found_once(solved, store, monkeypatch):
    kept, (case, scenario, _) = Kept("1" * 64, "tiny"), solved
    frontier = exact_frontier(case, scenario)
    first = find_presence(case, scenario, frontier, "P02", kept)
    monkeypatch.setattr("jspmodel.runs.stored_explanation.budget_presence", None)
    assert find_presence(case, scenario, frontier, "P02", kept) == first
    with pytest.raises(TypeError):  # another programme, or another frontier, is another question
        find_presence(case, scenario, frontier, "P01", kept)
    with pytest.raises(TypeError):
        find_presence(case, scenario, replace(frontier, most=frontier.most / 2), "P02", kept)


def test_a_plan_worth_nothing_is_reported_and_not_explained(call, tmp_path):
    scenario = tmp_path / "data" / "tiny" / "scenarios" / "baseline.yaml"
    scenario.write_text("budget_scale: 0\n", encoding="utf-8")
    refused = call("explain", "data/tiny", "--language", "en")
    assert (refused.exit_code, "The plan is worth nothing" in refused.stderr) == (3, True)
    told = call("run", "data/tiny", "--explain", "--language", "en")
    assert told.exit_code == 0
    assert "baseline: the plan is worth nothing" in told.stderr
    run = tmp_path / "reports" / "tiny" / "baseline"
    assert (run / "report.en.html").is_file()
    assert not (run / "explanation.json").exists()
    again = call("run", "data/tiny", "--explain", "--language", "en")
    assert "skipped" in again.stdout
    assert "baseline: the plan is worth nothing" in again.stderr


def test_a_programme_that_is_not_known_is_told_with_the_nearest_one(call):
    answer = call("explain", "data/tiny", "P011", "--language", "en")
    assert answer.exit_code == 3
    assert 'no programme with the code "P011"' in answer.stderr
    assert "Did you mean P01 Pelatihan kerja?" in answer.stderr


def test_json_is_all_that_goes_to_standard_output(call):
    answer = call("explain", "data/tiny", "--json")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert {item["program"] for item in told["importance"]["programs"]} == {"P01", "P02", "P03"}


def test_a_case_without_a_plan_is_refused_as_elsewhere(call, tmp_path):
    scenario = tmp_path / "data" / "tiny" / "scenarios" / "baseline.yaml"
    scenario.write_text("budget_scale: 0\nlocked_in: [P01]\n", encoding="utf-8")
    assert call("explain", "data/tiny").exit_code == 4


def test_a_second_look_asks_nothing(solved, store, monkeypatch):
    kept, asked = Kept("0" * 64, "tiny"), []
    first = find_explanation(*solved, kept, lambda question, done: asked.append(question))
    assert list(dict.fromkeys(asked)) == ["importance", "nested", "why_not", "others", "frontier"]
    monkeypatch.setattr("jspmodel.runs.stored_explanation.explain", None)
    assert find_explanation(*solved, kept) == first
    # One of another plan is no answer.
    other = solved[2].model_copy(update={"objective": solved[2].objective + 1})
    with pytest.raises(TypeError):
        find_explanation(*solved[:2], other, kept)


def test_an_explanation_is_read_back_as_it_was_written(solved, tmp_path):
    assert read_explanation(tmp_path) is None
    found = explain(*solved, workers=1)
    file = tmp_path / "explanation.json"
    file.write_text(explanation_text(found), encoding="utf-8")
    assert read_explanation(tmp_path) == found
    file.write_text(explanation_text(found).replace('"least"', '"lest"'), encoding="utf-8")
    with pytest.raises(RunError):
        read_explanation(tmp_path)
