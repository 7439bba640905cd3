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
class ExchangeMessage:
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


class Exchange:
    """Where searches that run side by side exchange what they find.

    Parameters
    ----------
    parties : int
    running : int
        How many may run at a time.
    """

    def __init__(self, parties: int, running: int) -> None:
        self.times = [0.0] * parties
        self.sent: list[list[ExchangeMessage]] = [[] for _ in range(parties)]
        self.moved, self.turn = Condition(), Semaphore(running)

    @contextmanager
    def participant(self, party: int) -> Iterator[Participant]:
        """Let a search run; once it ends, nobody waits for it any more."""
        with self.turn:
            participant = Participant(self, party)
            try:
                yield participant
            finally:
                participant.advance(inf)


class Participant:
    """One search at an exchange.

    Parameters
    ----------
    exchange : Exchange
    party : int
    """

    def __init__(self, exchange: Exchange, party: int) -> None:
        self._exchange, self._party, self._received = exchange, party, -inf

    def advance(self, time: float) -> None:
        """Say how far this search is: what it tells from now on has no earlier time."""
        with self._exchange.moved:
            self._exchange.times[self._party] = time
            self._exchange.moved.notify_all()

    def send(self, message: ExchangeMessage) -> None:
        """Tell the others."""
        with self._exchange.moved:
            self._exchange.sent[self._party].append(message)

    def receive(self, time: float) -> list[ExchangeMessage]:
        """Return what the others sent before ``time - LAG`` and was not received yet, in their order.

        Parameters
        ----------
        time : float
            How far this search is.

        Returns
        -------
        list of Message
        """
        self.advance(time)
        since, until = self._received, max(time - LAG, self._received)
        self._received = until
        others = [other for other in range(len(self._exchange.times)) if other != self._party]
        self._wait(others, until)
        with self._exchange.moved:
            sent = [message for other in others for message in self._exchange.sent[other]]
        return [message for message in sent if since <= message.time < until]

    def _wait(self, others: list[int], until: float) -> None:
        def ready() -> bool:
            return all(self._exchange.times[other] >= until for other in others)

        with self._exchange.moved:
            if ready():
                return
        self._exchange.turn.release()
        with self._exchange.moved:
            self._exchange.moved.wait_for(ready)
        self._exchange.turn.acquire()
