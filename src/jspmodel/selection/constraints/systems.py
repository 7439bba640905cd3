"""Information systems: new ones and retired ones."""

from __future__ import annotations

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.variables import Rows, Variables, label, times, total


def new_systems(variables: Variables, inputs: Inputs) -> Rows:
    r"""Bring no more new systems than go: sum_{p,t} new_systems[p] start[p,t] <= sum_s retired[s]."""
    if inputs.scenario.no_new_systems:
        brought = (
            times(p.new_systems, variables.started(p)) for p in inputs.proposals.values() if p.new_systems > 0
        )
        gone = [(retired, -1.0) for retired in variables.retired.values()]
        yield label("new_systems"), total(*brought, gone) <= 0


def retirements(variables: Variables, inputs: Inputs) -> Rows:
    r"""Retire a system once, if a programme that retires it starts.

    retired[s] <= sum_{p retires s} sum_t start[p,t].
    """
    for system, retired in variables.retired.items():
        retiring = (inputs.proposals[p] for p in inputs.retires[system] if p in inputs.proposals)
        started = (times(-1.0, variables.started(p)) for p in retiring)
        yield label("retirement", system), total([(retired, 1.0)], *started) <= 0
