"""Roles of agencies: who serves which dimension, who owns which programme, who carries how much when."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import computed_once, plain_rows
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario

_LEADS = {"lead", "leads"}


@dataclass(frozen=True, eq=False)
class Roles:
    """Who does what under a plan.

    Attributes
    ----------
    matrix : DataFrame of str, agencies by dimensions
        ``lead``, ``support`` (any other role), or ``""``; both axes in table order.
    dimensions : DataFrame
        One row a dimension: ``dimension``; ``leads`` and ``supports`` (number of agencies); ``programs``
        (selected ones); ``gap``, whether no agency leads it. Several leads are an overlap: they need one
        owner for each programme.
    owners : DataFrame
        One row a selected programme, by start: ``program``; ``owner``, the agency of ``programs`` or else
        the only one said to lead it (``""``: none); ``proposes``, ``leads``, ``digitalises`` (tuples of
        agencies); ``flags``, any of ``no_owner``, ``several_leads``, ``no_proposer``, ``no_digital`` (it
        starts or uses systems and nobody supplies the digital part), ``other_dimension`` (its owner does
        not serve the programme's dimension).
    load : DataFrame
        One row an agency with a programme under way in a year: ``agency``, ``year``, ``owned``,
        ``taking_part`` (in any role), ``max_parallel`` (NaN: no limit), ``over`` (owned above the limit).
    """

    matrix: pd.DataFrame
    dimensions: pd.DataFrame
    owners: pd.DataFrame
    load: pd.DataFrame


@computed_once()
def agency_roles(case: Case, scenario: Scenario, plan: Plan | None) -> Roles:
    """Tell the roles of the agencies in a plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan or None
        None: who serves which dimension alone.

    Returns
    -------
    Roles
    """
    matrix, owners = _matrix(case), _owners(case, plan)
    return Roles(matrix, _dimensions(case, matrix, owners), owners, _load(case, scenario, plan, owners))


def _matrix(case: Case) -> pd.DataFrame:
    agencies, dimensions = list(case.agencies["agency"]), list(case.dimensions["dimension"])
    matrix = pd.DataFrame("", index=pd.Index(agencies, name="agency"), columns=dimensions)
    for row in plain_rows(case.agency_dimensions):
        leads = row.role.strip().casefold() in _LEADS
        matrix.loc[row.agency, row.dimension] = "lead" if leads else "support"
    return matrix


def _dimensions(case: Case, matrix: pd.DataFrame, owners: pd.DataFrame) -> pd.DataFrame:
    chosen = case.programs[case.programs["program"].isin(owners["program"])]["dimension"].value_counts()
    rows = [
        (dimension, int((roles == "lead").sum()), int((roles == "support").sum()), chosen.get(dimension, 0))
        for dimension, roles in matrix.items()
    ]
    table = pd.DataFrame(rows, columns=["dimension", "leads", "supports", "programs"])
    return table.assign(gap=table["leads"] == 0)


def _owners(case: Case, plan: Plan | None) -> pd.DataFrame:
    programs = case.programs.set_index("program")
    digital = set(case.program_systems["program"]) | set(programs.index[programs["new_systems"] > 0])
    served = case.agency_dimensions.groupby("agency")["dimension"].agg(set).to_dict()
    rows = []
    for item in plan.selected if plan else ():
        own = case.program_agencies[case.program_agencies["program"] == item.program]
        acting = {
            role: tuple(dict.fromkeys(own.loc[own["role"] == role, "agency"]))
            for role in ("proposes", "leads", "digitalises")
        }
        owner = programs.loc[item.program, "agency"]
        owner = owner or (acting["leads"][0] if len(acting["leads"]) == 1 else "")
        dimension = programs.loc[item.program, "dimension"]
        wrong = {
            "no_owner": not owner,
            "several_leads": len({owner, *acting["leads"]}) > 1,
            "no_proposer": not acting["proposes"],
            "no_digital": item.program in digital and not acting["digitalises"],
            "other_dimension": bool(owner and dimension) and dimension not in served.get(owner, set()),
        }
        flags = tuple(flag for flag, holds in wrong.items() if holds)
        rows.append({"program": item.program, "owner": owner, **acting, "flags": flags})
    return pd.DataFrame(rows, columns=["program", "owner", "proposes", "leads", "digitalises", "flags"])


def _load(case: Case, scenario: Scenario, plan: Plan | None, owners: pd.DataFrame) -> pd.DataFrame:
    years = measure.horizon(case, scenario) if plan else ()
    duration = case.programs.set_index("program")["duration"]
    owner = dict(zip(owners["program"], owners["owner"], strict=True))
    rows = [
        (agency, year, agency == owner[choice.program])
        for choice in (plan.choices if plan else ())
        for year in range(choice.start, choice.start + int(duration[choice.program]))
        for agency in ({owner[choice.program]} | _involved(case, choice)) - {""}
        if year in years
    ]
    table = pd.DataFrame(rows, columns=["agency", "year", "owned"])
    load = table.groupby(["agency", "year"], as_index=False).agg(
        owned=("owned", "sum"), taking_part=("owned", "size")
    )
    place = {agency: k for k, agency in enumerate(case.agencies["agency"])}
    load["max_parallel"] = load["agency"].map(case.agencies.set_index("agency")["max_parallel"])
    load["over"] = load["owned"] > load["max_parallel"]
    order = load.assign(place=load["agency"].map(place)).sort_values(["place", "year"]).index
    return load.loc[order].reset_index(drop=True)


def _involved(case: Case, choice: Choice) -> set[str]:
    rows = case.program_agencies[case.program_agencies["program"] == choice.program]
    return set(rows.loc[rows["region"].isin(["", *choice.regions]), "agency"])
