"""Which programmes are worth having whatever their effects turn out to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import InfeasibleError, Problem
from jspmodel.measure import effect_ranges
from jspmodel.measure.pert import pert
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.alike import Alike, state_alike
from jspmodel.selection.crew import spread
from jspmodel.selection.cuts import tightened
from jspmodel.selection.engine import OPTIONS, Engine, with_least
from jspmodel.selection.portfolio import Portfolios
from jspmodel.solver import parts
from jspmodel.solver.matrix import Array, Matrix, Places

DEEP, TOGETHER = 32, 25
"""Draws that are searched in depth for plans to start from; draws that follow one another in one process."""
NEAR_ENOUGH = 0.01
"""Gap at which a draw is not searched further."""
USUAL = 0.97
"""Part of its bound that a plan usually reaches: where a floor is held while plans are sought."""


@dataclass(frozen=True, eq=False)
class Robustness:
    """The best plans of many draws of the effects.

    Attributes
    ----------
    programs : DataFrame
        One row a proposed programme, in table order: ``program``, ``share`` (part of the draws in whose best
        plan it is: its core index), ``kind`` (``always``, ``sometimes``, ``never``).
    draws : DataFrame
        One row a draw: ``draw`` (from 0), ``objective``, ``bound``, ``gap`` (0-1), ``plan`` (place in
        ``plans``).
    plans : tuple of tuple of Choice
        The different plans, the one that is best most often first.
    """

    programs: pd.DataFrame
    draws: pd.DataFrame
    plans: tuple[tuple[Choice, ...], ...]

    @property
    def no_regret(self) -> list[str]:
        """The programmes that every draw's best plan has."""
        return list(self.programs.loc[self.programs["kind"] == "always", "program"])


def robustness(
    case: Case,
    scenario: Scenario,
    draws: int = 1000,
    *,
    seed: int = 1,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> Robustness:
    r"""Select anew in many draws of the effects, and count who is always in.

    Each row of ``program_effects`` is drawn from its range ``low``-``effect``-``high`` (PERT, see ``pert``;
    a blank end is the effect itself), independently. Only the rows of delivered effects change from draw to
    draw: the model is stated once, cuts are found once, and the bound of a draw is its own relaxation, which
    goes on from the last one's. The first draws are searched in depth; every draw takes the best of their
    plans, worked out anew with its own effects, and searches around it until it is near its bound. The share
    of draws that select a programme is its core index (Liesiö, Mild and Salo, "Preference programming for
    robust portfolio modeling and project selection", 2007).

    Draws, and what is searched in them, depend on ``seed`` alone, not on a clock or on who works: one worker
    or two, the result is the same. ``solver.gap`` and ``solver.time_limit`` play no part; an equity floor is
    kept as ``budget_frontier`` keeps it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        With ``objective: gap_closed``; under ``score`` effects do not count.
    draws : int
    seed : int
    workers : int
        Processes.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    Robustness

    Raises
    ------
    ValueError
        If there are no draws, or the objective is not ``gap_closed``.
    ScenarioError, InfeasibleError
        As ``budget_frontier``; also if no plan keeps all rules.
    """
    if draws < 1 or scenario.objective != "gap_closed":
        raise ValueError("robustness needs at least one draw, and objective gap_closed")
    common = _Common.of(case, scenario, seed)
    first = _chunks(min(DEEP, draws), 4)
    rest = _chunks(draws, TOGETHER)
    whole = len(first) + len(rest)
    deep = spread(_deep, common, first, workers, progress and (lambda done: progress(done / whole)))
    pool = _distinct([plan for some in deep for plan in some], common.alike)
    told = progress and (lambda done: progress((len(first) + done) / whole))
    found = spread(_wide, replace(common, pool=pool), rest, workers, told)
    return _told(case, common.alike, [one for some in found for one in some])


def _chunks(count: int, size: int) -> list[range]:
    return [range(k, min(k + size, count)) for k in range(0, count, size)]


@dataclass(frozen=True, eq=False)
class _Common:
    """What all draws share; ``program`` and ``issue`` say which effect an entry of ``tight`` holds."""

    alike: Alike
    tight: Matrix
    low: Array
    mode: Array
    high: Array
    row_of: tuple[tuple[str, str], ...]
    entries: Places
    effect: Places
    effects: tuple[tuple[str, str], ...]
    seed: int
    pool: Array

    @classmethod
    def of(cls, case: Case, scenario: Scenario, seed: int) -> _Common:
        """State the model with the highest effects, so that no draw needs a variable that is not there."""
        table = case.program_effects
        ranges = effect_ranges(case, scenario)
        low, mode, high = ranges["low"], ranges["mode"], ranges["high"]
        widest = replace(case, program_effects=table.assign(effect=high))
        alike = state_alike(widest, scenario)
        alike = replace(alike, case=case, matrix=alike.at(scenario.budget_scale.all))
        tight = tightened(alike.matrix, alike.rows("delivered"), OPTIONS)
        row_of = tuple(zip(table["program"], table["issue"], strict=True))
        effects = tuple(dict.fromkeys(row_of))
        entries, effect = _places(alike, tight, effects)
        a, m, b = (part.to_numpy(float) for part in (low, mode, high))
        empty = np.zeros((0, len(tight.cost)))
        return cls(alike, tight, a, m, b, row_of, entries, effect, effects, seed, empty)

    def factors(self, draw: int) -> Array:
        """Return the drawn effects as parts of the highest ones."""
        stream = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(draw,)))
        drawn = pert(self.low, self.mode, self.high, stream)
        place = {key: k for k, key in enumerate(self.effects)}
        owner = [place[key] for key in self.row_of]
        some, most = np.bincount(owner, drawn), np.bincount(owner, self.high)
        return np.divide(some, most, out=np.ones_like(most), where=most > 0)

    def at(self, draw: int) -> Matrix:
        """Return the model, cuts included, with the effects of a draw."""
        rows = self.tight.rows.copy()
        rows.data = rows.data.copy()
        rows.data[self.entries] *= self.factors(draw)[self.effect]
        return replace(self.tight, rows=rows)


def _places(alike: Alike, tight: Matrix, effects: Sequence[tuple[str, str]]) -> tuple[Places, Places]:
    """Return which entries of the matrix hold effects, and which of the effects."""
    place = {key: k for k, key in enumerate(effects)}
    issues = {number: issue for number, (issue, _, _) in alike.delivered.items()}
    counts = np.diff(tight.rows.indptr)
    row = np.repeat(np.arange(len(counts)), counts)
    owner = alike.layout.owner[tight.rows.indices]
    entries = np.flatnonzero(np.isin(row, list(issues)) & (owner >= 0))
    codes = alike.programs
    effect = [place[codes[owner[k]], issues[row[k]]] for k in entries]
    return entries, np.array(effect, dtype=np.int64)


class _Draws:
    """Draws that follow one another."""

    def __init__(self, common: _Common) -> None:
        self.common, self.engine = common, Engine(common.alike.layout)
        self._portfolios = Portfolios(common.alike)

    def begin(self, draw: int) -> None:
        self.tight = self.common.at(draw)
        count = len(self.common.alike.names)
        self.plain = replace(
            self.tight,
            rows=self.tight.rows[:count],
            row_lower=self.tight.row_lower[:count],
            row_upper=self.tight.row_upper[:count],
        )
        self.relaxed = self.engine.relax(self.tight)
        least = (self.common.alike.floor or 0.0) * USUAL * self.relaxed.bound
        self.fair = with_least(self.plain, self.common.alike.worst, least)
        self.best: tuple[float, Array] | None = None

    def offer(self, plans: Array) -> None:
        """Keep the best of some plans that keep the floor."""
        worth, least = self._portfolios.worth(self.plain, plans)
        worth = np.where(least >= (self.common.alike.floor or 0.0) - 1e-6, worth, -np.inf)
        if len(plans) and worth.max() > (-np.inf if self.best is None else self.best[0]):
            self.best = (float(worth.max()), plans[int(worth.argmax())])

    def improve(self) -> None:
        if self.best is not None and self.gap > NEAR_ENOUGH:
            self._take(self.engine.around(self.fair, self.best[1], self.relaxed))

    def near(self) -> None:
        self._take(self.engine.near(self.fair, self.relaxed))

    def offer_any(self) -> None:
        """Search the whole model, for want of anything better."""
        self._take(self.engine.search(self.fair, parts.nothing(len(self.plain.cost))))
        self._take(self.engine.carried(self.plain, np.zeros(len(self.plain.cost))))

    def _take(self, values: Array | None) -> None:
        if values is not None:
            self.offer(values[None, :])

    @property
    def bound(self) -> float:
        return self.relaxed.bound + self.common.alike.slack

    @property
    def gap(self) -> float:
        worth = 0.0 if self.best is None else self.best[0]
        return (self.bound - worth) / worth if worth > 0 else np.inf


def _deep(common: _Common, draws: range) -> list[Array]:
    """Search draws in depth; return the plans found."""
    some, plans = _Draws(common), []
    for draw in draws:
        some.begin(draw)
        some.near()
        if some.best is None:
            some.offer_any()
        some.improve()
        if some.best is not None:
            plans.append(some.best[1])
    return plans


def _wide(common: _Common, draws: range) -> list[tuple[int, float, float, Array]]:
    """Take the best known plan of each draw, and search around it; return what decides."""
    some, found = _Draws(common), []
    layout = common.alike.layout
    decides = np.concatenate([layout.start, layout.join])
    for draw in draws:
        some.begin(draw)
        some.offer(common.pool)
        some.improve()
        if some.best is None:
            raise InfeasibleError("No plan keeps all rules.", [Problem("no_plan_in_draw")])
        worth, plan = some.best
        found.append((draw, worth, max(some.bound, worth), np.round(plan[decides]).astype(bool)))
    return found


def _distinct(plans: Sequence[Array], alike: Alike) -> Array:
    """Return plans that differ in what they carry out."""
    decides = np.concatenate([alike.layout.start, alike.layout.join])
    different = {np.round(plan[decides]).astype(bool).tobytes(): plan for plan in plans}
    return np.array(list(different.values())).reshape(len(different), len(alike.matrix.cost))


def _told(case: Case, alike: Alike, found: Sequence[tuple[int, float, float, Array]]) -> Robustness:
    counts = Counter(plan.tobytes() for *_, plan in found)
    places = {key: place for place, (key, _) in enumerate(counts.most_common())}
    decides = np.concatenate([alike.layout.start, alike.layout.join])
    plans = []
    for key in places:
        values = np.zeros(len(alike.matrix.cost))
        values[decides] = np.frombuffer(key, dtype=bool)
        plans.append(alike.chosen(values))
    rows = [
        (draw, worth, bound, (bound - worth) / worth if worth > 0 else 0.0, places[plan.tobytes()])
        for draw, worth, bound, plan in found
    ]
    table = pd.DataFrame(rows, columns=["draw", "objective", "bound", "gap", "plan"])
    often: Counter[str] = Counter()
    for key, place in places.items():
        often.update({choice.program: counts[key] for choice in plans[place]})
    codes = list(case.programs["program"])
    share = [often[code] / len(found) for code in codes]
    kind = ["always" if s == 1 else "sometimes" if s > 0 else "never" for s in share]
    return Robustness(pd.DataFrame({"program": codes, "share": share, "kind": kind}), table, tuple(plans))
