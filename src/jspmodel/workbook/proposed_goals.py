"""Goals of an RPJMD among the indicators of a case, what they do not say left to fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jspmodel.errors import Problem
from jspmodel.intake import Sheet
from jspmodel.workbook.already_there import rows_of
from jspmodel.workbook.proposed_rows import Proposed, Row, appended, issues_by_text, new_codes
from jspmodel.workbook.rpjmd import Goal

_MOST_COUNTED = 99
"""Up to here a year is counted from the start of its plan, which does not say which year that is."""


def add_goals(sheets: Mapping[str, Sheet], goals: Sequence[Goal], file: str = "") -> Proposed:
    """Put the goals of an RPJMD at the end of the indicators of a case.

    The last year's target counts; the others, mission, goal and objective are kept in the column ``source``.
    The issue is found by its name or objective; whether lower or higher is better stays blank.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        The tables of the case.
    goals : sequence of Goal
    file : str
        Name of the list, of which notes are.

    Returns
    -------
    Proposed
    """
    had = rows_of(sheets.get("indicators"))
    there = {row["name_id"].casefold(): row for row in had if row.get("name_id")}
    issues = issues_by_text(sheets["issues"]) if "issues" in sheets else {}
    new: list[Goal] = []
    notes: list[Problem] = []
    first: dict[object, int] = {}
    for goal in goals:
        if known := there.get(goal.texts["indicator"].casefold()):
            notes.append(_known_goal(goal, known, file))
            continue
        key = goal.texts["indicator"].casefold(), goal.texts["objective"], *goal.targets.items()
        if first.setdefault(key, goal.row) != goal.row:
            notes.append(Problem("goal_twice", file, goal.row, values={"first": first[key]}, warning=True))
        new.append(goal)
    codes = {row["indicator"]: "" for row in had}
    rows = [_indicator(code, goal, issues) for code, goal in zip(new_codes("R", codes), new, strict=False)]
    known_names = tuple(goal.texts["indicator"] for goal in goals if goal not in new)
    tables = {**sheets, "indicators": appended(sheets.get("indicators"), "indicators", rows)}
    return Proposed(tables, {"indicators": len(rows)}, known_names, notes=tuple(notes))


def _year(year: int) -> str:
    return str(year) if year > _MOST_COUNTED else f"tahun ke-{year}"


def _known_goal(goal: Goal, known: Row, file: str) -> Problem:
    """Return what is told of a goal whose indicator the case has: whether its target is another."""
    target, had = (goal.targets[max(goal.targets)] if goal.targets else ""), known.get("target", "")
    if target and had and float(target) != float(had):
        values = {"code": known["indicator"], "target": float(target), "had": float(had)}
        return Problem("goal_differs", file, goal.row, values=values, warning=True)
    return Problem("row_known", file, goal.row, values={"code": known["indicator"]}, warning=True)


def _indicator(code: str, goal: Goal, issues: Mapping[str, str]) -> Row:
    last = max(goal.targets, default=None)
    texts = goal.texts
    others = [f"{_year(year)}: {text}" for year, text in goal.targets.items() if text and year != last]
    kept = [texts["mission"], texts["goal"], texts["objective"], *others]
    return {
        "indicator": code,
        "issue": issues.get(texts["objective"].casefold(), ""),
        "name_id": texts["indicator"],
        "unit": texts.get("unit", ""),
        "target": "" if last is None else goal.targets[last],
        "target_year": str(last) if last and last > _MOST_COUNTED else "",
        "source": "; ".join([f"RPJMD, baris {goal.row}", *(text for text in kept if text)]),
    }
