"""The steps of a run: compute once what the scenario means, explain it where asked, render it for people.

What else a run is to write is one more line in ``compute`` or ``explain`` (results that cost computing,
written for the report to read) or in ``render`` (files for people, made from results).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread

from jspmodel.batch.job import TellQuestion
from jspmodel.case import Case
from jspmodel.intake import plan_text
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.runs import (
    EXPLANATION,
    PLAN,
    Keeper,
    Kept,
    explanation_text,
    find_explanation,
    find_plan,
    find_sensitivity,
    write_sensitivity,
)
from jspmodel.scenario import Language, Scenario
from jspmodel.selection import Step, Watch
from jspmodel.selection.postoptimal import is_worthless


@dataclass(frozen=True, eq=False)
class Work:
    """What a run works on.

    Attributes
    ----------
    folder : Path
        Where to write; holds ``run.json`` already, and ``plan.json`` after ``compute``.
    case : Case
    scenario : Scenario
    languages : sequence of {"id", "en"}
        Reports to write.
    kept : Kept
        What is known already.
    explain : bool
        Whether to find out why the plan is as it is, too.
    """

    folder: Path
    case: Case
    scenario: Scenario
    languages: Sequence[Language]
    kept: Kept
    explain: bool = False


def compute(
    work: Work, keeper: Keeper, watch: Watch | None = None, asked: TellQuestion | None = None
) -> Plan:
    """Select programmes, unless the plan is known, and write the results that the report reads.

    Meanwhile what is to render them wakes up: the search takes one core, and this process waits for it.

    Parameters
    ----------
    work : Work
    keeper : Keeper
        Gets the kernel ready that will run the notebook.
    watch : callable, optional
        Told now and then how far the selection is, as ``select_programs`` does.
    asked : callable, optional
        Told which question beyond the plan is under way, and how much of it is done.

    Returns
    -------
    Plan

    Raises
    ------
    JspError
        As ``select_programs`` raises.
    """
    with computed_once():
        plan = find_plan(work.case, work.scenario, work.kept, _waking(keeper, watch))
        sensitivity = find_sensitivity(work.case, work.scenario, plan, work.kept, asked)
    (work.folder / PLAN).write_text(plan_text(plan), encoding="utf-8")
    write_sensitivity(sensitivity, work.folder)
    return plan


def explain(work: Work, plan: Plan, asked: TellQuestion | None = None) -> None:
    """Find out why a plan is as it is, unless that is known, and write it for the report to read.

    Nothing is written of a plan that brings nothing: its report does without.

    Parameters
    ----------
    work : Work
    plan : Plan
    asked : callable, optional
        Told how far it is.
    """
    if is_worthless(plan):
        return
    with computed_once():
        found = find_explanation(work.case, work.scenario, plan, work.kept, asked)
    (work.folder / EXPLANATION).write_text(explanation_text(found), encoding="utf-8")


def _waking(keeper: Keeper, watch: Watch | None) -> Watch:
    """Return a watch that, once the search is under way, wakes up what renders."""
    awake = False

    def told(step: Step) -> None:
        nonlocal awake
        if not awake:
            awake = True
            keeper.kernel()  # imports by itself what the notebook needs
            Thread(target=import_module, args=("jspmodel.documents.run_report",)).start()
        if watch:
            watch(step)

    return told


def render(work: Work, plan: Plan, keeper: Keeper) -> None:
    """Write what people read.

    Parameters
    ----------
    work : Work
    plan : Plan
    keeper : Keeper
        Has the kernel for the notebook.

    Raises
    ------
    RunError
        If the notebook fails.
    """
    kernel = keeper.kernel()  # imports by itself what the notebook needs, while this imports what renders
    from jspmodel.documents import write_reports

    write_reports(work.folder, work.languages, kernel)
