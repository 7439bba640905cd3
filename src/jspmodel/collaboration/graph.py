"""The collaboration graph: regions tied to the issues they have and to the regions they could work with."""

from __future__ import annotations

from itertools import combinations

import networkx as nx

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.scenario import Scenario


def collaboration_graph(case: Case, scenario: Scenario) -> nx.Graph[str]:
    """Build the graph of regions and issues.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    networkx.Graph
        Nodes: regions (``kind="region"``, ``name``) and issues that count (``kind="issue"``, ``name``,
        ``weight``), both names Indonesian. An issue's node is called ``issue:<code>`` so that it cannot
        meet a region's code. Edges: region to issue where the region has a need (``weight``: need[i,r];
        ``gap``); region to region where a[r,s] > 0 (``weight``: a[r,s]; ``similarity``; ``borders``;
        ``body``), with a[r,s] as in ``measure.edges``.
    """
    graph: nx.Graph[str] = nx.Graph(case=case.name, scenario=scenario.name)
    _add_regions(graph, case)
    _add_issues(graph, case, scenario)
    _add_ties(graph, case, scenario)
    return graph


def region_projection(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return the part of the graph that joins regions to regions.

    Parameters
    ----------
    graph : networkx.Graph
        As ``collaboration_graph`` returns it.

    Returns
    -------
    networkx.Graph
        A copy with every region, isolated ones too; edges carry ``weight`` a[r,s].
    """
    regions = [node for node, data in graph.nodes.items() if data["kind"] == "region"]
    return graph.subgraph(regions).copy()


def _add_regions(graph: nx.Graph[str], case: Case) -> None:
    for region, name in case.names("regions", "id").items():
        graph.add_node(region, kind="region", name=name)


def _add_issues(graph: nx.Graph[str], case: Case, scenario: Scenario) -> None:
    names, gaps = case.names("issues", "id"), measure.gaps(case)
    for issue, weight in measure.weights(case, scenario).items():
        graph.add_node(f"issue:{issue}", kind="issue", name=names[str(issue)], weight=float(weight))
    for (issue, region), need in measure.needs(case, scenario).stack().items():
        if need > 0:
            graph.add_edge(f"issue:{issue}", region, weight=float(need), gap=float(gaps.loc[issue, region]))


def _add_ties(graph: nx.Graph[str], case: Case, scenario: Scenario) -> None:
    edges, similarity = measure.edges(case, scenario), measure.similarity(case, scenario)
    borders, bodies = measure.neighbours(case), measure.joined_by_body(case)
    for r, s in combinations(edges.index, 2):
        if edges.loc[r, s] > 0:
            graph.add_edge(
                r,
                s,
                weight=float(edges.loc[r, s]),
                similarity=float(similarity.loc[r, s]),
                borders=bool(borders.loc[r, s]),
                body=bool(bodies.loc[r, s]),
            )
