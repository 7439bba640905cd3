"""Objective functions that plans are compared by, each kept apart from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import nearest_code
from jspmodel.measure import measure_of
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import SHARED, Inputs
from jspmodel.selection.objectives import Worth, gap_closed, score
from jspmodel.selection.variables import Pair, Variables
from jspmodel.text import worded

Unit = Literal["percent", "points", "money", "count", "share"]
"""``percent`` of a gap, ``points`` of the score, ``money`` in Rp billion, a ``count``, a ``share`` of 1."""

LEAST, MOST = 2, 6
"""How many objectives there are at least, and at most."""


@dataclass(frozen=True, eq=False)
class ObjectiveFunction:
    """What plans are compared by: terms of the model, and the same of given choices by the tables alone.

    Attributes
    ----------
    name : str
        As it is asked for.
    unit : str
    terms : callable
        Yields what adds up to it: a variable of the model and its factor.
    value : callable
        (case, scenario) to what gives its value of choices; it shares no code with the terms.
    most : callable
        Inputs to what no plan exceeds.
    effects : bool
        Whether the model must state what is delivered.
    less : bool
        Whether less of it is better.
    """

    name: str
    unit: Unit
    terms: Callable[[Variables, Inputs], Iterator[Pair]]
    value: Callable[[Case, Scenario], Worth]
    most: Callable[[Inputs], float]
    effects: bool = False
    less: bool = False


def _worst_off(variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    r"""Let the region that gains least gain as much as possible: :math:`\text{worst}`, in percent."""
    if variables.worst is not None:
        yield variables.worst, 1.0


def _least_impact(case: Case, scenario: Scenario) -> Worth:
    judge = measure_of(case, scenario)
    return lambda choices: float(judge.impact(choices).by_region.min())


def _money(variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    r"""Spend little: :math:`\sum_{p,r,s,t} c_{prst} \, \text{join}_{prs}`, shared costs once."""
    for p in inputs.proposals.values():
        for s in p.starts:
            yield variables.start[p.code, s], sum(p.due(SHARED, s, year) for year in inputs.years)
            for r in p.regions:
                yield variables.join[p.code, r, s], sum(p.due(r, s, year) for year in inputs.years)


def _spent(case: Case, scenario: Scenario) -> Worth:
    years = measure.horizon(case, scenario)

    def cost(choices: Sequence[Choice]) -> float:
        return float(sum(measure.yearly_costs(case, one, years).to_numpy().sum() for one in choices))

    return cost


def _quick_wins(variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    r"""Start many quick wins in the first year: :math:`\sum_{p \in Q} \text{start}_{p t_1}`."""
    first = inputs.years[0]
    for p in inputs.proposals.values():
        if p.quick_win and first in p.starts:
            yield variables.start[p.code, first], 1.0


def _begun(case: Case, scenario: Scenario) -> Worth:
    first = measure.horizon(case, scenario)[0]
    quick = set(case.programs.loc[case.programs["quick_win"], "program"])
    return lambda choices: float(sum(one.start == first and one.program in quick for one in choices))


def _part_of_gap(place: int, code: str, variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    """Close one issue's gap (``place`` 0), or one region's (1), in percent of its needs."""
    whole = sum(need for key, need in inputs.need.items() if key[place] == code)
    for *key, piece, weight in gap_closed.closed(variables, inputs):
        if key[place] == code:
            yield piece, weight / whole


def _part_closed(place: int, code: str, case: Case, scenario: Scenario) -> Worth:
    judge = measure_of(case, scenario)
    needs = judge.needs if place == 0 else judge.needs.T
    whole, own = float(needs.to_numpy().sum()), float(needs.loc[code].sum())

    def closed(choices: Sequence[Choice]) -> float:
        parts = judge.parts(choices)
        return float((parts if place == 0 else parts.T).loc[code].sum()) * whole / own

    return closed


GAP_CLOSED = ObjectiveFunction(
    "gap_closed", "percent", gap_closed.terms, gap_closed.worth, gap_closed.largest, effects=True
)
SCORE = ObjectiveFunction("score", "points", score.terms, score.worth, score.largest)
WORST_OFF = ObjectiveFunction(
    "worst_off", "percent", _worst_off, _least_impact, gap_closed.largest, effects=True
)
COST = ObjectiveFunction(
    "cost", "money", _money, _spent, lambda inputs: sum(inputs.budgets.values()), less=True
)
QUICK_WINS = ObjectiveFunction(
    "quick_wins",
    "count",
    _quick_wins,
    _begun,
    lambda inputs: float(sum(p.quick_win for p in inputs.proposals.values())),
)
WHOLE = {one.name: one for one in (GAP_CLOSED, SCORE, WORST_OFF, COST, QUICK_WINS)}
"""Those that have no code of their own."""
PARTS = {"issue": ("issues", 0), "region": ("regions", 1)}
"""``issue:CODE`` and ``region:CODE``: the gap that is closed in one of them."""
_TOLD = 40
"""Codes that are told where one is not known: the kabupaten and kota of any province."""


def objective_functions(
    case: Case, scenario: Scenario, names: Sequence[str], most: int = MOST
) -> tuple[ObjectiveFunction, ...]:
    """Return objective functions by their names.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    names : sequence of str
        ``gap_closed``, ``score``, ``worst_off``, ``quick_wins``, ``cost``, ``issue:CODE``, ``region:CODE``.
    most : int
        How many there may be; two at least.

    Returns
    -------
    tuple of ObjectiveFunction

    Raises
    ------
    DataError
        If one is not known, comes twice, or nothing in the tables counts for it; if there are too few or
        too many.
    """
    if problems := list(objective_flaws(case, scenario, names, most)):
        raise worded(DataError, problems)
    known = (_known(case, scenario, name) for name in names)
    return tuple(one for one in known if isinstance(one, ObjectiveFunction))


def objective_flaws(
    case: Case, scenario: Scenario, names: Sequence[str], most: int = MOST
) -> Iterator[Problem]:
    """Yield what is wrong with the names of objectives; see ``objective_functions``."""
    yield from _count(names, most)
    yield from (Problem("objective_twice", values={"value": one}) for one in _twice(names))
    for name in dict.fromkeys(names):
        if isinstance(one := _known(case, scenario, name), Problem):
            yield one


def _count(names: Sequence[str], most: int) -> Iterator[Problem]:
    words = {"least": LEAST, "most": most, "n": len(names)}
    if most == LEAST != len(names):
        yield Problem("objectives_two", values=words)
    elif not LEAST <= len(names) <= most:
        yield Problem("objectives_count", values=words)


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if list(names).count(name) > 1]


def _known(case: Case, scenario: Scenario, name: str) -> ObjectiveFunction | Problem:
    kind, colon, code = name.partition(":")
    if kind in PARTS and colon:
        return _part(case, scenario, kind, code)
    if name not in WHOLE:
        names = [*WHOLE, *(f"{part}:" for part in PARTS)]
        words = {
            "value": name,
            "known": ", ".join(names),
            "nearest": nearest_code(name, dict.fromkeys(names, "")),
        }
        return Problem("no_such_objective", values=words)
    one = WHOLE[name]
    if one.effects and not measure.needs(case, scenario).to_numpy().sum() > 0:
        return Problem("objective_without_needs", values={"value": name})
    if name == "score" and not case.programs["score"].fillna(0.0).any():
        return Problem("objective_without_scores", values={"value": name})
    if name == "quick_wins" and not case.programs["quick_win"].any():
        return Problem("objective_without_quick_wins", values={"value": name})
    return one


def _part(case: Case, scenario: Scenario, kind: str, code: str) -> ObjectiveFunction | Problem:
    table, place = PARTS[kind]
    names = case.names(table, scenario.language)
    if code not in names:
        told = [f"{kind}:{one}" for one in names]
        more = ["…"] if len(told) > _TOLD else []
        words = {"value": f"{kind}:{code}", "table": f"{table}.csv", "nearest": nearest_code(code, names)}
        return Problem("unknown_part", values={**words, "known": ", ".join([*told[:_TOLD], *more])})
    needs = measure.needs(case, scenario).sum(axis=1 - place)
    if not needs.get(code, 0.0) > 0:
        return Problem("objective_without_needs", values={"value": f"{kind}:{code}"})
    return ObjectiveFunction(
        f"{kind}:{code}",
        "percent",
        partial(_part_of_gap, place, code),
        partial(_part_closed, place, code),
        gap_closed.largest,
        effects=True,
    )


def usual_objectives(case: Case, scenario: Scenario) -> tuple[str, str]:
    """Return the two objectives that are set against each other where nobody says which.

    What the scenario maximises, and the region that gains least; money where there are not two regions with a
    need, or effects do not count.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    tuple of str
    """
    effects = COUNTS[scenario.objective].effects
    several = effects and int((measure.needs(case, scenario).sum() > 0).sum()) > 1
    return scenario.objective, "worst_off" if several else "cost"
