"""One model with effects drawn anew: what draws share, and the search in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import effect_ranges, pert
from jspmodel.plan import Choice
from jspmodel.proof import relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric.parametric_model import ParametricModel, state_parametric_model
from jspmodel.selection.parametric.portfolio import Portfolios
from jspmodel.solver import (
    ONE_THREAD,
    Array,
    Benders,
    Matrix,
    Places,
    RelaxedModel,
    Reoptimiser,
    any_plan,
    solve_small,
)

NEAR_ENOUGH = 0.01
"""Gap at which a draw is not searched further."""
GAIN = 1e-3
"""Share of the bound that rows must gain for more of them: a quarter less time for a bound 0.006 % higher."""
TRIES = 20
"""Searches around a plan in depth."""
BEHIND = 0.05
"""Share of what an unfair plan is worth that a fair one may be worth less before others are sought."""


@dataclass(frozen=True, eq=False)
class Common:
    """What all draws share: the model, with payments (``whole``) and without.

    ``entries`` of the latter hold the effects of which ``effect`` is the number.
    """

    whole: ParametricModel
    model: ParametricModel
    low: Array
    mode: Array
    high: Array
    effect_of_row: Places
    entries: Places
    effect: Places
    seed: int
    pool: Array

    @classmethod
    def of(cls, case: Case, scenario: Scenario, seed: int, known: Sequence[Choice] = ()) -> Common:
        """State the model with the highest effects, so that no draw needs a variable that is not there.

        A known plan is the first of the pool.
        """
        table = case.program_effects
        ranges = effect_ranges(case, scenario)
        low, mode, high = ranges["low"], ranges["mode"], ranges["high"]
        widest = replace(case, program_effects=table.assign(effect=high))
        model = state_parametric_model(widest, scenario)
        scale = scenario.budget_scale.all
        whole = replace(model, case=case, matrix=model.at(scale), slack=model.slack_at(scale))
        model = whole.unpaid(ONE_THREAD)
        row_of = tuple(zip(table["program"], table["issue"], strict=True))
        number = {key: k for k, key in enumerate(dict.fromkeys(row_of))}
        effect_of_row = np.array([number[key] for key in row_of], dtype=np.int64)
        entries, effect = _places(model, number)
        a, m, b = (part.to_numpy(float) for part in (low, mode, high))
        pool = np.array([model.values(known)] if known else []).reshape(-1, len(model.matrix.cost))
        return cls(whole, model, a, m, b, effect_of_row, entries, effect, seed, pool)

    def factors(self, draw: int) -> Array:
        """Return the drawn effects as parts of the highest ones."""
        stream = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(draw,)))
        drawn = pert(self.low, self.mode, self.high, stream)
        some, most = np.bincount(self.effect_of_row, drawn), np.bincount(self.effect_of_row, self.high)
        return np.divide(some, most, out=np.ones_like(most), where=most > 0)

    def at(self, draw: int) -> Matrix:
        """Return the model with the effects of a draw."""
        stated = self.model.matrix
        rows = stated.rows.copy()
        rows.data[self.entries] *= self.factors(draw)[self.effect]
        return replace(stated, rows=rows)


def _places(model: ParametricModel, number: Mapping[tuple[str, str], int]) -> tuple[Places, Places]:
    """Return which entries of the matrix hold effects, and the numbers of the effects."""
    issues = {line: issue for line, (issue, _, _) in model.delivered.items()}
    rows = model.matrix.rows
    counts = np.diff(rows.indptr)
    row = np.repeat(np.arange(len(counts)), counts)
    owner = model.column_map.owner[rows.indices]
    entries = np.flatnonzero(np.isin(row, list(issues)) & (owner >= 0))
    codes = model.programs
    effect = [number[codes[owner[k]], issues[row[k]]] for k in entries]
    return entries, np.array(effect, dtype=np.int64)


class Draws:
    """Draws that follow one another, each relaxation going on from the last."""

    def __init__(self, common: Common) -> None:
        self.common, model = common, common.model
        self._portfolios = Portfolios(model)
        self._payments = Benders(common.whole.matrix, common.whole.column_map.side, ONE_THREAD)
        self._reoptimiser = Reoptimiser(
            model.matrix, model.column_map, self._payments.sums, payments=self._payments
        )

    def begin(self, draw: int, offered: Array) -> None:
        """Turn to a draw, with plans that may be good there too; a small one is searched whole."""
        self.plain, self._offered = self.common.at(draw), offered
        self._relaxed: RelaxedModel | None = None
        self.best: tuple[float, Array] | None = None
        self._chance = np.random.default_rng(np.random.SeedSequence(self.common.seed, spawn_key=(draw, 1)))
        values, self._proven = solve_small(self.plain, self.common.model.column_map, self._allowed)
        self._take(values)
        self._offer(offered)

    @property
    def _at(self) -> RelaxedModel:
        """The relaxation, solved where it is asked for: a small draw that is proven has no use for it."""
        if self._relaxed is None:
            self._relaxed = self._reoptimiser.relax(self.plain, gain=GAIN)
        return self._relaxed

    def _allowed(self, plan: Array) -> bool:
        fair = self._fair_worth(plan[None, :])[0] > -np.inf
        return bool(fair) and self._payments.complete(plan, cut=False) is not None

    def _offer(self, plans: Array) -> None:
        """Keep the best of some plans that keep the floor."""
        if not len(plans):
            return
        worth = self._fair_worth(plans)
        if worth.max() > (-np.inf if self.best is None else self.best[0]):
            self.best = (float(worth.max()), plans[int(worth.argmax())])

    def _fair_worth(self, plans: Array) -> Array:
        """Return what plans are worth in this draw; -inf where a region falls below the floor."""
        return self._portfolios.fair_worth(self.plain, plans)

    def search(self, tries: int) -> None:
        """Search around the best plan, so often; near the relaxation first where all are unfair or poor."""
        guide = self._guide()
        if not self._near_enough and (self.best is None or guide is not None):
            tries = TRIES
            self._seek(guide)
        self._improve(tries)

    @property
    def _near_enough(self) -> bool:
        gap = self.gap
        return gap is not None and gap <= NEAR_ENOUGH

    def _guide(self) -> Array | None:
        """Return the best of the plans that were offered, fair or not, if it is far better than the best."""
        if not len(self._offered):
            return None
        worth = self._portfolios.worth(self.plain, self._offered)[0]
        return self._offered[int(worth.argmax())] if not self._worth >= (1 - BEHIND) * worth.max() else None

    def _seek(self, guide: Array | None) -> None:
        """Look for a plan near the relaxation, and a guide; where that brings nothing, for any."""
        at = self._reoptimiser.searchable(self._at)
        values = self._reoptimiser.search_near(at, guide)
        if values is not None and not self._take(values):
            self._take(self._reoptimiser.thin(at, values, self._payments))
        if self.best is None:
            self._take(self._reoptimiser.recompute(self._at, np.zeros(len(self.plain.cost))))
            self._take(self._any())

    def _any(self) -> Array | None:
        """Return any plan that keeps all rules, payments and all: they are the same whatever the effects."""
        values = any_plan(self.common.whole.matrix)
        return None if values is None else self._payments.project(values)

    def _improve(self, tries: int) -> None:
        at: RelaxedModel | None = None
        for _ in range(tries):
            plan = None if self._near_enough else self._carried()
            if plan is None:
                break
            at = self._reoptimiser.searchable(self._at) if at is None else at
            values = self._reoptimiser.search_around(at, plan, self._chance)
            if values is not None and not self._take(values):
                at = self._reoptimiser.cannot_be_paid(at, values) or at

    def _carried(self) -> Array | None:
        return None if self.best is None else self._reoptimiser.recompute(self._at, self.best[1])

    def _take(self, values: Array | None) -> bool:
        """Offer a solution; return False where it cannot be paid."""
        if values is None:
            return True
        if self._payments.complete(values, cut=False) is None:
            return False
        self._offer(values[None, :])
        return True

    @property
    def bound(self) -> float:
        """What no plan exceeds in this draw."""
        proven, slack = self._proven, self.common.model.slack
        if relative_gap(self._worth, proven, slack) != 0:
            proven = min(proven, self._at.relaxed.bound)
        return proven + slack

    @property
    def gap(self) -> float | None:
        """That of the best plan; None where nothing is proven, or there is none."""
        return relative_gap(self._worth, self.bound, self.common.model.slack)

    @property
    def _worth(self) -> float:
        return np.nan if self.best is None else self.best[0]
