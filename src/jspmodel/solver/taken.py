"""What is taken so far and what follows from it: rows, partners, effects, payments; steps can be undone."""

from __future__ import annotations

import numpy as np

from jspmodel.solver.anatomy import NONE, Anatomy, entries
from jspmodel.solver.matrix import NOISE, Array, Flags, Places

DEPTH, TRIES = 5, 40
"""How far a column may ask for one that asks for one and so on, and how many of them are tried in all."""


class Taken:
    """Whole columns that are taken, with what they bring about and who pays.

    Parameters
    ----------
    anatomy : Anatomy
    prefer : array, shape (columns,)
        Of columns that would help a row, the one of the largest figure is tried first.

    Attributes
    ----------
    values : array, shape (columns,)
        Whole columns, followers and payments; all others stay at 0 until ``completed``.
    used : array, shape (purses,)
        What is due from each purse.
    """

    def __init__(self, anatomy: Anatomy, prefer: Array) -> None:
        self._anatomy, self._prefer = anatomy, prefer
        self.values = np.zeros(len(anatomy.matrix.cost))
        self.used = np.zeros(len(anatomy.purse))
        self._sums = np.zeros(len(anatomy.low))
        self._log: list[tuple[Array, Places, Array]] = []
        self._unpaid: set[int] = set()
        self._tries = 0
        self._follow(np.arange(len(anatomy.followers)))
        self._log.clear()

    def take(self, columns: Places) -> bool:
        """Take columns with what rows then ask for, and pay; leave all as it was where that cannot be."""
        mark, self._tries = len(self._log), 0
        if self._take(columns, DEPTH) and self._pay():
            return True
        self._undo(mark)
        self._unpaid.clear()
        return False

    def settled(self) -> Places:
        """Forget how to undo what was done; return the groups of pieces that it touched."""
        rows = np.concatenate([places for array, places, _ in self._log if array is self._sums] or [NONE])
        self._log.clear()
        groups = self._anatomy.group_of[rows]
        return np.unique(groups[groups >= 0])

    def supply(self, groups: Places) -> Array:
        """Return what pieces of groups may add up to."""
        rows = self._anatomy.group_row[groups]
        return np.asarray(self._anatomy.high[rows] - self._sums[rows])

    def short(self, limits: Places) -> Flags:
        """Return whether limits keep their followers below their upper bounds."""
        anatomy = self._anatomy
        return np.asarray(self._room(limits) < anatomy.most[anatomy.follower_of[limits]] - NOISE)

    def lacking(self) -> Places:
        """Return the rows of whole columns that are broken."""
        return self._broken(np.flatnonzero(self._anatomy.plain))

    def mend(self, row: int) -> None:
        """Take, and pay for, one after the other of what helps a broken row, until it is kept."""
        for column in self._helpers(row).tolist():
            if not self._is_broken(row):
                return
            if self.values[column] < 0.5:
                self.take(np.array([column]))

    def completed(self) -> Array:
        """Return the values of all columns, pieces filled in their order."""
        anatomy, values = self._anatomy, self.values.copy()
        filled = np.clip(
            self.supply(np.arange(len(anatomy.group_row)))[:, None] - anatomy.begin, 0, anatomy.width
        )
        there = anatomy.pieces >= 0
        values[anatomy.pieces[there]] = (filled / anatomy.piece_factor)[there]
        return anatomy.raised(values)

    def _take(self, columns: Places, depth: int) -> bool:
        self._tries += 1
        if self._tries > TRIES:
            return False
        for block in set(self._anatomy.block[columns].tolist()):
            mine = self._anatomy.of_block(block)
            columns = np.union1d(columns, mine[self._anatomy.must[mine]])
        fresh = columns[self.values[columns] < 0.5]
        if (self._anatomy.matrix.upper[fresh] < 0.5).any():
            return False
        broken = self._broken(self._set(fresh))
        packing = self._anatomy.packing[broken]
        if (self._sums[broken[packing]] > self._anatomy.high[broken[packing]]).any():
            return False  # nothing that is taken makes it less
        return all(self._mend(row, depth - 1) for row in broken.tolist())

    def _set(self, columns: Places) -> Places:
        """Take columns and let followers follow; return the rows of whole columns that changed."""
        anatomy = self._anatomy
        self._write(self.values, columns, np.ones(len(columns)))
        _, rows, factors = entries(anatomy.columns, columns)
        self._add(self._sums, rows, factors)
        _, purses, due = entries(anatomy.due, columns)
        self._add(self.used, purses, due)
        self._unpaid.update(anatomy.owner[columns].tolist())
        limits = anatomy.limit_at[rows]
        touched = np.unique(anatomy.follower_of[limits[limits >= 0]])
        rows = np.concatenate([rows, self._follow(touched)])
        return np.unique(rows[anatomy.plain[rows]])

    def _follow(self, followers: Places) -> Places:
        """Let followers be as large as they may; return the rows that they change."""
        anatomy = self._anatomy
        which, limits, _ = entries(anatomy.limits_of, followers)
        new = anatomy.most[followers].copy()
        np.minimum.at(new, which, self._room(limits))
        columns = anatomy.followers[followers]
        more = new - self.values[columns]
        changed = np.abs(more) > 0
        columns, more = columns[changed], more[changed]
        self._write(self.values, columns, new[changed])
        which, rows, factors = entries(anatomy.columns, columns)
        beside = anatomy.limit_at[rows] < 0
        rows = rows[beside]
        self._add(self._sums, rows, factors[beside] * more[which[beside]])
        return rows

    def _room(self, limits: Places) -> Array:
        anatomy = self._anatomy
        rows = anatomy.limits[limits]
        return np.asarray((anatomy.high[rows] - self._sums[rows]) / anatomy.limit_factor[limits])

    def _broken(self, rows: Places) -> Places:
        sums, anatomy = self._sums[rows], self._anatomy
        return rows[(sums > anatomy.high[rows] + NOISE) | (sums < anatomy.low[rows] - NOISE)]

    def _mend(self, row: int, depth: int) -> bool:
        """Take what helps a broken row until it is kept."""
        for column in self._helpers(row).tolist() if depth else []:
            if not self._is_broken(row):
                return True
            mark = len(self._log)
            if self.values[column] < 0.5 and not self._take(np.array([column]), depth):
                self._undo(mark)
        return not self._is_broken(row)

    def _is_broken(self, row: int) -> bool:
        return bool(len(self._broken(np.array([row]))))

    def _helpers(self, row: int) -> Places:
        """Return the columns that would help a row, or that what would help it follows, in order."""
        anatomy = self._anatomy
        _, columns, factors = entries(anatomy.rows, np.array([row]))
        helps = columns[(factors > 0) == (self._sums[row] < anatomy.low[row])]
        whole = anatomy.matrix.whole[helps]
        follower = anatomy.follower_at[helps[~whole]]
        _, limits, _ = entries(anatomy.limits_of, follower[follower >= 0])
        _, behind, factors = entries(anatomy.rows, anatomy.limits[limits[self.short(limits)]])
        found = np.unique(np.concatenate([helps[whole], behind[factors < 0]]))
        found = found[self.values[found] < 0.5]
        return found[np.argsort(-self._prefer[found], kind="stable")]

    def _pay(self) -> bool:
        """Pay for the programmes that changed, each anew."""
        payers = self._anatomy.payers
        for program in sorted(self._unpaid):
            mine = payers.of(program)
            rows = payers.rows(mine)
            self._log.append((self._sums, rows, self._sums[rows]))
            payers.add(mine, -self.values[payers.columns[mine]], self._sums)
            amounts = payers.amounts(mine, self._sums)
            if amounts is None:
                return False
            self._write(self.values, payers.columns[mine], amounts)
        self._unpaid.clear()
        return True

    def _write(self, array: Array, places: Places, new: Array) -> None:
        self._log.append((array, places, array[places]))
        array[places] = new

    def _add(self, array: Array, places: Places, more: Array) -> None:
        self._log.append((array, places, array[places]))
        np.add.at(array, places, more)

    def _undo(self, mark: int) -> None:
        while len(self._log) > mark:
            array, places, before = self._log.pop()
            array[places] = before
