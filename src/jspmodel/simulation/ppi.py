"""Our plan's money beside that of Policy Priority Inference, a model of how governments come to spend.

Policy Priority Inference (Guerrero and Castaneda, "Complexity Economics and Sustainable Development", 2024)
is called, not copied; it comes with the extra ``ppi``. What the comparison can say: docs/simulation.md.
"""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem, RunError
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.text import worded

Array = npt.NDArray[np.float64]

_PERIODS = 10
"""Periods of Policy Priority Inference a year: its agents learn from period to period."""
_LEVEL = 100.0
"""Its own default for the money of a period, here the mean over the years."""


def compare_with_ppi(case: Case, scenario: Scenario, plan: Plan, *, runs: int = 200) -> pd.DataFrame:
    """Return on which issues our plan spends, and on which Policy Priority Inference does.

    Its indicators are the issues that count, at the level 1 - the mean gap by population, with the goal 1;
    its network is ``issue_spillovers``; its budget follows the plan's payments year by year. It is not
    calibrated: with money shared equally, of which half is well used, an issue improves in half of the
    periods, by a step that would close its gap over the horizon.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``simulation.seed`` is the seed of its runs.
    plan : Plan
    runs : int
        Runs of its model.

    Returns
    -------
    DataFrame
        One row an issue that counts, in table order: ``issue``, ``gap`` (0-1, mean by population),
        ``weight``, ``ours`` (share of the plan's money; a programme's is split by what it adds to the impact
        of each issue before diminishing returns), ``ppi`` (mean share over its runs), ``ppi_low``,
        ``ppi_high`` (10th and 90th percentile of the runs).

    Raises
    ------
    RunError
        If the extra ``ppi`` is not installed.
    """
    package = _package()
    weight = measure.weights(case, scenario)
    gap = (measure.gaps(case).loc[weight.index] * measure.shares(case)).sum(axis=1)
    ppi = np.zeros((runs, len(weight)))
    if (reached := _instrumental(case, scenario, weight.index)).any():
        # Its first allocation looks up goals by place among the instrumental ones: these come first.
        order = np.argsort(~reached, kind="stable")
        setting = _setting(case, scenario, plan, gap.iloc[order])
        ppi[:, order[: reached.sum()]] = _allocations(package, setting, runs, scenario.simulation.seed)
    low, high = np.quantile(ppi, [0.1, 0.9], axis=0)
    return pd.DataFrame(
        {
            "issue": weight.index,
            "gap": gap.to_numpy(float),
            "weight": weight.to_numpy(float),
            "ours": _ours(case, scenario, plan, weight.index),
            "ppi": ppi.mean(axis=0),
            "ppi_low": low,
            "ppi_high": high,
        }
    )


def _package() -> ModuleType:
    """Import the package, whose import would silence every warning of the process."""
    try:
        with warnings.catch_warnings():
            import policy_priority_inference
    except ImportError as error:
        missing = error.name or "policy_priority_inference"
        problem = Problem("extra_missing", values={"missing": missing, "extra": "ppi"})
        raise worded(RunError, [problem]) from error
    return policy_priority_inference


def _setting(case: Case, scenario: Scenario, plan: Plan, gap: pd.Series[float]) -> dict[str, Any]:
    """Return what its model is asked with."""
    reached = _instrumental(case, scenario, gap.index)
    money = _schedule(case, scenario, plan)
    step = np.maximum(gap.to_numpy(float), 0.01) / len(money)
    goals = {"G": np.ones(len(gap))} if gap[reached].sum() > 0 else {}
    return {
        "I0": 1 - gap.to_numpy(float),
        **goals,
        "Imax": np.ones(len(gap)),
        "alphas": 2 * step,
        "alphas_prime": step / 2,
        "betas": np.full(len(gap), 1 / (0.5 * _LEVEL / reached.sum() + 0.5)),
        "A": _network(case, gap.index),
        "R": reached.astype(float),
        "Bs": money[None],
    }


def _schedule(case: Case, scenario: Scenario, plan: Plan) -> Array:
    """Return the money of each period, its mean ``_LEVEL``; evenly where the plan pays nothing."""
    years = measure.horizon(case, scenario)
    paid = np.array([sum(p.amount for p in plan.funding if p.year == year) for year in years])
    level = paid / paid.mean() if paid.sum() > 0 else np.ones(len(years))
    return np.repeat(np.maximum(level, 1e-6) * _LEVEL, _PERIODS)


def _network(case: Case, issues: pd.Index[str]) -> Array:
    table = case.issue_spillovers.pivot_table(index="issue", columns="on_issue", values="value")
    return np.asarray(table.reindex(index=issues, columns=issues).fillna(0.0), dtype=np.float64)


def _instrumental(case: Case, scenario: Scenario, issues: pd.Index[str]) -> npt.NDArray[np.bool_]:
    """Return the issues on which some proposed programme acts: money can go there."""
    return np.asarray(measure.effects(case, scenario)[issues].to_numpy(float).any(axis=0))


def _allocations(package: ModuleType, setting: dict[str, Any], runs: int, seed: int) -> Array:
    """Return the shares of its money by run and issue; the global random state stays as it was."""
    state, shares = np.random.get_state(), []
    np.random.seed(seed % 2**32)
    try:
        for _ in range(runs):
            copies = {name: np.array(value) for name, value in setting.items()}  # it writes into its input
            with np.errstate(all="ignore"):
                spent = package.run_ppi(**copies)[3].sum(axis=1)
            shares.append(spent / spent.sum())
    finally:
        np.random.set_state(state)
    return np.array(shares)


def _ours(case: Case, scenario: Scenario, plan: Plan, issues: pd.Index[str]) -> Array:
    effects, needs = measure.effects(case, scenario)[issues], measure.needs(case, scenario)
    total = np.zeros(len(issues))
    for item in plan.selected:
        gain = effects.loc[item.program].to_numpy(float) * needs[list(item.regions)].sum(axis=1).to_numpy(
            float
        )
        if gain.sum() > 0:
            total += item.cost * gain / gain.sum()
    return total / total.sum() if total.sum() > 0 else total
