"""Coalition thresholds under uncertainty: who reaches the volume that a joint programme needs, how surely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration.games import CostGame, shapley
from jspmodel.measure import computed_once
from jspmodel.scenario import Scenario

Array = npt.NDArray[np.float64]
MOST_REGIONS = 12
"""Up to this many regions every coalition is judged (4,096 of them)."""


@dataclass(frozen=True, eq=False)
class Threshold:
    """Which coalitions reach the volume that one joint programme needs.

    Attributes
    ----------
    program : str
    needed : float
        Volume, in ``unit``.
    unit : str
    draws : int
        Futures drawn: a chance p has the standard error sqrt(p (1 - p) / draws).
    volumes : DataFrame
        What each region may bring: ``region``, ``role`` (``host`` takes in what the others send, ``user``
        sends; ``""``: not said), ``mandatory``, ``low``, ``planned``, ``high``, ``mean`` (unknown volumes
        count as 0); ``share_sent``, its part of what all that do not host send, by means: who sends
        compensates who hosts. NaN for hosts.
    coalitions : DataFrame
        One row a coalition of as many regions as the programme needs, its mandatory ones among them, the
        fewest first, then by chance: ``regions``, ``hosts``, ``low``, ``planned``, ``high`` (sums),
        ``chance`` of reaching the volume. Of more than 12 regions only the whole and those that one
        region is missing from.
    pivots : DataFrame
        One row a region: ``region``; ``chance_without``, of all the others reaching the volume; ``fall``,
        by how much the chance of all falls without it; ``power``, in what share of the orders of joining
        it is the one who lifts the sum over the threshold (0 to 1; NaN for more than 12 regions).
    """

    program: str
    needed: float
    unit: str
    draws: int
    volumes: pd.DataFrame
    coalitions: pd.DataFrame
    pivots: pd.DataFrame


@computed_once()
def coalition_thresholds(case: Case, scenario: Scenario) -> tuple[Threshold, ...]:
    """Judge the coalitions of every programme that needs a volume, over the range of the volumes known.

    Each region's volume is drawn from a PERT distribution (Malcolm and others 1959) between
    ``volume_low`` and ``volume_high`` around ``volume``, a beta distribution with

        alpha = 1 + 4 (mode - low) / (high - low),    beta = 1 + 4 (high - mode) / (high - low),

    so that its mean is (low + 4 mode + high) / 6; without a range it is certain. Regions are drawn
    independently, and the same futures judge all coalitions. ``power`` is the index of Shapley and Shubik
    (1954), averaged over the futures.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``simulation.draws`` and ``simulation.seed``.

    Returns
    -------
    tuple of Threshold
        In table order of the programmes.
    """
    rows = case.programs[case.programs["min_volume"] > 0]
    return tuple(_threshold(case, scenario, row.program) for row in rows.itertuples())


def _threshold(case: Case, scenario: Scenario, program: str) -> Threshold:
    row = case.programs.set_index("program").loc[program]
    volumes = _volumes(case, program)
    drawn = _drawn(volumes, scenario)
    least = 1 if pd.isna(row["min_regions"]) else max(1, int(row["min_regions"]))
    return Threshold(
        program=program,
        needed=float(row["min_volume"]),
        unit=str(row["volume_unit"]),
        draws=scenario.simulation.draws,
        volumes=volumes,
        coalitions=_coalitions(volumes, drawn, float(row["min_volume"]), least),
        pivots=_pivots(volumes, drawn, float(row["min_volume"])),
    )


def _volumes(case: Case, program: str) -> pd.DataFrame:
    eligible = measure.eligible_regions(case)[program]
    table = case.program_regions[case.program_regions["program"] == program].set_index("region")
    rows = table.reindex(list(eligible))
    planned = rows["volume"].fillna(rows[["volume_low", "volume_high"]].mean(axis=1)).fillna(0.0)
    low, high = rows["volume_low"].fillna(planned), rows["volume_high"].fillna(planned)
    mean = (low + 4 * planned + high) / 6
    sent = mean.where(rows["role"] != "host")
    columns = {
        "role": rows["role"].fillna(""),
        "mandatory": rows.index.isin(table.index[table["mandatory"]]),
        "low": low,
        "planned": planned,
        "high": high,
        "mean": mean,
        "share_sent": sent / sent.sum() if sent.sum() > 0 else sent * np.nan,
    }
    return rows.assign(**columns)[list(columns)].rename_axis("region").reset_index()


def _drawn(volumes: pd.DataFrame, scenario: Scenario) -> Array:
    """Return volumes of shape (draws, regions)."""
    generator = np.random.default_rng(scenario.simulation.seed)
    shape = (scenario.simulation.draws, len(volumes))
    low, mode, high = (
        np.broadcast_to(volumes[name].to_numpy(float), shape) for name in ("low", "planned", "high")
    )
    return measure.pert(low, mode, high, generator)


def _coalitions(volumes: pd.DataFrame, drawn: Array, needed: float, least: int) -> pd.DataFrame:
    regions, required = volumes["region"].to_numpy(), set(np.flatnonzero(volumes["mandatory"]))
    rows = []
    for members in _listed(len(regions), least):
        if not required <= set(members):
            continue
        inside = list(members)
        own = volumes.iloc[inside]
        sums = [own[name].sum() for name in ("low", "planned", "high")]
        hosts = tuple(own.loc[own["role"] == "host", "region"])
        rows.append((tuple(regions[inside]), hosts, *sums, _chance(drawn, inside, needed)))
    table = pd.DataFrame(rows, columns=["regions", "hosts", "low", "planned", "high", "chance"])
    order = pd.DataFrame({"size": table["regions"].map(len), "chance": -table["chance"]})
    return table.loc[order.sort_values(["size", "chance"], kind="stable").index].reset_index(drop=True)


def _listed(n: int, least: int) -> Iterator[tuple[int, ...]]:
    sizes = range(least, n + 1) if n <= MOST_REGIONS else range(max(least, n - 1), n + 1)
    for size in sizes:
        yield from combinations(range(n), size)


def _chance(drawn: Array, members: Sequence[int], needed: float) -> float:
    # A millionth of slack: sums of floats may miss a threshold that the figures reach exactly.
    return float((drawn[:, list(members)].sum(axis=1) >= needed * (1 - 1e-9)).mean())


def _pivots(volumes: pd.DataFrame, drawn: Array, needed: float) -> pd.DataFrame:
    n = len(volumes)
    everyone = _chance(drawn, range(n), needed)
    without = [_chance(drawn, [k for k in range(n) if k != r], needed) for r in range(n)]
    power = _power(drawn, needed) if n <= MOST_REGIONS else [float("nan")] * n
    return pd.DataFrame(
        {
            "region": volumes["region"],
            "chance_without": without,
            "fall": [everyone - chance for chance in without],
            "power": power,
        }
    )


def _power(drawn: Array, needed: float) -> list[float]:
    """Return what each region adds to the chance, averaged over all orders of joining."""
    everyone = range(drawn.shape[1])
    game = CostGame(everyone, lambda members: _chance(drawn, [r for r in everyone if r in members], needed))
    return list(shapley(game).values())
