"""What many runs tell on the terminal: what is under way, how much is left, how each ended."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from time import monotonic
from typing import Literal

from rich.markup import escape
from rich.table import Table

from jspmodel.batch import Job, Result
from jspmodel.commands.console import OUT, narrow_table
from jspmodel.plan import Plan
from jspmodel.scenario import Language
from jspmodel.text import describe_proof, format_gap, number, say, words

_STYLES = {"done": "", "skipped": "dim", "failed": "bold red"}
_MOST_SHOWN, _LONGEST, _ROOM = 4, 90, 32


def called(job: Job) -> str:
    """Return what people call a run: its case, its name, and what was changed."""
    return f"{job.folder.parent.name}/{job.called}"


def _cut(name: str) -> str:
    """Return a name that leaves room for the figures beside it on a small terminal."""
    return name if len(name) <= _ROOM else name[: _ROOM - 1] + "…"


class ProgressTable:
    """Tells how far many runs are.

    Parameters
    ----------
    count : int
        Number of runs.
    workers : int
        How many at once; 0: unknown.
    language : {"id", "en"}
    """

    def __init__(self, count: int, workers: int, language: Language) -> None:
        self._count, self._workers, self._language = count, workers, language
        self._under_way: dict[str, str] = {}
        self._done, self._computed, self._start = 0, 0, monotonic()
        self._status = OUT.status("")

    def __enter__(self) -> ProgressTable:
        key = "start" if self._workers else "start_cluster"
        OUT.print(self._say(key, count=self._count, workers=self._workers))
        self._status.start()
        self._show()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def step(self, job: Job, step: str) -> None:
        """Tell that a run starts a step."""
        self._under_way[called(job)] = self._say(f"step_{step}")
        self._show()

    def done(self, result: Result) -> None:
        """Tell how a run ended."""
        self._under_way.pop(called(result.job), None)
        self._done += 1
        self._computed += result.status != "skipped"
        known = {"at": self._done, "count": self._count, "run": called(result.job)}
        seconds = self._duration(result.seconds)
        line = self._say(f"ended_{result.status}", **known, time=seconds, answer=self._answer(result))
        left = self._left() if self._done < self._count and not OUT.is_terminal else ""
        OUT.print(escape(f"{line} {left}".rstrip()), style=_STYLES[result.status], soft_wrap=True)
        self._show()

    def table(self, results: Sequence[Result]) -> Table:
        """Return all runs with what came of them, one line a run, as wide as a small terminal.

        Parameters
        ----------
        results : sequence of Result

        Returns
        -------
        Table
        """
        counts = {kind: sum(result.status == kind for result in results) for kind in _STYLES}
        time = self._duration(monotonic() - self._start)
        columns = [
            self._say(f"column_{name}") for name in ("run", "status", "programs", "answer", "gap", "time")
        ]
        table = narrow_table(self._say("table", time=time, **counts))
        for place, column in enumerate(columns):
            side: Literal["left", "right"] = "right" if place > 1 else "left"
            table.add_column(column, no_wrap=place > 0, overflow="ellipsis", justify=side)
        for result in results:
            table.add_row(*map(escape, self._cells(result)), style=_STYLES[result.status])
        return table

    def notes(self, results: Sequence[Result]) -> list[str]:
        """Return what to know of each run before anybody relies on it.

        Parameters
        ----------
        results : sequence of Result

        Returns
        -------
        list of str
            A line a run that has something to note, with the star that stands beside its worth.
        """
        told = ((called(one.job), self._note(one.plan) if one.plan else self._reason(one)) for one in results)
        return [f"* {name}: {note}" for name, note in told if note]

    def _cells(self, result: Result) -> tuple[str, ...]:
        label, status = _cut(called(result.job)), self._say(f"status_{result.status}")
        seconds = number(result.seconds, self._language, 1)
        plan = result.plan
        if plan is None:
            return label, status, "", "", "", seconds
        programs = f"{len(plan.selected)}/{plan.proposed}"
        answer, gap = number(plan.objective, self._language, 2), format_gap(plan.gap, self._language)
        star = " *" if self._note(plan) else ""
        return label, status, programs, f"{answer}{star}", gap, seconds

    def _note(self, plan: Plan) -> str:
        """Return what to know of a plan before anybody relies on it."""
        notes = [self._say(f"note_{plan.level}")] if plan.level in {"provisional", "open"} else []
        return "; ".join([*notes, *([self._say("by_clock")] if plan.stopped_by_clock else [])])

    def _reason(self, result: Result) -> str:
        """Return the first thing that went wrong."""
        if result.error is None:
            return ""
        wrong = [problem for problem in result.error.problems if not problem.warning]
        if not wrong:
            return str(result.error)
        text = words(wrong[0], self._language)
        place = wrong[0].file if wrong[0].file not in text else ""
        return shorten(f"{place} {text}", _LONGEST, placeholder=" …")

    def _answer(self, result: Result) -> str:
        if result.plan is None:
            return ""
        counts = {"selected": len(result.plan.selected), "proposed": result.plan.proposed}
        return self._say("answer", proof=describe_proof(result.plan, self._language), **counts)

    def _show(self) -> None:
        shown = [f"{run} ({step})" for run, step in list(self._under_way.items())[:_MOST_SHOWN]]
        if more := len(self._under_way) - len(shown):
            shown.append(self._say("more", count=more))
        line = self._say("progress", done=self._done, count=self._count)
        self._status.update(escape(" · ".join([line, *filter(None, [self._left()]), *shown])))

    def _left(self) -> str:
        """Return about how long the rest takes, if the runs so far tell."""
        if not self._computed or self._done == self._count:
            return ""
        each = (monotonic() - self._start) / self._computed
        return self._say("left", time=self._duration(each * (self._count - self._done)))

    def _duration(self, seconds: float) -> str:
        for unit, length in (("hours", 3600), ("minutes", 60)):
            if seconds >= 2 * length:
                return self._say(unit, number=number(seconds / length, self._language))
        return self._say("seconds", number=number(seconds, self._language))

    def _say(self, key: str, **values: object) -> str:
        return say(f"batch.{key}", self._language, **values)
