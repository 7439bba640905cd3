"""A plan in two stages as values: what starts before the news, what follows, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from jspmodel.plan import Choice
from jspmodel.proof import Finding, relative_gap


@dataclass(frozen=True)
class FutureWorth:
    """One future: what its plans are worth where it is known from the beginning, and after the mean's start.

    Attributes
    ----------
    name : str
    probability : float
    source : str
        Where its figures come from.
    budget : float
        Rp billion of all funds and years together.
    objective, bound : float or None
        What the best plan found for this future alone is worth, and what no plan exceeds: it knows the news
        from the beginning (wait and see).
    finding : {"found", "not_found", "none"}
        Whether there is such a plan.
    mean_objective, mean_bound : float or None
        The same of plans that start as the best plan found for the mean future does.
    mean_finding : {"found", "not_found", "none"}
        ``none``: it is proven that no plan goes on so here, such as where what has begun cannot be paid.
    """

    name: str
    probability: float
    source: str
    budget: float
    objective: float | None
    bound: float | None
    finding: Finding
    mean_objective: float | None
    mean_bound: float | None
    mean_finding: Finding


@dataclass(frozen=True)
class StagedPlan:
    """A plan for each future, all of which start the same before the news.

    Attributes
    ----------
    begun : tuple of Choice
        What starts before the news, in every future.
    plans : tuple of tuple of Choice
        By future.
    worths : tuple of float
        By future.
    mean : float
        By how likely futures are.
    tail_value : float
        CVaR: the mean of the worst futures.
    objective : float
        What is maximised.
    bound : float or None
        What it does not exceed in any plan in two stages; None where nothing is proven.
    """

    begun: tuple[Choice, ...]
    plans: tuple[tuple[Choice, ...], ...]
    worths: tuple[float, ...]
    mean: float
    tail_value: float
    objective: float
    bound: float | None

    @property
    def worst(self) -> float:
        """What the plan of the worst future is worth."""
        return min(self.worths)

    def later(self, place: int) -> tuple[Choice, ...]:
        """Return what starts from the news on in a future."""
        begun = {choice.program for choice in self.begun}
        return tuple(choice for choice in self.plans[place] if choice.program not in begun)

    @property
    def waits(self) -> tuple[str, ...]:
        """What starts after the news in some future; as the plans have it."""
        codes = (choice.program for place in range(len(self.plans)) for choice in self.later(place))
        return tuple(dict.fromkeys(codes))


@dataclass(frozen=True)
class TwoStagePlan:
    """The plan for the mean of all futures and that for the worst of them, and what knowing more is worth.

    Attributes
    ----------
    recourse_year : int
        First year of the second stage.
    tail : float
        Share of the worst futures of which the tail value is the mean.
    tail_weight : float
        What the tail value counts in the plan for the tail, beside the mean.
    least_tail : float or None
        What the tail value must reach; then the plan for the tail is the best on the mean of those.
    futures : tuple of FutureWorth
    mean_start : tuple of Choice or None
        What starts before the news in the best plan found for the mean future; None where none was found.
    finding : {"found", "not_found", "none"}
        Whether there are plans for all futures that start the same.
    mean_plan, tail_plan : StagedPlan or None
        Where the least tail is not reached, ``tail_plan`` is the plan of the most tail value.
    tail_most : float or None
        With a least tail: what no plan's tail value exceeds.
    tail_finding : {"found", "not_found", "none"}
        Whether a plan reaches the least tail; ``found`` where none is asked for.
    tolerance : float
        What the price of money may take.
    """

    recourse_year: int
    tail: float
    tail_weight: float
    least_tail: float | None
    futures: tuple[FutureWorth, ...]
    mean_start: tuple[Choice, ...] | None
    finding: Finding
    mean_plan: StagedPlan | None
    tail_plan: StagedPlan | None
    tail_most: float | None
    tail_finding: Finding
    tolerance: float

    @property
    def without_plan(self) -> tuple[str, ...]:
        """The futures of which it is proven that no plan keeps all rules in them."""
        return tuple(future.name for future in self.futures if future.finding == "none")

    @property
    def dead_ends(self) -> tuple[str, ...]:
        """The futures in which it is proven that nothing follows from the start of the mean future's plan."""
        return tuple(future.name for future in self.futures if future.mean_finding == "none")

    def gap(self, plan: StagedPlan) -> float | None:
        """How much better another plan for the same may be; None where nothing is proven."""
        if plan.bound is None:
            return None
        return relative_gap(plan.objective, plan.bound, self.tolerance)

    @property
    def perfect_information(self) -> tuple[float, float | None] | None:
        """What it would be worth on the mean to know the news from the beginning (EVPI): least and most."""
        plan = self.mean_plan
        if plan is None:
            return None
        found = self._mean([future.objective for future in self.futures])
        proven = self._mean([future.bound for future in self.futures])
        least = 0.0 if found is None or plan.bound is None else max(0.0, found - plan.bound)
        return least, None if proven is None else max(0.0, proven - plan.mean)

    @property
    def stochastic_solution(self) -> tuple[float, float | None] | None:
        """What planning for all futures gains on the mean, beside planning for the mean future (VSS).

        None without a plan for the mean future, or where that cannot go on in some future (``dead_ends``).
        """
        plan = self.mean_plan
        if plan is None or self.mean_start is None or self.dead_ends:
            return None
        found = self._mean([future.mean_objective for future in self.futures])
        proven = self._mean([future.mean_bound for future in self.futures])
        least = 0.0 if proven is None else max(0.0, plan.mean - proven)
        return least, None if found is None or plan.bound is None else max(0.0, plan.bound - found)

    @property
    def tail_cost(self) -> tuple[float, float | None] | None:
        """What the plan for the tail costs in the mean: least and most."""
        if self.mean_plan is None or self.tail_plan is None:
            return None
        bound, mean = self.mean_plan.bound, self.tail_plan.mean
        return max(0.0, self.mean_plan.mean - mean), None if bound is None else max(0.0, bound - mean)

    def _mean(self, worths: list[float | None]) -> float | None:
        known = [worth for worth in worths if worth is not None]
        if len(known) < len(worths):
            return None
        return sum(future.probability * worth for future, worth in zip(self.futures, known, strict=True))

    @property
    def table(self) -> pd.DataFrame:
        """One row a future: what it is worth alone, and by both plans."""
        plans = {"mean_plan": self.mean_plan, "tail_plan": self.tail_plan}
        rows = [
            {
                "future": future.name,
                "probability": future.probability,
                "budget": future.budget,
                "objective": future.objective,
                "bound": future.bound,
                **{name: None if plan is None else plan.worths[place] for name, plan in plans.items()},
            }
            for place, future in enumerate(self.futures)
        ]
        table = pd.DataFrame(rows)
        return table.astype(dict.fromkeys(table.columns.drop("future"), float))

    @property
    def programs(self) -> pd.DataFrame:
        """One row a plan, future and programme: plan, future, program, start, regions, begun."""
        plans = (("mean", self.mean_plan), ("tail", self.tail_plan))
        rows = [
            (
                name,
                future.name,
                choice.program,
                choice.start,
                " ".join(choice.regions),
                choice.start < self.recourse_year,
            )
            for name, plan in plans
            if plan is not None
            for future, choices in zip(self.futures, plan.plans, strict=True)
            for choice in choices
        ]
        return pd.DataFrame(rows, columns=["plan", "future", "program", "start", "regions", "begun"])
