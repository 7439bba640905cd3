"""Mixes of the inputs of two runs: what the best plan of each is worth, through the door of stored plans."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from jspmodel import measure
from jspmodel.comparison.attribution_ends import End, has_answer
from jspmodel.comparison.input_changes import InputChange, Inputs, mixed
from jspmodel.comparison.pooled_plans import best_of_pool
from jspmodel.comparison.shapley_parts import Mixture
from jspmodel.errors import DataError, InfeasibleError, Problem, RunError, ScenarioError, SolverError
from jspmodel.plan import Plan
from jspmodel.proof import contradicts
from jspmodel.runs import Kept, content_key, find_plan
from jspmodel.selection import audit
from jspmodel.text import worded

Found = Literal["found", "not_found", "none", "invalid", "not_comparable"]


@dataclass(frozen=True)
class Mix:
    """Inputs of the first run with some changes of the second, and the plan found for them.

    Attributes
    ----------
    changes : tuple of str
        Names of the changes that are made; none: the first run, all: the second.
    finding : {"found", "not_found", "none", "invalid", "not_comparable"}
        Whether a plan was found; none was, which does not mean that there is none; it is proven that there is
        none; the inputs do not go together; a plan was found that the first run's measure cannot judge.
    worth : float or None
        What the best plan known is worth by the measure of the first run; None where none was found, or none
        judged.
    own : float or None
        What the plan is worth that was found for this mix itself.
    lender : tuple of str or None
        The changes of the mix for which the best plan known was found; None: it is this one's own.
    bound : float or None
        What no plan of the mix exceeds; None also where the mix measures otherwise: it seeks something else.
    tolerance : float
        What the price of money may take from either: less between mixes is no difference.
    programs : tuple of str
        Selected in the best plan known; at an end, in the run's own.
    stopped_by_clock : bool
        Whether another run may find another plan.
    problems : tuple of Problem
        Why there is no plan.
    """

    changes: tuple[str, ...]
    finding: Found
    worth: float | None = None
    own: float | None = None
    lender: tuple[str, ...] | None = None
    bound: float | None = None
    tolerance: float = 0.0
    programs: tuple[str, ...] = ()
    stopped_by_clock: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def has_plan(self) -> bool:
        """Whether a plan was found, whatever it is worth."""
        return self.finding in {"found", "not_comparable"}


@dataclass(eq=False)
class Mixer:
    """Mixes the inputs of two ends.

    Attributes
    ----------
    first, second : End
    changes : tuple of InputChange
        All that differs.
    plans : dict of frozenset of int to Plan
        What was found so far, by the places of the changes that are made.
    """

    first: End
    second: End
    changes: tuple[InputChange, ...]
    plans: dict[Mixture, Plan] = field(default_factory=dict, init=False)
    _mixed: dict[Mixture, Inputs] = field(default_factory=dict, init=False)

    def known(self, mixture: Mixture) -> bool:
        """Whether nothing is to be sought: it is an end, and its plan is known."""
        end = self._end(mixture)
        return end is not None and end.plan is not None

    def names(self, mixture: Mixture) -> tuple[str, ...]:
        """Return the names of the changes that a mix makes."""
        return tuple(self.changes[place].name for place in sorted(mixture))

    def mix(self, mixture: Mixture) -> Mix:
        """Return a mix with its plan.

        Parameters
        ----------
        mixture : frozenset of int
            Places of the changes that are made.

        Returns
        -------
        Mix

        Raises
        ------
        JspError
            Where an end has no plan; for a mix between them that is an answer.
        """
        names = self.names(mixture)
        if self._end(mixture) is not None:
            return self._told(names, mixture, self._plan(mixture))
        try:
            plan = self._plan(mixture)
        except (DataError, ScenarioError) as error:
            return Mix(names, "invalid", problems=error.problems)
        except InfeasibleError as error:
            return Mix(names, "none", problems=error.problems)
        except SolverError as error:
            return Mix(names, "not_found", problems=error.problems)
        return self._told(names, mixture, plan)

    def pooled(self, mixture: Mixture, mix: Mix) -> Mix:
        """Return a mix with the best plan that is known for it, whichever mix it was found for.

        Parameters
        ----------
        mixture : frozenset of int
        mix : Mix
            As ``mix`` returns it.

        Returns
        -------
        Mix
            The same where its own plan is the best, there is none, or it seeks what the first run does not.
        """
        if mix.bound is None or mixture not in self.plans:
            return mix
        others = {key: plan for key, plan in self.plans.items() if key != mixture}
        best = best_of_pool(self._inputs(mixture), self.plans[mixture], others)
        if best is None:
            return mix
        lender, worth = best
        programs = mix.programs if self._end(mixture) else _selected(self.plans[lender])
        bound = None if contradicts(worth, mix.bound) else max(worth, mix.bound)
        return replace(mix, worth=worth, lender=self.names(lender), bound=bound, programs=programs)

    def _plan(self, mixture: Mixture) -> Plan:
        """Return the plan of a mix: that of an end where it is known, else one that is kept, or sought."""
        end = self._end(mixture)
        if end is not None and end.plan is not None:
            return end.plan
        inputs = self._inputs(mixture)
        plan = find_plan(*inputs, Kept(content_key(*inputs)))
        if end is not None and not has_answer(plan):
            raise worded(RunError, [Problem("end_without_plan", values={"run": end.label})])
        return plan

    def _told(self, names: tuple[str, ...], mixture: Mixture, plan: Plan) -> Mix:
        if not has_answer(plan):
            return Mix(names, "not_found", stopped_by_clock=plan.stopped_by_clock)
        self.plans[mixture] = plan
        worth: float | None = plan.objective
        bound: float | None = plan.bound
        if any(self.changes[place].measure for place in mixture):
            worth, bound = self._measured(mixture, plan), None
        return Mix(
            names,
            "not_comparable" if worth is None else "found",
            worth,
            worth,
            bound=bound,
            tolerance=plan.tolerance,
            programs=_selected(plan),
            stopped_by_clock=plan.stopped_by_clock,
        )

    def _measured(self, mixture: Mixture, plan: Plan) -> float | None:
        """Return what a plan is worth by the goals, needs and effects of the first run, all else as mixed."""
        rest = frozenset(place for place in mixture if not self.changes[place].measure)
        try:
            case, scenario = self._inputs(rest)
            years = measure.horizon(case, scenario)
            if any(choice.start not in years for choice in plan.choices):
                return None
            judged = audit(case, scenario, plan.choices, ())
        except (DataError, ScenarioError):
            return None
        only_known_codes = (
            len(judged.checks) == 1
        )  # judged no further: it names what those tables do not know
        return None if only_known_codes else judged.objective

    def _inputs(self, mixture: Mixture) -> Inputs:
        if (end := self._end(mixture)) is not None:
            return end.inputs
        if mixture not in self._mixed:
            made = (self.changes[place] for place in sorted(mixture))
            self._mixed[mixture] = mixed(self.first.inputs, self.second.inputs, made, self.changes)
        return self._mixed[mixture]

    def _end(self, mixture: Mixture) -> End | None:
        if not mixture:
            return self.first
        return self.second if len(mixture) == len(self.changes) else None


def _selected(plan: Plan) -> tuple[str, ...]:
    return tuple(item.program for item in plan.programs if item.selected)
