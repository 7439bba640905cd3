"""What each agency or region may use of the money of a year, where the budgets are split between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from jspmodel.selection.inputs import SHARED, Inputs
from jspmodel.selection.variables import Variables
from jspmodel.solver import Array, ColumnMap, Places, neighbourhoods

NOISE = 1e-6
"""Rp billion that count as none."""


@dataclass(frozen=True, eq=False)
class Costs:
    """What starts and regions that join make due, Rp billion by year of the horizon.

    Attributes
    ----------
    column_map : ColumnMap
    shared : array, shape (starts, years)
        The shared part.
    own : array, shape (joins, years)
        The region's own part.
    """

    column_map: ColumnMap
    shared: Array
    own: Array


@dataclass(frozen=True, eq=False)
class Shares:
    """What each of several may use in each year.

    Attributes
    ----------
    most : array, shape (those who share, years)
        Rp billion.
    costs : Costs
    leads : array of int, shape (starts,), or None
        Who leads a programme, and bears all its cost; None: each region bears its own part, and those that
        take part bear the shared part in equal parts. What no region takes part in, all bear equally.
    joins : array of int, shape (joins,)
        The region that joins.
    """

    most: Array
    costs: Costs
    leads: Places | None
    joins: Places

    def used(self, values: Array) -> Array:
        """Return what each uses, from values of columns.

        Parameters
        ----------
        values : array, shape (columns,)

        Returns
        -------
        array, shape (those who share, years)
        """
        costs, columns, used = self.costs, self.costs.column_map, np.zeros_like(self.most)
        started, joined = (
            np.flatnonzero(values[columns.start] > neighbourhoods.HALF),
            np.flatnonzero(values[columns.join] > neighbourhoods.HALF),
        )
        of = columns.parent[joined]
        if self.leads is not None:
            np.add.at(used, self.leads[started], costs.shared[started])
            np.add.at(used, self.leads[of], costs.own[joined])
            return used
        count = np.bincount(of, minlength=len(columns.start))
        np.add.at(used, self.joins[joined], costs.own[joined] + costs.shared[of] / count[of][:, None])
        return np.asarray(used + costs.shared[started[count[started] == 0]].sum(axis=0) / len(used))

    def beside(self, values: Array) -> Callable[[Array], bool]:
        """Return what says of values whether nobody uses more than the share, or than in the values given."""
        most = np.maximum(self.most, self.used(values)) + NOISE
        return lambda then: bool((self.used(then) <= most).all())


def read_costs(inputs: Inputs, variables: Variables, column_map: ColumnMap) -> Costs:
    """Return what starts and joins cost.

    Parameters
    ----------
    inputs : Inputs
    variables : Variables
    column_map : ColumnMap

    Returns
    -------
    Costs
    """
    proposals, years = inputs.proposals, inputs.years
    shared = [[proposals[p].due(SHARED, s, t) for t in years] for p, s in variables.start]
    own = [[proposals[p].due(r, s, t) for t in years] for p, r, s in variables.join]
    shape = (-1, len(years))
    return Costs(column_map, np.array(shared, float).reshape(shape), np.array(own, float).reshape(shape))


def by_agency(
    inputs: Inputs, costs: Costs, variables: Variables, parts: Mapping[str, float] | None
) -> Shares:
    """Split all budgets of each year between the agencies that lead proposals.

    Parameters
    ----------
    inputs : Inputs
    costs : Costs
    variables : Variables
    parts : mapping of agency to float, or None
        How they share, in any unit; None: equally.

    Returns
    -------
    Shares
    """
    agencies = list(dict.fromkeys([*(parts or ()), *(p.agency for p in inputs.proposals.values())]))
    number = {agency: place for place, agency in enumerate(agencies)}
    leads = np.array([number[inputs.proposals[p].agency] for p, _ in variables.start], dtype=np.int64)
    money = np.array([sum(b for (_, t), b in inputs.budgets.items() if t == year) for year in inputs.years])
    most = np.outer(_fractions(agencies, parts), money)
    return Shares(most, costs, leads, np.zeros(len(variables.join), dtype=np.int64))


def by_region(
    inputs: Inputs, costs: Costs, variables: Variables, parts: Mapping[str, float] | None
) -> Shares:
    """Split what no region holds of the budgets of each year between the regions; each has its own beside.

    Parameters
    ----------
    inputs : Inputs
    costs : Costs
    variables : Variables
    parts : mapping of region to float, or None
        How they share, in any unit; None: equally.

    Returns
    -------
    Shares
    """
    regions = list(inputs.case.regions["region"])
    number = {region: place for place, region in enumerate(regions)}
    money, most = np.zeros(len(inputs.years)), np.zeros((len(regions), len(inputs.years)))
    for (fund, year), budget in inputs.budgets.items():
        holder = inputs.holder.get(fund)
        (money if holder is None else most[number[holder]])[inputs.years.index(year)] += budget
    joins = np.array([number[r] for _, r, _ in variables.join], dtype=np.int64)
    return Shares(most + np.outer(_fractions(regions, parts), money), costs, None, joins)


def _fractions(codes: list[str], parts: Mapping[str, float] | None) -> Array:
    given = np.array([1.0 if parts is None else parts.get(code, 0.0) for code in codes])
    part = given / max(given, default=1.0)  # whatever the unit, nothing overflows or counts as none
    return np.asarray(part / part.sum())
