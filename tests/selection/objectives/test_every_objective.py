"""Goes over the list of objectives: each has a file of tests beside this one, and words in both languages."""

from __future__ import annotations

import ast
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pulp
import pytest

from jspmodel.objective_kinds import COUNTS, ObjectiveKind
from jspmodel.selection import objectives as package
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.objectives import OBJECTIVES, TIE, largest, maximised, objective_of, tie, worth_of
from jspmodel.selection.variables import make_variables
from jspmodel.text import LANGUAGES, all_wording, words
from selection.objectives.every import MODULES
from selection.rules.bad_data import told
from selection.rules.every import marked, merged
from selection.rules.three_programs import CASE
from selection.small import family_rows, make_scenario, text_rows
from selection.test_audit import ROWS as STATING
from selection.test_audit import used

by_name = pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda objective: objective.name)
HELPERS = {"__init__", "objective", "effects"}
BAD = [
    (f"{name}-{family}", case)
    for name, module in MODULES.items()
    for family in module.BAD
    for case in module.BAD[family]
]


def asked(objective):
    return make_scenario(**MODULES[objective.name].SETTINGS)


def test_every_objective_is_told_where_no_model_is_known():
    assert tuple(one.name for one in OBJECTIVES) == tuple(COUNTS) == get_args(ObjectiveKind)


def test_every_objective_has_a_module_and_a_file_of_tests():
    modules = {file.stem for file in Path(package.__file__).parent.glob("*.py")}
    assert modules - HELPERS == set(MODULES)
    tests = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    assert tests - {"every_objective"} == set(MODULES)


@by_name
def test_terms_are_those_written_by_hand(objective):
    inputs = read_inputs(CASE, asked(objective))
    variables = make_variables(pulp.LpProblem("terms", pulp.LpMaximize), inputs)
    terms = {variable.name: factor for variable, factor in objective.terms(variables, inputs)}
    expected = {name: float(told) for name, told in text_rows(MODULES[objective.name].TERMS).items()}
    assert terms == pytest.approx(expected, rel=1e-6)
    money = sum(inputs.budgets.values())
    price = {v.name: f - terms.get(v.name, 0.0) for v, f in maximised(variables, inputs).items()}
    # P makes 4 due when it starts in 2027; if all budgets were spent, money would cost as much as a tie.
    assert price["start(P,2027)"] == pytest.approx(-4 * tie(inputs) / money)


@by_name
def test_the_largest_is_that_worked_out_by_hand(objective):
    inputs = read_inputs(CASE, asked(objective))
    assert largest(inputs) == pytest.approx(MODULES[objective.name].LARGEST)
    assert tie(inputs) == pytest.approx(TIE * MODULES[objective.name].LARGEST)


@by_name
def test_choices_are_worth_what_was_worked_out_by_hand(objective):
    worth = worth_of(CASE, asked(objective))
    for choices, expected in MODULES[objective.name].WORTHS:
        assert worth(choices) == pytest.approx(expected, rel=1e-6)
        assert worth(choices) <= MODULES[objective.name].LARGEST


@by_name
def test_what_helps_by_itself(objective):
    for settings, expected in MODULES[objective.name].HELPS:
        inputs = read_inputs(CASE, make_scenario(**MODULES[objective.name].SETTINGS, **settings))
        found = {p.code: objective.helps(inputs, p) for p in inputs.proposals.values()}
        assert found == expected


@by_name
def test_every_family_of_rows_is_written_by_hand_worked_out_on_paper_and_gets_bad_data(objective):
    module = MODULES[objective.name]
    families = {family.__name__ for family in objective.rows}
    assert set(module.ROWS) == set(objective.rows)
    assert marked(module, "on_paper") == families == set(module.BAD)
    for family, text in module.ROWS.items():
        assert family_rows(family, CASE, make_scenario(**merged("SETTINGS"), **module.SETTINGS)) == text_rows(
            text
        )


@pytest.mark.parametrize(
    ("tables", "scenario", "code", "column"), [case for _, case in BAD], ids=[i for i, _ in BAD]
)
def test_bad_data_is_told_with_its_place(tmp_path, tables, scenario, code, column):
    problems = told(tmp_path / "tiny", tables, scenario)
    (problem,) = [problem for problem in problems if problem.code == code]
    assert problem.column == column
    assert problem.file
    assert words(problem, "id") != words(problem, "en")


@by_name
def test_what_choices_are_worth_shares_nothing_with_the_terms(objective):
    file = Path(package.__file__).parent / f"{objective.name}.py"
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    stating = {alias.name for node in imported if node.module in STATING for alias in node.names} | {"pulp"}
    names, own = used(functions["worth"], functions)
    assert not names & stating
    others = [used(function, functions)[1] for name, function in functions.items() if name not in own]
    assert not own & set().union(*others)


def test_every_objective_has_all_words_in_both_languages():
    tables = {
        (language, name): table
        for language in LANGUAGES
        for name, table in tomllib.loads(
            (files("jspmodel.text") / language / "objectives.toml").read_text(encoding="utf-8")
        ).items()
    }
    assert {name for _, name in tables} == set(MODULES)
    common = set.intersection(*(set(table) for table in tables.values()))
    assert all(set(table) - common <= {"reason_chosen"} for table in tables.values())
    assert len(common) > 15


@by_name
def test_the_reason_of_what_is_chosen_is_worded(objective):
    assert objective.chosen.startswith("chosen")
    assert all(f"reason.{objective.chosen}" in all_wording(language) for language in LANGUAGES)
    assert objective_of(make_scenario(objective=objective.name)) is objective
