"""Robustness: who is always in, worked out where one range decides."""

from __future__ import annotations

import numpy as np
import pytest

from jspmodel.errors import InfeasibleError, ScenarioError
from jspmodel.measure import pert
from jspmodel.plan import Choice
from jspmodel.selection.parametric import robust_portfolio as chances
from jspmodel.selection.parametric import robustness
from jspmodel.selection.parametric.draws import Common, Draws
from jspmodel.solver import reoptimisation
from selection.random_cases import best_by_trying, random_case
from selection.small import make_scenario, one_place, rows, two_places


def effects(*lines):
    return rows("program issue effect low high", *((p, "w", mode, low, high) for p, low, mode, high in lines))


def rivals(low, mode, high):
    """X brings 0.2 for sure; Y something; there is money for one of them, and always for Z; U is too dear."""
    proposed = [("X", 0, 4), ("Y", 0, 4), ("Z", 0, 1), ("U", 0, 9)]
    ranges = effects(
        ("X", 0.2, 0.2, 0.2), ("Y", low, mode, high), ("Z", 0.05, 0.05, 0.05), ("U", 0.1, 0.2, 0.4)
    )
    return one_place(proposed, budget=5, program_effects=ranges)


def choice(program, *regions):
    return Choice(program=program, start=2027, regions=regions)


def test_the_share_by_hand():
    """Y is chosen when its draw is above 0.2: each draw says so by itself, as plans are worth 100 phi."""
    found = robustness(rivals(0.0, 0.2, 0.4), make_scenario(), 40, workers=1)
    drawn = found.draws["objective"] / 100 - 0.05
    programs = found.programs.set_index("program")
    assert programs.loc["Z"].tolist() == [1.0, "always"]
    assert programs.loc["U"].tolist() == [0.0, "never"]
    share = programs.loc["Y", "share"]
    assert share == pytest.approx((drawn > 0.2 + 1e-6).mean())
    # The peak is in the middle: half the draws, within three standard errors (0.5 / sqrt(40) each).
    assert share == pytest.approx(0.5, abs=0.24)
    assert programs.loc["X", "share"] == pytest.approx(1 - share)
    assert found.no_regret == ["Z"]
    assert {tuple(choice.program for choice in plan) for plan in found.plans} == {("X", "Z"), ("Y", "Z")}
    assert found.draws["gap"].max() < 1e-4


@pytest.mark.parametrize(("effect", "chosen"), [(0.3, "Y"), (0.1, "X")])
def test_ranges_without_width(effect, chosen):
    found = robustness(rivals(effect, effect, effect), make_scenario(), 3, workers=1)
    assert found.no_regret == [chosen, "Z"]
    assert found.draws["objective"].tolist() == pytest.approx([100 * (0.05 + max(effect, 0.2))] * 3)
    assert found.draws["plan"].tolist() == [0, 0, 0]


def test_ranges_that_do_not_cross_decide_nothing():
    assert robustness(rivals(0.21, 0.25, 0.3), make_scenario(), 10, workers=1).no_regret == ["Y", "Z"]


@pytest.mark.parametrize("seed", range(2))
def test_a_draw_is_as_good_as_trying_every_plan(seed):
    """Without ranges each draw is the case itself."""
    case, scenario = random_case(seed, programs=2), make_scenario(budget_scale=1.3)
    found = robustness(case, scenario, 2, workers=1)
    best = best_by_trying(case, scenario)
    assert found.draws["objective"].tolist() == pytest.approx([best, best], abs=2e-4)
    assert (found.draws["bound"] >= best - 1e-9).all()


def test_one_worker_or_two():
    """More draws than one process takes; input stays as it was."""
    case = rivals(0.1, 0.2, 0.4)
    before = case.program_effects.copy()
    told = []
    one = robustness(case, make_scenario(), 30, workers=1, progress=told.append)
    two = robustness(case, make_scenario(), 30, workers=2)
    assert one.draws.equals(two.draws)
    assert one.programs.equals(two.programs)
    assert one.plans == two.plans
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert case.program_effects.equals(before)


def test_a_floor_holds_in_every_draw():
    """Y brings more to A alone, X the same to both: with a floor only X is fair, whatever Y brings."""
    case = one_place(
        [("X", 0, 4), ("Y", 0, 4)],
        budget=5,
        regions=rows("region name", ("A", "Alfa"), ("B", "Beta")),
        issue_regions=rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        program_regions=rows("program region", ("X", "A"), ("X", "B"), ("Y", "A")),
        program_effects=effects(("X", 0.1, 0.1, 0.1), ("Y", 0.3, 0.35, 0.4)),
    )
    assert robustness(case, make_scenario(), 4, workers=1).no_regret == ["Y"]
    fair = make_scenario(equity={"mode": "floor", "floor": 0.5})
    assert robustness(case, fair, 4, workers=1).no_regret == ["X"]


def test_a_draw_in_which_all_known_plans_are_unfair_looks_for_others(monkeypatch):
    """X brings A by one issue what it brings B by the other in few draws only; in the first it does. Where it does
    not, the empty plan is fair, and as more is not ruled out nothing is proven."""
    monkeypatch.setattr(chances, "DEEP", 1)
    monkeypatch.setattr(reoptimisation, "SMALL", 0)
    case = one_place(
        [("X", 0, 4)],
        budget=5,
        regions=rows("region name", ("A", "Alfa"), ("B", "Beta")),
        issues=rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        issue_regions=rows(
            "issue region severity", ("w", "A", 1.0), ("w", "B", 0.0), ("j", "A", 0.0), ("j", "B", 1.0)
        ),
        program_regions=rows("program region", ("X", "A"), ("X", "B")),
        program_effects=rows("program issue effect low high", *(("X", i, 0.3, 0.1, 0.5) for i in "wj")),
    )
    found = robustness(case, make_scenario(equity={"mode": "floor", "floor": 0.9}), 12, seed=3, workers=1)
    fair = found.draws["objective"] > 0
    assert fair[0]
    assert not fair.all()
    assert (found.draws["gap"].isna() == ~fair).all()


def test_a_known_plan_is_where_draws_start(monkeypatch):
    """Where nothing is searched, it stands in each draw; a draw that is searched finds better ones."""
    case = rivals(0.3, 0.35, 0.4)
    known = [choice("X", "A")]
    monkeypatch.setattr(chances, "DEEP", 0)
    monkeypatch.setattr(chances, "SEARCHED", 0)
    monkeypatch.setattr(reoptimisation, "SMALL", 0)
    assert robustness(case, make_scenario(), 3, known=known, workers=1).plans == (tuple(known),)
    monkeypatch.setattr(chances, "SEARCHED", 3)
    found = robustness(case, make_scenario(), 3, known=known, workers=1)
    assert found.no_regret == ["Y", "Z"]


def test_a_bound_allows_for_the_price_of_all_the_money_there_is(monkeypatch):
    """A billion of the tables, 50 times over, pays for X in both places, worth 40. Where only half of it is known and
    nothing is sought, the bound is what the relaxation, which charges for 50 billion, is worth, and that charge."""
    monkeypatch.setattr(chances, "DEEP", 0)
    monkeypatch.setattr(chances, "SEARCHED", 0)
    monkeypatch.setattr(reoptimisation, "SMALL", 0)
    case = two_places(
        rows("program name_id duration", ("X", "X", 1)),
        rows("program region", ("X", "A"), ("X", "B")),
        [("X", region, "build", 0, 25) for region in "AB"],
        [("X", "w", 0.4)],
        budget=1,
    )
    found = robustness(case, make_scenario(budget_scale=50), 1, known=[choice("X", "A")], workers=1)
    assert found.draws["objective"].tolist() == pytest.approx([20])
    assert 40 - 1e-9 <= found.draws["bound"][0] <= 40 + 1e-6


def test_a_fair_plan_far_behind_an_unfair_one_is_not_all_that_is_sought(monkeypatch):
    """Y alone is worth more than all, for A only; Z is fair, and worth little. X and Z are fair and worth more."""
    monkeypatch.setattr(reoptimisation, "SMALL", 0)
    places = [("X", "A"), ("X", "B"), ("Y", "A"), ("Z", "A"), ("Z", "B")]
    case = one_place(
        [("X", 0, 4), ("Y", 0, 4), ("Z", 0, 1)],
        budget=5,
        regions=rows("region name", ("A", "Alfa"), ("B", "Beta")),
        issue_regions=rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
        program_regions=rows("program region", *places),
        program_effects=effects(("X", 0.1, 0.1, 0.1), ("Y", 0.3, 0.3, 0.3), ("Z", 0.02, 0.02, 0.02)),
    )
    common = Common.of(case, make_scenario(equity={"mode": "floor", "floor": 0.5}), 1)
    offered = [common.model.values([one]) for one in (choice("Z", "A", "B"), choice("Y", "A"))]
    draws = Draws(common)
    draws.begin(0, np.array(offered))
    assert draws.best[0] == pytest.approx(100 * 0.02)
    draws.search(0)
    assert draws.best[0] == pytest.approx(100 * 0.12)


def test_what_is_not_valid():
    for scenario, draws in ((make_scenario(), 0), (make_scenario(objective="score"), 5)):
        with pytest.raises(ValueError, match="at least one draw"):
            robustness(rivals(0.1, 0.2, 0.3), scenario, draws)
    with pytest.raises(ScenarioError, match="max_min"):
        robustness(rivals(0.1, 0.2, 0.3), make_scenario(equity={"mode": "max_min"}), 2)
    for locks in ({"locked_in": ["X"], "locked_out": ["X"]}, {"locked_in": ["X", "Y"]}):
        with pytest.raises(InfeasibleError):
            robustness(rivals(0.1, 0.2, 0.3), make_scenario(**locks), 2, workers=1)


def test_pert_draws():
    """Mean (low + 4 mode + high) / 6; nothing outside; no width, no doubt."""
    stream = np.random.default_rng(1)
    drawn = pert(np.full(20_000, 0.1), np.full(20_000, 0.2), np.full(20_000, 0.5), stream)
    assert drawn.mean() == pytest.approx((0.1 + 0.8 + 0.5) / 6, abs=0.002)
    assert 0.1 <= drawn.min() < drawn.max() <= 0.5
    assert pert(np.array([0.3]), np.array([0.3]), np.array([0.3]), stream).tolist() == [0.3]
