"""The model as it is searched: without payments, one column a coalition, with cuts, where it is not large."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import numpy as np

from jspmodel.solver.benders import Benders
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.cutting_planes import relax_with_cuts
from jspmodel.solver.fund_sets import FundSets
from jspmodel.solver.funding_cuts import FundingCuts
from jspmodel.solver.highs import LARGE, Options, RelaxationResult, new_highs, state_relaxed
from jspmodel.solver.matrix import NO_SIDE, Array, ColumnMap, Matrix, with_rows, with_some_rows


class Reformulation:
    """A matrix, and what is searched in its place.

    Up to ``LARGE`` coefficients, payments are left out (see ``Benders``) and coalitions listed (see
    ``Coalitions``), once its relaxation is known. Larger models are searched as they are stated.

    Parameters
    ----------
    original : Matrix
        With finite bounds of columns.
    column_map : ColumnMap
    options : Options

    Attributes
    ----------
    large : bool
    cost : array
        Of the original's columns.
    matrix : Matrix
        What bounds all plans: it takes in cuts on the way.
    searched : Matrix
        What is searched for plans, of the same columns: with rows about sets of funds in place of sums of
        payments, where these say the same (see ``FundSets``).
    column_map : ColumnMap
        Of the original's columns, without payments where they are left out.
    program : array of int, shape (columns,)
        The programme of each column of ``matrix``; -1 for none.
    """

    def __init__(self, original: Matrix, column_map: ColumnMap, options: Options) -> None:
        self.large = original.entries > LARGE
        self.matrix, self.cost, self._options = original, original.cost, options
        self.column_map, self.program = column_map, column_map.owner
        self._benders = Benders(original, NO_SIDE if self.large else column_map.side, options)
        self._coalitions: Coalitions | None = None
        self._sets: FundSets | None = None

    @property
    def searched(self) -> Matrix:
        """What is searched for plans."""
        return self.matrix if self._sets is None else self._sets.in_place_of_sums(self.matrix)

    def reformulate(self, relaxed: RelaxationResult, seconds: float) -> list[RelaxationResult]:
        """Leave payments out, list coalitions, add cuts while they lower the bound.

        Parameters
        ----------
        relaxed : RelaxationResult
            The relaxation of the original.
        seconds : float
            Safety net.

        Returns
        -------
        list of RelaxationResult
            The relaxation after each round of cuts; the last is that of ``matrix`` as it is then.
        """
        self._benders.add_cuts(relaxed.duals)
        self.column_map = self.column_map.among(self._benders.kept, self._benders.sums)
        self._coalitions = Coalitions(self._benders.matrix, self.column_map)
        self.matrix, self.program = self._coalitions.matrix, self._coalitions.program
        self._learned = len(self._benders.matrix.row_lower)
        listed, sums = self.program[: self._coalitions.listed], self._benders.sums
        funding = FundingCuts(self.matrix, listed, sums)
        if funding.exact:
            self._sets = FundSets(funding, sums, self._benders, self._coalitions)
        return self._with_cuts(funding, seconds)

    def _with_cuts(self, funding: FundingCuts, seconds: float) -> list[RelaxationResult]:
        """Add rows that plans keep and the relaxation breaks; those that do not press on it are dropped."""
        highs, stated = new_highs(self._options, seconds), len(self.matrix.row_lower)
        state_relaxed(highs, self.matrix)
        self.matrix, relaxations = relax_with_cuts(highs, self.matrix, funding)
        duals = relaxations[-1].duals
        if self._sets is not None and not relaxations[-1].infeasible:
            self._sets.priced(duals)
        kept = np.flatnonzero((np.arange(len(duals)) < stated) | (duals != 0))
        self.matrix = with_some_rows(self.matrix, kept)
        return [*relaxations[:-1], replace(relaxations[-1], duals=duals[kept])]

    def project(self, values: Array) -> Array:
        """Return a solution of the original in the columns of ``matrix``."""
        inside = self._benders.project(values)
        return inside if self._coalitions is None else self._coalitions.project(inside)

    def complete(self, values: Array, *, bounds: bool = False) -> Array | None:
        """Return a solution in all columns, paid; if it cannot be, add rows that exclude it.

        Parameters
        ----------
        values : array
            A solution of ``searched``, or of ``matrix``.
        bounds : bool
            Whether rows are added to ``matrix``, where others would do for ``searched``.

        Returns
        -------
        array, shape (columns of the original,), or None
        """
        whole = values if self._coalitions is None else self._coalitions.expand(values)
        learns = self._sets is not None and not bounds
        completed = self._benders.complete(whole, cut=not learns)
        if completed is None and not (learns and self._broken(whole, values)):
            if learns:  # no set says what is wrong
                self._benders.complete(whole)
            self._take_over_cuts()
        return completed

    def _broken(self, whole: Array, values: Array) -> bool:
        """Add rows to what is searched that exclude a solution; return whether there are any."""
        assert self._sets is not None  # noqa: S101
        return self._sets.broken(self.matrix, values, self._benders.violated(whole))

    def learn(self, other: Reformulation) -> None:
        """Take over what a search beside found to exclude."""
        if self._sets is not None and other._sets is not None:
            self._sets.learn(other._sets)

    def _take_over_cuts(self) -> None:
        if self._coalitions is not None:
            new, stated = slice(self._learned, None), self._benders.matrix
            self._learned = len(stated.row_lower)
            rows = (stated.rows[new] @ self._coalitions.onto).tocsr()
            self.matrix = with_rows(self.matrix, rows, stated.row_lower[new], stated.row_upper[new])

    def fork(self) -> Reformulation:
        """Return another one of the same cuts, for a search beside."""
        other = copy(self)
        other._benders = self._benders.fork()
        other._sets = None if self._sets is None else self._sets.fork()
        return other
