"""A plan in two stages: by hand, against every first stage and every second stage, and what is said where none is."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from jspmodel.errors import ScenarioError
from jspmodel.measure import computed_once
from jspmodel.selection import select_programs
from jspmodel.selection.explanation import evaluate
from jspmodel.selection.postoptimal import TwoStagePlan, explain, two_stage_plan
from jspmodel.selection.postoptimal.two_stage import futures_of
from jspmodel.solver import conditional_value_at_risk
from selection.brute_force import SAME
from selection.random_cases import every_plan, random_case, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows

NEAR = 1e-3
OWN = 1e-5


def by_sorting(worths, chances, tail):
    """CVaR by its definition: the worst first, until they are as likely as the tail; the last in part."""
    left, total = tail, 0.0
    for worth, chance in sorted(zip(worths, chances, strict=True)):
        taken = min(left, chance)
        total, left = total + taken * worth, left - taken
    return total / tail


@pytest.mark.parametrize("seed", range(20))
def test_the_tail_value_is_the_mean_of_the_worst_by_sorting(seed):
    draw = np.random.default_rng(seed)
    chances = draw.dirichlet(np.ones(int(draw.integers(1, 7))))
    worths = draw.integers(0, 5, len(chances)).astype(float)  # ties too
    for tail in (0.05, 0.2, 1 / 3, 0.5, 0.9, 1.0):
        found = conditional_value_at_risk(worths, chances, tail)
        assert found == pytest.approx(by_sorting(worths, chances, tail))
    assert conditional_value_at_risk(worths, chances, 1.0) == pytest.approx(chances @ worths)


def staged(futures, **settings):
    return make_scenario(two_stage={"recourse_year": 2028, "futures": futures, **settings})


GOOD, BAD = {"name": "good", "probability": 0.5}, {"name": "bad", "probability": 0.5, "budgets": 0.4}


def three(**tables):
    """Rp 6 billion in 2027 and 10 in 2028 (4 in the bad future), where the issue is wide open all along.

    A costs 6 in 2027 and 4 in 2028, and is worth 8 (0.16 in one year of two); B costs 6 in 2027, worth 5 (0.05
    in both); C costs 4 in 2028, worth 4. There is money for A or B. After A: C too where money is good, nothing
    more where it is bad, so 12 and 8. After B: C in both, so 9 and 9.
    """
    base = one_place([("A", 0.16, 0), ("B", 0.05, 0), ("C", 0.08, 0)], budget=0, years=(2027, 2028))
    changed = {
        "programs": base.programs.assign(
            duration=[2, 1, 1], first_start=[2027.0, 2027.0, 2028.0], last_start=[2027.0, 2027.0, 2028.0]
        ),
        "program_costs": base.program_costs.iloc[[0, 0, 1, 2]].assign(
            offset=[0, 1, 0, 0], amount=[6.0, 4.0, 6.0, 4.0]
        ),
        "fund_budgets": base.fund_budgets.assign(amount=[6.0, 10.0]),
    }
    return replace(base, **{**changed, **tables})


def codes(choices):
    return "".join(choice.program for choice in choices)


def test_by_hand():
    """Mean: A 10, B 9. Tail of half: A 8, B 9. Knowing the news: 12 and 9, 10.5. The mean future has 7 in 2028:
    after A nothing more, 8, after B C, 9, so it starts B, which gives 9 in both."""
    found = two_stage_plan(three(), staged([GOOD, BAD], tail=0.5, tail_weight=0.75), workers=1)
    mean, tail = found.mean_plan, found.tail_plan
    assert (codes(mean.begun), codes(tail.begun)) == ("A", "B")
    assert mean.worths == pytest.approx((12, 8))
    assert tail.worths == pytest.approx((9, 9))
    assert [codes(mean.later(place)) for place in (0, 1)] == ["C", ""]
    assert mean.waits == tail.waits == ("C",)
    assert (mean.mean, mean.tail_value, mean.worst) == (pytest.approx(10), pytest.approx(8), pytest.approx(8))
    assert (tail.mean, tail.tail_value) == (pytest.approx(9), pytest.approx(9))
    assert tail.objective == pytest.approx(9)
    assert (mean.bound, tail.bound) == (pytest.approx(10, abs=NEAR), pytest.approx(9, abs=NEAR))
    assert (found.gap(mean), found.gap(tail)) == (0, 0)
    assert found.perfect_information == (pytest.approx(0.5, abs=NEAR), pytest.approx(0.5, abs=NEAR))
    assert codes(found.mean_start) == "B"
    assert found.stochastic_solution == (pytest.approx(1, abs=NEAR), pytest.approx(1, abs=NEAR))
    assert found.tail_cost == (pytest.approx(1, abs=NEAR), pytest.approx(1, abs=NEAR))
    assert [future.budget for future in found.futures] == pytest.approx([16, 10])
    assert found.table["mean_plan"].tolist() == pytest.approx([12, 8])


@pytest.mark.parametrize(("weight", "begun"), [(0.0, "A"), (0.4, "A"), (0.6, "B"), (1.0, "B")])
def test_the_weight_of_the_tail_decides(weight, begun):
    """(1 - w) 10 + w 8 against 9: level at a half."""
    found = two_stage_plan(three(), staged([GOOD, BAD], tail=0.5, tail_weight=weight), workers=1)
    assert codes(found.tail_plan.begun) == begun


def test_a_tail_of_all_is_the_mean():
    found = two_stage_plan(three(), staged([GOOD, BAD], tail=1.0, tail_weight=1.0), workers=1)
    assert codes(found.tail_plan.begun) == "A"
    assert found.tail_plan.tail_value == pytest.approx(found.tail_plan.mean)


@pytest.mark.parametrize(
    ("least", "begun", "finding"), [(7.5, "A", "found"), (8.5, "B", "found"), (9.5, "B", "none")]
)
def test_the_tail_must_reach_so_much(least, begun, finding):
    """With 7.5 the plan for the mean will do; with 8.5 only that of B; no plan's worst half is above 9."""
    found = two_stage_plan(three(), staged([GOOD, BAD], tail=0.5, least_tail=least), workers=1)
    assert (codes(found.tail_plan.begun), found.tail_finding) == (begun, finding)
    assert found.tail_most == pytest.approx(9, abs=NEAR)


def test_what_has_begun_is_paid_in_every_future():
    """Without C and with nothing in 2028 in the bad future A cannot go on there; the mean future would start it."""
    worse = {**BAD, "budgets": 0.0}
    found = two_stage_plan(three(), staged([GOOD, worse], tail=0.5).replace(locked_out=["C"]), workers=1)
    assert codes(found.mean_plan.begun) == "B"
    assert (codes(found.mean_start), found.dead_ends, found.stochastic_solution) == ("A", ("bad",), None)
    assert found.perfect_information == (pytest.approx(1.5, abs=NEAR), pytest.approx(1.5, abs=NEAR))


def test_a_future_without_any_plan_is_named():
    worse = {**BAD, "budgets": 0.0}
    found = two_stage_plan(three(), staged([GOOD, worse]).replace(locked_in=["A"]), workers=1)
    assert (found.finding, found.mean_plan, found.tail_plan) == ("none", None, None)
    assert found.without_plan == ("bad",)
    assert (found.perfect_information, found.tail_cost) == (None, None)
    assert found.table["mean_plan"].isna().all()


def test_each_future_has_a_plan_but_none_start_the_same():
    """A quick win must start in 2027. A is paid from f, B from g in 2028, each of which one future lacks."""
    tables = {
        "programs": rows(
            "program name_id duration scope quick_win", *((p, p, 2, "joint", True) for p in "AB")
        ),
        "program_costs": rows(
            "program region kind offset amount", *((p, "", "build", k, 1) for p in "AB" for k in (0, 1))
        ),
        "funds": rows("fund name_id", ("f", "F"), ("g", "G")),
        "fund_rules": rows("fund program max_share", ("f", "A", 1.0), ("g", "B", 1.0)),
        "fund_budgets": rows("fund year amount", *((f, t, 1) for f in "fg" for t in (2027, 2028))),
    }
    case = one_place([("A", 0.2, 0), ("B", 0.2, 0)], budget=0, years=(2027, 2028), **tables)
    futures = [{"name": f"no {f}", "probability": 0.5, "funds": {f: 0.0}} for f in "fg"]
    found = two_stage_plan(case, staged(futures).replace(min_quick_wins=1), workers=1)
    assert [future.finding for future in found.futures] == ["found", "found"]
    assert (found.finding, found.without_plan, found.mean_plan) == ("none", (), None)


def followed_by_trying(futures, scenario, floor):
    """What the best that follows is worth in each future, by every first stage."""
    news, by_start = scenario.two_stage.recourse_year, []
    for future in futures:
        best = {}
        for plan in every_plan(future.case, scenario):
            if floor is None or plan.least >= floor * plan.total - OWN:
                start = frozenset(choice for choice in plan.choices if choice.start < news)
                best[start] = max(best.get(start, -np.inf), plan.objective)
        by_start.append(best)
    return by_start


def best_of(by_start, value):
    """The most that a plan in two stages is worth: over every first stage that there is in each future."""
    common = set(by_start[0]).intersection(*by_start[1:])
    worths = [np.array([best[start] for best in by_start]) for start in common]
    return max((value(one) for one in worths), default=None)


@pytest.mark.parametrize(
    ("seed", "objective", "floor", "news"),
    [(1, "gap_closed", None, 2028), (2, "gap_closed", None, 2029), (5, "gap_closed", None, 2028),
     (9, "gap_closed", 0.4, 2028), (1, "score", None, 2028), (4, "score", None, 2029)],
)  # fmt: skip
@computed_once()
def test_against_every_first_and_second_stage(seed, objective, floor, news):
    case, effects = ruled_case(seed), objective == "gap_closed"
    futures = [
        {"name": "a", "probability": 0.5},
        {"name": "b", "probability": 0.3, "budgets": 0.6, "effects": 0.5 if effects else "likely"},
        {"name": "c", "probability": 0.2, "budgets": 1.4, "effects": 1.3 if effects else "likely"},
    ]
    equity = {"mode": "off"} if floor is None else {"mode": "floor", "floor": floor}
    two_stage = {"recourse_year": news, "futures": futures, "tail": 0.4, "tail_weight": 0.7}
    scenario = ruled_scenario(seed, objective=objective, equity=equity, two_stage=two_stage)
    found, drawn = two_stage_plan(case, scenario, workers=1), futures_of(case, scenario)
    by_start = followed_by_trying(drawn, scenario, floor)
    pi = np.array([future.probability for future in drawn])
    mean = best_of(by_start, lambda z: pi @ z)
    tail = best_of(by_start, lambda z: 0.3 * (pi @ z) + 0.7 * by_sorting(z, pi, 0.4))
    for future, best in zip(found.futures, by_start, strict=True):
        if best:
            assert future.objective == pytest.approx(max(best.values()), abs=SAME)
        assert future.finding == ("found" if best else "none")
    if mean is None:
        assert found.finding == "none"
        return
    for plan, best in ((found.mean_plan, mean), (found.tail_plan, tail)):
        assert plan.objective == pytest.approx(best, abs=SAME)
        assert best - 1e-6 <= plan.bound <= best + 2 * SAME
        assert_legal(drawn, scenario, plan, floor)


@computed_once()
def assert_legal(futures, scenario, plan, floor=None):
    """All start the same, and each passes the audit of its future, with what it is worth."""
    free, news = scenario.replace({"equity.mode": "off"}), scenario.two_stage.recourse_year
    for future, choices, worth in zip(futures, plan.plans, plan.worths, strict=True):
        assert {choice for choice in choices if choice.start < news} == set(plan.begun)
        judged = evaluate(future.case, free, choices)
        assert judged.broken == ()
        assert judged.audit.objective == pytest.approx(worth)
        if floor is not None:
            assert judged.regions.min() >= floor * worth - OWN


def several(**settings):
    """A random case that is not small, drawn futures and little effort."""
    case = random_case(4, programs=8, regions="ABC", years=(2027, 2028, 2029), budget=12)
    drawn = {"recourse_year": 2028, "draws": 3, "seed": 7, "budget_spread": 0.3, "tail": 0.4, **settings}
    return case, make_scenario(solver={"effort": 0.02, "threads": 1}, two_stage=drawn)


def test_one_worker_or_two():
    case, scenario = several()
    told = []
    one = two_stage_plan(case, scenario, workers=1, progress=told.append)
    assert two_stage_plan(case, scenario, workers=2) == one
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    futures = futures_of(case, scenario)
    assert_legal(futures, scenario, one.mean_plan)
    assert_legal(futures, scenario, one.tail_plan)


def test_step_by_step_it_is_bounded_too(monkeypatch):
    """A small case as if it were large."""
    monkeypatch.setattr("jspmodel.selection.postoptimal.two_stage.staged_plans.SMALL", 0)
    case = ruled_case(1)
    scenario = ruled_scenario(1, two_stage={"recourse_year": 2028, "futures": [GOOD, BAD]})
    found = two_stage_plan(case, scenario, workers=1)
    futures = futures_of(case, scenario)
    pi = np.array([future.probability for future in futures])
    best = best_of(followed_by_trying(futures, scenario, None), lambda z: pi @ z)
    assert found.mean_plan.mean <= best + SAME
    assert found.mean_plan.bound >= best - 1e-6
    assert_legal(futures, scenario, found.mean_plan)


def test_draws_hang_on_their_seed_alone():
    case, scenario = several()
    one, other = futures_of(case, scenario), futures_of(*several(draws=2))
    assert [future.budget for future in other] == [future.budget for future in one[:2]]
    assert [future.budget for future in futures_of(*several(seed=8))] != [future.budget for future in one]
    amounts = one[0].case.fund_budgets.set_index("year")["amount"]
    assert amounts[2027] == 12
    assert 0.7 * 12 <= amounts[2028] == amounts[2029] <= 1.3 * 12


def test_budgets_of_funds_and_kinds_are_multiplied():
    case = three(funds=three().funds.assign(kind="APBD"))
    futures = [{"name": "a", "probability": 1.0, "budgets": 0.5, "funds": {"f": 0.8}, "kinds": {"APBD": 0.5}}]
    (future,) = futures_of(case, staged(futures))
    assert future.case.fund_budgets["amount"].tolist() == pytest.approx([6, 2])


def test_it_is_written_as_json_and_read_back():
    found = two_stage_plan(three(), staged([GOOD, BAD], tail=0.5), workers=1)
    adapter = TypeAdapter(TwoStagePlan)
    assert adapter.validate_json(adapter.dump_json(found)) == found


def test_without_futures_it_says_what_to_write():
    with pytest.raises(ScenarioError) as error:
        two_stage_plan(three(), make_scenario())
    assert [problem.code for problem in error.value.problems] == ["futures_missing"]


def test_explain_asks_it_where_the_scenario_has_futures():
    case, scenario = three(), staged([GOOD, BAD], tail=0.5)
    plan = select_programs(case, scenario)
    assert explain(case, scenario, plan, workers=1).two_stage == two_stage_plan(case, scenario, workers=1)
    without = scenario.replace(two_stage={})
    assert explain(case, without, select_programs(case, without), workers=1).two_stage is None
