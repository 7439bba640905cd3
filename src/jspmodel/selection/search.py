"""Seek a good plan and prove how good: restricted searches for the plan, an unrestricted one for the bound.

Branching on everything at once takes long. So a plan is sought first near the relaxation: what starts there
as a whole starts, what does not start there at all does not, and coalitions are as there. Then the years or
the coalitions of the best plan are fixed in turn, the rest being free. The search with nothing fixed starts
from that plan and proves the bound. (Kernel search: Angelelli, Mansini and Speranza 2010; searching near a
plan: Fischetti and Lodi 2003.)
"""

from __future__ import annotations

from math import inf
from time import monotonic

from jspmodel.selection.formulation import Formulation
from jspmodel.selection.restrict import Restriction, coalitions, filled, near, years
from jspmodel.selection.solve import Answer, Model, Status, Watch

NEAR, PART, WHOLE, AGAIN = 0.25, 0.2, 0.4, 0.2
"""Shares of the time: near the relaxation, one part fixed, nothing fixed, nothing fixed but a bound known."""
WIDE = 0.05
"""Part in the relaxation from which a region joins where rounding at a half leaves a floor out of reach."""
EXACT = 1e-6
"""Difference from the bound that counts as none."""
FILL = 0.05
"""Share of the time that is kept for filling the plan up."""


class Clock:
    """Time that is left of a limit, in seconds."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._end - monotonic())


class Search:
    """A search on one model as it stands.

    Parameters
    ----------
    formulation : Formulation
    model : Model
        Unchanged when a search ends.
    seconds : float
    gap : float
        Share of the objective within which a solution counts as optimal.
    watch : callable, optional
        Told of the search that proves the bound.
    bound : float, optional
        A bound that is known already.

    Attributes
    ----------
    best : Answer or None
        The best solution so far.
    stopped : bool
        Whether the clock stopped a part of the search: then another run may find another plan.
    bound : float
        No solution is worth more.
    status : str
        Of the search that proved the bound.
    """

    def __init__(
        self,
        formulation: Formulation,
        model: Model,
        seconds: float,
        gap: float,
        watch: Watch | None = None,
        bound: float = inf,
    ) -> None:
        self._formulation, self._model, self._watch = formulation, model, watch
        self._seconds, self._gap, self._clock = seconds, gap, Clock(seconds)
        self._guess = model.relax()
        self._prove = AGAIN if bound < inf else WHOLE
        self.best: Answer | None = None
        self.stopped = False
        self.bound = min(bound, self._guess.bound)
        self.status: Status = self._guess.status

    def run(self, start: Answer | None = None, hint: Answer | None = None) -> None:
        """Seek.

        Parameters
        ----------
        start : Answer, optional
            A solution that is known already.
        hint : Answer, optional
            What would be a solution but for the bounds of some variables.
        """
        if self.status == "infeasible":
            return
        self.best = start
        self._try(near(self._formulation, self._guess), NEAR)
        if self.best is None:
            self._try(near(self._formulation, self._guess, WIDE), NEAR)
        if hint is not None:
            self._try(years(self._formulation, hint), PART)
        elif self.best is not None:
            self._try(years(self._formulation, self.best), PART)
        if not self.proven:
            share = 1.0 if self.best is None else self._prove
            whole = self._try(Restriction(), share, self._gap, self._watch)
            self.bound, self.status = min(self.bound, whole.bound), whole.status
        self._improve()
        if self.best is not None:
            self._try(filled(self._formulation, self.best), 1.0, keep=0.0)

    @property
    def proven(self) -> bool:
        """Whether the best solution is within the gap asked for."""
        if self.best is None:
            return False
        return self.bound - self.best.objective <= self._gap * abs(self.best.objective) + EXACT

    def _improve(self) -> None:
        """Fix coalitions and years in turn until neither helps, the gap is proven or the time is out."""
        helped = True
        while (
            helped
            and self.best is not None
            and not self.proven
            and self._clock.left > 2 * FILL * self._seconds
        ):
            before = self.best
            self._try(coalitions(self._formulation, self.best, self._guess), PART)
            self._try(years(self._formulation, self.best), PART)
            helped = self.best is not before

    def _try(
        self,
        held: Restriction,
        share: float,
        gap: float | None = None,
        watch: Watch | None = None,
        keep: float = FILL,
    ) -> Answer:
        """Search a part of the model for a better solution."""
        self._model.limit(held.limits)
        self._model.bind(held.equal)
        seconds = min(share * self._seconds, self._clock.left - keep * self._seconds)
        answer = self._model.maximise(seconds, self._gap / 5 if gap is None else gap, self.best, watch)
        self._model.reset()
        self.stopped = self.stopped or answer.status == "clock"
        if answer.found and (self.best is None or answer.objective > self.best.objective):
            self.best = answer
        return answer
