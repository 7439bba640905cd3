"""Seek a good plan and prove how good: a few restricted searches for the plan, one unrestricted for the bound."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from jspmodel.selection.formulation import Formulation
from jspmodel.selection.solve import Answer, Model, Watch
from jspmodel.selection.variables import label

SHARES = (0.2, 0.15, 0.5)
"""Of the time at most: near the relaxation, with years fixed, with nothing fixed; the rest once more with years."""
WHOLE = 1e-6
"""How near to 0 or 1 counts as 0 or 1."""


class Clock:
    """Time that is left of a limit, in seconds."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._end - monotonic())


@dataclass(frozen=True)
class Found:
    """The best solution found and what is proven of it.

    Attributes
    ----------
    answer : Answer
        Its ``status`` is that of the search that proved the bound.
    stopped : bool
        Whether the clock stopped a search: then another run may find another plan.
    """

    answer: Answer
    stopped: bool


@dataclass
class Seeker:
    """Seeks plans of one formulation on one model.

    Branching on everything at once takes long. So a plan is sought first near the relaxation: what starts there
    as a whole starts, what does not start there at all does not, coalitions are as there; then with the years of
    that plan, coalitions and further programmes being free (the idea of kernel search: Angelelli, Mansini and
    Speranza 2010). The search with nothing fixed starts from it and proves the bound.
    """

    formulation: Formulation
    model: Model
    watch: Watch | None = None

    def seek(self, seconds: float, gap: float, start: Answer | None = None) -> Found:
        """Seek the best solution of the model as it stands.

        Parameters
        ----------
        seconds : float
        gap : float
            Share of the objective within which a solution counts as optimal.
        start : Answer, optional
            A solution that is known already.

        Returns
        -------
        Found
            Status ``infeasible`` if there is no solution.
        """
        clock = Clock(seconds)
        guess = self.model.relax()
        if guess.status == "infeasible":
            return Found(guess, stopped=False)
        steps: list[Answer] = []
        best = self._better(start, self._near(guess, seconds * SHARES[0], gap / 2), steps)
        best = self._better(best, self._with_years(best, seconds * SHARES[1], gap / 10), steps)
        before = best
        whole = self.model.maximise(max(clock.left, seconds * SHARES[2]) - seconds * SHARES[1], gap, best, self.watch)
        best = self._better(best, whole, steps)
        if best is not before:
            best = self._better(best, self._with_years(best, clock.left, gap / 10), steps)
        stopped = any(step.status == "clock" for step in steps)
        return Found(_proven(best or whole, whole), stopped)

    def _better(self, best: Answer | None, answer: Answer | None, steps: list[Answer]) -> Answer | None:
        if answer is None:
            return best
        steps.append(answer)
        if answer.found and (best is None or answer.objective > best.objective):
            return answer
        return best

    def _near(self, guess: Answer, seconds: float, gap: float) -> Answer:
        """Seek near a fractional solution."""
        variables = self.formulation.variables
        starts, joins = guess.of(variables.start), guess.of(variables.join)
        inside, outside = [], []
        for p in self.formulation.inputs.proposals.values():
            started = sum(starts[p.code, t] for t in p.starts)
            for r in p.regions if p.joint else ():
                if r not in p.mandatory:
                    joined = sum(joins[p.code, r, t] for t in p.starts)
                    group = inside if 2 * joined >= started else outside
                    group.extend((p.code, r, t) for t in p.starts)
        decided = ((key, round(value)) for key, value in starts.items() if abs(value - round(value)) < WHOLE)
        self.model.bind(label("join_what_starts", *key) for key in inside)
        self.model.limit((variables.join[key], 0, 0) for key in outside)
        self.model.limit((variables.start[key], value, value) for key, value in decided)
        answer = self.model.maximise(seconds, gap)
        self.model.reset()
        return answer

    def _with_years(self, plan: Answer | None, seconds: float, gap: float) -> Answer | None:
        """Seek with the programmes of a plan started when it starts them; coalitions and further programmes free."""
        if plan is None:
            return None
        variables = self.formulation.variables
        chosen = set(plan.chosen(variables.start))
        programs = {program for program, _ in chosen}
        fixed = ((key, float(key in chosen)) for key in variables.start if key[0] in programs)
        self.model.limit((variables.start[key], value, value) for key, value in fixed)
        answer = self.model.maximise(seconds, gap, plan)
        self.model.reset()
        return answer


def _proven(best: Answer, whole: Answer) -> Answer:
    """The best solution with the bound and status of the unrestricted search."""
    return Answer(whole.status, best.found, best.objective, whole.bound, best.values, best.columns)

