"""A plan that somebody brings, as whatever file it comes: a workbook, a run's ``plan.json``, a CSV table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import find_input, load_choices, load_plan, unknown_code, unreadable_file
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.text import worded
from jspmodel.workbook.plan_reading import BroughtPlan, read_edited_workbook

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, new ones and old ones."""


def open_brought(file: str | Path, case: Case, scenario: Scenario) -> Callable[[Plan], BroughtPlan]:
    """Read a plan that somebody brings.

    Parameters
    ----------
    file : str or Path
        The workbook that a run or ``solve --excel`` wrote, with what officials changed in it; ``plan.json``
        or the folder of a run; CSV as ``solve --csv`` writes it. Told apart by what they hold.
    case : Case
    scenario : Scenario

    Returns
    -------
    callable
        Of our plan for the scenario, which tells what was changed in a workbook: of two sheets that differ,
        one; raises ``DataError`` with what is wrong beside that plan.

    Raises
    ------
    DataError
        If the file cannot be read, is no plan of this case, or says what is wrong whatever our plan is: that
        is told before a search for it.
    """
    path = find_input(file)
    if path.is_dir() or _begin(path).lstrip().startswith(b"{"):
        brought = _of_plan(load_plan(path), path, case)
    elif _begin(path).startswith(_WORKBOOKS):
        edited = read_edited_workbook(path, case)
        edited.check(case, scenario)
        return partial(edited.settle, case, scenario)
    else:
        brought = BroughtPlan(load_choices(path, case))
    return lambda _ours: brought


def _begin(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as error:
        raise unreadable_file("unreadable", path.name) from error


def _of_plan(plan: Plan, path: Path, case: Case) -> BroughtPlan:
    values = {"plan": plan.case, "case": case.name}
    other = [Problem("plan_other_case", path.name, values=values)] if plan.case != case.name else []
    if problems := list(_unknown(plan.choices, path, case)):
        raise worded(DataError, other or problems)
    return BroughtPlan(plan.choices, {}, tuple(replace(one, warning=True) for one in other))


def _unknown(choices: Sequence[Choice], path: Path, case: Case) -> Iterator[Problem]:
    programs, regions = case.names("programs", "id"), case.names("regions", "id")
    for choice in choices:
        yield from unknown_code(choice.program, "programs", programs, "program", path.name)
        for region in choice.regions:
            yield from unknown_code(region, "regions", regions, "regions", path.name)
