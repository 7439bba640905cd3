"""Rows about sets of funds: whole values keep those of all sets if and only if they can be paid."""

from __future__ import annotations

from itertools import combinations, product
from math import inf

import numpy as np
import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.parametric import budget_frontier
from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.selection.postoptimal.counterfactuals.money_statement import state_money_model
from jspmodel.solver.benders import Benders
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.fund_sets import FundSets
from jspmodel.solver.funding_cuts import NO_MONEY, FundingCuts
from jspmodel.solver.highs import relax
from jspmodel.solver.reformulation import Reformulation
from jspmodel.solver.relaxed_search import ONE_THREAD
from jspmodel.solver.reoptimisation import Reoptimiser
from selection.random_cases import random_case
from selection.small import make_scenario, one_place
from selection.test_funding import several_funds

NEAR = 1e-3
"""How little may be lacking or left for noise to decide."""


def stated(model, matrix, money=None):
    """A model without payments, coalitions listed; what it says of funds."""
    payments = Benders(matrix, model.column_map.side, ONE_THREAD)
    coalitions = Coalitions(payments.matrix, model.column_map.among(payments.kept, payments.sums))
    beside = NO_MONEY
    if money is not None:
        beside = coalitions.onto[np.searchsorted(payments.kept, money)].indices.astype(np.int64)
    listed = coalitions.program[: coalitions.listed]
    return payments, coalitions, FundingCuts(coalitions.matrix, listed, payments.sums, beside)


def all_sets(funding):
    """Every set of funds of one year."""
    flags, one = [], np.eye(len(funding.budgets), dtype=bool)
    years = {tuple(funding.beside(funds).tolist()) for funds in one}
    for year in sorted(years):
        for count in range(1, len(year) + 1):
            flags += [one[list(some)].any(axis=0) for some in combinations(year, count)]
    return np.array(flags)


def drawn(coalitions, draw):
    """Some programmes, each with one of its coalitions."""
    values = np.zeros(len(coalitions.matrix.cost))
    listed = coalitions.program[: coalitions.listed]
    for program in np.unique(listed):
        if draw.random() < 0.5:
            values[draw.choice(np.flatnonzero(listed == program))] = 1.0
    return values


def check(payments, coalitions, rows, most, values):
    """Whether values can be paid, which the rows must say too; None where that is a matter of noise."""
    over = float((rows @ values - most).max())
    if abs(over) < NEAR and over != 0:
        return None
    paid = payments.complete(coalitions.expand(values), cut=False) is not None
    assert paid == (over <= NEAR)
    return paid


@pytest.mark.parametrize("seed", range(4))
def test_all_sets_say_what_can_be_paid(seed):
    common = state_parametric_model(several_funds(seed), make_scenario())
    payments, coalitions, funding = stated(common, common.at(1.0))
    assert funding.exact
    rows, most = funding.capacities(coalitions.matrix, all_sets(funding))
    draw = np.random.default_rng(seed)
    said = [check(payments, coalitions, rows, most, drawn(coalitions, draw)) for _ in range(150)]
    assert {True, False} <= set(said)


def test_money_beside_the_budgets_is_not_read():
    """Rows of sets say nothing of it, so that the sums are needed."""
    case, scenario = several_funds(0), make_scenario()
    model = state_money_model(case, scenario, select_programs(case, scenario), ["P0"])
    *_, funding = stated(model.stated, model.stated.matrix, model.money)
    assert not funding.exact


def excludes(matrix, inside):
    return (matrix.rows @ inside > matrix.row_upper + 1e-6).any()


def test_rows_are_those_of_the_budgets_of_now():
    """Of three programmes for 6 each, 12 pays for two, 7.2 for one, 4.8 for none; and 12 for two again."""
    case = one_place([("X", 0.1, 6), ("Y", 0.1, 6), ("Z", 0.1, 6)], budget=12)
    common = state_parametric_model(case, make_scenario())
    payments, coalitions, funding = stated(common, common.at(1.0))
    sets = FundSets(funding, payments.sums, payments, coalitions)
    sets.priced(np.zeros(len(coalitions.matrix.row_upper)))  # each fund alone, at any price
    for scale, paid in ((1.0, 2), (0.6, 1), (0.4, 0), (1.0, 2)):
        now = Benders(common.at(scale), common.column_map.side, ONE_THREAD).matrix
        searched = sets.in_place_of_sums(coalitions.restated(now))
        for chosen in product((0.0, 1.0), repeat=3):
            values = np.zeros(len(searched.cost))
            values[: coalitions.listed] = chosen
            assert excludes(searched, values) == (sum(chosen) > paid)


@pytest.mark.parametrize("scale", [1.0, 0.6])
def test_what_can_be_paid_teaches_nothing(scale):
    engine, payments, at, coalitions, _ = engine_at(0, scale)
    nothing = np.zeros(len(coalitions.matrix.cost))
    assert engine.cannot_be_paid(at, coalitions.expand(nothing), payments) is None


def engine_at(seed, scale):
    """A model that is searched without sums, at a part of the budgets for which it was stated."""
    common = state_parametric_model(several_funds(seed), make_scenario())
    widest, payments = (Benders(common.at(s), common.column_map.side, ONE_THREAD) for s in (1.0, scale))
    column_map = common.column_map.among(widest.kept, widest.sums)
    engine = Reoptimiser(widest.matrix, column_map, widest.sums, payments=widest)
    at = engine.searchable(engine.relax(payments.matrix))
    return engine, payments, at, Coalitions(payments.matrix, column_map), common.at(scale)


@pytest.mark.parametrize("scale", [1.0, 0.6])
@pytest.mark.parametrize("seed", range(3))
def test_what_cannot_be_paid_is_excluded_next_time(seed, scale):
    """Sets that a whole solution breaks are learned from it, so that the model it comes from has it no more;
    what can be paid at these budgets keeps them all."""
    engine, payments, at, coalitions, _ = engine_at(seed, scale)
    draw, learned, paid, first = np.random.default_rng(seed), 0, [], len(at.searched.row_upper)
    for _ in range(40):
        inside = drawn(coalitions, draw)
        values = coalitions.expand(inside)
        if payments.complete(values, cut=False) is not None:
            paid.append(inside)
            continue
        without, before = engine.cannot_be_paid(at, values, payments), len(at.searched.row_upper)
        if without is not None:
            learned += 1
            new, most = without.searched.rows[before:], without.searched.row_upper[before:]
            assert (new @ inside > most + 1e-6).any()
            at = without
    sums = at.searched.rows[:, -payments.sums :]
    assert learned > 0
    assert sums.nnz == 0
    assert paid
    for inside in paid:
        assert (at.searched.rows[first:] @ inside <= at.searched.row_upper[first:] + 1e-6).all()


@pytest.mark.parametrize(("seed", "scale"), [(4, 1.0), (2, 0.8), (5, 0.6), (1, 0.4)])
def test_what_is_known_to_be_unpayable_is_not_found_again(seed, scale):
    """Whoever asks with a model from before it was known: the frontier's plan at -20 % of DIY was 11 % too low."""
    engine, payments, at, *_ = engine_at(seed, scale)
    values = engine.search_near(at, None)
    assert payments.complete(values, cut=False) is None
    engine.cannot_be_paid(at, values, payments)
    again = engine.search_near(at, None)
    assert (np.round(again) != np.round(values)).any()
    assert engine.cannot_be_paid(at, values, payments) is not None


@pytest.mark.parametrize("scale", [1.0, 0.6])
@pytest.mark.parametrize("seed", range(3))
def test_what_cannot_be_paid_is_thinned_to_what_can(seed, scale):
    """What is left is part of it, keeps all rules and can be paid at these budgets."""
    engine, payments, at, coalitions, stated = engine_at(seed, scale)
    draw, found = np.random.default_rng(seed), 0
    for _ in range(40):
        inside = drawn(coalitions, draw)
        values = coalitions.expand(inside)
        if payments.complete(values, cut=False) is None:
            left = engine.thin(at, values, payments)
            if left is not None:
                found += 1
                kept, listed = np.round(engine.project(left)), coalitions.listed
                assert (kept[:listed] <= inside[:listed]).all()
                assert stated.rows_hold(payments.complete(left, cut=False))
    assert found


def test_where_nothing_costs_anything_no_fund_is_asked(monkeypatch):
    """0.3 and 0.2 close 40 and three quarters of 10 percent, whatever the budgets."""
    monkeypatch.setattr("jspmodel.solver.reoptimisation.SMALL", 0)
    case = one_place([("X", 0.3, 0), ("Y", 0.2, 0)], budget=1)
    frontier = budget_frontier(case, make_scenario(), 2, workers=1)
    assert frontier.table["objective"].tolist() == pytest.approx([47.5, 47.5])


def test_a_programme_with_too_many_coalitions_leaves_the_sums(monkeypatch):
    """What is not listed is not in the rows: then plans are sought with payments as before."""
    monkeypatch.setattr("jspmodel.solver.coalition_columns.MOST", 5)
    common = state_parametric_model(random_case(1, programs=6), make_scenario())
    payments = Benders(common.at(1.0), common.column_map.side, ONE_THREAD)
    column_map = common.column_map.among(payments.kept, payments.sums)
    engine = Reoptimiser(payments.matrix, column_map, payments.sums, payments=payments)
    at = engine.searchable(engine.relax(payments.matrix))
    assert at.searched is at.matrix
    assert engine.cannot_be_paid(at, np.zeros(len(payments.matrix.cost))) is None


def reformulated(seed):
    """A model as a scenario is searched, what it restates, and its coalitions."""
    common = state_parametric_model(several_funds(seed), make_scenario())
    original = common.at(1.0)
    model = Reformulation(original, common.column_map, ONE_THREAD)
    model.reformulate(relax(original, ONE_THREAD), inf)
    return model, original, model._coalitions


def unpaid(model, coalitions, draw):
    """Whole values that break no row of the search but cannot be paid, and one that can."""
    drawn_ones = [drawn(coalitions, draw) for _ in range(60)]
    paid = [model.fork().complete(inside) is not None for inside in drawn_ones]
    within = [inside for inside, is_paid in zip(drawn_ones, paid, strict=True) if not is_paid]
    return [inside for inside in within if not excludes(model.searched, inside)]


@pytest.mark.parametrize("seed", range(3))
def test_what_a_search_cannot_pay_is_excluded_from_it_and_later_from_those_beside(seed):
    """Only what is searched for plans learns of it: the matrix that bounds all plans stays as it is."""
    model, _, coalitions = reformulated(seed)
    assert model.searched.rows[:, -model._benders.sums :].nnz == 0
    found = unpaid(model, coalitions, np.random.default_rng(seed))
    assert found
    for inside in found:
        fork, stated = model.fork(), len(model.matrix.row_upper)
        assert fork.complete(inside) is None
        assert excludes(fork.searched, inside)
        assert (len(fork.matrix.row_upper), len(model.matrix.row_upper)) == (stated, stated)
        assert not excludes(model.searched, inside)
    model.learn(fork)
    assert excludes(model.searched, found[-1])


@pytest.mark.parametrize("seed", range(3))
def test_a_proof_that_meets_what_cannot_be_paid_has_it_no_more(seed):
    model, _, coalitions = reformulated(seed)
    for inside in unpaid(model, coalitions, np.random.default_rng(seed)):
        fork, stated = model.fork(), len(model.matrix.row_upper)
        assert fork.complete(inside, bounds=True) is None
        new = fork.matrix.rows[stated:], fork.matrix.row_upper[stated:]
        assert (new[0] @ inside > new[1] + 1e-6).any()


@pytest.mark.parametrize("seed", range(3))
def test_what_a_search_can_pay_is_paid_and_never_excluded(seed):
    model, original, coalitions = reformulated(seed)
    draw, paid = np.random.default_rng(seed), []
    for _ in range(80):
        inside = drawn(coalitions, draw)
        whole = model.complete(inside)
        if whole is not None:
            sums = original.rows @ whole
            of_money = np.isin(np.arange(len(sums)), model._benders._touched)
            assert (sums <= original.row_upper + 1e-6)[of_money].all()
            assert (sums >= original.row_lower - 1e-6)[of_money].all()
            paid.append(inside)
    assert paid
    sets, most = model._sets._rows(model.matrix)
    for inside in paid:
        assert (sets @ inside <= most + 1e-6).all()
