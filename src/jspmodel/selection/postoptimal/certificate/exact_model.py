"""The stated model in decimals: what a certificate is about, and the same as arrays for the solver."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from math import inf, isfinite
from typing import Any

import numpy as np
import pulp
from scipy import sparse

from jspmodel.selection.formulation import Formulation
from jspmodel.selection.objectives import objective_of
from jspmodel.selection.postoptimal.certificate.check_certificate import UNIT, Model
from jspmodel.selection.variables import Variables, read_kind, total
from jspmodel.solver import Matrix, Places

DIGITS = 13
"""Digits of a coefficient: sums of a table's decimals are those decimals again, without noise of floats."""
PLACES = Decimal(1).scaleb(-12)
FLOOR_PLACES = Decimal(1).scaleb(-6)
"""A floor of an equity rule is told in millionths of a percent, rounded down."""


def decimal_text(value: float) -> str:
    """Return a number as a decimal of at most 12 places and ``DIGITS`` digits.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> decimal_text(0.1 + 0.2), decimal_text(1 / 3), decimal_text(-1e-14)
    ('0.3', '0.333333333333', '0')
    """
    return text_of(Decimal(f"{value:.{DIGITS}g}").quantize(PLACES))


def floor_text(value: float) -> str:
    """Return a floor in percent as a certificate has it, never more than it is."""
    return text_of(max(Decimal(repr(value)).quantize(FLOOR_PLACES, ROUND_FLOOR), Decimal(0)))


def text_of(value: Decimal) -> str:
    """Return a decimal as text without an exponent; 0 has no sign."""
    return f"{value.normalize():f}" if value else "0"


def exact_model(formulation: Formulation, floor: str | None) -> dict[str, Any]:
    """Return the columns and rows of the model in decimals, as ``certificate.json`` has them.

    The objective is that of the scenario alone, without the price of money that decides ties in a search.

    Parameters
    ----------
    formulation : Formulation
        With payments.
    floor : str, optional
        Impact that each region with a need must reach, in percent; None without an equity rule.

    Returns
    -------
    dict of str to object
    """
    variables, inputs = formulation.variables, formulation.inputs
    worth = total(objective_of(inputs.scenario).terms(variables, inputs))
    columns = [
        {
            "name": variable.name,
            "low": floor if variable is variables.worst and floor is not None else "0",
            "high": None if variable.upBound is None else decimal_text(variable.upBound),
            "whole": variable.cat == pulp.LpInteger,
            "worth": decimal_text(worth.get(variable, 0.0)),
        }
        for variable in _all(variables)
    ]
    rows = [
        {
            "name": name,
            "low": _limit(row.getLb()),
            "high": _limit(row.getUb()),
            "terms": {variable.name: decimal_text(factor) for variable, factor in row.items()},
        }
        for name, row in formulation.rows()
    ]
    return {"columns": columns, "rows": rows}


def _limit(value: float | None) -> str | None:
    return None if value is None or not isfinite(value) else decimal_text(value)


def _all(variables: Variables) -> Iterator[pulp.LpVariable]:
    kinds: tuple[dict[Any, pulp.LpVariable], ...] = (
        variables.start,
        variables.join,
        variables.together,
        variables.both,
        variables.pay,
        variables.piece,
        variables.retired,
    )
    for kind in kinds:
        yield from kind.values()
    if variables.worst is not None:
        yield variables.worst


def as_matrix(model: Model) -> Matrix:
    """Return a model in decimals as the arrays of a solver: every column with a bound.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Matrix
    """
    counts = [len(terms) for terms in model.terms]
    entries = [entry for terms in model.terms for entry in terms]
    rows = sparse.csr_array(
        (
            np.array([factor / UNIT for _, factor in entries], dtype=float),
            np.array([column for column, _ in entries], dtype=np.int32),
            np.append(0, np.cumsum(counts)),
        ),
        shape=(len(counts), len(model.names)),
    )
    return Matrix(
        cost=np.array(model.worth, dtype=float) / UNIT,
        lower=np.array(model.low, dtype=float) / UNIT,
        upper=_floats(model.implied(), inf),
        row_lower=_floats(model.row_low, -inf),
        row_upper=_floats(model.row_high, inf),
        rows=rows,
        integer=np.array(model.whole, dtype=bool),
    )


def _floats(limits: list[int | None], otherwise: float) -> Any:
    return np.array([otherwise if limit is None else limit / UNIT for limit in limits], dtype=float)


def splittable(model: Model) -> Places:
    """Return the rows that say whether a programme is carried out at all."""
    once = (at for at, name in enumerate(model.row_names) if read_kind(name) == "start_once")
    return np.array([at for at in once if model.all_whole(at)], dtype=np.int64)
