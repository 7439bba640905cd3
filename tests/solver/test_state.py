"""What a search knows, takes over and tells, by hand."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.solver.effort import Effort
from jspmodel.solver.exchange import Exchange, ExchangeMessage
from jspmodel.solver.incumbent import Incumbent
from jspmodel.solver.relaxed_search import ONE_THREAD
from jspmodel.solver.state import SearchState
from selection.small import make_scenario, one_place

NEAR = {"abs": 1e-3}
"""What the price of money takes."""
WORTH = {"A": 1.0, "B": 2.0, "Z": 4.0}
"""Of 10, A (4) and B (6) are paid, or Z (10) alone."""


class Known:
    """A search that knows nothing yet, and plans of it."""

    def __init__(self, gap=0.0, work=100.0, seconds=inf):
        case = one_place([("A", 0.01, 4), ("B", 0.02, 6), ("Z", 0.04, 10)], budget=10)
        common = state_parametric_model(case, make_scenario())
        self.state = SearchState(common.matrix, common.column_map, ONE_THREAD, Effort(1000), gap)
        self.state.incumbent, self.state.plan = Incumbent(), None
        self.state.effort, self.state._allowed = Effort(work, seconds), work

    def inside(self, programs):
        """A plan in the columns that are searched; its impact is a column beside."""
        matrix, program = self.state.model.matrix, self.state.model.program
        values = np.zeros(len(matrix.cost))
        values[np.isin(program, ["ABZ".index(name) for name in programs])] = 1.0
        values[np.argmax(matrix.cost)] = sum(WORTH[name] for name in programs) / matrix.cost.max()
        return values

    def whole(self, programs):
        """The same in all columns, paid."""
        return self.state.model.fork().complete(self.inside(programs))


@pytest.fixture
def known():
    return Known()


@pytest.fixture
def beside(known):
    """The same at an exchange with another; what that one hears."""
    exchange = Exchange(2, 2)
    with exchange.participant(0) as here, exchange.participant(1) as there:
        known.state.participant = here
        there.advance(inf)  # nobody need wait for it
        yield known.state, there


def test_a_better_plan_is_kept_and_told_another_is_not(known, beside):
    one, there = beside
    one.receive(2.0)
    assert one.offer(known.whole("A"))
    assert one.offer(known.whole("Z"))
    assert not one.offer(known.whole("AB"))
    assert (one.objective, one.model.matrix.worth(one.plan)) == pytest.approx((4, 4), **NEAR)
    one.participant.advance(inf)
    told = there.receive(9.0)
    assert [message.time for message in told] == [2.0, 2.0]
    assert [message.best.tolist() for message in told] == [
        known.whole("A").tolist(),
        known.whole("Z").tolist(),
    ]
    assert (one.model.project(told[-1].best) == told[-1].plan).all()


def test_a_lower_bound_is_told_with_what_gave_it_another_is_not(beside):
    one, there = beside
    one.receive(2.0)
    for source, bound in (("search", 6.0), ("search", 7.0), ("relaxation", 6.5), ("relaxation", 5.0)):
        one.lower(source, bound)
    one.lower("search", nan)
    one.participant.advance(inf)
    told = there.receive(9.0)
    assert [(message.time, message.source, message.bound) for message in told] == [
        (2.0, "search", 6.0),
        (2.0, "relaxation", 5.0),
    ]


def test_what_is_heard_is_taken_over_and_not_told_again(known, beside):
    one, there = beside
    best = known.whole("Z")
    there.send(ExchangeMessage(0.0, best, one.model.project(best)))
    there.send(ExchangeMessage(0.0, source="search", bound=5.0))
    one.receive(3.0)
    assert (one.objective, one.bound, one.ended) == (pytest.approx(4, **NEAR), 5.0, False)
    assert one.incumbent.bounds() == {"search": 5.0}
    one.participant.advance(inf)
    assert there.receive(9.0) == []


def test_a_search_alone_hears_nothing(known):
    one = known.state
    one.offer(known.whole("A"))
    one.lower("search", 6.0)
    one.receive(9.0)
    one.end()
    assert (one.objective, one.bound, one.over) == (pytest.approx(1, **NEAR), 6.0, True)


def test_each_better_plan_and_bound_is_reported(known):
    one, told = known.state, []
    one._progress = lambda *now: told.append(now)
    plans = [known.whole("A"), known.whole("Z")]
    for bound in (6.0, 7.0, 6.0):
        one.lower("search", bound)
    for plan in (*plans, *plans):
        one.offer(plan)
    one.lower("relaxation", 5.0)
    assert [plan is None for plan, *_ in told] == [True, False, False, True]
    assert [worth for _, worth, _ in told] == pytest.approx([-inf, 1, 4, 4], **NEAR)
    assert [bound for *_, bound in told] == [6.0, 6.0, 6.0, 5.0]
    assert [told[1][0] is plans[0], told[2][0] is plans[1]] == [True, True]


def test_an_end_that_is_heard_stays_one(beside):
    one, there = beside
    there.send(ExchangeMessage(0.0, over=True))
    there.send(ExchangeMessage(0.0, source="search", bound=5.0))
    one.receive(3.0)
    assert (one.ended, one.over, one.done, one.bound) == (True, True, False, 5.0)


def test_an_end_is_told(beside):
    one, there = beside
    one.end()
    one.participant.advance(inf)
    assert one.ended
    assert [message.over for message in there.receive(9.0)] == [True]


def test_what_cannot_be_paid_is_no_plan(known):
    one, stated = known.state, len(known.state.model.matrix.row_upper)
    assert not one.try_plan(known.inside("ABZ"), bounds=True)
    assert len(one.model.matrix.row_upper) > stated
    assert one.plan is None
    assert one.try_plan(known.inside("AB"), bounds=True)
    assert one.objective == pytest.approx(3, **NEAR)


def test_bounds_are_told_of_what_cannot_be_paid_where_they_ask(known, monkeypatch):
    one, asked = known.state, []
    monkeypatch.setattr(one.model, "complete", lambda values, *, bounds: asked.append(bounds))
    assert not one.try_plan(known.inside("Z"))
    assert not one.try_plan(known.inside("Z"), bounds=True)
    assert asked == [False, True]


def test_who_pays_for_what_is_no_better_is_not_asked(known):
    one = known.state
    one.incumbent.offer(known.whole("Z"), 5.0)  # as much as A and Z, which cannot be paid
    assert one.try_plan(known.inside("AZ"))


def test_a_plan_shows_that_there_is_one(known):
    one = known.state
    one.infeasible = True
    assert (one.result.status, one.over, one.done) == ("infeasible", True, False)
    one.offer(known.whole("A"))
    assert (one.infeasible, one.result.status, one.over) == (False, "limit", False)


@pytest.mark.parametrize(
    ("bound", "work", "status", "over"),
    [(4.0, 9.0, "optimal", True), (4.1, 9.0, "limit", False), (4.1, 10.0, "limit", True)],
)
def test_what_a_search_says_of_its_end(bound, work, status, over):
    known = Known(gap=0.01, work=10.0)
    one = known.state
    one.offer(known.whole("Z"))
    one.lower("search", bound)
    one.effort.spend(work)
    result = one.result
    assert (result.status, one.over, one.done) == (status, over, over)
    assert (result.work, result.bound, result.stopped, result.dropped) == (work, bound, False, 0)
    assert result.objective == pytest.approx(4, **NEAR)
    assert result.values is one.best


def test_where_the_clock_struck_that_is_said_unless_all_is_proven():
    known = Known(gap=0.01, seconds=0.0)
    one = known.state
    assert one.over
    assert (one.result.status, one.result.stopped) == ("clock", True)
    one.offer(known.whole("Z"))
    one.lower("search", 4.0)
    assert (one.result.status, one.result.stopped) == ("optimal", True)


def test_searches_beside_go_their_own_ways(known):
    one = known.state
    one.offer(known.whole("A"))
    one.lower("search", 6.0)
    one.effort.spend(5.0)
    other = one.fork()
    assert (other.objective, other.bound) == (one.objective, 6.0)
    assert (other.effort.spent, other.effort.left) == (0.0, 95.0)
    other.offer(known.whole("Z"))
    other.lower("search", 5.0)
    other.effort.spend(7.0)
    assert not other.try_plan(known.inside("ABZ"), bounds=True)
    assert (one.objective, one.bound, one.effort.left) == (pytest.approx(1, **NEAR), 6.0, 95.0)
    assert len(other.model.matrix.row_upper) > len(one.model.matrix.row_upper)


def test_what_searches_beside_found_comes_together(known):
    """The best plan, the lowest bounds, and the work of the one that did most."""
    one = known.state
    forks = [one.fork(), one.fork(), one.fork()]
    for other, programs, bound, work in zip(
        forks, ("A", "Z", "AB"), (7.0, 6.0, 5.0), (1.0, 3.0, 2.0), strict=True
    ):
        other.offer(known.whole(programs))
        other.lower("search", bound)
        other.effort.spend(work)
    forks[2].effort.stopped = True
    one.merge(forks)
    assert (one.objective, one.bound) == (pytest.approx(4, **NEAR), 5.0)
    assert (one.effort.spent, one.effort.left, one.effort.stopped) == (3.0, 97.0, True)
    assert (one.plan == forks[1].plan).all()


@pytest.mark.parametrize("first", [True, False])
def test_a_bound_that_one_found_wrong_is_not_taken_over_from_another(known, first):
    """Z (4) shows that 3 is wrong; the one that found the bound does not know Z."""
    one = known.state
    knows, says = one.fork(), one.fork()
    knows.offer(known.whole("Z"))
    knows.lower("search", 3.0)
    knows.lower("relaxation", 6.0)
    says.lower("search", 4.5)
    one.merge([knows, says] if first else [says, knows])
    assert (one.bound, one.incumbent.dropped) == (6.0, 1)


@pytest.mark.parametrize(("plan", "infeasible"), [("", True), ("A", False)])
@pytest.mark.parametrize("first", [True, False])
def test_that_there_is_no_plan_is_taken_over_where_there_is_none(known, plan, infeasible, first):
    one = known.state
    says, knows = one.fork(), one.fork()
    says.infeasible = True
    if plan:
        knows.offer(known.whole(plan))
    one.merge([says, knows] if first else [knows, says])
    assert one.infeasible == infeasible


def test_what_searches_beside_cannot_pay_is_learned(known, monkeypatch):
    one, learned = known.state, []
    forks = [one.fork(), one.fork()]
    monkeypatch.setattr(one.model, "learn", learned.append)
    one.merge(forks)
    assert learned == [other.model for other in forks]
