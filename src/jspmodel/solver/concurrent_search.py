"""Searches side by side on one model, each in a thread; what they find does not depend on which is faster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from jspmodel.solver.exchange import Exchange
from jspmodel.solver.state import SearchState


def run_concurrently(state: SearchState, tasks: Sequence[Callable[[SearchState], None]]) -> None:
    """Do tasks side by side, each from what is known now; the one that takes longest counts as effort.

    Parameters
    ----------
    state : SearchState
        In the end it takes over what the tasks found, in their order.
    tasks : sequence of callable
        Called with a search of their own. They hear of each other's plans and bounds.
    """
    forks, exchange = [state.fork() for _ in tasks], Exchange(len(tasks), state.options.threads)

    def run(party: int) -> None:
        with exchange.participant(party) as participant:
            forks[party].participant = participant
            tasks[party](forks[party])

    with ThreadPoolExecutor(len(tasks)) as pool:
        list(pool.map(run, range(len(tasks))))
    state.merge(forks)
