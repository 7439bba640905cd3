"""All plans that no other dominates: one tree over the programmes, in which they are found one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jspmodel.selection.postoptimal.robust_portfolios.nondominated_plans import (
    HALF,
    KnownPlan,
    NondominatedPlans,
    Question,
    Reply,
)
from jspmodel.solver import INTEGRALITY_TOLERANCE, ONE_THREAD, Array, Effort, SearchResult, Session

NODE = 1e-3
"""Work that a node takes beside its iterations, in units, for a model of up to ``USUAL`` coefficients."""
USUAL = 10_000

Node = dict[str, bool]
"""Programmes that are decided: in, or out."""


class Enumeration:
    """A tree over which programmes are in: a node is left where no plan in it is missing among those known.

    At each node the relaxation of the question for a new plan is solved; where it has no solution, all plans
    of the node are dominated or known. Else a programme that it carries out in part is decided both ways.
    Where it decides all programmes itself, the question is answered for the node by a search of its own, the
    plan found is added to those known, and the node is looked at again. So the tree is walked once, while
    asking anew for each plan would walk it from the top each time.

    Parameters
    ----------
    plans : NondominatedPlans
        With one known plan at least.
    work : float
        Units that it may take.

    Attributes
    ----------
    plans : NondominatedPlans
        With those found.
    complete : bool
        Whether it is proven that no set of judged programmes is missing.
    """

    def __init__(self, plans: NondominatedPlans, work: float) -> None:
        self.plans, self.complete, self._effort = plans, False, Effort(work)
        self._open: list[Node] = [{}]
        self._state()

    def run(self) -> None:
        """Walk the tree until it is done, or the work is spent."""
        while self._open and self._effort.left > 0:
            node = self._open.pop()
            relaxed = self._relaxed(node)
            if relaxed.status != "infeasible" and not self._go_on(node, relaxed.values):
                return
        self.complete = not self._open

    def _state(self) -> None:
        """State the relaxation for the plans that are known."""
        asked = self.plans.model_of(Question(new=True))
        upper = asked.matrix.upper.copy()
        upper[asked.none] = 0.0
        self._carried_out, self._integer = asked.carried_out, asked.matrix.integer
        self._session = Session(replace(asked.matrix, upper=upper), ONE_THREAD)
        self._node_work = NODE * max(1.0, asked.matrix.entries / USUAL)

    def _relaxed(self, node: Node) -> SearchResult:
        """Solve the relaxation at a node."""
        decided = [node.get(program) for program in self.plans.information.judged]
        lower = np.array([float(inside is True) for inside in decided])
        upper = np.array([float(inside is not False) for inside in decided])
        self._session.set_bounds(self._carried_out, lower, upper)
        self._effort.spend(self._node_work)
        return self._session.relax(self._effort)

    def _go_on(self, node: Node, values: Array | None) -> bool:
        """Decide one more programme of a node, or answer for it; return whether the work sufficed."""
        if values is None:  # the relaxation ended without a solution to rely on, which proves nothing
            return self._answer(node, self._asked(node))
        part = values[self._carried_out]
        apart = np.abs(part - np.round(part))
        if apart.max(initial=0.0) > INTEGRALITY_TOLERANCE:
            self._branch(node, int(apart.argmax()), inside=bool(part[int(apart.argmax())] > HALF))
            return True
        whole = values[self._integer]
        if np.abs(whole - np.round(whole)).max(initial=0.0) > INTEGRALITY_TOLERANCE:
            return self._answer(node, self._asked(node))
        return self._answer(node, self.plans.settle(values, self._effort))

    def _branch(self, node: Node, place: int, *, inside: bool) -> None:
        """Decide a programme both ways, the nearer way first."""
        program = self.plans.information.judged[place]
        self._open += [{**node, program: not inside}, {**node, program: inside}]

    def _asked(self, node: Node) -> Reply:
        reply = self.plans.reply(Question(node, new=True, work=self._effort.left))
        self._effort.spend(reply.work)
        return reply

    def _answer(self, node: Node, reply: Reply) -> bool:
        """Leave a node for good, or add a plan and look at it again; return whether the work sufficed."""
        if reply.found is not None:
            self._take(reply.found)
            self._open.append(node)
        return reply.none or reply.found is not None

    def _take(self, plan: KnownPlan) -> None:
        self.plans = self.plans.with_plans([plan])
        self._state()
