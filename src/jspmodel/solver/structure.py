"""What columns and rows are to a plan that is built up, one whole column after the other.

Whole columns are decided. *Followers* are as large as rows of whole columns let them be: what partners or
complements gain together, a system that is retired. *Pieces* share what the row of their group leaves, in the
order of what they are worth: a concave function. *Tops* are kept down from below, as the worst-off region's
impact is by the impact of each. Side columns pay. All this is read from the arrays; a column that is none of
these stays at its lower bound.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from jspmodel.solver.components import row_components
from jspmodel.solver.matrix import Array, ColumnMap, Matrix, Places
from jspmodel.solver.payments import Payments

NONE: Places = np.zeros(0, dtype=np.int64)


def entries(table: sparse.csr_array | sparse.csc_array, lines: Places) -> tuple[Places, Places, Array]:
    """Return the entries of some lines of a table: which of the lines, the place in it, the factor."""
    if len(lines) == 1:
        line = slice(*table.indptr[lines[0] : lines[0] + 2])
        return np.zeros(line.stop - line.start, dtype=np.int64), table.indices[line], table.data[line]
    first = table.indptr[lines].astype(np.int64)
    counts = table.indptr[lines + 1] - first
    ends = np.cumsum(counts)
    at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
    return np.repeat(np.arange(len(lines)), counts), table.indices[at], table.data[at]


class Structure:
    """The roles of columns and rows.

    Parameters
    ----------
    matrix : Matrix
        With finite bounds of columns.
    column_map : ColumnMap

    Attributes
    ----------
    matrix : Matrix
    rows, columns : sparse array
        Its rows, by rows and by columns.
    low, high : array, shape (rows + 1,)
        Limits of rows; the last stands for no row.
    owner : array of int, shape (columns,)
        The number of the programme of a column.
    order : array of int
        Whole columns by blocks: a start, then who may join it.
    first : array of int, shape (blocks + 1,)
        Where in ``order`` each block begins.
    block : array of int, shape (columns,)
        The block of a whole column; -1 for others.
    must : array of bool, shape (columns,)
        Whether each plan that has anything of a column's block has the column: the start, and regions that
        may not stay away.
    followers, most : array, shape (followers,)
        Columns, and their upper bounds.
    follower_at : array of int, shape (columns,)
        The place in ``followers``; -1 for others.
    limits, limit_factor, follower_of : array, shape (limits,)
        The rows that keep followers down, the factor there, and the place of the follower.
    limit_at : array of int, shape (rows + 1,)
        The place in ``limits``; -1 for others.
    limits_of : sparse array, shape (followers, limits)
        The limits of each follower.
    group_row : array of int, shape (groups,)
        The rows whose pieces share what they leave.
    group_of : array of int, shape (rows + 1,)
        The place in ``group_row``; -1 for others.
    pieces : array of int, shape (groups, most pieces of any)
        Columns in the order in which they fill; -1 for none.
    piece_factor, begin, width : array, like ``pieces``
        The factor in the group's row; where a piece begins and how wide it is there.
    region : array of int, shape (groups,)
        Which of the rows that keep tops down has the pieces of a group; -1 for none.
    lift : array, like ``pieces``
        What a unit in the group's row adds to that one.
    regions : int
        How many rows keep tops down.
    floor : float
        What they must reach.
    plain : array of bool, shape (rows + 1,)
        Rows that whole columns and followers keep or break by themselves.
    packing : array of bool, shape (rows + 1,)
        Those of them that nothing which is taken makes less.
    purse : array, shape (purses,)
        What can be paid in all by side columns that hang together, such as those of a year.
    due : sparse array, shape (columns, purses)
        What whole columns make due.
    payments : Payments
    """

    def __init__(self, matrix: Matrix, column_map: ColumnMap) -> None:
        self.matrix, self.owner = matrix, column_map.owner
        self.rows, self.columns = matrix.rows, matrix.rows.tocsc()
        self.low, self.high = np.append(matrix.row_lower, -np.inf), np.append(matrix.row_upper, np.inf)
        table = matrix.rows.tocoo()
        self._row, self._column = table.row.astype(np.int64), table.col.astype(np.int64)
        self._factor = table.data
        self._side = np.zeros(len(matrix.cost), dtype=bool)
        self._side[column_map.side.columns] = True
        self._rest = ~matrix.integer & ~self._side
        self._limits = self._rest[self._column] & (self._factor > 0) & np.isfinite(self.high[self._row])
        self._read_blocks(column_map)
        self._read_followers()
        self._read_pieces()
        self._read_tops()
        self._read_rows(column_map.side.columns)

    def _read_blocks(self, column_map: ColumnMap) -> None:
        joins = np.argsort(column_map.parent, kind="stable")
        counts = np.bincount(column_map.parent, minlength=len(column_map.start))
        self.first = np.append(0, np.cumsum(counts + 1))
        block = np.repeat(np.arange(len(counts)), counts + 1)
        self.order, self.must = np.zeros(len(block), dtype=np.int64), np.zeros(len(self._rest), dtype=bool)
        self.order[self.first[:-1]] = column_map.start
        after = np.setdiff1d(np.arange(len(block)), self.first[:-1])
        self.order[after] = column_map.join[joins]
        self.must[column_map.start], self.must[column_map.join] = True, ~column_map.chooses
        self.block = np.full(len(self.matrix.cost), -1)
        self.block[self.order] = block

    def _read_followers(self) -> None:
        """Find what only rows of whole columns keep down, but for what is wanted for itself in one row."""
        matrix, row, column, limits = self.matrix, self._row, self._column, self._limits
        columns, rows = len(matrix.cost), len(matrix.row_lower)
        number = np.bincount(column[limits], minlength=columns)
        alone = limits & (np.bincount(row[self._rest[column]], minlength=rows)[row] == 1)
        asked = (self._factor > 0) & np.isfinite(self.low[row])
        piece = (number == 1) & ((matrix.cost > 0) | (np.bincount(column[asked], minlength=columns) > 0))
        follows = self._rest & (number > 0) & ~piece
        follows &= np.bincount(column[alone], minlength=columns) == number
        self.followers = np.flatnonzero(follows)
        self.most = matrix.upper[self.followers]
        self.follower_at = np.full(columns, -1)
        self.follower_at[self.followers] = np.arange(len(self.followers))
        mine = limits & follows[column]
        self.limits, self.limit_factor = row[mine], self._factor[mine]
        self.follower_of = self.follower_at[column[mine]]
        count = len(self.limits)
        self.limit_at = np.full(rows + 1, -1)
        self.limit_at[self.limits] = np.arange(count)
        self.limits_of = sparse.csr_array(
            (np.ones(count), (self.follower_of, np.arange(count))), shape=(len(self.followers), count)
        )
        self._follows = follows
        self._pieces = limits & ~follows[column] & (number[column] == 1)

    def _read_pieces(self) -> None:
        matrix, row, column = self.matrix, self._row, self._column
        places = np.flatnonzero(self._pieces)
        places = places[np.lexsort([column[places], -matrix.cost[column[places]], row[places]])]
        self.group_row, group, counts = np.unique(row[places], return_inverse=True, return_counts=True)
        at = group, np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        shape = (len(self.group_row), int(counts.max(initial=0)))
        self.pieces, self.piece_factor, self.width = np.full(shape, -1), np.ones(shape), np.zeros(shape)
        self.pieces[at], self.piece_factor[at] = column[places], self._factor[places]
        self.width[at] = matrix.upper[column[places]] * self._factor[places]
        self.begin = np.cumsum(self.width, axis=1) - self.width
        self.group_of = np.full(len(self.high), -1)
        self.group_of[self.group_row] = np.arange(len(self.group_row))

    def _read_tops(self) -> None:
        matrix, row, column = self.matrix, self._row, self._column
        there = self.pieces >= 0
        self._others = self._rest & ~self._follows
        self._others[self.pieces[there]] = False
        top = self._others[column] & (self._factor < 0) & np.isfinite(self.low[row])
        self._top_row, self._top, self._top_factor = row[top], column[top], -self._factor[top]
        self.regions, self.floor = len(self._top_row), float(matrix.lower[self._top].max(initial=0.0))
        region = np.full(len(self.high), -1)
        region[self._top_row] = np.arange(self.regions)
        group, factor = np.full(len(matrix.cost), -1), np.zeros(len(matrix.cost))
        group[self.pieces[there]] = np.nonzero(there)[0]
        mine = (group[column] >= 0) & (region[row] >= 0)
        factor[column[mine]] = self._factor[mine] / self._top_factor[region[row[mine]]]
        self.region = np.full(len(self.group_row), -1)
        self.region[group[column[mine]]] = region[row[mine]]
        self.lift = np.zeros(self.pieces.shape)
        self.lift[there] = factor[self.pieces[there]] / self.piece_factor[there]

    def _read_rows(self, side: Places) -> None:
        matrix, row, column, rows = self.matrix, self._row, self._column, len(self.matrix.row_lower)
        paid, other = (
            np.bincount(row[which[column]], minlength=rows) > 0 for which in (self._side, ~self._side)
        )
        demand = paid & (matrix.row_lower == matrix.row_upper)
        budget = paid & ~other & ~demand & np.isfinite(matrix.row_upper)
        budget[row[self._side[column] & (self._factor != 1)]] = False  # weighs one payment against another
        purse = np.full(rows, -1)
        purse[paid] = row_components(matrix.rows[paid][:, side])
        self.purse = np.bincount(purse[budget], matrix.row_upper[budget], purse.max(initial=-1) + 1)
        due = demand[row] & matrix.integer[column] & (self._factor < 0)
        self.due = sparse.csr_array(
            (-self._factor[due], (column[due], purse[row[due]])), shape=(len(matrix.cost), len(self.purse))
        )
        plain, less = ~paid, np.bincount(row[self._factor < 0], minlength=rows) > 0
        plain[row[self._rest[column] & ~self._follows[column]]] = False
        plain[self.limits] = False
        self.plain, self.packing = np.append(plain, False), np.append(plain & ~less, False)
        self.payments = Payments(matrix, self.owner, side, demand)

    def of_block(self, block: int) -> Places:
        """Return the columns of a block."""
        return self.order[self.first[block] : self.first[block + 1]]

    def raised(self, values: Array) -> Array:
        """Return values of all columns with tops as high as may be."""
        matrix, values = self.matrix, np.where(self._others, 0.0, values)
        room = (self.rows @ values - matrix.row_lower)[self._top_row] / self._top_factor
        high = matrix.upper.copy()
        np.minimum.at(high, self._top, room)
        high = np.maximum(high, matrix.lower)
        values[self._others] = matrix.lower[self._others]
        values[self._top] = high[self._top]
        return values
