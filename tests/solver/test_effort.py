"""Effort by hand: work is counted, the clock is a net; whether it struck is told, as then another run may differ."""

import pytest

from jspmodel.solver import clock
from jspmodel.solver.effort import Effort, effort_units, steps_of, work_of


@pytest.fixture
def now(monkeypatch):
    """A clock that goes on when it is told to."""
    time = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: time[0])
    return time


@pytest.mark.parametrize(
    ("effort", "entries", "units"),
    [
        ("quick", 50_000, 12),
        ("standard", 100_000, 150),
        ("standard", 300_000, 450),
        ("thorough", 1, 1500),
        (0.5, 10, 75),
        (2.0, 200_000, 600),
    ],
)
def test_units_of_an_effort_grow_with_models_that_are_large(effort, entries, units):
    assert effort_units(effort, entries) == units


def test_work_is_coefficients_gone_through_in_hundreds_of_millions():
    assert work_of(1_000, 200_000) == 2.0
    assert work_of(1_000, 10_000) == work_of(1_000, 10) == 0.1  # an iteration counts for 10,000 at least
    assert steps_of(10, 5, 1_000_000) == 10.0  # as 10 x 40 + 5 x 120 iterations


def test_effort_ends_with_its_work_and_the_clock_has_no_part_in_it(now):
    effort = Effort(2.0, 60.0)
    effort.spend(1.5)
    assert (effort.left, effort.spent, effort.over) == (0.5, 1.5, False)
    effort.spend(0.5)
    assert effort.over
    now[0] += 61
    assert effort.over
    assert not effort.stopped


def test_the_clock_strikes_while_work_is_left_and_that_is_remembered(now):
    effort = Effort(2.0, 60.0)
    now[0] += 59
    assert (effort.seconds, effort.over, effort.stopped) == (1.0, False, False)
    now[0] += 2
    assert (effort.seconds, effort.over, effort.stopped) == (0.0, True, True)
    effort.spend(5.0)
    assert (effort.over, effort.stopped) == (True, True)


def test_a_search_beside_has_the_same_left_and_counts_its_own():
    effort = Effort(2.0)
    effort.spend(0.5)
    other = effort.fork()
    other.spend(1.0)
    assert (other.left, other.spent) == (0.5, 1.0)
    assert (effort.left, effort.spent) == (1.5, 0.5)
