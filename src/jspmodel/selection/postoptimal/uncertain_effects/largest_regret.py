"""The largest regret of keeping a programme as it is in the plan, over all effects within their ranges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from jspmodel.plan import Choice
from jspmodel.proof import least_bound
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.selection.postoptimal.uncertain_effects.effect_model import EffectModel, judge_at
from jspmodel.selection.postoptimal.uncertain_effects.worst_effects import EVERYTHING, best_at, furthest_ahead
from jspmodel.selection.search import kept
from jspmodel.solver import ONE_THREAD, Array, Effort

Choices = tuple[Choice, ...]


@dataclass(frozen=True)
class Witness:
    """Effects under which a programme is better the other way round than in the plan: a proof.

    Attributes
    ----------
    effects : tuple of (program, issue, float)
        Where they are not as expected.
    choices : tuple of Choice
        A plan with the programme the other way round.
    worth : float
        What it is worth at these effects, percent.
    bound : float
        No plan with the programme as it is in the plan is worth more there.
    """

    effects: tuple[tuple[str, str, float], ...]
    choices: tuple[Choice, ...]
    worth: float
    bound: float


@dataclass(frozen=True, eq=False)
class Given:
    """What the questions about all programmes share.

    Attributes
    ----------
    model : EffectModel
    work : float
        Units that each may take.
    known : tuple of tuple of Choice
        Plans, the one asked about among them; those of others may break a rule.
    """

    model: EffectModel
    work: float
    known: tuple[Choices, ...]


@dataclass(frozen=True, eq=False)
class Regret:
    """What is known of the largest regret of keeping a programme as it is: infinite where nothing is.

    ``most`` is ``-inf`` where it is proven that there is no plan with it the other way round.
    """

    least: float = -inf
    most: float = inf
    witness: Witness | None = None


def largest_regret(given: Given, program: str) -> Regret:
    """Close in the largest regret of keeping a programme as it is in the plan (see ``surely_in``)."""
    return _Contest(given, program).settle()


class _Contest:
    """Plans with a programme as it is in the plan against plans with it the other way round."""

    def __init__(self, given: Given, program: str) -> None:
        self._model, self._program, self._effort = given.model, program, Effort(given.work)
        this, that = Demand(into=frozenset((program,))), Demand(out=frozenset((program,)))
        self._selected = this.met_by({choice.program for choice in given.model.model.plan.choices})
        self._kept, self._other = (this, that) if self._selected else (that, this)
        self._pool = [one for one in given.known if self._kept.met_by({c.program for c in one})]
        self._list: list[Choices] = []
        self._tolerance = 2 * given.model.model.stated.slack
        self._regret = Regret()

    def settle(self) -> Regret:
        """Close in the largest regret until its sign is known, or the work is spent."""
        if self._program not in self._model.model.rows:
            return Regret(most=-inf)
        self._guess()
        while not self._decided and self._effort.left > 0:
            found = furthest_ahead(self._model, self._other, self._list, self._effort)
            self._regret = replace(self._regret, most=min(self._regret.most, found.bound))
            if self._decided or found.choices is None or not self._challenge(found.choices, found.effects):
                break
        return self._regret

    @property
    def _decided(self) -> bool:
        return self._regret.least > self._tolerance or self._regret.most <= self._tolerance

    def _guess(self) -> None:
        """Look at the programme as bad for the plan as it can be, and at what does best there at its best."""
        model = self._model
        own = np.array([program == self._program for program, _ in model.effects], dtype=bool)
        bad = np.where(own, model.low if self._selected else model.high, model.mode)
        found = best_at(model, self._other, bad, self._effort)
        if found.bound == -inf:
            self._regret = replace(self._regret, most=-inf)
        elif found.choices is not None:
            self._challenge(found.choices, bad)
            there = {choice.program for choice in found.choices}
            best = np.array([program in there for program, _ in model.effects], dtype=bool)
            if not self._decided:
                self._challenge(found.choices, np.where(best, model.high, model.low))

    def _challenge(self, choices: Choices, effects: Array) -> bool:
        """Look for a plan that keeps up with one at some effects; return whether the list grew by one."""
        model = self._model
        judge = judge_at(model.case, model.scenario, model.by_row(effects))
        worth, before = judge(choices), len(self._list)
        best = max(self._pool, key=judge, default=None)
        if best is not None and worth - judge(best) <= self._tolerance and self._is_legal(best):
            self._add(best)
            return len(self._list) > before
        found = best_at(model, self._kept, effects, self._effort)
        # The plan asked about is one of those that keep the programme: no bound below it is a proof.
        known = max(judge(one) for one in (found.choices, model.model.plan.choices) if one is not None)
        bound, _ = least_bound(known, [found.bound, EVERYTHING])
        if worth - bound > self._regret.least:
            self._regret = replace(self._regret, least=worth - bound)
            if worth - bound > self._tolerance:
                self._regret = replace(self._regret, witness=self._witness(choices, effects, worth, bound))
        if found.choices is not None:
            self._add(found.choices)
        return len(self._list) > before

    def _add(self, choices: Choices) -> None:
        if choices not in self._list:
            self._list.append(choices)
        if choices not in self._pool:
            self._pool.append(choices)

    def _is_legal(self, choices: Choices) -> bool:
        """Return whether a plan that was brought keeps all rules; if not, forget it."""
        stated = self._model.model.stated
        legal = kept(stated.matrix, stated.column_map, stated.values(choices), ONE_THREAD) is not None
        if not legal:
            self._pool.remove(choices)
        return legal

    def _witness(self, choices: Choices, effects: Array, worth: float, bound: float) -> Witness:
        model = self._model
        moved = np.flatnonzero(effects != model.mode).tolist()
        return Witness(tuple((*model.effects[k], float(effects[k])) for k in moved), choices, worth, bound)
