"""Between values of variables and plans: choices read, choices held fixed, payments for given choices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from jspmodel import measure
from jspmodel.errors import Problem, SolverError
from jspmodel.plan import Choice, Payment
from jspmodel.selection.formulation import OF_PAYMENTS, Formulation, Model
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.variables import Variables, read_kind
from jspmodel.solver import NOT_FIXED, Array, ColumnMap, Matrix, maximise, restrict

DOUBT = {"agreed": 0.0, "expected": 1.0, "": 1.0, "pledge": 2.0}
"""Payments come from the fund with the least doubt; a fund that says nothing counts as expected."""
LISTED = 1e-3
"""Among funds of equal doubt those that are listed first pay first."""
DIGITS = 6
"""Payments are rounded to so many digits of Rp billion: Rp 1,000."""


def read_choices(
    values: Array,
    start: Iterable[tuple[str, int]],
    join: Iterable[tuple[str, str, int]],
    column_map: ColumnMap,
) -> tuple[Choice, ...]:
    """Return what values of columns carry out.

    Parameters
    ----------
    values : array, shape (columns,)
    start, join : iterable
        The keys of ``Variables.start`` and ``Variables.join``, in their order.
    column_map : ColumnMap

    Returns
    -------
    tuple of Choice
        In table order.
    """
    members: dict[tuple[str, int], list[str]] = {}
    for (program, region, year), value in zip(join, values[column_map.join], strict=True):
        if value > 0.5:
            members.setdefault((program, year), []).append(region)
    return tuple(
        Choice(program=program, start=year, regions=tuple(members.get((program, year), ())))
        for (program, year), value in zip(start, values[column_map.start], strict=True)
        if value > 0.5
    )


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
    model.set_bounds(
        (variable, value, value) for pairs in (held_starts, held_joins) for variable, value in pairs
    )


def as_chosen(model: Model, variables: Variables, choices: Sequence[Choice]) -> Array:
    """Return all columns with starts and regions as chosen and everything else 0.

    Parameters
    ----------
    model : Model
    variables : Variables
    choices : sequence of Choice

    Returns
    -------
    array, shape (columns,)
    """
    fixed = np.zeros(len(model.matrix.cost))
    for choice in choices:
        fixed[model.columns[variables.start[choice.program, choice.start].hash]] = 1.0
        for region in choice.regions:
            fixed[model.columns[variables.join[choice.program, region, choice.start].hash]] = 1.0
    return fixed


def pay(formulation: Formulation, model: Model, choices: Sequence[Choice]) -> tuple[Payment, ...]:
    """Return who pays what for given choices, from the funds with the least doubt, then those listed first.

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
    funds = enumerate(zip(inputs.case.funds["fund"], inputs.case.funds["certainty"], strict=True))
    price = {fund: DOUBT[certainty] + LISTED * place for place, (fund, certainty) in funds}
    chosen = {choice.program for choice in choices}
    open_ = {key: model.columns[pay.hash] for key, pay in variables.pay.items() if key[0] in chosen}
    fixed = as_chosen(model, variables, choices)
    fixed[list(open_.values())] = NOT_FIXED
    doubt = np.zeros(len(fixed))
    doubt[list(open_.values())] = [-price[fund] for _, fund, _ in open_]
    for matrix in _about_money(model, variables):
        restriction = restrict(matrix, fixed)
        asked = replace(restriction.matrix, cost=restriction.onto.T @ doubt)
        found = maximise(asked, model.options, 0.0)
        if found.values is not None:
            paid = restriction.expand(found.values)
            return _rounded({key: float(paid[place]) for key, place in open_.items()}, inputs, choices)
    raise SolverError("The funds cannot pay for the plan found.", [Problem("not_payable")])


def _about_money(model: Model, variables: Variables) -> Iterator[Matrix]:
    """Yield the rows in which payments are: where they weigh payments against each other, first tightened.

    By as much as rounding may take from each payment in them: then what is rounded keeps them too.
    """
    matrix = model.matrix
    pays = np.zeros(len(matrix.cost))
    pays[[model.columns[pay.hash] for pay in variables.pay.values()]] = 1.0
    about = np.flatnonzero(abs(matrix.rows) @ pays)
    low, high = matrix.row_lower[about], matrix.row_upper[about]
    plain = replace(matrix, rows=matrix.rows[about], row_lower=low, row_upper=high)
    kinds = {place: read_kind(name) for name, place in model.rows.items()}
    weighs = np.array([kinds[place] not in OF_PAYMENTS for place in about.tolist()], dtype=bool)
    if (weighs & (low < high)).any():
        spare = np.where(weighs & (low < high), 10.0**-DIGITS * (abs(plain.rows) @ pays), 0.0)
        yield replace(plain, row_lower=low + spare, row_upper=high - spare)
    yield plain


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
