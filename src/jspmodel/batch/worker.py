"""Processes that carry out jobs, each with its own imports and kernel, whoever hands the jobs out."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import perf_counter

from jspmodel.batch.job import Job, Result
from jspmodel.errors import Problem, RunError
from jspmodel.text.problems import listing

COMMAND = [sys.executable, "-P", "-m", "jspmodel.batch.child"]
TRIES = 2
"""How often a job is begun whose process is killed."""
_PATIENCE = 15.0

Tell = Callable[[str], None]


class Worker:
    """A child process that carries out jobs, one at a time.

    Its messages are pickles over its own pipes; nothing else can write to them. It is a session of its own:
    what the terminal sends reaches it only through its owner, and it ends when its owner is gone.

    Parameters
    ----------
    home : Path
        Its current folder.
    """

    def __init__(self, home: Path) -> None:
        self._child = subprocess.Popen(  # noqa: S603
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=home, start_new_session=True
        )

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._child.pid

    def ask(self, job: Job, tell: Tell) -> Result | None:
        """Have a job carried out.

        Parameters
        ----------
        job : Job
        tell : callable
            Told each step.

        Returns
        -------
        Result or None
            None if the process ended by itself or was killed.
        """
        assert self._child.stdin is not None  # noqa: S101
        assert self._child.stdout is not None  # noqa: S101
        try:
            pickle.dump(job, self._child.stdin, pickle.HIGHEST_PROTOCOL)
            self._child.stdin.flush()
            while True:
                kind, told = pickle.load(self._child.stdout)  # noqa: S301
                if kind == "result":
                    return told
                tell(told)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            return None

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._child.poll() is None

    def leave(self) -> None:
        """Let the process go: it tidies up what is under way and ends."""
        with suppress(OSError, ValueError):
            self._child.stdin.close()  # type: ignore[union-attr]

    def end(self) -> None:
        """Let the process go and wait for its end; kill it if that takes long."""
        self.leave()
        try:
            self._child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child.stdout.close()  # type: ignore[union-attr]


class Workers:
    """Lends workers to threads, rather one that runs already.

    Parameters
    ----------
    home : Path
        Their current folder.
    """

    def __init__(self, home: Path) -> None:
        self._home, self._lock = home, Lock()
        self._all: set[Worker] = set()
        self._idle: list[Worker] = []
        self._ended = False

    def carry_out(self, job: Job, tell: Tell) -> Result:
        """Carry out a job; once more if its process is killed.

        Parameters
        ----------
        job : Job
        tell : callable
            Told each step.

        Returns
        -------
        Result
        """
        start = perf_counter()
        try:
            for _ in range(TRIES):
                worker = self._lent()
                result = worker.ask(job, tell)
                self._back(worker, whole=result is not None)
                if result is not None:
                    return result
            problem = Problem("worker_lost", values={"times": TRIES})
        except (OSError, RuntimeError) as cause:  # no process can be started, or all were ended
            problem = Problem("no_worker", values={"error": str(cause)})
        error = RunError(listing([problem]), [problem])
        return Result(job, "failed", perf_counter() - start, error=error)

    def end(self) -> None:
        """End all workers, whatever they do."""
        with self._lock:
            self._ended = True
            workers = list(self._all)
        for worker in workers:
            worker.leave()
        for worker in workers:
            worker.end()

    def _lent(self) -> Worker:
        with self._lock:
            if self._ended:
                raise RuntimeError("stopped")
            while self._idle:
                worker = self._idle.pop()
                if worker.running:
                    return worker
                self._all.discard(worker)
            worker = Worker(self._home)
            self._all.add(worker)
            return worker

    def _back(self, worker: Worker, *, whole: bool) -> None:
        with self._lock:
            if whole:
                self._idle.append(worker)
                return
            self._all.discard(worker)
        worker.end()


_here: dict[tuple[int, Path], Workers] = {}


def carry_out(job: Job, home: Path) -> Result:
    """Carry out a job in a process of this machine: what a cluster calls.

    Parameters
    ----------
    job : Job
    home : Path
        Current folder of whoever wants it.

    Returns
    -------
    Result

    Notes
    -----
    Processes stay a while for the next job, and end by themselves (``child.IDLE``).
    """
    return _here.setdefault((os.getpid(), home), Workers(home)).carry_out(job, lambda step: None)
