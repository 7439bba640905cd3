"""Most workbooks here are about what is read, not about the process that reads: they are read in this one.

A process of its own takes half a second to import openpyxl, and hundreds of small workbooks are read. What is said of
a workbook, and how it is understood, is the same code in either; that a process says it, is held to limits and is not
believed is for the modules named below, which start it as any command does.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jspmodel.workbook import book_door
from jspmodel.workbook.book_process import told_lines

OF_THE_PROCESS = {"test_book_door", "test_commands", "test_hostile"}


class _Here:
    def __init__(self, question: bytes) -> None:
        self._question = question

    def lines(self) -> Iterator[bytes]:
        return told_lines(self._question)

    def end(self) -> int:
        return 0


@contextmanager
def _asked_here(_command, question, _most):
    yield _Here(question)


@pytest.fixture
def read_here(monkeypatch):
    """Workbooks are read in this process."""
    monkeypatch.setattr(book_door, "questioned", _asked_here)


@pytest.fixture(autouse=True)
def _read_here_but_of_the_process(request):
    if request.module.__name__.rpartition(".")[2] not in OF_THE_PROCESS:
        request.getfixturevalue("read_here")
