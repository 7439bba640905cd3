"""Rules that clash: the irreducible set and the ways out, worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from jspmodel import measure
from jspmodel.errors import InfeasibleError
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit, select_programs
from jspmodel.selection.infeasibility.without_rules import narrowed, single_demands, without_rules
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.parametric import budget_frontier
from jspmodel.selection.postoptimal import nested_plan
from jspmodel.selection.rules import RELAXATIONS, RULES
from jspmodel.solver import worker
from selection.random_cases import random_case
from selection.rules.clashes import YEARS, clash, conflict, programs
from selection.small import make_scenario, one_place, rows


def test_demands_are_looked_at_one_by_one():
    # Two locks, a quick win, two dimensions: five demands; Q is needed by P, R and nothing else is a quick win.
    case = one_place(
        [("P", 0.3, 1), ("Q", 0.2, 1), ("R", 0.2, 1), ("S", 0.2, 1)],
        budget=9,
        programs=programs(
            ("P", "P", 1, "d", False), ("Q", "Q", 1, "", False), ("R", "R", 1, "e", True), ("S", "S", 1, "e", False),
            columns="program name_id duration dimension quick_win",
        ),
        dimensions=rows("dimension name_id", ("d", "D"), ("e", "E")),
        program_links=rows("program other kind", ("P", "Q", "requires")),
    )  # fmt: skip
    asked = make_scenario(locked_in=["P", "S"], min_quick_wins=1, min_programs_per_dimension=1)
    inputs = read_inputs(case, asked)
    wide = without_rules(inputs, with_equity=False)
    found = []
    for demand in single_demands():
        off = {
            key: value
            for other in single_demands()
            if other is not demand
            for key, value in other.off.items()
        }
        found += demand.single(replace(inputs, scenario=asked.model_copy(update=off)))
    helpful = [set(narrowed(wide, one, everything=False).proposals) for one in found]
    assert helpful == [{"P", "Q"}, {"S"}, {"R"}, {"P", "Q"}, {"R", "S"}]
    assert set(narrowed(wide, inputs, everything=False).proposals) == {"P", "Q", "R", "S"}


def test_what_only_whole_numbers_show():
    # Half of P and half of Q would be one programme of the dimension d and one quick win; there is no half, and
    # only one of them can be paid. The relaxation sees nothing wrong.
    case = one_place(
        [("P", 0.3, 3), ("Q", 0.2, 3)],
        budget=0,
        years=(),
        programs=programs(
            ("P", "P", 1, "d"), ("Q", "Q", 1, "d"), columns="program name_id duration dimension"
        ),
        dimensions=rows("dimension name_id", ("d", "D")),
        funds=rows("fund name_id", ("f", "F"), ("g", "G")),
        fund_budgets=rows("fund year amount", ("f", 2027, 3), ("g", 2027, 3)),
        fund_rules=rows("fund program max_share", ("f", "P", 0.5), ("g", "P", 0.5), ("f", "Q", 0.5)),
    )
    # P: half from f, half from g. Q: half from f, and nobody pays the rest.
    rules, ways = clash(case, make_scenario(min_programs_per_dimension=2))
    assert rules == {"dimension d", "fund_rules Q"}
    assert ways == pytest.approx({"dimension d": 1, "fund_rules Q": 1.5})


def test_changes_that_are_enough_only_together():
    # P lacks 2 in 2027 and Q lacks 3 in 2028: no one change helps both, and two are enough.
    case = one_place(
        [("P", 0.3, 6), ("Q", 0.2, 7)],
        budget=4,
        years=YEARS,
        programs=programs(
            ("P", "P", 1, None, 2027), ("Q", "Q", 1, 2028, None),
            columns="program name_id duration first_start last_start",
        ),
        fund_rules=rows("fund program max_share", ("f", "P", 1.0), ("f", "Q", 1.0)),
    )  # fmt: skip
    found = conflict(case, make_scenario(locked_in=["P", "Q"]))
    assert found.ways == ()
    assert len(found.together) == 2
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, make_scenario(locked_in=["P", "Q"]))
    assert "ways_together" in [problem.code for problem in error.value.problems]


def test_every_constraint_has_rows():
    assert all(bool(relaxation.row) or relaxation.states for relaxation in RELAXATIONS.values())
    assert len(RELAXATIONS) == sum(len(rule.relaxations) for rule in RULES)


def test_no_two_kinds_of_rule_are_told_or_offered_at_the_same_place():
    kept = [relaxation.kept for relaxation in RELAXATIONS.values()]
    offered = [r.offered for r in RELAXATIONS.values() if r.offered is not None]
    assert len(set(kept)) == len(kept)
    assert len(set(offered)) == len(offered)


def test_without_time_nothing_is_claimed(monkeypatch):
    monkeypatch.setattr(worker, "monotonic", lambda: 0.0)  # however long the child takes to start
    case = one_place([("P", 0.3, 5), ("Q", 0.2, 5)], budget=9)
    scenario = make_scenario(locked_in=["P", "Q"], solver={"time_limit": 1e-3, "threads": 1})
    with pytest.raises(InfeasibleError) as error:
        select_programs(case, scenario)
    assert {"clash", "clash_not_reduced", "no_plan"} & {problem.code for problem in error.value.problems}


def has_plan(case, scenario):
    """Whether some plan is within the budgets and passes the audit: all are tried."""
    years, budgets = measure.horizon(case, scenario), measure.budgets(case, scenario)
    groups = [("A",), ("B",), ("A", "B")]
    options = [
        [None, *(Choice(program=p, start=t, regions=group) for t in years for group in groups)]
        for p in case.programs["program"]
    ]
    costs = {c: measure.yearly_costs(case, c, years).sum() for choices in options for c in choices if c}
    for plan in product(*options):
        chosen = [choice for choice in plan if choice]
        due = {year: sum(costs[choice][year] for choice in chosen) for year in years}
        if all(due[year] <= budgets["f", year] + 1e-9 for year in years):
            paid = [
                Payment(program=c.program, fund="f", year=year, amount=float(amount))
                for c in chosen
                for year, amount in costs[c].items()
            ]
            if audit(case, scenario, chosen, paid).passed:
                return True
    return False


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 7])
def test_every_way_out_is_one_and_no_smaller(seed):
    """Random cases with all programmes locked in, one fund."""
    case, scenario = random_case(seed, budget=5), make_scenario(locked_in=["P0", "P1", "P2"])
    found = conflict(case, scenario)
    assert (found is None) == has_plan(case, scenario)
    for way in found.ways if found else ():
        if way.constraint.kind == "lock":
            rest = [lock for lock in ("P0", "P1", "P2") if lock != way.constraint.codes[0]]
            assert has_plan(case, make_scenario(locked_in=rest))
        if way.constraint.kind == "budget":
            assert has_plan(raised(case, way.constraint.codes[1], way.amount + 1e-6), scenario)
            assert not has_plan(raised(case, way.constraint.codes[1], way.amount - 1e-3), scenario)


def raised(case, year, amount):
    table = case.fund_budgets
    more = table["amount"] + amount * (table["year"] == int(year))
    tables = {name: frame for name, frame in case.tables().items() if not frame.empty}
    return build_case(case.name, {**tables, "fund_budgets": table.assign(amount=more)})


def test_where_nothing_is_left_that_could_keep_a_rule_every_door_says_so():
    """Both programmes are locked out, and a quick win is asked for: no column is left, and a row that asks for 1."""
    case = one_place([("P", 0.3, 1), ("Q", 0.2, 1)], budget=9)
    asked = make_scenario(locked_out=["P", "Q"], min_quick_wins=1)
    with pytest.raises(InfeasibleError) as caught:
        select_programs(case, asked)
    assert "quick_wins" in str(caught.value)
    assert [point.finding for point in budget_frontier(case, asked, 3, workers=1).points] == ["none"] * 3
    assert {level.finding for level in nested_plan(case, asked, workers=1).levels} == {"none"}
