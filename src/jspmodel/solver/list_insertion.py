"""Plans made by going through a list: each programme as early as it fits, with what it needs or not at all.

A serial schedule generation scheme: what a list has next is put in at the earliest start that keeps all rules
beside what is in already, and nothing is taken out again (Kolisch 1996, "Serial and parallel
resource-constrained project scheduling methods revisited").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from jspmodel.solver import neighbourhoods
from jspmodel.solver.benders import Benders
from jspmodel.solver.greedy import GROWTH, Gains, GreedyBuilder
from jspmodel.solver.matrix import NOISE, Array, ColumnMap, Matrix, Places
from jspmodel.solver.partial_solution import PartialSolution
from jspmodel.solver.relaxed_search import ONE_THREAD
from jspmodel.solver.structure import Structure


class ListInsertion:
    """Puts programmes into a plan, one after the other, as long as rules are kept and funds can pay.

    What is demanded of every plan is in it from the beginning, as far as that can be. Funds pay for all
    together, by a linear programme, not for each programme in turn.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    column_map : ColumnMap
    prefer : array, shape (columns,)
        Of columns that would help a row, and of regions that may join, the one of the largest figure is tried
        first.

    Attributes
    ----------
    allowed : callable or None
        Says of values of columns whether what is taken may stay, beside the rules; None: it may.
    steps : list of array of int
        The columns that were taken at a time, in order, each with what rows then asked for.
    """

    def __init__(self, matrix: Matrix, column_map: ColumnMap, prefer: Array) -> None:
        self._structure, self._prefer = Structure(matrix, column_map), prefer
        self._region = column_map.places[:, 0]
        self._payments = Benders(matrix, column_map.side, ONE_THREAD)
        self._stated = len(self._payments.matrix.row_lower)
        self._cuts = (self._payments.matrix.rows[:0], np.zeros(0))
        self._gains = Gains(self._structure)
        starts: dict[int, list[int]] = {}
        for block, program in enumerate(column_map.program.tolist()):
            starts.setdefault(program, []).append(block)
        self._starts = starts
        self.allowed: Callable[[Array], bool] | None = None
        nothing = np.zeros(len(matrix.cost))
        self._missed_at_first = self._payments.missed(self._payments.project(nothing))
        self.begin_again()

    def begin_again(self, steps: Sequence[Places] = ()) -> None:
        """Take nothing but what is demanded, then steps that were taken before."""
        self.allowed = None
        self.steps: list[Places] = []
        self._filled: set[int] = set()
        self._partial = PartialSolution(self._structure, self._prefer, self._settles)
        self._missed = self._missed_at_first
        if self._missed <= NOISE:
            self._partial.meet_demands()
        self._builder = GreedyBuilder(self._structure, self._gains, GROWTH, self._partial)
        if self._missed > NOISE:
            self._meet_payments()
            self._partial.meet_demands()
            self._builder.update()
            self.steps = []
        for columns in steps:
            self._take(columns)

    def _meet_payments(self) -> None:
        """Take what payments ask for that nothing pays yet, the preferred first, as long as less is missed.

        Where what is spent outside a plan misses a share, an empty plan misses it too.
        """
        first = self._structure.order[self._structure.first[:-1]]
        for block in np.argsort(-self._prefer[first], kind="stable").tolist():
            if self._missed <= NOISE:
                return
            if not self._taken(block) and not self._take(self._structure.of_block(block)):
                any(self._take(some) for some in self._fewest(block, None, anyone=True))

    @property
    def values(self) -> Array:
        """Values of all columns; only whole columns and what follows them are worked out."""
        return self._partial.values

    def begun(self, program: int) -> bool:
        """Return whether a programme is in the plan."""
        return any(self._taken(block) for block in self._starts[program])

    def insert(self, program: int, member: int | None = None, *, anyone: bool = False) -> bool:
        """Put a programme in, with what it needs; return whether that could be.

        With all who may join, at the earliest start at which they fit; else at the earliest at which it fits
        with those that rows ask for, the preferred ones; then with each further one that fits.

        Parameters
        ----------
        program : int
            Its number.
        member : int, optional
            The number of a region that must take part.
        anyone : bool
            Whether it may begin with any region, where it does not fit with the preferred ones.
        """
        if self.begun(program):
            return False
        starts = self._starts[program]
        whole = any(self._take(self._structure.of_block(block)) for block in starts)
        taken = whole or any(
            self._take(some) for block in starts for some in self._fewest(block, member, anyone)
        )
        if taken:
            self.fill()
        return taken

    def fill(self, *, again: bool = False) -> None:
        """Let all who may join what came in since join it, one after the other, as far as that fits.

        Parameters
        ----------
        again : bool
            Also what was in before.
        """
        for block in self._in():
            if again or block not in self._filled:
                self._filled.add(block)
                for column in self._by_preference(self._structure.of_block(block)[1:]):
                    if self.values[column] < neighbourhoods.HALF:
                        self._take(np.array([column]))

    def lift(self, level: float) -> bool:
        """Take what lifts the regions below a level most per rupiah; return whether all reach it."""
        reached = self._builder.lift(level)
        self._filled.update(self._in())
        return reached

    def reaches(self, level: float) -> bool:
        """Return whether the impact of each region reaches a level, in percent."""
        return self._builder.reaches(level)

    def gain(self, program: int, member: int | None) -> float:
        """Return what a programme, at its earliest start, would add now to what the plan is worth.

        Parameters
        ----------
        program : int
            Its number.
        member : int or None
            The number of a region: what it adds there. None: what it adds where no region may join it.

        Returns
        -------
        float
            0 where the region may not join, or, without one, where any may.
        """
        columns, gains = self._builder.gains(self._starts[program][0])
        if member is None:
            return float(gains[0]) if len(columns) == 1 else 0.0
        return float(gains[1:][self._region[columns[1:]] == member].sum())

    def _fewest(self, block: int, member: int | None, anyone: bool) -> Iterator[Places]:
        """Yield what to begin with: what rows ask for, and, if anyone will do, each region; or the member."""
        columns = self._structure.of_block(block)
        joins = columns[1:]
        if member is not None:
            joins = joins[self._region[joins] == member]
        else:
            yield columns[:1]
        for join in self._by_preference(joins) if anyone or member is not None else ():
            yield np.array([columns[0], join])

    def _by_preference(self, columns: Places) -> list[int]:
        return columns[np.argsort(-self._prefer[columns], kind="stable")].tolist()

    def _in(self) -> list[int]:
        return [block for block in range(len(self._structure.first) - 1) if self._taken(block)]

    def _taken(self, block: int) -> bool:
        return bool(self.values[self._structure.order[self._structure.first[block]]] > neighbourhoods.HALF)

    def _take(self, columns: Places) -> bool:
        if not self._partial.take(columns):
            return False
        self.steps.append(columns)
        self._builder.update()
        return True

    def _settles(self, values: Array) -> bool:
        """Return whether what is taken is allowed and can be paid."""
        if self.allowed is not None and not self.allowed(values):
            return False
        payments, (rows, most) = self._payments, self._cuts
        projected = payments.project(values)
        if self._missed > NOISE:
            missed = payments.missed(projected)
            less = missed < self._missed - NOISE
            self._missed = missed if less else self._missed
            return less
        if (rows @ projected > most + NOISE).any():
            return False  # like what could not be paid before
        if payments.complete(projected) is not None:
            return True
        if len(payments.matrix.row_lower) > self._stated + len(most):
            self._cuts = (payments.matrix.rows[self._stated :], payments.matrix.row_upper[self._stated :])
        return False
