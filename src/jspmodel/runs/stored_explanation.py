"""Why a plan is as it is, found once: kept beside the plan, so that a second look costs nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter

from jspmodel.case import Case
from jspmodel.intake import is_there
from jspmodel.plan import Plan
from jspmodel.runs.read_back import read_back
from jspmodel.runs.result_store import Kept
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal import (
    BudgetPresence,
    ExactFrontier,
    Explanation,
    budget_presence,
    explain,
)

EXPLANATION = "explanation.json"
_KIND = TypeAdapter(Explanation)
_PRESENCE = TypeAdapter(BudgetPresence)


def find_explanation(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    kept: Kept,
    progress: Callable[[str, float], None] | None = None,
) -> Explanation:
    """Return the explanation that is kept, else compute it and keep it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        Its answer.
    kept : Kept
        Under the key of both.
    progress : callable, optional
        As ``explain`` takes it; not called where the explanation is kept.

    Returns
    -------
    Explanation
        Not kept where the clock stopped the plan: another search may find another one.
    """
    codes = set(case.programs["program"])

    def fits(found: Explanation) -> bool:
        about = {item.program: item.selected for item in found.importance.programs}
        same = found.importance.objective == plan.objective
        return (
            same and about == {item.program: item.selected for item in plan.programs} and set(about) == codes
        )

    found = kept.read(EXPLANATION, _KIND, fits)
    if found is None:
        found = explain(case, scenario, plan, workers=scenario.solver.threads, progress=progress)
        if not plan.stopped_by_clock:
            kept.write(EXPLANATION, explanation_text(found))
    return found


def find_presence(
    case: Case,
    scenario: Scenario,
    frontier: ExactFrontier,
    program: str,
    kept: Kept,
    progress: Callable[[float], None] | None = None,
) -> BudgetPresence:
    """Return at which budgets a programme is in a best plan: as kept, else computed and kept.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    frontier : ExactFrontier
        Of both.
    program : str
        Code of a programme of the case.
    kept : Kept
        Under the key of both.
    progress : callable, optional
        As ``budget_presence`` takes it; not called where the answer is kept.

    Returns
    -------
    BudgetPresence
    """
    # A code may be no name of a file; the place of the programme in its table is one.
    name = f"presence-{list(case.programs['program']).index(program)}.json"
    ends = (program, scenario.budget_scale.all, frontier.least, frontier.most, frontier.money)

    def fits(found: BudgetPresence) -> bool:
        return (found.program, found.today, found.least, found.most, found.money) == ends

    found = kept.read(name, _PRESENCE, fits)
    if found is None:
        workers = scenario.solver.threads
        found = budget_presence(case, scenario, frontier, program, workers=workers, progress=progress)
        kept.write(name, _PRESENCE.dump_json(found, indent=2).decode())
    return found


def explanation_text(explanation: Explanation) -> str:
    """Return an explanation as ``explanation.json`` has it."""
    data = _KIND.dump_python(explanation, mode="json")
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_explanation(folder: Path) -> Explanation | None:
    """Read the explanation that a run has written.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Explanation or None
        None where the run has none.

    Raises
    ------
    RunError
        If the file is not as it was written.
    """
    file = folder / EXPLANATION
    return read_back(file, _KIND) if is_there(file) else None
