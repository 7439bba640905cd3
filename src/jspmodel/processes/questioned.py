"""A child process that is asked once, in bytes, and answers in bytes: it is not believed more than a file."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import BinaryIO

LAST = 15.0
"""Seconds that a process has to end once nobody listens any more."""


class TooMuchSaidError(Exception):
    """A process said more than it may."""


class Questioned:
    """A child that was asked; no object of Python travels, so that what it says can do nothing by being read.

    Parameters
    ----------
    process : Popen
    most : int
        Bytes that it may say.
    """

    def __init__(self, process: subprocess.Popen[bytes], most: int) -> None:
        self._process, self._most = process, most

    def lines(self) -> Iterator[bytes]:
        """Yield what it says, line by line.

        Raises
        ------
        TooMuchSaidError
        """
        said = 0
        pipe = self._process.stdout
        while pipe is not None and (line := pipe.readline(self._most)):
            said += len(line)
            if said > self._most:
                raise TooMuchSaidError
            yield line

    def end(self) -> int:
        """Listen no more, wait for its end, and return its exit code."""
        if self._process.stdout is not None:
            self._process.stdout.close()  # who still speaks hears of it
        try:
            return self._process.wait(LAST)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


@contextmanager
def questioned(command: Sequence[str], question: bytes, most: int) -> Iterator[Questioned]:
    """Start a process, and end it with the context whatever it does.

    Parameters
    ----------
    command : sequence of str
    question : bytes
        All that its standard input holds.
    most : int
        Bytes that it may answer.

    Yields
    ------
    Questioned
    """
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    speaker = Thread(target=_speak, args=(process.stdin, question), daemon=True)
    speaker.start()
    try:
        yield Questioned(process, most)
    finally:
        process.kill()
        process.wait()
        speaker.join()
        if process.stdout is not None:
            process.stdout.close()


def _speak(pipe: BinaryIO, question: bytes) -> None:
    with suppress(OSError), pipe:  # who does not listen says so by its end
        pipe.write(question)
