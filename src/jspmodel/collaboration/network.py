"""What the graph of regions says: who belongs together, who is central, who holds it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import pandas as pd

from jspmodel.collaboration.graph import region_projection

HAS_ISSUE = 1 / 3
"""A region has an issue where its gap is at least this: a third of the way from the target to the worst."""


@dataclass(frozen=True, eq=False)
class Network:
    """The regions of a collaboration graph and their ties.

    Attributes
    ----------
    regions : DataFrame
        One row a region: ``region``; ``community``, a number from 1, the largest community first;
        ``strength``, sum_s a[r,s]; ``betweenness`` (0-1), the share of the strongest paths between two other
        regions that lead through it; ``bridge``, whether others lose all connection without it.
    ties : DataFrame
        One row a pair with a[r,s] > 0, strongest first: ``region_a``, ``region_b``, ``weight`` a[r,s],
        ``similarity``, ``borders``, ``body``, ``shared`` and ``either``, the number of issues that both have
        and that at least one has; ``bridge``, whether others lose all connection without this tie.
    issues : int
        Number of issues that count.
    modularity : float
        How much more weight lies within the communities than chance would put there (-0.5 to 1).
    """

    regions: pd.DataFrame
    ties: pd.DataFrame
    issues: int
    modularity: float


def read_network(graph: nx.Graph[str], seed: int = 1) -> Network:
    """Find communities, central regions and bridges of a collaboration graph.

    Communities are those of Louvain's method (Blondel and others 2008), seeded. Central is who has the
    largest strength (Barrat and others 2004) and who stands between others: betweenness (Freeman 1977;
    Brandes 2001) with 1 / a[r,s] as the length of a tie. Bridges are the regions and ties without which a
    connected part of the graph falls apart (Tarjan 1974).

    Parameters
    ----------
    graph : networkx.Graph
        As ``collaboration_graph`` returns it.
    seed : int
        Of Louvain's method, which visits the regions in random order.

    Returns
    -------
    Network
    """
    regions = region_projection(graph)
    groups = communities(regions, seed)
    tied = regions.number_of_edges() > 0
    return Network(
        regions=_regions(regions, groups),
        ties=_ties(graph, regions),
        issues=sum(data["kind"] == "issue" for data in graph.nodes.values()),
        modularity=float(nx.community.modularity(regions, map(set, groups))) if tied else 0.0,
    )


def communities(graph: nx.Graph[str], seed: int) -> list[tuple[str, ...]]:
    """Return the communities of a weighted graph, largest first, each and all in the order of its nodes."""
    place = {node: k for k, node in enumerate(graph)}
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    ordered = [tuple(sorted(group, key=lambda node: place[node])) for group in found]
    return sorted(ordered, key=lambda group: (-len(group), place[group[0]]))


def issues_of(graph: nx.Graph[str], region: str) -> set[str]:
    """Return the nodes of the issues that a region has (gap at least ``HAS_ISSUE``)."""
    ends: Any = graph[region].items()
    return {
        node
        for node, edge in ends
        if graph.nodes[node]["kind"] == "issue" and edge["gap"] >= HAS_ISSUE - 1e-9
    }


def _regions(graph: nx.Graph[str], groups: list[tuple[str, ...]]) -> pd.DataFrame:
    lengths: nx.Graph[str] = nx.Graph()
    lengths.add_nodes_from(graph)
    lengths.add_weighted_edges_from((r, s, 1 / tie["weight"]) for r, s, tie in graph.edges(data=True))
    between = nx.betweenness_centrality(lengths, weight="weight")
    community = {region: k for k, group in enumerate(groups, 1) for region in group}
    cut = set(nx.articulation_points(graph))
    rows = [
        (region, community[region], graph.degree(region, weight="weight"), between[region], region in cut)
        for region in graph
    ]
    return pd.DataFrame(rows, columns=["region", "community", "strength", "betweenness", "bridge"])


def _ties(graph: nx.Graph[str], regions: nx.Graph[str]) -> pd.DataFrame:
    own = {region: issues_of(graph, region) for region in regions}
    cut = {frozenset(pair) for pair in nx.bridges(regions)}
    rows = [
        {
            "region_a": r,
            "region_b": s,
            **{key: tie[key] for key in ("weight", "similarity", "borders", "body")},
            "shared": len(own[r] & own[s]),
            "either": len(own[r] | own[s]),
            "bridge": frozenset((r, s)) in cut,
        }
        for r, s, tie in regions.edges(data=True)
    ]
    columns = [
        "region_a",
        "region_b",
        "weight",
        "similarity",
        "borders",
        "body",
        "shared",
        "either",
        "bridge",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)
