"""Which columns of the matrix decide what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pulp

from jspmodel.selection.formulation import Formulation
from jspmodel.selection.solve import Model
from jspmodel.solver.matrix import Layout, Places


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
    )


def _columns(variables: Mapping[Any, pulp.LpVariable], model: Model) -> Places:
    return np.array([model.columns[variable.hash] for variable in variables.values()], dtype=np.int64)
