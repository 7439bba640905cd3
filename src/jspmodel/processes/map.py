"""Work in processes of our own: the same results in the same order for any number of them."""

from __future__ import annotations

import atexit
import copyreg
import itertools
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from math import ceil
from types import MappingProxyType
from typing import Any, TypeVar

from jspmodel.processes.beside import AtWork, Turns, rank, turns
from jspmodel.processes.child import Child
from jspmodel.processes.lender import Lender

Common = TypeVar("Common")
Task = TypeVar("Task")
Done = TypeVar("Done")

COMMAND = [sys.executable, "-P", "-m", "jspmodel.processes"]

_children = Lender(lambda: Child(COMMAND))
atexit.register(_children.end)
_keys = itertools.count()
"""Of maps: by which children know what the tasks of one share."""


def _read_only(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


# The title of a case is one, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


def as_share(
    told: Callable[[float], None] | None, begun: float, part: float, count: int
) -> Callable[[int], None] | None:
    """Return what tells of so many tasks as a part of a whole, from where it has begun; None: nobody listens.

    Parameters
    ----------
    told : callable, optional
        Called with the share of the whole that is done.
    begun, part : float
        Shares of the whole: done before these tasks, and theirs.
    count : int
        Of the tasks.

    Returns
    -------
    callable or None
        For ``process_map``.
    """
    return None if told is None else (lambda done: told(begun + part * done / count))


def in_pieces(tasks: Sequence[Task], most: int) -> list[tuple[Task, ...]]:
    """Return tasks in pieces that are done together, so long that no process waits long for the last one.

    The same for any number of processes: what is done together may share what it finds.

    Parameters
    ----------
    tasks : sequence
    most : int
        Tasks of a piece at most.

    Returns
    -------
    list of tuple
        In their order. The pieces differ by one task at most, and are an even number, as cores mostly are,
        where there are two tasks.

    Examples
    --------
    >>> in_pieces("abcdefg", 3)
    [('a',), ('b', 'c'), ('d', 'e'), ('f', 'g')]
    >>> in_pieces("ab", 9), in_pieces("a", 9), in_pieces("", 9)
    ([('a',), ('b',)], [('a',)], [])
    """
    whole = ceil(len(tasks) / most)
    pieces = min(whole + whole % 2, len(tasks))
    ends = [len(tasks) * k // pieces for k in range(pieces + 1)] if pieces else []
    return [tuple(tasks[begin:end]) for begin, end in itertools.pairwise(ends)]


def process_map(
    work: Callable[[Common, Task], Done],
    common: Common,
    tasks: Sequence[Task],
    workers: int,
    told: Callable[[int], None] | None = None,
) -> list[Done]:
    """Return ``work(common, task)`` for each task, in their order.

    Parameters
    ----------
    work : callable
        A function of a module; it depends on nothing but its arguments.
    common : object
        What all tasks share; sent to each process once.
    tasks : sequence
    workers : int
        Processes; with one, or one task, all is done in this process. Maps of ``run_beside`` share them.
    told : callable, optional
        Called with the number of tasks that are done.

    Returns
    -------
    list

    Raises
    ------
    Exception
        The first one that a task raises; the rest is given up.
    EndedError
        If a process ended by itself.
    """
    told = told or (lambda _: None)
    workers = min(workers, len(tasks))
    if workers > 1:
        return _side_by_side(work, common, tasks, workers, told)
    results = []
    for task in tasks:
        results.append(work(common, task))
        told(len(results))
    return results


def _side_by_side(
    work: Callable[[Common, Task], Done],
    common: Common,
    tasks: Sequence[Task],
    workers: int,
    told: Callable[[int], None],
) -> list[Done]:
    shared, under_way = turns.get() or Turns(workers), _UnderWay(work, common)
    with ThreadPoolExecutor(workers) as threads:
        try:
            waiting = [threads.submit(under_way.done, shared, task) for task in tasks]
            for count, future in enumerate(as_completed(waiting), start=1):
                future.result()
                told(count)
        except BaseException:  # nobody waits for the rest
            threads.shutdown(wait=False, cancel_futures=True)
            under_way.give_up()
            raise
        finally:
            under_way.forget()
        return [future.result() for future in waiting]


class _UnderWay(AtWork):
    """A map under way: each task goes to a child that is free, which is told once what all tasks share."""

    def __init__(self, work: Callable[..., Any], common: object) -> None:
        super().__init__()
        self._key, self._shared, self._rank = next(_keys), (work, common), rank.get()
        self._holders: set[Child] = set()

    def done(self, shared: Turns, task: object) -> Any:
        """Return what the work on a task comes to; raise what it raises."""
        with shared.turn(self._rank), _children.lend() as child, shared.counted(child), self.counted(child):
            if child not in self._holders:
                child.tell(("hold", self._key, self._shared))
                self._holders.add(child)
            with child.asked(("do", self._key, task)):
                error, result = child.hear()
        if error:
            raise error
        return result

    def forget(self) -> None:
        """Have the children forget what the tasks shared: it may be large."""
        for child in self._holders:
            child.tell(("forget", self._key, None))
