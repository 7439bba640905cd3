"""What a search of a part takes over, tells, and is told, by hand: HiGHS says what is put in its mouth."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from jspmodel.solver import neighbourhoods, sub_mip
from jspmodel.solver.effort import work_of
from jspmodel.solver.result import SearchResult
from jspmodel.solver.sub_mip import AGAIN, ASKED, solve_sub_mip
from solver.test_state import NEAR, Known

IMPACT = 3
"""The column of the impact, 100 each; before it A, B and Z."""


class Part:
    """A part of the model, in which some programmes are left out; its searches are told how they go."""

    def __init__(self, monkeypatch, held="", **known):
        self.known, self.searches = Known(**known), []
        self.state = self.known.state
        columns = np.array(["ABZ".index(name) for name in held], dtype=np.int64)
        self.part = neighbourhoods.fixed_as_in(self.known.inside(""), columns)
        self.monkeypatch = monkeypatch

    def free(self, programs):
        """A plan in the columns that are not held."""
        return self.known.inside(programs)[np.isnan(self.part[0])]

    def run(self, *goes, **asked):
        """Search; each go is called in a search with its number and what that is given, and returns the result."""

        def told(matrix, options, gap, start, **more):
            self.searches.append((matrix, gap, start, more))
            return goes[min(len(self.searches), len(goes)) - 1](more["on_solution"], more["on_step"])

        self.monkeypatch.setattr(sub_mip, "maximise", told)
        return solve_sub_mip(self.state, self.part, **asked)


def ends(status="limit", values=None, bound=inf, work=0.0):
    return lambda on_solution, on_step: SearchResult(status, values, -inf, bound, work)


def test_what_is_held_counts_in_all_that_is_told(monkeypatch):
    """An impact of 4 is held; the rest is said to be worth -1, and at most 2, before that at most 3."""
    part, told = Part(monkeypatch), []
    part.part[0][IMPACT] = 0.04

    def go(on_solution, on_step):
        on_step(0.0, 3.0)
        return SearchResult("optimal", None, -1.0, 2.0)

    result = part.run(go, bounded=told.append)
    assert (result.status, result.objective, result.bound) == ("optimal", 3.0, 6.0)
    assert told == [7.0]


def test_what_is_found_is_kept_in_all_columns(monkeypatch):
    """B is held out: A is told of on the way, Z at the end."""
    part, worth = Part(monkeypatch, held="B"), []

    def go(on_solution, on_step):
        on_solution(part.free("A"))
        assert on_step(0.0, inf) is True
        worth.append(part.state.objective)
        return SearchResult("limit", part.free("Z"))

    part.run(go)
    assert [*worth, part.state.objective] == pytest.approx([1, 4], **NEAR)
    assert part.state.plan == pytest.approx(part.known.inside("Z"))
    assert len(part.searches) == 1


@pytest.mark.parametrize(("times", "searches"), [(1, 2), (3, 4), (10**6, AGAIN)])
def test_what_cannot_be_paid_is_searched_again_so_often(monkeypatch, times, searches):
    part = Part(monkeypatch)
    goes = [ends(values=part.free("AZ"))] * min(times, AGAIN + 5)
    part.run(*goes, ends(values=part.free("Z")))
    assert len(part.searches) == searches
    assert (part.state.plan is None) == (searches == AGAIN)


@pytest.mark.parametrize("found", [("ABZ", "A"), ("A", "ABZ")])
def test_what_cannot_be_paid_ends_a_search_on_the_way(monkeypatch, found):
    part, told = Part(monkeypatch), []

    def go(on_solution, on_step):
        for programs in found:
            on_solution(part.free(programs))
        told.append(on_step(0.0, inf))
        return SearchResult("limit")

    part.run(go, ends())
    assert told == [False]
    assert len(part.searches) == 2
    assert part.state.objective == pytest.approx(1, **NEAR)


def test_the_clock_that_is_left_is_that_of_the_search(monkeypatch):
    part = Part(monkeypatch, seconds=1e6)
    part.run(ends())
    assert 0.9e6 < part.searches[0][3]["seconds"] <= 1e6


def test_nothing_is_searched_again_once_all_is_over(monkeypatch):
    part = Part(monkeypatch, work=1.0)
    part.run(ends(values=part.free("AZ"), work=1.0))
    assert len(part.searches) == 1
    one = part.searches[0][0]
    assert part.state.effort.spent == pytest.approx(1.0 + work_of(ASKED, one.entries))


@pytest.mark.parametrize(("held", "told"), [("A", True), ("B", False), ("", True)])
def test_a_plan_from_elsewhere_is_told_where_the_part_has_it(monkeypatch, held, told):
    """B is found elsewhere while the part without A, without B or with all is searched; then nothing new."""
    part, said = Part(monkeypatch, held=held), []

    def go(on_solution, on_step):
        said.append(on_step(0.0, inf))
        part.state.offer(part.known.whole("B"))
        said.extend(on_step(0.0, inf) for _ in range(2))
        return SearchResult("limit")

    part.run(go)
    assert said[0] is True
    if told:
        assert said[1][:-1] == pytest.approx(part.free("B")[:-1])  # but for the money
        assert said[2] is True
    else:
        assert said[1] is True


@pytest.mark.parametrize(("held", "begins"), [("A", True), ("B", False)])
def test_a_search_begins_with_the_plan_where_the_part_has_it(monkeypatch, held, begins):
    part = Part(monkeypatch, held=held)
    part.state.offer(part.known.whole("B"))
    part.run(ends())
    start = part.searches[0][2]
    assert (start is not None) == begins
    if begins:
        assert start[:-1] == pytest.approx(part.free("B")[:-1])  # but for the money


@pytest.mark.parametrize("nodes", [None, 5])
@pytest.mark.parametrize("plan", ["", "A"])
@pytest.mark.parametrize(("work", "enough"), [(9.0, False), (10.0, True), (11.0, True)])
def test_a_search_ends_with_the_effort_unless_it_ends_anyhow_and_has_no_plan(
    monkeypatch, nodes, plan, work, enough
):
    part, said = Part(monkeypatch, work=10.0), []
    if plan:
        part.state.offer(part.known.whole(plan))

    def go(on_solution, on_step):
        said.append(on_step(work, inf))
        return SearchResult("limit")

    part.run(go, nodes=nodes)
    assert (said == [True]) == (not enough or (nodes is not None and not plan))
    assert part.searches[0][3]["nodes"] == nodes


@pytest.mark.parametrize(("gap", "asked"), [(None, 0.02), (0.0, 0.0), (0.3, 0.3)])
def test_a_part_is_searched_to_a_fifth_of_the_gap_unless_told_otherwise(monkeypatch, gap, asked):
    part = Part(monkeypatch, gap=0.1)
    part.run(ends(), gap=gap)
    assert part.searches[0][1] == pytest.approx(asked)


def test_for_bounds_all_that_is_stated_is_searched(monkeypatch):
    """For plans, rows about sets of funds stand for sums of payments, and presolve may be used: no bound rests
    on it."""
    part, some = Part(monkeypatch), {"mip_allow_restart": False}
    part.run(ends(), settings=some)
    part.run(ends(), settings=some, bounded=lambda bound: None)
    assert [more["settings"] for *_, more in part.searches] == [{"presolve": "choose", **some}, some]
    for (matrix, *_), stated in zip(
        part.searches, (part.state.model.searched, part.state.model.matrix), strict=True
    ):
        assert (matrix.rows != stated.rows).nnz == 0
        assert matrix.row_upper.tolist() == stated.row_upper.tolist()
