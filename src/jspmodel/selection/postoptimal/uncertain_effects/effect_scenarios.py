"""What the effects might turn out to be: scenarios to hedge against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import effect_ranges, pert
from jspmodel.scenario import Scenario

SAME = 1e-12
"""Effects that differ by less are one."""


@dataclass(frozen=True)
class EffectScenario:
    """What the effects might turn out to be.

    Attributes
    ----------
    name : str
    effects : tuple of float
        By row of ``program_effects``.
    """

    name: str
    effects: tuple[float, ...]


def effect_scenarios(
    case: Case, scenario: Scenario, draws: int = 0, *, seed: int = 1
) -> tuple[EffectScenario, ...]:
    """Return all effects at their lowest, as expected and at their highest, and some drawn ones.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    draws : int
        So many of PERT distributions, each row of the table by itself (see ``measure.pert``).
    seed : int

    Returns
    -------
    tuple of EffectScenario
        ``low``, ``mode``, ``high``, then ``draw 1`` and so on.
    """
    ranges = effect_ranges(case, scenario)
    low, mode, high = (ranges[end].to_numpy(float) for end in ("low", "mode", "high"))
    drawn = [
        pert(low, mode, high, np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(draw,))))
        for draw in range(draws)
    ]
    names = ("low", "mode", "high", *(f"draw {draw + 1}" for draw in range(draws)))
    return tuple(
        EffectScenario(name, tuple(values.tolist()))
        for name, values in zip(names, (low, mode, high, *drawn), strict=True)
    )


def require_scenarios(
    case: Case, scenario: Scenario, given: Sequence[EffectScenario]
) -> tuple[EffectScenario, ...]:
    """Return scenarios that were given, or those that are usual if there are none.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    given : sequence of EffectScenario

    Returns
    -------
    tuple of EffectScenario

    Raises
    ------
    ValueError
        If one has not an effect for each row of ``program_effects``, or one that is below 0 or above what the
        row says at most: the model that is searched leaves out what has no effect at the highest.
    """
    high = effect_ranges(case, scenario)["high"].to_numpy(float)
    for one in given:
        effects = np.array(one.effects)
        if effects.shape != high.shape:
            raise ValueError(f"effects of {one.name}: {len(high)} rows are needed, {effects.size} are given")
        if not ((effects >= 0.0) & (effects <= high + SAME)).all():
            raise ValueError(f"effects of {one.name}: each must lie between 0 and the highest of its row")
    return tuple(given) or effect_scenarios(case, scenario)
