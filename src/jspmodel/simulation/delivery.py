"""When the programmes of a plan are delivered, in each of many futures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from jspmodel.simulation.streams import Streams
from jspmodel.simulation.world import Joined, World

Flags = npt.NDArray[np.bool_]
Array = npt.NDArray[np.float64]


def deliveries(world: World, plan: Sequence[Joined], streams: Streams) -> Flags:
    """Return whether each programme is delivered by the end of each year.

    A programme works from its start until it has worked ``duration`` years. It never works if it fails (its
    ``delivery_risk``), not yet while one that it requires is not delivered, and not in a year in which a
    budget cut hits it: in a cut year each programme under way is hit with the chance ``cut_size``, so that
    this share of the year's work is lost on average, and done a year later.

    Parameters
    ----------
    world : World
    plan : sequence of Joined
    streams : Streams

    Returns
    -------
    array of bool, shape (programmes of the plan, years, draws)
    """
    chosen = np.array([item.program for item in plan], dtype=np.intp)
    failed, hit = _failures(world, chosen, streams), _hits(world, chosen, streams)
    years, duration = world.years, world.duration[chosen][:, None]
    start = np.array([item.start for item in plan])[:, None]
    worked = np.broadcast_to(np.clip(years[0] - start, 0, duration), failed.shape).astype(np.int16)
    done = np.zeros((len(plan), len(years), streams.draws), dtype=bool)
    waits = _waits(world, chosen) if streams.uses("delivery", "cuts") else ()
    for t, year in enumerate(years):
        works = (start <= year) & ~failed & ~hit[:, t]
        for program, other in waits:
            works[program] &= done[other, t - 1] if t else False
        worked += works
        done[:, t] = worked >= duration
    return done


def presence(world: World, item: Joined, streams: Streams) -> Array:
    """Return the regions of a programme that deliver their part: 1 or 0.

    Returns
    -------
    array of shape (regions of the programme, draws), or (regions, 1) where none can fail
    """
    risk = world.region_risk[item.regions]
    if not streams.uses("delivery") or not risk.any():
        return np.ones((len(item.regions), 1))
    drawn = streams.of("regions", item.program).random((len(world.region_risk), streams.draws))
    return (drawn[item.regions] >= risk[:, None]).astype(float)


def _failures(world: World, chosen: npt.NDArray[np.intp], streams: Streams) -> Flags:
    if not streams.uses("delivery"):
        return np.zeros((len(chosen), streams.draws), dtype=bool)
    drawn = streams.of("failures").random((len(world.risk), streams.draws))
    return drawn[chosen] < world.risk[chosen][:, None]


def _hits(world: World, chosen: npt.NDArray[np.intp], streams: Streams) -> Flags:
    rule, years = world.scenario.simulation, len(world.years)
    if not streams.uses("cuts") or rule.cut_chance * rule.cut_size == 0:
        return np.zeros((len(chosen), years, streams.draws), dtype=bool)
    cut = streams.of("cuts").random((years, streams.draws)) < rule.cut_chance
    drawn = streams.of("hits").random((len(world.risk), years, streams.draws))
    return cut & (drawn[chosen] < rule.cut_size)


def _waits(world: World, chosen: npt.NDArray[np.intp]) -> tuple[tuple[int, int], ...]:
    """Return the prerequisites within the plan, as places in it."""
    place = {int(program): k for k, program in enumerate(chosen)}
    return tuple((place[p], place[o]) for p, o in world.requires if p in place and o in place)
