"""Plans before any search, without a relaxation: what gains most per rupiah is taken first, while it fits.

A start is taken with the regions that make it gain most per rupiah; later further regions join. Gains fall as
effects level off, so that a gain worked out before is rarely below what it is now, and few are worked out
again (lazy evaluation: Minoux 1978, "Accelerated greedy algorithms for maximizing submodular set functions").
A rupiah counts the more, the less is left of its year: its price grows as a power of the share that is used
(Azar and Gamzu 2012, "Efficient submodular function maximization under linear packing constraints").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from scipy import sparse

from jspmodel.solver.matrix import NOISE, Array, ColumnMap, Matrix, Places
from jspmodel.solver.partial_solution import PartialSolution
from jspmodel.solver.structure import Structure, entries

GROWTH = 10.0
"""How many times as much the last rupiah of a year counts as the first; once where a relaxation is known."""
LEAST_TRUST = 0.3
"""What a gain counts that the relaxation makes no use of, one of which it makes all use counting 1 more."""
LEVELS = 20
"""Steps in which the worst-off region is lifted where nothing else is asked for."""
AGAIN = 2
"""So often what did not fit is tried again after something else was taken."""
MOVE = 2e-4
"""Units of work of a move that is worked out."""
OVERFULL = 99.0
"""Share of a purse at which its price stops to rise: of an empty one anything is endlessly much."""
LEAST = 1e-12
"""Added to what is divided by."""


def build_plan(
    matrix: Matrix, column_map: ColumnMap, relaxed: Array | None = None
) -> tuple[Array | None, float]:
    r"""Build a plan from nothing.

    What is demanded is taken first. Where the worst-off region must reach a floor, or is all that counts, the
    regions below are lifted next, then what gains most for all is taken.

    Where a relaxation is known, what a column gains counts ``LEAST_TRUST`` + sqrt(x) times, x being its value
    there: most of a start that is split over years, or of regions that take part by halves, is of use in a
    whole plan too.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    column_map : ColumnMap
    relaxed : array, shape (columns,), optional
        A solution of its relaxation.

    Returns
    -------
    array of shape (columns,), or None, and float
        A solution of all rows, if that came of it, and the units of work that it took.
    """
    structure = Structure(matrix, column_map)
    if relaxed is None:
        builder = GreedyBuilder(structure, Gains(structure), GROWTH)
    else:
        trust = LEAST_TRUST + np.sqrt(np.clip(relaxed, 0.0, 1.0))
        builder = GreedyBuilder(structure, Gains(structure), 1.0, trust=trust)
    values = builder.plan()
    legal = matrix.bounds_hold(values) and matrix.rows_hold(values)
    return (values if legal else None), MOVE * builder.moves


class Gains:
    """What a whole column of ``order``, or a follower, adds to groups of pieces, and what it makes due.

    Parameters
    ----------
    structure : Structure
    """

    def __init__(self, structure: Structure) -> None:
        groups = structure.rows[structure.group_row]
        self.own = (-groups[:, structure.order]).tocsc()
        self.followers = (-groups[:, structure.followers]).tocsc()
        self.limits = structure.rows[structure.limits][:, structure.order].tocsc()
        self.limits.data = np.minimum(self.limits.data, 0.0)
        self.limits.eliminate_zeros()
        self.due = structure.due[structure.order].tocsr()


@dataclass(frozen=True, eq=False)
class _Move:
    """What is best taken of a block: what it needs, what it may have, how much of that, gain per rupiah."""

    needed: Places
    more: Places
    many: int
    gain: float


class GreedyBuilder:
    """Builds one plan, or goes on with what is taken already.

    Parameters
    ----------
    structure : Structure
    gains : Gains
        Of it.
    growth : float
        How many times as much the last rupiah of a year counts as the first.
    partial : PartialSolution, optional
        What is taken already.
    trust : array, shape (columns,), optional
        How many times the gain of a column counts; once unless given.

    Attributes
    ----------
    moves : int
        How often a block was worked out.
    """

    def __init__(
        self,
        structure: Structure,
        gains: Gains,
        growth: float,
        partial: PartialSolution | None = None,
        trust: Array | None = None,
    ) -> None:
        self._structure, self._table, self._growth, self.moves = structure, gains, growth, 0
        self._trust = trust
        self._cost, self._blocks = structure.matrix.cost, len(structure.first) - 1
        self._prefer = np.zeros(len(self._cost))
        self._partial = PartialSolution(structure, self._prefer) if partial is None else partial
        self._closed = structure.matrix.upper < 0.5
        self._groups = np.arange(len(structure.group_row))
        self._supply = self._partial.supply(self._groups)
        there = structure.pieces >= 0
        self._worth = np.where(there, self._cost[structure.pieces] / structure.piece_factor, 0.0)
        self._aim(self._worth)

    def plan(self) -> Array:
        """Return the values of all columns; what is demanded may be missing."""
        taken = self._partial
        for block in range(self._blocks):
            self._prefer_in(block)
        taken.meet_demands()
        self.update()
        if all(self.lift(level) for level in self._levels()):
            self._aim(self._worth)
            self._fill()
        return taken.completed()

    def _prefer_in(self, block: int) -> None:
        """Prefer what gains much per rupiah, and starts by what they gain with all who may join."""
        columns, gain, price = self._look(block)
        self._prefer[columns] = gain / (price + LEAST)
        self._prefer[columns[0]] = np.maximum(gain, 0.0).sum() / (price.sum() + LEAST)

    def _levels(self) -> list[float]:
        """Return the impacts to which regions are lifted, one after the other."""
        structure = self._structure
        if (
            not structure.regions
            or structure.floor > 0
            or self._worth.any()
            or self._cost[structure.order].any()
        ):
            return [structure.floor] if structure.floor > 0 else []
        most = float(self._reached(structure.width).min())
        return np.linspace(0.0, most, LEVELS + 1)[1:].tolist()

    def _reached(self, filled: Array) -> Array:
        """Return the impact of each region, from how far pieces are filled."""
        structure, known = self._structure, self._structure.region >= 0
        impact = (filled * structure.lift).sum(axis=1)[known]
        return _added(structure.region[known], impact, structure.regions)

    def lift(self, level: float) -> bool:
        """Take what lifts the regions below a level most per rupiah; return whether all reach it."""
        if self._aim_below(level):
            self._fill(lambda: not self._aim_below(level))
        return self.reaches(level)

    def reaches(self, level: float) -> bool:
        """Return whether the impact of each region reaches a level, in percent."""
        return not self._aim_below(level)

    def gains(self, block: int) -> tuple[Places, Array]:
        """Return the columns of a block, and what each adds now to what the plan is worth."""
        if self._slopes is not self._worth:
            self._aim(self._worth)
        columns, gain, _ = self._look(block)
        return columns, gain

    def _aim_below(self, level: float) -> bool:
        """Count only the impact of regions below a level; return whether there are any."""
        structure = self._structure
        short = np.maximum(level - self._reached(self._parts(self._supply, self._groups)), 0.0)
        counts = (short > NOISE)[structure.region] & (structure.region >= 0)
        self._aim(np.where(counts[:, None], structure.lift, 0.0), short)
        return bool((short > NOISE).any())

    def _aim(self, slopes: Array, short: Array | None = None) -> None:
        """Count what pieces are filled with by other slopes, and no more a region than it is short of."""
        self._slopes, self._short = slopes, short
        self._full = self._filled(self._supply, self._groups)

    def _parts(self, supply: Array, groups: Places) -> Array:
        structure = self._structure
        return np.asarray(np.clip(supply[:, None] - structure.begin[groups], 0.0, structure.width[groups]))

    def _filled(self, supply: Array, groups: Places) -> Array:
        """Return what pieces are worth that share a supply."""
        return np.asarray((self._parts(supply, groups) * self._slopes[groups]).sum(axis=1))

    def _fill(self, done: Callable[[], bool] = lambda: False) -> None:
        """Make the best move until none is left that fits, or it is done."""
        moves = [(block, self._best(block, np.inf)) for block in range(self._blocks)]
        waiting = [(-move.gain, block) for block, move in moves if move is not None]
        for _ in range(1 + AGAIN):
            heapify(waiting)
            late: list[tuple[float, int]] = []
            taken = False
            while waiting:
                gain, block = heappop(waiting)
                least = -waiting[0][0] if waiting else 0.0
                move = self._best(block, least)
                if move is None:
                    continue
                if move.gain < least:
                    heappush(waiting, (-move.gain, block))
                elif self._make(move):
                    taken = True
                    self.update()
                    if done():
                        return
                    heappush(waiting, (gain, block))
                elif len(move.needed):
                    late.append((gain, block))
                else:
                    self._closed[move.more[0]] = True
                    heappush(waiting, (gain, block))
            if not taken:
                return
            waiting = late

    def _make(self, move: _Move) -> bool:
        """Take what a move says, or half of what it may have, and half again, until it fits."""
        many = move.many
        while not self._partial.take(np.concatenate([move.needed, move.more[:many]])):
            if many <= (0 if len(move.needed) else 1):
                return False
            many //= 2
        return True

    def update(self) -> None:
        """Take over what was taken since."""
        groups = self._partial.settled()
        self._supply[groups] = self._partial.supply(groups)
        self._full[groups] = self._filled(self._supply[groups], groups)

    def _best(self, block: int, least: float) -> _Move | None:
        """Return the move that gains most per rupiah in a block, and on to what gains at least so much."""
        columns, gain, price = self._look(block)
        open_ = (self._partial.values[columns] < 0.5) & ~self._closed[columns]
        needed = self._structure.must[columns]
        if self._partial.values[columns[0]] > 0.5:
            needed = np.zeros_like(needed)  # what is begun has what it needs
        elif (needed & ~open_).any():
            return None
        may = np.flatnonzero(open_ & ~needed & (gain > 0))
        each = gain[may] / (price[may] + LEAST)
        order = np.argsort(-each, kind="stable")
        may, each = may[order], each[order]
        gains, prices = (np.append(of[needed].sum(), of[may]).cumsum() for of in (gain, price))
        ratio = gains / (prices + LEAST)
        if not needed.any():
            ratio[0] = 0.0  # nothing
        many = int(ratio.argmax())
        if ratio[many] <= 0:
            return None
        return _Move(columns[needed], columns[may], max(many, int((each >= least).sum())), float(ratio[many]))

    def _look(self, block: int) -> tuple[Places, Array, Array]:
        """Return the columns of a block, what each gains now, and what it costs at the prices of now.

        What partners gain together counts by halves while both are missing.
        """
        self.moves += 1
        structure, gains, taken = self._structure, self._table, self._partial
        lines = np.arange(*structure.first[block : block + 2])
        columns, count = structure.of_block(block), len(lines)
        gain = self._cost[columns] + self._gained(gains.own, lines)
        which, limits, _ = entries(gains.limits, lines)
        short = taken.short(limits)
        which, limits = which[short], limits[short]
        if len(limits):
            kinds, of = np.unique(structure.follower_of[limits], return_inverse=True)
            worth = self._cost[structure.followers[kinds]] + self._gained(gains.followers, kinds)
            kind, limits, _ = entries(structure.limits_of, kinds)
            missing = np.bincount(kind, taken.short(limits), len(kinds))
            gain = gain + _added(which, (worth / missing)[of], count)
        gain = gain if self._trust is None else gain * self._trust[columns]
        which, purse, due = entries(gains.due, lines)
        left = structure.purse - taken.used
        self._closed[columns[which[due > left[purse] + NOISE]]] = True  # no more money comes
        share = np.minimum(taken.used / np.maximum(structure.purse, LEAST), OVERFULL)
        # One by one: powers of arrays differ in their last digit from processor to processor.
        grown = np.array([self._growth**one for one in share.tolist()])
        price = grown / np.maximum(structure.purse, LEAST)
        return columns, gain, _added(which, price[purse] * due, count)

    def _gained(self, table: sparse.csc_array, lines: Places) -> Array:
        """Return what lines of a table add to the worth of the pieces."""
        which, groups, more = entries(table, lines)
        more = self._filled(self._supply[groups] + more, groups) - self._full[groups]
        if self._short is None:
            return _added(which, more, len(lines))
        regions = len(self._short)
        cell = which * regions + np.maximum(self._structure.region[groups], 0)
        by_region = _added(cell, more, len(lines) * regions).reshape(len(lines), regions)
        return np.asarray(np.minimum(by_region, self._short).sum(axis=1))


def _added(which: Places, amounts: Array, count: int) -> Array:
    """Return amounts added up by which they are of."""
    return np.asarray(np.bincount(which, amounts, count), dtype=float)
