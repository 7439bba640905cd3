"""The search beside the notebook: shown as soon as a plan is told, given up for a newer question, never silent."""

from queue import Queue

import pytest

from jspmodel.errors import SolverError
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario, Solver
from jspmodel.selection.parametric import LivePlan
from jspmodel.selection.search import Step
from jspmodel.whatif.background_solver import FIRST, Seeker
from jspmodel.whatif.question import Question

SLOW, QUICK, NONE, BROKEN = (Question(budget, (), (), equity=False) for budget in (0.5, 1.0, 0.1, 0.2))
A, B, C = ((Choice(program=code, start=2027),) for code in "ABC")
FAR = 600
"""Seconds after which a test gives up waiting for what must come."""


class FakeModel:
    """Searches until it is given up where the budget is half, and tells what a test has it tell; else not at all."""

    def __init__(self):
        self.efforts, self.steps = [], Queue()

    def solve(self, watch, *, budget_scale, solver, **_settings):
        scale, effort = budget_scale["all"], solver["effort"]
        self.efforts.append(effort)
        if scale == NONE.budget and effort == FIRST:
            raise SolverError("no plan yet")
        if scale == BROKEN.budget:
            raise ZeroDivisionError
        if scale == SLOW.budget:
            while True:
                watch(self.steps.get(timeout=FAR))
        return LivePlan(B, 2.0, 2.0, 0.0 if effort != FIRST else 0.5, False, None)


def step(choices=None, objective=1.0, stage="selection"):
    return Step(stage, objective, 2.0, choices)


@pytest.fixture
def told():
    return Queue()


@pytest.fixture
def seeker(told):
    seeker = Seeker(
        None, Scenario(solver=Solver(effort="thorough")), None,
        on_plan=lambda question, found: told.put(("plan", question, found)),
        on_progress=lambda progress: told.put(("progress", progress)),
        on_error=lambda question, error: told.put(("error", question, error)),
        on_rest=lambda: told.put(("rest",)),
        _model=FakeModel(),
    )  # fmt: skip
    seeker.start()
    yield seeker
    seeker.end()
    seeker._model.steps.put(step())  # so that its thread sees it


def heard(told, kind):
    """Wait for the next of a kind and return it; what is told of progress in between is passed over."""
    while (item := told.get(timeout=FAR))[0] == "progress" != kind:
        pass
    assert item[0] == kind
    return item


def others(told):
    return [item for item in (told.get_nowait() for _ in range(told.qsize())) if item[0] != "progress"]


def test_a_quick_search_comes_first_then_the_scenarios_own(seeker, told):
    seeker.ask(QUICK)
    assert seeker.rest(FAR)
    assert seeker._model.efforts == ["quick", "thorough"]
    assert [(item[0], item[2].ended) for item in others(told)[:-1]] == [("plan", "going"), ("plan", "done")]


def test_the_first_plan_is_shown_as_soon_as_it_is_told(seeker, told):
    seeker.ask(SLOW)
    seeker._model.steps.put(step())  # nothing found yet
    seeker._model.steps.put(step(C, stage="without_equity"))  # breaks the equity rule, perhaps
    seeker._model.steps.put(step(A))
    _, question, found = heard(told, "plan")
    assert question is SLOW
    assert (found.choices, found.objective, found.bound, found.gap) == (A, 1.0, 2.0, 1.0)
    assert found.ended == "going"
    seeker._model.steps.put(step(B, 1.5))
    assert heard(told, "plan")[2].choices == B  # a better one follows by itself


def test_progress_then_a_newer_question(seeker, told):
    seeker.ask(SLOW)
    seeker._model.steps.put(step())
    while (progress := heard(told, "progress")[1]).objective != 1.0:
        pass
    assert progress.bound == 2.0
    seeker.ask(QUICK)
    seeker._model.steps.put(step(A))  # comes too late: nobody wants it any more
    assert seeker.rest(FAR)
    assert {item[1] for item in others(told) if item[0] == "plan"} == {QUICK}


def test_giving_up_keeps_the_best_so_far_and_tells_nothing_more(seeker, told):
    seeker.ask(SLOW)
    seeker._model.steps.put(step(A))
    heard(told, "plan")
    assert seeker.seeking
    assert seeker.give_up().choices == A
    assert not seeker.seeking
    seeker._model.steps.put(step(B, 1.5))
    assert seeker.rest(FAR)
    assert [item[0] for item in others(told)] == ["rest"]
    assert seeker.give_up() is None
    seeker.ask(QUICK)
    assert heard(told, "plan")[1] is QUICK


def test_without_a_plan_at_first_the_search_goes_on(seeker, told):
    seeker.ask(NONE)
    assert seeker.rest(FAR)
    assert seeker._model.efforts == ["quick", "thorough"]
    assert [item[:2] for item in others(told)] == [("plan", NONE), ("rest",)]


def test_what_breaks_is_said_and_the_next_question_answered(seeker, told):
    seeker.ask(BROKEN)
    _, question, error = heard(told, "error")
    assert question is BROKEN
    assert isinstance(error, ZeroDivisionError)
    seeker.ask(QUICK)
    assert seeker.rest(FAR)
    assert QUICK in [item[1] for item in others(told) if item[0] == "plan"]


def test_a_quick_effort_is_not_searched_twice(seeker):
    seeker.scenario = Scenario(solver=Solver(effort="quick"))
    seeker.ask(QUICK)
    assert seeker.rest(FAR)
    assert seeker._model.efforts == ["quick"]


def test_a_question_given_up_before_it_was_begun_leaves_nothing_to_wait_for(seeker, told):
    for _ in range(50):
        seeker.ask(QUICK)
        seeker.give_up()
    assert seeker.rest(FAR)
    seeker.ask(QUICK)
    assert seeker.rest(FAR)
    assert [item[2].ended for item in others(told) if item[0] == "plan"][-1] == "done"
