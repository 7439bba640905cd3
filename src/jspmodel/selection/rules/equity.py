"""Every region with a need gains as much as the equity rule asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.measure import measure_of
from jspmodel.scenario import Equity, Scenario
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.objectives.gap_closed import closed
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.rule import Assumption, Demand, Relaxation, Rule, Values, rounded_down
from jspmodel.selection.variables import Pair, Rows, Variables, label, total


def worst_off(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let no region with a need gain less than the worst-off.

    .. math:: \frac{100}{N_r} \sum_{i,t} w_t \, \text{need}_{ir} \sum_k \beta_k \, \text{piece}_{irtk} \ge
        \text{worst} \qquad \text{for each } r \text{ with } N_r > 0

    :math:`N_r` is the sum of the region's needs, :math:`w_t` the weight of the year, :math:`\beta_k` the
    slope of piece *k* of the diminishing returns. *worst* is in percent.
    """
    if variables.worst is None:
        return
    own: dict[str, float] = defaultdict(float)
    for (_, region), need in inputs.need.items():
        own[region] += need
    gained: dict[str, list[Pair]] = defaultdict(list)
    for _, region, piece, weight in closed(variables, inputs):
        gained[region].append((piece, weight / own[region]))
    for region in own:
        yield label("worst_off", region), total(gained[region], [(variables.worst, -1.0)]) >= 0


def _asks(inputs: Inputs, codes: tuple[str, ...], floor: float) -> Values:
    return {"floor": round(floor, 2)}


def _gives(inputs: Inputs, codes: tuple[str, ...], floor: float, amount: float) -> Values:
    share = inputs.scenario.equity.floor * (floor - amount) / floor if floor else 0.0
    return {"share": rounded_down(share)}


def assumes(case: Case, scenario: Scenario) -> Iterator[Assumption]:
    """Yield what the weakest region is promised."""
    yield f"equity_{scenario.equity.mode}", {"floor": scenario.equity.floor}


def tells(case: Case, scenario: Scenario) -> Iterator[str]:
    """Yield the floor."""
    if scenario.equity.mode == "floor":
        yield f"equity.floor {scenario.equity.floor:g}"


def audit(plan: PlanView) -> Iterator[Finding]:
    """Check: every region with a need reaches the floor (percent)."""
    if plan.scenario.equity.mode != "off":
        impact = measure_of(plan.case, plan.scenario).impact(plan.choices)
        for region, reached in impact.by_region.dropna().items():
            yield plan.floor - reached, {"region": region}


RULE = Rule(
    "equity",
    audit,
    rows=(worst_off,),
    relaxations=(
        Relaxation(
            "floor", 4, ("region",), row="worst_off", offered=5, setting=True, asks=_asks, gives=_gives
        ),
    ),
    assumes=assumes,
    demands=Demand(tells, {"equity": Equity()}),
)
