"""Two indices of each programme, and how far the budget goes along each (World Bank, IPF)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.figures.proposed_costs import total_costs
from jspmodel.measure import plain_rows, records
from jspmodel.scenario import Scenario
from jspmodel.selection import read_inputs

INDICES = ("social_environmental", "financial_economic")
"""The two dimensions of the map, as ``appraisal_criteria`` names them."""


@dataclass(frozen=True, eq=False)
class ProjectIndices:
    """Programmes on the map of two indices.

    Attributes
    ----------
    table : DataFrame, index programme
        The two ``INDICES`` in 0-100, ``cost`` in Rp billion, ``quadrant``: A where both indices are in reach
        of the budget, B where only the social-environmental one is, C where only the other is, D where none.
    lines : mapping of str to float
        The index of the last programme that the budget pays if programmes are taken in the order of that
        index alone; above 100 where it pays none.
    budget : float
        Rp billion, of all funds and years.
    unknown : tuple of str
        Programmes that lack a value of some criterion, or cannot start, and so are not on the map.
    """

    table: pd.DataFrame
    lines: Mapping[str, float]
    budget: float
    unknown: tuple[str, ...]


def project_indices(case: Case, scenario: Scenario) -> ProjectIndices | None:
    r"""Return the two indices of each programme, and how far the budget goes along each.

    .. math:: \text{index}_{pk} = 100 \, \frac{\sum_{c \in C_k} w_c \, u_{pc}}{\sum_{c \in C_k} w_c},
        \qquad u_{pc} = \frac{v_{pc} - \min_q v_{qc}}{\max_q v_{qc} - \min_q v_{qc}}

    :math:`v_{pc}` is the ``value`` of programme *p* under criterion *c*, :math:`w_c` its ``weight``,
    :math:`C_k` the criteria of index *k*; where less is better, u is 1 less that. A criterion under which
    all are alike gives all 1.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    ProjectIndices or None
        None without criteria of both indices, or without a programme that has all values.

    Notes
    -----
    The map is that of Marcelo, Mandri-Perrott, House and Schwartz, "Prioritizing infrastructure investment: a
    framework for government decision making" (World Bank, Policy Research Working Paper 7674, 2016).
    """
    criteria = [row for row in plain_rows(case.appraisal_criteria) if row.weight != 0]
    if {row.index for row in criteria} != set(INDICES):
        return None
    costs = total_costs(case, scenario).groupby("program")["amount"].sum()
    values = _values(case, [row.appraisal_criterion for row in criteria])
    able = read_inputs(case, scenario).proposals
    order = [program for program in values.index if program in able]
    if not order:
        return None
    table = pd.DataFrame({index: _index(values.loc[order], criteria, index) for index in INDICES})
    table["cost"] = costs.reindex(order).fillna(0.0)
    budget = float(sum(measure.budgets(case, scenario).values()))
    lines = {index: _line(table, index, budget) for index in INDICES}
    within = [table[index] >= lines[index] for index in INDICES]
    table["quadrant"] = [_QUADRANT[bool(one), bool(other)] for one, other in zip(*within, strict=True)]
    unknown = tuple(program for program in case.programs["program"] if program not in table.index)
    return ProjectIndices(table.rename_axis("program"), lines, budget, unknown)


def _values(case: Case, criteria: list[str]) -> pd.DataFrame:
    """Return the values of programmes that have one of every criterion, in table order."""
    found = records(case.program_appraisals, "program", "appraisal_criterion", "value")
    given = {(program, criterion): value for program, criterion, value in found}
    rows = {p: [given.get((p, c), float("nan")) for c in criteria] for p in case.programs["program"]}
    return pd.DataFrame.from_dict(rows, orient="index", columns=criteria).dropna()


_QUADRANT = {(True, True): "A", (True, False): "B", (False, True): "C", (False, False): "D"}


def _index(values: pd.DataFrame, criteria: list[Any], index: str) -> pd.Series[float]:
    """Return the weighted mean of what programmes reach under the criteria of an index, in 0-100."""
    mine = [row for row in criteria if row.index == index]
    weights = [1.0 if isnan(row.weight) else row.weight for row in mine]
    parts = (
        weight * _normalised(values[row.appraisal_criterion], row.better)
        for row, weight in zip(mine, weights, strict=True)
    )
    return 100 * sum(parts) / sum(weights)


def _normalised(values: pd.Series[float], better: str) -> pd.Series[float]:
    least, most = float(values.min()), float(values.max())
    if most == least:
        return values * 0.0 + 1.0
    reached = (values - least) / (most - least)
    return reached if better == "higher" else 1 - reached


def _line(table: pd.DataFrame, index: str, budget: float) -> float:
    """Return the index of the last programme that is paid if they are taken in its order until one is not."""
    order = table.sort_values(index, ascending=False, kind="stable")
    paid = order[order["cost"].cumsum() <= budget + 1e-9]
    return float(paid[index].min()) if len(paid) else 101.0
