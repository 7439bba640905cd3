"""The command that asks a scenario again: typed as it is told, it means the same scenario."""

import shlex

import pytest

from jspmodel.intake import load, load_scenario
from jspmodel.intake.command import command_with_more_effort, solve_command
from jspmodel.scenario import Scenario
from tiny import tiny_tables, write_case

TEXT = "budget_scale: 0.9\nlocked_in: [P01]\nsolver: {gap: 0.02, time_limit: 5}\nequity: {mode: off}\n"


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "data" / "tiny", tiny_tables(), TEXT)
    return load("data/tiny")


def typed(command):
    """Return the scenario that a command means."""
    jspmodel, solve, file, *rest = shlex.split(command)
    assert (jspmodel, solve, rest[::2]) == ("jspmodel", "solve", ["--set"] * (len(rest) // 2))
    return file, load_scenario(file, dict(change.split("=", 1) for change in rest[1::2]))


CHANGES = [
    {},
    {"budget_scale": {"all": 0.5, "funds": {"prov": 0.5}, "years": {2027: 0.0}}},
    {"locked_in": [{"program": "P02", "start": 2028, "regions": ["34.10"]}, "P03"], "locked_out": ["P01"]},
    {"priority_issues": ["waste"], "year_weights": {2027: 2.0, 2028: 1.0}, "first_year": 2027},
    {"equity": {"mode": "floor", "floor": 0.25}, "no_new_systems": True, "solver": {"gap": 0.001}},
    {"diminishing_returns": [[0.5, 1.0], [0.5, 0.25]], "effect_levels": {"low": 0.01}, "solver": {"seed": 7}},
    {"criteria_weights": {"impact": 10.5}, "objective": "score", "budget_scale": 1e-7},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_it_means_the_same_scenario(loaded, changes):
    case, scenario = loaded
    settings = {**scenario.model_dump(), **changes}
    if isinstance(changes.get("solver"), dict):
        settings["solver"] = {**scenario.solver.model_dump(), **changes["solver"]}
    asked = Scenario.model_validate(settings)
    assert typed(solve_command(case, asked)) == ("data/tiny/scenarios/baseline.yaml", asked)


@pytest.mark.parametrize(
    ("effort", "more"),
    [("quick", "thorough"), ("standard", "thorough"), ("thorough", 100), (30.0, 300), (4e5, 1e6)],
)
def test_harder_asks_for_more_and_lifts_the_time_limit(loaded, effort, more):
    case, scenario = loaded
    asked = scenario.model_copy(update={"solver": scenario.solver.model_copy(update={"effort": effort})})
    _, meant = typed(command_with_more_effort(case, asked))
    assert meant == scenario.model_copy(
        update={"solver": scenario.solver.model_copy(update={"effort": more, "time_limit": None})}
    )
    assert command_with_more_effort(case, scenario) == (
        "jspmodel solve data/tiny/scenarios/baseline.yaml --set solver.effort=thorough --set solver.time_limit=null"
    )


def test_there_is_no_more_than_the_most(loaded):
    case, scenario = loaded
    most = scenario.model_copy(update={"solver": scenario.solver.model_copy(update={"effort": 1e6})})
    assert command_with_more_effort(case, most) == ""


def test_a_name_with_blanks_is_quoted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case, scenario = load(str(write_case(tmp_path / "a case", tiny_tables())))
    assert typed(solve_command(case, scenario)) == ("a case/scenarios/baseline.yaml", scenario)


def test_what_cannot_be_said_in_a_file_is_not_asked_for(loaded):
    case, scenario = loaded
    titled = scenario.model_copy(update={"language": "en", "name": "baseline"})
    assert solve_command(case, titled) == "jspmodel solve data/tiny/scenarios/baseline.yaml"
