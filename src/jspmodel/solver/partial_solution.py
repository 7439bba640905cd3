"""What is taken so far and what follows from it: rows, partners, effects, payments; steps can be undone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jspmodel.solver.matrix import NOISE, Array, Flags, Places
from jspmodel.solver.structure import NONE, Structure, entries

DEPTH, TRIES = 5, 40
"""How far a column may ask for one that asks for one and so on, and how many of them are tried in all."""


class PartialSolution:
    """Whole columns that are taken, with what they bring about and who pays.

    Parameters
    ----------
    structure : Structure
    prefer : array, shape (columns,)
        Of columns that would help a row, the one of the largest figure is tried first.
    settles : callable, optional
        In place of paying for each programme in turn: says of ``values`` whether what is taken may stay.

    Attributes
    ----------
    values : array, shape (columns,)
        Whole columns, followers and payments; all others stay at 0 until ``completed``.
    used : array, shape (purses,)
        What is due from each purse.
    """

    def __init__(
        self, structure: Structure, prefer: Array, settles: Callable[[Array], bool] | None = None
    ) -> None:
        self._structure, self._prefer, self._settles = structure, prefer, settles
        self.values = np.zeros(len(structure.matrix.cost))
        self.used = np.zeros(len(structure.purse))
        self._sums = np.zeros(len(structure.low))
        self._log: list[tuple[Array, Places, Array]] = []
        self._unpaid: set[int] = set()
        self._tries = 0
        self._follow(np.arange(len(structure.followers)))
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
        groups = self._structure.group_of[rows]
        return np.unique(groups[groups >= 0])

    def supply(self, groups: Places) -> Array:
        """Return what pieces of groups may add up to."""
        rows = self._structure.group_row[groups]
        return np.asarray(self._structure.high[rows] - self._sums[rows])

    def short(self, limits: Places) -> Flags:
        """Return whether limits keep their followers below their upper bounds."""
        structure = self._structure
        return np.asarray(self._room(limits) < structure.most[structure.follower_of[limits]] - NOISE)

    def meet_demands(self) -> None:
        """Take what columns and rows demand of every plan, as far as that can be."""
        structure = self._structure
        for column in structure.order[structure.matrix.lower[structure.order] > 0.5].tolist():
            self.take(np.array([column]))
        for row in self.lacking().tolist():
            self.mend(row)

    def lacking(self) -> Places:
        """Return the rows of whole columns that are broken."""
        return self._broken(np.flatnonzero(self._structure.plain))

    def mend(self, row: int) -> None:
        """Take, and pay for, one after the other of what helps a broken row, until it is kept."""
        for column in self._helpers(row).tolist():
            if not self._is_broken(row):
                return
            if self.values[column] < 0.5:
                self.take(np.array([column]))

    def completed(self) -> Array:
        """Return the values of all columns, pieces filled in their order."""
        structure, values = self._structure, self.values.copy()
        filled = np.clip(
            self.supply(np.arange(len(structure.group_row)))[:, None] - structure.begin, 0, structure.width
        )
        there = structure.pieces >= 0
        values[structure.pieces[there]] = (filled / structure.piece_factor)[there]
        return structure.raised(values)

    def _take(self, columns: Places, depth: int) -> bool:
        self._tries += 1
        if self._tries > TRIES:
            return False
        for block in set(self._structure.block[columns].tolist()):
            mine = self._structure.of_block(block)
            columns = np.union1d(columns, mine[self._structure.must[mine]])
        fresh = columns[self.values[columns] < 0.5]
        if (self._structure.matrix.upper[fresh] < 0.5).any():
            return False
        broken = self._broken(self._set(fresh))
        packing = self._structure.packing[broken]
        if (self._sums[broken[packing]] > self._structure.high[broken[packing]]).any():
            return False  # nothing that is taken makes it less
        return all(self._mend(row, depth - 1) for row in broken.tolist())

    def _set(self, columns: Places) -> Places:
        """Take columns and let followers follow; return the rows of whole columns that changed."""
        structure = self._structure
        self._write(self.values, columns, np.ones(len(columns)))
        _, rows, factors = entries(structure.columns, columns)
        self._add(self._sums, rows, factors)
        _, purses, due = entries(structure.due, columns)
        self._add(self.used, purses, due)
        self._unpaid.update(structure.owner[columns].tolist())
        limits = structure.limit_at[rows]
        touched = np.unique(structure.follower_of[limits[limits >= 0]])
        rows = np.concatenate([rows, self._follow(touched)])
        return np.unique(rows[structure.plain[rows]])

    def _follow(self, followers: Places) -> Places:
        """Let followers be as large as they may; return the rows that they change."""
        structure = self._structure
        which, limits, _ = entries(structure.limits_of, followers)
        new = structure.most[followers]
        np.minimum.at(new, which, self._room(limits))
        columns = structure.followers[followers]
        more = new - self.values[columns]
        changed = np.abs(more) > 0
        columns, more = columns[changed], more[changed]
        self._write(self.values, columns, new[changed])
        which, rows, factors = entries(structure.columns, columns)
        beside = structure.limit_at[rows] < 0
        rows = rows[beside]
        self._add(self._sums, rows, factors[beside] * more[which[beside]])
        return rows

    def _room(self, limits: Places) -> Array:
        structure = self._structure
        rows = structure.limits[limits]
        return np.asarray((structure.high[rows] - self._sums[rows]) / structure.limit_factor[limits])

    def _broken(self, rows: Places) -> Places:
        sums, structure = self._sums[rows], self._structure
        return rows[(sums > structure.high[rows] + NOISE) | (sums < structure.low[rows] - NOISE)]

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
        structure = self._structure
        _, columns, factors = entries(structure.rows, np.array([row]))
        helps = columns[(factors > 0) == (self._sums[row] < structure.low[row])]
        whole = structure.matrix.integer[helps]
        follower = structure.follower_at[helps[~whole]]
        _, limits, _ = entries(structure.limits_of, follower[follower >= 0])
        _, behind, factors = entries(structure.rows, structure.limits[limits[self.short(limits)]])
        found = np.unique(np.concatenate([helps[whole], behind[factors < 0]]))
        found = found[self.values[found] < 0.5]
        return found[np.argsort(-self._prefer[found], kind="stable")]

    def _pay(self) -> bool:
        """Pay for the programmes that changed, each anew."""
        if self._settles is not None:
            self._unpaid.clear()
            return self._settles(self.values)
        payments = self._structure.payments
        for program in sorted(self._unpaid):
            mine = payments.of(program)
            rows = payments.rows(mine)
            self._log.append((self._sums, rows, self._sums[rows]))
            payments.add(mine, -self.values[payments.columns[mine]], self._sums)
            amounts = payments.amounts(mine, self._sums)
            if amounts is None:
                return False
            self._write(self.values, payments.columns[mine], amounts)
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
