"""The graph of tests/hand.py, worked by hand."""

import pytest

from hand import TABLES, J, W, rows
from jspmodel.collaboration import collaboration_graph
from jspmodel.collaboration.graph import region_projection
from jspmodel.intake.tables import build_case
from jspmodel.scenario import Collaboration, Scenario

TIE = 0.5 * W / (W + 0.8 * J)


@pytest.fixture
def case():
    return build_case("hand", TABLES)


def test_nodes_are_regions_and_issues(case):
    graph = collaboration_graph(case, Scenario())
    assert dict(graph.nodes(data="kind")) == {
        "A": "region", "B": "region", "issue:w": "issue", "issue:j": "issue",
    }  # fmt: skip
    assert graph.nodes["A"]["name"] == "Alfa"
    assert graph.nodes["issue:w"]["weight"] == pytest.approx(W)


def test_a_region_is_tied_to_the_issues_it_has(case):
    graph = collaboration_graph(case, Scenario())
    assert not graph.has_edge("issue:j", "A")
    assert graph.edges["issue:w", "A"]["weight"] == pytest.approx(W * 1 * 0.75)
    assert graph.edges["issue:j", "B"] == pytest.approx({"weight": J * 0.8 * 0.25, "gap": 0.8})


def test_regions_that_border_are_tied_by_their_likeness(case):
    edge = collaboration_graph(case, Scenario()).edges["A", "B"]
    assert edge == {
        "weight": pytest.approx(TIE),
        "similarity": pytest.approx(TIE),
        "borders": True,
        "body": False,
    }


def test_no_border_no_edge_unless_the_scenario_wants_one():
    apart = build_case("apart", TABLES | {"borders": rows("region_a region_b")})
    assert not collaboration_graph(apart, Scenario()).has_edge("A", "B")
    loose = Scenario(collaboration=Collaboration(no_border=0.5))
    assert collaboration_graph(apart, loose).edges["A", "B"]["weight"] == pytest.approx(0.5 * TIE)


def test_the_projection_keeps_regions_only_and_isolated_ones_too():
    apart = build_case("apart", TABLES | {"borders": rows("region_a region_b")})
    projection = region_projection(collaboration_graph(apart, Scenario()))
    assert sorted(projection.nodes) == ["A", "B"]
    assert projection.number_of_edges() == 0


def test_an_issue_may_have_a_regions_code():
    renamed = {
        name: frame.replace({"issue": {"w": "A"}}) if "issue" in frame else frame
        for name, frame in TABLES.items()
    }
    graph = collaboration_graph(build_case("clash", renamed), Scenario())
    assert graph.nodes["A"]["kind"] == "region"
    assert graph.nodes["issue:A"]["kind"] == "issue"


def test_agencies_serve_issues_by_dimension_and_bodies_join_members():
    tables = TABLES | {
        "dimensions": rows("dimension name_id", ("env", "Lingkungan"), ("soc", "Masyarakat")),
        "issues": TABLES["issues"].assign(dimension=["env", ""]),
        "agencies": rows("agency region name", ("dlh", "", "DLH"), ("dlh-a", "A", "DLH A")),
        "agency_dimensions": rows(
            "agency dimension role", ("dlh", "env", "lead"), ("dlh-a", "env", ""), ("dlh-a", "soc", "")
        ),
        "bodies": rows("body region topic issue", ("X", "A", "TPA", "w"), ("X", "B", "TPA", "w")),
    }
    graph = collaboration_graph(build_case("roles", tables), Scenario())
    assert graph.edges["agency:dlh", "issue:w"]["role"] == "lead"
    assert sorted(graph["agency:dlh-a"]) == ["A", "issue:w"]
    assert sorted(graph["body:X"]) == ["A", "B", "issue:w"]
    assert graph.edges["body:X", "A"]["topics"] == ("TPA",)
    assert sorted(region_projection(graph).nodes) == ["A", "B"]
