"""Searches side by side that tell each other what they find, at times counted in work.

What a search hears at a time of its own is what the others told until ``LAG`` before that; where they are not
as far yet, it waits (conservative synchronisation: Chandy and Misra, "Distributed simulation: a case study in
design and verification of distributed programs", 1979). So what is found does not depend on which thread was
faster; as the lag is above 0, one of them can always go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from threading import Condition, Semaphore

from jspmodel.solver.matrix import Array

LAG = 0.3
"""Units of work by which searches may be apart."""


@dataclass(frozen=True, eq=False)
class News:
    """A better plan or bound, or that there is nothing left to seek.

    Attributes
    ----------
    time : float
        When it was told, in units of work.
    best, plan : array, optional
        In all columns, and in those that are searched.
    source, bound : str, float
        What gave a bound, and the bound.
    over : bool
        Whether the others need not go on.
    """

    time: float
    best: Array | None = None
    plan: Array | None = None
    source: str = ""
    bound: float = inf
    over: bool = False


class Meeting:
    """Where searches tell what they find.

    Parameters
    ----------
    parties : int
    running : int
        How many may run at a time.
    """

    def __init__(self, parties: int, running: int) -> None:
        self.times = [0.0] * parties
        self.told: list[list[News]] = [[] for _ in range(parties)]
        self.moved, self.turn = Condition(), Semaphore(running)

    @contextmanager
    def seat(self, party: int) -> Iterator[Seat]:
        """Let a search run; once it ends, nobody waits for it any more."""
        with self.turn:
            seat = Seat(self, party)
            try:
                yield seat
            finally:
                seat.move(inf)


class Seat:
    """One search at a meeting.

    Parameters
    ----------
    meeting : Meeting
    party : int
    """

    def __init__(self, meeting: Meeting, party: int) -> None:
        self._meeting, self._party, self._heard = meeting, party, -inf

    def move(self, time: float) -> None:
        """Say how far this search is: what it tells from now on has no earlier time."""
        with self._meeting.moved:
            self._meeting.times[self._party] = time
            self._meeting.moved.notify_all()

    def tell(self, news: News) -> None:
        """Tell the others."""
        with self._meeting.moved:
            self._meeting.told[self._party].append(news)

    def hear(self, time: float) -> list[News]:
        """Return what the others told before ``time - LAG`` and was not heard yet, in their order.

        Parameters
        ----------
        time : float
            How far this search is.

        Returns
        -------
        list of News
        """
        self.move(time)
        since, until = self._heard, max(time - LAG, self._heard)
        self._heard = until
        others = [other for other in range(len(self._meeting.times)) if other != self._party]
        self._wait(others, until)
        with self._meeting.moved:
            told = [news for other in others for news in self._meeting.told[other]]
        return [news for news in told if since <= news.time < until]

    def _wait(self, others: list[int], until: float) -> None:
        def ready() -> bool:
            return all(self._meeting.times[other] >= until for other in others)

        with self._meeting.moved:
            if ready():
                return
        self._meeting.turn.release()
        with self._meeting.moved:
            self._meeting.moved.wait_for(ready)
        self._meeting.turn.acquire()
