"""Communities, centre and bridges of graphs whose answer can be seen."""

import networkx as nx
import pytest

from hand import TABLES
from jspmodel.collaboration import collaboration_graph, read_network
from jspmodel.intake.tables import build_case
from jspmodel.scenario import Scenario


def graph_of(*ties, issues=None, alone=()):
    """Return a graph of regions with the given ties (region, region, weight) and issues by region."""
    graph = nx.Graph()
    graph.add_nodes_from(
        sorted({region for r, s, _ in ties for region in (r, s)} | set(alone)), kind="region"
    )
    for r, s, weight in ties:
        graph.add_edge(r, s, weight=weight, similarity=weight, borders=True, body=False)
    for region, own in (issues or {}).items():
        for issue, gap in own.items():
            graph.add_node(f"issue:{issue}", kind="issue")
            graph.add_edge(f"issue:{issue}", region, weight=gap, gap=gap)
    return graph


def row(network, region):
    return network.regions.set_index("region").loc[region]


TRIANGLES = [
    ("A", "B", 1),
    ("B", "C", 1),
    ("A", "C", 1),
    ("C", "D", 0.1),
    ("D", "E", 1),
    ("E", "F", 1),
    ("D", "F", 1),
]


def test_two_triangles_are_two_communities():
    network = read_network(graph_of(*TRIANGLES))
    groups = network.regions.groupby("community")["region"].agg("".join).to_dict()
    assert groups == {1: "ABC", 2: "DEF"}
    # Newman's modularity: within 6 of 6.1, each half of the weight: 6/6.1 - 2 * (6.1/12.2)**2.
    assert network.modularity == pytest.approx(6 / 6.1 - 0.5)


def test_what_joins_the_triangles_is_a_bridge():
    network = read_network(graph_of(*TRIANGLES))
    ties = network.ties.set_index(["region_a", "region_b"])["bridge"]
    assert list(ties[ties].index) == [("C", "D")]
    assert network.ties["weight"].tolist() == [1] * 6 + [0.1]
    assert list(network.regions.loc[network.regions["bridge"], "region"]) == ["C", "D"]


def test_strong_ties_are_short_ways():
    # From A to C directly is 1/0.2 = 5 long, by way of B 1/0.8 + 1/0.8 = 2.5: B stands on the only strongest path.
    network = read_network(graph_of(("A", "B", 0.8), ("B", "C", 0.8), ("A", "C", 0.2)))
    assert row(network, "B")["betweenness"] == 1
    assert row(network, "B")["strength"] == pytest.approx(1.6)
    assert not network.regions["bridge"].any()


def test_regions_share_the_issues_that_both_have():
    issues = {"A": {"w": 0.9, "j": 0.5, "s": 0.2}, "B": {"w": 1 / 3, "s": 0.8}}
    network = read_network(graph_of(("A", "B", 0.5), issues=issues))
    tie = network.ties.iloc[0]
    assert (tie["shared"], tie["either"], network.issues) == (1, 3, 3)


def test_the_largest_community_is_the_first():
    ties = [("A", "B", 1), ("C", "D", 1), ("D", "E", 1), ("C", "E", 1)]
    groups = read_network(graph_of(*ties)).regions.groupby("community")["region"].agg("".join)
    assert groups.to_dict() == {1: "CDE", 2: "AB"}


def test_one_tie_makes_one_community():
    # All of the weight is within, and all of the degrees: 1 - 1. Were they two: 0 - 2 / 4.
    network = read_network(graph_of(("A", "B", 0.5)))
    assert list(network.regions["community"]) == [1, 1]
    assert network.modularity == pytest.approx(0)


def test_without_ties_everybody_is_alone():
    network = read_network(graph_of(alone=("A", "B")))
    assert network.ties.empty
    assert network.modularity == 0
    assert list(network.regions["community"]) == [1, 2]


def test_the_same_seed_gives_the_same_groups():
    ring = graph_of(*[(f"R{k}", f"R{(k + 1) % 12}", 1) for k in range(12)])
    first, second = (read_network(ring, seed=3).regions["community"].tolist() for _ in range(2))
    assert first == second


def test_the_hand_case():
    network = read_network(collaboration_graph(build_case("hand", TABLES), Scenario()))
    # A has waste alone (gap 1), B has waste (0.5) and jobs (0.8).
    assert network.ties.iloc[0][["shared", "either"]].tolist() == [1, 2]
    assert network.issues == 2
