"""The child process of ``worker``: holds a matrix, searches it when asked, tells of each better plan."""

from __future__ import annotations

import pickle
from dataclasses import replace
from threading import Lock
from typing import BinaryIO

from jspmodel.solver.highs import Options
from jspmodel.solver.matrix import Array, Layout, Matrix
from jspmodel.solver.pipes import own_output, parent
from jspmodel.solver.search import Search
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
    lock = Lock()

    def tell(*message: object) -> None:
        with lock:
            pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)
            out.flush()

    def watch(objective: float, bound: float) -> None:
        tell("step", objective, bound)

    def better(plan: Array, objective: float) -> None:
        tell("plan", plan, objective)

    asked = replace(matrix, cost=question.cost, lower=question.lower, upper=question.upper).bounded()
    search = Search(asked, layout, options, question.seconds, question.gap, watch, better, question.bound)
    search.run(question.start, question.hint)
    result = Result(search.best, search.objective, search.bound, search.status, search.stopped, search.proven)
    tell("result", result)


if __name__ == "__main__":
    main()
