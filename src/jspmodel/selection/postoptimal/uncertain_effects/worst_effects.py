"""The effects at which a plan is ahead of given ones by most: sought together with the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from jspmodel.plan import Choice
from jspmodel.reproducible import dot
from jspmodel.selection.postoptimal.extension import Extension
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.selection.postoptimal.uncertain_effects.effect_model import EffectModel, Worth
from jspmodel.solver import ONE_THREAD, Array, Effort, Places, SearchResult, maximise

EVERYTHING = 100.0
"""What no plan exceeds, in percent."""


@dataclass(frozen=True, eq=False)
class Found:
    """What a search brought.

    Attributes
    ----------
    choices : tuple of Choice or None
        The best plan; None where none is known.
    effects : array, shape (effects,)
        At which it was sought, or that were sought with it.
    bound : float
        What no plan exceeds (at no effects, where they are open); ``-inf`` where it is proven that there is
        no plan.
    """

    choices: tuple[Choice, ...] | None
    effects: Array
    bound: float


def best_at(model: EffectModel, demand: Demand, effects: Array, effort: Effort) -> Found:
    """Seek the best plan under a demand at some effects.

    Parameters
    ----------
    model : EffectModel
    demand : Demand
    effects : array, shape (effects,)
    effort : Effort

    Returns
    -------
    Found
    """
    asked = Extension(model.at(demand))
    found = _search(asked, model.add_worth(asked, effects), effort)
    return Found(_choices(model, found), effects, found.bound)


def furthest_ahead(
    model: EffectModel, demand: Demand, others: Sequence[tuple[Choice, ...]], effort: Effort
) -> Found:
    r"""Seek effects and a plan under a demand that is ahead of the best of other plans by most.

    .. math:: \max_{z, \varepsilon} \; V(z, \varepsilon) - \theta, \qquad
        \theta \ge V(y, \varepsilon) \quad \text{for each other plan } y

    Both *V* are concave in the effects :math:`\varepsilon`. The first is maximised, so that pieces of
    :math:`\phi` fill in order by themselves; of the products of effects and choices only the side that bounds
    from above is needed, and that is exact for a whole plan. In :math:`V(y, \varepsilon)` pieces must be made
    to fill in order, which takes a binary column for each break of :math:`\phi` that a cell of *y* may pass.

    Parameters
    ----------
    model : EffectModel
    demand : Demand
    others : sequence of tuple of Choice
    effort : Effort

    Returns
    -------
    Found
        ``bound``: no plan under the demand is ahead of the best of the others by more, at any effects.
    """
    asked = Extension(model.at(demand))
    worth, reach = add_open_worth(model, asked)
    theta = asked.column(0.0, EVERYTHING)
    for other in others:
        _add_known(model, asked, reach, theta, other)
    found = _search(asked, {**worth, theta: -1.0}, effort)
    far = np.zeros(len(reach)) if found.values is None else np.clip(found.values[reach], 0.0, 1.0)
    return Found(_choices(model, found), model.low + far * (model.high - model.low), found.bound)


def add_open_worth(model: EffectModel, asked: Extension) -> tuple[Worth, Places]:
    """Add what a plan is worth at effects that are open, anywhere between low and high.

    A column is how far an effect is between both. What a choice carries into a cell above the lowest effect
    is at most what there is of the choice, and at most that far: for a whole plan the product of both.

    Parameters
    ----------
    model : EffectModel
    asked : Extension
        Of the model.

    Returns
    -------
    worth : dict of int to float
    reach : array of int, shape (effects,)
        Columns: how far each effect is, 0 to 1.
    """
    cell, column, effect, times = model.linked
    span = model.high - model.low
    reach = asked.columns(np.zeros(len(span)), (span > 0).astype(float))
    is_open = np.flatnonzero(span[effect] > 0)
    pairs, of_entry = np.unique(np.array([column, effect])[:, is_open], axis=1, return_inverse=True)
    beyond = asked.columns(np.zeros(pairs.shape[1]), np.ones(pairs.shape[1]))
    for place, choice in zip(beyond.tolist(), pairs[0].tolist(), strict=True):
        asked.row({place: 1.0, choice: -1.0}, upper=0.0)
    for some in _exclusive(model, pairs):
        limit = int(reach[pairs[1][some[0]]])
        asked.row({**dict.fromkeys(beyond[some].tolist(), 1.0), limit: -1.0}, upper=0.0)
    worth = model.add_cells(
        asked,
        np.append(cell, cell[is_open]),
        np.append(column, beyond[of_entry.ravel()]),
        np.append(times * model.low[effect], (times * span[effect])[is_open]),
    )
    return worth, reach


def _exclusive(model: EffectModel, pairs: Places) -> Iterable[list[int]]:
    """Return pairs of column and effect of which a plan has one at most, together.

    Those are the starts of one region, or of two partners, in one programme; complements are each alone.
    """
    column_map = model.model.stated.column_map
    member = dict(zip(column_map.join.tolist(), column_map.member.tolist(), strict=True))
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, (column, effect) in enumerate(pairs.T.tolist()):
        first, second = column_map.places[column].tolist()
        if column in member:
            key: tuple[int, ...] = (effect, 0, member[column])
        elif second >= 0:
            key = (effect, 1, int(column_map.owner[column]), first, second)
        else:
            key = (effect, 2, column)
        groups[key].append(number)
    return groups.values()


def _add_known(
    model: EffectModel, asked: Extension, reach: Places, theta: int, choices: Sequence[Choice]
) -> None:
    """Let a column be at least what a known plan is worth at the effects."""
    terms: dict[int, float] = defaultdict(float)
    certain = 0.0
    for needs, effects, times in _distinct_cells(model, choices):
        low, width = float(dot(times, model.low[effects])), times * (model.high - model.low)[effects]
        levels, slopes, worth = _pieces_between(model, low, low + float(width.sum()))
        certain += needs * worth
        filled = _filled_in_order(asked, levels)
        beyond = dict(zip(reach[effects].tolist(), (-width).tolist(), strict=True))
        asked.row({**dict.fromkeys(filled, 1.0), **beyond}, 0.0, 0.0)
        for place, slope in zip(filled, slopes, strict=True):
            terms[place] -= needs * slope
    asked.row({theta: 1.0, **terms}, lower=certain)


def _distinct_cells(model: EffectModel, choices: Sequence[Choice]) -> list[tuple[float, Places, Array]]:
    """Return what a plan delivers, the same in several years once: worth, effects, and how many times each.

    The worth is that of a unit of phi.
    """
    carried = model.multiples(choices)
    slope = model.scenario.diminishing_returns[0][1]
    pieces = model.pieces.tocsr()
    together: dict[tuple[tuple[int, ...], tuple[float, ...]], float] = defaultdict(float)
    for cell in range(carried.shape[0]):
        entries, own = slice(*carried.indptr[cell : cell + 2]), slice(*pieces.indptr[cell : cell + 2])
        if slope > 0 and entries.start < entries.stop:
            key = (tuple(carried.indices[entries].tolist()), tuple(carried.data[entries].round(12).tolist()))
            together[key] += float(model.worth[pieces.indices[own]].max()) / slope
    return [(needs, np.array(e, dtype=np.int64), np.array(t)) for (e, t), needs in together.items()]


def _pieces_between(model: EffectModel, low: float, high: float) -> tuple[list[float], list[float], float]:
    """Return how wide the pieces of phi are from low to high, their slopes, and phi at low."""
    ends, level, worth, slopes = [low], 0.0, 0.0, []
    for width, slope in (*model.scenario.diminishing_returns, (np.inf, 0.0)):
        worth += slope * min(width, max(0.0, low - level))
        level += width
        if level > low and ends[-1] < high:
            ends.append(min(level, high))
            slopes.append(slope)
    return [b - a for a, b in pairwise(ends)], slopes, worth


def _filled_in_order(asked: Extension, levels: Sequence[float]) -> list[int]:
    """Add columns of which each is filled only once the one before is full."""
    filled = asked.columns(np.zeros(len(levels)), np.array(levels)).tolist()
    for (before, wide), (after, room) in pairwise(zip(filled, levels, strict=True)):
        full = asked.column(0.0, 1.0, integer=True)
        asked.row({before: 1.0, full: -wide}, lower=0.0)
        asked.row({after: 1.0, full: -room}, upper=0.0)
    return filled


def _choices(model: EffectModel, found: SearchResult) -> tuple[Choice, ...] | None:
    return None if found.values is None else model.model.stated.chosen(found.values)


def _search(asked: Extension, worth: Worth, effort: Effort) -> SearchResult:
    """Search for the most worth, the price of money aside, with the work that is left."""
    cost = np.zeros(asked.width)
    cost[[*worth]] = [*worth.values()]
    matrix = replace(asked.matrix(), cost=cost)
    result = maximise(matrix, ONE_THREAD, 0.0, on_step=lambda work, _: work < effort.left)
    effort.spend(result.work)
    return result
