"""What a programme requires is delivered before it starts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jspmodel import measure
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule
from jspmodel.selection.variables import Rows, Variables, label, total


def requires(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let what a programme requires be delivered before it starts.

    .. math:: \sum_{s \le t} \text{start}_{ps} \le
        \sum_{o \in O} \sum_{s \,:\, s + d_o - 1 < t} \text{start}_{os}

    For each year *t* in which *p* may start and each *O* that it requires: one programme, or sizes of one
    (``option_of``) of which any will do; :math:`d_o` is the ``duration`` of *o* in years.
    """
    for (code, told), others in measure.requirements(inputs.case).items():
        p, known = inputs.proposals.get(code), [o for o in map(inputs.proposals.get, others) if o]
        for t in p.starts if p else ():
            begun = [(variables.start[code, s], 1.0) for s in p.starts if s <= t] if p else []
            before = [(variables.start[o.code, s], -1.0) for o in known for s in o.starts_ready_by(t - 1)]
            yield label("requires", code, told, t), total(begun, before) <= 0


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield what is required and not in the plan."""
    for (program, needed), others in measure.requirements(inputs.case).items():
        if program == p.code and not any(other in chosen for other in others):
            yield "needs_other", {"program": needed}


def blocks(inputs: Inputs, p: Proposal) -> Iterator[Reason]:
    """Yield what is in the plan, and delivered too late."""
    for program, needed in measure.requirements(inputs.case):
        if program == p.code:
            yield "needs_earlier", {"program": needed}


def needs(wide: Inputs, programs: Collection[str]) -> Iterator[str]:
    """Yield what is required."""
    yield from (other for code, other, _ in wide.links("requires") if code in programs)


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: what a programme requires is delivered before the year in which it starts."""
    of = {code: whole or code for code, whole in plan.entries("option_of").items()}
    required: dict[tuple[str, str], list[str]] = {}
    for program, other in plan.links("requires"):
        required.setdefault((program, of[other]), []).append(other)
    for (program, whole), others in required.items():
        if program in plan.chosen:
            before = [plan.chosen[other] for other in others if other in plan.chosen]
            late = all(plan.last_year(one) >= plan.chosen[program].start for one in before)
            yield late, {"program": program, "other": whole if len(others) > 1 else others[0]}


RULE = Rule(
    "requires",
    audit,
    rows=(requires,),
    relaxations=(Relaxation("requires", 16, ("program", "other"), row="requires"),),
    refuses=refuses,
    blocks=blocks,
    needs=needs,
)
