"""A case and a scenario together with the record of the very files that were read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jspmodel.case import Case
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.intake import case_of, find_scenario, load_with_warnings
from jspmodel.measure import require_plan_tables
from jspmodel.runs.fingerprints import input_hashes
from jspmodel.runs.record import new_record
from jspmodel.scenario import Scenario
from jspmodel.text import worded

READINGS = 20
"""How often input is read again that somebody saved meanwhile."""


def load_recorded(
    scenario_file: str | Path, changes: Mapping[str, object] | None = None
) -> tuple[Case, Scenario, dict[str, Any]]:
    """Load a case and a scenario, and record what was read.

    Parameters
    ----------
    scenario_file : str or Path
        As ``load`` takes it.
    changes : mapping of str to object, optional
        As ``load`` takes them.

    Returns
    -------
    case : Case
    scenario : Scenario
    record : dict
        As ``new_record`` returns it: of the very files that were read. Somebody may save a table while it is
        read; it is then read again, or an answer would be kept under the key of other figures.

    Raises
    ------
    DataError, ScenarioError
        As ``load`` raises.
    """
    case, scenario, record, _ = load_judged(scenario_file, changes or {})
    return case, scenario, record


def load_judged(
    scenario_file: str | Path, changes: Mapping[str, object]
) -> tuple[Case, Scenario, dict[str, Any], tuple[Problem, ...]]:
    """Load as ``load_recorded`` does, and return what is valid but odd too.

    Parameters
    ----------
    scenario_file, changes
        As ``load`` takes them.

    Returns
    -------
    case : Case
    scenario : Scenario
    record : dict
    warnings : tuple of Problem

    Raises
    ------
    DataError, ScenarioError
        As ``load`` raises; also where the case has no programmes, funds or budgets yet.
    RunError
        If it changes each time that it is read.
    """
    for _ in range(READINGS):
        before = _hashes_before(scenario_file)
        case, scenario, warnings = load_with_warnings(str(scenario_file), changes)
        require_plan_tables(case, warnings)
        record = new_record(case, scenario, Path(scenario_file), changes)
        if record["inputs"] == before:
            return case, scenario, record, warnings
    raise changing(case.folder or Path(scenario_file))


def changing(place: Path) -> RunError:
    """Return the error of input that is another each time it is read."""
    return worded(RunError, [Problem("changes_while_read", place.as_posix())])


def _hashes_before(scenario_file: str | Path) -> dict[str, str]:
    try:
        file = find_scenario(scenario_file)
        return input_hashes(case_of(file), file)
    except (JspError, OSError):  # ``load`` says what is wrong
        return {}
