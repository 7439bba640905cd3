"""What all commands share on the terminal: progress, errors, exit codes, settings from ``--set``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from math import inf
from typing import TYPE_CHECKING

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jspmodel.case import Case
from jspmodel.errors import DataError, InfeasibleError, JspError, Problem, ScenarioError
from jspmodel.intake import place_of
from jspmodel.plan import Plan
from jspmodel.proof import relative_gap
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table as Cells
from jspmodel.text import describe_proof, format_gap, listing, number, percent, say

if TYPE_CHECKING:
    from jspmodel.selection import Step

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)
NOTHING_PROVEN = 5
"""Exit code where a plan was found, of which nothing is proven."""
BROKEN = 6
"""Exit code where a plan that somebody brings breaks rules."""


class Teller:
    """Tells on the terminal which step is under way and how far the search is."""

    def __init__(
        self, scenario: Scenario, language: Language, name: str = "", *, quiet: bool = False
    ) -> None:
        self._language, self._line, self._out = language, "", ERR if quiet else OUT
        effort, limit = scenario.solver.effort, scenario.solver.time_limit
        told = (
            effort if isinstance(effort, str) else number(effort, language, 0 if effort.is_integer() else 2)
        )
        self._limited = limit is not None
        self._words = {
            "scenario": name or scenario.name,
            "effort": told,
            "seconds": number(limit or 0, language),
        }
        self._status = self._out.status("")

    def __enter__(self) -> Teller:
        self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def step(self, step: str) -> None:
        """Tell that a step starts."""
        limited = "_limited" if step == "solve" and self._limited else ""
        self._line = escape(say(f"cli.step_{step}{limited}", self._language, **self._words))
        self._status.update(self._line)
        if not self._out.is_terminal:
            self._out.print(self._line)

    def asked(self, question: str, done: float) -> None:
        """Tell which question about a plan is under way, and how much of it is done."""
        words = {"question": say(f"why.{question}", self._language), "done": percent(done, self._language, 0)}
        self._status.update(f"{self._line} · {escape(say('cli.asked', self._language, **words))}")

    def found(self, step: Step) -> None:
        """Tell how far the search is."""
        if 0 < step.objective < inf and step.bound < inf:
            best = number(step.objective, self._language, 2)
            gap = format_gap(relative_gap(step.objective, step.bound), self._language)
            so_far = say("cli.found", self._language, best=best, gap=gap)
            self._status.update(f"{self._line} · {escape(so_far)}")


def headline(plan: Plan, language: Language, name: str = "") -> str:
    """Return what a plan comes to, in a sentence; ``name`` is what to call it instead of by its scenario."""
    counts = {"selected": len(plan.selected), "proposed": plan.proposed}
    proof = describe_proof(plan, language)
    return say("cli.run_done", language, scenario=name or plan.scenario, proof=proof, **counts)


def changes_of(texts: Sequence[str], language: Language) -> dict[str, object]:
    """Return what ``--set`` changes, by dotted key; ends the command where a text is no key=value."""
    pairs = [text.partition("=") for text in texts]
    for text, (key, equals, _) in zip(texts, pairs, strict=True):
        if not equals or not key.strip():
            ERR.print(escape(say("cli.bad_set", language, text=text)))
            raise typer.Exit(2)
    keys = [key.strip() for key, _, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            ERR.print(escape(say("cli.set_twice", language, setting=key)))
            raise typer.Exit(2)
    return {key.strip(): value.strip() for key, _, value in pairs}


@contextmanager
def mendable(language: Language) -> Iterator[None]:
    """Turn errors that a planner can mend into messages and exit codes."""
    try:
        yield
    except JspError as error:
        tell(error, language)
        raise typer.Exit(exit_code(error)) from error


def answer_to(question: str, language: Language) -> str:
    """Return what a person answers, without spaces around it.

    Where none comes, by the end of the input or Ctrl-C, that is told and the command ends with the code 1.
    """
    try:
        return str(typer.prompt(question, default="", show_default=False)).strip()
    except typer.Abort:
        ERR.print()
        ERR.print(escape(say("cli.no_answer", language)), soft_wrap=True)
        raise typer.Exit(1) from None


def tell(error: JspError, language: Language) -> None:
    """Say what is wrong, and that nothing was written."""
    words: Callable[[], str] = (
        partial(listing, error.problems, language) if error.problems else partial(str, error)
    )
    ERR.print(escape(words()), soft_wrap=True)
    ERR.print(say("cli.none_written", language))


def narrow_table(title: str) -> Table:
    """Return a table that fits a small terminal; its title is shown as it is."""
    return Table(title=escape(title), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))


def filled(shown: Table, table: Cells) -> Table:
    """Fill a table for the terminal with one that is formatted already; return it."""
    for heading, right in zip(table.columns, table.numeric, strict=True):
        shown.add_column(escape(heading), justify="right" if right else "left")
    for row in table.rows:
        shown.add_row(*map(escape, row))
    return shown


def tell_place(case: Case, language: Language) -> None:
    """Say which copy of a case was read, where it does not disturb the answer."""
    if case.folder is not None:
        ERR.print(escape(place_of(case.folder, language)), soft_wrap=True)


def tell_carried(case: Case, scenario: Scenario, language: Language) -> None:
    """Tell the money that stands beside the budgets, which no setting shows."""
    if case.carried_over:
        from jspmodel.figures import carried_sentences

        for sentence in carried_sentences(case, scenario, language):
            OUT.print(escape(sentence), soft_wrap=True)


def warn(problems: Iterable[Problem], language: Language) -> None:
    """Say what is valid but odd, where it does not disturb the answer."""
    if warnings := [problem for problem in problems if problem.warning]:
        ERR.print(escape(listing(warnings, language)), soft_wrap=True)


def exit_code(error: JspError) -> int:
    """Return 4 where no plan keeps the rules, 3 where data or scenario are not valid, else 1."""
    if isinstance(error, InfeasibleError):
        return 4
    return 3 if isinstance(error, DataError | ScenarioError) else 1
