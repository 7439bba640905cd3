"""Parts of the model that are quick to search: what each holds fixed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pulp

from jspmodel.selection.formulation import Formulation
from jspmodel.selection.solve import Answer
from jspmodel.selection.variables import label

EXACT = 1e-6
"""How near to 0 or 1 counts as 0 or 1."""


@dataclass
class Restriction:
    """Bounds of variables, and rows that hold with equality."""

    limits: list[tuple[pulp.LpVariable, float, float]] = field(default_factory=list)
    equal: list[str] = field(default_factory=list)


def near(formulation: Formulation, guess: Answer, part: float = 0.5) -> Restriction:
    """Stay near a fractional solution: its coalitions, and its starts as far as they are decided."""
    start = formulation.variables.start
    held = coalitions(formulation, guess, guess, part)
    whole = (
        (key, round(value)) for key, value in guess.of(start).items() if abs(value - round(value)) < EXACT
    )
    held.limits += [(start[key], value, value) for key, value in whole]
    return held


def coalitions(formulation: Formulation, plan: Answer, guess: Answer, part: float = 0.5) -> Restriction:
    """Keep the coalitions of a plan, and for what it does not carry out those of a fractional solution.

    A region takes part whenever the programme starts, or never: it does if it does in that part at least.
    """
    held, variables = Restriction(), formulation.variables
    carried = {program for program, _ in plan.chosen(variables.start)}
    known, guessed = ((a.of(variables.start), a.of(variables.join)) for a in (plan, guess))
    for p in formulation.inputs.proposals.values():
        starts, joins = known if p.code in carried else guessed
        started = sum(starts[p.code, t] for t in p.starts)
        for r in p.regions:
            if not p.joint or r in p.mandatory:
                continue
            if sum(joins[p.code, r, t] for t in p.starts) >= part * started:
                held.equal += [label("join_what_starts", p.code, r, t) for t in p.starts]
            else:
                held.limits += [(variables.join[p.code, r, t], 0.0, 0.0) for t in p.starts]
    return held


def years(formulation: Formulation, plan: Answer) -> Restriction:
    """Start what a plan carries out when the plan starts it; coalitions and further programmes are free."""
    start = formulation.variables.start
    chosen = set(plan.chosen(start))
    carried = {program for program, _ in chosen}
    held = ((variable, float(key in chosen)) for key, variable in start.items() if key[0] in carried)
    return Restriction([(variable, value, value) for variable, value in held])


def filled(formulation: Formulation, plan: Answer) -> Restriction:
    """Keep a plan whole; only add to it."""
    join = formulation.variables.join
    held = years(formulation, plan)
    held.limits += [(join[key], 1.0, 1.0) for key in plan.chosen(join)]
    return held
