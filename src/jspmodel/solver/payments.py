"""Who pays for a programme: funds of few uses first, so that those that may pay for anything last longest."""

from __future__ import annotations

import numpy as np

from jspmodel.solver.matrix import NOISE, Array, Flags, Matrix, Places


class Payments:
    """The side columns of each programme, in the order in which they pay.

    Parameters
    ----------
    matrix : Matrix
    owner : array of int, shape (columns,)
        The programme of a column.
    side : array of int
        Columns that pay.
    demand : array of bool, shape (rows,)
        Rows that ask for payments; all others in which they stand with a factor of 1 limit them. Rows that
        weigh one payment against another are not looked at: whether they are kept is seen of whole plans.
    """

    def __init__(self, matrix: Matrix, owner: Places, side: Places, demand: Flags) -> None:
        table = matrix.rows[:, side].tocoo()
        weighs = np.zeros(len(demand), dtype=bool)
        weighs[table.row[table.data != 1]] = True
        counts = ~weighs[table.row] | demand[table.row]
        row, place = table.row[counts].astype(np.int64), table.col[counts].astype(np.int64)
        asked = demand[row]
        asks = np.full(len(side), -1)
        asks[place[asked]] = row[asked]
        uses = np.bincount(row[~asked], minlength=len(demand))
        reach = np.zeros(len(side), dtype=np.int64)
        np.maximum.at(reach, place[~asked], uses[row[~asked]])
        known = np.flatnonzero((asks >= 0) & (np.bincount(place[asked], minlength=len(side)) == 1))
        order = known[np.lexsort([known, reach[known], asks[known], owner[side[known]]])]
        self.columns = side[order]
        self._demand = asks[order]
        owners = owner[self.columns]
        self._first = np.searchsorted(owners, np.arange(owners.max(initial=-1) + 2))
        at = np.full(len(side), -1)
        at[order] = np.arange(len(order))
        limiting = ~asked & (at[place] >= 0)
        self._limits = _padded(at[place[limiting]], row[limiting], len(order), len(demand))
        self._turn = _turns(self._limits, self._demand, len(demand))
        self._high = np.append(matrix.row_upper, np.inf)

    def of(self, program: int) -> slice:
        """Return which places of ``columns`` are of a programme."""
        return slice(0, 0) if program + 1 >= len(self._first) else slice(*self._first[program : program + 2])

    def rows(self, mine: slice) -> Places:
        """Return the rows in which the payments of a programme are."""
        return np.concatenate([self._demand[mine], self._limits[mine].ravel()])

    def add(self, mine: slice, amounts: Array, sums: Array) -> None:
        """Add payments to the sums of their rows."""
        np.add.at(sums, self._demand[mine], amounts)
        np.add.at(sums, self._limits[mine], amounts[:, None])

    def amounts(self, mine: slice, sums: Array) -> Array | None:
        """Add payments for a programme that pays nothing yet to the sums; None where they cannot be made."""
        demand, limits, turn = self._demand[mine], self._limits[mine], self._turn[mine]
        firsts = np.flatnonzero(np.diff(demand, prepend=-1))
        which = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(demand))))
        need = self._high[demand[firsts]] - sums[demand[firsts]]
        paid = np.zeros(len(demand))
        for now in range(int(turn.max(initial=-1)) + 1):
            room = np.maximum((self._high[limits] - sums[limits]).min(axis=1), 0.0)
            room[turn != now] = 0.0
            ahead = np.cumsum(room) - room
            amounts = np.clip(need[which] - (ahead - ahead[firsts][which]), 0.0, room)
            paid += amounts
            self.add(mine, amounts, sums)
            need = need - np.bincount(which, amounts, len(firsts))
        return paid if (np.abs(need) <= NOISE / 10).all() else None


def _padded(lines: Places, values: Places, count: int, otherwise: int) -> Places:
    """Return values by line, each line as long as the longest."""
    order = np.argsort(lines, kind="stable")
    counts = np.bincount(lines, minlength=count)
    rank = np.arange(len(lines)) - np.repeat(np.cumsum(counts) - counts, counts)
    table = np.full((count, max(1, int(counts.max(initial=0)))), otherwise)
    table[lines[order], rank] = values[order]
    return table


def _turns(limits: Places, demand: Places, none: int) -> Places:
    """Let columns that share a limit and a demand pay in turn, and none before those ahead of it."""
    place = np.repeat(np.arange(len(limits)), limits.shape[1])
    pair = demand[place] * (none + 1) + limits.ravel()
    real = limits.ravel() < none
    order = np.argsort(pair[real], kind="stable")
    sorted_ = pair[real][order]
    firsts = np.flatnonzero(np.diff(sorted_, prepend=-1))
    counts = np.diff(np.append(firsts, len(sorted_)))
    rank = np.zeros(len(sorted_), dtype=np.int64)
    rank[order] = np.arange(len(sorted_)) - np.repeat(firsts, counts)
    turn = np.zeros(len(limits), dtype=np.int64)
    np.maximum.at(turn, place[real], rank)
    step = int(turn.max(initial=0)) + 1
    segment = np.cumsum(np.diff(demand, prepend=-1) != 0)
    return np.asarray(np.maximum.accumulate(turn + segment * step) - segment * step)
