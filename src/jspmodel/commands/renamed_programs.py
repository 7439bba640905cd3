"""Which programme a row of a first plan is, asked where the case may have it under another name."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from jspmodel.commands.console import OUT, answer_to
from jspmodel.commands.list_columns import is_terminal
from jspmodel.errors import Problem
from jspmodel.scenario import Language
from jspmodel.text import say
from jspmodel.workbook import QUESTIONS, Reading, describe_problem, read_workbook


def answered(path: Path, folder: Path, reading: Reading, language: Language) -> Reading:
    """Return a workbook read with what a person answers, where nothing else keeps it from being taken over.

    Parameters
    ----------
    path : Path
        The workbook.
    folder : Path
        Of the case.
    reading : Reading
    language : {"id", "en"}

    Returns
    -------
    Reading
        The same where nothing is asked, nobody sits at a terminal, or an answer is left out.
    """
    questions = [problem for problem in reading.errors if problem.code in QUESTIONS]
    if not questions or len(questions) < len(reading.errors) or not is_terminal():
        return reading
    answers: dict[int, str] = {}
    for question in questions:
        answer = _answer(question, reading, language)
        if not answer or question.row is None:
            return reading
        answers[question.row] = answer
    return read_workbook(path, folder, answers)


def _answer(question: Problem, reading: Reading, language: Language) -> str:
    """Return the code of the programme that a row is, ``"baru"`` for another, ``""`` where none is given."""
    OUT.print(escape(f"{question.cell}: {describe_problem(question, reading, language)}"), soft_wrap=True)
    code = str(question.values["code"])
    known = {"1": code, "2": "baru", "": "", code.casefold(): code, "baru": "baru", "new": "baru"}
    while True:
        asked = say("workbook.renamed_number", language, code=code)
        answer = answer_to(asked, language).casefold()
        if answer in known:
            return known[answer]
