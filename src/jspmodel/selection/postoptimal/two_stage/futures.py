"""What may happen to budgets and effects: each future as a case of its own, and their mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jspmodel.case import Case
from jspmodel.errors import ScenarioError
from jspmodel.intake import errors_of, two_stage_problems
from jspmodel.measure import budgets, effect_ranges, horizon, pert
from jspmodel.scenario import Future, Scenario
from jspmodel.solver import Array
from jspmodel.text import worded

LARGEST = 1.0
"""An effect closes no more than the whole gap."""


@dataclass(frozen=True, eq=False)
class FutureCase:
    """A future, as the case that it is.

    Attributes
    ----------
    name : str
        As stated, or ``"1"`` and so on of those drawn.
    probability : float
        Those of all add up to 1.
    source : str
        Where its figures come from.
    case : Case
        With its budgets and effects.
    budget : float
        Rp billion of all funds and years together.
    """

    name: str
    probability: float
    source: str
    case: Case
    budget: float


@dataclass(frozen=True, eq=False)
class _Figures:
    """Factors by row of ``fund_budgets``, effects by row of ``program_effects``."""

    factors: Array
    effects: Array


def futures_of(case: Case, scenario: Scenario) -> tuple[FutureCase, ...]:
    """Return the futures that a scenario states, or those that it has drawn.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    tuple of FutureCase
        In the order of the scenario.

    Raises
    ------
    ScenarioError
        If it names none, or their probabilities, years or funds are wrong; with all that is wrong.
    """
    problems = errors_of(two_stage_problems(case, scenario))
    if problems:
        raise worded(ScenarioError, problems)
    asked = scenario.two_stage
    if asked.futures:
        total = sum(future.probability for future in asked.futures)
        return tuple(
            _future(
                case,
                scenario,
                future.name.strip(),
                future.probability / total,
                future.source,
                _stated(case, scenario, future),
            )
            for future in asked.futures
        )
    return tuple(
        _future(case, scenario, str(draw + 1), 1 / asked.draws, asked.source, _drawn(case, scenario, draw))
        for draw in range(asked.draws)
    )


def mean_future(case: Case, scenario: Scenario, futures: Sequence[FutureCase]) -> FutureCase:
    """Return the future in which each budget and effect is the mean of what it may be.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    futures : sequence of FutureCase

    Returns
    -------
    FutureCase
        Of probability 1.
    """
    chances = [future.probability for future in futures]
    money = np.average([one.case.fund_budgets["amount"] for one in futures], axis=0, weights=chances)
    effects = np.average([one.case.program_effects["effect"] for one in futures], axis=0, weights=chances)
    changed = replace(
        case,
        fund_budgets=case.fund_budgets.assign(amount=money),
        program_effects=case.program_effects.assign(effect=effects),
    )
    return FutureCase("", 1.0, "", changed, sum(budgets(changed, scenario).values()))


def _future(
    case: Case, scenario: Scenario, name: str, probability: float, source: str, figures: _Figures
) -> FutureCase:
    changed = replace(
        case,
        fund_budgets=case.fund_budgets.assign(amount=case.fund_budgets["amount"] * figures.factors),
        program_effects=case.program_effects.assign(effect=figures.effects),
    )
    return FutureCase(name, probability, source, changed, sum(budgets(changed, scenario).values()))


def _stated(case: Case, scenario: Scenario, future: Future) -> _Figures:
    """Return the figures of a future that is stated: factors of all, the fund and its kind are multiplied."""
    kind = dict(zip(case.funds["fund"], case.funds["kind"], strict=True))
    fund, year = case.fund_budgets["fund"], case.fund_budgets["year"]
    factors = np.array(
        [future.budgets * future.funds.get(code, 1.0) * future.kinds.get(kind[code], 1.0) for code in fund]
    )
    begins = future.from_year or scenario.two_stage.recourse_year or horizon(case, scenario)[0]
    ranges = effect_ranges(case, scenario)
    if isinstance(future.effects, str):
        effects = ranges["mode" if future.effects == "likely" else future.effects].to_numpy(float)
    else:
        effects = np.minimum(LARGEST, future.effects * ranges["mode"].to_numpy(float))
    return _Figures(np.where(year.to_numpy() >= begins, factors, 1.0), effects)


def _drawn(case: Case, scenario: Scenario, draw: int) -> _Figures:
    """Return the figures of a draw: a factor a kind of fund, effects of PERT distributions; by seed alone."""
    asked = scenario.two_stage
    money, effect = np.random.SeedSequence(asked.seed, spawn_key=(draw,)).spawn(2)
    kinds = list(dict.fromkeys(case.funds["kind"]))
    ends = (1 - asked.budget_spread, 1 + asked.budget_spread)
    drawn = np.random.default_rng(money).uniform(*ends, len(kinds))
    by_kind = dict(zip(kinds, drawn.tolist(), strict=True))
    kind = dict(zip(case.funds["fund"], case.funds["kind"], strict=True))
    factors = np.array([by_kind[kind[code]] for code in case.fund_budgets["fund"]])
    begins = asked.recourse_year or horizon(case, scenario)[0]
    low, mode, high = (effect_ranges(case, scenario)[end].to_numpy(float) for end in ("low", "mode", "high"))
    effects = pert(low, mode, high, np.random.default_rng(effect))
    return _Figures(np.where(case.fund_budgets["year"].to_numpy() >= begins, factors, 1.0), effects)
