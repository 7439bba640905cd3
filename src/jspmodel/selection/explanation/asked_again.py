"""A model that is asked again from a plan, with leeway that bounds of added columns give or take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from jspmodel.case import Case
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation.prices import hold_floor, other_settings
from jspmodel.selection.formulation import Formulation, Model, read_column_map
from jspmodel.selection.objectives import tie, worth_of
from jspmodel.selection.search import hold, read_choices
from jspmodel.solver import Array, SearchRequest, SearchResult, Worker, effort_units

SHARE = 0.25
"""Share of the scenario's effort for each question."""


class AskedAgain:
    """A stated model to which columns are added, then searched with other upper bounds.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: each search starts from it or better.
    formulation : Formulation
        Of both.

    Attributes
    ----------
    formulation : Formulation
    model : Model
    """

    def __init__(self, case: Case, scenario: Scenario, plan: Plan, formulation: Formulation) -> None:
        self.formulation, self._plan = formulation, plan
        self.model = Model(formulation, scenario.solver)
        self._scenario, self._worth = scenario, worth_of(case, scenario)

    def begin(
        self, worker: Worker, choices: Sequence[Choice] | None = None, share: float = SHARE
    ) -> SearchResult:
        """Load the model with all its columns into a worker; return a plan as values of all columns.

        Parameters
        ----------
        worker : Worker
        choices : sequence of Choice, optional
            Of another plan that is possible, and better; default: of the plan.
        share : float
            Of the scenario's effort, for each question.

        Raises
        ------
        SolverError
            If the plan is of other settings.
        """
        hold_floor(self.formulation, self.model, self._plan)
        solver, self._worker = self._scenario.solver, worker
        self._work = share * effort_units(solver.effort, self.model.matrix.entries)
        self._seconds, self._gap = solver.time_limit or inf, solver.gap / 5
        self._column_map = read_column_map(self.formulation, self.model)
        worker.load(self.model.matrix, self._column_map, self.model.options)
        known = self._plan.choices if choices is None else choices
        hold(self.formulation, self.model, known)
        result = self.model.maximise(0.0)
        self.model.reset_bounds()
        if result.values is None:
            raise other_settings()
        worth = self._plan.objective if choices is None else self._worth(known)
        return replace(result, objective=worth, bound=self._plan.bound)

    def choices(self, found: SearchResult) -> tuple[Choice, ...]:
        """Return what a plan carries out."""
        variables = self.formulation.variables
        return read_choices(found.solution, variables.start, variables.join, self._column_map)

    def seek(self, upper: Array, best: SearchResult, bound: float) -> SearchResult:
        """Seek the best plan with other upper bounds, from one that is possible with them.

        Parameters
        ----------
        upper : array, shape (columns,)
        best : SearchResult
        bound : float
            What no such plan exceeds.

        Returns
        -------
        SearchResult
            Its objective is by the measure.
        """
        matrix = self.model.matrix
        request = SearchRequest(
            matrix.cost,
            matrix.lower,
            upper,
            self._work,
            self._gap,
            best.values,
            bound=bound,
            seconds=self._seconds,
        )
        result = self._worker.search(request)
        worth, limit = self._worth(self.choices(result)), result.bound + tie(self.formulation.inputs)
        return replace(result, objective=worth, bound=limit)
