"""What the planner demands to be in the plan."""

from __future__ import annotations

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.variables import Rows, Variables, label, total


def locked_in(variables: Variables, inputs: Inputs) -> Rows:
    r"""Put into the plan what is decided already.

    sum_t start[p,t] >= 1, over the given start only if there is one; sum_t join[p,r,t] >= 1 for each region
    given.
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
    r"""Start enough quick wins in the first year: sum_{p quick} start[p,first] >= min_quick_wins."""
    if inputs.scenario.min_quick_wins > 0:
        first = inputs.years[0]
        quick = [p for p in inputs.proposals.values() if p.quick_win and first in p.starts]
        begun = [(variables.start[p.code, first], 1.0) for p in quick]
        yield label("quick_wins"), total(begun) >= inputs.scenario.min_quick_wins


def programs_per_dimension(variables: Variables, inputs: Inputs) -> Rows:
    r"""Leave no dimension out: sum_{p of d} sum_t start[p,t] >= min_programs_per_dimension."""
    least = inputs.scenario.min_programs_per_dimension
    for dimension in inputs.case.dimensions["dimension"] if least > 0 else ():
        chosen = (variables.started(p) for p in inputs.proposals.values() if p.dimension == dimension)
        yield label("programs_per_dimension", dimension), total(*chosen) >= least
