"""A model that PuLP states, read as arrays: some rows at a time, so that it never stands in memory whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter

import numpy as np
import pulp
from scipy import sparse

from jspmodel.selection.variables import Rows
from jspmodel.solver import Array, Matrix, Places

BLOCK = 100
"""Rows that are read at a time: few, so that PuLP's objects are gone before the collector sees them."""

_Block = tuple[Places, Array, Places, Array, Array]
"""Hashes of the variables of all terms, coefficients, terms by row, lower and upper limits by row."""


def read_arrays(
    objective: pulp.LpAffineExpression, rows: Rows
) -> tuple[Matrix, dict[int, int], dict[str, int]]:
    """Return objective and rows as arrays: columns by the names of the variables, rows as they come.

    A variable is known by its hash, which PuLP makes of its address: that it is in a row keeps it where it is
    as long as this is read.

    Parameters
    ----------
    objective : LpAffineExpression
    rows : iterator of (str, LpConstraint)

    Returns
    -------
    Matrix, dict of int to int, dict of str to int
        The column of each variable that is used by its hash, the place of each row by its name.

    Raises
    ------
    ValueError
        If two rows have the same name.
    """
    reader = _RowCollector()
    while block := list(islice(rows, BLOCK)):
        reader.read(block)
    costs = reader.hashes(list(objective))
    places = {name: place for place, name in enumerate(reader.names)}
    if len(places) < len(reader.names):
        twice = [name for name, count in Counter(reader.names).items() if count > 1]
        raise ValueError(f"rows of the same name: {', '.join(twice)}")
    ordered = sorted(reader.variables.values(), key=attrgetter("name"))
    columns = {variable.hash: place for place, variable in enumerate(ordered)}
    known = np.array(sorted(columns), dtype=np.int64)
    column = np.array([columns[number] for number in known.tolist()], dtype=np.int32)
    hashes, factors, counts, low, high = reader.whole()
    cost = np.zeros(len(ordered))
    cost[column[np.searchsorted(known, costs)]] = list(objective.values())
    matrix = Matrix(
        cost=cost,
        lower=_limits((v.lowBound for v in ordered), -np.inf),
        upper=_limits((v.upBound for v in ordered), np.inf),
        row_lower=low,
        row_upper=high,
        rows=sparse.csr_array(
            (factors, column[np.searchsorted(known, hashes)], np.append(0, np.cumsum(counts))),
            shape=(len(counts), len(ordered)),
        ),
        integer=np.array([v.cat == pulp.LpInteger for v in ordered], dtype=bool),
    )
    return matrix, columns, places


@dataclass
class _RowCollector:
    """Takes rows over, some at a time: PuLP's objects are gone before the next ones are stated."""

    names: list[str] = field(default_factory=list)
    variables: dict[int, pulp.LpVariable] = field(default_factory=dict)
    blocks: list[_Block] = field(default_factory=list)

    def read(self, named: list[tuple[str, pulp.LpConstraint]]) -> None:
        self.names += [name for name, _ in named]
        rows = [row for _, row in named]
        hashes = self.hashes(list(chain.from_iterable(rows)))
        self.blocks.append(
            (
                hashes,
                np.fromiter(chain.from_iterable(row.values() for row in rows), float, len(hashes)),
                np.fromiter(map(len, rows), np.int64, len(rows)),
                _limits((row.getLb() for row in rows), -np.inf),
                _limits((row.getUb() for row in rows), np.inf),
            )
        )

    def hashes(self, terms: list[pulp.LpVariable]) -> Places:
        """Return the hashes of variables, and remember them."""
        hashes = np.fromiter(map(attrgetter("hash"), terms), np.int64, len(terms))
        known, first = np.unique(hashes, return_index=True)
        self.variables.update(zip(known.tolist(), (terms[place] for place in first.tolist()), strict=True))
        return hashes

    def whole(self) -> _Block:
        """Return all blocks, one after the other."""
        if not self.blocks:
            self.read([])
        hashes, factors, counts, low, high = (
            np.concatenate(parts) for parts in zip(*self.blocks, strict=True)
        )
        return hashes, factors, counts, low, high


def _limits(values: Iterable[float | None], otherwise: float) -> Array:
    return np.array([otherwise if value is None else value for value in values], dtype=float)
