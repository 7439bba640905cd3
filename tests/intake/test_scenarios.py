"""Scenario files: settings read, mended where certain, and every problem with its line."""

from __future__ import annotations

import pytest

from jspmodel.errors import DataError, ScenarioError
from jspmodel.intake import load_scenario, shipped
from jspmodel.intake.settings import known_keys
from jspmodel.scenario import Lock, Scenario
from jspmodel.text import words


@pytest.fixture
def read(tmp_path):
    def reading(text, changes=None, name="trial"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return load_scenario(path, changes)

    return reading


@pytest.fixture
def problems(read):
    def refused(text, changes=None):
        with pytest.raises(ScenarioError) as error:
            read(text, changes)
        for problem in error.value.problems:
            assert problem.file == "trial.yaml"
            assert words(problem, "id") != words(problem, "en")
        return [(problem.code, problem.row, problem.column) for problem in error.value.problems]

    return refused


def test_no_shipped_scenario_has_a_clock_or_an_effort_of_its_own():
    files = sorted(shipped("data").glob("*/scenarios/*.yaml"))
    assert {file.parts[-3] for file in files} >= {"bali", "diy", "jateng", "kalsel", "kota-yogyakarta"}
    solvers = {file: load_scenario(file).solver for file in files}
    odd = [
        file for file, solver in solvers.items() if (solver.time_limit, solver.effort) != (None, "standard")
    ]
    assert odd == []


def test_an_empty_file_means_all_defaults(read):
    assert read("", name="cut-10") == Scenario(name="cut-10")
    assert read("# nothing\n", name="cut-10") == Scenario(name="cut-10")


def test_a_key_left_blank_keeps_its_default(read):
    assert read("locked_in:\nequity:\n  mode:\nbudget_scale: 0.9\n").equity == Scenario().equity


def test_settings_are_read(read):
    scenario = read(
        "title: {id: Uji, en: Trial}\nfirst_year: 2027\nequity: {mode: floor, floor: 0.4}\n"
        "budget_scale: {funds: {danais: 0.9}, years: {2028: 0.8}}\ndiminishing_returns: [[0.5, 1], [1, 0.5]]\n"
        "locked_in: [P07, {program: P08, start: 2028, regions: ['34.02']}]\npriority_issues: 3\n"
    )
    assert scenario.title.en == "Trial"
    assert scenario.equity.floor == 0.4
    assert scenario.budget_scale.funds == {"danais": 0.9}
    assert scenario.budget_scale.years == {2028: 0.8}
    assert scenario.diminishing_returns == [(0.5, 1), (1, 0.5)]
    assert scenario.locked_in == [Lock(program="P07"), Lock(program="P08", start=2028, regions=["34.02"])]
    assert scenario.priority_issues == 3


def test_codes_stay_as_they_are_written(read):
    scenario = read(
        "locked_out: [34.10, 007, no, 1e3, 2027-01-02, 12]\nbudget_scale: {funds: {34.10: 0.5, 5: 1.0, 08: 2}}\n"
        "criteria_weights: {1: 2}\npriority_issues: [1, 2]\nlocked_in: [{program: 1.10, regions: [34.10]}, 5]\n"
    )
    assert scenario.locked_out == ["34.10", "007", "no", "1e3", "2027-01-02", "12"]
    assert scenario.budget_scale.funds == {"34.10": 0.5, "5": 1.0, "08": 2}
    assert scenario.criteria_weights == {"1": 2}
    assert scenario.priority_issues == ["1", "2"]
    assert scenario.locked_in == [Lock(program="1.10", regions=["34.10"]), Lock(program="5")]


def test_off_is_a_word_and_1e_3_a_number(read):
    scenario = read("equity: {mode: off}\nsolver: {gap: 1e-3}\nyear_weights: {'2027': 1}\n")
    assert scenario.equity.mode == "off"
    assert scenario.solver.gap == 0.001
    assert scenario.year_weights == {2027: 1}


@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("a: 1\nbudget_scal: 1\n", "unknown_key", 2, "budget_scal"),
        ("name: x\n", "unknown_key", 1, "name"),
        ("solver:\n  time_limt: 3\n", "unknown_key", 2, "solver.time_limt"),
        ("gap: 0.1\n", "unknown_key", 1, "gap"),
        ("locked_in:\n- program: P1\n- {program: P2, begin: 2027}\n", "unknown_key", 3, "locked_in[2].begin"),
        ("locked_in:\n- start: 2027\n", "setting_missing", 2, "locked_in[1]"),
        ("solver: {gap: kecil}\n", "setting_number", 1, "solver.gap"),
        ("solver: {gap: '0.1'}\n", "setting_number", 1, "solver.gap"),
        ("solver: {gap: 0,1}\n", "setting_decimal_comma", 1, "solver.gap"),
        ("first_year: 2027.5\n", "setting_whole", 1, "first_year"),
        ("closed_years: 2027\n", "setting_list", 1, "closed_years"),
        ("no_new_systems: ya\n", "setting_yes_no", 1, "no_new_systems"),
        ("no_new_systems: 1\n", "setting_yes_no", 1, "no_new_systems"),
        ("title: Uji\n", "setting_group", 1, "title"),
        ("title: {id: [a]}\n", "setting_text", 1, "title.id"),
        ("priority_issues: banyak\n", "setting_number_or_list", 1, "priority_issues"),
        ("priority_issues: 0\n", "setting_low", 1, "priority_issues"),
        ("budget_scale: banyak\n", "setting_number_or_group", 1, "budget_scale"),
        ("budget_scale: -1\n", "setting_low", 1, "budget_scale"),
        ("objective: scor\n", "setting_choice", 1, "objective"),
        ("language: jv\n", "setting_choice", 1, "language"),
        ("equity: {floor: 1.5}\n", "setting_high", 1, "equity.floor"),
        ("solver: {time_limit: 0}\n", "setting_not_above", 1, "solver.time_limit"),
        ("solver: {gap: .nan}\n", "setting_finite", 1, "solver.gap"),
        ("diminishing_returns:\n- [0.4, 1.0]\n- [0.4]\n", "setting_missing", 3, "diminishing_returns[2]"),
        ("diminishing_returns:\n- 0.4\n", "setting_pair", 2, "diminishing_returns[1]"),
        ("diminishing_returns: [[0.4, 0.5], [0.4, 0.7]]\n", "slopes_rise", 1, "diminishing_returns"),
        ("diminishing_returns: [[2, 0.7]]\n", "slopes_total", 1, "diminishing_returns"),
        ("first_year: 2031\nlast_year: 2027\n", "years_reversed", None, ""),
        ("year_weights: {2027: 0}\n", "year_weights_zero", None, ""),
        ("budget_scale: 1\nbudget_scale: 0.9\n", "setting_twice", 2, "budget_scale"),
        ("title: !!python/object/apply:os.getcwd []\n", "setting_tag", 1, ""),
        ("title: !!str x\n", "setting_tag", 1, ""),
        ("locked_in: &a [P1]\nlocked_out: *a\n", "setting_alias", 2, ""),
        ("objective: score\n---\nobjective: score\n", "setting_documents", 2, ""),
        ("locked_out: " + "[" * 5000, "setting_too_deep", 1, ""),
        ("solver: {gap: 0.1\nobjective: score\n", "bad_yaml", 2, ""),
        ("\tsolver: 1\n", "bad_yaml", 1, ""),
        ("- a\n- b\n", "not_settings", None, ""),
        ("just text\n", "not_settings", None, ""),
    ],
)
def test_what_is_not_valid_is_told_with_its_line(problems, text, code, row, column):
    assert (code, row, column) in problems(text)


def test_all_problems_are_told_at_once(problems):
    text = "budget_scal: 1\nsolver:\n  gap: kecil\n  sed: 3\nobjective: gap\nobjective: scor\n"
    assert set(problems(text, {"equity.mod": "floor", "language": "jv"})) == {
        ("setting_choice", None, "language"),
        ("setting_choice", 6, "objective"),
        ("setting_twice", 6, "objective"),
        ("setting_number", 3, "solver.gap"),
        ("unknown_key", None, "equity.mod"),
        ("unknown_key", 1, "budget_scal"),
        ("unknown_key", 4, "solver.sed"),
    }


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("budget_scal", "budget_scale"),
        ("gap", "solver.gap"),
        ("solver.gab", "solver.gap"),
        ("equity.mod", "equity.mode"),
        ("qqqq", ""),
        ("solver.gap.more", "solver.gap"),
        ("name", ""),
        ("solver..gap", "solver.gap"),
    ],
)
def test_the_nearest_known_key_is_named(read, key, near):
    with pytest.raises(ScenarioError) as error:
        read("", {key: 1})
    (problem,) = error.value.problems
    assert (problem.code, problem.column, problem.values["nearest"]) == ("unknown_key", key, near)


def test_known_keys_are_those_of_the_design():
    assert {"budget_scale.funds", "solver.time_limit", "locked_in", "simulation.cut_chance"} <= set(
        known_keys()
    )
    assert "name" not in known_keys()


def test_changes_take_the_place_of_settings(read):
    text = "budget_scale: 0.9\nsolver: {gap: 0.05, seed: 7}\nlocked_in: [P01]\n"
    changes = {
        "solver.gap": 0.02,
        "solver.threads": "1",
        "budget_scale.funds.34.10": "0.5",
        "locked_in": "[{program: P02, regions: [34.10]}]",
        "title.en": "Cut: all of it",
        "equity.mode": "off",
        "year_weights.2028": 2.0,
        "objective": None,
    }
    scenario = read(text, changes)
    assert scenario.solver.gap == 0.02
    assert scenario.solver.seed == 7
    assert scenario.solver.threads == 1
    assert scenario.budget_scale.all == 0.9
    assert scenario.budget_scale.funds == {"34.10": 0.5}
    assert scenario.locked_in == [Lock(program="P02", regions=["34.10"])]
    assert scenario.title.en == "Cut: all of it"
    assert scenario.equity.mode == "off"
    assert scenario.year_weights == {2028: 2}
    assert scenario.objective == "gap_closed"


def test_a_change_replaces_a_whole_setting(read):
    scenario = read("budget_scale: {funds: {danais: 0.5}}\n", {"budget_scale": "0.9"})
    assert scenario.budget_scale.all == 0.9
    assert scenario.budget_scale.funds == {}
    assert read("locked_out: [P01]\n", {"locked_out": "[]"}).locked_out == []
    assert read("priority_issues: 3\n", {"priority_issues": "null"}).priority_issues is None


@pytest.mark.parametrize("text", ["!!python/name:os.system", "*a", "{a: [", "\t", "&a [1]"])
def test_a_change_that_is_no_yaml_is_just_text(problems, text):
    assert problems("", {"solver.gap": text}) == [("setting_number", None, "solver.gap")]


def test_a_change_does_not_change_the_callers_mapping(read):
    changes = {"budget_scale": {"funds": {"a": 1.0}}, "budget_scale.funds.b": 0.5}
    read("", changes)
    assert changes == {"budget_scale": {"funds": {"a": 1.0}}, "budget_scale.funds.b": 0.5}


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(DataError):
        load_scenario(tmp_path / "none.yaml")
    path = tmp_path / "latin.yaml"
    path.write_bytes("objective: score\ntitle: {id: caf\xe9}\n".encode("latin-1"))
    with pytest.raises(ScenarioError) as error:
        load_scenario(path)
    (problem,) = error.value.problems
    assert (problem.code, problem.file, problem.row) == ("wrong_encoding", "latin.yaml", 2)


@pytest.mark.parametrize(
    ("text", "column", "plain"),
    [
        ("budget_scale: {funds: {danais: 0,9}}", "budget_scale.funds.danais", "0.9"),
        ("budget_scale: {all: 0,9}", "budget_scale.all", "0.9"),
        ("year_weights: {2027: 1,5}", "year_weights.2027", "1.5"),
        ("two_stage: {futures: [{name: a, probability: 1, kinds: {Danais: 0,83}}]}",
         "two_stage.futures[1].kinds.Danais", "0.83"),
    ],
)  # fmt: skip
def test_a_decimal_comma_within_braces_is_not_two_entries(read, text, column, plain):
    """YAML reads {danais: 0,9} as danais: 0 and a 9 of which nothing is said: a fund cut to nothing."""
    with pytest.raises(ScenarioError) as error:
        read(text)
    (problem,) = error.value.problems
    assert (problem.code, problem.row, problem.column) == ("setting_decimal_comma", 1, column)
    assert f"Write {plain}" in words(problem, "en")


def test_an_entry_within_braces_needs_a_colon(read):
    with pytest.raises(ScenarioError) as error:
        read("budget_scale: {funds: {apbd: 0.5, danais}}")
    (problem,) = error.value.problems
    assert (problem.code, problem.column) == ("setting_without_colon", "budget_scale.funds.danais")
    assert 'Write "danais: value"' in words(problem, "en")


def test_a_blank_entry_still_keeps_its_default(read):
    assert read("budget_scale:\n  funds:\n    danais:\n").budget_scale.funds == {}


def test_a_share_in_percent_is_told_as_one(read):
    with pytest.raises(ScenarioError) as error:
        read("equity: {mode: floor, floor: 75}")
    (problem,) = error.value.problems
    assert problem.code == "setting_share"
    assert "If 75 percent is meant, write 0.75" in words(problem, "en")


def test_a_misspelt_key_of_an_entry_is_told_the_nearest(read):
    with pytest.raises(ScenarioError) as error:
        read("locked_in: [{program: P01, strat: 2028}]")
    assert "Did you mean locked_in.start?" in words(error.value.problems[0], "en")


def test_a_region_of_a_lock_counts_once(read):
    scenario = read("locked_in: [{program: P01, regions: ['34.01', '34.01']}]")
    assert scenario.locked_in[0].regions == ["34.01"]
