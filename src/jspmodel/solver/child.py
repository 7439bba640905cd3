"""The child process of ``worker``: holds a matrix, searches it when asked, tells of each better plan."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from threading import Lock
from typing import BinaryIO

from jspmodel.solver.cutting import Rows
from jspmodel.solver.highs import Options
from jspmodel.solver.matrix import Array, Layout, Matrix
from jspmodel.solver.pipes import own_output, parent
from jspmodel.solver.search import Search
from jspmodel.solver.worker import Question, Result


def main() -> None:
    """Answer questions until the parent is gone."""
    out, told = own_output(), parent()
    held, known = told.get(), None
    while True:
        message = told.get()
        if isinstance(message, Question):
            known = _answer(held, message, out, known)
        else:
            held, known = message, None


@dataclass(frozen=True, eq=False)
class _Known:
    """The cuts of a question, and the bounds of columns within which they hold."""

    lower: Array
    upper: Array
    cuts: Rows | None

    def still(self, question: Question) -> bool:
        """Whether they hold for another question too."""
        return bool((question.lower >= self.lower).all() and (question.upper <= self.upper).all())


def _answer(
    held: tuple[Matrix, Layout, Options], question: Question, out: BinaryIO, known: _Known | None
) -> _Known:
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
    cuts = known.cuts if known is not None and known.still(question) else None
    search = Search(
        asked, layout, options, question.seconds, question.gap, watch, better, question.bound, cuts
    )
    search.run(question.start, question.hint)
    result = Result(search.best, search.objective, search.bound, search.status, search.stopped, search.proven)
    tell("result", result)
    return _Known(question.lower, question.upper, search.cuts)


if __name__ == "__main__":
    main()
