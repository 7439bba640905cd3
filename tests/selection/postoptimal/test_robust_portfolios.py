"""Core, borderline and exterior programmes under intervals of scores and of weights."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from pydantic import TypeAdapter

from jspmodel.errors import SolverError
from jspmodel.intake.tables import build_case
from jspmodel.selection import select_programs
from jspmodel.selection.objectives import worth_of
from jspmodel.selection.postoptimal import RobustPortfolios, robust_portfolios
from jspmodel.selection.postoptimal.plan_model import state_plan_model
from jspmodel.selection.postoptimal.robust_portfolios import nondominated_plans
from jspmodel.selection.postoptimal.robust_portfolios.nondominated_plans import NondominatedPlans, Question
from jspmodel.selection.postoptimal.robust_portfolios.score_intervals import ScoreIntervals
from jspmodel.selection.postoptimal.robust_portfolios.weight_corners import corners_of
from jspmodel.solver import SearchResult
from selection.postoptimal.published import by_score, numbers, published
from selection.random_cases import every_plan, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows

# Of the published case at budget 17, by trying every subset at the ends of the intervals.
NONDOMINATED = {
    0.1: [(1, 2, 7, 9, 10)],
    0.2: [(1, 2, 4, 7, 9), (1, 2, 4, 9, 10), (1, 2, 7, 9, 10)],
    0.3: [(1, 2, 3, 4, 9), (1, 2, 4, 7, 9), (1, 2, 4, 9, 10), (1, 2, 7, 9, 10), (1, 5, 7, 9), (2, 4, 5, 9)],
    0.4: [
        (1, 2, 3, 4, 9), (1, 2, 4, 5), (1, 2, 4, 7, 9), (1, 2, 4, 9, 10), (1, 2, 5, 9), (1, 2, 5, 10),
        (1, 2, 7, 9, 10), (1, 2, 8, 9), (1, 4, 5, 9), (1, 4, 6, 9), (1, 4, 8, 9), (1, 5, 7, 9), (1, 5, 9, 10),
        (1, 6, 9, 10), (2, 4, 5, 9), (4, 7, 9, 10),
    ],
}  # fmt: skip
CORE = {0.1: (1, 2, 7, 9, 10), 0.2: (1, 2, 9), 0.3: (9,), 0.4: ()}
EXTERIOR = {0.1: (3, 4, 5, 6, 8), 0.2: (3, 5, 6, 8), 0.3: (6, 8), 0.4: ()}
INDEX_AT_40 = (14, 9, 1, 9, 7, 2, 4, 2, 14, 6)


@pytest.fixture(scope="module")
def answers():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return {spread: robust_portfolios(case, scenario, plan, spread, workers=1) for spread in NONDOMINATED}


@pytest.mark.parametrize("spread", NONDOMINATED)
def test_the_portfolios_of_the_published_case(answers, spread):
    found = answers[spread]
    assert found.complete
    assert sorted(numbers(one.programs) for one in found.portfolios) == NONDOMINATED[spread]
    assert numbers(found.of_kind("core")) == CORE[spread]
    assert numbers(found.of_kind("exterior")) == EXTERIOR[spread]
    assert numbers(found.portfolios[0].choices) == (1, 2, 7, 9, 10)


def test_the_core_index_of_the_published_case(answers):
    roles = answers[0.4].programs
    assert [role.known_in for role in roles] == list(INDEX_AT_40)
    assert [(role.least, role.most) for role in roles] == [(pytest.approx(k / 16),) * 2 for k in INDEX_AT_40]


def test_what_a_portfolio_is_worth_and_may_be_behind(answers):
    """At 20 %: {1, 2, 7, 9, 10} has 114. {1, 2, 4, 7, 9} has 19 in place of 24, so that it may be ahead by
    1.2 x 19 - 0.8 x 24 = 3.6; {1, 2, 4, 9, 10} has 19 in place of 27: 1.2 x 19 - 0.8 x 27 = 1.2."""
    best = answers[0.2].portfolios[0]
    assert (best.low, best.centre, best.high) == pytest.approx((0.8 * 114, 114, 1.2 * 114))
    assert best.regret == pytest.approx(3.6)


def test_json_and_table(answers):
    adapter = TypeAdapter(RobustPortfolios)
    assert adapter.validate_json(adapter.dump_json(answers[0.3])) == answers[0.3]
    assert list(answers[0.3].table["program"]) == [f"P{k}" for k in range(1, 11)]


def test_two_processes_answer_as_one_does(answers):
    case, scenario, told = published(), by_score(), []
    plan = select_programs(case, scenario)
    assert robust_portfolios(case, scenario, plan, 0.3, workers=2, progress=told.append) == answers[0.3]
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_little_effort_says_less_and_nothing_wrong(answers):
    case, whole = published(), {role.program: role for role in answers[0.4].programs}
    plan = select_programs(case, by_score())
    for effort in (1e-5, 1e-3, 1e-2):
        found = robust_portfolios(case, by_score(solver={"gap": 0.0, "effort": effort}), plan, 0.4, workers=1)
        assert {one.programs for one in found.portfolios} <= {one.programs for one in answers[0.4].portfolios}
        for role in found.programs:
            assert role.kind in ("open", whole[role.program].kind)
            assert role.least <= whole[role.program].least <= role.most
    assert not found.complete or len(found.portfolios) == 16


def test_every_spread_is_told():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    for spread in (0.0, 1.1, -0.2, np.nan):
        with pytest.raises(ValueError, match="spread"):
            robust_portfolios(case, scenario, plan, spread)


def test_a_plan_of_other_tables_is_refused():
    case, scenario = published(), by_score()
    dearer = select_programs(published(budget=30), scenario)
    with pytest.raises(SolverError, match="other"):
        robust_portfolios(case, scenario, dearer, 0.1, workers=1)


def test_without_scores_no_programme_is_judged():
    case, scenario = published(values=(0,) * 10), by_score()
    found = robust_portfolios(case, scenario, select_programs(case, scenario), workers=1)
    assert len(found.of_kind("not_judged")) == 10
    assert [one.programs for one in found.portfolios] == [()]


def test_every_programme_is_told_whatever_keeps_it_in_or_out():
    """P9 locked out, P8 (10 of 17) locked in; P1 cannot start; P10 is dearer than the budget."""
    case = published(costs=(1, 3, 7, 4, 8, 9, 6, 10, 2, 99))
    late = case.programs["last_start"].where(case.programs["program"] != "P1", 2026)
    case = replace(case, programs=case.programs.assign(last_start=late))
    scenario = by_score(locked_in=["P8"], locked_out=["P9"])
    found = robust_portfolios(case, scenario, select_programs(case, scenario), 0.1, workers=1)
    kinds = {role.program: role.kind for role in found.programs}
    assert len(kinds) == 10
    assert kinds["P8"] == "core"
    assert {kinds[code] for code in ("P1", "P9", "P10")} == {"exterior"}


def test_no_solution_where_there_must_be_one_proves_nothing(monkeypatch):
    """Once a plan is known, "none" is an answer to each question: a solver that finds no answer is wrong."""
    case, scenario = published(), by_score()
    model = state_plan_model(case, scenario, select_programs(case, scenario))
    unknown = NondominatedPlans(model, ScoreIntervals.of(model.stated, 0.1))
    known = unknown.with_plans([unknown.reply(Question()).found])
    assert known.reply(Question()).none  # at 10 percent there is one portfolio
    wrong = SearchResult("infeasible", bound=-np.inf)
    monkeypatch.setattr(nondominated_plans, "maximise", lambda *_, **__: wrong)
    assert unknown.reply(Question()).none
    assert not known.reply(Question()).none


def by_trying(judged, plans, worths):
    """The sets of judged programmes that no others dominate, from what each plan is worth in every corner."""
    behind = [
        any((other >= own - 1e-9).all() and (other > own + 1e-9).any() for other in worths) for own in worths
    ]
    return {one.programs & judged for one, dominated in zip(plans, behind, strict=True) if not dominated}


def assert_as_tried(found, judged, sets):
    assert found.complete
    assert {frozenset(one.programs) for one in found.portfolios} == sets
    for role in found.programs:
        if role.program not in judged:
            assert role.kind == "not_judged"
            continue
        index = sum(role.program in one for one in sets) / len(sets)
        assert (role.least, role.most) == (index, index)
        assert role.kind == {0: "exterior", 1: "core"}.get(index, "borderline")


@pytest.mark.parametrize("seed", [1, 2, 6])
def test_scores_against_every_plan_there_is(seed):
    case, scenario = ruled_case(seed), ruled_scenario(seed, objective="score")
    plan, plans = select_programs(case, scenario), every_plan(case, scenario)
    judged, score = frozenset(case.programs["program"]), case.programs["score"].to_numpy()
    for spread in (0.15, 0.6):
        corners = [
            worth_of(replace(case, programs=case.programs.assign(score=score * np.array(ends))), scenario)
            for ends in product((1 - spread, 1 + spread), repeat=len(score))
        ]
        worths = np.array([[worth(one.choices) for worth in corners] for one in plans])
        found = robust_portfolios(case, scenario, plan, spread, workers=1)
        assert_as_tried(found, judged, by_trying(judged, plans, worths))


def test_who_reaches_a_part_of_the_people():
    """Three quarters live in A. X (8 points) has A (6 points, costs 2) and B (2 points, costs 1), Y has 5 points
    for 2; there is money for 3. X whole brings 8; Y and X in B bring 7, which may be 5 x 1.1 + 2 x 1.1 against
    8 x 0.9, but X in B is the same programme: ahead by 5 x 1.1 - 6 x 0.9 = 0.1 at most. At 5 %: below."""
    case = one_place(
        [],
        budget=3,
        regions=rows("region name population", ("A", "Alfa", 3), ("B", "Beta", 1)),
        programs=rows("program name_id duration score", ("X", "X", 1, 8), ("Y", "Y", 1, 5)),
        program_regions=rows("program region", ("X", "A"), ("X", "B")),
        program_costs=rows(
            "program region kind offset amount",
            *(("X", "A", "build", 0, 2), ("X", "B", "build", 0, 1), ("Y", "", "build", 0, 2)),
        ),
        program_effects=rows("program issue effect"),
    )
    scenario = by_score()
    plan = select_programs(case, scenario)
    near = robust_portfolios(case, scenario, plan, 0.05, workers=1)
    assert (near.of_kind("core"), near.of_kind("exterior")) == (("X",), ("Y",))
    far = robust_portfolios(case, scenario, plan, 0.1, workers=1)
    assert (far.of_kind("core"), far.of_kind("borderline")) == (("X",), ("Y",))
    assert [one.programs for one in far.portfolios] == [("X",), ("X", "Y")]
    assert far.portfolios[0].regret == pytest.approx(0.1)
    assert [choice.regions for choice in far.portfolios[1].choices] == [("B",), ()]


def weighed(case, scores):
    """A case whose issues have scores by two criteria of the same weight."""
    tables = {name: table for name, table in case.tables().items() if len(table)}
    return build_case(
        case.name,
        {
            **tables,
            "criteria": rows("criterion name_id weight", ("a", "A", 1), ("b", "B", 1)),
            "issue_scores": rows("issue criterion score", *((*key, score) for key, score in scores.items())),
        },
    )


APART = {"strength": 0.0}
"""No collaboration: regions' ties would follow the weights of issues."""


@pytest.mark.parametrize(("spread", "core", "borderline"), [(0.2, ("X",), ()), (0.4, (), ("X", "Y"))])
def test_weights_by_hand(spread, core, borderline):
    """Money for one: X brings 0.3 of w, Y 0.2 of j. At weights of 0.6 and 0.4 or less apart w has at least
    0.4 x 5 + 0.6 x 1 = 2.6 points and j at most 3.4: 0.78 against 0.68. At 0.3 and 0.7: 0.66 against 0.76."""
    case = one_place(
        [("X", 0.3, 1), ("Y", 0.2, 1), ("Z", 0.0, 0.1)],
        budget=1,
        issues=rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        issue_regions=rows("issue region severity", ("w", "A", 1.0), ("j", "A", 1.0)),
        program_effects=rows("program issue effect", ("X", "w", 0.3), ("Y", "j", 0.2)),
    )
    case = weighed(case, {("w", "a"): 5, ("w", "b"): 1, ("j", "a"): 1, ("j", "b"): 5})
    scenario = make_scenario(collaboration=APART)
    found = robust_portfolios(case, scenario, select_programs(case, scenario), spread, workers=1)
    assert found.about == "weights"
    assert found.complete
    assert (found.of_kind("core"), found.of_kind("borderline")) == (core, borderline)
    assert found.of_kind("not_judged") == ("Z",)
    assert found.portfolios[0].low == pytest.approx(30 * (2.6 if spread == 0.2 else 2.2) / 6)


@pytest.mark.parametrize("seed", [2, 7])
def test_weights_against_every_plan_there_is(seed):
    draw = np.random.default_rng((seed, 9))
    case = weighed(ruled_case(seed), {(i, c): int(draw.integers(1, 6)) for i in "wj" for c in "ab"})
    scenario = ruled_scenario(seed, collaboration=APART, weights_by_area_type=False)
    plan, plans = select_programs(case, scenario), every_plan(case, scenario)
    for spread in (0.15, 0.8):
        ends = ({"a": 1 + spread, "b": 1 - spread}, {"a": 1 - spread, "b": 1 + spread})
        corners = [worth_of(case, scenario.replace(criteria_weights=weights)) for weights in ends]
        worths = np.array([[worth(one.choices) for worth in corners] for one in plans])
        found = robust_portfolios(case, scenario, plan, spread, workers=1)
        judged = frozenset(role.program for role in found.programs if role.kind != "not_judged")
        assert_as_tried(found, judged, by_trying(judged, plans, worths))


def test_the_corners_of_three_weights():
    """Between 0.2 and 0.5 each: two at 0.5 leave 0; one at 0.5 and one at 0.2 leave 0.3; two at 0.2 leave 0.6."""
    found = corners_of(np.full(3, 0.2), np.full(3, 0.5))
    assert sorted(tuple(corner) for corner in found.round(9).tolist()) == sorted(
        permutations((0.2, 0.3, 0.5))
    )
