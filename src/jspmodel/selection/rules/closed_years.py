"""In a year whose budget is decided already, only programmes of the annual plan start."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.realisation import standing_of
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView, starting
from jspmodel.selection.rules.left_out import Part, setting_free
from jspmodel.selection.rules.rule import Assumption, OwnRows, Relaxation, Rule, Values
from jspmodel.selection.variables import Variables, total


def shut(variables: Variables, wide: Inputs, inputs: Inputs) -> OwnRows:
    r"""Shut closed years for what is not in the annual plan (``in_annual_plan``).

    .. math:: \sum_{t \in C} \text{start}_{pt} \le 0

    *C* are the ``closed_years`` of the scenario.
    """
    planned = inputs.case.programs.set_index("program")["in_annual_plan"]
    for p in wide.proposals.values():
        closed = [t for t in p.starts if t in inputs.scenario.closed_years and not planned[p.code]]
        if closed:
            yield (p.code,), total((variables.start[p.code, t], 1.0) for t in closed) <= 0


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"years": inputs.scenario.closed_years}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield which years are decided already."""
    if scenario.closed_years:
        yield "closed", {"years": [str(year) for year in sorted(scenario.closed_years)]}


def parts(case: Case, scenario: Scenario) -> Iterator[Part]:
    """Yield the closed years together, but those that are over."""
    standing = standing_of(case)
    over = () if standing is None else standing.past
    kept = [year for year in scenario.closed_years if year in over]
    if len(kept) < len(scenario.closed_years):
        yield Part("", "", setting_free(closed_years=kept))


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: in a closed year only programmes of the annual plan start."""
    for choice in plan.choices:
        planned = bool(plan.entries("in_annual_plan")[choice.program])
        yield not planned and choice.start in plan.scenario.closed_years, starting(choice)


RULE = Rule(
    "closed_years",
    audit,
    relaxations=(
        Relaxation(
            "closed",
            8,
            ("program",),
            states=shut,
            frees=setting_free(closed_years=[]),
            offered=6,
            asks=_asks,
        ),
    ),
    assumes=assumes,
    parts=parts,
)
