"""What is proposed: costs by year, effects with their range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection import SHARED, Proposal, read_inputs


def total_costs(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return what every proposal would cost if it started as soon as it may, everywhere it may.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    DataFrame
        ``program``, ``region`` (empty: shared), ``kind`` (build, run), ``year`` (within the horizon) and
        ``amount`` in Rp billion, of the proposals that could start.
    """
    years = measure.horizon(case, scenario)
    rows = [
        (proposal.code, region, kind, year, amount)
        for proposal in read_inputs(case, scenario).proposals.values()
        for region, kind, year, amount in _due(proposal, years)
    ]
    return pd.DataFrame(rows, columns=["program", "region", "kind", "year", "amount"])


def _due(proposal: Proposal, years: Sequence[int]) -> Iterator[tuple[str, str, int, float]]:
    """Yield region, kind, year and amount of what falls due if a programme starts as soon as it may."""
    start, regions = proposal.starts[0], {SHARED, *proposal.regions}
    for region in (region for region in proposal.build if region in regions):
        for offset, amount in proposal.build[region].items():
            yield region, "build", start + offset, amount
    for region in (region for region in proposal.run if region in regions):
        for year in years:
            if year > proposal.ready(start):
                yield region, "run", year, proposal.run[region]


def effects_with_range(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return what programmes do, with the range of the tables.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    DataFrame, one row a programme and issue with an effect
        ``program``, ``issue``, ``effect``, ``low``, ``high`` (0-1; without a range both are the effect).
    """
    effects = measure.effects(case, scenario).stack(future_stack=True)
    table = effects[effects > 0].rename_axis(["program", "issue"]).rename("effect").reset_index()
    ranges = case.program_effects.groupby(["program", "issue"])[["low", "high"]].sum(min_count=1)
    table = table.join(ranges, on=["program", "issue"])
    filled = {key: table[key].fillna(table["effect"]) for key in ("low", "high")}
    return table.assign(**filled)
