"""Every dimension has enough programmes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Assumption, Demand, Relaxation, Rule, Values
from jspmodel.selection.variables import Rows, Variables, label, total


def programs_per_dimension(variables: Variables, inputs: Inputs) -> Rows:
    r"""Leave no dimension out.

    .. math:: \sum_{p \in D} \sum_t \text{start}_{pt} \ge m \qquad \text{for each dimension } D

    *m* is ``min_programs_per_dimension``.
    """
    least = inputs.scenario.min_programs_per_dimension
    for dimension in inputs.case.dimensions["dimension"] if least > 0 else ():
        chosen = (variables.started(p) for p in inputs.proposals.values() if p.dimension == dimension)
        yield label("programs_per_dimension", dimension), total(*chosen) >= least


def _asks(inputs: Inputs, codes: tuple[str, ...], _: float) -> Values:
    return {"count": inputs.scenario.min_programs_per_dimension}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    return {"count": inputs.scenario.min_programs_per_dimension - ceil(amount - 1e-6)}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield how many programmes each dimension is given."""
    if scenario.min_programs_per_dimension:
        yield "dimensions", {"n": scenario.min_programs_per_dimension}


def tells(case: Case, scenario: Scenario) -> Iterator[str]:
    """Yield how many are asked for."""
    if scenario.min_programs_per_dimension:
        yield f"min_programs_per_dimension {scenario.min_programs_per_dimension}"


def single(inputs: Inputs) -> Iterator[Inputs]:
    """Yield inputs with one dimension each."""
    table = inputs.case.dimensions
    for place in range(len(table)) if inputs.scenario.min_programs_per_dimension else ():
        yield replace(inputs, case=replace(inputs.case, dimensions=table.iloc[[place]]))


def meets(inputs: Inputs, wide: Inputs) -> Iterator[str]:
    """Yield all programmes of dimensions that are asked about."""
    asked = set(inputs.case.dimensions["dimension"]) if inputs.scenario.min_programs_per_dimension else ()
    yield from (p.code for p in wide.proposals.values() if p.dimension in asked)


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: every dimension has enough programmes."""
    if plan.scenario.min_programs_per_dimension:
        counts = Counter(plan.entries("dimension")[program] for program in plan.chosen)
        for dimension in plan.case.dimensions["dimension"]:
            short = plan.scenario.min_programs_per_dimension - counts[dimension]
            yield short, {"dimension": dimension}


RULE = Rule(
    "programs_per_dimension",
    audit,
    rows=(programs_per_dimension,),
    relaxations=(
        Relaxation(
            "dimension",
            3,
            ("dimension",),
            row="programs_per_dimension",
            offered=4,
            setting=True,
            asks=_asks,
            gives=_gives,
        ),
    ),
    assumes=assumes,
    demands=Demand(tells, {"min_programs_per_dimension": 0}, single, meets),
)
