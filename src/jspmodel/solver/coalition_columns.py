"""One column a coalition: the model restated so that its relaxation and its tree are small.

A programme that starts in a year with certain regions is one column in place of a start, its joins and what
its partners gain together (Dantzig and Wolfe, "Decomposition principle for linear programs", 1960;
Vanderbeck, "On Dantzig-Wolfe decomposition in integer programming", 2000). Rules that concern one programme
alone hold by construction: only coalitions that keep them have a column. The bound of the relaxation stays;
its rows are fewer and its tree smaller. A programme with too many coalitions stays as it is stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from jspmodel.reproducible import dot
from jspmodel.solver.matrix import NOISE, Array, ColumnMap, Flags, Matrix, Places
from jspmodel.solver.structure import entries

FREE_REGIONS = 6
"""Regions that may join or not, up to which the coalitions of a start are listed."""
MOST = 20_000
"""Columns, at most; programmes with many coalitions stay as stated rather."""


@dataclass(frozen=True, eq=False)
class _Group:
    """A start, the joins that go with it, and the columns of partners, with the places of their two joins."""

    program: int
    start: int
    joins: Places
    chooses: Flags
    together: Places
    pairs: Places


class Coalitions:
    """A matrix restated with a column for each coalition that keeps the rules of its programme.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    column_map : ColumnMap
        Of the matrix.

    Attributes
    ----------
    matrix : Matrix
        First the coalitions, then the columns that stay.
    program : array of int, shape (columns,)
        The number of the programme of each column; -1 for none.
    listed : int
        How many coalitions there are.
    onto : sparse array, shape (columns of the original, columns)
        ``onto @ values`` are the values of the original.
    """

    def __init__(self, matrix: Matrix, column_map: ColumnMap) -> None:
        self._integer = matrix.integer
        owner = _row_owner(matrix, column_map)
        links = _links(matrix, column_map)
        groups = _groups(links, column_map)
        listed = _listed(groups, _harmless(groups, matrix, column_map, links))
        columns = np.array([c for g in groups for c in (g.start, *g.joins, *g.together)], dtype=np.int64)
        inside = np.zeros(len(matrix.cost), dtype=bool)
        inside[columns] = np.isin(column_map.owner[columns], listed)
        rows = np.isin(owner, listed)
        self._codes: dict[tuple[int, int], int] = {}
        self._groups = [(k, group) for k, group in enumerate(groups) if column_map.program[k] in listed]
        block, program = self._list(matrix, column_map, np.flatnonzero(rows))
        stays = self._stays = np.flatnonzero(~inside)
        stay = sparse.csc_array(
            (np.ones(len(stays)), (stays, np.arange(len(stays)))), shape=(len(matrix.cost), len(stays))
        )
        self.onto = sparse.hstack([block, stay], format="csr")
        self.program = np.append(program, column_map.owner[stays])
        self._kept, self._forced = ~rows, np.flatnonzero(inside & (matrix.lower > 0))
        self.listed = len(program)
        self.matrix = self.restated(matrix)

    def _list(self, matrix: Matrix, column_map: ColumnMap, own: Places) -> tuple[sparse.csc_array, Places]:
        """List the coalitions of each start that keep the rules of its programme alone."""
        rules = matrix.rows[own].tocsc()
        low, high = matrix.row_lower[own], matrix.row_upper[own]
        places: list[Places] = []
        counts: list[int] = []
        program: list[int] = []
        for number, group in self._groups:
            columns = np.concatenate([[group.start], group.joins, group.together])
            place, row, factor = entries(rules, columns)
            touched, at = np.unique(row, return_inverse=True)
            inside = np.zeros((len(touched), len(columns)))
            np.add.at(inside, (at, place), factor)
            values = _coalitions(group)
            sums = dot(values, inside.T)
            kept = (sums <= high[touched] + NOISE) & (sums >= low[touched] - NOISE)
            fits = kept.all(axis=1) & (values <= matrix.upper[columns] + NOISE).all(axis=1)
            for code in np.flatnonzero(fits).tolist():
                self._codes[number, code] = len(program)
                program.append(int(column_map.program[number]))
                taken = columns[values[code] > 0.5]
                places.append(taken)
                counts.append(len(taken))
        ends = np.cumsum([0, *counts])
        rows = np.concatenate([*places, np.zeros(0, dtype=np.int64)])
        shape = (len(matrix.cost), len(program))
        return sparse.csc_array((np.ones(len(rows)), rows, ends), shape=shape), np.array(
            program, dtype=np.int64
        )

    def restated(self, matrix: Matrix) -> Matrix:
        """Restate a matrix that differs in numbers only.

        Parameters
        ----------
        matrix : Matrix
            With the rows and columns of the original. Rows of one programme alone must be no looser than they
            were; where they are tighter, what is returned allows more than the matrix does.

        Returns
        -------
        Matrix
        """
        program, stays, forced, rows = self.program[: self.listed], self._stays, self._forced, self._kept
        count, other = len(program), len(stays)
        kinds, place = np.unique(program, return_inverse=True)
        once = sparse.csr_array(
            (np.ones(count), (place, np.arange(count))), shape=(len(kinds), count + other)
        )
        kept = (matrix.rows[rows] @ self.onto).tocsr()
        kept.eliminate_zeros()
        none = np.zeros(count)
        return Matrix(
            cost=self.onto.T @ matrix.cost,
            lower=np.append(none, matrix.lower[stays]),
            upper=np.append(none + 1, matrix.upper[stays]),
            row_lower=np.concatenate(
                [matrix.row_lower[rows], np.full(len(kinds), -np.inf), matrix.lower[forced]]
            ),
            row_upper=np.concatenate([matrix.row_upper[rows], np.ones(len(kinds)), np.ones(len(forced))]),
            rows=sparse.vstack([kept, once, self.onto[forced]], format="csr"),
            integer=np.append(none == 0, matrix.integer[stays]),
        )

    @property
    def rows(self) -> Places:
        """Its first rows, by their places in the original."""
        return np.flatnonzero(self._kept)

    def expand(self, values: Array) -> Array:
        """Return values of the original's columns."""
        original = self.onto @ values
        return np.where(self._integer, np.round(original), original)

    def project(self, values: Array) -> Array:
        """Return a solution of the original as values of the columns here.

        A coalition that breaks a rule has no column: its programme is then left out.
        """
        new = np.zeros(len(self.program))
        new[len(new) - len(self._stays) :] = values[self._stays]
        for number, group in self._groups:
            if values[group.start] > 0.5:
                joined = values[group.joins[group.chooses]] > 0.5
                column = self._codes.get((number, int(joined @ (1 << np.arange(len(joined))))))
                if column is not None:
                    new[column] = 1.0
        return new


def _coalitions(group: _Group) -> Array:
    """Return the values of a start, its joins and its partners for each set of regions that may join."""
    free = int(group.chooses.sum())
    bits = (np.arange(2**free)[:, None] >> np.arange(free)) & 1
    joins = np.ones((2**free, len(group.joins)))
    joins[:, group.chooses] = bits
    together = joins[:, group.pairs[:, 0]] * joins[:, group.pairs[:, 1]]
    return np.hstack([np.ones((2**free, 1)), joins, together])


def _row_owner(matrix: Matrix, column_map: ColumnMap) -> Places:
    """Return the programme of each row that concerns one alone and that nothing chosen keeps; -1 for none."""
    decides = np.zeros(len(column_map.owner), dtype=bool)
    decides[column_map.start], decides[column_map.join], decides[_partners(column_map)] = True, True, True
    counts = np.diff(matrix.rows.indptr)
    row = np.repeat(np.arange(len(counts)), counts)
    owner = np.where(decides, column_map.owner, -1)[matrix.rows.indices]
    least, most = np.full(len(counts), np.iinfo(np.int64).max), np.full(len(counts), -2)
    np.minimum.at(least, row, owner)
    np.maximum.at(most, row, owner)
    alone = (least == most) & (matrix.row_lower <= 0) & (matrix.row_upper >= 0)
    return np.where(alone, least, -1)


def _partners(column_map: ColumnMap) -> Places:
    """Return the columns of what partners gain together."""
    return np.flatnonzero((column_map.owner >= 0) & (column_map.places[:, 1] >= 0))


def _groups(links: list[tuple[int, int, int]], column_map: ColumnMap) -> list[_Group]:
    """Return the columns of each start."""
    order = np.argsort(column_map.parent, kind="stable")
    ends = np.searchsorted(column_map.parent[order], np.arange(len(column_map.start) + 1))
    joins = [order[ends[k] : ends[k + 1]] for k in range(len(column_map.start))]
    pairs = _pairs(links, column_map)
    groups = []
    for k, start in enumerate(column_map.start.tolist()):
        some, columns = joins[k], pairs.get(k, [])
        place = {int(column): at for at, column in enumerate(column_map.join[some])}
        both = np.array([[place[a], place[b]] for _, a, b in columns], dtype=np.int64).reshape(
            len(columns), 2
        )
        together = np.array([column for column, _, _ in columns], dtype=np.int64)
        groups.append(
            _Group(
                int(column_map.program[k]),
                start,
                column_map.join[some],
                column_map.chooses[some],
                together,
                both,
            )
        )
    return groups


def _links(matrix: Matrix, column_map: ColumnMap) -> list[tuple[int, int, int]]:
    """Return the rows together <= join, each with its column of partners and its join."""
    partner, join = np.zeros((2, len(column_map.owner)), dtype=bool)
    partner[_partners(column_map)], join[column_map.join] = True, True
    two = np.flatnonzero((np.diff(matrix.rows.indptr) == 2) & (matrix.row_upper == 0))
    links = []
    for row in two.tolist():
        entries = slice(*matrix.rows.indptr[row : row + 2])
        (a, b), factors = matrix.rows.indices[entries].tolist(), matrix.rows.data[entries]
        if partner[b]:
            a, b, factors = b, a, factors[::-1]
        if partner[a] and join[b] and factors[0] > 0 and factors[0] == -factors[1]:
            links.append((row, a, b))
    return links


def _pairs(links: list[tuple[int, int, int]], column_map: ColumnMap) -> dict[int, list[tuple[int, int, int]]]:
    """Return, by the place of a start, the columns of partners with their joins."""
    parent = dict(zip(column_map.join.tolist(), column_map.parent.tolist(), strict=True))
    joins: dict[int, list[int]] = {}
    for _, column, join in links:
        joins.setdefault(column, []).append(join)
    pairs: dict[int, list[tuple[int, int, int]]] = {}
    for column, both in joins.items():
        if len(both) == 2:
            pairs.setdefault(parent[both[0]], []).append((column, both[0], both[1]))
    return pairs


def _listed(groups: list[_Group], fine: Flags) -> Places:
    """Return the programmes whose coalitions are listed: the fewest first, up to ``MOST`` columns."""
    program = np.array([group.program for group in groups], dtype=np.int64)
    free = np.array([int(group.chooses.sum()) for group in groups], dtype=np.int64)
    many = np.bincount(program, 2.0**free, len(fine))
    possible = fine & (np.bincount(program, free > FREE_REGIONS, len(fine)) == 0)
    order = np.argsort(many, kind="stable")
    order = order[possible[order]]
    return order[np.cumsum(many[order]) <= MOST]


def _harmless(
    groups: list[_Group], matrix: Matrix, column_map: ColumnMap, links: list[tuple[int, int, int]]
) -> Flags:
    """Return the programmes whose partners only help: then they gain together wherever they can."""
    fine = np.ones(int(column_map.program.max(initial=-1)) + 1, dtype=bool)
    partners = _partners(column_map)
    known = np.concatenate([group.together for group in groups] or [partners])
    fine[column_map.owner[np.setdiff1d(partners, known)]] = False
    fine[column_map.owner[partners[matrix.cost[partners] < 0]]] = False
    entries = matrix.rows[:, partners].tocoo()
    row = entries.row
    tightens = np.where(
        entries.data > 0, np.isfinite(matrix.row_upper[row]), np.isfinite(matrix.row_lower[row])
    )
    harms = tightens & ~np.isin(row, [link for link, _, _ in links])
    fine[column_map.owner[partners[entries.col[harms]]]] = False
    return fine
