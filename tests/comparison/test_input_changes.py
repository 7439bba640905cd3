"""What counts as a change of inputs, what is taken together, and what mixes of two inputs are."""

import io
from dataclasses import replace

import pandas as pd
import pytest

import jspmodel as jsp
from jspmodel.comparison.input_changes import InputChange, find_changes, mixed
from jspmodel.errors import DataError, RunError, ScenarioError
from jspmodel.scenario import Scenario
from tiny import tiny_tables


def tiny(**replaced):
    """The tiny case read from texts, some of them replaced: ``table=(old, new)``."""
    texts = tiny_tables()
    for table, (old, new) in replaced.items():
        assert old in texts[table]
        texts[table] = texts[table].replace(old, new)
    frames = {
        name: pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False) for name, text in texts.items()
    }
    return jsp.Case.from_frames(frames, name="tiny")


FIRST = tiny()


def changed(case=FIRST, **cells):
    """The case with a cell changed: ``table=(row, column, value)``."""
    frames = {}
    for table, (row, column, value) in cells.items():
        frames[table] = getattr(case, table).copy()
        frames[table].loc[row, column] = value
    return replace(case, **frames)


CUT = (1, "amount", 3.0)
DEARER = (5, "amount", 2.5)
NEW = {
    "programs": ("P03,Data terpadu,,1,province,,", "P03,Data terpadu,,1,province,,\nP04,Baru,,1,province,,"),
    "program_costs": ("P03,,build,0,2", "P03,,build,0,2\nP04,,build,0,1"),
}


@pytest.fixture(scope="module")
def with_new():
    """The case with one more proposal, and less money."""
    return changed(tiny(**NEW), fund_budgets=CUT)


def names(first, second, groups=None):
    return [change.name for change in find_changes(first, second, groups or {})]


def refusal(first, second, groups=None):
    with pytest.raises(RunError) as caught:
        find_changes(first, second, groups or {})
    (problem,) = caught.value.problems
    return problem.code, dict(problem.values)


def test_settings_by_key_and_tables_by_file():
    second = changed(fund_budgets=CUT, program_costs=DEARER, program_effects=(0, "effect", 0.25))
    scenario = Scenario(budget_scale={"all": 0.9, "funds": {"apbd": 0.5}}, locked_out=["P03"])
    found = find_changes((FIRST, Scenario()), (second, scenario), {})
    assert [change.inputs for change in found] == [
        ("budget_scale",),
        ("locked_out",),
        ("program_costs.csv",),
        ("program_effects.csv",),
        ("fund_budgets.csv",),
    ]
    assert [change.measure for change in found] == [False, False, False, True, False]


def test_how_a_plan_is_sought_and_what_is_only_told_is_no_change():
    settings = {
        "solver": {"effort": "quick"},
        "simulation": {"draws": 5},
        "language": "en",
        "title": {"en": "x"},
        "rule_prices": True,
    }
    told = changed(programs=(0, "name_id", "Kursus"), regions=(0, "source", "BPS"))
    second = (told, Scenario(name="other", equity={"mode": "off", "floor": 0.9}, **settings))
    assert refusal((FIRST, Scenario()), second) == ("same_inputs", {})


def test_what_is_named_together_is_one_change():
    first = (FIRST, Scenario())
    second = (changed(fund_budgets=CUT, program_costs=DEARER), Scenario(budget_scale={"all": 0.9}))
    groups = {"money": ["fund_budgets.csv", "budget_scale"]}
    assert names(first, second, groups) == ["money", "program_costs.csv"]
    assert find_changes(first, second, groups)[0].inputs == ("budget_scale", "fund_budgets.csv")
    assert refusal(first, second, {"a": ["fund_budget.csv"]}) == (
        "no_such_change",
        {
            "value": "fund_budget.csv",
            "known": ["budget_scale", "program_costs.csv", "fund_budgets.csv"],
            "nearest": "fund_budgets.csv",
        },
    )
    code, values = refusal(first, second, {"a": ["budget_scale"], "b": ["budget_scale"]})
    assert (code, values["groups"]) == ("change_in_two_groups", ["a", "b"])


def test_a_proposal_that_came_is_one_change_in_whatever_tables(with_new):
    first, second = (FIRST, Scenario()), (with_new, Scenario())
    assert names(first, second) == ["programs.csv + program_costs.csv", "fund_budgets.csv"]
    grouped = find_changes(first, second, {"proposals": ["program_costs.csv"]})
    assert (grouped[0].name, grouped[0].tables) == ("proposals", ("programs", "program_costs"))


def test_rows_filled_in_from_a_table_go_with_it():
    """The growth of a fund stands in one table, what follows from it in another."""
    head = ("fund,name_id,holder\n", "fund,name_id,holder,growth_low,growth_high,growth_until\n")
    cases = []
    for rate in (2, 10):
        text = tiny_tables()["funds"].replace(*head).replace("APBD provinsi,", "APBD provinsi,,,,")
        grown = text.replace("Dana keistimewaan,", f"Dana keistimewaan,,{rate},{rate},2029")
        cases.append((tiny(funds=(tiny_tables()["funds"], grown)), Scenario()))
    amounts = [case.fund_budgets["amount"].tolist() for case, _ in cases]
    assert amounts[0] != amounts[1]
    assert names(*cases) == ["funds.csv + fund_budgets.csv"]


def test_a_mix_has_of_each_what_it_takes():
    first = (FIRST, Scenario(name="first", solver={"gap": 0.02}))
    dearer = changed(fund_budgets=CUT, program_costs=DEARER)
    second = (dearer, Scenario(name="second", budget_scale={"all": 0.9}))
    scale, costs, budgets = every = find_changes(first, second, {})
    case, scenario = mixed(first, second, [scale, budgets], every)
    pd.testing.assert_frame_equal(case.fund_budgets, dearer.fund_budgets)
    pd.testing.assert_frame_equal(case.program_costs, FIRST.program_costs)
    assert (scenario.name, scenario.budget_scale.all, scenario.solver.gap) == ("first", 0.9, 0.02)
    assert mixed(first, second, [costs, budgets], every)[0] is dearer
    assert mixed(first, second, [scale], every)[0] is FIRST
    assert (case.name, case.title, case.folder) == ("tiny", FIRST.title, None)


def test_a_setting_that_the_other_tables_do_not_know_is_told(with_new):
    first, second = (FIRST, Scenario()), (with_new, Scenario(locked_out=["P04"]))
    lock, *_ = every = find_changes(first, second, {})
    with pytest.raises(ScenarioError) as caught:
        mixed(first, second, [lock], every)
    assert [problem.code for problem in caught.value.problems] == ["unknown_code"]


def test_settings_that_do_not_go_together_are_told():
    first, second = (FIRST, Scenario(last_year=2028)), (FIRST, Scenario(first_year=2029))
    late, _ = every = find_changes(first, second, {})
    with pytest.raises(ScenarioError) as caught:
        mixed(first, second, [late], every)
    assert [problem.code for problem in caught.value.problems] == ["years_reversed"]


def test_tables_that_do_not_go_together_are_told(with_new):
    programs, budgets = (InputChange(name, (), (name,)) for name in ("programs", "fund_budgets"))
    with pytest.raises(DataError) as caught:  # a proposal without its costs
        mixed((FIRST, Scenario()), (with_new, Scenario()), [programs], [programs, budgets])
    assert {problem.file for problem in caught.value.problems if not problem.warning} == {"programs.csv"}


CARRYING = replace(FIRST, carried_over={("apbd", 2027): 2.0})


def test_money_that_is_carried_over_is_a_change_by_itself():
    first, second = (
        (FIRST, Scenario()),
        (changed(CARRYING, program_costs=DEARER, fund_budgets=CUT), Scenario()),
    )
    every = find_changes(first, second, {})
    assert [change.name for change in every] == ["program_costs.csv", "fund_budgets.csv", "carried_over"]
    costs, _, money = every
    assert (money.inputs, money.measure) == (("carried_over",), False)
    assert mixed(first, second, [money], every)[0].carried_over == {("apbd", 2027): 2.0}
    assert mixed(first, second, [costs], every)[0].carried_over == {}
    assert mixed(second, first, [money], every)[0].carried_over == {}
    costs, group = find_changes(first, second, {"uang": ["fund_budgets.csv", "carried_over"]})
    assert (costs.name, group.name) == ("program_costs.csv", "uang")
    assert group.inputs == ("fund_budgets.csv", "carried_over")


def test_carried_money_alone_is_a_change():
    assert names((FIRST, Scenario()), (CARRYING, Scenario())) == ["carried_over"]


def test_money_of_a_fund_that_came_comes_with_it():
    new = tiny(funds=("apbd,APBD", "apbd,APBD\nhibah,Hibah"))
    gift = replace(new, carried_over={("hibah", 2027): 1.0})
    assert names((FIRST, Scenario()), (gift, Scenario())) == ["funds.csv + carried_over"]
