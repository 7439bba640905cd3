"""A plan as values of all columns of the model in decimals, all rows kept to the last digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jspmodel.errors import Problem, SolverError
from jspmodel.plan import Choice, Plan
from jspmodel.selection.postoptimal.certificate.check_certificate import UNIT, Model, number, shown
from jspmodel.selection.postoptimal.certificate.exact_model import decimal_text, floor_text
from jspmodel.selection.postoptimal.certificate.exact_payments import Way, exact_payments
from jspmodel.selection.variables import label, read_kind, read_label

RAISED = ("together", "both", "retired", "piece")
"""Columns that only help: each is as large as its rows allow, one kind after the other."""
TOLERANCE = 1e-5
"""A floor is lowered to what the plan reaches by at most so much: the audit lets as much pass."""


def exact_floor(model: Model, values: Sequence[int], floor: str) -> str:
    """Return the floor that the worst-off region reaches exactly, the one asked for unless that misses it.

    Parameters
    ----------
    model : Model
    values : sequence of int
        Of all columns, as ``exact_plan`` gives them.
    floor : str
        In percent.

    Returns
    -------
    str
    """
    worst = [at for at, name in enumerate(model.row_names) if read_kind(name) == "worst_off"]
    reached = min((_sum(model, at, values) for at in worst), default=0) / (UNIT * UNIT)
    asked = float(Decimal(floor))
    return floor if reached >= asked else floor_text(max(reached, asked - TOLERANCE))


def exact_plan(model: Model, plan: Plan) -> list[int]:
    """Return the values of all columns: choices as they are, all else as the rows allow.

    Parameters
    ----------
    model : Model
    plan : Plan

    Returns
    -------
    list of int
        In units of 1e-12; the column of the equity floor is at 0.

    Raises
    ------
    SolverError
        If the plan names what the model does not know, or its costs cannot be paid to the last digit.
    """
    values = [0] * len(model.names)
    for name in _chosen(plan.choices):
        if name not in model.place:
            raise SolverError(f"The model has no {name}.", [Problem("plan_of_other_settings")])
        values[model.place[name]] = UNIT
    in_rows = _by_column(model)
    for kind in RAISED:
        for column, name in enumerate(model.names):
            if read_kind(name) == kind:
                values[column] = _largest(model, column, in_rows[column], values)
    for column, amount in _paid(model, plan, in_rows, values).items():
        values[column] = amount
    return values


def _chosen(choices: Sequence[Choice]) -> Iterator[str]:
    for choice in choices:
        yield label("start", choice.program, choice.start)
        yield from (label("join", choice.program, region, choice.start) for region in choice.regions)


def _by_column(model: Model) -> list[list[tuple[int, int]]]:
    """Return, by column, the rows in which it is and its coefficients."""
    rows: list[list[tuple[int, int]]] = [[] for _ in model.names]
    for at, terms in enumerate(model.terms):
        for column, factor in terms:
            rows[column].append((at, factor))
    return rows


def _sum(model: Model, row: int, values: Sequence[int]) -> int:
    return sum(factor * values[column] for column, factor in model.terms[row] if values[column])


def _largest(model: Model, column: int, rows: list[tuple[int, int]], values: Sequence[int]) -> int:
    """Return the largest value of a column, which is 0 so far, that the upper limits of its rows allow."""
    most = model.high[column] or 0
    for row, factor in rows:
        high = model.row_high[row]
        if factor > 0 and high is not None:
            most = min(most, (high * UNIT - _sum(model, row, values)) // factor)
    return max(most, 0)


def _paid(
    model: Model, plan: Plan, in_rows: list[list[tuple[int, int]]], values: Sequence[int]
) -> dict[int, int]:
    """Return the payments that pay all costs exactly, from those of the plan."""
    told = {
        label("pay", payment.program, payment.fund, payment.year): number(decimal_text(payment.amount))
        for payment in plan.funding
    }
    limits: dict[tuple[object, ...], int] = {}
    ways: dict[str, Way] = {}
    chosen = {choice.program for choice in plan.choices}
    for column, name in enumerate(model.names):
        kind, codes = read_label(name)
        if kind == "pay" and codes[0] in chosen:
            ways[name] = _way(model, in_rows[column], values, limits)
    if unknown := sorted(set(told) - set(ways)):
        raise SolverError(f"The model has no {unknown[0]}.", [Problem("plan_of_other_settings")])
    apart = _with_least_shares(told, ways, limits)
    parts, short = exact_payments(*apart, limits)
    if short is not None:
        codes = read_label(str(short.cost[0]))[1]
        where = {"program": codes[0], "year": codes[-1], "amount": shown(short.amount)}
        raise SolverError(
            f"{where['amount']} of {short.cost[0]} cannot be paid exactly.",
            [Problem("not_payable_exactly", values=where)],
        )
    return {model.place[name]: parts[name] + parts.get(name + LEAST, 0) for name in ways}


ORDER = {"fund_budget": 0, "fund_share": 1, "region_funds": 2, "cofunding": 3, "cost_paid": 4}
"""The rows of a payment, from its budget to its cost."""
LEAST = " at least"
"""Ends the name of the part of a payment that pays what a region must bear."""


def _with_least_shares(
    told: dict[str, int], ways: dict[str, Way], limits: dict[tuple[object, ...], int]
) -> tuple[dict[str, int], dict[str, Way]]:
    """Set apart of each cost what a region must bear at least, which its own funds alone may pay.

    The parts of what is told, and the ways of both: one ends at the least share, the other at the rest of the
    cost. If all of both is paid, payments from the region's funds add up to at least that share.
    """
    parts, apart = dict(told), dict[str, Way]()
    left: dict[tuple[object, ...], int] = {}
    for payment, way in ways.items():
        shares = [part for part in way if read_kind(str(part[0])) == "cofunding"]
        apart[payment] = tuple(part for part in way if part not in shares)
        for share in shares:
            if share not in left:
                left[share] = limits[share]
                limits[way[-1]] -= limits[share]
            least = min(parts.get(payment, 0), left[share])
            left[share] -= least
            parts |= {payment: parts.get(payment, 0) - least, payment + LEAST: least}
            apart[payment + LEAST] = way[:-1]
    return parts, apart


def _way(
    model: Model,
    rows: list[tuple[int, int]],
    values: Sequence[int],
    limits: dict[tuple[object, ...], int],
) -> Way:
    """Return the limits that a payment meets: its rows, payments being 0 so far.

    Rows that weigh payments against each other are none: payments of a plan keep them with room to spare.
    """
    kinds = {row: read_kind(model.row_names[row]) for row, _ in rows}
    own = [(model.row_names[row], row) for row in kinds if kinds[row] in ORDER]
    for name, row in own:
        least = model.row_high[row] is None
        side = (model.row_low[row] if least else model.row_high[row]) or 0
        left = side * UNIT - _sum(model, row, values)
        limits[(name,)] = -(-left // UNIT) if least else left // UNIT
    ordered = sorted(own, key=lambda pair: ORDER[read_kind(pair[0])])
    return tuple((name,) for name, _ in ordered)
