"""One block of futures: everything as arrays whose last axis is the draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jspmodel.measure import pert
from jspmodel.reproducible import dot
from jspmodel.simulation.delivery import deliveries, presence
from jspmodel.simulation.series import damped_years
from jspmodel.simulation.streams import Streams
from jspmodel.simulation.world import Effects, Joined, World

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Block:
    """Some futures.

    Attributes
    ----------
    without, with_plan : arrays of shape (series, years, draws)
        Values at the end of each year, in the indicator's unit.
    gained : array of shape (regions, draws)
        Weighted gap closed against doing nothing in the same future, averaged over the horizon.
    """

    without: Array
    with_plan: Array
    gained: Array


def draw_block(world: World, plan: Sequence[Joined], streams: Streams) -> Block:
    """Draw some futures of a plan.

    Parameters
    ----------
    world : World
    plan : sequence of Joined
    streams : Streams

    Returns
    -------
    Block
    """
    closed = _closed(world, _felt(world, plan, streams))
    without = _without(world, streams)
    table, series = world.series.table, world.series
    sign, target, span = (_tall(table[name]) for name in ("sign", "target", "span"))
    today = np.maximum(0.0, sign * (_tall(table["base"]) - target))
    worse = np.maximum(0.0, sign * (without - target))
    mine = closed[series.issue, series.region]
    gain = np.minimum(mine * _gap(today, span), _gap(worse, span))
    gained = _gained(world, closed, np.maximum(gain, _gap(worse, span) - 1))
    return Block(without, without - sign * np.minimum(mine * today, worse), gained)


def draw_effects(effects: Effects, streams: Streams) -> Array:
    """Draw the effects from their ranges (PERT, see ``pert``).

    Parameters
    ----------
    effects : Effects
    streams : Streams

    Returns
    -------
    array of shape (rows, draws), or (rows, 1) where effects are certain
    """
    if not streams.uses("effects") or not (effects.high > effects.low).any():
        return effects.mode[:, None]
    size = (len(effects.mode), streams.draws)
    low, mode, high = (np.broadcast_to(e[:, None], size) for e in (effects.low, effects.mode, effects.high))
    return pert(low, mode, high, streams.of("effects"))


def _felt(world: World, plan: Sequence[Joined], streams: Streams) -> Array:
    """Return the delivered effect e[i,r,t] of each draw, spillovers included."""
    shape = (len(world.weight), len(world.share), len(world.years), streams.draws)
    total, drawn = np.zeros(shape), draw_effects(world.effects, streams)
    done = deliveries(world, plan, streams).astype(float)
    here = [presence(world, item, streams) for item in plan]
    place = {item.program: k for k, item in enumerate(plan)}
    for k, item in enumerate(plan):
        weight = _reach(world, item, here[k])[:, None, :] * done[k]
        for program, other, value in world.complements:
            if program == item.program and other in place:
                both = here[k] * _beside(world, item, plan[place[other]], here[place[other]])
                weight = weight + value * both[:, None, :] * (done[k] * done[place[other]])
        for row in np.flatnonzero(world.effects.program == item.program):
            total[world.effects.issue[row], item.regions] += drawn[row] * weight
    return _spread(world, total, streams)


def _reach(world: World, item: Joined, here: Array) -> Array:
    """Return 1 for a region that delivers its part, more with partners that do."""
    if world.case.programs["scope"].iat[item.program] == "province":
        return here
    strength = world.scenario.collaboration.strength
    partners: Array = dot(world.ties[np.ix_(item.regions, item.regions)], here)
    return here * (1 + strength * partners)


def _beside(world: World, item: Joined, other: Joined, there: Array) -> Array:
    """Return which regions of a programme have the other too; one without regions works everywhere."""
    if world.anywhere[other.program]:
        return np.ones((len(item.regions), 1))
    everywhere = np.zeros((len(world.share), there.shape[1]))
    everywhere[other.regions] = there
    return everywhere[item.regions]


def _spread(world: World, effect: Array, streams: Streams) -> Array:
    """Add what neighbours feel of one another's effects, then what issues pass on to one another."""
    share = world.scenario.simulation.spillover
    if streams.uses("spillover") and share > 0:
        flat = effect.reshape(*effect.shape[:2], -1)
        effect = effect + share * np.einsum("rs,isk->irk", world.ties, flat).reshape(effect.shape)
    if streams.uses("interaction") and len(world.case.issue_spillovers):
        effect = dot(world.chains.T, effect)
    return effect


def _closed(world: World, effect: Array) -> Array:
    """Return the share of the gap closed; where an effect is negative the gap widens by it."""
    closed = world.measure.closed(effect)
    if (effect < 0).any():
        closed = closed + np.minimum(effect, 0.0)
    return closed


def _gap(distance: Array, span: Array) -> Array:
    """Return the gap (0-1) that a distance from the target is; without a span there is none."""
    return np.divide(distance, span, out=np.zeros_like(distance), where=span > 0).clip(0, 1)


def _gained(world: World, closed: Array, gain: Array) -> Array:
    """Return the weighted gap closed in each region: the mean over an issue's series, else its severity's."""
    series, pair = world.series, (world.series.issue, world.series.region)
    total = closed * world.gap[:, :, None, None]
    total[pair] = 0.0
    count = np.zeros(world.gap.shape)
    np.add.at(count, pair, 1)
    parts = gain / _tall(count[pair])
    for indicator in np.unique(series.indicator):
        mine = series.indicator == indicator
        total[series.issue[mine], series.region[mine]] += parts[mine]
    weights = world.measure.year_weights
    gained = np.empty((total.shape[1], total.shape[3]))
    for weight, regions in world.weighings:
        gained[regions] = np.einsum("i,irtd,t->rd", weight, total[:, regions], weights)
    return gained


def _without(world: World, streams: Streams) -> Array:
    """Return the values if nothing is done: the latest, its damped trend, and shocks that add up."""
    table, rule = world.series.table, world.scenario.simulation
    ahead = np.array(world.years) - table["base_year"].to_numpy(int)[:, None]
    path = np.repeat(table["base"].to_numpy(float)[:, None], len(world.years), axis=1)
    if streams.uses("trend"):
        path = path + table["slope"].to_numpy(float)[:, None] * damped_years(ahead, rule.trend_damping)
    values = np.repeat(path[:, :, None], streams.draws, axis=2)
    if streams.uses("noise") and world.series.count.any():
        values += _shocks(world, ahead, streams)
    return values.clip(_tall(table["lowest"]), _tall(table["highest"]))


def _shocks(world: World, ahead: npt.NDArray[np.int64], streams: Streams) -> Array:
    """Return the sum of the yearly shocks since the latest value.

    Each is one of the series' own residuals, drawn anew for every year; the same draw for all regions of an
    indicator, whose residuals stand in order of time: a bad year is bad everywhere.
    """
    series, last = world.series, world.years[-1]
    first = last - int(ahead[:, -1].max(initial=0))
    drawn = streams.of("noise").random((len(world.case.indicators), last - first, streams.draws))
    picked = (drawn[series.indicator] * np.maximum(series.count, 1)[:, None, None]).astype(np.intp)
    steps = series.residuals[np.arange(len(series.count))[:, None, None], picked]
    base = series.table["base_year"].to_numpy(int)
    steps *= (np.arange(first + 1, last + 1) > base[:, None])[:, :, None]
    sums = np.concatenate([np.zeros((len(base), 1, streams.draws)), np.cumsum(steps, axis=1)], axis=1)
    return sums[:, np.clip(np.array(world.years) - first, 0, last - first)]


def _tall(column: object) -> Array:
    """Return one number a series, to stand against years and draws."""
    return np.asarray(column, dtype=float)[:, None, None]
