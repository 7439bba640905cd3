"""What a plan would do to the indicators, year by year, beside doing nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Outcome:
    """The simulated effect of a plan.

    Attributes
    ----------
    paths : DataFrame
        One row an indicator, region and year of the horizon that has a value to start from: ``indicator``,
        ``issue``, ``region``, ``year``, ``without`` and ``with_plan`` (in the indicator's unit, at the end of
        the year), ``target``.
    gaps : DataFrame
        One row an issue that counts and a region: ``issue``, ``region``, ``before`` and ``after`` (0-1, how
        far from the target at the start and at the end of the horizon).
    """

    paths: pd.DataFrame
    gaps: pd.DataFrame


@computed_once()
def simulate(case: Case, scenario: Scenario, plan: Plan) -> Outcome:
    """Simulate a plan without uncertainty: the optimiser's own measure, told in the indicators' units.

    v[t] = v_base + closed[i,r,t] (target - v_base) where v_base, the latest value, is worse than the target;
    else v_base. Doing nothing keeps v_base.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan

    Returns
    -------
    Outcome
    """
    model = measure.Measure(case, scenario)
    closed = model.closed(model.delivered(plan.choices))
    columns = pd.MultiIndex.from_product([model.needs.index, model.needs.columns], names=["issue", "region"])
    by_year = pd.DataFrame(closed.reshape(len(columns), -1), index=columns, columns=list(model.years))
    return Outcome(paths=_paths(case, by_year), gaps=_gaps(case, by_year))


def _paths(case: Case, closed: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly values of every indicator of an issue that counts."""
    years = closed.rename_axis(columns="year").stack().rename("closed").reset_index()
    latest = case.indicator_values.sort_values("year").groupby(["indicator", "region"], as_index=False).last()
    start = latest[["indicator", "region", "value"]].merge(
        case.indicators[["indicator", "issue", "better", "target"]]
    )
    rows = start.merge(years, on=["issue", "region"]).rename(columns={"value": "without"})
    sign = rows["better"].map({"lower": 1.0, "higher": -1.0})
    distance = (sign * (rows["without"] - rows["target"])).clip(lower=0) * sign
    rows["with_plan"] = rows["without"] - rows["closed"] * distance
    order = ["indicator", "issue", "region", "year", "without", "with_plan", "target"]
    return rows.sort_values(["indicator", "region", "year"])[order].reset_index(drop=True)


def _gaps(case: Case, closed: pd.DataFrame) -> pd.DataFrame:
    before = measure.gaps(case).loc[closed.index.unique("issue")].stack().rename("before")
    after = before * (1 - closed.iloc[:, -1].reindex(before.index))
    return pd.DataFrame({"before": before, "after": after}).rename_axis(["issue", "region"]).reset_index()
