"""The two ends of a difference: inputs with the plan that was found for them, from a run or from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from jspmodel.case import Case
from jspmodel.comparison.causes import PACKAGES
from jspmodel.comparison.compared_runs import Run, read_runs
from jspmodel.comparison.input_changes import Inputs
from jspmodel.errors import Problem, RunError
from jspmodel.intake import load_case
from jspmodel.plan import Plan
from jspmodel.proof import relative_gap
from jspmodel.runs import READINGS, changing, table_hashes
from jspmodel.scenario import Scenario
from jspmodel.selection import audit
from jspmodel.text import worded

Compared: TypeAlias = Run | str | Path | tuple[Case, Scenario] | tuple[Case, Scenario, Plan]
"""What can be an end: a run, the folder of one, or case and scenario, with the plan where it is known."""
_SAME = 1e-6


@dataclass(frozen=True, eq=False)
class End:
    """Inputs, and the plan that was found for them; None where it is still to be sought.

    ``versions`` are the packages that computed the plan in another version than this one.
    """

    label: str
    case: Case
    scenario: Scenario
    plan: Plan | None = None
    versions: tuple[str, ...] = ()

    @property
    def inputs(self) -> Inputs:
        """Case and scenario."""
        return self.case, self.scenario


def read_end(given: Compared | End) -> End:
    """Return an end with the very inputs that it had.

    Parameters
    ----------
    given : Run, str, Path, (Case, Scenario) or (Case, Scenario, Plan)
        Or an end that was read already.

    Returns
    -------
    End

    Raises
    ------
    DataError
        If there is no such folder.
    RunError
        If a folder is not that of one finished run, the tables that a run was made from are gone or have
        changed, or a plan is not one of its inputs.
    """
    if isinstance(given, End):
        return given
    if isinstance(given, tuple):
        plan = given[2] if len(given) == 3 else None
        end = End(given[1].name, given[0], given[1], plan)
    else:
        run = given if isinstance(given, Run) else _one(given)
        if run.scenario.replan.adopted:
            raise worded(RunError, [Problem("replanned_run", values={"run": run.label})])
        end = End(run.label, _recorded_case(run), run.scenario, run.plan, _other_versions(run))
    _require_its_plan(end)
    return end


def has_answer(plan: Plan) -> bool:
    """Whether a search found anything: an empty plan of which nothing is proven is no answer."""
    return relative_gap(plan.objective, plan.bound, plan.tolerance) is not None


def _one(place: str | Path) -> Run:
    runs: Sequence[Run] = read_runs([place])
    if len(runs) > 1:
        told = {"known": [run.label for run in runs]}
        raise worded(RunError, [Problem("several_runs", file=Path(place).as_posix(), values=told)])
    return runs[0]


def _recorded_case(run: Run) -> Case:
    """Read the tables of a run again, if they are still those that went in."""
    if run.source is None or not run.source.is_dir():
        raise worded(RunError, [Problem("inputs_gone", values={"run": run.label})])
    for _ in range(READINGS):
        before = table_hashes(run.source)
        changed = sorted(name for name in {*before, *run.tables} if before.get(name) != run.tables.get(name))
        if changed:
            raise worded(RunError, [Problem("changed_since_run", file=name) for name in changed])
        case = load_case(run.source)
        if table_hashes(run.source) == before:  # nobody saved a table while it was read
            return case
    raise changing(run.source)


def _other_versions(run: Run) -> tuple[str, ...]:
    return tuple(name for name in PACKAGES if run.packages.get(name, version(name)) != version(name))


def _require_its_plan(end: End) -> None:
    """Make sure that a plan that is known is one of these inputs, and found at all."""
    plan = end.plan
    if plan is None:
        return
    if not has_answer(plan):
        raise worded(RunError, [Problem("end_without_plan", values={"run": end.label})])
    floor = 0.0 if plan.equity is None else plan.equity.floor
    judged = audit(*end.inputs, plan.choices, plan.funding, floor=floor)
    proposed = {item.program for item in plan.programs} == {*end.case.programs["program"]}
    if not (judged.passed and proposed and abs(judged.objective - plan.objective) <= _SAME):
        raise worded(RunError, [Problem("plan_of_other_inputs", values={"run": end.label})])
