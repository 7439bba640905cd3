"""What a programme requires is delivered before it starts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule
from jspmodel.selection.variables import Rows, Variables, label, total


def requires(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let what a programme requires be delivered before it starts.

    .. math:: \sum_{s \le t} \text{start}_{ps} \le \sum_{s \,:\, s + d_o - 1 < t} \text{start}_{os}

    For each year *t* in which *p* may start and each *o* that it requires; :math:`d_o` is the ``duration`` of
    *o* in years.
    """
    for code, other, _ in inputs.links("requires"):
        p, o = inputs.proposals.get(code), inputs.proposals.get(other)
        for t in p.starts if p else ():
            begun = [(variables.start[code, s], 1.0) for s in p.starts if s <= t] if p else []
            before = [(variables.start[other, s], -1.0) for s in o.starts_ready_by(t - 1)] if o else []
            yield label("requires", code, other, t), total(begun, before) <= 0


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield what is required and not in the plan."""
    for program, needed, _ in inputs.links("requires"):
        if program == p.code and needed not in chosen:
            yield "needs_other", {"program": needed}


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield what is in the plan, and delivered too late."""
    for program, needed, _ in inputs.links("requires"):
        if program == p.code:
            yield "needs_earlier", {"program": needed}


def needs(wide: Inputs, programs: Collection[str]) -> Iterator[str]:
    """Yield what is required."""
    yield from (other for code, other, _ in wide.links("requires") if code in programs)


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: what a programme requires is delivered before the year in which it starts."""
    for program, other in plan.links("requires"):
        if program in plan.chosen:
            before = plan.chosen.get(other)
            late = before is None or plan.last_year(before) >= plan.chosen[program].start
            yield late, {"program": program, "other": other}


RULE = Rule(
    "requires",
    audit,
    rows=(requires,),
    relaxations=(Relaxation("requires", 16, ("program", "other"), row="requires"),),
    refuses=refuses,
    blocks=blocks,
    needs=needs,
)
