"""What became of each programme of an adopted plan by the end of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from jspmodel.case import Case
from jspmodel.measure import plain_rows, sums
from jspmodel.plan import Choice
from jspmodel.scenario import Lock

ORDER = ("not_begun", "under_way", "finished", "given_up")
"""Progress in the order in which it can be made; what is given up had not been finished."""


@dataclass(frozen=True)
class Course:
    """What became of a programme of the adopted plan.

    Attributes
    ----------
    planned : Choice
        As it was adopted.
    progress : str
        ``not_begun``, ``under_way``, ``finished``, ``given_up``; ``""``: it was not due to begin yet.
    begun, finished : int or None
        Year in which it began, was finished.
    regions : tuple of str
        Those that take part: planned, less those of which a row says that they did not begin or gave up.
    spent : mapping of int to float
        Rp billion by year.
    stated : mapping of int to float
        Rp billion still to come after a year, as stated anew; only years for which it is.
    reason : str
        The last that the table gives.
    """

    planned: Choice
    progress: str
    begun: int | None
    finished: int | None
    regions: tuple[str, ...]
    spent: Mapping[int, float]
    stated: Mapping[int, float]
    reason: str

    @property
    def is_going_on(self) -> bool:
        """Whether it began and was not given up: it stays in the plan with its start and its regions."""
        return self.begun is not None and self.progress in ("under_way", "finished")

    @property
    def choice(self) -> Choice:
        """What was begun, as a choice."""
        start = self.planned.start if self.begun is None else self.begun
        return Choice(program=self.planned.program, start=start, regions=self.regions)

    def keeps(self, lock: Lock) -> bool:
        """Return whether what was begun is as a lock asks for it."""
        return lock.start in (None, self.choice.start) and set(lock.regions) <= set(self.regions)


def courses(case: Case, adopted: Iterable[Choice], through: int) -> dict[str, Course]:
    """Return what became of each programme of an adopted plan.

    Parameters
    ----------
    case : Case
        With ``realisation``.
    adopted : iterable of Choice
    through : int
        Last year whose rows count.

    Returns
    -------
    dict of program to Course
        In the order of the plan.
    """
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in plain_rows(case.realisation):
        if row.year <= through:
            rows[row.program].append(row)
    scopes = dict(zip(case.programs["program"], case.programs["scope"], strict=True))
    return {
        choice.program: _course(choice, rows[choice.program], is_joint=scopes[choice.program] != "province")
        for choice in adopted
    }


def _course(planned: Choice, rows: Sequence[Any], *, is_joint: bool) -> Course:
    by_year = _by_year(rows)
    under_way = [year for year, told in by_year.items() if told in ("under_way", "finished")]
    spent = dict(sorted(sums((int(row.year), row.amount) for row in rows).items()))
    last = max(by_year, default=None)
    progress = "" if last is None else by_year[last]
    stated = {int(row.year): row.remaining for row in rows if not isnan(row.remaining)}
    reasons = [row.reason for row in sorted(rows, key=lambda row: int(row.year)) if row.reason]
    finished = [year for year, told in by_year.items() if told == "finished"]
    return Course(
        planned=planned,
        progress=progress,
        begun=min(under_way, default=None),
        finished=min(finished, default=None) if progress == "finished" else None,
        regions=_regions(planned, rows) if is_joint else planned.regions,
        spent=spent,
        stated=dict(sorted(stated.items())),
        reason=reasons[-1] if reasons else "",
    )


def _by_year(rows: Iterable[Any]) -> dict[int, str]:
    """Return the progress of a programme by year: that of the whole, else what its regions come to."""
    told: dict[int, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    for row in rows:
        told[int(row.year)][row.region == ""].add(row.progress)
    return {year: _whole(told[year][True] or told[year][False]) for year in sorted(told)}


def _whole(said: set[str]) -> str:
    """Return what several parts come to: under way as soon as one is, or one is done and another is not."""
    still = said - {"given_up"} or {"given_up"}
    return next(iter(still)) if len(still) == 1 else "under_way"


def _regions(planned: Choice, rows: Iterable[Any]) -> tuple[str, ...]:
    last: dict[str, tuple[int, str]] = {}
    for row in rows:
        if row.region and row.year >= last.get(row.region, (0, ""))[0]:
            last[row.region] = int(row.year), row.progress
    out = {region for region, (_, said) in last.items() if said in ("not_begun", "given_up")}
    return tuple(region for region in planned.regions if region not in out)
