"""Which programmes go together, before one another, or not at all."""

from __future__ import annotations

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.variables import Rows, Variables, label, times, total


def requires(variables: Variables, inputs: Inputs) -> Rows:
    r"""What a programme requires is delivered before it starts.

    sum_{s <= t} start[p,s] <= sum_{s: s + duration[o] - 1 < t} start[o,s] for each t in which p may start.
    """
    for code, other, _ in inputs.links("requires"):
        p, o = inputs.proposals.get(code), inputs.proposals.get(other)
        for t in p.starts if p else ():
            begun = [(variables.start[code, s], 1.0) for s in p.starts if s <= t] if p else []
            before = [(variables.start[other, s], -1.0) for s in o.starts_ready_by(t - 1)] if o else []
            yield label("requires", code, other, t), total(begun, before) <= 0


def excludes(variables: Variables, inputs: Inputs) -> Rows:
    r"""Of two programmes that exclude each other at most one starts: sum_t start[p,t] + start[o,t] <= 1."""
    pairs = {frozenset(link[:2]): link[:2] for link in inputs.links("excludes")}
    for code, other in pairs.values():
        if code in inputs.proposals and other in inputs.proposals:
            both = (variables.started(inputs.proposals[q]) for q in (code, other))
            yield label("excludes", code, other), total(*both) <= 1


def max_parallel(variables: Variables, inputs: Inputs) -> Rows:
    r"""An agency leads at most so many programmes at once.

    sum_{p led by a} sum_{s: s <= t <= s + duration[p] - 1} start[p,s] <= max_parallel[a] for each year t.
    """
    for agency, most in inputs.max_parallel.items():
        led = [p for p in inputs.proposals.values() if p.agency == agency]
        for t in inputs.years if len(led) > most else ():
            under_way = [(variables.start[p.code, s], 1.0) for p in led for s in p.starts if s <= t <= p.ready(s)]
            yield label("max_parallel", agency, t), total(under_way) <= most


def locked_in(variables: Variables, inputs: Inputs) -> Rows:
    r"""What is decided already is in the plan.

    sum_t start[p,t] >= 1, over the given start only if there is one; sum_t join[p,r,t] >= 1 for each region given.
    """
    for lock in inputs.scenario.locked_in:
        p = inputs.proposals.get(lock.program)
        starts = [t for t in p.starts if lock.start in (None, t)] if p else []
        begun = [(variables.start[lock.program, t], 1.0) for t in starts]
        yield label("locked_in", lock.program), total(begun) >= 1
        for r in lock.regions:
            joined = [(variables.join[lock.program, r, t], 1.0) for t in starts if p and r in p.regions]
            yield label("locked_region", lock.program, r), total(joined) >= 1


def quick_wins(variables: Variables, inputs: Inputs) -> Rows:
    r"""Enough quick wins start in the first year: sum_{p quick} start[p,first] >= min_quick_wins."""
    if inputs.scenario.min_quick_wins > 0:
        first = inputs.years[0]
        quick = [(variables.start[p.code, first], 1.0) for p in _quick(inputs) if first in p.starts]
        yield label("quick_wins"), total(quick) >= inputs.scenario.min_quick_wins


def _quick(inputs: Inputs) -> list:
    return [p for p in inputs.proposals.values() if p.quick_win]


def programs_per_dimension(variables: Variables, inputs: Inputs) -> Rows:
    r"""No dimension is left empty: sum_{p of d} sum_t start[p,t] >= min_programs_per_dimension."""
    least = inputs.scenario.min_programs_per_dimension
    for dimension in inputs.case.dimensions["dimension"] if least > 0 else ():
        chosen = (variables.started(p) for p in inputs.proposals.values() if p.dimension == dimension)
        yield label("programs_per_dimension", dimension), total(*chosen) >= least


def new_systems(variables: Variables, inputs: Inputs) -> Rows:
    r"""No more new systems than systems retired: sum_{p,t} new_systems[p] start[p,t] <= sum_s retired[s]."""
    if inputs.scenario.no_new_systems:
        brought = (times(p.new_systems, variables.started(p)) for p in inputs.proposals.values() if p.new_systems > 0)
        gone = [(retired, -1.0) for retired in variables.retired.values()]
        yield label("new_systems"), total(*brought, gone) <= 0


def retirements(variables: Variables, inputs: Inputs) -> Rows:
    r"""A system is retired, once, if a programme that retires it starts: retired[s] <= sum_{p retires s} start[p,t]."""
    for system, retired in variables.retired.items():
        retiring = (inputs.proposals[p] for p in inputs.retires[system] if p in inputs.proposals)
        started = (times(-1.0, variables.started(p)) for p in retiring)
        yield label("retirement", system), total([(retired, 1.0)], *started) <= 0
