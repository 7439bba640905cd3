"""What the optimiser claims beside what the simulation finds; one plan beside another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.simulation.futures import Futures, mean_impact
from jspmodel.simulation.streams import PARTS
from jspmodel.simulation.world import build_world

_CERTAIN = ("trend", "spillover", "interaction")


@computed_once()
def explain_promise(case: Case, scenario: Scenario, plan: Plan | Sequence[Choice]) -> pd.DataFrame:
    """Tell why the simulated impact differs from the promised one, part by part.

    The parts are switched on one after another, in the order of ``PARTS``, with the same random numbers; what
    the mean impact changes by is that part's. Another order would share the differences out differently; the
    two ends stay.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan or sequence of Choice

    Returns
    -------
    DataFrame
        ``step`` (``promised``, the parts, ``simulated``), ``impact`` (percent of the weighted gap, the mean
        over futures, with the parts up to here) and ``change`` (percentage points; 0 at both ends).
    """
    world, draws = build_world(case, scenario), scenario.simulation.draws
    choices = plan.choices if isinstance(plan, Plan) else tuple(plan)
    impacts = [mean_impact(world, choices, (), 1)]
    for k, part in enumerate(PARTS):
        impacts.append(mean_impact(world, choices, PARTS[: k + 1], 1 if part in _CERTAIN else draws))
    changes = [0.0, *np.diff(impacts), 0.0]
    steps = ["promised", *PARTS, "simulated"]
    return pd.DataFrame({"step": steps, "impact": [*impacts, impacts[-1]], "change": changes})


def regret(plans: Mapping[str, Futures]) -> pd.DataFrame:
    """Return what choosing each plan may cost, once the future is known.

    The regret of a plan in a future is the impact of the best of these plans there less its own (Savage
    1951). The futures are the same for all plans.

    Parameters
    ----------
    plans : mapping of str to Futures
        By name, simulated for one case under one scenario: a rival plan, too, is simulated under the
        scenario of the first, whose weights and effects count for all.

    Returns
    -------
    DataFrame
        One row a plan, in the order given: ``plan``, ``promised``, ``impact`` (mean), ``regret`` (mean),
        ``regret_high`` (90th percentile), ``regret_worst``, all in percentage points, and ``best`` (share of
        the futures in which no other plan is better).

    Raises
    ------
    ValueError
        If there is no plan, or the futures are not the same (another case, other settings or parts).
    """
    drawn = {(item.case, item.settings, len(item.impact), item.parts) for item in plans.values()}
    if len(drawn) != 1:
        raise ValueError(
            "regret needs plans simulated in the same futures: one case, one simulation, the same parts"
        )
    impact = np.array([item.impact for item in plans.values()])
    lost = impact.max(axis=0) - impact
    return pd.DataFrame(
        {
            "plan": list(plans),
            "promised": [item.promised for item in plans.values()],
            "impact": impact.mean(axis=1),
            "regret": lost.mean(axis=1),
            "regret_high": np.quantile(lost, 0.9, axis=1),
            "regret_worst": lost.max(axis=1),
            "best": (lost <= 1e-9).mean(axis=1),
        }
    )
