"""The collaboration graph: regions, the issues they have, the agencies and bodies that can act on them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import computed_once, plain_rows
from jspmodel.scenario import Scenario
from jspmodel.text import graph_html

if TYPE_CHECKING:
    _Graph = nx.Graph[str]
else:
    _Graph = nx.Graph


class CollaborationGraph(_Graph):
    """A ``networkx.Graph`` that shows itself shortly in a notebook."""

    def __repr__(self) -> str:
        """Return how many nodes and edges there are."""
        counts = f"{self.number_of_nodes()} nodes, {self.number_of_edges()} edges"
        return f"CollaborationGraph(case={self.graph.get('case')!r}, {counts})"

    def _repr_html_(self) -> str:
        return graph_html(self)


@computed_once()
def collaboration_graph(case: Case, scenario: Scenario) -> nx.Graph[str]:
    """Build the graph of regions and issues.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    networkx.Graph
        Nodes: regions (``kind="region"``, ``name``), issues that count (``kind="issue"``, ``name``,
        ``weight``), agencies (``kind="agency"``, ``name``) and bodies of cooperation (``kind="body"``,
        ``name``); names are Indonesian. All but regions are called ``<kind>:<code>`` so that they cannot
        meet a region's code. Edges: region to issue where the region has a need (``weight``: need[i,r];
        ``gap``); region to region where a[r,s] > 0 (``weight``: a[r,s]; ``similarity``; ``borders``;
        ``body``), with a[r,s] as in ``measure.edges``; agency to the region it belongs to (none: the
        province's) and to the issues of the dimensions it serves (``role``); body to its members and to the
        issues that it answers (``topics``).
    """
    graph: nx.Graph[str] = CollaborationGraph(case=case.name, scenario=scenario.name)
    _add_regions(graph, case)
    _add_issues(graph, case, scenario)
    _add_ties(graph, case, scenario)
    _add_agencies(graph, case)
    _add_bodies(graph, case)
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
        A copy with every region in table order, isolated ones too; edges carry ``weight`` a[r,s].
    """
    regions = {node: data for node, data in graph.nodes.items() if data["kind"] == "region"}
    projection: nx.Graph[str] = nx.Graph()
    # Not graph.subgraph: its order changes from run to run, and Louvain's method with it.
    projection.add_nodes_from(regions.items())
    projection.add_edges_from(
        (r, s, data) for r, s, data in graph.edges(data=True) if r in regions and s in regions
    )
    return projection


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


def _add_agencies(graph: nx.Graph[str], case: Case) -> None:
    for row in plain_rows(case.agencies):
        graph.add_node(f"agency:{row.agency}", kind="agency", name=row.name or row.agency)
        if row.region:
            graph.add_edge(f"agency:{row.agency}", row.region)
    served = case.agency_dimensions.merge(case.issues[case.issues["dimension"] != ""], on="dimension")
    for row in plain_rows(served):
        if graph.has_node(f"issue:{row.issue}"):
            graph.add_edge(f"agency:{row.agency}", f"issue:{row.issue}", role=row.role)


def _add_bodies(graph: nx.Graph[str], case: Case) -> None:
    for name, rows in case.bodies.groupby("body", sort=False):
        graph.add_node(f"body:{name}", kind="body", name=name)
        for column, prefix in (("region", ""), ("issue", "issue:")):
            for code, topics in rows.groupby(column, sort=False)["topic"]:
                if graph.has_node(f"{prefix}{code}"):
                    graph.add_edge(f"body:{name}", f"{prefix}{code}", topics=tuple(dict.fromkeys(topics)))
