"""The search beside the notebook: told after half a second, given up for a newer question, never silent."""

from queue import Queue
from time import monotonic, sleep
from types import SimpleNamespace

import pytest

from jspmodel.errors import SolverError
from jspmodel.scenario import Scenario, Solver
from jspmodel.selection.stages import Step
from jspmodel.whatif.question import Question
from jspmodel.whatif.seeker import FIRST, TICK, Seeker

SLOW, QUICK, NONE, BROKEN = (Question(budget, (), (), equity=False) for budget in (0.5, 1.0, 0.1, 0.2))


class FakeModel:
    """Searches as long as it is allowed to where the budget is half, else not at all."""

    def __init__(self):
        self.limits = []

    def solve(self, watch, *, budget_scale, solver, **_settings):
        scale, seconds = budget_scale["all"], solver["time_limit"]
        self.limits.append(seconds)
        if scale == NONE.budget and seconds == FIRST:
            raise SolverError("no plan yet")
        if scale == BROKEN.budget:
            raise ZeroDivisionError
        if scale == SLOW.budget:
            end = monotonic() + 20
            while monotonic() < end:
                sleep(0.02)
                watch(Step("selection", 1.0, 2.0))
        return SimpleNamespace(stopped=False, gap=0.0)


@pytest.fixture
def told():
    return Queue()


@pytest.fixture
def seeker(told):
    seeker = Seeker(
        None, Scenario(solver=Solver(time_limit=7)), None,
        on_plan=lambda question, plan: told.put(("plan", question)),
        on_progress=lambda progress: told.put(("progress", progress)),
        on_error=lambda error: told.put(("error", error)),
        on_rest=lambda: told.put(("rest", None)),
        _model=FakeModel(),
    )  # fmt: skip
    seeker.start()
    yield seeker
    seeker.end()


def test_progress_then_a_newer_question(seeker, told):
    begun = monotonic()
    seeker.ask(SLOW)
    kind, progress = told.get(timeout=10)
    assert kind == "progress"
    assert monotonic() - begun >= TICK
    assert (progress.objective, progress.bound, progress.limit) == (1.0, 2.0, FIRST + 7)
    seeker.ask(QUICK)
    assert seeker.rest(10)
    kinds = [told.get_nowait() for _ in range(told.qsize())]
    assert [what for what in kinds if what[0] != "progress"] == [("plan", QUICK), ("rest", None)]


def test_a_quick_answer_shows_no_progress(seeker, told):
    seeker.ask(QUICK)
    assert seeker.rest(10)
    assert [told.get_nowait()[0] for _ in range(told.qsize())] == ["plan", "rest"]


def test_without_a_plan_at_first_the_search_goes_on(seeker, told):
    seeker.ask(NONE)
    assert seeker.rest(10)
    assert seeker._model.limits == [FIRST, 7]
    assert told.get_nowait() == ("plan", NONE)


def test_what_breaks_is_said_and_the_next_question_answered(seeker, told):
    seeker.ask(BROKEN)
    kind, error = told.get(timeout=10)
    assert kind == "error"
    assert isinstance(error, ZeroDivisionError)
    seeker.ask(QUICK)
    assert seeker.rest(10)
    assert ("plan", QUICK) in [told.get_nowait() for _ in range(told.qsize())]
