"""A scenario that says only how it differs from another."""

import hashlib

import pytest

from jspmodel.errors import DataError, ScenarioError
from jspmodel.intake import load_scenario, scenario_sources
from jspmodel.intake.based_on import DEEPEST
from jspmodel.runs import load_recorded
from jspmodel.runs.fingerprints import input_hashes
from jspmodel.scenario import Lock

BASE = """
title: {id: Dasar, en: Base}
closed_years: [2027]
budget_scale: {all: 0.9, funds: {34.10: 0.5}}
criteria_weights: {34.10: 2}
equity: {mode: floor, floor: 0.75}
locked_in: [P1, P2]
solver: {gap: 0.02, effort: thorough}
"""


@pytest.fixture
def write(tmp_path):
    def written(name, text):
        file = tmp_path / f"{name}.yaml"
        file.write_text(text)
        return file

    written("baseline", BASE)
    return written


def the_problem(error):
    (problem,) = error.value.problems
    return problem


def test_a_cut_is_two_lines(write):
    cut = load_scenario(write("cut-10", "based_on: baseline\nbudget_scale: 0.8\n"))
    base = load_scenario(write("baseline", BASE))
    assert cut.name == "cut-10"
    assert (cut.budget_scale.all, cut.budget_scale.funds) == (0.8, {})  # a number stands for all of it
    for key in type(base).model_fields:
        if key not in {"name", "budget_scale"}:
            assert getattr(cut, key) == getattr(base, key), key


def test_groups_and_entries_are_laid_over_lists_take_the_place_and_blanks_the_default(write):
    text = """
based_on: baseline
budget_scale: {funds: {apbd: 0.7}, years: {2028: 0.6}}
criteria_weights: {impact: 3}
solver: {gap: 0.05}
locked_in: [P3]
closed_years:
equity: {floor: }
"""
    found = load_scenario(write("other", text))
    assert found.budget_scale.all == 0.9
    assert found.budget_scale.funds == {"34.10": 0.5, "apbd": 0.7}
    assert found.budget_scale.years == {2028: 0.6}
    assert found.criteria_weights == {"34.10": 2, "impact": 3}
    assert (found.solver.gap, found.solver.effort) == (0.05, "thorough")
    assert found.locked_in == [Lock(program="P3")]
    assert found.closed_years == []
    assert (found.equity.mode, found.equity.floor) == ("floor", 0.5)


def test_one_number_for_all_budgets_stays_beside_a_factor_of_one_fund(write):
    write("baseline", "budget_scale: 0.9\n")
    scale = load_scenario(
        write("other", "based_on: baseline\nbudget_scale: {funds: {apbd: 0.5}}\n")
    ).budget_scale
    assert (scale.all, scale.funds) == (0.9, {"apbd": 0.5})


def test_settings_of_the_command_line_come_last(write):
    file = write("other", "based_on: baseline\nsolver: {gap: 0.05}\n")
    assert load_scenario(file, {"solver.gap": 0.1}).solver.gap == 0.1
    assert load_scenario(file, {"solver.gap": 0.1}).solver.effort == "thorough"
    with pytest.raises(ScenarioError) as error:  # it says where a file stands, so it is no setting
        load_scenario(file, {"based_on": "baseline"})
    assert the_problem(error).code == "unknown_key"


def test_a_scenario_rests_on_one_that_rests_on_another(write):
    write("middle", "based_on: baseline\nlanguage: en\n")
    found = load_scenario(write("top", "based_on: middle.yaml\nlocked_out: [P9]\n"))
    assert (found.language, found.locked_out, found.equity.floor) == ("en", ["P9"], 0.75)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("based_on: ../baseline\n", "based_on_name"),
        ("based_on: /etc/passwd\n", "based_on_name"),
        ("based_on: sub/baseline\n", "based_on_name"),
        ("based_on: ..\n", "based_on_name"),
        (f"based_on: {'x' * 5000}\n", "based_on_name"),
        ("based_on: [baseline]\n", "based_on_name"),
        ("based_on: {name: baseline}\n", "based_on_name"),
        ("based_on: basline\n", "based_on_missing"),
        ("based_on: top\n", "based_on_circle"),
    ],
)
def test_names_that_are_refused(write, text, code):
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", text))
    problem = the_problem(error)
    assert (problem.code, problem.file, problem.row, problem.column) == (code, "top.yaml", 1, "based_on")
    assert str(error.value)
    if code == "based_on_missing":
        assert problem.values["nearest"] == "baseline"


def test_a_link_out_of_the_folder_is_not_followed(write, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("language: en\n")
    (tmp_path / "linked.yaml").symlink_to(outside / "secret.yaml")
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", "based_on: linked\n"))
    assert the_problem(error).code == "based_on_missing"


def test_a_circle_of_two_names_both(write):
    write("other", "based_on: top\n")
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", "based_on: other\n"))
    assert the_problem(error).values["chain"] == "top.yaml → other.yaml → top.yaml"


def test_a_chain_has_an_end(write):
    for place in range(1, DEEPEST):
        write(f"s{place}", f"based_on: {f's{place - 1}' if place > 1 else 'baseline'}\n")
    assert load_scenario(write("last", "based_on: s3\n")).equity.floor == 0.75
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("last", "based_on: s4\n"))
    assert the_problem(error).code == "based_on_deep"


def test_what_is_wrong_is_told_where_it_stands_in_both_files(write):
    write("baseline", BASE + "solvr: {}\nlanguage: fr\n")
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", "based_on: baseline\n\nequity: {floor: 7}\n"))
    found = {(problem.code, problem.file, problem.row) for problem in error.value.problems}
    assert found == {
        ("unknown_key", "baseline.yaml", 9),
        ("setting_choice", "baseline.yaml", 10),
        ("setting_share", "top.yaml", 3),
    }


WRONG = "solvr: {}\nequity: {floor: 7}\nname: other\n"
OWN = {("unknown_key", "top.yaml", 2), ("setting_share", "top.yaml", 3), ("unknown_key", "top.yaml", 4)}


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("basline", ("based_on_missing", "top.yaml", 1)),
        ("../baseline", ("based_on_name", "top.yaml", 1)),
        ("top", ("based_on_circle", "top.yaml", 1)),
        ("torn", ("bad_yaml", "torn.yaml", 2)),
        ("lost", ("based_on_missing", "lost.yaml", 1)),
        ("broken", ("setting_choice", "broken.yaml", 1)),
    ],
)
def test_a_wrong_base_hides_no_other_mistake(write, base, told):
    write("torn", "equity: {floor: [\n")
    write("lost", "based_on: nowhere\n")
    write("broken", "language: fr\n")
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", f"based_on: {base}\n{WRONG}"), {"solver.gap": "much", "budjet_scale": "1"})
    found = [(problem.code, problem.file, problem.row) for problem in error.value.problems]
    changed = {("setting_number", "top.yaml", None), ("unknown_key", "top.yaml", None)}
    assert set(found) == {told, *OWN, *changed}
    assert len(found) == len(set(found))


def test_a_change_mends_no_file_that_others_are_laid_over(write):
    file = write("top", "based_on: baseline\nequity: {floor: 7}\n")
    with pytest.raises(ScenarioError) as error:
        load_scenario(file, {"equity.floor": 0.5})
    assert the_problem(error).code == "setting_share"


def test_what_only_both_together_make_wrong(write):
    write("baseline", "first_year: 2030\n")
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", "based_on: baseline\nlast_year: 2028\n"))
    assert (the_problem(error).code, the_problem(error).file) == ("years_reversed", "top.yaml")


def test_a_misspelt_key_is_told_the_nearest(write):
    with pytest.raises(ScenarioError) as error:
        load_scenario(write("top", "base_on: baseline\n"))
    assert the_problem(error).values["nearest"] == "based_on"


def test_a_run_hashes_what_it_was_based_on(tiny_folder):
    scenarios = tiny_folder / "scenarios"
    file = scenarios / "cut.yaml"
    file.write_text("based_on: baseline\nbudget_scale: 0.9\n")
    base = scenarios / "baseline.yaml"
    assert scenario_sources(file) == (file, base)
    hashes = input_hashes(tiny_folder, file)
    for one in (file, base):
        assert hashes[f"scenarios/{one.name}"] == hashlib.sha256(one.read_bytes()).hexdigest()
    key = load_recorded(file)[2]["key"]
    base.write_text(base.read_text() + "\n# a word more\n")
    assert load_recorded(file)[2]["key"] != key


def test_a_base_that_is_gone_is_told_before_a_run(tiny_folder):
    file = tiny_folder / "scenarios" / "cut.yaml"
    file.write_text("based_on: gone\n")
    with pytest.raises((ScenarioError, DataError)) as error:
        load_recorded(file)
    assert the_problem(error).code == "based_on_missing"
