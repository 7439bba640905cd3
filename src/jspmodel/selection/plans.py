"""Between values of variables and plans: choices read, choices held fixed, payments for given choices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from jspmodel import measure
from jspmodel.errors import Problem, SolverError
from jspmodel.plan import Choice, Payment
from jspmodel.selection.formulation import Formulation
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.solve import Answer, Model
from jspmodel.selection.variables import Variables

DOUBT = {"agreed": 0.0, "expected": 1.0, "": 1.0, "pledge": 2.0}
"""Payments come from the fund with the least doubt; a fund that says nothing counts as expected."""
DIGITS = 6
"""Payments are rounded to so many digits of Rp billion: Rp 1,000."""


def read_choices(answer: Answer, variables: Variables) -> tuple[Choice, ...]:
    """Return what an answer carries out, in table order.

    Parameters
    ----------
    answer : Answer
    variables : Variables

    Returns
    -------
    tuple of Choice
    """
    joined = defaultdict(list)
    for program, region, year in answer.chosen(variables.join):
        joined[program, year].append(region)
    starts = answer.chosen(variables.start)
    return tuple(Choice(program=p, start=t, regions=tuple(joined[p, t])) for p, t in starts)


def hold(
    formulation: Formulation, model: Model, choices: Sequence[Choice], free: Collection[str] = ()
) -> None:
    """Fix all programmes but those that are free as chosen, until the model is reset.

    Parameters
    ----------
    formulation : Formulation
    model : Model
    choices : sequence of Choice
    free : collection of str
        Programmes that stay free.
    """
    variables = formulation.variables
    starts = {(choice.program, choice.start) for choice in choices}
    joins = {(choice.program, region, choice.start) for choice in choices for region in choice.regions}
    held_starts = ((v, float(key in starts)) for key, v in variables.start.items() if key[0] not in free)
    held_joins = ((v, float(key in joins)) for key, v in variables.join.items() if key[0] not in free)
    model.limit((variable, value, value) for pairs in (held_starts, held_joins) for variable, value in pairs)


def pay(formulation: Formulation, model: Model, choices: Sequence[Choice]) -> tuple[Payment, ...]:
    """Return who pays what for given choices, from the funds with the least doubt.

    Parameters
    ----------
    formulation : Formulation
    model : Model
        Unchanged when the call returns.
    choices : sequence of Choice

    Returns
    -------
    tuple of Payment
        By programme, year and fund; they add up to the costs exactly.

    Raises
    ------
    SolverError
        If the funds cannot pay for the choices.
    """
    inputs, variables = formulation.inputs, formulation.variables
    certainty = dict(zip(inputs.case.funds["fund"], inputs.case.funds["certainty"], strict=True))
    hold(formulation, model, choices)
    model.aim({variable: -DOUBT[certainty[fund]] for (_, fund, _), variable in variables.pay.items()})
    answer = model.maximise(PAY_SECONDS, 0.0)
    model.reset()
    model.aim(formulation.problem.objective)
    if not answer.found:
        raise SolverError("The funds cannot pay for the plan found.", [Problem("not_payable")])
    return _rounded(answer.of(variables.pay), inputs, choices)


PAY_SECONDS = 10.0
"""Far more than a linear programme of payments needs."""


def _rounded(
    values: dict[tuple[str, str, int], float], inputs: Inputs, choices: Sequence[Choice]
) -> tuple[Payment, ...]:
    """Round, and let the largest payment of a programme and year take up the rest of its cost."""
    amounts: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for (program, fund, year), value in values.items():
        if (amount := round(value, DIGITS)) > 0:
            amounts[program, year][fund] = amount
    payments = []
    for choice in choices:
        costs = measure.yearly_costs(inputs.case, choice, inputs.years).sum()
        for year in inputs.years:
            parts = amounts[choice.program, year]
            if parts:
                largest = max(parts, key=lambda fund: parts[fund])
                parts[largest] += float(costs[year]) - sum(parts.values())
            payments += [
                Payment(program=choice.program, fund=fund, year=year, amount=round(amount, 9))
                for fund, amount in sorted(parts.items())
            ]
    return tuple(payments)
