"""What the page tells: headings, lines, tables of problems, errors in words, never a trace of the code."""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import Callable, Sequence
from threading import Thread

from markupsafe import Markup

from jspmodel.errors import JspError
from jspmodel.pages import Captioned, render_finding
from jspmodel.scenario import Language
from jspmodel.serve.plain_words import plain, plain_problem
from jspmodel.text import Table, say

_FULL = {errno.ENOSPC, errno.EDQUOT}
_MOST = 200
"""Problems that the page lists; the marked copy has all."""


def heading(text: str, below: str = "") -> str:
    """Return the heading of a step, and what it is for."""
    return str(Markup("<h2>{}</h2>").format(text) + (line(below, "note") if below else ""))


def line(text: str, kind: str = "") -> Markup:
    """Return a line of text; ``failed`` is one that says what went wrong."""
    role = Markup(' role="alert"') if kind == "failed" else ""
    return Markup('<p class="{}"{}>{}</p>').format(kind, role, text)


def problem_table(rows: Sequence[tuple[str, str, str, str]], errors: bool, language: Language) -> str:
    """Return the problems of a workbook as a table: kind, sheet, cell, what is wrong and what mends it.

    Parameters
    ----------
    rows : sequence of (kind, sheet, cell, words)
    errors : bool
        Whether any of them keeps the workbook from being taken over.
    language : {"id", "en"}

    Returns
    -------
    str
        Everything escaped; empty where there is no problem.
    """
    if not rows:
        return ""
    headings = tuple(say(f"workbook.problems_{key}", language) for key in ("kind", "sheet", "cell", "text"))
    title = say(f"serve.{'mistakes' if errors else 'warnings'}", language, count=len(rows))
    notes = [say("serve.more", language, count=len(rows) - _MOST)] if len(rows) > _MOST else []
    told = tuple((kind, sheet, cell, plain(text, language)) for kind, sheet, cell, text in rows[:_MOST])
    table = Table(headings, told, (False,) * len(headings))
    shown = Captioned(say("workbook.sheet_problems", language), table, "cards")
    return render_finding(title, language, tables=[shown], notes=notes).html


def error_told(error: Exception, language: Language) -> str:
    """Return what went wrong in words; of what was not foreseen the terminal has the rest.

    Parameters
    ----------
    error : Exception
    language : {"id", "en"}

    Returns
    -------
    str
    """
    if isinstance(error, OSError) and error.errno in _FULL:
        return str(line(say("serve.not_written", language), "failed"))
    if not isinstance(error, JspError):
        traceback.print_exception(error, file=sys.__stderr__)
        return str(line(say("serve.unforeseen", language), "failed"))
    texts = [plain_problem(problem, language) for problem in error.problems] or [str(error)]
    return str(Markup("").join(line(text, "failed") for text in texts))


def beside(work: Callable[[], None], tell: Callable[[str], None], language: Language) -> None:
    """Do what takes long in a thread, so that the page goes on answering.

    Parameters
    ----------
    work : callable
    tell : callable
        Given HTML where the work fails.
    language : {"id", "en"}
    """

    def carried_out() -> None:
        try:
            work()
        except Exception as error:  # whatever it is: else the page would wait without a word
            tell(error_told(error, language))

    Thread(target=carried_out, daemon=True).start()
