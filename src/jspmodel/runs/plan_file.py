"""The plan of a finished run: ``plan.json`` in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.runs.read_back import read_back, unreadable_run

PLAN = "plan.json"
_KIND = TypeAdapter(Plan)


def read_run_plan(folder: Path, outputs: Mapping[str, str] = MappingProxyType({})) -> Plan:
    """Read the plan of a run.

    Parameters
    ----------
    folder : Path
        Folder of the run: anybody may have put files there.
    outputs : mapping of str to str
        The contents that the run's record names, as sha256 by file.

    Returns
    -------
    Plan

    Raises
    ------
    RunError
        If there is none, it is not as a run writes it, or another than the record names.
    """
    return read_back(folder / PLAN, _KIND, outputs.get(PLAN))


def check_codes(plan: Plan, case: Case, folder: Path) -> None:
    """Raise ``RunError`` where the plan of a run names what its case does not have.

    Parameters
    ----------
    plan : Plan
    case : Case
    folder : Path
        Of the run.
    """
    programs, regions, funds = (
        set(frame[key])
        for frame, key in ((case.programs, "program"), (case.regions, "region"), (case.funds, "fund"))
    )
    named = {
        "programs": programs.issuperset(item.program for item in plan.programs)
        and regions.issuperset(region for item in plan.programs for region in item.regions),
        "funding": programs.issuperset(item.program for item in plan.funding)
        and funds.issuperset(item.fund for item in plan.funding),
        "regions": regions.issuperset(item.region for item in plan.regions),
    }
    if unknown := [place for place, is_known in named.items() if not is_known]:
        raise unreadable_run(folder / PLAN, "not_as_written", unknown[0])
