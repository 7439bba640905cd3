"""What issues weigh: criteria, scores, priorities."""

from __future__ import annotations

from math import isclose

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.wide import by, cells, means, wide
from jspmodel.scenario import Scenario


def adds_up(total: float) -> bool:
    """Return whether weights that sum to a total say shares, or percents, as they stand."""
    return isclose(total, 1, abs_tol=1e-6) or isclose(total, 100, abs_tol=1e-6)


def criteria_total(case: Case, scenario: Scenario) -> float:
    """Return what the weights of all criteria add up to before they are scaled."""
    return float(_raw_weights(case, scenario).sum())


def criteria_weights(case: Case, scenario: Scenario, area_type: str = "") -> pd.Series[float]:
    """Return the weight of each criterion, scaled to sum to 1.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    area_type : str
        A type of area that ``area_type_weights`` gives weights; blank: the general weights.

    Returns
    -------
    Series of float by criterion
        The table's weights, those named by the scenario replaced, over their sum; of a type of area, those of
        the type as they stand, over their sum.
    """
    raw = _type_weights(case, area_type) if area_type else _raw_weights(case, scenario)
    return raw / raw.sum()


def _raw_weights(case: Case, scenario: Scenario) -> pd.Series[float]:
    raw = by(case.criteria, "criterion", "weight")
    for criterion, weight in scenario.criteria_weights.items():
        raw[criterion] = weight
    return raw


def _type_weights(case: Case, area_type: str) -> pd.Series[float]:
    rows = case.area_type_weights[case.area_type_weights["area_type"] == area_type]
    return by(rows, "criterion", "weight").reindex(pd.Index(case.criteria["criterion"]))


@once
def mean_scores(case: Case) -> pd.DataFrame:
    """Return the mean score over raters.

    Returns
    -------
    DataFrame of float, issues by criteria
        In table order.
    """
    table = case.issue_scores
    scores = means(cells(table, ("issue", "criterion"), "score"))
    return wide(scores, case.issues["issue"], case.criteria["criterion"], ("issue", "criterion"))


@once
def issue_scores(case: Case, scenario: Scenario, area_type: str = "") -> pd.Series[float]:
    """Return the weighted score of every issue: sum_c weight[c] score[i,c].

    Parameters
    ----------
    case : Case
    scenario : Scenario
    area_type : str
        The type of area whose weights of criteria count; blank: the general ones.

    Returns
    -------
    Series of float by issue, in table order
        1 for every issue where the case has no scores.
    """
    issues = pd.Index(case.issues["issue"], name="issue")
    if case.issue_scores.empty:
        return pd.Series(1.0, index=issues, name="score")
    weights = criteria_weights(case, scenario, area_type)
    used = weights[weights > 0]
    scores = mean_scores(case)
    parts = scores[used.index].to_numpy().T * used.to_numpy()[:, None]  # one criterion added after another
    return pd.Series(parts.sum(axis=0), index=scores.index, name="score")


@once
def weights(case: Case, scenario: Scenario, area_type: str = "") -> pd.Series[float]:
    """Return the weight of the issues that count, summing to 1.

    ``priority_issues`` of the scenario says which count: the first n of the ranking (ties: table order), a
    list of codes, or all. The ranking is that by the general weights of criteria, whatever the type of area.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    area_type : str
        The type of area whose weights of criteria count; blank: the general ones.

    Returns
    -------
    Series of float by issue, in table order
        weight[i] = score[i] / sum of the scores of the issues that count.
    """
    scores, chosen = issue_scores(case, scenario), scenario.priority_issues
    if isinstance(chosen, int):
        chosen = list(scores.sort_values(ascending=False, kind="stable").index[:chosen])
    if area_type:
        scores = issue_scores(case, scenario, area_type)
    counted = scores if chosen is None else scores[scores.index.isin(chosen)]
    return (counted / counted.sum()).rename("weight")
