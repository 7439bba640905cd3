"""What the network of regions says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.charts.collaboration_matrix import closest_pair
from jspmodel.charts.labels import listed, short_names
from jspmodel.collaboration.network import Network
from jspmodel.reporting.html import Fragment
from jspmodel.reporting.parts.told import told
from jspmodel.scenario import Language
from jspmodel.text.numbers import number, percent
from jspmodel.text.wording import say

_CLEAR = 0.3
"""Modularity from which communities count as clear (Newman and Girvan 2004)."""


def network_reading(case: Case, network: Network, language: Language) -> Fragment:
    """Return what a network of regions says: closest pair, groups, centre, go-between, bridges.

    Parameters
    ----------
    case : Case
    network : Network
        As ``read_network`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    title = closest_pair(case, network, language)
    return told(title, language, list(_sentences(case, network, language)))


def _sentences(case: Case, network: Network, language: Language) -> Iterator[str]:
    names, regions = short_names(case), network.regions
    if not network.ties.empty:
        yield from _groups(case, network, language)
        yield from _centre(case, network, language)
        cut = [names[region] for region in regions.loc[regions["bridge"], "region"]]
        key = "collaboration.bridge" if cut else "collaboration.bridge_none"
        yield say(key, language, regions=listed(cut, language))
    alone = [names[region] for region in regions.loc[regions["strength"] == 0, "region"]]
    if alone:
        yield say("collaboration.alone", language, regions=listed(alone, language))


def _groups(case: Case, network: Network, language: Language) -> Iterator[str]:
    names = short_names(case)
    for n, group in network.regions.groupby("community"):
        if len(group) > 1:
            members = listed((names[region] for region in group["region"]), language)
            yield say("collaboration.group", language, n=n, regions=members)
    key = "groups_clear" if network.modularity >= _CLEAR else "groups_faint"
    yield say(f"collaboration.{key}", language, value=number(network.modularity, language, 2))


def _centre(case: Case, network: Network, language: Language) -> Iterator[str]:
    names, regions = short_names(case), network.regions.set_index("region")
    central, between = regions["strength"].idxmax(), regions["betweenness"].idxmax()
    strength = number(regions.loc[central, "strength"], language, 2)
    yield say("collaboration.central", language, region=names[str(central)], strength=strength)
    share = float(regions.loc[between, "betweenness"])
    if share > 0:
        told_share = percent(share, language, 0)
        yield say("collaboration.between", language, region=names[str(between)], share=told_share)
    else:
        yield say("collaboration.between_none", language)
