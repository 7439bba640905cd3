"""What is refused by the scenario is not in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.left_out import Part, entry_free, happened, setting_free
from jspmodel.selection.rules.rule import Assumption, OwnRows, Relaxation, Rule
from jspmodel.selection.variables import Variables, total


def shut(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    r"""Shut out what is refused.

    .. math:: \sum_t \text{start}_{pt} \le 0
    """
    for p in wide.proposals.values():
        if p.code in inputs.scenario.locked_out:
            yield (p.code,), total(variables.started(p)) <= 0


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield what is refused."""
    if scenario.locked_out:
        yield "locked_out", {"programs": scenario.locked_out}


def parts(case: Case, scenario: Scenario) -> Iterator[Part]:
    """Yield each programme that is refused but those that were begun and given up."""
    for program in scenario.locked_out:
        if program not in happened(case):
            yield Part("program", program, entry_free("locked_out", program))


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: what is refused is not in the plan."""
    for program in plan.scenario.locked_out:
        yield program in plan.chosen, {"program": program}


RULE = Rule(
    "locked_out",
    audit,
    relaxations=(
        Relaxation(
            "locked_out",
            12,
            ("program",),
            states=shut,
            frees=setting_free(locked_out=[]),
            offered=12,
            happened=True,
            merged=True,
        ),
    ),
    assumes=assumes,
    parts=parts,
)
