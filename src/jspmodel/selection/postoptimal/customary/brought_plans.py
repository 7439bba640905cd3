"""A plan that somebody brings, cut down to what keeps the rules: what is left, and why the rest had to go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import unknown_code
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import evaluate
from jspmodel.selection.search import marked, read_choices, thinned
from jspmodel.selection.variables import Variables
from jspmodel.solver import ONE_THREAD, ColumnMap, Matrix
from jspmodel.text import worded


@dataclass(frozen=True)
class Dropped:
    """What had to go from a plan that somebody brings.

    Attributes
    ----------
    program : str
    region : str
        The region that may not take part; ``""``: the programme as a whole.
    rules : tuple of str
        Those that are broken if it is put back beside what is left.
    """

    program: str
    region: str
    rules: tuple[str, ...]


def known_choices(case: Case, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return a plan that somebody brings, if the tables know its codes.

    Parameters
    ----------
    case : Case
    choices : sequence of Choice

    Returns
    -------
    tuple of Choice

    Raises
    ------
    DataError
        With every problem at once: codes that are not known, a programme that is there twice.
    """
    programs, regions = case.names("programs", "id"), case.names("regions", "id")
    problems: list[Problem] = []
    for place, choice in enumerate(choices):
        problems += unknown_code(choice.program, "programs", programs, "programs")
        for region in choice.regions:
            problems += unknown_code(region, "regions", regions, "regions")
        if any(choice.program == other.program for other in choices[:place]):
            problems.append(Problem("brought_twice", column="program", values={"value": choice.program}))
    if problems:
        raise worded(DataError, problems)
    return tuple(choices)


@dataclass(frozen=True, eq=False)
class BroughtPlans:
    """Cuts plans down under the rules that our plan keeps.

    Attributes
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        Ours.
    matrix : Matrix
        With the floor of our plan.
    column_map : ColumnMap
    variables : Variables
    """

    case: Case
    scenario: Scenario
    plan: Plan
    matrix: Matrix
    column_map: ColumnMap
    variables: Variables

    def cut_down(self, choices: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], tuple[Dropped, ...]]:
        """Return what is left of a plan so that it keeps the rules, and what had to go.

        The part that is worth most, as far as a short search tells; then whatever of the rest still can be
        put back, in the order of the plan. Nothing is put in that the plan does not have.

        Parameters
        ----------
        choices : tuple of Choice
            Codes that the tables know, each programme once.

        Returns
        -------
        tuple of Choice
            The whole plan where it keeps the rules; or where no part that does was found.
        tuple of Dropped
        """
        part = self._legal_part(choices) if self._broken(choices) else None
        if part is None:
            return choices, ()
        kept, dropped = {choice.program: choice for choice in part}, []
        for choice in choices:
            now = kept.get(choice.program)
            missing = (
                [""] if now is None else [region for region in choice.regions if region not in now.regions]
            )
            for region in missing:
                tried = kept | {choice.program: _with(kept.get(choice.program), choice, region)}
                rules = self._broken(_in_order(choices, tried))
                if rules:
                    dropped.append(Dropped(choice.program, region, rules))
                else:
                    kept = tried
        return _in_order(choices, kept), tuple(dropped)

    def _broken(self, choices: Sequence[Choice]) -> tuple[str, ...]:
        judged = evaluate(self.case, self.scenario, choices, self.plan)
        return tuple(check.rule for check in judged.broken)

    def _legal_part(self, choices: Sequence[Choice]) -> tuple[Choice, ...] | None:
        """Return the part that is worth most; None where none was found."""
        start, join = self.variables.start, self.variables.join
        marks = marked(choices, start, join, self.column_map, len(self.matrix.cost))
        values = thinned(self.matrix, self.column_map, marks, ONE_THREAD)
        if values is None:
            return None
        part = read_choices(values, start, join, self.column_map)
        return None if self._broken(part) else part


def _with(now: Choice | None, choice: Choice, region: str) -> Choice:
    """Return a choice with a region put back, or all of it where nothing of it is left."""
    if now is None:
        return choice
    there = {*now.regions, region}
    return now.model_copy(update={"regions": tuple(code for code in choice.regions if code in there)})


def _in_order(choices: Sequence[Choice], kept: Mapping[str, Choice]) -> tuple[Choice, ...]:
    return tuple(kept[choice.program] for choice in choices if choice.program in kept)
