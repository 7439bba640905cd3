"""The plan of a finished run: ``plan.json`` in its folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from jspmodel.intake import LARGEST_PLAN, read_if_regular
from jspmodel.plan import Plan
from jspmodel.runs.record import not_a_run

PLAN = "plan.json"


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
    data = read_if_regular(folder / PLAN, LARGEST_PLAN)
    if data is None:
        raise not_a_run(folder, PLAN)
    try:
        return Plan.model_validate_json(data)
    except ValidationError as error:
        raise not_a_run(folder, f"{PLAN}: {str(error).splitlines()[0]}") from error
