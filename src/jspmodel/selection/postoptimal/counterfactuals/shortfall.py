"""What money a plan lacks, and from which funds and years it is best taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from jspmodel.plan import Choice
from jspmodel.selection.postoptimal.counterfactuals.money_model import NOTHING, MoneyModel, Place
from jspmodel.selection.search import DIGITS, DOUBT
from jspmodel.solver import ONE_THREAD, Matrix, Places, maximise, with_rows

LISTED, LATER = 1e-2, 1e-4
"""Of funds with the same doubt those that are listed first, and of years the earlier ones."""


class Shortfall:
    """Pays for plans, with money as a variable.

    Parameters
    ----------
    model : MoneyModel
    """

    def __init__(self, model: MoneyModel) -> None:
        self._model, matrix = model, model.stated.matrix
        self._free = np.union1d(model.stated.column_map.side.columns, model.money)
        flags = np.zeros(len(matrix.cost))
        flags[self._free] = 1.0
        self._about = np.flatnonzero(abs(matrix.rows) @ flags)
        self._onto = matrix.rows[self._about].tocsr()
        self._own = self._onto[:, self._free].tocsr()
        funds = model.stated.case.funds
        self._doubt = dict(zip(funds["fund"], funds["certainty"].map(DOUBT), strict=True))

    def amount(self, choices: Sequence[Choice], allowed: Mapping[Place, int]) -> float | None:
        """Return the least money (Rp billion) that pays for choices beside the budgets; None: none would do.

        Parameters
        ----------
        choices : sequence of Choice
        allowed : mapping of (fund, year) to int
            The columns of money that may be used.

        Returns
        -------
        float or None
        """
        columns = self._columns(allowed)
        least = maximise(self._stated(choices, columns), ONE_THREAD, 0.0).values
        return None if least is None else float(least[columns].sum())

    def parts(
        self, choices: Sequence[Choice], allowed: Mapping[Place, int], amount: float
    ) -> tuple[tuple[str, int, float], ...]:
        """Return from where the least money that pays for choices is best taken.

        Parameters
        ----------
        choices, allowed
            As of ``amount``.
        amount : float
            What that says.

        Returns
        -------
        tuple of (str, int, float)
            Fund (``""`` for relief of costs), year, and Rp billion rounded to Rp 1,000. Of several ways with
            the same sum, from the funds with the least doubt, then those listed first, then in the earliest
            years.
        """
        if amount <= NOTHING:
            return ()
        columns = self._columns(allowed)
        stated = self._stated(choices, columns)
        values = maximise(self._ordered(stated, columns, allowed, amount), ONE_THREAD, 0.0).values
        values = maximise(stated, ONE_THREAD, 0.0).values if values is None else values
        if values is None:
            return ()
        parts = zip(allowed, np.round(values[columns], DIGITS).tolist(), strict=True)
        return tuple((place, year, part) for (place, year), part in parts if part > 0)

    def _columns(self, allowed: Mapping[Place, int]) -> Places:
        """Return columns of money among those of payments and money."""
        return np.searchsorted(self._free, list(allowed.values())).astype(np.int64)

    def _stated(self, choices: Sequence[Choice], columns: Places) -> Matrix:
        """State payments and money for choices that are given: as little money as will do."""
        whole, money = self._model.stated.matrix, np.isin(self._free, self._model.money)
        taken = self._onto @ self._model.stated.values(choices)
        cost, closed = np.zeros(len(self._free)), money.copy()
        cost[columns], closed[columns] = -1.0, False
        return Matrix(
            cost=cost,
            lower=whole.lower[self._free],
            upper=np.where(closed, 0.0, whole.upper[self._free]),
            row_lower=whole.row_lower[self._about] - taken,
            row_upper=whole.row_upper[self._about] - taken,
            rows=self._own,
            integer=np.zeros(len(self._free), dtype=bool),
        )

    def _ordered(
        self, stated: Matrix, columns: Places, allowed: Mapping[Place, int], amount: float
    ) -> Matrix:
        """Ask for the same sum from where it is best taken."""
        cost, total = np.zeros(len(stated.cost)), np.zeros(len(stated.cost))
        listed = {place: k for k, place in enumerate(dict.fromkeys(place for place, _ in allowed))}
        first = min(year for _, year in allowed)
        prices = [
            1 + self._doubt.get(place, 0.0) + LISTED * listed[place] + LATER * (year - first)
            for place, year in allowed
        ]
        cost[columns], total[columns] = np.negative(prices), 1.0
        most = np.array([amount + NOTHING / 10])
        stated = with_rows(stated, sparse.csr_array(total[None, :]), np.full(1, -np.inf), most)
        return replace(stated, cost=cost)
