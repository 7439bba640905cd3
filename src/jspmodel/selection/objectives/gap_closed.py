"""The gap closed: the impact in percent of all needs, averaged over the plan."""

from __future__ import annotations

from collections.abc import Iterator

import pulp

from jspmodel.case import Case
from jspmodel.measure import measure_of
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.objectives import effects
from jspmodel.selection.objectives.objective import Objective, Worth
from jspmodel.selection.variables import Pair, Variables


def terms(variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    r"""Close as much of all needs as possible, in percent.

    .. math:: \frac{100}{N} \sum_{i,r,t} w_t \, \text{need}_{ir} \sum_k \beta_k \, \text{piece}_{irtk}

    :math:`N` is the sum of all needs, :math:`w_t` the weight of the year, :math:`\beta_k` the slope of piece
    *k* of the diminishing returns.
    """
    whole = sum(inputs.need.values())
    yield from ((piece, weight / whole) for (_, _, piece, weight) in closed(variables, inputs))


def closed(variables: Variables, inputs: Inputs) -> Iterator[tuple[str, str, pulp.LpVariable, float]]:
    """Yield issue, region, a piece and 100 w[t] need[i,r] slope[k], what a unit of it closes of all needs."""
    for (issue, region, year, number), piece in variables.piece.items():
        slope = inputs.scenario.diminishing_returns[number][1]
        yield issue, region, piece, 100 * inputs.year_weights[year] * inputs.need[issue, region] * slope


def largest(inputs: Inputs) -> float:
    """Return all gaps closed, in percent."""
    return 100.0


def helps(inputs: Inputs, p: Proposal) -> bool:
    """Say whether the programme has an effect where there is a need."""
    return any((issue, region) in inputs.need for issue in inputs.effects[p.code] for region in p.regions)


def worth(case: Case, scenario: Scenario) -> Worth:
    """Return what gives the impact of choices, from the measure."""
    measure = measure_of(case, scenario)
    return lambda choices: measure.impact(choices).total


OBJECTIVE = Objective(
    "gap_closed",
    terms,
    worth,
    largest,
    helps,
    chosen="chosen",
    rows=(effects.partners, effects.complements, effects.delivered_effects),
)
