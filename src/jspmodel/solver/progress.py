"""Telling how far a search is, while it runs."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from threading import Lock

from jspmodel.proof import contradicts
from jspmodel.solver.matrix import Array

ProgressCallback = Callable[[Array | None, float, float], None]
"""Called with a better plan in all columns (None: the same), the best objective and the bound."""


class MonotoneProgress:
    """Tells of better plans and bounds only, from whatever thread they come.

    Parameters
    ----------
    callback : ProgressCallback
    """

    def __init__(self, callback: ProgressCallback) -> None:
        self._callback, self._lock = callback, Lock()
        self._objective, self._bound = -inf, inf

    def __call__(self, plan: Array | None, objective: float, bound: float) -> None:
        """Tell what is better than all that was told."""
        with self._lock:
            better = objective > self._objective
            self._objective = max(objective, self._objective)
            wrong = contradicts(self._objective, self._bound)
            if not (better or wrong or bound < self._bound):
                return
            self._bound = bound if wrong else min(bound, self._bound)
            self._callback(plan if better else None, self._objective, self._bound)
