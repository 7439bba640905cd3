"""The horizon, and what its years weigh."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.measure.once import shared_once
from jspmodel.measure.plan_tables import require_plan_tables
from jspmodel.scenario import Scenario
from jspmodel.text import worded

Array = npt.NDArray[np.float64]


@shared_once
def horizon(case: Case, scenario: Scenario) -> tuple[int, ...]:
    """Return the years that are planned: the scenario's, else those of fund_budgets.

    Returns
    -------
    tuple of int
        Every year from the first to the last.

    Raises
    ------
    DataError
        If neither says: a case without budgets has no plan yet. If the scenario goes on with an adopted plan
        and the tables are not those of what is left to decide, as ``load`` gives them.
    """
    if scenario.replan.adopted and case.standing is None:
        raise worded(DataError, [Problem("not_standing", f"{scenario.name}.yaml", None, "replan.adopted")])
    years = case.fund_budgets["year"]
    if years.empty and (scenario.first_year is None or scenario.last_year is None):
        require_plan_tables(case)
    first = scenario.first_year if scenario.first_year is not None else int(years.min())
    last = scenario.last_year if scenario.last_year is not None else int(years.max())
    return tuple(range(first, last + 1))


def year_weights(case: Case, scenario: Scenario) -> Array:
    """Return the weight of each year of the horizon, summing to 1.

    Returns
    -------
    array of shape (years,)
        Equal unless the scenario says otherwise; a year it does not name weighs 0.
    """
    years = horizon(case, scenario)
    if scenario.year_weights is None:
        return np.full(len(years), 1 / len(years))
    raw = np.array([scenario.year_weights.get(year, 0.0) for year in years])
    return raw / raw.sum()
