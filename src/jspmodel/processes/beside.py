"""Pieces of work beside each other, which together use no more processes than one of them may."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from threading import Condition, Lock
from typing import Any

from jspmodel.processes.child import Child, EndedError


class AtWork:
    """Children that are at work for somebody, who may give all of it up."""

    def __init__(self) -> None:
        self._lock, self._given_up = Lock(), False
        self._children: set[Child] = set()

    @contextmanager
    def counted(self, child: Child) -> Iterator[None]:
        """Count a child in: it is ended where all is given up.

        Parameters
        ----------
        child : Child

        Raises
        ------
        EndedError
            If all was given up before.
        """
        with self._lock:
            if self._given_up:
                raise EndedError("What was done beside this was given up.", [])
            self._children.add(child)
        try:
            yield
        finally:
            with self._lock:
                self._children.discard(child)

    def give_up(self) -> None:
        """End all children; no more are counted in."""
        with self._lock:
            self._given_up, children = True, list(self._children)
        for child in children:
            child.end()


class Turns(AtWork):
    """Says how many children may be at work at a time, whoever lent them.

    Parameters
    ----------
    count : int
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        self._free, self._waiting = count, list[tuple[tuple[int, ...], int]]()
        self._changed, self._numbers = Condition(), itertools.count()

    @contextmanager
    def turn(self, rank: tuple[int, ...]) -> Iterator[None]:
        """Wait until fewer children are at work, and nobody of a lower rank waits.

        Parameters
        ----------
        rank : tuple of int
            Compared as tuples are; of equal ranks, who came first.
        """
        with self._changed:
            mine = (rank, next(self._numbers))
            heapq.heappush(self._waiting, mine)
            self._changed.wait_for(lambda: self._free and self._waiting[0] == mine)
            heapq.heappop(self._waiting)
            self._free -= 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()


turns: ContextVar[Turns | None] = ContextVar("turns", default=None)
rank: ContextVar[tuple[int, ...]] = ContextVar("rank", default=())
"""Of the piece of work that this is: its place among its pieces, after that of what it is a piece of."""


def run_beside(pieces: Sequence[Callable[[], Any]], workers: int) -> list[Any]:
    """Return what pieces of work return, in their order.

    What each does alone leaves processes idle, at its beginning and its end; another one uses them then.

    Parameters
    ----------
    pieces : sequence of callable
        Each may call ``process_map`` with as many workers, and this. Processes that are free go to the first
        piece that has a task: the one that would keep all waiting in the end, by what in it has to follow.
    workers : int
        Processes that are at work at a time, for all pieces together, and for all that is beside these where
        this is itself a piece; with one, one piece follows the other.

    Returns
    -------
    list

    Raises
    ------
    Exception
        That of the first piece that raises one; the others are given up.
    """
    if workers < 2:
        return [piece() for piece in pieces]
    shared = turns.get() or Turns(workers)
    with ThreadPoolExecutor(len(pieces)) as threads:
        begun = [
            threads.submit(copy_context().run, _take_turns, shared, (*rank.get(), place), piece)
            for place, piece in enumerate(pieces)
        ]
        try:
            done = wait(begun, return_when=FIRST_EXCEPTION).done
            failed = (error for one in begun if one in done and (error := one.exception()) is not None)
            if (error := next(failed, None)) is not None:
                raise error
        except BaseException:  # nobody waits for the rest
            shared.give_up()
            raise
        return [one.result() for one in begun]


def _take_turns(shared: Turns, place: tuple[int, ...], piece: Callable[[], Any]) -> Any:
    turns.set(shared)
    rank.set(place)
    return piece()
