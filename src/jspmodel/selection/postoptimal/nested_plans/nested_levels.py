"""Nested plans as values: each budget's plan, what joins it, and what being nested costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from jspmodel.plan import Choice
from jspmodel.proof import NO_GAP, Finding, relative_gap


@dataclass(frozen=True)
class NestedLevel:
    """One budget: the nested plan, and the best plan for this budget alone.

    Attributes
    ----------
    level : float
        Factor on the scenario's budgets.
    budget : float
        Rp billion of all funds and years together.
    weight : float
        What the level counts, as a share of all levels that have a plan; 0 where there is none.
    finding : {"found", "not_found", "none"}
        Whether there is a nested plan here; ``none`` is proven: what is demanded costs more than the budget.
    choices : tuple of Choice or None
        The nested plan: it carries out all that the smaller budgets' plans do.
    objective : float or None
        What it is worth.
    joins : tuple of str
        What it carries out and no smaller budget's plan does: what goes when the budget falls below this.
    moved : tuple of str
        What it starts in another year, or with other regions, than the next smaller budget's plan does.
    free_objective, free_bound : float or None
        What the best plan found for this budget alone is worth, and what no plan exceeds.
    free_choices : tuple of Choice or None
        That plan.
    """

    level: float
    budget: float
    weight: float
    finding: Finding
    choices: tuple[Choice, ...] | None
    objective: float | None
    joins: tuple[str, ...]
    moved: tuple[str, ...]
    free_objective: float | None
    free_bound: float | None
    free_choices: tuple[Choice, ...] | None

    @property
    def least(self) -> float | None:
        """What being nested costs here at least, by the best plan found; None without a plan."""
        if self.objective is None or self.free_objective is None:
            return None
        return max(0.0, self.free_objective - self.objective)

    @property
    def most(self) -> float | None:
        """What being nested costs here at most, by what no plan exceeds; None where nothing is proven."""
        if self.objective is None or self.free_bound is None:
            return None
        return max(0.0, self.free_bound - self.objective)

    @property
    def least_share(self) -> float | None:
        """``least`` as a share of the best plan: with F what that is worth, (F - N) / F grows with F."""
        return _share(self.least, self.free_objective)

    @property
    def most_share(self) -> float | None:
        """``most`` as a share of the best plan."""
        return _share(self.most, self.free_bound)


@dataclass(frozen=True)
class NestedPlan:
    """Plans at rising budgets of which each carries out what the smaller ones do.

    Attributes
    ----------
    levels : tuple of NestedLevel
        By rising budgets.
    objective : float or None
        The weighted sum of what the nested plans are worth, over the levels that have one; None if none has.
    bound : float or None
        What no nested plans exceed, weighted alike.
    bound_by : {"nested", "levels"} or None
        What proves the bound: branch and bound over all levels at once, or the sum of the levels' own bounds.
    tolerance : float
        What the price of money may take from either.
    free_least, free_most : float or None
        Within these the weighted sum of the best plans for each budget alone lies.
    leave, enter : tuple of str or None
        What the given plan carries out and the nested one at the scenario's own budgets does not, and the
        other way round; None where no plan was given, or that is no level.
    """

    levels: tuple[NestedLevel, ...]
    objective: float | None
    bound: float | None
    bound_by: Literal["nested", "levels"] | None
    tolerance: float
    free_least: float | None
    free_most: float | None
    leave: tuple[str, ...] | None
    enter: tuple[str, ...] | None

    @property
    def gap(self) -> float | None:
        """How much better other nested plans may be, as that of a ``Plan``; None where nothing is proven."""
        if self.objective is None or self.bound is None:
            return None
        return relative_gap(self.objective, self.bound, self.tolerance)

    @property
    def proven(self) -> bool:
        """Whether it is proven that no nested plans of the levels that have one are worth more."""
        return self.gap is not None and self.gap < NO_GAP

    @property
    def least(self) -> float | None:
        """What these nested plans cost at least, weighted, by the best plans found for each budget alone."""
        if self.objective is None or self.free_least is None:
            return None
        return max(0.0, self.free_least - self.objective)

    @property
    def most(self) -> float | None:
        """What these nested plans cost at most, weighted; None where nothing is proven."""
        if self.objective is None or self.free_most is None:
            return None
        return max(0.0, self.free_most - self.objective)

    @property
    def unavoidable(self) -> float | None:
        """What any nested plans cost at least, weighted: the best found for each budget, less the bound."""
        if self.bound is None or self.free_least is None:
            return None
        return max(0.0, self.free_least - self.bound)

    @property
    def order(self) -> tuple[tuple[str, float], ...]:
        """What goes first: programmes with the smallest level that carries them out; alike within a level."""
        return tuple((program, level.level) for level in self.levels for program in level.joins)

    @property
    def table(self) -> pd.DataFrame:
        """One row a level: what it is worth, what it costs to be nested, how many programmes join."""
        names = ("level", "budget", "weight", "finding", "objective", "free_objective", "free_bound")
        shown = (*names, "least", "most", "least_share", "most_share")
        table = pd.DataFrame([{name: getattr(level, name) for name in shown} for level in self.levels])
        floats = dict.fromkeys([name for name in shown if name != "finding"], float)
        counts = [(len(level.choices or ()), len(level.joins)) for level in self.levels]
        return table.astype(floats).assign(
            selected=[many for many, _ in counts], joins=[many for _, many in counts]
        )

    @property
    def programs(self) -> pd.DataFrame:
        """One row a level and programme of its nested plan: level, program, start, regions, joins."""
        rows = [
            (
                level.level,
                choice.program,
                choice.start,
                " ".join(choice.regions),
                choice.program in level.joins,
            )
            for level in self.levels
            for choice in level.choices or ()
        ]
        return pd.DataFrame(rows, columns=["level", "program", "start", "regions", "joins"])


def _share(cost: float | None, best: float | None) -> float | None:
    """Return a cost as a share of what the best plan is worth; 0 where that is nothing."""
    if cost is None or best is None:
        return None
    return cost / best if best > 0 else 0.0
