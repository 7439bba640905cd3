"""What is surely in or out whatever the effects turn out to be, beside every plan and many effects."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from pydantic import TypeAdapter

from jspmodel import measure
from jspmodel.errors import DataError, SolverError
from jspmodel.measure import computed_once
from jspmodel.selection import select_programs
from jspmodel.selection.parametric import robustness
from jspmodel.selection.postoptimal import Certainty, surely_in, wilson_interval
from jspmodel.selection.postoptimal.uncertain_effects import largest_regret
from selection.brute_force import SAME
from selection.random_cases import every_plan, random_case
from selection.small import make_scenario, one_place, rows, two_places


def rivals(low, mode, high):
    """X brings 0.2 for sure; Y something; there is money for one of them, and always for Z; U is too dear."""
    ranges = [("X", 0.2, 0.2, 0.2), ("Y", mode, low, high), ("Z", 0.05, 0.05, 0.05), ("U", 0.2, 0.1, 0.4)]
    return one_place(
        [("X", 0, 4), ("Y", 0, 4), ("Z", 0, 1), ("U", 0, 9)],
        budget=5,
        program_effects=rows("program issue effect low high", *((p, "w", *ends) for p, *ends in ranges)),
    )


def asked(case, scenario=None, **settings):
    scenario = scenario or make_scenario()
    return surely_in(case, scenario, select_programs(case, scenario), workers=1, **settings)


def test_ranges_that_do_not_cross():
    found = asked(rivals(0.21, 0.25, 0.3))
    assert found.of_verdict("surely_in") == ("Y", "Z")
    assert found.of_verdict("surely_out") == ("X", "U")
    by_program = {item.program: item for item in found.programs}
    assert by_program["Y"].regret_most <= SAME
    assert (by_program["U"].regret_least, by_program["U"].regret_most) == (None, None)
    assert all(item.witness is None for item in found.programs)
    assert {(item.draws, item.share_least, item.share_most) for item in found.programs} == {(0, None, None)}


def test_ranges_that_cross():
    """With Y at 0.1 the best with it closes 15 percent, with X in its place 25: a regret of 10; X is missed by as
    much. Nothing takes the place of Z."""
    found = asked(rivals(0.1, 0.25, 0.4))
    by_program = {item.program: item for item in found.programs}
    assert found.of_verdict("depends") == ("X", "Y")
    for program in "XY":
        assert by_program[program].regret_least == pytest.approx(10, abs=SAME)
    witness = by_program["Y"].witness
    assert ("Y", "w", 0.1) in witness.effects
    assert {choice.program for choice in witness.choices} == {"X", "Z"}
    assert (witness.worth, witness.bound) == pytest.approx((25, 15), abs=SAME)
    assert by_program["Z"].verdict == "surely_in"


def test_the_worst_effect_may_lie_between_the_ends():
    """S brings e to both regions, X 0.2 to B, P 0.4 to A; there is money for two; people 10 : 19. Without P less
    with P: 10 (phi(e) - phi(e + 0.4)) + 19 (phi(e + 0.2) - phi(e)): -0.2 at e = 0, -0.15 at 0.4, but -3.5 + 3.8 =
    0.3 at 0.2, where phi bends in B only: 0.3 / 29 of all needs."""
    case = two_places(
        rows("program name_id duration min_regions", ("S", "S", 1, 2), ("X", "X", 1, 1), ("P", "P", 1, 1)),
        rows("program region", ("S", "A"), ("S", "B"), ("X", "B"), ("P", "A")),
        [(p, "", "build", 0, 1) for p in "SXP"],
        [],
        budget=2,
        regions=rows("region name population", ("A", "Alfa", 10), ("B", "Beta", 19)),
        program_effects=rows(
            "program issue effect low high",
            ("S", "w", 0.4, 0, 0.4),
            ("X", "w", 0.2, 0.2, 0.2),
            ("P", "w", 0.4, 0.4, 0.4),
        ),
    )
    found = asked(case, make_scenario(collaboration={"strength": 0.0}), programs=("P",))
    (item,) = found.programs
    assert item.selected
    assert item.verdict == "depends"
    assert item.regret_least == pytest.approx(100 * 0.3 / 29, abs=SAME)
    assert item.witness.effects == (("S", "w", pytest.approx(0.2, abs=1e-4)),)


def test_beside_draws():
    """Y is in all 40 draws or none where that is sure; of 40 of 40 the interval begins at 40 / 43.84."""
    case, scenario = rivals(0.21, 0.25, 0.3), make_scenario()
    drawn = robustness(case, scenario, 40, workers=1)
    found = {item.program: item for item in asked(case, scenario, draws=drawn).programs}
    assert {program: item.drawn for program, item in found.items()} == {"X": 0, "Y": 40, "Z": 40, "U": 0}
    assert (found["Y"].share_least, found["Y"].share_most) == pytest.approx((40 / 43.8415, 1.0), abs=1e-4)
    assert (found["X"].share_least, found["X"].share_most) == pytest.approx((0.0, 3.8415 / 43.8415), abs=1e-4)


@pytest.mark.parametrize(
    ("successes", "draws", "least", "most"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_of_newcombe_1998(successes, draws, least, most):
    assert wilson_interval(successes, draws) == pytest.approx((least, most), abs=5e-5)


def test_none_of_a_thousand_draws_means_at_most_four_in_a_thousand():
    assert wilson_interval(0, 1000)[1] == pytest.approx(0.004, abs=2e-4)


class Tried:
    """What every plan is worth at any effects: what it delivers is linear in them."""

    def __init__(self, case, scenario, plans):
        table = case.program_effects
        units = [replace(case, program_effects=table.assign(effect=unit)) for unit in np.eye(len(table))]
        measures = [measure.Measure(unit, scenario) for unit in units]
        self.measure = measures[0]
        self.delivered = np.array([[one.delivered(plan.choices) for one in measures] for plan in plans])

    def worths(self, effects):
        need = self.measure.needs.to_numpy()
        closed = self.measure.closed(np.einsum("e,peirt->pirt", effects, self.delivered))
        return 100 * (need * (closed @ self.measure.year_weights)).sum(axis=(1, 2)) / need.sum()


def uncertain(seed):
    """A case of three programmes with random ranges around its effects, and a scenario."""
    case, draw = random_case(seed, budget=5 + seed % 4), np.random.default_rng((seed, 7))
    table, width = case.program_effects, (0.2, 0.6, 0.9)[seed % 3]
    low = (table["effect"] * draw.uniform(1 - width, 1, len(table))).round(3)
    high = (table["effect"] * draw.uniform(1, 1 + 2 * width, len(table))).clip(upper=1).round(3)
    return replace(case, program_effects=table.assign(low=low, high=high))


@pytest.mark.parametrize(("seed", "mode"), [(0, "off"), (1, "off"), (2, "floor"), (4, "off"), (5, "floor")])
@computed_once()
def test_against_every_plan_at_many_effects(seed, mode):
    case, scenario = uncertain(seed), make_scenario(equity={"mode": mode, "floor": 0.4})
    plan = select_programs(case, scenario)
    floor = plan.equity.floor if plan.equity else -1.0
    plans = [one for one in every_plan(case, scenario) if mode == "off" or one.least >= floor - 1e-5]
    tried, table = Tried(case, scenario, plans), case.program_effects
    low, high = table["low"].to_numpy(), table["high"].to_numpy()
    draw = np.random.default_rng(seed)
    corners = [np.where(ends, high, low) for ends in product((False, True), repeat=len(low))]
    worths = np.array([tried.worths(e) for e in (*corners, *(draw.uniform(low, high) for _ in range(50)))])
    for item in surely_in(case, scenario, plan, workers=1).programs:
        has = np.array([item.program in one.programs for one in plans])
        kept, other = (has, ~has) if item.selected else (~has, has)
        assert item.verdict in ("depends", "surely_in" if item.selected else "surely_out")
        worst = (worths[:, other].max(axis=1) - worths[:, kept].max(axis=1)).max() if other.any() else -np.inf
        if item.verdict == "depends":
            effects = table["effect"].to_numpy().copy()
            for program, issue, value in item.witness.effects:
                effects[((table["program"] == program) & (table["issue"] == issue)).to_numpy()] = value
            there = tried.worths(effects)
            assert there[kept].max() <= item.witness.bound + SAME
            assert there[other].max() >= item.witness.worth - SAME
            assert item.regret_least == pytest.approx(item.witness.worth - item.witness.bound)
            assert item.regret_least > 2e-4
        else:
            assert worst <= 2 * SAME
            assert item.regret_most is None or worst <= item.regret_most + SAME


def test_little_effort_leaves_verdicts_open_and_none_wrong():
    case = uncertain(1)
    whole = {item.program: item.verdict for item in asked(case).programs}
    plan = select_programs(case, make_scenario())
    for effort in (1e-8, 1e-5):
        scenario = make_scenario(solver={"gap": 0.0, "effort": effort})
        for item in surely_in(case, scenario, plan, workers=1).programs:
            assert item.verdict in ("open", whole[item.program])


def test_json_table_and_two_processes():
    case, scenario, told = rivals(0.1, 0.25, 0.4), make_scenario(), []
    plan = select_programs(case, scenario)
    found = surely_in(case, scenario, plan, workers=2, progress=told.append)
    assert found == asked(case)
    assert told[-1] == 1.0
    adapter = TypeAdapter(Certainty)
    assert adapter.validate_json(adapter.dump_json(found)) == found
    assert list(found.table["verdict"]) == ["depends", "depends", "surely_in", "surely_out"]


def test_what_is_not_valid():
    case, scenario = rivals(0.1, 0.25, 0.4), make_scenario()
    plan = select_programs(case, scenario)
    with pytest.raises(ValueError, match="effects count"):
        surely_in(case, make_scenario(objective="score"), plan)
    with pytest.raises(DataError, match="Q"):
        surely_in(case, scenario, plan, programs=("Q",))
    other = one_place([("X", 0.2, 1)], budget=1)
    with pytest.raises(ValueError, match="another case"):
        surely_in(case, scenario, plan, robustness(other, scenario, 1, workers=1))


def test_a_plan_of_other_tables_is_refused():
    """With money for both, X and Y; or of other effects: it is not worth what it says."""
    case, scenario = rivals(0.21, 0.25, 0.3), make_scenario()
    rich = replace(case, fund_budgets=case.fund_budgets.assign(amount=9.0))
    for other in (rich, rivals(0.2, 0.24, 0.3)):
        with pytest.raises(SolverError, match="other"):
            surely_in(case, scenario, select_programs(other, scenario), workers=1)


def test_a_bound_below_the_plan_itself_is_no_proof(monkeypatch):
    """A solver that calls all that keep the programme impossible: the plan asked about is one of them."""
    search = largest_regret.best_at

    def wrong(model, demand, effects, effort):
        found = search(model, demand, effects, effort)
        own = demand.met_by({choice.program for choice in model.model.plan.choices})
        return replace(found, choices=None, bound=-np.inf) if own else found

    monkeypatch.setattr(largest_regret, "best_at", wrong)
    assert not asked(rivals(0.1, 0.25, 0.4)).of_verdict("depends")
