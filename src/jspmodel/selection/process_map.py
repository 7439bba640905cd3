"""Work in processes of our own: the same results in the same order for any number of them.

``multiprocessing`` imports the caller's main module again in each process, which runs a script without a
guard once more; these processes import jspmodel only.
"""

from __future__ import annotations

import atexit
import copyreg
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from types import MappingProxyType
from typing import Any, TypeVar

from jspmodel.errors import Problem, SolverError
from jspmodel.solver.pipes import own_output, parent

Common = TypeVar("Common")
Task = TypeVar("Task")
Done = TypeVar("Done")

COMMAND = [sys.executable, "-P", "-m", "jspmodel.selection.process_map"]


def _read_only(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


# The title of a case is one, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


def spread(
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
        Processes; with one, or one task, all is done in this process.
    told : callable, optional
        Called with the number of tasks that are done.

    Returns
    -------
    list

    Raises
    ------
    Exception
        The first one that a task raises; the rest is given up.
    SolverError
        If a process ended by itself.
    """
    told = told or (lambda _: None)
    if min(workers, len(tasks)) <= 1:
        results = []
        for task in tasks:
            results.append(work(common, task))
            told(len(results))
        return results
    idle: SimpleQueue[_Hand] = SimpleQueue()
    with _borrowed(min(workers, len(tasks))) as hands:
        for hand in hands:
            hand.hold((work, common))
            idle.put(hand)
        with ThreadPoolExecutor(len(hands)) as threads:
            waiting = [threads.submit(_hand_over, idle, task) for task in tasks]
            try:
                for count, future in enumerate(as_completed(waiting), start=1):
                    future.result()
                    told(count)
            except BaseException:  # nobody waits for the rest
                threads.shutdown(wait=False, cancel_futures=True)
                for hand in hands:
                    hand.kill()
                raise
            return [future.result() for future in waiting]


class _Hand:
    """One process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def hold(self, common: object) -> None:
        """Tell it what the tasks to come share."""
        self._tell((True, common))

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None  # noqa: S101
        pickle.dump(message, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def do(self, task: object) -> Any:
        assert self._process.stdout is not None  # noqa: S101
        try:
            self._tell((False, task))
            failed, result = pickle.load(self._process.stdout)  # noqa: S301
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            status = f"exit code {self._process.wait()}"
            problem = Problem("solver_failed", values={"status": status})
            raise SolverError(f"A process of the solver ended by itself: {status}.", [problem]) from error
        if failed:
            raise result
        return result

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None  # noqa: S101
            with suppress(BrokenPipeError):  # what was still to be written is not needed
                pipe.close()


_waiting: list[_Hand] = []


@contextmanager
def _borrowed(count: int) -> Iterator[list[_Hand]]:
    """Lend processes, rather some that run already: a start takes as long as many a task."""
    hands: list[_Hand] = []
    while _waiting and len(hands) < count:
        hand = _waiting.pop()
        if hand.owner == os.getpid():  # a fork of their process must not talk to them
            hands.append(hand) if hand.runs else hand.end()
    hands += [_Hand() for _ in range(count - len(hands))]
    try:
        yield hands
        for hand in hands:
            hand.hold(None)  # what they shared may be large
    except BaseException:
        for hand in hands:
            hand.end()
        raise
    _waiting.extend(hands)


@atexit.register
def _end_all() -> None:
    while _waiting:
        hand = _waiting.pop()
        if hand.owner == os.getpid():
            hand.end()


def _hand_over(idle: SimpleQueue[_Hand], task: object) -> Any:
    hand = idle.get()
    try:
        return hand.do(task)
    finally:
        idle.put(hand)


def _main() -> None:
    """Answer until the parent is gone."""
    out, told = own_output(), parent()
    while True:
        held, message = told.get()
        if held:
            shared = message
            continue
        try:
            work, common = shared
            message = (False, work(common, message))
        except Exception as error:  # told to the parent, which raises it
            message = (True, error)
        pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)
        out.flush()


if __name__ == "__main__":
    _main()
