"""The helpdesk: who has the same problem, what is proposed, who is responsible, what exists already."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.collaboration.bodies import bodies_for
from jspmodel.collaboration.network import HAS_ISSUE
from jspmodel.errors import DataError
from jspmodel.intake import unknown_code
from jspmodel.text import worded


@dataclass(frozen=True, eq=False)
class Partners:
    """What a region should know of an issue before it builds something of its own.

    Attributes
    ----------
    issue, region : str
        What was asked.
    gap : float
        How far the region itself is from the target (0-1); NaN: unknown.
    regions : DataFrame
        The other regions that have the issue (gap at least a third): ``region``, ``gap``, ``borders``,
        ``body`` (the body of cooperation for this issue that joins them, else ``""``). Those joined by a
        body come first, then those that border, then by gap.
    programs : DataFrame
        What is proposed for the issue: ``program``, ``origin``, ``agency``, ``regions`` (who may take part),
        ``included`` (whether the region may). Those open to it come first, in table order.
    agencies : DataFrame
        Who is responsible for the issue's dimension: ``agency``, ``region`` (``""``: province), ``role``; the
        province's and the region's own first.
    systems : DataFrame
        Information systems that do already what the programmes for the issue need, elsewhere too:
        ``system``, ``name``, ``function``, ``region``, ``agency``, ``yearly_cost`` (Rp billion),
        ``integrated``. A system does if such a programme reuses or retires it, or if it has the function
        of one that is.
    """

    issue: str
    region: str
    gap: float
    regions: pd.DataFrame
    programs: pd.DataFrame
    agencies: pd.DataFrame
    systems: pd.DataFrame


def find_partners(case: Case, issue: str, region: str) -> Partners:
    """Find partners for a region that has an issue: share before you build.

    Parameters
    ----------
    case : Case
    issue : str
        Code of the issue.
    region : str
        Code of the region that asks. A code that became a number on its way here (34.04) is read as text.

    Returns
    -------
    Partners

    Raises
    ------
    DataError
        If the case has no such issue or region.

    Examples
    --------
    >>> import jspmodel as jsp
    >>> case, _ = jsp.load("data/diy/scenarios/baseline.yaml")
    >>> find_partners(case, "I04", "34.04").regions["region"].tolist()
    ['34.71', '34.02']
    """
    # Who sets a notebook's parameters by papermill -p gives 34.04 as a number.
    issue, region = str(issue), str(region)
    problems = [
        *unknown_code(issue, "issues", case.names("issues", "id"), "issue"),
        *unknown_code(region, "regions", case.names("regions", "id"), "region"),
    ]
    if problems:
        raise worded(DataError, problems)
    gap = measure.known_gaps(case).loc[issue]
    programs = _programs(case, issue, region)
    return Partners(
        issue=issue,
        region=region,
        gap=float(gap[region]),
        regions=_regions(case, issue, region, gap),
        programs=programs,
        agencies=_agencies(case, issue, region),
        systems=_systems(case, programs["program"]),
    )


def _regions(case: Case, issue: str, region: str, gap: pd.Series[float]) -> pd.DataFrame:
    borders = measure.neighbours(case)[region]
    bodies = {body: members for body, members in bodies_for(case, issue).items() if region in members}
    rows = [
        (
            other,
            gap[other],
            bool(borders[other]),
            next((b for b, members in bodies.items() if other in members), ""),
        )
        for other in gap.index
        if other != region and gap[other] >= HAS_ISSUE - 1e-9
    ]
    rows.sort(key=lambda row: (row[3] == "", not row[2], -row[1]))
    return pd.DataFrame(rows, columns=["region", "gap", "borders", "body"])


def _programs(case: Case, issue: str, region: str) -> pd.DataFrame:
    rows = case.program_effects
    acting = set(rows.loc[(rows["issue"] == issue) & (rows["effect"] != 0), "program"])
    eligible = measure.eligible_regions(case)
    found = case.programs.loc[case.programs["program"].isin(acting), ["program", "origin", "agency"]]
    found["regions"] = [eligible[program] for program in found["program"]]
    found["included"] = [region in regions for regions in found["regions"]]
    return found.sort_values("included", ascending=False, kind="stable").reset_index(drop=True)


def _agencies(case: Case, issue: str, region: str) -> pd.DataFrame:
    dimension = dict(measure.records(case.issues, "issue", "dimension"))[issue]
    roles: dict[str, list[str]] = {}
    for agency, of, role in measure.records(case.agency_dimensions, "agency", "dimension", "role"):
        if of == dimension:
            roles.setdefault(agency, []).append(role)
    places = measure.records(case.agencies, "agency", "region")
    rows = [(agency, place, role) for agency, place in places for role in roles.get(agency, ())]
    rows.sort(key=lambda row: {"": 0, region: 1}.get(row[1], 2))
    return pd.DataFrame(rows, columns=["agency", "region", "role"], dtype="str")


def _systems(case: Case, programs: pd.Series[str]) -> pd.DataFrame:
    touched = case.program_systems[case.program_systems["program"].isin(programs)]["system"]
    used = case.systems["system"].isin(touched)
    functions = set(case.systems.loc[used, "function"]) - {""}
    found = case.systems[used | case.systems["function"].isin(functions)]
    columns = ["system", "name", "function", "region", "agency", "yearly_cost", "integrated"]
    return found[columns].sort_values("function", kind="stable").reset_index(drop=True)
