"""How likely the programmes of a plan begin and end in the years that it plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.simulation.delivery import Flags, deliveries
from jspmodel.simulation.streams import BLOCK, PARTS, Streams
from jspmodel.simulation.world import Joined, World, build_world


class Punctuality(NamedTuple):
    """Shares of the simulated futures.

    ``start``: all prerequisites in the plan are delivered before the year of its start (1 without one);
    ``finish``: the programme is delivered by the year that the plan says; ``never``: not within the horizon.
    """

    start: float
    finish: float
    never: float


@computed_once()
def punctuality(case: Case, scenario: Scenario, plan: Plan | Sequence[Choice]) -> dict[str, Punctuality]:
    """Return how likely each programme of a plan keeps to its years, in the futures of ``simulate_futures``.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan or sequence of Choice

    Returns
    -------
    dict of str to Punctuality

    Raises
    ------
    DataError
        If the tables cannot be simulated.
    """
    choices = plan.choices if isinstance(plan, Plan) else tuple(plan)
    if not choices:
        return {}
    world = build_world(case, scenario)
    joined = world.joined(choices)
    done = _delivered(world, joined, scenario.simulation.draws)
    return {choice.program: _punctuality(world, joined, done, place) for place, choice in enumerate(choices)}


def _delivered(world: World, joined: Sequence[Joined], draws: int) -> Flags:
    """Return what ``deliveries`` does, for all draws."""
    seed, parts = world.scenario.simulation.seed, frozenset(PARTS)
    blocks = [
        deliveries(world, joined, Streams(seed, number, min(BLOCK, draws - number * BLOCK), parts))
        for number in range(-(-draws // BLOCK))
    ]
    return np.concatenate(blocks, axis=2)


def _punctuality(world: World, joined: Sequence[Joined], done: Flags, place: int) -> Punctuality:
    item, first = joined[place], world.years[0]
    ready = min(item.start + int(world.duration[item.program]) - 1, world.years[-1])
    where = {other.program: k for k, other in enumerate(joined)}
    before = [where[o] for p, o in world.requires if p == item.program and o in where]
    in_time = np.ones(done.shape[2], dtype=bool)
    for other in before:
        in_time &= done[other, item.start - 1 - first] if item.start > first else False
    return Punctuality(
        start=float(in_time.mean()),
        finish=float(done[place, ready - first].mean()),
        never=float((~done[place, -1]).mean()),
    )
