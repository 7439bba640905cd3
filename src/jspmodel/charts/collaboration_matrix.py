"""Regions by regions: how closely they are tied."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.bar_matrix import bar_matrix
from jspmodel.charts.heat import heat_matrix
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import validated_whole
from jspmodel.collaboration import Network
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, listed, number, say, short_names

_MOST_BARS, _MOST_CELLS = 8, 40


@validated_whole
def collaboration_matrix(
    case: Case, scenario: Scenario, network: Network, language: Language
) -> alt.LayerChart:
    """Draw the tie a[r,s] of every two regions, beside the likeness of their gaps.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    network : Network
        As ``read_network`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Bars for up to 8 regions; else cells, by community, for the 40 tied most. The table has all ties.
    """
    few = len(case.regions) <= _MOST_BARS
    note = say("collaboration.matrix_note" if few else "collaboration.matrix_note_heat", language)
    message = Message(closest_pair(case, network, language), note, _table(case, network, language))
    chart = _bars(case, scenario, language) if few else _heat(case, scenario, network)
    return with_message(chart, message, language)


def closest_pair(case: Case, network: Network, language: Language) -> str:
    """Return which two regions are tied most closely, and how many issues they share.

    Parameters
    ----------
    case : Case
    network : Network
    language : {"id", "en"}

    Returns
    -------
    str
    """
    if network.ties.empty:
        return say("collaboration.no_ties", language)
    names, tie = short_names(case), network.ties.iloc[0]
    return say(
        "collaboration.strongest_body" if tie["body"] else "collaboration.strongest",
        language,
        a=names[tie["region_a"]],
        b=names[tie["region_b"]],
        weight=number(tie["weight"], language, 2),
        shared=tie["shared"],
        issues=network.issues,
    )


def _bars(case: Case, scenario: Scenario, language: Language) -> alt.LayerChart:
    ties, likeness = measure.edges(case, scenario), measure.similarity(case, scenario)
    regions, names = list(ties.index), short_names(case)
    rows = [
        (j, k, likeness.loc[r, s], ties.loc[r, s], _figure(ties.loc[r, s], language))
        for j, r in enumerate(regions)
        for k, s in enumerate(regions)
        if r != s
    ]
    cells = pd.DataFrame(rows, columns=["row", "column", "whole", "part", "text"])
    shown = [names[region] for region in regions]
    return bar_matrix(cells, shown, shown)


def _figure(tie: float, language: Language) -> str:
    return number(tie, language, 2) if tie > 0 else "–"


def _heat(case: Case, scenario: Scenario, network: Network) -> alt.LayerChart:
    most = network.regions.nlargest(_MOST_CELLS, "strength")
    shown = most.sort_values(["community", "strength"], ascending=[True, False], kind="stable")
    regions, names = list(shown["region"]), short_names(case)
    ties = measure.edges(case, scenario).loc[regions, regions]
    edges = [k for k in range(1, len(shown)) if shown["community"].iloc[k] != shown["community"].iloc[k - 1]]
    return heat_matrix(ties.to_numpy(), [names[region] for region in regions], edges)


def _table(case: Case, network: Network, language: Language) -> Table:
    names, keys = short_names(case), ("pair", "weight", "similarity", "tie", "shared")
    rows = tuple(
        (
            f"{names[row.region_a]} – {names[row.region_b]}",
            number(row.weight, language, 2),
            number(row.similarity, language, 2),
            _why(row.body, row.borders, language),
            str(row.shared),
        )
        for row in network.ties.itertuples()
    )
    columns = tuple(say(f"collaboration.column_{key}", language) for key in keys)
    return Table(columns, rows, tuple(key not in ("pair", "tie") for key in keys))


def _why(body: bool, borders: bool, language: Language) -> str:
    kinds = [kind for kind, holds in (("body", body), ("borders", borders)) if holds] or ["only_similar"]
    return listed((say(f"collaboration.tie_{kind}", language) for kind in kinds), language)
