"""Who pays what of each joint programme: five ways side by side, who would rather leave, and advice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration.games import Shares, in_core, nucleolus, objection, shapley
from jspmodel.collaboration.games.coalition_masks import Array
from jspmodel.collaboration.joint_cost import JointCost, joint_cost, volume_of
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario

METHODS = ("shapley", "nucleolus", "population", "volume", "impact")
_SAME = 1e-6
_SAMPLES = 40_000  # about a second: one pivotal region more or less moves much money


@dataclass(frozen=True, eq=False)
class CostShares:
    """The shares of every joint programme of a plan; money in Rp billion over the horizon.

    Attributes
    ----------
    programs : DataFrame
        One row a programme: ``program``, ``regions`` (number), ``cost``, ``shared`` (its part that is due
        once), ``threshold`` (whether some coalition falls short), ``method`` (recommended), ``reason`` (code
        of ``text/*/sharing.toml``).
    shares : DataFrame
        One row a programme, method and region: ``share``, ``standard_error`` (0 unless sampled), ``own`` (the
        region's own part), ``alone`` (what it would pay without partners).
    stability : DataFrame
        One row a programme and method: ``in_core``, ``coalition`` (tuple of the regions that would rather
        leave; empty if none), ``gain`` (what they would save). A method that the tables do not allow (a
        population or volume is blank, nobody gains) has no rows.
    """

    programs: pd.DataFrame
    shares: pd.DataFrame
    stability: pd.DataFrame


def advised_shares(sharing: CostShares) -> pd.DataFrame:
    """Return what each region bears of every joint programme, each shared as recommended.

    Parameters
    ----------
    sharing : CostShares

    Returns
    -------
    DataFrame
        The rows of ``shares`` of the recommended method of each programme.
    """
    return sharing.shares.merge(sharing.programs[["program", "method"]], on=["program", "method"])


@computed_once()
def share_costs(case: Case, scenario: Scenario, plan: Plan) -> CostShares:
    """Return what each region would pay of every joint programme of a plan, by five methods.

    A joint programme is one of scope ``joint`` that at least two regions carry out. Its cost game is
    ``JointCost``; the methods are the Shapley value, the nucleolus, and the whole cost in proportion to
    population, to volume (``program_regions``) and to impact (need closed by this programme, in the plan).
    The Shapley value is recommended where it is in the core, else the nucleolus.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan

    Returns
    -------
    CostShares
    """
    closed = _closed(case, scenario, plan)
    results = [_Result(case, scenario, choice, closed(choice)) for choice in joint_choices(case, plan)]
    return CostShares(
        pd.DataFrame([result.program() for result in results], columns=_PROGRAM),
        pd.DataFrame([row for result in results for row in result.shares()], columns=_SHARE),
        pd.DataFrame([row for result in results for row in result.stability()], columns=_STABILITY),
    )


_PROGRAM = ["program", "regions", "cost", "shared", "threshold", "method", "reason"]
_SHARE = ["program", "method", "region", "share", "standard_error", "own", "alone"]
_STABILITY = ["program", "method", "in_core", "coalition", "gain"]


def joint_choices(case: Case, plan: Plan) -> tuple[Choice, ...]:
    """Return the choices of a plan that two or more regions carry out together."""
    everywhere = set(case.programs.loc[case.programs["scope"] == "province", "program"])
    return tuple(
        choice for choice in plan.choices if len(choice.regions) > 1 and choice.program not in everywhere
    )


class _Result:
    """The shares of one programme."""

    def __init__(self, case: Case, scenario: Scenario, choice: Choice, closed: Array) -> None:
        self.choice = choice
        self.game = joint_cost(case, scenario, choice)
        self.by_method = _solutions(self.game)
        keys = {
            "population": _population(case, choice),
            "volume": volume_of(case, choice.program, choice.regions),
            "impact": closed,
        }
        for method, key in keys.items():
            if key.sum() > 0:  # NaN, where one is blank, is not
                self.by_method[method] = Shares(self.game, self.cost * key / key.sum())

    @property
    def cost(self) -> float:
        return float(self.game.costs(np.ones((1, len(self.choice.regions)), dtype=bool))[0])

    def program(self) -> tuple[object, ...]:
        game = self.game
        threshold = bool(game.min_regions > 1 or game.volume.min() < game.min_volume)
        return (
            self.choice.program,
            len(game.players),
            self.cost,
            game.shared,
            threshold,
            *self._advice(),
        )

    def _advice(self) -> tuple[str, str]:
        value, kernel = self.by_method["shapley"], self.by_method["nucleolus"]
        if self.game.shared <= _SAME:
            return "shapley", "own_parts"
        if all(abs(value[region] - kernel[region]) <= _SAME * max(1.0, self.cost) for region in value):
            return "shapley", "equal_parts" if _even(self.game, value) else "both_agree"
        return ("shapley", "stable") if in_core(self.game, value) else ("nucleolus", "shapley_unstable")

    def shares(self) -> Iterator[tuple[object, ...]]:
        alone = self.game.costs(np.eye(len(self.choice.regions), dtype=bool))
        for method, shares in self.by_method.items():
            for k, (region, share) in enumerate(shares.items()):
                error = shares.standard_error[region]
                yield self.choice.program, method, region, share, error, self.game.own[k], alone[k]

    def stability(self) -> Iterator[tuple[object, ...]]:
        for method, shares in self.by_method.items():
            if in_core(self.game, shares):
                yield self.choice.program, method, True, (), 0.0
            else:
                found = objection(self.game, shares)
                yield self.choice.program, method, False, found.coalition, found.gain


def _solutions(game: JointCost) -> dict[str, Shares]:
    if game.min_volume > 0:
        return {"shapley": shapley(game, samples=_SAMPLES), "nucleolus": nucleolus(game)}
    # Beside their own parts all regions are alike, and both solutions treat equals equally.
    everyone = np.ones((1, len(game.players)), dtype=bool)
    equal = game.own + (game.costs(everyone)[0] - game.own.sum()) / len(game.players)
    return {"shapley": Shares(game, equal), "nucleolus": Shares(game, equal)}


def _even(game: JointCost, shares: Shares) -> bool:
    """Return whether each pays its own part and an equal part of what is shared."""
    equal = game.own + game.shared / len(game.players)
    return bool(np.allclose([shares[player] for player in game.players], equal, rtol=0, atol=_SAME))


def _population(case: Case, choice: Choice) -> Array:
    people = dict(measure.records(case.regions, "region", "population"))
    return np.array([people[region] for region in choice.regions], dtype=float)


def _closed(case: Case, scenario: Scenario, plan: Plan) -> Callable[[Choice], Array]:
    """Return what tells the need of its regions that a choice closes in the plan (0 where there is none)."""
    judge = measure.Measure(case, scenario)
    needs, whole = judge.needs.sum(axis=0), judge.impact(plan.choices).by_region

    def closed(choice: Choice) -> Array:
        others = [item for item in plan.choices if item.program != choice.program]
        gained = ((whole - judge.impact(others).by_region).fillna(0.0) * needs).clip(lower=0.0)
        return np.asarray(gained.reindex(list(choice.regions)), dtype=float)

    return closed
