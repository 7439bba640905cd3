"""A plan that came back: the workbook that a run wrote, with what officials changed in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import CaseNames, one_kind_a_cell
from jspmodel.measure import horizon, yearly_costs
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.text import worded
from jspmodel.workbook.plan_grid import EditedSheet, read_edited
from jspmodel.workbook.plan_merging import PlanMerger
from jspmodel.workbook.plan_payments import Payments, changed_payments, read_payments
from jspmodel.workbook.plan_rows import (
    JoinedSaid,
    Place,
    ProposalSaid,
    read_joined,
    read_proposals_said,
)


@dataclass(frozen=True)
class BroughtPlan:
    """A plan that somebody brings.

    Attributes
    ----------
    choices : tuple of Choice
    left : mapping of str to str
        How each programme that is not taken up is marked in a workbook: ``struck``, ``no``; one whose row is
        not there is not here.
    warnings : tuple of Problem
    """

    choices: tuple[Choice, ...]
    left: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class EditedWorkbook:
    """The workbook of a plan that came back, read but not yet laid beside the plan that it began as."""

    said: Mapping[str, ProposalSaid] | None
    joined: Mapping[str, JoinedSaid] | None
    payments: Payments
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    def check(self, case: Case, scenario: Scenario) -> None:
        """Raise what is wrong whatever plan the workbook began as; takes what ``settle`` takes.

        Raises
        ------
        DataError
            With every such problem at once, each with sheet, cell and what mends it.
        """
        merger = PlanMerger(case, scenario, None, self.said, self.joined, self.places)
        self._raise([*self.problems, *merger.certain_problems()], self.warnings)

    def _raise(self, problems: Sequence[Problem], warnings: Sequence[Problem]) -> None:
        if problems:
            raise worded(DataError, [*one_kind_a_cell(problems, _cell), *warnings])

    def settle(self, case: Case, scenario: Scenario, ours: Plan) -> BroughtPlan:
        """Return the plan that officials made of one of ours.

        Parameters
        ----------
        case : Case
        scenario : Scenario
        ours : Plan
            Where the two sheets differ, the one that differs from this plan was changed.

        Returns
        -------
        BroughtPlan
            In the order of the case's programmes.

        Raises
        ------
        DataError
            With every problem at once, each with sheet, cell and what mends it.
        """
        merger = PlanMerger(case, scenario, ours, self.said, self.joined, self.places)
        choices = tuple(merger.choices())
        warnings = (*self.warnings, *self._typed_costs(case, scenario, choices))
        if "funding" in self.places:
            taken = {choice.program for choice in choices}
            warnings += tuple(changed_payments(self.payments, ours, taken, self.places["funding"]))
        self._raise([*self.problems, *merger.problems], warnings)
        left = {program: one.how for program, one in (self.said or {}).items() if one.how}
        return BroughtPlan(choices, left, warnings)

    def _typed_costs(self, case: Case, scenario: Scenario, choices: Iterable[Choice]) -> Iterator[Problem]:
        """Warn where somebody typed a cost that is not what the tables come to: it does not count."""
        years = horizon(case, scenario)
        for choice in choices:
            row = self.said[choice.program].row if self.said else None
            if row is None or "budget" in row.formulas or not row.texts["budget"]:
                continue
            typed, cost = row.texts["budget"], float(yearly_costs(case, choice, years).to_numpy().sum())
            if not row.has_money(cost):
                place = self.places["plan"]
                told = place.problem("plan_cost_typed", row, "budget", value=typed, cost=cost)
                yield replace(told, warning=True)


def read_edited_workbook(file: Path, case: Case) -> EditedWorkbook:
    """Read the workbook of a plan with what officials changed in it.

    Parameters
    ----------
    file : Path
        XLSX, of any program, that began as one that ``write_plan`` wrote. Rows may be struck out, deleted,
        marked with a no, added, sorted, hidden; sheets and columns may be moved and added, sheets renamed.
    case : Case

    Returns
    -------
    EditedWorkbook

    Raises
    ------
    DataError
        If there is nothing to read: no workbook, a broken one, one that could do harm, no plan in it.
    """
    sheets, unused, problems = read_edited(file)
    codes = CaseNames(case)
    places = {kind: Place(file.name, sheet) for kind, sheet in sheets.items()}
    said: dict[str, ProposalSaid] | None = None
    joined: dict[str, JoinedSaid] | None = None
    if "plan" in sheets:
        said, found = read_proposals_said(sheets["plan"], places["plan"], codes)
        problems += found
    if "participants" in sheets:
        joined, found = read_joined(sheets["participants"], places["participants"], codes)
        problems += found
    payments = read_payments(sheets["funding"], codes) if "funding" in sheets else {}
    warnings = (*unused, *_shape_warnings(sheets, places))
    return EditedWorkbook(said, joined, payments, places, tuple(problems), warnings)


def _cell(problem: Problem) -> Hashable:
    return problem.file, problem.cell or id(problem)


def _shape_warnings(sheets: Mapping[str, EditedSheet], places: Mapping[str, Place]) -> Iterator[Problem]:
    for kind, sheet in sheets.items():
        file = places[kind].file
        if sheet.hidden:
            yield Problem("plan_hidden_sheet", file, warning=True)
        if hidden := [row.number for row in sheet.rows if row.hidden]:
            yield Problem(
                "plan_hidden_rows", file, values={"rows": hidden[:20], "count": len(hidden)}, warning=True
            )
        if sheet.unread:
            yield Problem(
                "plan_columns_unread", file, values={"headings": list(sheet.unread[:20])}, warning=True
            )
