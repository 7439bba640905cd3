"""Which programmes go together, before one another, or not at all."""

from __future__ import annotations

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.variables import Rows, Variables, label, total


def requires(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let what a programme requires be delivered before it starts.

    sum_{s <= t} start[p,s] <= sum_{s: s + duration[o] - 1 < t} start[o,s] for each t in which p may start.
    """
    for code, other, _ in inputs.links("requires"):
        p, o = inputs.proposals.get(code), inputs.proposals.get(other)
        for t in p.starts if p else ():
            begun = [(variables.start[code, s], 1.0) for s in p.starts if s <= t] if p else []
            before = [(variables.start[other, s], -1.0) for s in o.starts_ready_by(t - 1)] if o else []
            yield label("requires", code, other, t), total(begun, before) <= 0


def excludes(variables: Variables, inputs: Inputs) -> Rows:
    r"""Start at most one of two programmes that exclude each other: sum_t start[p,t] + start[o,t] <= 1."""
    pairs = {frozenset(link[:2]): link[:2] for link in inputs.links("excludes")}
    for code, other in pairs.values():
        if code in inputs.proposals and other in inputs.proposals:
            both = (variables.started(inputs.proposals[q]) for q in (code, other))
            yield label("excludes", code, other), total(*both) <= 1


def max_parallel(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let an agency lead at most so many programmes at once.

    sum_{p led by a} sum_{s: s <= t <= s + duration[p] - 1} start[p,s] <= max_parallel[a] for each year t.
    """
    for agency, most in inputs.max_parallel.items():
        led = [p for p in inputs.proposals.values() if p.agency == agency]
        for t in inputs.years if len(led) > most else ():
            under_way = [
                (variables.start[p.code, s], 1.0) for p in led for s in p.starts if s <= t <= p.ready(s)
            ]
            yield label("max_parallel", agency, t), total(under_way) <= most
