"""What the network of regions says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.collaboration import Network
from jspmodel.pages import Fragment, render_finding
from jspmodel.scenario import Language
from jspmodel.text import listed, number, percent, say, short_names

_CLEAR = 0.3
"""Modularity from which communities count as clear (Newman and Girvan 2004)."""


def network_table(case: Case, network: Network, language: Language) -> Fragment:
    """Return what a network of regions says: centre, groups, go-between, bridges, who stands alone.

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
    return render_finding(
        _central(case, network, language), language, list(_sentences(case, network, language))
    )


def _sentences(case: Case, network: Network, language: Language) -> Iterator[str]:
    names, regions = short_names(case), network.regions
    if not network.ties.empty:
        yield from _groups(case, network, language)
        yield _between(case, network, language)
        cut = [names[region] for region in regions.loc[regions["bridge"], "region"]]
        key = "collaboration.bridge" if cut else "collaboration.bridge_none"
        yield say(key, language, regions=listed(cut, language))
    alone = [names[region] for region in regions.loc[regions["strength"] == 0, "region"]]
    if alone:
        yield say("collaboration.alone", language, regions=listed(alone, language))


def _groups(case: Case, network: Network, language: Language) -> Iterator[str]:
    names = short_names(case)
    if network.regions.loc[network.regions["strength"] > 0, "community"].nunique() == 1:
        yield say("collaboration.group_one", language)
        return
    for n, group in network.regions.groupby("community"):
        if len(group) > 1:
            members = listed((names[region] for region in group["region"]), language)
            yield say("collaboration.group", language, n=n, regions=members)
    key = "groups_clear" if network.modularity >= _CLEAR else "groups_faint"
    yield say(f"collaboration.{key}", language, value=number(network.modularity, language, 2))


def _central(case: Case, network: Network, language: Language) -> str:
    if network.ties.empty:
        return say("collaboration.no_ties", language)
    strength = network.regions.set_index("region")["strength"]
    region = short_names(case)[str(strength.idxmax())]
    return say("collaboration.central", language, region=region, strength=number(strength.max(), language, 2))


def _between(case: Case, network: Network, language: Language) -> str:
    between = network.regions.set_index("region")["betweenness"]
    if not between.max() > 0:
        return say("collaboration.between_none", language)
    region, share = short_names(case)[str(between.idxmax())], percent(between.max(), language, 0)
    return say("collaboration.between", language, region=region, share=share)
