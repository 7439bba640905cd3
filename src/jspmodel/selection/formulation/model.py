"""The model over the arrays that the solver holds: PuLP's variables are columns, rows go by name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import pulp

from jspmodel.scenario import Solver
from jspmodel.selection.formulation.arrays import read_arrays
from jspmodel.selection.formulation.statement import Formulation
from jspmodel.selection.variables import Rows
from jspmodel.solver import Array, Effort, Matrix, Options, Quiet, SearchResult, Session

Key = TypeVar("Key", bound=Hashable)


def solver_name() -> str:
    """Return the solver and its version, and what states the model."""
    return f"HiGHS {Quiet().version()} (PuLP {pulp.__version__})"


class Model:
    """A maximisation over variables: stated once, then changed and solved again.

    Parameters
    ----------
    stated : Formulation or LpProblem
        Its rows are read as they are stated, some at a time: for a large model PuLP's objects take several
        times the room of its arrays, and the garbage collector would go through all of them again and again.
    settings : Solver

    Attributes
    ----------
    columns : dict of int to int
        The column of each variable that is used, by its hash.
    rows : dict of str to int
        The place of each row, by its name.
    options : Options

    Raises
    ------
    ValueError
        If two rows have the same name.
    """

    def __init__(self, stated: Formulation | pulp.LpProblem, settings: Solver) -> None:
        rows = stated.rows() if isinstance(stated, Formulation) else _named_rows(stated)
        matrix, self.columns, self.rows = read_arrays(stated.objective, rows)
        self.options = Options(settings.threads, settings.seed)
        self._session = Session(matrix, self.options)

    @property
    def matrix(self) -> Matrix:
        """The model as arrays, with all changes that last."""
        return self._session.matrix

    def read(self, values: Array, variables: Mapping[Key, pulp.LpVariable]) -> dict[Key, float]:
        """Return the values of variables; one that the model does not use is 0.

        Parameters
        ----------
        values : array, shape (columns,)
        variables : mapping of key to LpVariable

        Returns
        -------
        dict of key to float
        """
        places = ((key, self.columns.get(variable.hash)) for key, variable in variables.items())
        return {key: 0.0 if place is None else float(values[place]) for key, place in places}

    def maximise(self, gap: float, effort: Effort | None = None) -> SearchResult:
        """Search for the best solution; see ``Session.maximise``."""
        return self._session.maximise(gap, effort)

    def relax(self, effort: Effort | None = None) -> SearchResult:
        """Solve the relaxation; see ``Session.relax``."""
        return self._session.relax(effort)

    def set_bounds(
        self, bounds: Iterable[tuple[pulp.LpVariable, float, float]], *, lasting: bool = False
    ) -> None:
        """Change the bounds of variables, until ``reset_bounds`` unless lasting."""
        known = [(self.columns[v.hash], low, high) for v, low, high in bounds if v.hash in self.columns]
        if known:
            columns, low, high = (np.array(part) for part in zip(*known, strict=True))
            self._session.set_bounds(columns, low.astype(float), high.astype(float), lasting=lasting)

    def reset_bounds(self) -> None:
        """Take back what ``set_bounds`` changed, unless it lasts."""
        self._session.reset_bounds()

    def set_objective(self, objective: Mapping[pulp.LpVariable, float]) -> None:
        """Change what is maximised."""
        cost = np.zeros(len(self.matrix.cost))
        for variable, factor in objective.items():
            cost[self.columns[variable.hash]] = factor
        self._session.set_cost(cost)

    def set_matrix(self, matrix: Matrix) -> None:
        """Go on with another matrix of the same columns and rows."""
        self._session.set_matrix(matrix)

    def add(self, most: float, rows: Mapping[str, float]) -> int:
        """Add a continuous column from 0 to a bound, worth nothing, with its coefficients by row.

        It has no variable: those are known by their hash, which another one has once they are gone.

        Returns
        -------
        int
            Its place.
        """
        self._session.add_column(most, {self.rows[name]: factor for name, factor in rows.items()})
        return len(self.matrix.cost) - 1


def _named_rows(problem: pulp.LpProblem) -> Rows:
    return ((row.name, row) for row in problem.constraints())
