"""The plan of a scenario, found once: the one door through which notebooks, commands and runs get it."""

from __future__ import annotations

from pydantic import TypeAdapter

from jspmodel.case import Case
from jspmodel.intake import plan_text
from jspmodel.plan import Plan
from jspmodel.runs.plan_file import PLAN
from jspmodel.runs.result_store import Kept
from jspmodel.scenario import Scenario
from jspmodel.selection import Watch, select_programs

_KIND = TypeAdapter(Plan)


def find_plan(case: Case, scenario: Scenario, kept: Kept, progress: Watch | None = None) -> Plan:
    """Return the plan that is kept, else select programmes and keep the plan.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    kept : Kept
        Under the key of both.
    progress : callable, optional
        As ``select_programs`` takes it; not called where the plan is kept.

    Returns
    -------
    Plan
        One that the clock stopped is not kept: another search may find a better one.

    Raises
    ------
    JspError
        As ``select_programs`` raises.
    """

    def fits(plan: Plan) -> bool:
        programs = {item.program for item in plan.programs}
        named = (plan.case, plan.scenario) == (case.name, scenario.name)
        return named and programs == set(case.programs["program"])

    plan = kept.read(PLAN, _KIND, fits)
    if plan is None:
        plan = select_programs(case, scenario, progress)
        if not plan.stopped_by_clock:
            kept.write(PLAN, plan_text(plan))
    return plan
