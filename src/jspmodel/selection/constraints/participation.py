"""Which regions take part in what starts."""

from __future__ import annotations

from collections import defaultdict

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.variables import Rows, Variables, label, total


def start_once(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a programme start at most once: sum_t start[p,t] <= 1."""
    for p in inputs.proposals.values():
        if len(p.starts) > 1:
            yield label("start_once", p.code), total(variables.started(p)) <= 1


def join_what_starts(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region that is free to join only join what starts: join[p,r,t] <= start[p,t]."""
    for p in inputs.proposals.values():
        for r in p.regions:
            if p.joint and r not in p.mandatory:
                for t in p.starts:
                    row = total([(variables.join[p.code, r, t], 1), (variables.start[p.code, t], -1)]) <= 0
                    yield label("join_what_starts", p.code, r, t), row


def province_scope(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a programme of the province reach every region: join[p,r,t] = start[p,t]."""
    for p in inputs.proposals.values():
        if not p.joint:
            for r in p.regions:
                for t in p.starts:
                    row = total([(variables.join[p.code, r, t], 1), (variables.start[p.code, t], -1)]) == 0
                    yield label("province_scope", p.code, r, t), row


def mandatory_regions(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a mandatory region take part in a joint programme that starts: join[p,r,t] = start[p,t]."""
    for p in inputs.proposals.values():
        for r in p.regions:
            if p.joint and r in p.mandatory:
                for t in p.starts:
                    row = total([(variables.join[p.code, r, t], 1), (variables.start[p.code, t], -1)]) == 0
                    yield label("mandatory_region", p.code, r, t), row


def min_regions(variables: Variables, inputs: Inputs) -> Rows:
    r"""Give a joint programme enough regions: sum_r join[p,r,t] >= min_regions[p] start[p,t].

    At least one; nothing is asked of a programme that has no regions at all.
    """
    for p in inputs.proposals.values():
        if p.joint and p.regions and len(p.mandatory) < p.min_regions:
            for t in p.starts:
                joined = [(variables.join[p.code, r, t], 1) for r in p.regions]
                row = total(joined, [(variables.start[p.code, t], -p.min_regions)]) >= 0
                yield label("min_regions", p.code, t), row


def coalition_volume(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a coalition bring enough volume: sum_r volume[p,r] join[p,r,t] >= min_volume[p] start[p,t]."""
    for p in inputs.proposals.values():
        if p.min_volume > 0:
            for t in p.starts:
                brought = [(variables.join[p.code, r, t], p.volumes.get(r, 0.0)) for r in p.regions]
                row = total(brought, [(variables.start[p.code, t], -p.min_volume)]) >= 0
                yield label("coalition_volume", p.code, t), row


def maturity(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a region be mature enough for what it joins.

    (required_maturity[p] - maturity[r]) join[p,r,t]
    <= sum_o raises_maturity[o] sum_{s: s + duration[o] - 1 < t} join[o,r,s]: what r lacks when it joins p was
    raised by what it joined and was delivered before. Only regions whose maturity is known are asked.
    """
    raising = defaultdict(list)
    for o in inputs.proposals.values():
        for r in o.regions if o.raises_maturity > 0 else ():
            raising[r].append(o)
    for p in inputs.proposals.values():
        for r in p.regions:
            short = p.required_maturity - inputs.maturity.get(r, p.required_maturity)
            for t in p.starts if short > 0 else ():
                raised = (
                    (variables.join[o.code, r, s], -o.raises_maturity)
                    for o in raising[r]
                    for s in o.starts_ready_by(t - 1)
                )
                row = total([(variables.join[p.code, r, t], short)], raised) <= 0
                yield label("maturity", p.code, r, t), row
