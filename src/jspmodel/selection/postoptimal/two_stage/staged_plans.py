"""Plans for several futures that start the same before the news: sought, bettered and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from jspmodel.proof import contradicts
from jspmodel.selection.postoptimal.joint_plans import as_fair_as, exclude_illegal, joint_solution
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices, NearbyPlans, Valued
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.solver import Array, RelaxationResult, RelaxedModel, RiskAversion, StagedModels

Bundle = tuple[Valued, ...]
"""A plan for each future; all start the same before the news."""
SMALL = 400
"""Whole columns up to which all futures are searched at once, and not step by step."""
STALE = 50
"""Searches around a bundle that bring nothing, after which it is left as it is."""
FREED, FEWEST = 8, 3
"""Programmes that a search frees in one future, and at least in all."""
PAID = 3
"""So often plans are sought again because what starts before the news cannot be paid."""
NOTHING = Answer(None, -np.inf, -np.inf)
"""It is proven that there is no plan."""
LAST = 1.0
"""Units for whatever plan follows a beginning, where none is found near its relaxation."""
AGAIN = 50
"""Solutions that cannot be paid or are not fair, at most, that are excluded one by one."""


class StagedPlans:
    """Searches plans for some futures, of which one belongs to each; what starts before the news is common.

    Parameters
    ----------
    futures : sequence of NearbyPlans
    chances : sequence of float
        How likely each is; they add up to 1.
    recourse_year : int
        First year of the second stage.
    aim : RiskAversion
    """

    def __init__(
        self, futures: Sequence[NearbyPlans], chances: Sequence[float], recourse_year: int, aim: RiskAversion
    ) -> None:
        self._futures, self._chances = futures, np.array(chances)
        self._news, self.aim = recourse_year, aim
        self._draw = np.random.default_rng(1)
        self._slack = max(future.slack for future in futures)
        self._decided = [future.decided_before(recourse_year) for future in futures]
        self._at = [future.relax(Demand()) for future in futures]
        # A region must gain what it must in the best plan conceivable: so any plan that is found is fair.
        self._fair = [
            at if at.relaxed.infeasible else future.relax(Demand(), at.relaxed.bound)
            for future, at in zip(futures, self._at, strict=True)
        ]
        self._joint, self._begun = self._joined(self._at), 0.0

    def _joined(self, at: Sequence[RelaxedModel], guess: RelaxationResult | None = None) -> StagedModels:
        # By the price of money the model's worth may be less than a plan's; so may the tail.
        least = self.aim.least - self._slack
        aim = RiskAversion(self.aim.weight, self.aim.tail, least)
        engines = [future.reoptimiser for future in self._futures]
        return StagedModels(engines, at, self._decided, self._chances, aim, guess)

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that no plans for all futures start the same."""
        return self._joint.at.relaxed.infeasible or any(at.relaxed.infeasible for at in self._at)

    @property
    def work(self) -> float:
        """Units that the search for a beginning has taken, with the relaxation."""
        return self._joint.work + self._begun

    @property
    def small(self) -> bool:
        """Whether all futures are searched at once, to the end, rather than step by step."""
        return int(self._joint.at.matrix.integer.sum()) <= SMALL

    @property
    def bound(self) -> float:
        """What no bundle exceeds, by the relaxation of all futures."""
        return -np.inf if self.infeasible else self._mean(self._joint.at.relaxed.bound)

    def _mean(self, bound: float) -> float:
        """Return a bound on the joint model as one on what is maximised."""
        return bound / len(self._futures) + self._slack

    def worth(self, bundle: Bundle) -> float:
        """Return what is maximised; ``-inf`` where the tail does not reach what it must."""
        worths = np.array([worth for _, worth in bundle])
        reached = self.aim.allows(worths, self._chances, 2 * self._slack)
        return self.aim.value(worths, self._chances) if reached else -np.inf

    def settled(self, bundle: Bundle | None, bound: float) -> bool:
        """Return whether no better bundle is possible, but for the price of money."""
        return bundle is not None and bound <= self.worth(bundle) + 2 * self._slack

    def better(self, one: Bundle | None, other: Bundle | None) -> Bundle | None:
        """Return the bundle that is worth more, of those whose tail reaches what it must."""
        known = [bundle for bundle in (one, other) if bundle is not None and self.worth(bundle) > -np.inf]
        return max(known, key=self.worth, default=None)

    def begin(self) -> Bundle | None:
        """Seek plans near the relaxation of all futures; again where what starts cannot be paid."""
        if self.infeasible:
            return None
        if not any(rows.shape[0] for rows in self._decided):
            return self._completed([np.zeros(rows.shape[1]) for rows in self._decided])
        at, bundle = list(self._fair), None
        for _ in range(PAID):
            joint = self._joined(at, self._joint.at.relaxed)
            found = joint.search_near(joint.at, None)
            self._begun += joint.work
            if found is None:
                break
            parts = joint.split(found)
            bundle = self._completed(parts)
            if bundle is not None or not self._paid_next_time(at, parts):
                break
        return bundle

    def _paid_next_time(self, at: list[RelaxedModel], parts: Sequence[Array]) -> bool:
        """Change models so that they do not have what cannot be paid; return whether any was changed."""
        changed = False
        for place, part in enumerate(parts):
            if self._futures[place].judge(part) is None:
                without = self._futures[place].reoptimiser.cannot_be_paid(at[place], part)
                at[place] = at[place] if without is None else without
                changed = changed or without is not None
        return changed

    def _completed(self, parts: Sequence[Array]) -> Bundle | None:
        """Return a solution as a bundle; with another plan where one cannot be paid, or is not fair."""
        bundle: list[Valued] = []
        for place, part in enumerate(parts):
            plan = self._futures[place].judge(part) if part.any() else None
            plan = self._follow(place, part).plan if plan is None else plan
            if plan is None:
                return None
            bundle.append(plan)
        return self._same_start(bundle)

    def _same_start(self, plans: Sequence[Valued]) -> Bundle | None:
        starts = {frozenset(one for one in choices if one.start < self._news) for choices, _ in plans}
        return tuple(plans) if len(starts) == 1 else None

    def follow(self, choices: Choices, place: int, work: float) -> Answer:
        """Seek the best plan of a future that starts as a plan does before the news, and bound all that do.

        Parameters
        ----------
        choices : tuple of Choice
        place : int
            The number of the future.
        work : float
            Units for the bound, about.

        Returns
        -------
        Answer
            ``bound`` is ``-inf`` where it is proven that none can go on so.
        """
        return self._follow(place, self._futures[place].values(choices), work)

    def _follow(self, place: int, values: Array, work: float = 0.0) -> Answer:
        future, decided = self._futures[place], self._decided[place]
        listed = future.reoptimiser.expand(future.reoptimiser.project(values))
        if (np.round(decided @ listed) != np.round(decided @ values)).any():
            return NOTHING  # what starts breaks a rule of its own programme in this future
        held = future.reoptimiser.hold(self._at[place], values, decided)
        answer = UNKNOWN.with_bound(future.bound(held))
        if held.relaxed.infeasible:
            return answer
        fair = future.reoptimiser.hold(self._fair[place], values, decided)
        models = (held,) if fair.relaxed.infeasible else (fair, held)
        for at, near in product(models, (values, None)):
            found = future.near_or_thinned(at, near, Demand())
            if found is not None and self._starts_as(found[0], decided @ values, place):
                answer = answer.with_plan(*found)
                break
        work = max(work, 0.0 if answer.choices else LAST)
        if work > 0 and not answer.proven:
            known = None if answer.choices is None else future.values(answer.choices)
            bound, found = future.branch(held, known, work)
            if found is not None and self._starts_as(found[0], decided @ values, place):
                answer = answer.with_plan(*found)
            answer = answer.with_bound(bound)
        return answer

    def _starts_as(self, choices: Choices, decided: Array, place: int) -> bool:
        return bool((np.round(decided) == self._decided[place] @ self._futures[place].values(choices)).all())

    def improve(self, bundle: Bundle, work: float) -> Bundle:
        """Search around a bundle, freeing some programmes in one future, or in all and before the news.

        Parameters
        ----------
        bundle : tuple of (tuple of Choice, float)
        work : float
            Units, about.

        Returns
        -------
        tuple of (tuple of Choice, float)
        """
        if self.small:
            return bundle
        at = as_fair_as(bundle, self._futures, self._at)
        joint, values = self._joined(at, self._joint.at.relaxed), joint_solution(bundle, self._futures, at)
        stale, done = 0, 0.0
        while values is not None and stale < STALE and done < work:
            if self.settled(bundle, self.bound):
                break
            before = joint.work
            found = joint.around(values, self._draw, *self._window())
            done += joint.work - before
            stale += 1
            taken = self._taken(bundle, found)
            if found is not None and self._paid_next_time(at, joint.split(found)):
                joint = self._joined(at, self._joint.at.relaxed)
            elif found is not None:
                exclude_illegal(joint, self._futures, found)
            if taken is not None and taken != bundle:
                bundle, values, stale = taken, joint_solution(taken, self._futures, at), 0
        return bundle

    def _window(self) -> tuple[int, int | None]:
        """Draw how many programmes are freed, and the future in which; None: in all, and before the news."""
        count = len(self._futures)
        drawn = int(self._draw.integers(2 * count))
        return (FREED, drawn) if drawn < count and count > 1 else (max(FEWEST, FREED // count), None)

    def prove(self, bundle: Bundle | None, work: float) -> tuple[float, Bundle | None]:
        """Bound all bundles by branch and bound; return the bound, and the best bundle that is known then.

        Parameters
        ----------
        bundle : tuple of (tuple of Choice, float), or None
            The best that is known.
        work : float
            Units, about.

        Returns
        -------
        float, tuple of (tuple of Choice, float) or None
            The bound is ``-inf`` where it is proven that there is none.
        """
        joint, bound = self._joint, self.bound
        until = joint.work + work
        for _ in range(AGAIN):
            if self.infeasible or self.settled(bundle, bound) or joint.work >= until:
                break
            values = None if bundle is None else joint_solution(bundle, self._futures, self._at)
            found = joint.branch(joint.at, values, until - joint.work)
            bound = min(bound, self._mean(found.bound))
            bundle = self._taken(bundle, found.values)
            if found.values is None or not exclude_illegal(joint, self._futures, found.values):
                break
        worth = -np.inf if bundle is None else self.worth(bundle)
        return (np.inf if contradicts(worth, bound) else bound), bundle

    def _taken(self, bundle: Bundle | None, values: Array | None) -> Bundle | None:
        """Return a solution as a bundle if it is one and better than another, else that."""
        if values is None:
            return bundle
        parts = zip(self._futures, self._joint.split(values), strict=True)
        plans = [future.judge(part) for future, part in parts]
        legal = [plan for plan in plans if plan is not None]
        return self.better(bundle, self._same_start(legal)) if len(legal) == len(plans) else bundle
