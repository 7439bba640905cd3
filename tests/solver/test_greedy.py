"""Plans that are built before any search: legal, there wherever a plan is, and those that one works out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jspmodel.intake.tables import build_case
from jspmodel.plan import Payment
from jspmodel.selection import audit
from jspmodel.selection.formulation import Model, formulate, read_column_map
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.search import read_choices
from jspmodel.solver.effort import Effort
from jspmodel.solver.greedy import build_plan
from jspmodel.solver.highs import Options, relax
from jspmodel.solver.search import search
from selection.cofunded_cases import cofunded_case
from selection.random_cases import every_plan, random_case
from selection.small import make_scenario, one_place, rows


class Asked:
    """A case stated, and the plans that are built for it."""

    def __init__(self, case, scenario, floor=None):
        self.case, self.settings = case, scenario
        self.formulation = formulate(read_inputs(case, scenario))
        self.variables = self.formulation.variables
        self.model = Model(self.formulation.problem, scenario.solver)
        self.matrix, self.column_map = (
            self.model.matrix.bounded(),
            read_column_map(self.formulation, self.model),
        )
        if floor is not None:
            lower = self.matrix.lower.copy()
            lower[self.model.columns[self.variables.worst.hash]] = floor
            self.matrix = replace(self.matrix, lower=lower)

    def built(self):
        """Return the plans that came of it: from nothing, and with a relaxation in view."""
        near = self.near(relax(self.matrix, Options(1, 1)).values)
        return [values for values in (self.near(None), near) if values is not None]

    def near(self, relaxed):
        return build_plan(self.matrix, self.column_map, relaxed)[0]

    def choices(self, values):
        return read_choices(values, self.variables.start, self.variables.join, self.column_map)

    def first(self):
        return {(c.program, c.start, c.regions) for c in self.choices(self.near(None))}

    def verdict(self, values):
        pay = self.model.read(values, self.variables.pay)
        payments = [
            Payment(program=p, fund=f, year=t, amount=amount)
            for (p, f, t), amount in pay.items()
            if amount > 1e-9
        ]
        return audit(self.case, self.settings, self.choices(values), payments)


def test_what_gains_most_per_rupiah_comes_first():
    """Gains a rupiah: B 0.3 / 5 = 0.06, A 0.2 / 4 = 0.05, C 0.02 / 1; 10 pays for B, A and C."""
    case = one_place([("A", 0.2, 4), ("B", 0.3, 5), ("C", 0.02, 1), ("D", 0.3, 9)], budget=10)
    assert Asked(case, make_scenario()).first() == {(p, 2027, ("A",)) for p in "ABC"}


@pytest.mark.parametrize(("used", "expected"), [("A", "A"), ("B", "B"), ("AB", "A"), ("", "A")])
def test_what_the_relaxation_uses_comes_first(used, expected):
    """Gains a rupiah: A 0.12 / 2 = 0.06, B 0.45 / 9 = 0.05; 10 does not pay for both."""
    asked = Asked(one_place([("A", 0.12, 2), ("B", 0.45, 9)], budget=10), make_scenario())
    relaxed = np.zeros(len(asked.matrix.cost))
    for program in used:
        relaxed[asked.model.columns[asked.variables.start[program, 2027].hash]] = 1.0
        relaxed[asked.model.columns[asked.variables.join[program, "A", 2027].hash]] = 1.0
    assert {c.program for c in asked.choices(asked.near(relaxed))} == {expected}


def test_a_gain_that_levelled_off_is_worked_out_again():
    """B first (0.4 / 4 = 0.1); then only 0.1 of what A adds counts: 0.1 / 3.9, less than 0.05 / 1 of C in j."""
    case = one_place(
        [("A", 0.39, 3.9), ("B", 0.4, 4), ("C", 0.0, 1)],
        budget=5,
        issues=rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        issue_regions=rows("issue region severity", ("w", "A", 1.0), ("j", "A", 1.0)),
        program_effects=rows("program issue effect", ("A", "w", 0.39), ("B", "w", 0.4), ("C", "j", 0.05)),
    )
    scenario = make_scenario(diminishing_returns=[[0.5, 1.0]])
    assert Asked(case, scenario).first() == {(p, 2027, ("A",)) for p in "BC"}


def test_what_is_locked_in_is_taken_before_what_gains_more():
    case = one_place([("A", 0.1, 6), ("B", 0.5, 5)], budget=10)
    assert Asked(case, make_scenario(locked_in=[{"program": "A"}])).first() == {("A", 2027, ("A",))}


def test_what_a_programme_requires_is_taken_with_it():
    case = one_place(
        [("A", 0.5, 2), ("O", 0.0, 1)],
        budget=2,
        years=(2027, 2028),
        program_links=rows("program other kind value", ("A", "O", "requires", None)),
    )
    assert Asked(case, make_scenario()).first() == {("O", 2027, ("A",)), ("A", 2028, ("A",))}


def test_funds_of_few_uses_pay_first():
    """Fund s may pay for A only, g for all: A from g and then B from nothing would not do."""
    case = one_place(
        [("A", 0.4, 5), ("B", 0.3, 5)],
        budget=0,
        funds=rows("fund name_id", ("g", "Umum"), ("s", "Khusus")),
        fund_budgets=rows("fund year amount", ("g", 2027, 6), ("s", 2027, 4)),
        fund_rules=rows("fund program max_share", ("s", "A", None)),
    )
    asked = Asked(case, make_scenario())
    assert asked.first() == {("A", 2027, ("A",)), ("B", 2027, ("A",))}
    assert asked.verdict(asked.near(None)).passed


@pytest.mark.parametrize("seed", range(8))
def test_what_is_built_lets_regions_bear_their_shares(seed):
    asked = Asked(cofunded_case(seed), make_scenario())
    built = asked.built()
    assert built
    assert all(asked.verdict(values).passed for values in built)


def test_what_a_region_must_bear_is_paid_first():
    """A bears half of its 4, and its fund is listed last; the province, which may pay for Q alone beside, has 4."""
    case = one_place(
        [("P", 0.4, 0), ("Q", 0.3, 2)],
        budget=0,
        regions=rows("region name fiscal_capacity", ("A", "Alfa", "low")),
        program_costs=rows(
            "program region kind offset amount", ("P", "A", "build", 0, 4), ("Q", "", "build", 0, 2)
        ),
        funds=rows("fund name_id holder", ("prov", "Provinsi", ""), ("a", "Dana A", "A")),
        fund_budgets=rows("fund year amount", ("prov", 2027, 4), ("a", 2027, 2)),
        cofunding_shares=rows("fiscal_capacity least_share", ("low", 0.5)),
    )
    asked = Asked(case, make_scenario())
    assert asked.first() == {(p, 2027, ("A",)) for p in "PQ"}
    assert asked.verdict(asked.near(None)).passed


def two_places():
    """P closes all in A for 5, Q half of it for 4, R half of all in B for 10; there are 14."""
    return build_case(
        "two",
        {
            "regions": rows("region name population", ("A", "Alfa", 100), ("B", "Beta", 100)),
            "issues": rows("issue name_id", ("w", "Sampah")),
            "issue_regions": rows("issue region severity", ("w", "A", 1.0), ("w", "B", 1.0)),
            "programs": rows("program name_id duration", *((p, p, 1) for p in "PQR")),
            "program_regions": rows("program region", ("P", "A"), ("Q", "A"), ("R", "B")),
            "program_costs": rows(
                "program region kind offset amount",
                *((p, "", "build", 0, c) for p, c in zip("PQR", (5, 4, 10), strict=True)),
            ),
            "program_effects": rows(
                "program issue effect", ("P", "w", 1.0), ("Q", "w", 0.5), ("R", "w", 0.5)
            ),
            "funds": rows("fund name_id", ("f", "Dana")),
            "fund_budgets": rows("fund year amount", ("f", 2027, 14)),
        },
    )


def test_under_a_floor_the_worst_off_region_is_lifted_first():
    scenario = make_scenario(equity={"mode": "floor", "floor": 0.5}, diminishing_returns=[[1.0, 1.0]])
    assert Asked(two_places(), scenario).first() == {("P", 2027, ("A",))}
    assert Asked(two_places(), scenario, floor=50.0).first() == {("R", 2027, ("B",)), ("Q", 2027, ("A",))}
    assert not Asked(two_places(), scenario, floor=60.0).built()  # R gives B 50


def test_where_only_the_worst_off_counts_each_region_is_lifted():
    """P alone leaves B at 0; Q and R reach 50 in both."""
    asked = Asked(two_places(), make_scenario(equity={"mode": "max_min"}, diminishing_returns=[[1.0, 1.0]]))
    worst = asked.model.columns[asked.variables.worst.hash]
    asked.matrix = replace(asked.matrix, cost=np.eye(len(asked.matrix.cost))[worst])
    assert asked.near(None)[worst] == pytest.approx(50.0)


@pytest.mark.parametrize("rule", [{}, {"objective": "score"}, {"diminishing_returns": [[1.0, 1.0]]}])
@pytest.mark.parametrize("seed", range(8))
def test_what_is_built_keeps_all_rules(seed, rule):
    asked = Asked(
        random_case(seed, programs=5, regions="ABC", years=(2027, 2028, 2029)), make_scenario(**rule)
    )
    built = asked.built()
    assert len(built) == 2
    for values in built:
        verdict = asked.verdict(values)
        assert verdict.passed
        assert verdict.objective == pytest.approx(asked.matrix.cost @ values, abs=2e-4)  # the price of money


DEMANDS = {
    "quick wins": {"min_quick_wins": 1, "no_new_systems": True},
    "lock": {"locked_in": [{"program": "P1", "regions": ["A"]}]},
    "floor": {"equity": {"mode": "floor", "floor": 0.5}},
}


@pytest.mark.parametrize("rule", DEMANDS)
def test_what_is_demanded_is_built_wherever_a_plan_has_it(rule):
    """Every plan is tried; a floor half as high as the best plan's impact is missed in some cases this small."""
    there = found = 0
    for seed in range(5):
        case = random_case(seed, programs=2)
        case = replace(case, programs=case.programs.assign(quick_win=case.programs["duration"] == 1))
        scenario = make_scenario(**DEMANDS[rule])
        tried, floor = every_plan(case, scenario), None
        if rule == "floor":
            floor = 0.5 * max(plan.total for plan in tried)
            tried = [plan for plan in tried if plan.least >= floor]
        asked = Asked(case, scenario, floor)
        built = asked.built()
        assert all(asked.verdict(values).passed for values in built)
        assert tried or not built
        there, found = there + bool(tried), found + bool(built)
    assert found >= (there / 2 if rule == "floor" else there) > 0


@pytest.mark.parametrize("large", [10**9, 0])
@pytest.mark.parametrize(("work", "seconds"), [(0.0, np.inf), (1000.0, 0.0)])
def test_a_plan_and_a_bound_stand_whatever_ends_the_search(monkeypatch, large, work, seconds):
    monkeypatch.setattr("jspmodel.solver.reformulation.LARGE", large)
    monkeypatch.setattr("jspmodel.solver.highs.LARGE", large)
    asked = Asked(random_case(5, programs=8, regions="ABCD"), make_scenario())
    told = []
    seek = search(
        asked.matrix,
        asked.column_map,
        Options(threads=1),
        Effort(work, seconds),
        0.0,
        progress=lambda plan, worth, bound: told.append((plan is not None, worth, bound)),
    )
    built = asked.matrix.worth(asked.near(None))
    assert built <= seek.objective <= seek.bound < np.inf
    assert asked.matrix.rows_hold(seek.values)
    # A bound is told first, then a plan: before any relaxation.
    assert [has for has, _, _ in told[:2]] == [False, True]
