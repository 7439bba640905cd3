"""The plan of a finished run: ``plan.json`` in its folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from jspmodel.plan import Plan
from jspmodel.runs.read_back import read_back

PLAN = "plan.json"
_KIND = TypeAdapter(Plan)


def read_run_plan(folder: Path) -> Plan:
    """Read the plan of a run.

    Parameters
    ----------
    folder : Path
        Folder of the run: anybody may have put files there.

    Returns
    -------
    Plan

    Raises
    ------
    RunError
        If there is none, or it is not as a run writes it.
    """
    return read_back(folder / PLAN, _KIND)
