"""Information systems: which do the same, what a plan makes of them, how many are left."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Systems:
    """The information systems of a case under a plan.

    Attributes
    ----------
    functions : DataFrame
        One row a function that several systems have, most first: ``function``, ``systems`` (number),
        ``regions`` (who has one; ``""``: the province), ``yearly_cost`` (Rp billion), ``left`` (number
        under the plan).
    fates : DataFrame
        One row a system: ``system``, ``name``, ``function``, ``region``, ``yearly_cost``, ``integrated``,
        ``fate`` (retired, reused, kept), ``programs`` (selected ones that retire or reuse it),
        ``free_from`` (the first year without its cost: the year after the first programme that retires it
        is delivered; NaN), ``disputed`` (one selected programme retires what another reuses; it counts as
        retired).
    before, new, retired : int
        Systems listed; started by selected programmes; retired by them.
    freed : Series of float by year of the horizon
        Yearly cost that is no longer due, in Rp billion.
    unknown_costs : int
        Retired systems whose cost the tables do not give: they free more than ``freed`` says.
    """

    functions: pd.DataFrame
    fates: pd.DataFrame
    before: int
    new: int
    retired: int
    freed: pd.Series[float]
    unknown_costs: int

    @property
    def after(self) -> int:
        """Systems left under the plan: before + new - retired."""
        return self.before + self.new - self.retired

    @property
    def freed_yearly(self) -> float:
        """Yearly cost freed once all retirements are done, in Rp billion."""
        return float(self.fates.loc[self.fates["fate"] == "retired", "yearly_cost"].sum())


def review_systems(case: Case, scenario: Scenario, plan: Plan | None) -> Systems:
    """Review what a plan makes of the information systems.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan or None
        None: the systems as they are; nothing is freed in any year.

    Returns
    -------
    Systems
    """
    fates = _fates(case, plan)
    selected = {item.program for item in plan.selected} if plan else set()
    started = case.programs.loc[case.programs["program"].isin(selected), "new_systems"]
    retired = fates[fates["fate"] == "retired"]
    years = measure.horizon(case, scenario) if plan else ()
    return Systems(
        functions=_functions(fates),
        fates=fates,
        before=len(fates),
        new=int(started.fillna(0).sum()),
        retired=len(retired),
        freed=pd.Series(
            {year: float(retired.loc[retired["free_from"] <= year, "yearly_cost"].sum()) for year in years}
        ),
        unknown_costs=int(retired["yearly_cost"].isna().sum()),
    )


def _fates(case: Case, plan: Plan | None) -> pd.DataFrame:
    duration = case.programs.set_index("program")["duration"]
    choices = plan.choices if plan else ()
    free_from = {choice.program: choice.start + int(duration[choice.program]) for choice in choices}
    rows = case.program_systems[case.program_systems["program"].isin(free_from)]
    acts = dict(iter(rows.groupby("system")))
    fates = case.systems[["system", "name", "function", "region", "yearly_cost", "integrated"]].copy()
    found = [_fate(acts.get(system), free_from) for system in fates["system"]]
    columns = ["fate", "programs", "free_from", "disputed"]
    return fates.join(pd.DataFrame(found, columns=columns, index=fates.index))


def _fate(acts: pd.DataFrame | None, free_from: dict[str, int]) -> tuple[str, tuple[str, ...], float, bool]:
    if acts is None:
        return "kept", (), float("nan"), False
    retiring = list(acts.loc[acts["action"] == "retires", "program"])
    programs = tuple(dict.fromkeys(acts["program"]))
    if not retiring:
        return "reused", programs, float("nan"), False
    disputed = bool((acts["action"] == "reuses").any())
    return "retired", programs, float(min(free_from[program] for program in retiring)), disputed


def _functions(fates: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "function": function,
            "systems": len(group),
            "regions": tuple(dict.fromkeys(group["region"])),
            "yearly_cost": float(group["yearly_cost"].sum()),
            "left": int((group["fate"] != "retired").sum()),
        }
        for function, group in fates[fates["function"] != ""].groupby("function", sort=False)
        if len(group) > 1
    ]
    table = pd.DataFrame(rows, columns=["function", "systems", "regions", "yearly_cost", "left"])
    return table.sort_values("systems", ascending=False, kind="stable").reset_index(drop=True)
