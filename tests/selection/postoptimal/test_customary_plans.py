"""Plans as they are customarily made: by hand, beside every plan there is, and for the shipped case of DIY."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pydantic import TypeAdapter

from jspmodel.errors import DataError, InfeasibleError, SolverError
from jspmodel.intake import load
from jspmodel.measure import computed_once
from jspmodel.plan import Choice
from jspmodel.scenario import Solver
from jspmodel.selection import audit, select_programs
from jspmodel.selection.postoptimal import CustomaryPlans, customary_plans
from selection.brute_force import OBJECTIVES, SAME, best_above
from selection.postoptimal.published import BEST, by_score, numbers, published
from selection.random_cases import every_plan, ruled_case, ruled_scenario
from selection.small import make_scenario, one_place, rows, two_places, unequal

DIY = Path(__file__).parents[3] / "data" / "diy"
WAYS = ["by_score", "by_score_per_rupiah", "equal_agencies", "equal_regions", "last_year", "bargained"]


def made(case, scenario, **given):
    plan = select_programs(case, scenario)
    return customary_plans(case, scenario, plan, workers=1, **given)


def by_way(found):
    return {plan.custom: plan for plan in found.plans}


def sets(found):
    """The programmes of each legal plan, by way."""
    return {plan.custom: {c.program for c in plan.choices} for plan in found.plans if plan.status == "legal"}


@pytest.fixture(scope="module")
def lists():
    return made(published(), by_score())


def test_the_published_case_by_score(lists):
    """Values 27, 25, 25, 24 ... of 7, 5, 9, 10: costs 6, 8, 2 are 16; 10 (5), 8, 6, 2, 4 do not fit, 1 (1) does."""
    plan = by_way(lists)["by_score"]
    assert numbers(plan.choices) == (1, 5, 7, 9)
    assert (plan.worth, plan.cost) == (27 + 25 + 25 + 18, 17)
    assert (plan.loss, plan.least) == (BEST - 95, BEST - 95)
    assert plan.most == pytest.approx(BEST - 95, abs=1e-3)
    assert (plan.ours_only, plan.theirs_only) == (("P2", "P10"), ("P5",))
    assert lists.listed_by == "score"


def test_the_published_case_by_score_per_rupiah(lists):
    """Ratios 18 (1), 12.5 (9), 6.67 (2), 4.8 (10), 4.75 (4) cost 15 together; 4.5 (7) costs 6 more: too much."""
    plan = by_way(lists)["by_score_per_rupiah"]
    assert numbers(plan.choices) == (1, 2, 4, 9, 10)
    assert (plan.worth, plan.cost, plan.loss) == (18 + 20 + 19 + 25 + 24, 15, BEST - 106)


def test_one_purse_and_nobody_to_share_it_with_is_the_list(lists):
    """No agency, one region that joins nothing: shares are the whole budget, and the turn goes by what gains most."""
    same = by_way(lists)["by_score"].choices
    found = by_way(lists)
    assert [found[way].choices for way in ("equal_agencies", "equal_regions", "bargained")] == [same] * 3
    assert (found["last_year"].status, found["last_year"].choices) == ("not_given", ())


def test_where_nothing_has_a_score_lists_go_by_what_each_gains_by_itself():
    """Effects on one need: C 0.5 gains 0.4 + 0.1 x 0.75, A 0.4, B 0.2; C costs 6 of 10, A 5, B 4."""
    case = one_place([("A", 0.4, 5.0), ("B", 0.2, 4.0), ("C", 0.5, 6.0)], budget=10.0)
    found = made(case, make_scenario())
    assert found.listed_by == "gain"
    # Per rupiah A 0.08, C 0.079, B 0.05: A and then B, as C is too much.
    assert sets(found) == {
        "by_score": {"B", "C"}, "by_score_per_rupiah": {"A", "B"},
        "equal_agencies": {"B", "C"}, "equal_regions": {"B", "C"}, "bargained": {"B", "C"},
    }  # fmt: skip
    # With B and C 0.7 is delivered: 0.4 + 0.3 x 0.75; with A and B 0.4 + 0.2 x 0.75.
    assert by_way(found)["by_score"].worth == pytest.approx(62.5)
    assert by_way(found)["by_score_per_rupiah"].worth == pytest.approx(55.0)
    share = by_way(found)["by_score_per_rupiah"].regions
    assert [(s.region, s.ours, s.theirs, s.pays) for s in share] == [
        ("A", pytest.approx(62.5), pytest.approx(55.0), pytest.approx(7.5))
    ]


def agencies(**scores_costs):
    """Programmes of agencies d (A, B) and e (C, D) under one budget of 10."""
    figures = {"A": (9, 6, "d"), "B": (5, 4, "d"), "C": (7, 5, "e"), "D": (1, 1, "e"), **scores_costs}
    return one_place(
        [(code, 0.0, float(cost)) for code, (_, cost, _) in figures.items()],
        budget=10.0,
        programs=rows(
            "program name_id duration scope score agency",
            *((code, code, 1, "joint", score, agency) for code, (score, _, agency) in figures.items()),
        ),
        agencies=rows("agency name", ("d", "D"), ("e", "E")),
    )


def test_equal_shares_of_two_agencies():
    """Each may use 5: A (6) is too much for d, C (5) fits e, B (4) fits d, e has nothing left for D.

    One is left over: A and then D ask for it, and D (1) fits. By score it is A (6), then B (4): 14, the best.
    """
    found = made(agencies(), by_score())
    assert sets(found)["by_score"] == {"A", "B"}
    assert sets(found)["equal_agencies"] == {"B", "C", "D"}
    plan = by_way(found)["equal_agencies"]
    assert (plan.worth, plan.loss, plan.cost) == (13, 1, 10)
    assert (plan.ours_only, plan.theirs_only) == (("A",), ("C", "D"))


@pytest.mark.parametrize(
    ("amounts", "carried"),
    [
        # d may use 7.5, e 2.5: A (6) fits, C (5) does not, B (4) would be 10 for d, D (1) fits; 3 is left: too little.
        ({"d": 30.0, "e": 10.0}, {"A", "D"}),
        # e alone: C and D; what is left over, 4, goes to B.
        ({"e": 2.0}, {"B", "C", "D"}),
    ],
)
def test_shares_as_last_year(amounts, carried):
    found = made(agencies(), by_score(), last_year=pd.Series(amounts))
    assert sets(found)["last_year"] == carried


def regions_share(**tables):
    """X: A's own 4, B's 1 and a shared 4; Y: B's 5; Z: B's 3. Scores 9, 8, 5; a budget of 14."""
    return two_places(
        rows("program name_id duration score", ("X", "X", 1, 9), ("Y", "Y", 1, 8), ("Z", "Z", 1, 5)),
        rows("program region", ("X", "A"), ("X", "B"), ("Y", "B"), ("Z", "B")),
        [
            ("X", "A", "build", 0, 4.0), ("X", "B", "build", 0, 1.0), ("X", "", "build", 0, 4.0),
            ("Y", "B", "build", 0, 5.0), ("Z", "B", "build", 0, 3.0),
        ],
        [],
        budget=14.0,
        **tables,
    )  # fmt: skip


def test_equal_shares_of_two_regions():
    """Each may use 7. X takes 4 + 2 of A's and 1 + 2 of B's; Y (5) is too much for B then, Z (3) fits.

    Two are left over, for which Y asks in vain. By score: X (9) and Y (5).
    """
    found = made(regions_share(), by_score())
    assert sets(found)["by_score"] == {"X", "Y"}
    assert sets(found)["equal_regions"] == {"X", "Z"}


def test_what_a_region_holds_is_not_split():
    """Of the province's 8 each may use 4, and B its own 6: 10 for B. X would take 6 of A's 4: too much.

    So X goes without A, for 1 + 4 of B's; Y (5) fits, Z (3) does not. Of the 4 that are left over Z, which is not in
    yet, takes 3; A's 4 in X are too much then.
    """
    funds = {
        "funds": rows("fund name_id holder", ("f", "Dana", ""), ("g", "Dana B", "B")),
        "fund_budgets": rows("fund year amount", ("f", 2027, 8.0), ("g", 2027, 6.0)),
    }
    found = by_way(made(regions_share(funds=funds), by_score()))
    plan = found["equal_regions"]
    assert [(c.program, c.regions) for c in plan.choices] == [
        ("X", ("B",)), ("Y", ("B",)), ("Z", ("B",)),
    ]  # fmt: skip
    # Half of the people whom X may reach: 9 / 2 + 8 + 5.
    assert (plan.cost, plan.worth) == (13.0, pytest.approx(17.5))


def test_regions_take_turns():
    """A puts in P (0.4), B its best R (0.2); then A's Q (0.3) and no money is left for S.

    With 6 only P and R: (40 + 20) / 2; the best has P and Q: 0.4 + 0.3 x 0.75 in A. A pays 22.5, B gets 20 more.
    """
    case = two_places(
        rows("program name_id duration", *((p, p, 1) for p in "PQRS")),
        rows("program region", ("P", "A"), ("Q", "A"), ("R", "B"), ("S", "B")),
        [(p, "", "build", 0, 3.0) for p in "PQRS"],
        [("P", "w", 0.4), ("Q", "w", 0.3), ("R", "w", 0.2), ("S", "w", 0.1)],
        budget=6.0,
    )
    plan = by_way(made(case, make_scenario()))["bargained"]
    assert {c.program for c in plan.choices} == {"P", "R"}
    assert (plan.worth, plan.loss) == (pytest.approx(30.0), pytest.approx(1.25))
    assert {s.region: s.pays for s in plan.regions} == {"A": pytest.approx(22.5), "B": pytest.approx(-20.0)}


def test_what_is_required_comes_along_or_not_at_all():
    """A (9) requires O (no score), a year before: both, in 2027 and 2028. B (8) requires U, which costs too much."""
    case = one_place(
        [],
        budget=5.0,
        years=(2027, 2028),
        programs=rows(
            "program name_id duration score",
            ("A", "A", 1, 9), ("B", "B", 1, 8), ("O", "O", 1, None), ("U", "U", 1, None), ("C", "C", 1, 1),
        ),
        program_regions=rows("program region", *((p, "A") for p in "ABOUC")),
        program_costs=rows(
            "program region kind offset amount",
            ("A", "", "build", 0, 3.0), ("B", "", "build", 0, 1.0), ("O", "", "build", 0, 2.0),
            ("U", "", "build", 0, 6.0), ("C", "", "build", 0, 3.0),
        ),
        program_effects=rows("program issue effect"),
        program_links=rows("program other kind", ("A", "O", "requires"), ("B", "U", "requires")),
    )  # fmt: skip
    found = by_way(made(case, by_score()))
    # C starts as early as it fits: beside O (2 of 5) in 2027.
    assert {c.program: c.start for c in found["by_score"].choices} == {"O": 2027, "C": 2027, "A": 2028}


def test_what_is_locked_in_comes_first_and_counts():
    """D is locked in, which leaves 9: A (6), then no 5 for C or 4 for B."""
    found = made(agencies(), by_score(locked_in=[{"program": "D"}]))
    assert sets(found)["by_score"] == {"A", "D"}


def floored(**scores):
    """X and Z help A, Y helps B, each costs 1 of 2; three quarters of the people live in A."""
    case = unequal()
    points = case.programs["program"].map({"X": 3.0, "Z": 2.0, "Y": 1.0, **scores})
    tables = {name: table for name, table in case.tables().items() if len(table)}
    return case.__class__.from_frames({**tables, "programs": case.programs.assign(score=points)})


def test_regions_below_the_floor_are_lifted():
    """X and Z by score leave B at 0 of the 26.25 asked for (half of 0.75 x (40 + 30)).

    So only X stays of the list; what lifts B is Y: 40 percent in both regions, as the best plan.
    """
    scenario = make_scenario(equity={"mode": "floor", "floor": 0.5})
    found = by_way(made(floored(), scenario))
    plan = found["by_score"]
    assert {c.program for c in plan.choices} == {"X", "Y"}
    assert (plan.worth, plan.loss) == (pytest.approx(40.0), pytest.approx(0.0, abs=1e-6))
    assert (plan.unlifted, plan.lifted) == (pytest.approx(52.5), ("Y",))
    # A takes its turn with X, B with Y: nothing is to be lifted.
    assert (found["bargained"].unlifted, found["bargained"].lifted) == (None, ())


def test_a_way_that_leads_to_no_legal_plan_says_which_rule_stops_it():
    """B must reach 40, which only V does; U lifts it more per rupiah (0.2 / 1 against 0.4 / 3) but excludes V."""
    case = two_places(
        rows("program name_id duration score", ("U", "U", 1, 9), ("V", "V", 1, 1), ("W", "W", 1, 5)),
        rows("program region", ("U", "B"), ("V", "B"), ("W", "A")),
        [("U", "", "build", 0, 1.0), ("V", "", "build", 0, 3.0), ("W", "", "build", 0, 3.0)],
        [("U", "w", 0.2), ("V", "w", 0.4), ("W", "w", 0.4)],
        budget=6.0,
        program_links=rows("program other kind", ("U", "V", "excludes")),
    )
    found = by_way(made(case, make_scenario(equity={"mode": "floor", "floor": 1.0})))
    plan = found["by_score"]
    assert (plan.status, plan.choices, plan.worth, plan.most) == ("not_legal", (), None, None)
    assert [(check.rule, [b.where for b in check.breaches]) for check in plan.broken] == [
        ("equity", [{"region": "B"}])
    ]
    # In its turn B puts in V, which gains it most.
    assert (found["bargained"].status, found["bargained"].worth) == ("legal", pytest.approx(40.0))


@pytest.mark.parametrize("objective", ["gap_closed", "score"])
@pytest.mark.parametrize("seed", [1, 4, 6])
@computed_once()
def test_random_cases_beside_every_plan(seed, objective):
    case = ruled_case(seed)
    tried = every_plan(case, ruled_scenario(seed, objective=objective))
    for equity in [equity for kind, equity in OBJECTIVES if kind == objective]:
        scenario = ruled_scenario(seed, objective=objective, equity={"mode": equity, "floor": 0.6})
        best, *_ = best_above(tried, scenario.equity)
        try:
            plan = select_programs(case, scenario)
        except InfeasibleError:
            assert best is None
            continue
        given = {"last_year": pd.Series({"A": 1.0, "B": 2.0}), "brought": _everything(case)}
        found = customary_plans(case, scenario, plan, workers=1, **given)
        assert [one.custom for one in found.plans] == [*WAYS, "brought"]
        assert any(one.status == "legal" for one in found.plans)
        for one in found.plans:
            assert_legal_or_told(case, scenario, plan, one, best)


def assert_legal_or_told(case, scenario, plan, one, best):
    if one.status != "legal":
        assert one.broken
        assert one.choices == ()
        return
    floor = plan.equity.floor if plan.equity else 0.0
    verdict = audit(case, scenario, one.choices, one.funding, floor=floor)
    assert verdict.passed
    assert one.worth == verdict.objective
    assert one.worth <= best + SAME
    assert one.least - SAME <= best - one.worth <= one.most + SAME
    assert sum(payment.amount for payment in one.funding) == pytest.approx(one.cost, abs=1e-6)


def _everything(case):
    regions = tuple(case.regions["region"])
    return [Choice(program=p, start=2027, regions=regions) for p in case.programs["program"]]


@pytest.fixture(scope="module")
def diy():
    # Without the floor: regions that are lifted take three times as long.
    case, scenario = load(str(DIY / "scenarios" / "no-equity.yaml"))
    scenario = scenario.model_copy(update={"solver": Solver(gap=0.2, effort="quick")})
    plan = select_programs(case, scenario)
    ours = list(plan.choices)
    told = []
    found = customary_plans(case, scenario, plan, brought=ours, workers=2, progress=told.append)
    return case, scenario, plan, found, told


def test_each_way_for_diy_gives_an_audited_plan_or_a_reason(diy):
    case, scenario, plan, found, _ = diy
    assert [one.custom for one in found.plans] == [*WAYS, "brought"]
    for one in found.plans:
        if one.status == "legal":
            verdict = audit(case, scenario, one.choices, one.funding)
            assert verdict.passed
            assert one.worth == verdict.objective
            assert one.most == pytest.approx(plan.bound - one.worth)
            assert one.least == max(0.0, plan.objective - one.worth)
            assert set(one.ours_only) | {c.program for c in one.choices} >= {c.program for c in plan.choices}
        else:
            assert one.status == "not_given" or one.broken
    assert by_way(found)["by_score"].status == "legal"


def test_our_own_plan_brought_loses_nothing(diy):
    _, _, plan, found, _ = diy
    one = by_way(found)["brought"]
    assert one.loss == pytest.approx(
        0.0, abs=1e-9
    )  # ours is worth what the search says, brought what the tables say
    assert (one.ours_only, one.theirs_only, one.dropped) == ((), (), ())
    assert one.choices == plan.choices
    assert [share.pays for share in one.regions] == [pytest.approx(0.0)] * len(plan.regions)


def test_progress_and_tables(diy):
    case, _, _, found, told = diy
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert list(found.table["custom"]) == [*WAYS, "brought"]
    assert found.table["worth"].isna().tolist() == [one.worth is None for one in found.plans]
    legal = [one for one in found.plans if one.status == "legal"]
    assert len(found.regions) == len(legal) * len(case.regions)


def test_the_number_of_workers_changes_nothing_and_json_keeps_all():
    case, scenario = agencies(), by_score()
    plan = select_programs(case, scenario)
    found = customary_plans(case, scenario, plan, workers=2)
    assert found == customary_plans(case, scenario, plan, workers=1)
    kind = TypeAdapter(CustomaryPlans)
    assert kind.validate_json(kind.dump_json(found)) == found


@pytest.mark.parametrize(
    ("case", "settings"),
    [
        (published(), {"locked_out": [f"P{number}" for number in range(1, 11)]}),
        (published(budget=0), {}),
    ],
    ids=["no proposal", "no money"],
)
def test_where_nothing_can_be_done_nothing_is_lost(case, settings):
    for plan in made(case, by_score(**settings)).plans:
        if plan.custom != "last_year":
            assert (plan.worth, plan.least, plan.choices) == (0.0, 0.0, ())
            assert plan.most == pytest.approx(0.0, abs=1e-3)


def test_what_costs_nothing_is_first_per_rupiah_if_it_is_worth_something():
    """A (1 point) and B (none) are free; C is worth 9 and costs 5 of 5."""
    case = agencies(A=(1, 0, "d"), B=(0, 0, "d"), C=(9, 5, "e"), D=(0, 1, "e"))
    assert sets(made(case, by_score()))["by_score_per_rupiah"] == {"A", "C"}


def test_a_plan_of_other_settings_is_refused():
    plan = select_programs(published(), by_score())
    with pytest.raises(SolverError, match="answer to others"):
        customary_plans(published(16), by_score(), plan, workers=1)


def test_a_plan_of_another_objective_is_refused():
    """It keeps the rules, but what it is worth and its bound are in another unit."""
    case = published()
    plan = select_programs(case, by_score()).model_copy(update={"objective": 40.0, "bound": 41.0})
    with pytest.raises(SolverError, match="answer to others"):
        customary_plans(case, by_score(), plan, workers=1)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e308])
def test_last_year_counts_in_any_unit(unit):
    """Of 10, one part of four for d: 2.5 for A (6) or B (4) is too little; e's 7.5 pay for C (5) and D (1).

    Of what is left over (4) B takes 4.
    """
    found = made(agencies(), by_score(), last_year=pd.Series({"d": 0.4 * unit, "e": 1.2 * unit}))
    assert sets(found)["last_year"] == {"B", "C", "D"}


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"d": 1.0, "x": 2.0}, ["unknown_code"]),
        ({"d": -1.0, "e": float("nan")}, ["last_year_amount", "last_year_amount"]),
        ({"d": 0.0, "e": 0.0}, ["last_year_nothing"]),
    ],
)
def test_a_split_that_says_nothing_is_refused(given, codes):
    case, scenario = agencies(), by_score()
    plan = select_programs(case, scenario)
    with pytest.raises(DataError) as refused:
        customary_plans(case, scenario, plan, last_year=pd.Series(given), workers=1)
    assert [problem.code for problem in refused.value.problems] == codes
