"""Rank strategic issues by weighted criteria, as Permendagri 54/2010 (Lampiran II, T-II.C.41) does."""

from __future__ import annotations

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.scenario import Scenario

USG = ("urgency", "seriousness", "growth")


def rank_issues(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Rank the issues of a case: by its criteria, and beside it by other weights and judgements.

    The score of issue i is sum_c weight[c] mean_k score[i,c,k]: c criteria (weights sum to 1), k raters.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``criteria_weights`` replaces weights; ``priority_issues`` says which issues count.

    Returns
    -------
    DataFrame, one row an issue, best first
        ``issue``; ``rank`` from 1; ``score`` in the unit of the scores (1 for all without scores);
        ``weight`` among the issues that count (0: does not count); ``counts``; ``low`` and ``high``, the
        score if every criterion had its lowest, its highest rating; ``rank_equal_weights``, the rank if all
        criteria weighed the same; ``usg``, the sum of the mean scores on urgency, seriousness and growth,
        NaN unless the case scores these.

    Examples
    --------
    >>> import jspmodel as jsp
    >>> case, scenario = jsp.load("data/diy/scenarios/baseline.yaml")
    >>> int(rank_issues(case, scenario)["rank"].min())
    1
    """
    score = measure.issue_scores(case, scenario)
    weight = measure.weights(case, scenario).reindex(score.index).fillna(0.0)
    result = pd.DataFrame(
        {"score": score, "weight": weight, "counts": weight.index.isin(_counting(case, scenario))}
    )
    result["low"], result["high"] = _spread(case, scenario, score)
    result["rank_equal_weights"] = _equal_weights(case, score)
    result["usg"] = _usg(case, score)
    result.insert(0, "rank", _rank(score))
    return result.sort_values("rank").rename_axis("issue").reset_index()


def _counting(case: Case, scenario: Scenario) -> pd.Index[str]:
    return measure.weights(case, scenario).index


def _rank(score: pd.Series[float]) -> pd.Series[int]:
    return score.rank(ascending=False, method="first").astype(int)


def _spread(
    case: Case, scenario: Scenario, score: pd.Series[float]
) -> tuple[pd.Series[float], pd.Series[float]]:
    if case.issue_scores.empty:
        return score, score
    weights = measure.criteria_weights(case, scenario)
    ratings = case.issue_scores.groupby(["issue", "criterion"])["score"].agg(["min", "max"])
    weighted = ratings.mul(ratings.index.get_level_values("criterion").map(weights), axis=0)
    sums = weighted.groupby("issue").sum().reindex(score.index)
    return sums["min"], sums["max"]


def _equal_weights(case: Case, score: pd.Series[float]) -> pd.Series[int]:
    if case.issue_scores.empty:
        return _rank(score)
    weighing = case.criteria.loc[case.criteria["weight"] > 0, "criterion"]
    return _rank(measure.mean_scores(case)[list(weighing)].mean(axis=1))


def _usg(case: Case, score: pd.Series[float]) -> pd.Series[float]:
    if not set(USG) <= set(case.criteria["criterion"]):
        return pd.Series(float("nan"), index=score.index)
    return measure.mean_scores(case)[list(USG)].sum(axis=1, skipna=False)
