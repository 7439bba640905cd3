"""The coalition finder: which neighbours have an issue in common, and how they could act together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration.bodies import bodies_for, body_of
from jspmodel.collaboration.network import HAS_ISSUE, communities
from jspmodel.collaboration.requirements import (
    MissingRequirement,
    missing_body,
    missing_documents,
    missing_volume,
    unknown_neighbours,
)
from jspmodel.scenario import Scenario

MOST_MEMBERS = 8
"""More regions than this do not sit at one table: they are split into communities."""
LeadReason = Literal["body", "need", "maturity"]


@dataclass(frozen=True)
class Coalition:
    """Regions that should face one issue together.

    Attributes
    ----------
    issue : str
    regions : tuple of str
        In table order.
    lead : str
        A body of cooperation, or the code of a region.
    lead_reason : {"body", "need", "maturity"}
        The body leads if it joins at least half of them; else the region with the largest need (gap times
        population share), unless another is at least a level more mature: then the most mature.
    mandatory : bool
        Cooperation is mandatory (*wajib*) where the effects of the issue cross borders and each region
        borders another of the coalition, else voluntary (*sukarela*): PP 28/2018.
    body : str
        Body of cooperation that answers the issue for two or more of them; ``""``: none.
    programs : tuple of str
        Joint programmes for the issue that two or more of them may join, largest effect first.
    approval : tuple of str
        Those of them that the regional councils (DPRD) must approve: not in the running annual plan.
    lacks : tuple of MissingRequirement
        What is missing.
    """

    issue: str
    regions: tuple[str, ...]
    lead: str
    lead_reason: LeadReason
    mandatory: bool
    body: str
    programs: tuple[str, ...]
    approval: tuple[str, ...]
    lacks: tuple[MissingRequirement, ...]


def find_coalitions(case: Case, scenario: Scenario) -> tuple[Coalition, ...]:
    """Find for each issue the neighbouring regions that are natural partners.

    A region has an issue where its gap is at least a third (``HAS_ISSUE``). Regions that have it belong
    together where they border, or where a body of cooperation that answers the issue joins them. A
    connected group of more than eight is split into communities (Louvain), the weight of a tie being min
    gap / max gap.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Its ``effect_levels`` order the programmes; ``simulation.seed`` seeds Louvain's method.

    Returns
    -------
    tuple of Coalition
        In table order of the issues, then largest first; an issue that no two neighbours have is not there.
    """
    gaps, effects = measure.known_gaps(case), measure.effects(case, scenario)
    tables = _Tables(case, measure.neighbours(case), measure.eligible_regions(case))
    return tuple(
        _coalition(tables, str(issue), group, gaps.loc[issue], effects)
        for issue in gaps.index
        for group in _groups(_natural_partners(tables, str(issue), gaps.loc[issue]), scenario.simulation.seed)
    )


@dataclass(frozen=True, eq=False)
class _Tables:
    """What every coalition is judged by, looked up once."""

    case: Case
    borders: pd.DataFrame
    eligible: dict[str, tuple[str, ...]]


def _natural_partners(tables: _Tables, issue: str, gap: pd.Series[float]) -> nx.Graph[str]:
    joined = tables.borders.to_numpy(copy=True)
    for members in bodies_for(tables.case, issue).values():
        inside = gap.index.isin(members)
        joined |= np.outer(inside, inside)
    having = gap.to_numpy() >= HAS_ISSUE - 1e-9
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(gap.index[having])
    for j, k in np.argwhere(np.triu(joined & np.outer(having, having), 1)):
        low, high = sorted((gap.iloc[j], gap.iloc[k]))
        graph.add_edge(gap.index[j], gap.index[k], weight=float(low / high))
    return graph


def _groups(graph: nx.Graph[str], seed: int) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = []
    for part in nx.connected_components(graph):
        if len(part) <= MOST_MEMBERS:
            groups.append(tuple(region for region in graph if region in part))
        else:
            groups += communities(_within(graph, part), seed)
    return sorted((group for group in groups if len(group) > 1), key=lambda group: -len(group))


def _within(graph: nx.Graph[str], part: set[str]) -> nx.Graph[str]:
    inside: nx.Graph[str] = nx.Graph()
    inside.add_nodes_from(region for region in graph if region in part)
    inside.add_edges_from((r, s, tie) for r, s, tie in graph.edges(data=True) if r in part)
    return inside


def _coalition(
    tables: _Tables, issue: str, regions: tuple[str, ...], gap: pd.Series[float], effects: pd.DataFrame
) -> Coalition:
    case, bodies = tables.case, bodies_for(tables.case, issue)
    body = body_of(bodies, regions)
    members = bodies.get(body, ())
    programs = _programs(tables, effects[issue], regions)
    main = tuple(program for program in programs if effects.loc[program].idxmax() == issue)
    in_plan = case.programs.set_index("program")["in_annual_plan"]
    lead, reason = _lead(case, gap, regions, body, members)
    lacks: Iterable[MissingRequirement] = (
        *missing_body(regions, members),
        *missing_documents(case, programs),
        *missing_volume(case, main, regions),
        *unknown_neighbours(tables.borders, gap, regions),
    )
    return Coalition(
        issue=issue,
        regions=regions,
        lead=lead,
        lead_reason=reason,
        mandatory=_mandatory(tables, issue, regions),
        body=body,
        programs=programs,
        approval=tuple(program for program in programs if not in_plan[program]),
        lacks=tuple(lacks),
    )


def _programs(tables: _Tables, effect: pd.Series[float], regions: tuple[str, ...]) -> tuple[str, ...]:
    programs = tables.case.programs
    joint = set(programs.loc[programs["scope"] != "province", "program"])
    found = effect[effect > 0].sort_values(ascending=False, kind="stable").index
    return tuple(p for p in found if p in joint and len(set(tables.eligible[p]) & set(regions)) > 1)


def _lead(
    case: Case, gap: pd.Series[float], regions: tuple[str, ...], body: str, members: tuple[str, ...]
) -> tuple[str, LeadReason]:
    if 2 * len(set(members) & set(regions)) >= len(regions):
        return body, "body"
    need = (gap * measure.shares(case))[list(regions)]
    maturity = case.regions.set_index("region")["maturity"][list(regions)]
    neediest = str(need.idxmax())
    if maturity.notna().all() and maturity.max() - maturity[neediest] >= 1:
        return str(need[maturity == maturity.max()].idxmax()), "maturity"
    return neediest, "need"


def _mandatory(tables: _Tables, issue: str, regions: tuple[str, ...]) -> bool:
    crosses = tables.case.issues.set_index("issue").loc[issue, "crosses_borders"]
    within = tables.borders.loc[list(regions), list(regions)]
    return bool(crosses) and bool(within.any(axis=1).all())
