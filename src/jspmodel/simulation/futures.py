"""Many futures of a plan: what becomes of indicators, targets and regions, with what chance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.reproducible import dot
from jspmodel.scenario import Scenario, Simulation
from jspmodel.simulation.block import Block, draw_block
from jspmodel.simulation.streams import BLOCK, PARTS, Streams
from jspmodel.simulation.summary import region_table, regional_impact, summarise
from jspmodel.simulation.world import World, build_world

Array = npt.NDArray[np.float64]


class Expected(NamedTuple):
    """A figure in the simulated futures: 10th, 50th and 90th percentile."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, eq=False)
class Futures:
    """What a plan comes to in many futures, beside doing nothing in the same futures.

    Attributes
    ----------
    case : str
        Name of the case: only plans of one case can be compared.
    paths : DataFrame
        One row an indicator, region and year; region ``""`` is the mean over the regions, weighted by
        population: ``indicator``, ``issue``, ``region``, ``year``, ``target``; ``low``, ``lower``,
        ``median``, ``upper``, ``high`` with the plan (10th, 25th, 50th, 75th and 90th percentile, in the
        indicator's unit, end of year); ``without_low``, ``without``, ``without_high`` without it (10th, 50th,
        90th).
    targets : DataFrame
        One row an indicator and region (``""``: the mean): ``year`` (the target year, the nearest of the
        horizon if outside it), ``target``, ``already`` (the latest value is at the target),
        ``without`` and ``probability`` (share of futures that reach it without and with the plan),
        ``out_of_reach`` (with it fewer than 5 % do).
    regions : DataFrame
        One row a region: ``promised`` (the optimiser's impact, percent of its weighted gap today),
        ``low``, ``median``, ``high``, ``mean`` (simulated; 10th, 50th, 90th percentile), ``state``
        (``gains``; ``not_yet``: the median is below 1 percent; ``no_need``: no gap, all figures 0).
    series : DataFrame
        One row an indicator and region: ``years`` (how many were observed; below 3 there is neither trend nor
        shock), ``base_year`` and ``base`` (the latest value), ``slope`` (per year).
    impact : array of shape (draws,)
        Percent of the province's weighted gap today that the plan closes against doing nothing, averaged over
        the horizon; read-only.
    promised : float
        The same as the optimiser measures it.
    settings : Simulation
        The ``simulation`` settings of the scenario.
    parts : frozenset of str
        What was simulated beyond the optimiser's measure.
    """

    case: str
    paths: pd.DataFrame
    targets: pd.DataFrame
    regions: pd.DataFrame
    series: pd.DataFrame
    impact: Array
    promised: float
    settings: Simulation
    parts: frozenset[str]

    @property
    def expected(self) -> Expected:
        """What is to be expected of ``impact``, with its 80 percent range."""
        return Expected(*(float(value) for value in np.quantile(self.impact, (0.1, 0.5, 0.9))))

    @property
    def median(self) -> float:
        """The median of ``impact``: what is to be expected."""
        return float(np.median(self.impact))


@computed_once()
def simulate_futures(
    case: Case,
    scenario: Scenario,
    plan: Plan | Sequence[Choice],
    *,
    parts: Collection[str] = PARTS,
    workers: int = 1,
) -> Futures:
    """Simulate a plan in many futures (``simulation`` of the scenario; formulas in docs/simulation.md).

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan or sequence of Choice
    parts : collection of str
        What to simulate, of ``trend``, ``spillover``, ``interaction``, ``effects``, ``delivery``, ``cuts``,
        ``noise``; with none of them every future is the optimiser's measure.
    workers : int
        Threads; the result is the same for any number.

    Returns
    -------
    Futures

    Raises
    ------
    ValueError
        If a part is not known.
    DataError
        If the tables cannot be simulated (see ``build_world``).
    KeyError
        If the plan names a programme or region that the case does not have.
    """
    if unknown := set(parts) - set(PARTS):
        raise ValueError(f"no such part: {', '.join(sorted(unknown))}")
    world = build_world(case, scenario)
    choices = plan.choices if isinstance(plan, Plan) else tuple(plan)
    whole = _draw(world, choices, frozenset(parts), scenario.simulation.draws, workers)
    claim = world.measure.impact(choices)
    paths, targets = summarise(world, whole.without, whole.with_plan)
    impact = _province(world, whole.gained)
    impact.flags.writeable = False
    return Futures(
        case=case.name,
        paths=paths,
        targets=targets,
        regions=region_table(world, whole.gained, claim.by_region),
        series=world.series.table[["indicator", "region", "years", "base_year", "base", "slope"]].copy(),
        impact=impact,
        promised=claim.total,
        settings=scenario.simulation,
        parts=frozenset(parts),
    )


@computed_once()
def median_impacts(
    case: Case, scenario: Scenario, plans: Iterable[Sequence[Choice]]
) -> list[pd.Series[float]]:
    """Return the medians of the futures of each of several plans, and nothing else of them.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plans : iterable of sequences of Choice

    Returns
    -------
    list of Series of float by region, in percent
        As ``median`` in ``simulate_futures(case, scenario, plan).regions``, and under ``""`` as its own
        ``median``: sooner, for what all plans share is read once.

    Raises
    ------
    DataError, KeyError
        As ``simulate_futures`` raises them.
    """
    world, draws = build_world(case, scenario), scenario.simulation.draws
    gained = (_draw(world, plan, frozenset(PARTS), draws, 1).gained for plan in plans)
    regions = pd.Index([*case.regions["region"], ""], dtype=object)
    return [
        pd.Series(np.median(np.vstack([regional_impact(world, one), _province(world, one)]), axis=1), regions)
        for one in gained
    ]


def mean_impact(world: World, choices: Sequence[Choice], parts: Collection[str], draws: int) -> float:
    """Return the mean of the simulated impact alone, as ``Futures.impact`` has it."""
    return float(_province(world, _draw(world, choices, frozenset(parts), draws, 1).gained).mean())


def _draw(world: World, choices: Sequence[Choice], parts: frozenset[str], draws: int, workers: int) -> Block:
    seed, plan = world.scenario.simulation.seed, world.joined(choices)
    size = (len(world.series.table), len(world.years), draws)
    whole = Block(np.empty(size), np.empty(size), np.empty((len(world.share), draws)))

    def fill(block: int) -> None:
        first = block * BLOCK
        some = min(BLOCK, draws - first)
        drawn = draw_block(world, plan, Streams(seed, block, some, parts))
        for name in ("without", "with_plan", "gained"):
            getattr(whole, name)[..., first : first + some] = getattr(drawn, name)

    with ThreadPoolExecutor(max(1, workers)) as pool:
        list(pool.map(fill, range(-(-draws // BLOCK))))
    return whole


def _province(world: World, gained: Array) -> Array:
    need = float(dot(world.share, world.need))
    draws = gained.shape[1]
    return 100 * dot(world.share, gained) / need if need > 0 else np.zeros(draws)
