"""The planner's own rules as named instances, and the case as it would be without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isnan
from urllib.parse import unquote

import pulp

from jspmodel.selection.constraints import demands, effects, money, order, participation, systems
from jspmodel.selection.formulation import Family
from jspmodel.selection.inputs import Inputs, Proposal, read_inputs
from jspmodel.selection.variables import Variables, label, total

NO_MONEY = 1e-9
"""Rp billion that stand for a budget of nothing: the fund stays in the model, so that it can be raised."""


@dataclass(frozen=True)
class Rule:
    """One instance of a rule that a planner can change.

    Attributes
    ----------
    kind : str
        Such as ``budget``; words are under ``clash_<kind>`` and ``way_<kind>``.
    codes : tuple of str
        What names it: fund and year, programme and region.
    """

    kind: str
    codes: tuple[str, ...] = ()


NAMED = {
    "quick_wins": ("quick_wins", 0),
    "programs_per_dimension": ("dimension", 1),
    "fund_budget": ("budget", 2),
    "fund_share": ("fund_rules", 1),
    "region_funds": ("region_funds", 1),
    "max_parallel": ("parallel", 1),
    "new_systems": ("systems", 0),
    "min_regions": ("min_regions", 1),
    "coalition_volume": ("volume", 1),
    "mandatory_region": ("mandatory", 2),
    "province_scope": ("province", 1),
    "requires": ("requires", 2),
    "excludes": ("excludes", 2),
    "maturity": ("maturity", 2),
    "worst_off": ("floor", 1),
}
"""Rule and number of the codes that name it, by kind of row of the model."""

EASY = (
    "budget",
    "lock_year",
    "quick_wins",
    "dimension",
    "floor",
    "closed",
    "window",
    "parallel",
    "systems",
    "lock_region",
    "lock",
    "locked_out",
)
"""What is changed by one figure or line, in the order in which it is offered; all other rules come after."""

SOFT: tuple[Family, ...] = (
    demands.quick_wins,
    demands.programs_per_dimension,
    money.fund_budgets,
    money.fund_shares,
    money.region_funds,
    order.max_parallel,
    systems.new_systems,
    participation.min_regions,
    participation.coalition_volume,
    participation.mandatory_regions,
    participation.province_scope,
    order.requires,
    order.excludes,
    participation.maturity,
    effects.worst_off,
)
HARD: tuple[Family, ...] = (
    participation.start_once,
    participation.join_what_starts,
    systems.retirements,
    money.costs_paid,
    effects.partners,
    effects.complements,
    effects.delivered_effects,
)
"""What a programme and its costs are: no planner can change that."""


def rule_rows(variables: Variables, wide: Inputs, inputs: Inputs) -> Iterator[tuple[Rule, pulp.LpConstraint]]:
    """Yield each row that a planner's rule states, with the rule.

    Parameters
    ----------
    variables : Variables
        Of ``wide``.
    wide : Inputs
        See ``without_rules``.
    inputs : Inputs
        The same with all rules.

    Yields
    ------
    tuple of Rule and LpConstraint
    """
    for family in SOFT:
        for name, row in family(variables, wide):
            yield read_rule(name), row
    yield from _locks(variables, wide, inputs)
    for p in wide.proposals.values():
        yield from _starts(variables, p, inputs)


def read_rule(name: str) -> Rule:
    """Return the rule that a row states, read from its name."""
    kind, codes = read_label(name)
    rule, count = NAMED[kind]
    return Rule(rule, codes[:count])


def read_label(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind and the codes that ``label`` put into a name."""
    kind, _, codes = name.removesuffix(")").partition("(")
    return kind, tuple(unquote(code) for code in codes.split(",")) if codes else ()


def _locks(variables: Variables, wide: Inputs, inputs: Inputs) -> Iterator[tuple[Rule, pulp.LpConstraint]]:
    """State a lock, its year and its regions as three rules: each may go without the others.

    sum_t start[p,t] >= 1; sum_t |t - year| start[p,t] <= 0; sum_t join[p,r,t] >= sum_t start[p,t].
    """
    for lock in inputs.scenario.locked_in:
        p = wide.proposals.get(lock.program)
        begun = variables.started(p) if p else []
        yield Rule("lock", (lock.program,)), total(begun) >= 1
        if lock.start is not None and p:
            away = [(variables.start[p.code, t], float(abs(t - lock.start))) for t in p.starts]
            yield Rule("lock_year", (p.code, str(lock.start))), total(away) <= 0
        for r in lock.regions if p else ():
            joined = (
                [(variables.join[lock.program, r, t], 1.0) for t in p.starts] if p and r in p.regions else []
            )
            missing = [(variable, -1.0) for variable, _ in begun]
            yield Rule("lock_region", (lock.program, r)), total(joined, missing) >= 0


def _starts(variables: Variables, p: Proposal, inputs: Inputs) -> Iterator[tuple[Rule, pulp.LpConstraint]]:
    """Shut years in which a programme may not start, each weighed by its distance from the window."""
    row = inputs.case.programs.set_index("program").loc[p.code]
    closed = () if row["in_annual_plan"] else inputs.scenario.closed_years
    first, last = (float(row[key]) for key in ("first_start", "last_start"))
    outside = {t: 0.0 if isnan(first) else max(0.0, first - t) for t in p.starts}
    outside = {t: max(far, 0.0 if isnan(last) else t - last) for t, far in outside.items()}
    if any(outside.values()):
        away = [(variables.start[p.code, t], far) for t, far in outside.items() if far]
        yield Rule("window", (p.code,)), total(away) <= 0
    if any(t in closed for t in p.starts):
        shut = [(variables.start[p.code, t], 1.0) for t in p.starts if t in closed]
        yield Rule("closed", (p.code,)), total(shut) <= 0
    if p.code in inputs.scenario.locked_out:
        yield Rule("locked_out", (p.code,)), total(variables.started(p)) <= 0


def without_rules(inputs: Inputs, *, with_equity: bool) -> Inputs:
    """Return what could be done if no rule of the planner stood in the way.

    Windows and closed years are open, nothing is locked out, every fund has some money in every year and may
    pay for everything (a share of 0 becomes a row).

    Parameters
    ----------
    inputs : Inputs
    with_equity : bool
        Whether the impact of regions matters; if not, effects are left out.

    Returns
    -------
    Inputs
    """
    scenario, nowhere = inputs.scenario, float("nan")
    free: dict[str, object] = {"closed_years": [], "locked_out": [], "locked_in": []}
    if not with_equity:
        free |= {"equity": type(scenario.equity)(), "objective": "score"}
    programs = inputs.case.programs.assign(first_start=nowhere, last_start=nowhere)
    wide = read_inputs(replace(inputs.case, programs=programs), scenario.model_copy(update=free))
    funds = list(inputs.case.funds["fund"])
    return replace(
        wide,
        payers={p: {f: shares.get(f, 0.0) for f in funds} for p, shares in inputs.payers.items()},
        budgets={(f, t): inputs.budgets.get((f, t), 0.0) or NO_MONEY for f in funds for t in inputs.years},
    )


def narrowed(wide: Inputs, inputs: Inputs, *, with_equity: bool) -> Inputs:
    """Return the same with only the programmes that are demanded, and all that they may need.

    The rest only takes room; where the impact of regions matters, everything may help.

    Parameters
    ----------
    wide : Inputs
    inputs : Inputs
        What is demanded: its scenario, and the dimensions of its case.
    with_equity : bool

    Returns
    -------
    Inputs
    """
    demands = ("min_quick_wins", "min_programs_per_dimension")
    asked = wide.scenario.model_copy(update={key: getattr(inputs.scenario, key) for key in demands})
    helpful = set(wide.proposals) if with_equity else _helpful(wide, inputs)
    proposals = {code: p for code, p in wide.proposals.items() if code in helpful}
    case = replace(wide.case, dimensions=inputs.case.dimensions)
    return replace(wide, case=case, scenario=asked, proposals=proposals)


def _helpful(wide: Inputs, inputs: Inputs) -> set[str]:
    scenario, known = inputs.scenario, wide.proposals
    found = {lock.program for lock in scenario.locked_in} & set(known)
    if scenario.min_quick_wins:
        found |= {p.code for p in known.values() if p.quick_win}
    if scenario.min_programs_per_dimension:
        asked = set(inputs.case.dimensions["dimension"])
        found |= {p.code for p in known.values() if p.dimension in asked}
    before: set[str] = set()
    while found != before:
        before = set(found)
        found |= {other for code, other, _ in wide.links("requires") if code in found and other in known}
        if any(known[code].required_maturity > 0 for code in found):
            found |= {p.code for p in known.values() if p.raises_maturity > 0}
        if scenario.no_new_systems and any(known[code].new_systems > 0 for code in found):
            found |= {code for retiring in wide.retires.values() for code in retiring if code in known}
    return found


def floor_row(variables: Variables, floor: float) -> Iterator[tuple[str, pulp.LpConstraint]]:
    """Yield what holds the worst-off region at the floor, in percent."""
    if variables.worst is not None:
        yield label("floor"), total([(variables.worst, 1.0)]) >= floor
