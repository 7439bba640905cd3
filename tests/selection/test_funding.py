"""Rows about what funds pay: bounds by hand, and no plan that can be paid breaks one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from jspmodel.selection import select_programs
from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.selection.postoptimal.counterfactuals.money_statement import state_money_model
from jspmodel.solver.benders import Benders
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.funding_cuts import FundingCuts
from jspmodel.solver.highs import maximise, relax
from jspmodel.solver.matrix import with_limits, with_rows
from jspmodel.solver.relaxed_search import ONE_THREAD
from jspmodel.solver.reoptimisation import Reoptimiser
from selection.random_cases import random_case
from selection.small import make_scenario, one_place, rows

TWO_FUNDS = {
    "funds": rows("fund name_id", ("f", "Dana"), ("csr", "CSR")),
    "fund_rules": rows("fund program max_share", ("csr", "X", 0.5)),
}


def bounds(case, *scales, like=None):
    """What no plan exceeds at some falling scales, in percent, and the same by the relaxation alone."""
    common = state_parametric_model(case, make_scenario())
    stated = [Benders(common.at(scale), common.column_map.side, ONE_THREAD) for scale in scales]
    column_map = common.column_map.among(stated[0].kept, stated[0].sums)
    engine = Reoptimiser(stated[0].matrix, column_map, stated[0].sums)
    return [engine.relax(one.matrix, like).relaxed.bound for one in stated], [
        relax(one.matrix, ONE_THREAD).bound for one in stated
    ]


def test_rounding_by_hand():
    """Three for 6 of 10: one fits, not one and two thirds; with 12 two do, with 5 none."""
    case = one_place([("X", 0.1, 6), ("Y", 0.1, 6), ("Z", 0.1, 6)], budget=10)
    proven, relaxed = bounds(case, 1.2, 1.0, 0.5)
    assert proven == pytest.approx([20, 10, 0], abs=1e-3)
    assert relaxed == pytest.approx([20, 100 / 6, 0], abs=1e-3)  # none fits by itself


def test_relaxations_of_a_name_go_on_from_the_first():
    """As by hand above, in an order in which rows of smaller budgets would be wrong for those after them."""
    case = one_place([("X", 0.1, 6), ("Y", 0.1, 6), ("Z", 0.1, 6)], budget=10)
    proven, _ = bounds(case, 1.2, 0.5, 1.0, like="budgets")
    assert proven == pytest.approx([20, 0, 10], abs=1e-3)


def test_what_funds_can_pay_by_hand():
    """X costs 14, of which CSR bears half at most: 7 are needed of the other's 6, which pays for Y, 4, alone. Of
    twice as much it pays for both."""
    budgets = rows("fund year amount", ("f", 2027, 6), ("csr", 2027, 9))
    case = one_place([("X", 0.3, 14), ("Y", 0.1, 4)], budget=0, fund_budgets=budgets, **TWO_FUNDS)
    proven, relaxed = bounds(case, 2.0, 1.0)
    assert proven == pytest.approx([40, 10], abs=1e-3)
    assert relaxed[1] > 25


def test_one_must_take_what_others_may_not_pay():
    """X and Y cost 6; CSR may bear 3 of X alone: the other fund has 8, not the 9 that both need."""
    budgets = rows("fund year amount", ("f", 2027, 8), ("csr", 2027, 9))
    case = one_place([("X", 0.2, 6), ("Y", 0.2, 6)], budget=0, fund_budgets=budgets, **TWO_FUNDS)
    proven, relaxed = bounds(case, 1.0)
    assert proven == pytest.approx([20], abs=1e-3)
    assert relaxed[0] > 30


def test_a_row_of_other_coefficients_is_no_budget():
    """A tenth of what the fund pays is at most 2, as its budget of 20 says already: three for 6 fit."""
    common = state_parametric_model(
        one_place([("X", 0.1, 6), ("Y", 0.1, 6), ("Z", 0.1, 6)], budget=20), make_scenario()
    )
    stated = Benders(common.matrix, common.column_map.side, ONE_THREAD)
    columns = len(stated.matrix.cost)
    tenth = sparse.csr_array(([0.1], ([0], [columns - 1])), shape=(1, columns))
    matrix = with_limits(stated.matrix, tenth, np.array([2.0]))
    column_map = common.column_map.among(stated.kept, stated.sums)
    assert Reoptimiser(matrix, column_map, stated.sums).relax(matrix).relaxed.bound == pytest.approx(
        30, abs=1e-3
    )


def several_funds(seed):
    """A random case whose costs are borne by the province, by a region for itself, and in part by others."""
    draw = np.random.default_rng(seed)
    case, years = random_case(seed, programs=6, regions="ABC", years=(2027, 2028, 2029)), (2027, 2028, 2029)
    names = ("prov", "own-A", "own-B", "csr", "grant")
    shares = [("csr", p, float(draw.choice([0.3, 0.5]))) for p in ("P0", "P1", "P2")]
    shares += [("grant", p, float(draw.choice([0.4, 1.0]))) for p in ("P2", "P3")]
    return replace(
        case,
        funds=rows(
            "fund name_id holder", *((f, f, f[4:] if f.startswith("own") else "") for f in names)
        ).assign(**{c: "" for c in case.funds.columns if c not in ("fund", "name_id", "holder")}),
        fund_rules=rows("fund program max_share", *shares).assign(
            **{c: "" for c in case.fund_rules.columns if c not in ("fund", "program", "max_share")}
        ),
        fund_budgets=rows(
            "fund year amount", *((f, t, int(draw.integers(2, 9))) for f in names for t in years)
        ),
    )


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_that_can_be_paid_breaks_a_row(seed):
    """Plans of random aims at two budgets, the model searched as it is stated, payments and all."""
    common = state_parametric_model(several_funds(seed), make_scenario())
    widest = Benders(common.at(1.0), common.column_map.side, ONE_THREAD)
    column_map = common.column_map.among(widest.kept, widest.sums)
    coalitions = Coalitions(widest.matrix, column_map)
    funding = FundingCuts(coalitions.matrix, coalitions.program[: coalitions.listed], widest.sums)
    draw, found, matrix = np.random.default_rng(seed), [], coalitions.matrix
    for _ in range(4):
        rows_, most = funding.cuts(matrix, relax(matrix, ONE_THREAD))
        found.append((rows_, most))
        matrix = with_rows(matrix, rows_, np.full(len(most), -np.inf), most)
    assert sum(len(most) for _, most in found) > 0
    for scale in (1.0, 0.8):
        whole = common.at(scale)
        for _ in range(8):
            cost = np.where(whole.integer, draw.normal(1.0, 2.0, len(whole.cost)), 0.0)
            plan = maximise(replace(whole, cost=cost), ONE_THREAD, 0.0).values
            inside = coalitions.project(widest.project(plan))
            for rows_, most in found:
                assert (rows_ @ inside <= most + 1e-6).all()


@pytest.mark.parametrize("seed", range(4))
def test_no_plan_that_is_paid_with_money_beside_the_budgets_breaks_a_row(seed):
    """Plans of random aims, for some of which budgets are raised or costs relieved: both at a random price."""
    case, scenario = several_funds(seed), make_scenario()
    plan = select_programs(case, scenario)
    model = state_money_model(case, scenario, plan, list(case.programs["program"]))
    widest = Benders(model.stated.matrix, model.stated.column_map.side, ONE_THREAD)
    column_map = model.stated.column_map.among(widest.kept, widest.sums)
    coalitions = Coalitions(widest.matrix, column_map)
    money = coalitions.onto[np.searchsorted(widest.kept, model.money)].indices.astype(np.int64)
    listed = coalitions.program[: coalitions.listed]
    funding = FundingCuts(coalitions.matrix, listed, widest.sums, money)
    draw, found, matrix = np.random.default_rng(seed), [], coalitions.matrix
    priced = np.append(model.worth, 0.0)[np.append(widest.kept, np.full(widest.sums, -1))]
    priced[np.searchsorted(widest.kept, model.money)] = -float(draw.uniform(1, 4))
    for _ in range(4):
        rows_, most = funding.cuts(
            matrix, relax(replace(matrix, cost=coalitions.onto.T @ priced), ONE_THREAD)
        )
        found.append((rows_, most))
        matrix = with_rows(matrix, rows_, np.full(len(most), -np.inf), most)
    assert any((rows_[:, money].nnz > 0) for rows_, _ in found)
    whole, bought = model.stated.matrix, 0.0
    for _ in range(6):
        cost = np.where(whole.integer, draw.normal(1.0, 2.0, len(whole.cost)), 0.0)
        cost[model.money] = -draw.uniform(0.05, 2, len(model.money))
        values = maximise(replace(whole, cost=cost), ONE_THREAD, 0.0).values
        bought += values[model.money].sum()
        inside = coalitions.project(widest.project(values))
        for rows_, most in found:
            assert (rows_ @ inside <= most + 1e-6).all()
    assert bought > 0
