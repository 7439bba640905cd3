"""The child process of ``worker``: holds a matrix, searches it when asked, tells of each better plan."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import BinaryIO

from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import Options
from jspmodel.solver.matrix import Array, Layout, Matrix
from jspmodel.solver.pipes import own_output, parent
from jspmodel.solver.search import search
from jspmodel.solver.worker import Question, Result


def main() -> None:
    """Answer questions until the parent is gone."""
    out, told = own_output(), parent()
    held = told.get()
    while True:
        message = told.get()
        if isinstance(message, Question):
            _answer(held, message, out)
        else:
            held = message


def _answer(held: tuple[Matrix, Layout, Options], question: Question, out: BinaryIO) -> None:
    matrix, layout, options = held

    def tell(*message: object) -> None:
        pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    def told(plan: Array | None, objective: float, bound: float) -> None:
        if plan is not None:
            tell("plan", plan, objective)
        tell("step", objective, bound)

    asked = replace(matrix, cost=question.cost, lower=question.lower, upper=question.upper).bounded()
    effort = Effort(question.work, question.seconds)
    found = search(
        asked,
        layout,
        options,
        effort,
        question.gap,
        told=told,
        bound=question.bound,
        start=question.start,
        hint=question.hint,
        proof=question.proof,
    )
    result = Result(
        found.best,
        found.objective,
        found.bound,
        found.status,
        effort.stopped,
        found.proven,
        question.work - effort.left,
        found.incumbent.dropped,
    )
    tell("result", result)


if __name__ == "__main__":
    main()
