"""The answers to questions about money, in processes: plans are sought and shared, then bounds worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf

from jspmodel.processes import as_share, in_pieces, process_map
from jspmodel.selection.postoptimal.counterfactuals.money_judge import MoneyJudge
from jspmodel.selection.postoptimal.counterfactuals.money_model import NOTHING, MoneyModel, Question
from jspmodel.selection.postoptimal.counterfactuals.money_search import ASKED, Answers, search_money
from jspmodel.selection.postoptimal.nearby_plans import UNKNOWN, Answer, Choices
from jspmodel.selection.postoptimal.pieces import pieces_of_work

TOGETHER = 3
"""Programmes that one process asks about: each has the plans that it found before."""
PROOF = 0.25
"""Share of the work for bounds."""
LEAST = 5e-5
"""Units a coefficient of the model with less of which a search proves next to nothing."""
_Told = Callable[[float], None] | None
_Task = tuple[Question, Answer, float]


def ask_money(
    model: MoneyModel,
    judge: MoneyJudge,
    work: float,
    workers: int,
    progress: _Told = None,
    known: Answers | None = None,
) -> Answers:
    """Answer all questions about each programme of a model.

    Parameters
    ----------
    model : MoneyModel
    judge : MoneyJudge
        Of the model.
    work : float
        Units, about.
    workers : int
        Processes; the answers do not depend on them.
    progress : callable, optional
        Called with the share that is done.
    known : dict of Question to Answer, optional
        These questions are not searched again.

    Returns
    -------
    dict of Question to Answer
        Where neither today's budgets nor money leave a plan that loses nothing, also whether the programme
        fits at all.
    """
    programs = list(model.carried)
    if not programs:
        return {}
    each, known = (1 - PROOF) * work / (len(programs) * (len(ASKED) - 1)), known or Answers()
    tasks = pieces_of_work(programs, TOGETHER, each * (len(ASKED) - 1), model.stated.matrix)
    first = process_map(
        _seek, (model, each, known), tasks, workers, as_share(progress, 0.0, 1 - PROOF, len(tasks))
    )
    answers = {one: answer for some, _ in first for one, answer in some.items()}
    answers = _shared(judge, answers, (plan for _, plans in first for plan in plans))
    asked = [*_open(model, answers, PROOF * work), *_whether_they_fit(model, answers)]
    more = [(one, answers.get(one, UNKNOWN), PROOF * work / len(asked)) for one in asked]
    chunks = in_pieces(more, TOGETHER)
    then = process_map(_prove, model, chunks, workers, as_share(progress, 1 - PROOF, PROOF, len(chunks)))
    answers |= {one: answer for some, _ in then for one, answer in some.items()}
    if progress is not None:
        progress(1.0)
    return _shared(judge, answers, (plan for _, plans in then for plan in plans))


def _seek(given: tuple[MoneyModel, float, Answers], programs: Sequence[str]) -> tuple[Answers, list[Choices]]:
    model, work, known = given
    search, answers = search_money(model), Answers()
    for program in programs:
        answers |= search.seek(program, work, known)
    return answers, search.found


def _prove(model: MoneyModel, tasks: Sequence[_Task]) -> tuple[Answers, list[Choices]]:
    search = search_money(model)
    return {one: search.prove(one, answer, work) for one, answer, work in tasks}, search.found


def _shared(judge: MoneyJudge, answers: Answers, plans: Iterable[Choices]) -> Answers:
    """Return the answers with the best of all plans: one found for a programme may have others too."""
    known = list(dict.fromkeys(plans))
    return {one: judge.take_all(one, answer, known) for one, answer in answers.items()}


def _open(model: MoneyModel, answers: Answers, work: float) -> list[Question]:
    """Return the questions whose bounds are worked on, as many as there is work for.

    First come programmes that take most of what a plan can be worth: one that takes little of what is open in
    the plan itself would need a proof of nearly that.
    """
    left = [one for one, answer in answers.items() if answer.bound > answer.objective + NOTHING]
    taken = sorted(left, key=lambda one: answers[Question(one.program, "worth")].bound)
    return taken[: int(work / (LEAST * model.stated.matrix.entries))]


def _whether_they_fit(model: MoneyModel, answers: Answers) -> list[Question]:
    """Return the question whether a programme fits, of those that no plan known or possible has."""
    none = [
        program
        for program in model.carried
        if all(answers[Question(program, kind)].bound == -inf for kind in ("worth", "money"))
    ]
    return [Question(program, "fits") for program in none]
