"""The solver at work: time, threads, changes taken back, and what goes wrong."""

from __future__ import annotations

import sys
from dataclasses import replace

import pulp
import pytest

from jspmodel.errors import SolverError
from jspmodel.plan import Check
from jspmodel.selection import select, select_programs
from jspmodel.selection.formulation import Model, read_column_map, solver_name
from jspmodel.selection.search import equity_search
from jspmodel.selection.variables import label
from jspmodel.solver import session
from jspmodel.solver.result import SearchResult
from selection.random_cases import random_case
from selection.small import make_scenario, one_place, rows, starts, stated
from solver.hung import start_anew


def hard_case():
    """Far more than a second or two of work."""
    return random_case(7, programs=40, regions="ABCDE", years=range(2027, 2032), budget=25)


def test_the_clock_stops_the_search_and_the_plan_says_so(request):
    # In the child each look at the clock takes a day, so that the search ends at the same one anywhere; this
    # process has a week by the clock on the wall, which no machine needs.
    script = "from jspmodel.solver import worker_process, clock; from itertools import count; "
    script += "clock.monotonic = count(0, 86_400).__next__; worker_process.main()"
    start_anew(request, [sys.executable, "-P", "-c", script])
    scenario = make_scenario(solver={"gap": 0.0, "time_limit": 604_800.0, "effort": "thorough"})
    plan = select_programs(hard_case(), scenario)
    assert plan.stopped_by_clock
    assert plan.status == "feasible"
    assert 0 < plan.objective < plan.bound
    assert plan.gap == pytest.approx((plan.bound - plan.objective) / plan.objective)
    assert plan.audit.passed


def test_a_wide_gap_is_proven_early():
    case = random_case(7, programs=20, regions="ABCD", years=range(2027, 2031), budget=25)
    plan = select_programs(case, make_scenario(solver={"gap": 0.5, "effort": "standard"}))
    assert plan.status == "optimal"
    assert 0 < plan.gap <= 0.5


def test_progress_is_told():
    steps = []
    case = random_case(7, programs=8, regions="ABC", years=range(2027, 2030), budget=12)
    scenario = make_scenario(equity={"mode": "max_min"}, solver={"gap": 0.01, "effort": "quick"})
    select_programs(case, scenario, steps.append)
    assert {step.stage for step in steps} == {"without_equity", "worst_off", "selection"}
    assert any(step.bound < 1e9 for step in steps)


def test_other_numbers_of_threads_in_one_process():
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    plans = [select_programs(case, make_scenario(solver={"threads": threads})) for threads in (1, 2, 1)]
    assert [starts(plan) for plan in plans] == [{"Y": 2027, "Z": 2027}] * 3


def test_codes_that_look_alike_to_pulp():
    codes = ["P-1", "P_1", "P 1", "P/1", "P[1]", "P,1", "P.1", "Pé"]
    plan = select_programs(one_place([(code, 0.1, 1) for code in codes], budget=9), make_scenario())
    assert starts(plan) == dict.fromkeys(codes, 2027)
    assert len({label("start", code) for code in codes}) == len(codes)
    assert label("a", "b,c") != label("a", "b", "c")


def model(case=None, **settings):
    formulation = stated(case or random_case(3, programs=5, regions="ABC"), make_scenario(**settings))
    return formulation, Model(formulation.problem, formulation.inputs.scenario.solver)


def test_changes_are_taken_back():
    formulation, live = model()
    whole = live.maximise(0.0)
    live.set_bounds((variable, 0, 0) for variable in formulation.variables.start.values())
    assert live.maximise(0.0).objective == pytest.approx(0)
    live.reset_bounds()
    assert live.maximise(0.0).objective == pytest.approx(whole.objective)
    live.set_bounds(((variable, 0, 0) for variable in formulation.variables.start.values()), lasting=True)
    live.reset_bounds()
    assert live.maximise(0.0).objective == pytest.approx(0)


def test_the_layout_tells_who_decides_what():
    formulation, live = model()
    column_map, variables = read_column_map(formulation, live), formulation.variables
    starts, joins = list(variables.start), list(variables.join)
    assert [live.columns[v.hash] for v in variables.start.values()] == column_map.start.tolist()
    assert [starts[place] for place in column_map.parent] == [(p, t) for p, _, t in joins]
    codes = list(formulation.inputs.proposals)
    assert [codes[number] for number in column_map.program] == [p for p, _ in starts]
    assert len(set(column_map.member)) == len({(p, r) for p, r, _ in joins})
    pays = [live.columns[v.hash] for v in variables.pay.values()]
    assert [codes[number] for number in column_map.owner[pays]] == [p for p, _, _ in variables.pay]
    pieces = [live.columns[v.hash] for v in variables.piece.values()]
    assert set(column_map.owner[pieces]) == {-1}


def test_no_plan_found_is_told_with_what_was_tried_and_the_command(monkeypatch):
    monkeypatch.setattr(equity_search.Worker, "search", lambda *_: SearchResult("clock"))
    with pytest.raises(SolverError, match="No plan was found") as error:
        select_programs(one_place([("X", 0.3, 1)], budget=1), make_scenario())
    (problem,) = error.value.problems
    assert (problem.code, problem.values["tried"]) == (
        "no_plan_found",
        ["built", "relaxation", "parts", "whole"],
    )
    command = "jspmodel solve data/one/scenarios/baseline.yaml"
    changes = "--set solver.gap=0.0 --set solver.effort=thorough --set solver.threads=1"
    assert problem.values["command"] == f"{command} {changes}"


def test_a_plan_that_fails_the_audit_is_not_handed_out(monkeypatch):
    def fails(*arguments, **options):
        verdict = select_audit(*arguments, **options)
        return verdict.model_copy(update={"checks": (Check(rule="fund_budgets", checked=1, worst=1.0),)})

    select_audit = select.audit
    monkeypatch.setattr(select, "audit", fails)
    with pytest.raises(SolverError, match="fund_budgets") as error:
        select_programs(one_place([("X", 0.3, 1)], budget=1), make_scenario())
    assert error.value.problems[0].values == {"rules": "fund_budgets"}


def test_a_bound_below_the_plan_proves_nothing_and_is_dropped(monkeypatch):
    run = equity_search.Stages.run
    monkeypatch.setattr(equity_search.Stages, "run", lambda self: replace(run(self), bound=29.9))
    plan = select_programs(one_place([("X", 0.3, 1)], budget=1), make_scenario())
    # The plan closes 30 percent; what is left as a bound is that nobody closes more than all.
    assert (plan.objective, plan.bound, plan.dropped_bounds) == (pytest.approx(30), 100.0, 1)
    assert plan.status == "feasible"


def test_a_solver_that_ends_oddly_is_an_error(monkeypatch):
    monkeypatch.setattr(session, "STATUSES", {})
    _, live = model()
    with pytest.raises(SolverError, match="HiGHS ended with"):
        live.relax()


def test_money_that_cannot_be_split_is_an_error():
    from jspmodel.plan import Choice
    from jspmodel.selection.search import pay

    formulation, live = model(one_place([("X", 0.3, 6)], budget=5))
    with pytest.raises(SolverError) as error:
        pay(formulation, live, [Choice(program="X", start=2027, regions=("A",))])
    assert error.value.problems[0].code == "not_payable"


def test_the_solver_is_named_with_its_version():
    assert solver_name().startswith("HiGHS 1.")
    assert pulp.__version__ in solver_name()


def test_a_lone_fund_pays_even_codes_with_spaces():
    tables = {
        "funds": rows("fund name_id", ("dana a-1", "Dana")),
        "fund_budgets": rows("fund year amount", ("dana a-1", 2027, 2)),
    }
    plan = select_programs(one_place([("X 1", 0.3, 2)], budget=0, **tables), make_scenario())
    assert [(item.program, item.fund, item.amount) for item in plan.funding] == [("X 1", "dana a-1", 2.0)]
