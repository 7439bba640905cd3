"""What an objective of the selection is: one value with all that others need of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.objective_kinds import ObjectiveKind
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.variables import Family, Pair, Variables

Worth = Callable[[Sequence[Choice]], float]
"""Gives what choices are worth, in the unit of the objective."""


@dataclass(frozen=True, eq=False)
class Objective:
    """An objective: what the model maximises, what choices are worth, how far that can go.

    Its words are a table in ``text/<language>/objectives.toml``; what of the tables counts under it stands in
    ``jspmodel.objective_kinds``, for rooms that know no model.

    Attributes
    ----------
    name : str
        In scenarios, in ``plan.json``, in words and in docs.
    terms : callable
        Yields what adds up to the objective: a variable of the model and its factor.
    worth : callable
        (case, scenario) to what gives the objective of given choices, from the tables alone: it shares no
        code with the terms.
    largest : callable
        Inputs to what no plan can exceed.
    helps : callable
        (inputs, proposal) to whether the programme alone can add anything.
    chosen : str
        Code of the reason why a programme is in the plan, beginning with ``chosen``.
    rows : tuple of callable
        What the model states of the variables that only this objective has.
    """

    name: ObjectiveKind
    terms: Callable[[Variables, Inputs], Iterator[Pair]]
    worth: Callable[[Case, Scenario], Worth]
    largest: Callable[[Inputs], float]
    helps: Callable[[Inputs, Proposal], bool]
    chosen: str
    rows: tuple[Family, ...] = ()
