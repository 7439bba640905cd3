"""Better the bound by cuts at the root node, beside a search for plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from threading import Thread

import highspy

from jspmodel.solver.clock import Clock
from jspmodel.solver.cutting import CUTS_ALONE
from jspmodel.solver.highs import SCALE, Options, Settings, new, to_lp
from jspmodel.solver.matrix import Array, Layout, Matrix
from jspmodel.solver.projection import Projection

VERTEX: Settings = {"mip_lp_solver": "ipx"}
"""Cuts start from a vertex that the interior-point method and a crossover reach."""


class Root:
    """HiGHS at the root node of a model without its side columns, in a thread of its own.

    Parameters
    ----------
    matrix : Matrix
    layout : Layout
    duals : array, shape (rows,)
        Of the relaxation.
    options : Options
    seconds : float
    told : callable
        Called with each better bound.

    Attributes
    ----------
    helped : bool
        Whether it told a bound: when it did so depends on the clock.
    """

    def __init__(
        self,
        matrix: Matrix,
        layout: Layout,
        duals: Array,
        options: Options,
        seconds: float,
        told: Callable[[float], None],
    ) -> None:
        self._asked = matrix, layout, duals, replace(options, threads=1)
        self._clock, self._told, self._over = Clock(seconds), told, False
        self.helped = False
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End it, soon."""
        self._over = True
        self._thread.join()

    def _run(self) -> None:
        matrix, layout, duals, options = self._asked
        projection = Projection(matrix, layout.side, options)
        projection.learn(duals)
        highs = new(options, self._clock.left, {**CUTS_ALONE, **VERTEX})
        for moment in (highs.cbMipInterrupt, highs.cbIpmInterrupt, highs.cbSimplexInterrupt):
            moment.subscribe(lambda event: event.interrupt() if self._over else None)
        highs.cbMipInterrupt.subscribe(lambda event: self._tell(event.data_out.mip_dual_bound / SCALE))
        highs.passModel(to_lp(projection.matrix))
        highs.run()
        if highs.getModelStatus() in (
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kSolutionLimit,
        ):
            self._tell(highs.getInfo().mip_dual_bound / SCALE)

    def _tell(self, bound: float) -> None:
        self.helped = self.helped or bound < inf
        self._told(bound)
