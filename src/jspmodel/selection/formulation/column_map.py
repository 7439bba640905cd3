"""Which columns of the matrix decide what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pulp

from jspmodel.selection.formulation.model import Model
from jspmodel.selection.formulation.statement import Formulation
from jspmodel.selection.variables import label, read_kind, read_label
from jspmodel.solver import ColumnMap, Places, Side

NOWHERE = -1
"""Stands for no region."""
OF_PAYMENTS = {"cost_paid", "fund_budget", "fund_share", "region_funds", "cofunding"}
"""Kinds of rows that say who pays: each has payments of one programme, or all of a fund and year."""


def read_column_map(formulation: Formulation, model: Model) -> ColumnMap:
    """Return what the search has to know of the columns.

    Parameters
    ----------
    formulation : Formulation
    model : Model

    Returns
    -------
    ColumnMap
    """
    variables, proposals = formulation.variables, formulation.inputs.proposals
    number = {code: place for place, code in enumerate(proposals)}
    start = {key: place for place, key in enumerate(variables.start)}
    pairs = {pair: place for place, pair in enumerate(dict.fromkeys((p, r) for p, r, _ in variables.join))}
    owner = np.full(len(model.matrix.cost), -1)
    kinds: tuple[Mapping[Any, pulp.LpVariable], ...] = (
        variables.start,
        variables.join,
        variables.together,
        variables.both,
        variables.pay,
    )
    for kind in kinds:
        owner[_columns(kind, model)] = [number[key[0]] for key in kind]
    return ColumnMap(
        start=_columns(variables.start, model),
        program=np.array([number[p] for p, _ in start], dtype=np.int64),
        join=_columns(variables.join, model),
        parent=np.array([start[p, t] for p, _, t in variables.join], dtype=np.int64),
        member=np.array([pairs[p, r] for p, r, _ in variables.join], dtype=np.int64),
        chooses=np.array(
            [proposals[p].joint and r not in proposals[p].mandatory for p, r, _ in variables.join], dtype=bool
        ),
        owner=owner,
        places=_places(formulation, model),
        side=_side(formulation, model),
    )


def _side(formulation: Formulation, model: Model) -> Side:
    """Class payments by year, fund, what funds may pay for their programme, and their part in other rows.

    A fund of a region may pay for whatever that joins, unless a rule or a missing document says otherwise;
    some regions must pay a share.
    """
    variables, inputs = formulation.variables, formulation.inputs
    others, cofunded = _in_other_rows(formulation, model), _cofunded(model)
    terms = {
        (p, year): (
            frozenset(
                (f, share, inputs.opens.get((p, f)))
                for f, share in inputs.payers[p].items()
                if share < 1 or f not in inputs.holder or (p, f) in inputs.opens
            ),
            frozenset(others.get((p, year), ())),
            frozenset(cofunded.get((p, year), ())),
        )
        for p, year in dict.fromkeys((p, year) for p, _, year in variables.pay)
    }
    numbers: dict[tuple[object, ...], int] = {}

    def number(*kind: object) -> int:
        return numbers.setdefault(kind, len(numbers))

    kind_of: dict[tuple[object, ...], tuple[object, ...]] = {}
    for p, fund, year in variables.pay:
        same = terms[p, year]
        kind_of["cost_paid", p, year] = ("cost_paid", same, year)
        kind_of["fund_budget", fund, year] = ("fund_budget", fund, year)
        if inputs.payers[p][fund] < 1:
            kind_of["fund_share", p, fund, year] = ("fund_share", same, fund, year)
        if fund in inputs.holder:
            region = inputs.holder[fund]
            kind_of["region_funds", p, region, year] = ("region_funds", same, region, year)
            kind_of["cofunding", p, region, year] = ("cofunding", same, region, year)
    row_kind = np.full(len(model.rows), NOWHERE)
    for (family, *codes), kind in kind_of.items():
        row = model.rows.get(label(str(family), *codes))
        if row is not None:
            row_kind[row] = number(*kind)
    for row in sorted({row for parts in others.values() for row, *_ in parts}):
        row_kind[row] = number("row", row)
    kinds = [number(terms[p, year], fund, year) for p, fund, year in variables.pay]
    return Side(_columns(variables.pay, model), np.array(kinds, dtype=np.int64), row_kind)


def _cofunded(model: Model) -> dict[tuple[str, int], list[str]]:
    """Return by programme and year the regions that must pay a share of their part."""
    found: dict[tuple[str, int], list[str]] = {}
    for name in model.rows:
        if read_kind(name) == "cofunding":
            _, (program, region, year) = read_label(name)
            found.setdefault((program, int(year)), []).append(region)
    return found


def _in_other_rows(
    formulation: Formulation, model: Model
) -> dict[tuple[str, int], list[tuple[int, str, float]]]:
    """Return by programme and year its payments in rows about spending: row, fund and coefficient.

    Such a row has payments of several programmes, each with a factor of its own.
    """
    pays = list(formulation.variables.pay)
    places = np.array([place for name, place in model.rows.items() if read_kind(name) not in OF_PAYMENTS])
    part = model.matrix.rows[places][:, _columns(formulation.variables.pay, model)].tocoo()
    found: dict[tuple[str, int], list[tuple[int, str, float]]] = {}
    for row, column, factor in zip(
        places[part.row].tolist(), part.col.tolist(), part.data.tolist(), strict=True
    ):
        program, fund, year = pays[column]
        found.setdefault((program, year), []).append((row, fund, factor))
    return found


def _places(formulation: Formulation, model: Model) -> Places:
    variables, inputs = formulation.variables, formulation.inputs
    number = {region: place for place, region in enumerate(inputs.case.regions["region"])}
    number[""] = NOWHERE
    places = np.full((len(model.matrix.cost), 2), NOWHERE)
    places[_columns(variables.join, model), 0] = [number[r] for _, r, _ in variables.join]
    for side in (0, 1):
        places[_columns(variables.together, model), side] = [
            number[key[1 + side]] for key in variables.together
        ]
    places[_columns(variables.both, model), 0] = [number[key[2]] for key in variables.both]
    places[_columns(variables.pay, model), 0] = [
        number[inputs.holder.get(fund, "")] for _, fund, _ in variables.pay
    ]
    return places


def _columns(variables: Mapping[Any, pulp.LpVariable], model: Model) -> Places:
    return np.array([model.columns[variable.hash] for variable in variables.values()], dtype=np.int64)
