"""The solver at work: time, threads, changes taken back, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pulp
import pytest

from jspmodel.errors import SolverError
from jspmodel.plan import Check
from jspmodel.selection import select, select_programs, solve, stages
from jspmodel.selection.restrict import Restriction, coalitions, filled, near, years
from jspmodel.selection.search import Search
from jspmodel.selection.solve import Model, solver_name
from jspmodel.selection.variables import label
from selection.random_cases import random_case
from selection.small import one_place, rows, scenario, starts, stated


def hard_case():
    """Far more than a second or two of work."""
    return random_case(7, programs=40, regions="ABCDE", years=range(2027, 2032), budget=25)


def test_the_clock_stops_the_search_and_the_plan_says_so():
    settings = scenario(solver={"gap": 0.0, "time_limit": 2.0})
    begun = monotonic()
    plan = select_programs(hard_case(), settings)
    assert monotonic() - begun < 10
    assert plan.stopped_by_clock
    assert plan.status == "feasible"
    assert 0 < plan.objective < plan.bound
    assert plan.gap == pytest.approx((plan.bound - plan.objective) / plan.objective)
    assert plan.audit.passed


def test_a_wide_gap_is_proven_early():
    plan = select_programs(hard_case(), scenario(solver={"gap": 0.5, "time_limit": 60.0}))
    assert plan.status == "optimal"
    assert 0 < plan.gap <= 0.5


def test_progress_is_told():
    steps = []
    case = random_case(7, programs=20, regions="ABC", years=range(2027, 2030), budget=12)
    settings = scenario(equity={"mode": "max_min"}, solver={"gap": 0.0, "time_limit": 3.0})
    select_programs(case, settings, steps.append)
    assert {step.stage for step in steps} == {"without_equity", "worst_off", "selection"}
    assert any(step.bound < 1e9 for step in steps)


def test_other_numbers_of_threads_in_one_process():
    case = one_place([("X", 0.3, 6), ("Y", 0.2, 4), ("Z", 0.2, 5)], budget=9)
    plans = [select_programs(case, scenario(solver={"threads": threads})) for threads in (1, 2, 1)]
    assert [starts(plan) for plan in plans] == [{"Y": 2027, "Z": 2027}] * 3


def test_codes_that_look_alike_to_pulp():
    codes = ["P-1", "P_1", "P 1", "P/1", "P[1]", "P,1", "P.1", "Pé"]
    plan = select_programs(one_place([(code, 0.1, 1) for code in codes], budget=9), scenario())
    assert starts(plan) == dict.fromkeys(codes, 2027)
    assert len({label("start", code) for code in codes}) == len(codes)
    assert label("a", "b,c") != label("a", "b", "c")


def model(case=None, **settings):
    formulation = stated(case or random_case(3, programs=5, regions="ABC"), scenario(**settings))
    return formulation, Model(formulation.problem, formulation.inputs.scenario.solver)


def test_changes_are_taken_back():
    formulation, live = model()
    whole = live.maximise(20, 0.0)
    live.limit((variable, 0, 0) for variable in formulation.variables.start.values())
    assert live.maximise(20, 0.0).objective == pytest.approx(0)
    live.reset()
    joins = [label("join_what_starts", *key) for key in formulation.variables.join]
    live.bind(joins)
    bound = live.maximise(20, 0.0)
    chosen, joined = bound.chosen(formulation.variables.start), bound.chosen(formulation.variables.join)
    assert {(p, r, t) for p, t in chosen for r in "ABC"} == set(joined)
    live.reset()
    assert live.maximise(20, 0.0).objective == pytest.approx(whole.objective)
    live.limit(((variable, 0, 0) for variable in formulation.variables.start.values()), lasting=True)
    live.reset()
    assert live.maximise(20, 0.0).objective == pytest.approx(0)


@pytest.mark.parametrize("restrict", [near, coalitions, years, filled])
def test_a_restricted_search_finds_solutions_of_the_whole(restrict):
    formulation, live = model()
    guess, plan = live.relax(), live.maximise(20, 0.2)
    arguments = {near: (guess,), coalitions: (plan, guess), years: (plan,), filled: (plan,)}
    held = restrict(formulation, *arguments[restrict])
    live.limit(held.limits)
    live.bind(held.equal)
    answer = live.maximise(20, 0.0)
    live.reset()
    assert answer.objective <= live.maximise(20, 0.0).objective + 1e-6
    if restrict is not near:
        assert answer.objective >= plan.objective - 1e-6
    if restrict is filled:
        assert set(plan.chosen(formulation.variables.join)) <= set(answer.chosen(formulation.variables.join))


def test_the_search_is_as_good_as_the_model_and_never_above_its_bound():
    formulation, live = model(random_case(5, programs=8, regions="ABCD", years=(2027, 2028, 2029)))
    plain = live.maximise(60, 0.0)
    search = Search(formulation, live, 60.0, 0.0)
    search.run()
    assert search.best.objective == pytest.approx(plain.objective, abs=1e-5)
    assert search.bound >= search.best.objective - 1e-6
    assert search.status == "optimal"


def test_a_start_that_is_known_is_kept():
    formulation, live = model(hard_case())
    known = live.maximise(3.0, 0.05)
    search = Search(formulation, live, 0.5, 0.0)
    search.run(start=known)
    assert search.best.objective >= known.objective - 1e-6


def test_a_restriction_of_nothing_is_the_whole():
    assert Restriction() == Restriction([], [])


def test_an_infeasible_model_says_so():
    # Two of two regions are mandatory for a quick win that no budget can pay.
    case = one_place([("X", 0.3, 6)], budget=5)
    formulation, live = model(case, locked_in=["X"])
    assert live.relax().status == "infeasible"
    assert live.maximise(5, 0.0).status == "infeasible"
    search = Search(formulation, live, 5.0, 0.0)
    search.run()
    assert (search.status, search.best) == ("infeasible", None)


def test_no_plan_in_time(monkeypatch):
    monkeypatch.setattr(stages.Search, "run", lambda *_: None)
    with pytest.raises(SolverError, match="time_limit") as error:
        select_programs(one_place([("X", 0.3, 1)], budget=1), scenario())
    assert error.value.problems[0].code == "no_plan_in_time"


def test_a_plan_that_fails_the_audit_is_not_handed_out(monkeypatch):
    def fails(*arguments, **options):
        verdict = select_audit(*arguments, **options)
        return verdict.model_copy(update={"checks": (Check(rule="fund_budgets", checked=1, worst=1.0),)})

    select_audit = select.audit
    monkeypatch.setattr(select, "audit", fails)
    with pytest.raises(SolverError, match="fund_budgets") as error:
        select_programs(one_place([("X", 0.3, 1)], budget=1), scenario())
    assert error.value.problems[0].values == {"rules": "fund_budgets"}


def test_a_plan_above_its_bound_is_not_handed_out(monkeypatch):
    run = stages.Stages.run
    monkeypatch.setattr(stages.Stages, "run", lambda self: replace(run(self), bound=29.9))
    with pytest.raises(SolverError, match="bound"):
        select_programs(one_place([("X", 0.3, 1)], budget=1), scenario())


def test_a_solver_that_ends_oddly_is_an_error(monkeypatch):
    monkeypatch.setattr(solve, "_STATUSES", {})
    with pytest.raises(SolverError, match="HiGHS ended with"):
        select_programs(one_place([("X", 0.3, 1)], budget=1), scenario())


def test_money_that_cannot_be_split_is_an_error():
    from jspmodel.plan import Choice
    from jspmodel.selection.plans import pay

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
    plan = select_programs(one_place([("X 1", 0.3, 2)], budget=0, **tables), scenario())
    assert [(item.program, item.fund, item.amount) for item in plan.funding] == [("X 1", "dana a-1", 2.0)]
