"""A child process as its owner sees it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, BinaryIO

from jspmodel.errors import Problem, SolverError
from jspmodel.processes.pipe import listen, pickled, send

LAST = 15.0
"""Seconds that a process has to be gone once it says nothing any more."""


class EndedError(SolverError):
    """A child process ended by itself, or was killed: by a person, or by a system without memory left."""


class Child:
    """A child process; its messages travel over pipes of its own, to which nothing else can write.

    Threads speak and listen, so that a child that hangs, even before it reads, holds nobody up. It ends with
    its owner (see ``Owner``), however that goes.

    Parameters
    ----------
    command : sequence of str
        Starts it; it makes an ``Owner``.
    folder : Path, optional
        Its current folder.
    apart : bool
        Whether it is a session of its own: what a terminal sends reaches it only through its owner.
    """

    def __init__(self, command: Sequence[str], folder: Path | None = None, *, apart: bool = False) -> None:
        self._command, self._folder, self._apart = command, folder, apart
        self.begin()

    def begin(self) -> None:
        """Start the process; start it again once it has ended."""
        process = self._process = subprocess.Popen(  # noqa: S603
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._folder,
            start_new_session=self._apart,
        )
        self._said: Queue[bytes | None] = Queue()
        self._heard: Queue[Any] = Queue()
        self._threads = [
            Thread(target=_speak, args=(process.stdin, self._said), daemon=True),
            Thread(target=_listen, args=(process.stdout, self._heard), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def tell(self, message: object) -> None:
        """Say something, without waiting until it is heard.

        Parameters
        ----------
        message : object
            Can be pickled, as objects that the child can import too.
        """
        self._said.put(pickled(message))

    def hear(self, seconds: float | None = None) -> Any:
        """Return what it says next.

        Parameters
        ----------
        seconds : float, optional
            How long to wait; without it, as long as it takes.

        Returns
        -------
        tuple

        Raises
        ------
        TimeoutError
            If it says nothing in that time.
        EndedError
            If it has ended.
        """
        try:
            message = self._heard.get(timeout=seconds)
        except Empty as nothing:
            raise TimeoutError from nothing
        if message is None:
            self._heard.put(None)  # whoever listens still
            status = f"exit code {self.end(LAST)}"
            problem = Problem("solver_failed", values={"status": status})
            raise EndedError(f"A process of the solver ended by itself: {status}.", [problem])
        return message

    @contextmanager
    def asked(self, request: object) -> Iterator[None]:
        """Say something that is answered within this context; an error there ends the process, still at it.

        Parameters
        ----------
        request : object
        """
        self.tell(request)
        try:
            yield
        except BaseException:
            self.end()
            raise

    def leave(self) -> None:
        """Let the process go: it tidies up what is under way and ends."""
        self._said.put(None)

    def end(self, patience: float = 0.0) -> int:
        """Let the process go and wait for its end; kill it if that takes longer.

        Parameters
        ----------
        patience : float
            Seconds.

        Returns
        -------
        int
            Its exit code.
        """
        self.leave()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
        code = self._process.wait()
        for thread in self._threads:
            thread.join()
        return code


def _speak(pipe: BinaryIO, said: Queue[bytes | None]) -> None:
    with suppress(OSError), pipe:  # who listens hears of the end
        while (message := said.get()) is not None:
            send(message, pipe)


def _listen(pipe: BinaryIO, heard: Queue[Any]) -> None:
    try:
        with pipe:
            listen(pipe, heard)
    finally:
        heard.put(None)
