"""Small tables for notebooks: regions, ranked issues, ties; names and numbers as people write them."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from jspmodel.case import Case
from jspmodel.pages import Fragment, fragment, table
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, number, percent, say, short_names


def region_table(case: Case, language: Language) -> Fragment:
    """Return the regions of a case with their populations.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    rows = [
        (row.region, row.name, "–" if pd.isna(row.population) else number(row.population, language))
        for row in case.regions.itertuples(index=False)
    ]
    data = table(["code", "region", "population"], rows, language, numeric=["population"])
    return _render_table(data, say("report.regions_caption", language), language)


def ranking_table(case: Case, ranking: pd.DataFrame, language: Language) -> Fragment:
    """Return the strategic issues in their order.

    Parameters
    ----------
    case : Case
    ranking : DataFrame
        As ``rank_issues`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    return _render_table(
        ranked_table(case, ranking, language), say("report.ranking_caption", language), language
    )


def tie_table(case: Case, graph: nx.Graph[str], language: Language) -> Fragment:
    """Return which regions are tied how strongly and by what, strongest first.

    Parameters
    ----------
    case : Case
    graph : networkx.Graph
        As ``collaboration_graph`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    names = short_names(case)
    # A view of networkx on a part of a graph may go through a set: what is equal would be shown by chance.
    own = [(r, s, tie) for r, s, tie in graph.edges(data=True) if r in names and s in names]
    edges = sorted(own, key=lambda edge: -edge[2]["weight"])
    rows = [
        (
            " – ".join(names[region] for region in names if region in (r, s)),
            number(tie["weight"], language, 2),
            tie_reason(tie, language),
        )
        for r, s, tie in edges
    ]
    data = table(["pair", "tie", "joined_by"], rows, language, numeric=["tie"])
    return _render_table(data, say("report.collaboration_caption", language), language)


def ranked_table(case: Case, ranking: pd.DataFrame, language: Language) -> Table:
    """Return the strategic issues in their order, with USG where they were scored so.

    Issues that all score the same are in the order of the table: they have no ranks.
    """
    names, dimensions = case.names("issues", language), case.names("dimensions", language)
    dimension = dict(zip(case.issues["issue"], case.issues["dimension"], strict=True))
    usg = ranking["usg"].notna().any()
    ranked = ranking["score"].nunique() > 1
    keys = ["rank", "issue", "dimension", "score", "score_range", "weight", "rank_equal"]
    rows = [
        [
            str(row.rank) if ranked else "–",
            names[row.issue],
            dimensions.get(dimension[row.issue], ""),
            number(row.score, language, 2),
            f"{number(row.low, language, 2)}–{number(row.high, language, 2)}",
            percent(row.weight, language) if row.counts else say("report.not_counted", language),
            str(row.rank_equal_weights) if ranked else "–",
            *([number(row.usg, language, 1)] if usg else []),
        ]
        for row in ranking.itertuples()
    ]
    return table([*keys, *(["usg"] if usg else [])], rows, language, numeric=set(keys[3:]) | {"usg"})


def tie_reason(tie: dict[str, float], language: Language) -> str:
    """Return what joins two regions beside alike problems; no tie: only the programmes of the plan do."""
    if not tie:
        return say("report.tie_none", language)
    reasons = [say(f"report.tie_{kind}", language) for kind in ("body", "borders") if tie.get(kind)]
    return listed(reasons, language) or "–"


def _render_table(data: Table, caption: str, language: Language) -> Fragment:
    return fragment("table", caption, language, data=data)
