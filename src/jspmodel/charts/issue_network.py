"""Regions and issues: who has which, as two columns joined by lines."""

from __future__ import annotations

from typing import Literal

import altair as alt
import networkx as nx
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, TRACK, WIDTH, validated_whole
from jspmodel.collaboration import issues_of
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, short_names

_MOST_REGIONS, _MOST_ISSUES, _ROW = 20, 15, 34
_MOST_THICK = 40
"""More lines than this are drawn thin, so that they can be told apart."""
_LEFT, _RIGHT = -0.5, 1.95
"""Ends of the scale on which regions stand at 0 and issues at 1."""


@validated_whole
def issue_network(case: Case, graph: nx.Graph[str], language: Language) -> alt.LayerChart:
    """Draw which regions have which issues (gap at least a third).

    Parameters
    ----------
    case : Case
    graph : networkx.Graph
        As ``collaboration_graph`` returns it.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Of many, the 20 regions with most people and the 15 issues of most weight; the table has all.
    """
    links = _links(graph)
    regions = [node for node, kind in graph.nodes(data="kind") if str(kind) == "region"]
    issues = [node for node, kind in graph.nodes(data="kind") if str(kind) == "issue"]
    shown_regions = _largest(case, regions)
    shown_issues = sorted(issues, key=lambda node: -graph.nodes[node]["weight"])[:_MOST_ISSUES]
    note = say("collaboration.bipartite_note", language)
    if len(shown_regions) < len(regions) or len(shown_issues) < len(issues):
        places = {"regions": len(shown_regions), "issues": len(shown_issues)}
        note += " " + say("collaboration.bipartite_part", language, **places)
    message = Message(_title(case, links, language), note, _table(case, links, regions, issues, language))
    drawn = _draw(case, links, shown_regions, shown_issues, language)
    return with_message(drawn, message, language)


def _links(graph: nx.Graph[str]) -> pd.DataFrame:
    regions = [node for node, kind in graph.nodes(data="kind") if str(kind) == "region"]
    rows = [
        (region, issue, graph.edges[region, issue]["gap"])
        for region in regions
        for issue in sorted(issues_of(graph, region))
    ]
    return pd.DataFrame(rows, columns=["region", "issue", "gap"])


def _largest(case: Case, regions: list[str]) -> list[str]:
    chosen = set(measure.shares(case).nlargest(_MOST_REGIONS).index)
    return [region for region in regions if region in chosen]


def _widest(links: pd.DataFrame) -> str:
    """Return the issue that most regions have, of several the one with the largest gaps."""
    by_issue = links.groupby("issue")["gap"].agg(["size", "sum"])
    return str(by_issue.sort_values(["size", "sum"]).index[-1]) if len(links) else ""


def _draw(
    case: Case, links: pd.DataFrame, regions: list[str], issues: list[str], language: Language
) -> alt.LayerChart:
    place = _places(regions) | _places(issues)
    shown = links[links["region"].isin(regions) & links["issue"].isin(issues)]
    lines = pd.DataFrame(
        {
            "x": 0.02,
            "x2": 0.98,
            "y": shown["region"].map(place).astype(float),
            "y2": shown["issue"].map(place).astype(float),
            "gap": shown["gap"],
            "widest": shown["issue"] == _widest(links),
        }
    )
    height = _ROW * max(len(regions), len(issues), 1)
    regions_named = _with_names(links, "region", regions, short_names(case), place)
    names = {f"issue:{issue}": name for issue, name in case.names("issues", language).items()}
    layers = [
        _lines(lines[~lines["widest"]], "#aab4be"),
        _lines(lines[lines["widest"]], BLUE),
        *_nodes(regions_named.assign(x=0.0), "right", -8),
        *_nodes(_with_names(links, "issue", issues, names, place).assign(x=1.0), "left", 8),
    ]
    padding = {"left": 2, "right": 2, "top": 2, "bottom": 2}
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height=height, padding=padding)


def _places(nodes: list[str]) -> dict[str, float]:
    return {node: (k + 0.5) / len(nodes) for k, node in enumerate(nodes)}


def _with_names(
    links: pd.DataFrame, side: str, nodes: list[str], names: dict[str, str], place: dict[str, float]
) -> pd.DataFrame:
    count = links[side].value_counts()
    rows = [(place[node], f"{names[node]} ({count.get(node, 0)})") for node in nodes]
    return pd.DataFrame(rows, columns=["y", "name"])


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[_LEFT, _RIGHT], nice=False, zero=False))


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[1, 0], nice=False, zero=False))


def _lines(lines: pd.DataFrame, colour: str) -> alt.Chart:
    widest = 7 if len(lines) <= _MOST_THICK else 2
    width = alt.Size("gap:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0.3, widest]))
    mark = alt.Chart(lines).mark_rule(color=colour, opacity=0.85, strokeCap="round")
    return mark.encode(x=_x("x"), x2="x2:Q", y=_y("y"), y2="y2:Q", size=width)


def _nodes(nodes: pd.DataFrame, align: Literal["left", "right"], dx: int) -> list[alt.Chart]:
    room = WIDTH * (0.45 if align == "right" else 0.9) / (_RIGHT - _LEFT)
    data = alt.Chart(nodes)
    dots = data.mark_circle(size=90, color=INK, opacity=1, stroke=TRACK)
    texts = data.mark_text(align=align, dx=dx, fontSize=13, color=INK, limit=room)
    return [dots.encode(x=_x("x"), y=_y("y")), texts.encode(x=_x("x"), y=_y("y"), text=alt.Text("name:N"))]


def _title(case: Case, links: pd.DataFrame, language: Language) -> str:
    if links.empty:
        return say("collaboration.bipartite_none", language)
    widest = _widest(links)
    name = case.names("issues", language)[widest.removeprefix("issue:")]
    places = {"n": int((links["issue"] == widest).sum()), "all": len(case.regions)}
    return say("collaboration.bipartite_title", language, issue=name, **places)


def _table(
    case: Case, links: pd.DataFrame, regions: list[str], issues: list[str], language: Language
) -> Table:
    names, places = case.names("issues", language), short_names(case)
    gaps = {(row.issue, row.region): number(100 * row.gap, language) for row in links.itertuples()}
    rows = tuple(
        (names[issue.removeprefix("issue:")], *(gaps.get((issue, region), "") for region in regions))
        for issue in issues
    )
    columns = (say("collaboration.column_issue", language), *(places[region] for region in regions))
    return Table(columns, rows, (False, *(True for _ in regions)))
