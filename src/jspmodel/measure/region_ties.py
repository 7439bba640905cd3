"""How close regions are: like problems, borders, bodies of cooperation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.distance import gaps
from jspmodel.measure.once import once
from jspmodel.measure.priorities import weights
from jspmodel.measure.wide import records
from jspmodel.scenario import Scenario


@once
def similarity(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return how alike the problems of two regions are: the weighted Ruzicka similarity of their gaps.

    sum_i weight[i] min(gap[i,r], gap[i,s]) / sum_i weight[i] max(gap[i,r], gap[i,s]), with 0/0 = 0
    (Ruzicka 1958; see Cha 2007, "Comprehensive survey on distance/similarity measures"). The weights are the
    general ones, whatever the types of area: two regions are compared by one yardstick.

    Returns
    -------
    DataFrame of float in 0-1, regions by regions
        Symmetric.
    """
    weight = weights(case, scenario)
    gap = gaps(case).loc[weight.index]
    values, w = gap.to_numpy(dtype=float), weight.to_numpy(dtype=float)
    shared = np.einsum("i,irs->rs", w, np.minimum(values[:, :, None], values[:, None, :]))
    either = np.einsum("i,irs->rs", w, np.maximum(values[:, :, None], values[:, None, :]))
    result = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return pd.DataFrame(result, index=gap.columns, columns=gap.columns)


@once
def neighbours(case: Case) -> pd.DataFrame:
    """Return which regions border.

    Returns
    -------
    DataFrame of bool, regions by regions
        Symmetric.
    """
    return _symmetric(case, records(case.borders, "region_a", "region_b"))


def joined_by_body(case: Case) -> pd.DataFrame:
    """Return which regions are members of one body of cooperation, whatever its topic.

    Returns
    -------
    DataFrame of bool, regions by regions
        Symmetric, False on the diagonal.
    """
    members: dict[str, set[str]] = defaultdict(set)
    for body, region in records(case.bodies, "body", "region"):
        members[body].add(region)
    return _symmetric(case, ((r, s) for group in members.values() for r, s in permutations(group, 2)))


def tie_kinds(case: Case) -> pd.DataFrame:
    """Return what ties each two regions beside likeness.

    Returns
    -------
    DataFrame of str, regions by regions
        ``body`` where a body joins them, else ``border`` where they border, else ``no_border``: a factor of
        ``collaboration`` in the scenario each.
    """
    border, body = neighbours(case), joined_by_body(case)
    kinds = np.select([body.to_numpy(), border.to_numpy()], ["body", "border"], "no_border")
    return pd.DataFrame(kinds, index=border.index, columns=border.columns)


def _symmetric(case: Case, pairs: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    regions = case.regions["region"].tolist()
    place = {region: k for k, region in enumerate(regions)}
    result = np.zeros((len(regions), len(regions)), dtype=bool)
    for r, s in pairs:
        result[place[r], place[s]] = result[place[s], place[r]] = True
    return pd.DataFrame(result, index=regions, columns=regions)


@once
def edges(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return the strength of the tie between two regions.

    a[r,s] = min(1, similarity[r,s] * factor), the factor being the scenario's for their kind of tie
    (``tie_kinds``).

    Returns
    -------
    DataFrame of float in 0-1, regions by regions
        Symmetric, 0 on the diagonal; 0 is no edge.
    """
    rule = scenario.collaboration
    kinds = tie_kinds(case).to_numpy()
    factor = np.select([kinds == "body", kinds == "border"], [rule.body, rule.border], rule.no_border)
    alike = similarity(case, scenario)
    values = np.minimum(1.0, alike.to_numpy() * factor)
    np.fill_diagonal(values, 0.0)
    return pd.DataFrame(values, index=alike.index, columns=alike.columns)
