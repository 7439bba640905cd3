"""Of a programme that comes in several sizes one at most is carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jspmodel import measure
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Reason, Relaxation, Rule
from jspmodel.selection.variables import Rows, Variables, label, total


def options(variables: Variables, inputs: Inputs) -> Rows:
    r"""Start at most one of the sizes of a programme.

    .. math:: \sum_{q \in Q_p} \sum_t \text{start}_{qt} \le 1

    :math:`Q_p` are *p* and the rows whose ``option_of`` is *p*.
    """
    for program, some in measure.sizes(inputs.case).items():
        able = [inputs.proposals[size] for size in some if size in inputs.proposals]
        if len(able) > 1:
            yield label("options", program), total(*map(variables.started, able)) <= 1


def refuses(inputs: Inputs, p: Proposal, chosen: Mapping[str, object]) -> Iterator[Reason]:
    """Yield the size that is in the plan."""
    whole = measure.sized_as(inputs.case)
    for size in measure.sizes(inputs.case).get(whole.get(p.code, ""), ()):
        if size != p.code and size in chosen:
            yield "other_size", {"program": size}


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: of a programme with several sizes at most one is carried out (programmes too many)."""
    sizes = plan.rows("programs", "program", "option_of")
    chosen = [of or program for program, of in sizes if program in plan.chosen]
    for program in dict.fromkeys(of for _, of in sizes):
        if program:
            yield chosen.count(program) - 1, {"program": program}


RULE = Rule(
    "options",
    audit,
    rows=(options,),
    relaxations=(Relaxation("options", 24, ("program",), row="options"),),
    refuses=refuses,
)
