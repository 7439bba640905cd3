"""The score: points that programmes have been given, by the share of the people whom they reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from jspmodel.case import Case
from jspmodel.measure import eligible_regions, records, shares, shares_among
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.objectives.objective import Objective, Worth
from jspmodel.selection.variables import Pair, Rows, Variables, label, times, total


def terms(variables: Variables, inputs: Inputs) -> Iterator[Pair]:
    r"""Gather as many points as possible.

    .. math:: \sum_{p,t} \text{score}_p \, \frac{\sum_{r} \text{share}_r \, \text{join}_{prt}}
        {\sum_{s \in R_p} \text{share}_s} + \sum_{p,o} \kappa_{po} \, \text{both}_{po}

    with :math:`\text{start}_{pt}` in place of the regions' part where :math:`R_p`, the regions that may take
    part, is empty; :math:`\text{share}_r` is the region's share of the population (equal ones where nobody
    lives in :math:`R_p`) and :math:`\kappa_{po}` the ``value`` of a complement.
    """
    for p in inputs.proposals.values():
        yield from _points(variables, inputs, p)
    yield from ((variables.both[p.code, o.code, "", 0], value) for p, o, value in inputs.complements())


def _points(variables: Variables, inputs: Inputs, p: Proposal) -> Iterator[Pair]:
    if not p.regions:
        yield from ((variables.start[p.code, t], p.score) for t in p.starts)
        return
    share = shares_among(inputs.shares, p.regions)
    whole = sum(share.values())
    for r in p.regions:
        yield from ((variables.join[p.code, r, t], p.score * share[r] / whole) for t in p.starts)


def pairs(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let complements add points only where both are carried out, whenever and wherever.

    .. math:: \text{both}_{po} \le \sum_{s} \text{start}_{qs} \qquad \text{for } q = p \text{ and } q = o
    """
    for (code, other, r, t), both in variables.both.items():
        for q in (inputs.proposals[code], inputs.proposals[other]):
            row = total([(both, 1.0)], times(-1.0, variables.started(q))) <= 0
            yield label("complements", code, other, r, t, q.code), row


def largest(inputs: Inputs) -> float:
    """Return all points."""
    points = sum(p.score for p in inputs.proposals.values())
    return points + sum(value for _, _, value in inputs.complements())


def helps(inputs: Inputs, p: Proposal) -> bool:
    """Say whether the programme has a score."""
    return p.score > 0


def worth(case: Case, scenario: Scenario) -> Worth:
    """Return what gives the points of choices, from the tables.

    The sum of score[p] times the population share, among the regions that p may have, of those that take part
    (whole for a programme without regions), plus ``value`` once for each pair of complements.
    """
    points = {
        program: 0.0 if isnan(score) else score
        for program, score in records(case.programs, "program", "score")
    }
    share = shares(case).to_dict()
    among = {p: shares_among(share, regions) for p, regions in eligible_regions(case).items()}
    of = ("program", "other", "kind", "value")
    links = [(p, o, value) for p, o, kind, value in records(case.program_links, *of) if kind == "complements"]

    def gathered(choices: Sequence[Choice]) -> float:
        whole = 0.0
        for choice in choices:
            own = among[choice.program]
            part = sum(own.get(r, share[r]) for r in choice.regions) / sum(own.values()) if own else 1.0
            whole += points[choice.program] * part
        chosen = {choice.program for choice in choices}
        both = (value for p, o, value in links if p in chosen and o in chosen and not isnan(value))
        return float(whole + sum(both))

    return gathered


OBJECTIVE = Objective("score", terms, worth, largest, helps, chosen="chosen_score", rows=(pairs,))
