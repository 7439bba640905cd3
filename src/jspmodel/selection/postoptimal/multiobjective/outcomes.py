"""What is told of plans by several objectives: the values that others read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from jspmodel.plan import Choice
from jspmodel.selection.postoptimal.multiobjective.objective_functions import ObjectiveFunction, Unit

Choices = tuple[Choice, ...]
Interval = tuple[float, float]
"""From, to; in the unit of the objective."""


@dataclass(frozen=True)
class ObjectiveKey:
    """Which objective a value is of.

    Attributes
    ----------
    name : str
    unit : str
        ``percent``, ``points``, ``money`` (Rp billion) or ``count``.
    less : bool
        Whether less is better.
    """

    name: str
    unit: Unit
    less: bool


def keys_of(functions: Sequence[ObjectiveFunction]) -> tuple[ObjectiveKey, ...]:
    """Return the keys of objective functions."""
    return tuple(ObjectiveKey(one.name, one.unit, one.less) for one in functions)


@dataclass(frozen=True)
class PayoffRow:
    """The best of one objective, and what the others come to there.

    Attributes
    ----------
    name : str
        Of the objective.
    values : tuple of float
        Of all objectives: the others are the best that this one allows, one after the other.
    bound : float
        No plan is better in this objective.
    proven : bool
        Whether the value is the bound.
    choices : tuple of Choice
    cost : float
        Rp billion over the horizon.
    """

    name: str
    values: tuple[float, ...]
    bound: float
    proven: bool
    choices: Choices
    cost: float


@dataclass(frozen=True)
class PayoffTable:
    """The trade-off (pay-off) table: the best of each objective alone, with the others' values there.

    Attributes
    ----------
    objectives : tuple of ObjectiveKey
    rows : tuple of PayoffRow
        One an objective, in order.
    ideal : tuple of float
        The best value of each objective that any row has.
    nadir : tuple of float
        The worst of them: an estimate of the worst value among efficient plans (with two objectives it is
        that value).
    present : tuple of float
        What the present plan comes to.
    without_equity : bool
        Whether an equity rule of the scenario does not hold here, as the worst-off region is an objective.
    """

    objectives: tuple[ObjectiveKey, ...]
    rows: tuple[PayoffRow, ...]
    ideal: tuple[float, ...]
    nadir: tuple[float, ...]
    present: tuple[float, ...]
    without_equity: bool

    @property
    def table(self) -> pd.DataFrame:
        """One row an objective: ``best``, a column an objective, ``bound``, ``proven``, ``costs``."""
        names = [one.name for one in self.objectives]
        records = [
            {"best": row.name, **dict(zip(names, row.values, strict=True)), "bound": row.bound}
            | {"proven": row.proven, "costs": row.cost}
            for row in self.rows
        ]
        return pd.DataFrame(records, columns=["best", *names, "bound", "proven", "costs"])


@dataclass(frozen=True)
class ParetoPoint:
    """A plan of the front.

    Attributes
    ----------
    values : tuple of float
        Of both objectives.
    choices : tuple of Choice
        In table order.
    cost : float
        Rp billion over the horizon.
    bound : float
        No plan that is as good in the second objective is better than this in the first.
    proven : bool
        Whether that is its value: then no plan is as good in both objectives and better in one.
    present : bool
        Whether it is the present plan.
    """

    values: tuple[float, float]
    choices: Choices
    cost: float
    bound: float
    proven: bool
    present: bool


@dataclass(frozen=True)
class OpenBox:
    """A part of the space of both objectives in which no plan is known, and none is ruled out.

    Attributes
    ----------
    first, second : tuple of float
        From the worse to the better value of each objective.
    """

    first: Interval
    second: Interval


@dataclass(frozen=True)
class ParetoFront:
    """The front of two objectives: every part of their space is a plan, ruled out, or open.

    Attributes
    ----------
    objectives : tuple of ObjectiveKey
    points : tuple of ParetoPoint
        The plans that no other known one dominates, from the best of the first objective to that of the
        second; those within the resolution of each other told as one.
    boxes : tuple of OpenBox
        What is open. A plan better than those told lies in one of them, if there is any.
    bounds : tuple of float
        No plan is better in each objective.
    present : tuple of float
        What the present plan comes to.
    exact : bool
        Whether nothing is open: then these are all points there are, unsupported ones too.
    resolution : tuple of float
    dropped_bounds : int
        Bounds that a plan in hand showed to be wrong; they prove nothing.
    without_equity : bool
        As in ``PayoffTable``.
    """

    objectives: tuple[ObjectiveKey, ObjectiveKey]
    points: tuple[ParetoPoint, ...]
    boxes: tuple[OpenBox, ...]
    bounds: tuple[float, float]
    present: tuple[float, float]
    exact: bool
    resolution: tuple[float, float]
    dropped_bounds: int
    without_equity: bool

    @property
    def table(self) -> pd.DataFrame:
        """One row a point: a column an objective, and what ``ParetoPoint`` has.

        ``enter`` and ``leave`` are the programmes that come in, and go out, against the point before.
        """
        first, second = (one.name for one in self.objectives)
        records, before = [], None
        for point in self.points:
            now = [choice.program for choice in point.choices]
            enter, leave = changes(before, now)
            records.append(
                {first: point.values[0], second: point.values[1], "bound": point.bound}
                | {"costs": point.cost, "proven": point.proven, "present": point.present}
                | {"enter": enter, "leave": leave}
            )
            before = now
        columns = [first, second, "bound", "costs", "proven", "present", "enter", "leave"]
        return pd.DataFrame(records, columns=columns)


def changes(before: Sequence[str] | None, now: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the programmes that come in, and go out; none where nothing was before."""
    if before is None:
        return (), ()
    return tuple(p for p in now if p not in before), tuple(p for p in before if p not in now)


@dataclass(frozen=True)
class ObjectiveOutcome:
    """What a plan chosen by several objectives comes to in one of them.

    Attributes
    ----------
    objective : ObjectiveKey
    value : float
    bound : float
        No plan is better: for ``hierarchical`` none that keeps what the levels above ask for, else none.
    asked : tuple of float
        What was asked: ``hierarchical``: the allowed loss (nothing for the last level); ``weighted``: the
        weight, scaled; ``reference_point``: aspiration and reservation.
    least : float or None
        ``hierarchical``: the value that later levels had to keep.
    """

    objective: ObjectiveKey
    value: float
    bound: float
    asked: tuple[float, ...]
    least: float | None = None


@dataclass(frozen=True)
class CompromisePlan:
    """A plan that is chosen by several objectives.

    Attributes
    ----------
    approach : str
        ``hierarchical``, ``weighted`` or ``reference_point``.
    choices : tuple of Choice
        In table order.
    cost : float
        Rp billion over the horizon.
    outcomes : tuple of ObjectiveOutcome
    achieved, bound : float or None
        The weighted sum of normalised objectives, or the achievement, of the plan, and what no plan exceeds;
        None for ``hierarchical``.
    proven : bool
        Whether no plan is better by the approach: the bound is reached, at every level.
    leave, enter : tuple of str
        Programmes of the present plan that it does not carry out, and the reverse.
    payoff : PayoffTable or None
        By which objectives were normalised; None for ``hierarchical``.
    weights_scaled : bool
        Whether the weights did not add up to 1.
    without_equity : bool
        As in ``PayoffTable``.
    """

    approach: str
    choices: Choices
    cost: float
    outcomes: tuple[ObjectiveOutcome, ...]
    achieved: float | None
    bound: float | None
    proven: bool
    leave: tuple[str, ...]
    enter: tuple[str, ...]
    payoff: PayoffTable | None
    weights_scaled: bool
    without_equity: bool
