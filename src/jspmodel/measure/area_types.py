"""Types of area (kota, perdesaan, pesisir ...), each of which may weigh the criteria in its own way."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.priorities import weights
from jspmodel.measure.wide import by
from jspmodel.scenario import Scenario


def weighed_types(case: Case) -> list[str]:
    """Return the types of area that have weights of their own, in table order."""
    return list(dict.fromkeys(case.area_type_weights["area_type"]))


def area_types(case: Case, scenario: Scenario) -> pd.Series[str]:
    """Return by what type of area each region weighs the criteria.

    Returns
    -------
    Series of str by region, in table order
        ``""`` where the general weights count: in every region unless the scenario has
        ``weights_by_area_type``, else where a region has no type.
    """
    types = by(case.regions, "region", "area_type")
    weighed = weighed_types(case) if scenario.weights_by_area_type else ()
    types[:] = [kind if kind in weighed else "" for kind in types.tolist()]
    return types


@once
def region_weights(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return the weight of the issues that count in each region: weight[i,a(r)].

    Returns
    -------
    DataFrame of float, issues by regions
        In table order; every column sums to 1. The same in every region unless the scenario has
        ``weights_by_area_type``.
    """
    types = area_types(case, scenario)
    general = weights(case, scenario)
    by_type = {kind: weights(case, scenario, kind) for kind in dict.fromkeys(types) if kind} | {"": general}
    values = np.empty((len(general), len(types)))
    for place, kind in enumerate(types):
        values[:, place] = by_type[kind]
    return pd.DataFrame(values, index=general.index, columns=types.index, copy=False)
