"""Which columns of the matrix decide what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pulp

from jspmodel.selection.formulation import Formulation
from jspmodel.selection.solve import Model
from jspmodel.solver.matrix import Layout, Places

NOWHERE = -1
"""Stands for no region."""


def read_layout(formulation: Formulation, model: Model) -> Layout:
    """Return what the search has to know of the columns.

    Parameters
    ----------
    formulation : Formulation
    model : Model

    Returns
    -------
    Layout
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
    return Layout(
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
    )


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
