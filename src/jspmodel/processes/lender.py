"""Lends child processes, rather one that runs already: a start takes as long as a small search."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

from jspmodel.processes.child import Child

Lent = TypeVar("Lent", bound=Child)


class Lender(Generic[Lent]):
    """Lends child processes to threads, one to each at a time.

    Parameters
    ----------
    start : callable
        Starts one.
    patience : float
        Seconds that one has to tidy up where it is ended.
    """

    def __init__(self, start: Callable[[], Lent], patience: float = 0.0) -> None:
        self._start, self._patience, self._lock = start, patience, Lock()
        self._forget()

    def _forget(self) -> None:
        self._pid, self._ended = os.getpid(), False
        self._all: set[Lent] = set()
        self._idle: list[Lent] = []

    @contextmanager
    def lend(self) -> Iterator[Lent]:
        """Lend one; whoever leaves it in the middle of something has ended it.

        Raises
        ------
        OSError
            If no process can be started.
        RuntimeError
            If all were ended.
        """
        child = self._lent()
        try:
            yield child
        finally:
            with self._lock:
                self._idle.append(child)

    def _lent(self) -> Lent:
        with self._lock:
            if self._pid != os.getpid():
                self._forget()  # a fork must not talk to the children of its parent
            if self._ended:
                raise RuntimeError("stopped")
            while self._idle:
                child = self._idle.pop()
                if child.running:
                    return child
                self._all.discard(child)
            child = self._start()
            self._all.add(child)
            return child

    def start_ahead(self) -> None:
        """Have one ready, unless one is."""
        if not self._idle:
            with self.lend():
                pass

    def end(self) -> None:
        """End all, whatever they do."""
        with self._lock:
            if self._pid != os.getpid():
                return
            self._ended = True
            children = list(self._all)
        for child in children:
            child.leave()
        for child in children:
            child.end(self._patience)
