"""What a plan is expected to close, delays and failures considered, as the report's first screen has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from jspmodel.case import Case
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.simulation import simulate_futures


class Expected(NamedTuple):
    """Percent of the area's gap closed in the simulated futures: 10th, 50th and 90th percentile."""

    low: float
    median: float
    high: float


def expected_impact(case: Case, scenario: Scenario, choices: Sequence[Choice]) -> Expected | None:
    """Return what a plan is expected to close; None where effects do not count.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        With what was asked in place of its own settings.
    choices : sequence of Choice

    Returns
    -------
    Expected or None
    """
    if not COUNTS[scenario.objective].effects:
        return None
    impact = simulate_futures(case, scenario, choices).impact
    return Expected(*(float(value) for value in np.quantile(impact, (0.1, 0.5, 0.9))))
