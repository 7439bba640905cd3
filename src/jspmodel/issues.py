"""Rank strategic issues by weighted criteria, as Permendagri 54/2010 (Lampiran II, T-II.C.41) does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.reproducible import dot
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


@dataclass(frozen=True, eq=False)
class RankSensitivity:
    """How the ranking depends on what the criteria weigh.

    Attributes
    ----------
    without : DataFrame of int, issues by criteria
        Rank if that criterion did not count, the others keeping their proportions. A criterion that stands
        alone is not there.
    less, more : DataFrame of int, issues by criteria
        Rank if that criterion weighed half as much, half as much again.
    often : Series of float by issue
        Share of the random weights under which the issue is among the ``first``.
    first, draws : int
    """

    without: pd.DataFrame
    less: pd.DataFrame
    more: pd.DataFrame
    often: pd.Series[float]
    first: int
    draws: int


def rank_sensitivity(
    case: Case, scenario: Scenario, first: int = 5, draws: int = 2000, seed: int = 1
) -> RankSensitivity:
    """Rank the issues again under other weights of the criteria.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``criteria_weights`` replaces weights.
    first : int
        How many issues count as being at the top.
    draws : int
        Random weights, uniform over all weights that sum to 1 (a flat Dirichlet distribution).
    seed : int

    Returns
    -------
    RankSensitivity
        Issues in table order; criteria of weight 0 are left out. Without scores the frames have no columns.

    Notes
    -----
    One weight at a time and random weights are the usual tests of a weighted sum (Butler, Jia and Dyer,
    "Simulation techniques for the sensitivity analysis of multi-criteria decision models", 1997).

    Examples
    --------
    >>> import jspmodel as jsp
    >>> sensitivity = rank_sensitivity(*jsp.load("data/diy/scenarios/baseline.yaml"))
    >>> bool(sensitivity.often.sum().round(6) == sensitivity.first)
    True
    """
    issues = pd.Index(case.issues["issue"], name="issue")
    if case.issue_scores.empty:
        none = pd.DataFrame(index=issues)
        rank = _rank(measure.issue_scores(case, scenario))
        return RankSensitivity(none, none, none, (rank <= first).astype(float), first, 0)
    weights = measure.criteria_weights(case, scenario)
    weights = weights[weights > 0]
    scores = measure.mean_scores(case)[weights.index]
    drawn = np.random.default_rng(seed).dirichlet(np.ones(len(weights)), draws)
    order = np.argsort(-dot(drawn, scores.to_numpy().T), axis=1, kind="stable")
    often = np.bincount(order[:, :first].ravel(), minlength=len(issues)) / draws
    alone = len(weights) == 1
    return RankSensitivity(
        without=pd.DataFrame(index=issues) if alone else _ranked_with(scores, weights, 0.0),
        less=_ranked_with(scores, weights, 0.5),
        more=_ranked_with(scores, weights, 1.5),
        often=pd.Series(often, index=issues),
        first=first,
        draws=draws,
    )


def _ranked_with(scores: pd.DataFrame, weights: pd.Series[float], factor: float) -> pd.DataFrame:
    """Return the ranks with one weight after the other times a factor; ties, noise aside, by table order."""
    changed = {c: weights.where(weights.index != c, weights * factor) for c in weights.index}
    return pd.DataFrame({c: _rank((scores * w / w.sum()).sum(axis=1).round(9)) for c, w in changed.items()})
