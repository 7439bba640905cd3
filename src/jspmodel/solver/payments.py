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
        Rows that ask for payments; all others in which they stand with a factor of 1 limit them, from above,
        or from below where all are of one programme: what it must pay at least is paid first. Rows that weigh
        one payment against another are not looked at: whether they are kept is seen of whole plans.
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
        self._low = np.append(matrix.row_lower, -np.inf)
        floor = (
            limiting & np.isfinite(matrix.row_lower[row]) & _of_one(row, owner[side[place]], len(demand))[row]
        )
        self._floor = np.full(len(order), len(demand))
        self._floor[at[place[floor]]] = row[floor]
        self._rank = np.where(self._floor < len(demand), _ranks(self._floor), 0)

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
        paid, floor = self._at_least(mine, sums), self._floor[mine]
        if (sums[floor] < self._low[floor] - NOISE / 10).any():
            return None
        need = self._high[demand[firsts]] - sums[demand[firsts]]
        for now in range(int(turn.max(initial=-1)) + 1):
            room = np.maximum((self._high[limits] - sums[limits]).min(axis=1), 0.0)
            room[turn != now] = 0.0
            ahead = np.cumsum(room) - room
            amounts = np.clip(need[which] - (ahead - ahead[firsts][which]), 0.0, room)
            paid += amounts
            self.add(mine, amounts, sums)
            need = need - np.bincount(which, amounts, len(firsts))
        return paid if (np.abs(need) <= NOISE / 10).all() else None

    def _at_least(self, mine: slice, sums: Array) -> Array:
        """Add to the sums what rows ask of the payments of a programme at least, as far as there is room."""
        floor, rank, limits = self._floor[mine], self._rank[mine], self._limits[mine]
        paid = np.zeros(len(floor))
        for now in range(int(rank.max(initial=-1)) + 1):
            room = np.maximum((self._high[limits] - sums[limits]).min(axis=1), 0.0)
            lack = np.maximum(self._low[floor] - sums[floor], 0.0)
            amounts = np.where(rank == now, np.minimum(room, lack), 0.0)
            paid += amounts
            self.add(mine, amounts, sums)
        return paid


def _of_one(row: Places, owner: Places, rows: int) -> Flags:
    """Return of which rows all payments are of one programme."""
    least, most = np.full(rows, np.iinfo(np.int64).max), np.full(rows, -1)
    np.minimum.at(least, row, owner)
    np.maximum.at(most, row, owner)
    return np.asarray(least == most)


def _ranks(of: Places) -> Places:
    """Return the place of each value among those that are equal."""
    order = np.argsort(of, kind="stable")
    sorted_ = of[order]
    firsts = np.flatnonzero(np.diff(sorted_, prepend=-1))
    counts = np.diff(np.append(firsts, len(sorted_)))
    rank = np.zeros(len(of), dtype=np.int64)
    rank[order] = np.arange(len(of)) - np.repeat(firsts, counts)
    return rank


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
    rank = _ranks(pair[real])
    turn = np.zeros(len(limits), dtype=np.int64)
    np.maximum.at(turn, place[real], rank)
    step = int(turn.max(initial=0)) + 1
    segment = np.cumsum(np.diff(demand, prepend=-1) != 0)
    return np.asarray(np.maximum.accumulate(turn + segment * step) - segment * step)
