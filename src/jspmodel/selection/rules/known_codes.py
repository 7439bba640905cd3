"""Only what the tables know is carried out, each programme once."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Rule
from jspmodel.selection.variables import Rows, Variables, label, total


def start_once(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let a programme start at most once.

    .. math:: \sum_t \text{start}_{pt} \le 1 \qquad \text{for each } p
    """
    for p in inputs.proposals.values():
        if len(p.starts) > 1:
            yield label("start_once", p.code), total(variables.started(p)) <= 1


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: codes are in the tables, no programme comes twice, payments are for chosen programmes."""
    regions = {region for (region,) in plan.rows("regions", "region")}
    funds = {fund for (fund,) in plan.rows("funds", "fund")}
    programs = plan.entries("program")
    for choice in plan.choices:
        twice = sum(other.program == choice.program for other in plan.choices) > 1
        unknown = choice.program not in programs or not set(choice.regions) <= regions
        yield unknown or twice, {"program": choice.program}
    for payment in plan.paying:
        unknown = payment.fund not in funds or payment.year not in plan.years
        place = {"program": payment.program, "fund": payment.fund, "year": str(payment.year)}
        yield unknown or payment.program not in plan.chosen, place


RULE = Rule("known_codes", audit, rows=(start_once,))
