"""What a proof that leaves columns out may say of all plans, by hand."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.solver import kernel_search
from jspmodel.solver.effort import Effort
from jspmodel.solver.incumbent import Incumbent
from jspmodel.solver.relaxed_search import ONE_THREAD
from jspmodel.solver.result import SearchResult
from jspmodel.solver.state import SearchState
from selection.small import make_scenario, one_place

WORTH = {"A": 1.0, "B": 2.0, "Z": 4.0}
"""Of 10, A (4) and B (6) are paid, or Z (10) alone."""
NEAR = {"abs": 1e-3}
"""What the price of money takes."""


class Proof:
    """A proof in place of which it is told what it finds. All plans are said to be worth 6 at most."""

    def __init__(self, monkeypatch, gap):
        case = one_place([("A", 0.01, 4), ("B", 0.02, 6), ("Z", 0.04, 10)], budget=10)
        common = state_parametric_model(case, make_scenario())
        self.state = SearchState(common.matrix, common.column_map, ONE_THREAD, Effort(1000), gap)
        self.state.incumbent, self.state.plan = Incumbent(), None
        program = self.state.model.program
        self.column = {name: int(np.flatnonzero(program == k)[0]) for k, name in enumerate("ABZ")}
        self.column["impact"] = int(np.argmax(self.state.model.matrix.cost))
        self.monkeypatch = monkeypatch

    def find(self, programs):
        """Tell the state of a plan; its impact is a column beside."""
        matrix = self.state.model.matrix
        values = np.zeros(len(matrix.cost))
        values[[self.column[name] for name in programs]] = 1.0
        values[self.column["impact"]] = sum(WORTH[name] for name in programs) / matrix.cost.max()
        assert self.state.try_plan(values)

    def run(self, prices, *steps, status="optimal"):
        """Prove with reduced costs; in its steps plans are found and bounds told, the last when it ends."""
        state, costs = self.state, np.zeros(len(self.state.model.matrix.cost))
        costs[[self.column[name] for name in prices]] = list(prices.values())
        state.relaxation = replace(state.relaxation, bound=6.0, reduced_costs=costs)
        left_out = []

        def told(_, rest, *__, bounded, **___):
            left_out.extend(name for name, k in self.column.items() if rest[0][k] == 0)
            for step in steps[:-1]:
                self.find(step) if isinstance(step, str) else bounded(step)
            return SearchResult(status, bound=steps[-1])

        self.monkeypatch.setattr(kernel_search, "solve_sub_mip", told)
        kernel_search.prove(state)
        return "".join(left_out)


@pytest.mark.parametrize(
    ("price", "left_out", "bound"),
    [(-1.51, "Z", 4.5), (-1.49, "", 3.2), (1.0, "", 3.2)],
)
def test_what_cannot_be_better_than_the_gap_allows_is_left_out(monkeypatch, price, left_out, bound):
    """The plan is worth 3, with the gap 4.5: that bounds what is left out, 3.2 the rest alone."""
    proof = Proof(monkeypatch, 0.5)
    proof.find("AB")
    # Never what the plan has, nor what is not whole: a little of it costs a little.
    assert proof.run({"A": -4.0, "B": -4.0, "Z": price, "impact": -9.0}, 3.2) == left_out
    assert proof.state.bound == pytest.approx(bound, **NEAR)


@pytest.mark.parametrize(("told", "bound"), [(4.4, 4.5), (4.6, 4.6)])
def test_the_higher_of_both_bounds_all(monkeypatch, told, bound):
    proof = Proof(monkeypatch, 0.5)
    proof.find("AB")
    proof.run({"Z": -2.0}, told, told)
    assert proof.state.bound == pytest.approx(bound, **NEAR)


@pytest.mark.parametrize(
    ("plan", "prices", "bound"),
    [("AB", {"Z": -2.0}, 4.5), ("B", {"A": -4.0, "Z": -2.0}, 5.0)],
)
def test_a_plan_that_was_left_out_shows_no_bound_of_the_rest_to_be_wrong(monkeypatch, plan, prices, bound):
    """Z (4) is within the gap of the plan (3 or 2), and found beside; without Z nothing is worth more."""
    worth = sum(WORTH[name] for name in plan)
    proof = Proof(monkeypatch, bound / worth - 1)
    proof.find(plan)
    assert proof.run(prices, "Z", worth, worth) == "".join(prices)
    assert (proof.state.objective, proof.state.bound) == pytest.approx((4.0, bound), **NEAR)
    assert (proof.state.proven, proof.state.incumbent.dropped) == (True, 0)


@pytest.mark.parametrize("found", [(), ("Z",)])
def test_a_bound_below_the_plan_that_was_kept_is_wrong(monkeypatch, found):
    proof = Proof(monkeypatch, 0.5)
    proof.find("AB")
    proof.run({"Z": -2.0}, *found, 2.9, 2.9)
    assert (proof.state.bound, proof.state.incumbent.dropped) == (inf, 1)


def test_a_bound_below_a_better_plan_of_the_rest_is_wrong(monkeypatch):
    """Z is worth 4 and was not left out; B was, the plan being A alone."""
    proof = Proof(monkeypatch, 3.5)
    proof.find("A")
    assert proof.run({"B": -2.0}, "Z", 3.9, 3.9) == "B"
    assert (proof.state.bound, proof.state.incumbent.dropped) == (inf, 1)


@pytest.mark.parametrize(
    ("status", "infeasible", "bound"),
    [("infeasible", True, inf), ("optimal", False, 5.0), ("limit", False, 5.0), ("clock", False, inf)],
)
def test_how_a_proof_without_a_plan_ends(monkeypatch, status, infeasible, bound):
    """Nothing is left out: there is no plan that would be better. Where the clock struck, no bound is read."""
    proof = Proof(monkeypatch, 0.5)
    assert proof.run({"A": -9.0, "B": -9.0, "Z": -9.0}, 5.0, status=status) == ""
    assert (proof.state.infeasible, proof.state.bound, proof.state.ended) == (infeasible, bound, True)
